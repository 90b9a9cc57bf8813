"""Where f turns too often for a picture is covered, and nothing else: against the wavelengths of closed forms."""

import numpy as np
import pytest

from explorer.descent.problems import PROBLEMS
from explorer.expression import parse
from explorer.numeric import Window
from explorer.numeric.plane import choose_plane
from explorer.numeric.veils import MOST_BOXES, POINTS_A_WAVE, veil_of
from explorer.presets import SURFACES
from tests.numeric.test_waves import FAST, ORDINARY, PLANE, SQUARE

PIECES = 80
PARTLY = (
    "1/x",
    "40/(0.3+x^2)",
    "20/(x+y)",
    "1/(x^2+y^2)",
    "5x^3",
    "30 y e^(-x^2)",
    "3/(y-x^2+0.5)",
    "20 x y",
)


@pytest.mark.parametrize("phase", PARTLY)
def test_waves_are_covered_where_they_are_shorter_than_the_picture_can_show(phase):
    f, rate = parse(f"sin({phase}) + y/9", PLANE), parse(phase, PLANE)
    veil = veil_of(f, SQUARE, PIECES)
    x, y = np.random.default_rng(5).uniform(-2, 2, (2, 4000))
    _, slopes = rate.value_and_gradient(x, y)
    with np.errstate(all="ignore"):
        wave = 2 * np.pi / np.abs(slopes).max(axis=0)
    shortest = POINTS_A_WAVE / PIECES * 4.0
    covered = np.asarray(veil.covers(x, y))
    assert covered[wave < 0.8 * shortest].mean() > 0.97
    # A box is coarser than a curve.
    assert covered[wave > 2 * shortest].mean() < 0.2
    assert 0 < len(veil.boxes) <= MOST_BOXES
    assert not veil.whole


@pytest.mark.parametrize("text", [text for text in ORDINARY if "sin(1/" not in text])
def test_hills_poles_steps_and_ripples_are_not_covered(text):
    assert not veil_of(parse(text, PLANE), SQUARE, PIECES)


@pytest.mark.parametrize("text", FAST)
def test_what_is_fast_nearly_everywhere_is_covered_as_a_whole(text):
    assert veil_of(parse(text, PLANE), SQUARE, PIECES).whole


def test_no_preset_is_covered():
    planes = [(parse(p.formula, PLANE), choose_plane(parse(p.formula, PLANE))) for p in SURFACES]
    planes += [(p.loss, Window(*p.windows, equal=True)) for p in PROBLEMS if len(p.variables) == 2]
    for f, window in planes:
        assert not veil_of(f, window, 60), f.text


@pytest.mark.parametrize("phase", PARTLY)
def test_the_function_is_parted_in_two_and_nothing_between(phase):
    f = parse(f"sin({phase}) + y/9", PLANE)
    veil = veil_of(f, SQUARE, PIECES)
    # Corners of the boxes and places on their sides among them.
    side = np.unique(
        np.concatenate([np.linspace(-2, 2, 129), *(np.clip(box, -2, 2).ravel() for box in veil.boxes)])
    )
    x, y = np.meshgrid(side, side)
    shown, hidden, whole = (np.isfinite(part(x, y)) for part in (veil.over(f), veil.under(f), f))
    covered = veil.covers(x, y)
    np.testing.assert_array_equal(shown & ~hidden, whole & ~covered & ~hidden)
    assert (shown | hidden)[whole].all()
    np.testing.assert_allclose(veil.over(f)(x, y)[shown], f(x, y)[shown], rtol=0, atol=0)


def test_a_slice_is_covered_along_its_own_way_only():
    f = parse("sin(300x) + y", PLANE)
    assert veil_of(f, SQUARE, 200, 7.5, "x").whole
    assert not veil_of(f, SQUARE, 200, 7.5, "y")
