"""Where a control may stand: at what a link asks for, or where it stood on the last picture."""

import pytest

from explorer.expression import parse
from explorer.figures.costs.coins import coins_scene
from explorer.figures.curve import choose_window
from explorer.figures.limit.scene import limit_scene
from explorer.figures.limit.start import Start
from explorer.figures.limit.table import measured_scene
from explorer.figures.regression.line import regression_scene
from explorer.figures.slope.scene import slope_scene
from explorer.numeric import Window
from explorer.numeric.measurements import measurements
from explorer.presets import CAR
from explorer.scene.frame import Frame
from explorer.ui.live_figure import _kept
from explorer.ui.release import Release, why_not

COINS = coins_scene()
LINE = regression_scene(((-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)))
TABLE = measured_scene(measurements(CAR))
SQUARE = limit_scene(parse("x^2"), choose_window(parse("x^2")), Start(1.0, 1.0))


def framed(*, equal, seen=None):
    """x³ in a window from −2 to 2 that the learner moves."""
    home = Window((-2.0, 2.0), (-1.0, 1.0), equal=equal)
    return slope_scene(parse("x^3"), home, 0.5, frame=Frame("curve", (-2.0, 2.0, -1.0, 1.0), seen, equal))


UNEQUAL, EQUAL = framed(equal=False), framed(equal=True)
MOVED = framed(equal=False, seen=(5.0, 6.0, 0.0, 1.0))


@pytest.mark.parametrize(
    ("scene", "name", "value", "says"),
    [
        (TABLE, "from", 12.0, ""),
        (TABLE, "from", 11.0, "none of those that can be chosen"),
        (TABLE, "to", 21.0, "from 10 to 20"),
        (SQUARE, "h", 1e-6, ""),
        (SQUARE, "h", 0.0, ""),
        (SQUARE, "h", -1e-20, "closer to 0 than 0.000001"),
        (SQUARE, "x0", 1e-20, ""),
        (UNEQUAL, "x0", 2.5, "outside this picture"),
        (EQUAL, "x0", 2.5, ""),  # seen on a wide screen
        (EQUAL, "x0", 9.0, "outside this picture"),
        (MOVED, "x0", 2.5, ""),  # the window was moved away from the point
        (MOVED, "x0", 1e300, "outside this picture"),
        (LINE, "c", 7.0, "outside its control, which goes from −2.4 to 2.4"),  # the axis of y ends before
        (COINS, "heads", 3.0, ""),
        (COINS, "heads", 1.5, "not a whole number"),
    ],
)
def test_a_control_refuses_where_it_cannot_stand(scene, name, value, says):
    [control] = [c for c in scene.controls if c.name == name]
    assert says in why_not(control, value, scene)
    assert bool(says) == bool(why_not(control, value, scene))


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (((10.0, 0.0), (12.0, 1.0), (15.0, 9.0)), {"from": 10.0, "to": 15.0}),
        (((10.0, 0.0), (12.0, 1.0), (16.0, 9.0)), {}),  # no row at 15
        (((0.0, 0.0), (2.0, 100.0)), {}),
    ],
)
def test_the_ends_of_an_interval_stay_on_rows_of_the_new_table(rows, kept):
    held = Release(controls={"from": 10.0, "to": 15.0})
    assert _kept(held, measured_scene(measurements(rows)), True)["controls"] == kept
