"""A function's curve as Plotly traces: pieces that end where they end, circles for the values there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric import (
    Analysis,
    Band,
    Break,
    BreakKind,
    Curve,
    Description,
    Point,
    Window,
    corrected_derivative,
    corrected_second,
)
from explorer.numeric import analyse as analyse_now
from explorer.numeric import bands as bands_now
from explorer.numeric import choose_window as choose_window_now
from explorer.numeric import sample as sample_now
from explorer.numeric.results import Array
from explorer.scene.scene import Case
from explorer.scene.theme import Role
from explorer.scene.wire import FARTHEST, single

Trace = Mapping[str, Any]

SAMPLES = 900
FEW_BREAKS, TOO_MANY = 50, 150
"""Each break beyond so many takes its part of the points of a curve; there are fewer than so many more."""
LONG = 1500
"""A line of fewer points is light enough in double precision."""
HEAVY = 1200
"""One of so many travels in single precision where that can be."""
TOLD_APART = 1e4
"""A line spans so many steps of single precision at least, or travels in double precision."""
CROWDED = (Description.TOO_MANY_BREAKS, Description.CROWDED, Description.TOO_MANY_TURNS)
SAID = (*CROWDED, Description.ROUNDED)
LOST = (BreakKind.CORNER, BreakKind.CUSP, BreakKind.VERTICAL_TANGENT)

# Several learners open the same preset, and one learner's slope and limit pages show the same function.
analyse = lru_cache(maxsize=128)(analyse_now)
sample = lru_cache(maxsize=128)(sample_now)
bands = lru_cache(maxsize=128)(bands_now)
choose_window = lru_cache(maxsize=256)(choose_window_now)


WIDEST = 3.2
"""Width over height of the widest picture of a curve: projected on a screen of 1920 by 1080."""

MOST_MENDED = 12
"""At so many places a formula of f′ is held against its difference quotient."""


def as_shown(window: Window) -> Window:
    """The window that a wide screen makes of a high and narrow one with equal scales, to which all of a curve is drawn.

    With half of its width on either side, as marks and strip have, it is as wide as the widest picture.
    """
    (left, right), (bottom, top) = window.x, window.y
    more = (WIDEST / 2 * (top - bottom) - (right - left)) / 2
    if not window.equal or more <= 1e-9 * (right - left):
        return window
    return replace(window, x=(left - more, right + more))


def span_of(f: Expression, window: Window) -> tuple[float, float]:
    """The interval that is drawn: a window's width more on either side, so that panning finds it there.

    The window alone where so much has more breaks or turns than can be told apart: ⌊x³⌋ has nine steps in ±1.6.
    """
    window = as_shown(window)
    left, right = window.x
    wide = left - (right - left), right + (right - left)
    return window.x if analyse(f, wide).description in CROWDED else wide


def mended_slope(f: Expression, x: tuple[float, float], *, second: bool = False) -> Expression | None:
    """f′ (or f″) with a value exactly where its quotient has a limit; None where too many places would be looked at."""
    analysis = analyse(f, x)
    places = len(analysis.breaks) + len(analysis.smooth_places)
    if analysis.too_many_breaks or analysis.crowded or places > MOST_MENDED:
        return None
    return corrected_second(f, analysis) if second else corrected_derivative(f, analysis)


def with_word(sentence: tuple[Case, ...], analysis: Analysis, unmarked: str = "") -> tuple[Case, ...]:
    """The sentence, and after it what the picture cannot show of a curve that breaks, turns or rounds too much.

    Else what is said of places that are `unmarked`, but not where the point stands on a place with words of its own.
    """
    if analysis.description in SAID:
        return tuple(_longer(case, analysis.description.sentence) for case in sentence)
    return tuple(
        _longer(case, unmarked) if unmarked and not _is_of_a_place(case) else case for case in sentence
    )


def _longer(case: Case, word: str) -> Case:
    return replace(case, text=f"{case.text} {word}")


def _is_of_a_place(case: Case) -> bool:
    return any(name == "x0" and low is not None and low == high for name, low, high, _ in case.when)


def wide_sample(
    f: Expression, window: Window, breaks: tuple[Break, ...], n: int = SAMPLES, order: int = 0
) -> Curve | Band:
    """f, f′ or f″ over the whole span: `n` points within the window, a quarter of that on either side.

    Half of it where the scales are equal: a wide screen shows what lies there.
    Half as many where the window, or the values, are so far from 0 that they travel in double precision, and fewer
    where there are many breaks: each of them has its own marks, and a scene is light.
    """
    n = round(n * (1 - max(len(breaks) - FEW_BREAKS, 0) / TOO_MANY))
    picture = _wide_sample(f, window, breaks, n, order)
    if isinstance(picture, Band) or not _is_far(picture.x, picture.y):
        return picture
    return _wide_sample(f, window, breaks, n // 2, order)


def _is_far(x: Array, y: Array) -> bool:
    """Whether single precision would not tell a long line's places apart, or not hold its values."""
    if x.size < LONG:
        return False
    return _light(x).dtype == x.dtype or np.abs(y[np.isfinite(y)]).max(initial=0.0) >= FARTHEST


