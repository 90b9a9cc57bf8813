"""The direction u on the pad: a knob that is turned by mouse, finger and keys, and stops where the slope tells most."""

import math
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from explorer.expression import parse
from explorer.figures.surface.scene import surface_scene
from explorer.figures.surface.still import choose_plane
from explorer.numeric import Window
from explorer.presets import SURFACE_CHALLENGES
from explorer.scene.marks import HANDLE
from explorer.scene.scene import Scene
from tests.browser.chromium import LAPTOP, PHONE
from tests.browser.stage import Stage, bare, stage

__all__ = ["bare", "stage"]

Open = Callable[..., Stage]
KNOB = "[data-handle=theta]"
UPHILL = math.degrees(math.atan2(6, 2))  # of x² + 3y² at (1, 1), where the gradient is (2, 6)
GEOMETRY = """() => {
  const axes = document.querySelector('[data-panel=pad] .live-panel__graph')._fullLayout;
  return [axes.xaxis._m, axes.xaxis._b + axes.xaxis._offset, axes.yaxis._m, axes.yaxis._b + axes.yaxis._offset];
}"""


def bowl() -> Scene:
    """x² + 3y² at (1, 1), in a window with room for the arrow on every side."""
    window = Window((-3.0, 3.0), (-3.0, 3.0), equal=True)
    return surface_scene(parse("x^2 + 3y^2", ("x", "y")), window, (1.0, 1.0))


def turning(stage: Open, theta: float, **options: object) -> Stage:
    return stage(bowl(), controls={"theta": theta}, toggles={"slices": False, "gradient": True}, **options)


def around(figure: Stage, angle: float, radius: float = 120.0) -> tuple[float, float]:
    """The place on the screen that is seen from the point at this angle, so many pixels away."""
    box = figure.page.locator("[data-panel=pad]").bounding_box()
    assert box is not None
    across, left, up, top = figure.page.evaluate(GEOMETRY)
    x, y = (figure.value(name) for name in ("x0", "y0"))
    turned = math.radians(angle)
    return (
        box["x"] + left + across * x + radius * math.cos(turned),
        box["y"] + top + up * y - radius * math.sin(turned),
    )


def turn_to(figure: Stage, angle: float, **options: float) -> None:
    """The held knob, in one move."""
    figure.page.mouse.move(*around(figure, angle, **options))
    figure.frame()


def test_the_knob_stops_at_the_steepest_and_the_level_directions(stage: Open) -> None:
    figure = turning(stage, 30.0)
    figure.press(KNOB)
    for angle, words, slope in (
        (UPHILL, "Steepest climb", "6.325"),
        (UPHILL + 90, "Level", "0"),
        (UPHILL + 180, "Steepest descent", "−6.325"),
        (UPHILL + 270, "Level", "0"),
    ):
        turn_to(figure, angle + 2, radius=120)  # 4 px off
        assert figure.value("theta") == pytest.approx(angle, abs=1e-9)
        assert words in figure.sentence()
        assert figure.readout("du") == slope
        turn_to(figure, angle + 5, radius=120)  # 10 px off
        assert figure.value("theta") == pytest.approx(angle + 5, abs=0.6)
        assert words not in figure.sentence()
    assert figure.messages() == []
    figure.page.mouse.up()
    figure.frame()
    [message] = figure.messages()
    assert message["controls"]["theta"] == figure.value("theta")


def test_alt_lets_the_knob_pass_and_the_way_round_has_no_end(stage: Open) -> None:
    figure = turning(stage, 30.0)
    figure.press(KNOB)
    figure.page.keyboard.down("Alt")
    turn_to(figure, UPHILL + 1)
    assert figure.value("theta") == pytest.approx(UPHILL + 1, abs=0.3)
    assert "Along u you climb" in figure.sentence()
    turn_to(figure, 4)
    turn_to(figure, -4)
    assert figure.value("theta") == pytest.approx(356, abs=0.3)
    figure.page.keyboard.up("Alt")
    figure.page.mouse.up()


def test_the_telling_directions_move_with_the_point(stage: Open) -> None:
    figure = turning(stage, 30.0, query="")
    figure.page.locator("[data-control=x0]").focus()
    for _ in range(3):
        figure.page.keyboard.press("ArrowLeft")
    figure.frame()
    steepest = math.degrees(math.atan2(6, 2 * figure.value("x0")))
    figure.press(KNOB)
    turn_to(figure, steepest - 1.5)
    assert figure.value("theta") == pytest.approx(steepest, abs=1e-9)
    figure.page.mouse.up()


def test_grabbing_beside_its_middle_turns_nothing(stage: Open) -> None:
    figure = turning(stage, 40.0)
    x, y = figure.middle(KNOB)
    figure.page.mouse.move(x + 6, y + 5)
    figure.page.mouse.down()
    figure.page.mouse.move(x + 6, y + 6)
    figure.frame()
    assert figure.value("theta") == pytest.approx(40, abs=1.0)
    figure.page.mouse.up()


def test_the_knob_stands_in_the_picture_when_the_arrow_leaves_it(stage: Open) -> None:
    figure = turning(stage, 0.0, query="")
    box = figure.page.locator("[data-control=x0] >> xpath=../.. >> .live-control__box")
    box.fill("2.2")
    box.press("Enter")
    figure.frame()
    pad = figure.page.locator("[data-panel=pad]").bounding_box()
    assert pad is not None
    x, _ = figure.middle(KNOB)
    assert x < pad["x"] + pad["width"] - 12
    point, _ = figure.middle("[data-handle=x0]")
    assert x > point + 24


