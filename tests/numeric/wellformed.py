"""What every analysis, sample and window must be, whatever the function."""

import math
from itertools import pairwise

import numpy as np

from explorer.numeric import Band, BreakKind


def _increasing(xs):
    return all(a < b for a, b in pairwise(xs))


def check_analysis(found, window):
    lo, hi = window
    assert found.window == (lo, hi)
    for places in (found.breaks, found.critical, found.inflections, found.smooth_places):
        assert _increasing([place.x for place in places])
        assert all(lo <= place.x <= hi for place in places)
    assert _increasing(found.zeros)
    assert all(lo <= x <= hi for x in found.zeros)
    for point in (*found.critical, *found.inflections):
        assert math.isfinite(point.y)
    for place in found.smooth_places:
        assert math.isfinite(place.y)
        assert math.isfinite(place.slope)
    for place in found.breaks:
        check_break(place)
    for a, b in found.domain:
        assert lo <= a < b <= hi
    for a, b, sign in found.monotone:
        assert lo <= a < b <= hi
        assert sign in (-1, 0, 1)
    assert found.too_many_breaks <= (not found.breaks)


def check_break(place):
    finite = [math.isfinite(v) for v in (place.left_value, place.right_value)]
    match place.kind:
        case BreakKind.CORNER | BreakKind.CUSP | BreakKind.VERTICAL_TANGENT:
            assert all(finite)
            assert math.isfinite(place.value)
            assert not math.isnan(place.left_slope)
            assert not math.isnan(place.right_slope)
        case BreakKind.JUMP | BreakKind.HOLE:
            assert all(finite)
        case BreakKind.POLE:
            assert math.isinf(place.left_value) or math.isinf(place.right_value)
        case BreakKind.DOMAIN_EDGE:
            assert math.isnan(place.left_value) != math.isnan(place.right_value)
    assert place.sentence.endswith(".")
    assert "nan" not in place.sentence
    assert "inf" not in place.sentence
    assert "-" not in place.sentence.replace("one-sided", "")


def check_sample(curve, window):
    lo, hi = window
    if isinstance(curve, Band):
        seen = np.isfinite(curve.low)
        assert np.array_equal(seen, np.isfinite(curve.high))
        assert np.all(curve.low[seen] <= curve.high[seen])
    else:
        assert curve.x.shape == curve.y.shape
        assert not np.isinf(curve.y).any()
        assert curve.x.size < 12_000
    assert np.all(np.diff(curve.x) >= 0)
    assert np.all((curve.x >= lo) & (curve.x <= hi))


def check_window(window):
    for lo, hi in (window.x, window.y):
        assert math.isfinite(lo)
        assert math.isfinite(hi)
        assert lo < hi