def _wide_sample(
    f: Expression, window: Window, breaks: tuple[Break, ...], n: int, order: int
) -> Curve | Band:
    left, right = span_of(f, window)
    if (left, right) == window.x:
        return sample(f, window.x, breaks, n, order)
    smooth = analyse(f, (left, right)).smooth_places
    spans = ((left, window.x[0]), window.x, (window.x[1], right))
    beside = n // (2 if window.equal else 4)
    parts = [
        sample(f, span, breaks, n if span == window.x else beside, order, smooth=smooth) for span in spans
    ]
    if isinstance(parts[1], Band):
        return sample(f, (left, right), breaks, n, order)
    curves = [part for part in parts if isinstance(part, Curve)]
    return Curve(np.concatenate([c.x for c in curves]), np.concatenate([c.y for c in curves]))


def curve_traces(
    picture: Curve | Band | tuple[Band, ...],
    role: Role,
    *,
    width: float = 4.0,
    dash: str = "solid",
    y_axis: str = "y",
    toggle: str = "",
    y_range: tuple[float, float] | None = None,
    function: str = "",
    breaks: tuple[Break, ...] = (),
    order: int = 0,
) -> tuple[Trace, ...]:
    """A line with gaps, or filled bands where the function breaks too often to be drawn.

    While the trace is switched on, its axis holds `y_range` too. A line of the scene's `function` is sampled anew while
    the window moves, with gaps at the `breaks` that it has; a derivative (`order`) has them at corners too.
    """
    meta: dict[str, Any] = {"toggle": toggle} if toggle else {}
    if function and isinstance(picture, Curve):
        meta |= {"function": function, "gaps": [b.x for b in breaks if order or b.kind not in LOST]}
    common = {"yaxis": y_axis, "hoverinfo": "skip", "meta": meta | ({"range": y_range} if y_range else {})}
    if isinstance(picture, Curve):
        line = {"color": f"${role}", "width": width, "dash": dash, "simplify": False}
        x, y = _light(picture.x), _light(picture.y)
        return ({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, **common},)
    x, y = map(_light, _outline(picture if isinstance(picture, tuple) else (picture,)))
    fill = {"fill": "toself", "fillcolor": f"${role}@0.35", "line": {"color": f"${role}", "width": 1.5}}
    return ({"type": "scatter", "mode": "lines", "x": x, "y": y, **fill, **common},)


def band_traces(f: Expression, window: tuple[float, float]) -> tuple[Trace, ...]:
    """The bands in the gaps of a curve, where it breaks too often to be drawn."""
    found = bands(f, window)
    return curve_traces(found, "f") if found else ()


def _light(numbers: Array) -> NDArray[Any]:
    """The coordinates of a long line in single precision, where that moves nothing by as much as a pixel's tenth."""
    known = np.abs(numbers[np.isfinite(numbers)])
    if numbers.size < HEAVY or not known.max(initial=0.0) < FARTHEST:
        return numbers
    spread = float(np.subtract(*np.quantile(numbers[np.isfinite(numbers)], (0.9, 0.1))))
    fine = max(1 / FARTHEST, TOLD_APART * float(np.spacing(np.float32(np.median(known)))))
    return single(numbers) if spread > fine else numbers


