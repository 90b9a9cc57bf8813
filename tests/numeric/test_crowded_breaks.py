"""Breaks that crowd: a band where they do, and every one of the others in its place."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Curve, Description, analyse, bands, sample

PI = np.pi
WINDOW = (-3.1, 3.3)

# Breaks that crowd at one place only: text → the place, and where the k-th break from outside is, from closed forms
CROWDS = {
    "floor(1/x)": (0, lambda k: 1 / k),
    "mod(1/x,1)": (0, lambda k: 1 / k),
    "x floor(1/x)": (0, lambda k: 1 / k),
    "ceil(2/x)": (0, lambda k: 2 / k),
    "1/sin(1/x)": (0, lambda k: 1 / (k * PI)),
    "tan(1/x)": (0, lambda k: 1 / ((k - 0.5) * PI)),
    "sign(sin(1/x))": (0, lambda k: 1 / (k * PI)),
    "floor(1/(x-1))": (1, lambda k: 1 / k),
    "floor(1/x^2)": (0, lambda k: k**-0.5),
    "sign(sin(1/(x+1/2)))": (-0.5, lambda k: 1 / (k * PI)),
}


@pytest.mark.parametrize("text", CROWDS)
def test_where_breaks_crowd_at_one_place_the_others_are_listed(text):
    f, (place, outside) = parse(text), CROWDS[text]
    found = analyse(f, WINDOW)
    assert found.description is Description.CROWDED
    assert "band" in found.description.sentence
    ((low, high),) = found.crowded
    assert low < place < high
    assert high - low < 0.2 * (WINDOW[1] - WINDOW[0])
    right = sorted(x for k in range(1, 200) if high < (x := place + outside(k)) < WINDOW[1])
    left = sorted(x for k in range(1, 200) if WINDOW[0] < (x := place - outside(k)) < low)
    assert len(right) > 5
    assert [b.x for b in found.breaks] == pytest.approx([*left, *right], abs=1e-12)
    assert not any(point.is_global for point in found.critical)
    (band,) = bands(f, WINDOW)
    assert low < band.x[0] < band.x[-1] < high
    assert np.nanmax(band.high) >= np.nanmin(band.low)
    curve = sample(f, WINDOW)
    assert isinstance(curve, Curve)
    assert not np.isfinite(curve.y[(curve.x > low) & (curve.x < high)]).any()
    assert np.isfinite(curve.y[(curve.x > high) & (curve.x < high + 0.5)]).any()
    # Nor does a line run across: somewhere between the last point before and the first one behind the pen is lifted.
    before, behind = np.flatnonzero(curve.x <= low)[-1], np.flatnonzero(curve.x >= high)[0]
    assert np.isnan(curve.y[before : behind + 1]).any()
    assert np.nanmax(np.abs(curve.x[before] - low)) < 1e-9
    assert np.nanmax(np.abs(curve.x[behind] - high)) < 1e-9


# Crowds that an even grid hardly sees: text → where the phase u = 1/|x| has breaks, in turns of 2π, on the right
HARDLY_SEEN = {
    "1/(sin(1/x)-0.3)": (np.arcsin(0.3), PI - np.arcsin(0.3)),
    "sign(sin(1/x)-1/2)": (PI / 6, 5 * PI / 6),
    "floor(2sin(1/x))": (PI / 6, PI / 2, 5 * PI / 6, PI, 7 * PI / 6, 2 * PI, 11 * PI / 6),
    "{cos(1/x)<3/5: 1, 2}": (np.arccos(0.6), 2 * PI - np.arccos(0.6)),
}


@pytest.mark.parametrize("text", HARDLY_SEEN)
def test_a_crowd_is_found_though_the_grid_steps_over_most_of_it(text):
    found = analyse(parse(text), WINDOW)
    assert found.description is Description.CROWDED
    ((low, high),) = found.crowded
    assert low < 0 < high < 0.2
    exact = [1 / (u + 2 * PI * k) for u in HARDLY_SEEN[text] for k in range(20)]
    right = sorted(x for x in exact if high < x < WINDOW[1])
    assert [b.x for b in found.breaks if b.x > 0] == pytest.approx(right, abs=1e-9)


@pytest.mark.parametrize(
    "text", ["1/x", "tan(x)", "floor(ln|x|)", "1/(x^2-1)", "sin(x)/x", "1/(1-cos(x))", "ln|x|/x"]
)
def test_no_crowd_is_made_up(text):
    assert analyse(parse(text), WINDOW).crowded == ()


def test_two_places_at_which_breaks_crowd_are_two_bands():
    found = analyse(parse("floor(1/x)+floor(1/(x-2))"), WINDOW)
    (a, b), (c, d) = found.crowded
    assert a < 0 < b < 1 < c < 2 < d
    joins = [x for x in (-1, -0.5, 1 / 2, 1, 5 / 3, 3, 2.5) if not (a < x < b or c < x < d)]
    assert all(min(abs(place.x - x) for place in found.breaks) < 1e-12 for x in joins)
    assert len(bands(parse("floor(1/x)+floor(1/(x-2))"), WINDOW)) == 2


@pytest.mark.parametrize("text", ["floor(100x)", "tan(200x)", "sign(sin(300x))"])
def test_where_breaks_crowd_everywhere_there_is_one_band(text):
    assert analyse(parse(text), WINDOW).crowded == ()
    assert bands(parse(text), WINDOW) == ()
