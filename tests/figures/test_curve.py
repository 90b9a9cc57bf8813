"""A curve's traces: what a band covers, and in how many numbers a picture travels."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.curve import LONG, curve_traces, wide_sample
from explorer.numeric import Band, Curve, Window


def noisy(count, scale=1.0, middle=0.0):
    """A band of columns that have no height in common, each a shape of its own; one in a hundred has no value."""
    x = middle + (np.arange(count) + 0.5) / count
    low = scale * (np.arange(count) % 2 * 3.0 - 1)
    low[50::100] = np.nan
    return Band(x, low, low + scale)


def covered(trace, x):
    """The least and greatest height of the shapes that reach from one side of x to the other."""
    xs, ys = trace["x"], trace["y"]
    shapes = np.split(np.arange(xs.size), np.flatnonzero(np.isnan(xs)))
    shapes = [shape[np.isfinite(xs[shape])] for shape in shapes if shape.size > 1]
    heights = [ys[shape] for shape in shapes if xs[shape].min() <= x <= xs[shape].max()]
    return np.min(heights), np.max(heights)


@pytest.mark.parametrize("count", [400, 401])
def test_a_band_travels_in_single_precision_with_all_its_columns(count):
    (trace,) = curve_traces(noisy(count), "f")
    assert trace["x"].dtype == trace["y"].dtype == np.float32
    assert np.count_nonzero(np.isnan(trace["x"])) == count - count // 100


@pytest.mark.parametrize(("scale", "middle"), [(1e300, 0.0), (1.0, 1e9)])
@pytest.mark.parametrize("count", [400, 401])
def test_a_band_that_needs_double_precision_covers_the_same_in_half_as_many_columns(count, scale, middle):
    band = noisy(count, scale, middle)
    (trace,) = curve_traces(band, "f")
    assert trace["x"].nbytes + trace["y"].nbytes < 2 * 8 * LONG
    for x, low, high in zip(band.x, band.low, band.high, strict=True):
        if np.isfinite(low):
            bottom, top = covered(trace, x)
            assert bottom <= low
            assert high <= top


def test_several_bands_are_one_trace_with_a_gap_between():
    left, right = noisy(20), noisy(20, middle=5.0)
    (one,), (other,) = curve_traces(left, "f"), curve_traces(right, "f")
    (both,) = curve_traces((left, right), "f")
    for axis in "xy":
        np.testing.assert_array_equal(both[axis], np.concatenate([one[axis], other[axis]]))


@pytest.mark.parametrize(
    ("formula", "window"),
    [
        ("1E300(sin(60x)+sin(55x)+sin(50x^2))", Window((-3.0, 3.0), (-3e300, 3e300), False)),
        ("sin(900x)+sin(850x)", Window((1e9, 1e9 + 0.1), (-2.0, 2.0), False)),
    ],
)
def test_a_line_that_needs_double_precision_has_half_the_points(formula, window):
    curve = wide_sample(parse(formula), window, ())
    assert isinstance(curve, Curve)
    assert 500 < curve.x.size < LONG