def _coarser(band: Band) -> Band:
    """The band in columns twice as wide: each reaches as far as both that it is made of, the last one also as one."""
    low, high = (
        np.append(numbers, [np.nan] * (band.x.size % 2)).reshape(-1, 2).T for numbers in (band.low, band.high)
    )
    return Band(band.x[::2] + (band.x[1] - band.x[0]) / 2, np.fmin(*low), np.fmax(*high))


def _outline(bands: tuple[Band, ...]) -> tuple[Array, Array]:
    """The shapes around some bands; in columns twice as wide where they have to travel in double precision."""
    x, y = _joined(bands)
    return _joined(tuple(map(_coarser, bands))) if _is_far(x, y) else (x, y)


def _joined(bands: tuple[Band, ...]) -> tuple[Array, Array]:
    xs, ys = zip(*map(_shapes, bands), strict=True)
    return np.concatenate(xs), np.concatenate(ys)


def _shapes(band: Band) -> tuple[Array, Array]:
    """Closed shapes around the columns of a band, with NaN between columns that have no height in common.

    So a curve that leaps from one column to the next is not joined by a false line.
    """
    width = band.x[1] - band.x[0]
    edges = np.append(band.x - width / 2, band.x[-1] + width / 2)
    apart = (band.low[1:] > band.high[:-1]) | (band.high[1:] < band.low[:-1])
    missing = np.isnan(band.low)
    starts = np.flatnonzero(np.concatenate(([True], apart | missing[1:] | missing[:-1])))
    xs: list[Array] = []
    ys: list[Array] = []
    for first, end in zip(starts.tolist(), [*starts[1:].tolist(), band.x.size], strict=True):
        if not missing[first]:
            along = np.repeat(edges[first : end + 1], 2)[1:-1]
            low, high = np.repeat(band.low[first:end], 2), np.repeat(band.high[first:end], 2)
            gap = np.array([np.nan])
            xs += [along, along[::-1], along[:1], gap]
            ys += [low, high[::-1], low[:1], gap]
    return (np.concatenate(xs), np.concatenate(ys)) if xs else (np.empty(0), np.empty(0))


def end_circles(breaks: tuple[Break, ...]) -> tuple[Trace, ...]:
    """Open circles where the curve heads for a value that it does not take, filled ones where it takes it."""
    open_x, open_y, full_x, full_y = [], [], [], []
    for place in breaks:
        if place.kind in LOST:
            continue
        sides = {value for value in (place.left_value, place.right_value) if math.isfinite(value)}
        for value in sides - {place.value}:
            open_x.append(place.x)
            open_y.append(value)
        if math.isfinite(place.value):
            full_x.append(place.x)
            full_y.append(place.value)
    return (_circles(full_x, full_y, "f", "$f"), _circles(open_x, open_y, "f", "$paper"))


def _circles(x: list[float], y: list[float], role: Role, filling: str) -> dict[str, Any]:
    marker = {"size": 11, "line": {"color": f"${role}", "width": 2.5}, "color": filling}
    common = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "cliponaxis": True}
    return {**common, "x": np.array(x), "y": np.array(y), "marker": marker}


def slope_circles(ends: tuple[Point, ...], y_axis: str, toggle: str) -> Trace:
    """Open circles where the curve of f′ heads for a slope that f does not have there."""
    circles = _circles([end.x for end in ends], [end.y for end in ends], "slope", "$paper")
    return {**circles, "yaxis": y_axis, "meta": {"toggle": toggle}}


def asymptotes(breaks: tuple[Break, ...]) -> list[dict[str, Any]]:
    """Thin dotted guides where the curve leaves every bound."""
    line = {"color": "$guide", "width": 1, "dash": "dot"}
    return [
        {
            "type": "line",
            "x0": b.x,
            "x1": b.x,
            "yref": "y domain",
            "y0": 0,
            "y1": 1,
            "line": line,
            "layer": "below",
        }
        for b in breaks
        if b.kind is BreakKind.POLE
    ]


def within(x: float, window: Window) -> bool:
    """Whether a place lies in the window."""
    return window.x[0] <= x <= window.x[1]