@pytest.mark.parametrize("side", [1, -1])
def test_the_knob_is_seen_and_turned_where_the_point_is_near_the_edge(stage: Open, side: int) -> None:
    figure = turning(stage, 0.0 if side > 0 else 180.0)
    per_unit = figure.page.evaluate(GEOMETRY)[0]
    for pixels in (40, 20, 0):
        box = figure.page.get_by_label("x₀, exact value")
        box.fill(str(side * (3 - pixels / per_unit)))
        box.press("Enter")
        figure.frame()
        assert figure.page.locator(KNOB).is_visible()
        knob, point = figure.middle(KNOB)[0], figure.middle("[data-handle=x0]")[0]
        assert 5 < side * (knob - point) < max(pixels, 8)
    figure.press(KNOB)
    turn_to(figure, 100.0)
    figure.page.mouse.up()
    assert figure.value("theta") == pytest.approx(100, abs=8)


def test_a_question_about_the_direction_asks_to_turn_it(stage: Open) -> None:
    (asked, *_) = [c for c in SURFACE_CHALLENGES if c.control == "theta" and not c.choices]
    f = parse(asked.formula, ("x", "y"))
    figure = stage(surface_scene(f, choose_plane(f), (1.0, 1.0), (asked,)))
    card = figure.page.locator("[data-challenge]")
    card.get_by_text("Try it").click()
    assert "Turn u, then commit." in card.inner_text()


def test_the_pad_is_large_where_it_is_worked_on(stage: Open) -> None:
    """On a laptop pad and surface have half of what the rail leaves, whichever lens is on."""
    figure = turning(stage, 30.0, screen=LAPTOP)
    for lens in ("gradient", "slices", "plane"):
        figure.page.locator(f"[data-toggle={lens}]").click()
        figure.frame()
        for name in ("pad", "surface"):
            panel = figure.page.locator(f"[data-panel={name}]").bounding_box()
            assert panel is not None
            assert min(panel["width"], panel["height"]) > 0.33 * LAPTOP.width


def test_a_long_number_leaves_the_scale_of_the_arrows_readable(stage: Open) -> None:
    window = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
    steep = surface_scene(parse("1000x^2 y", ("x", "y")), window, (1.5, 1.5))
    figure = stage(
        steep, screen=LAPTOP, controls={"theta": 200.0}, toggles={"slices": False, "gradient": True}
    )
    value, scale = (figure.page.locator(f"[data-readout={name}]").bounding_box() for name in ("du", "scale"))
    assert value is not None
    assert scale is not None
    assert figure.readout("du") == "−4998"
    assert value["y"] + value["height"] <= scale["y"]


def test_an_arrow_shorter_than_its_dot_stands_beside_it_as_long_as_it_is(stage: Open) -> None:
    window = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
    saddle = surface_scene(parse("x^2 - y^2", ("x", "y")), window, (-0.27, -0.14))
    figure = stage(saddle, toggles={"slices": False, "gradient": True})
    tip, foot = (
        figure.page.evaluate(
            "(i) => document.querySelector('[data-panel=pad] .live-mark--arrow path')"
            ".getAttribute('d').slice(1).split(/[A-Z]/)[i].split(' ').map(Number)",
            i,
        )
        for i in (0, 1)
    )
    across, left, up, top = figure.page.evaluate(GEOMETRY)
    here = (left + across * -0.27, top + up * -0.14)
    assert math.dist(here, foot) > HANDLE / 2
    drawn = math.dist(here, tip) - HANDLE / 2
    # ∇f = (−0.54, 0.28) points up and to the left.
    assert tip[0] < here[0]
    assert tip[1] < here[1]
    assert 10 < drawn < 40


def test_a_finger_turns_the_knob_and_the_point_stays(stage: Open) -> None:
    figure = turning(stage, 0.0, screen=PHONE)
    figure.page.locator("[data-panel=pad]").scroll_into_view_if_needed()
    x, y = figure.middle(KNOB)
    to_x, to_y = around(figure, 60.0, radius=x - around(figure, 0.0, radius=0.0)[0])
    figure.swipe(x, y, to_x - x, to_y - y)
    assert figure.value("theta") == pytest.approx(60, abs=4)
    assert (figure.value("x0"), figure.value("y0")) == (1, 1)


def test_keys_stop_where_the_slope_tells_most_and_go_on_past_the_end(stage: Open) -> None:
    figure = turning(stage, 70.0)
    track = figure.page.locator("[data-control=theta]")
    track.press("ArrowRight")
    figure.frame()
    assert figure.value("theta") == pytest.approx(UPHILL, abs=1e-9)
    assert "Steepest climb" in figure.sentence()
    track.press("ArrowRight")
    figure.frame()
    assert figure.value("theta") == pytest.approx(UPHILL + 5, abs=1e-9)
    track.press("ArrowLeft")
    figure.frame()
    assert figure.value("theta") == pytest.approx(UPHILL, abs=1e-9)
    box = figure.page.get_by_label("θ, exact value")
    box.fill("-1")
    box.press("Enter")
    figure.frame()
    assert figure.value("theta") == 359
    track.press("ArrowRight")
    figure.frame()
    assert figure.value("theta") == 4


def test_a_scale_that_wraps_goes_on_past_both_ends(bare: Page) -> None:
    control = {"scale": "linear", "min": 0, "max": 360, "decimals": 1, "step": 5, "wraps": True}
    kept = bare.evaluate(
        """async (control) => {
          const scale = (await import("/modules/controls/scales.js")).scaleOf(control);
          const moved = [scale.move(358, 1), scale.move(2, -1), scale.move(350, 10)];
          return [...[0, 360, -90, 450, 725.5, -720].map(scale.keep), ...moved];
        }""",
        control,
    )
    assert kept == [0, 360, 270, 90, 5.5, 0, 3, 357, 40]
