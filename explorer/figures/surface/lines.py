"""The level lines of a function with gaps, poles or leaps, as they are seen from above, and where it ends."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import Trace
from explorer.numeric import Window, number_text
from explorer.numeric.facets import Facets, Flags
from explorer.numeric.levels import crossed, exact_segments
from explorer.numeric.results import Array
from explorer.scene import theme
from explorer.scene.wire import single

MOST_PIECES = 3600
"""Straight pieces on the pad in all, and edges among them; what is left is for the level lines."""

MOST_EDGES = 3000
SPARSER = {1: "", 2: "second", 4: "fourth", 8: "eighth"}
"""Of so many levels one is drawn, and how that is said."""

EDGE = 3.5
"""Pixels: what is drawn along an edge covers the dots on both sides, which are smaller."""

GRAIN = 1e-4
"""Of the window: edges closer to each other are one."""

CROWDED = 0.045
"""Of the window: level lines closer to each other than this, or to an edge, carry no number."""
APART = 0.12
LABELS_A_LEVEL = 3
SAMPLE = 200


def thinned(counts: Sequence[int], most: int) -> tuple[slice, tuple[str, ...]]:
    """Of levels with so many pieces all, or every second, fourth or eighth, the middle one among them; or none."""
    for stride, told in SPARSER.items():
        kept = slice(len(counts) // 2 % stride, None, stride)
        if sum(counts[kept]) <= most:
            return kept, ((f"too many level lines to draw: every {told} is shown",) if told else ())
    return slice(0), ("too many level lines to draw",)


def broken_lines(f: Expression, surface: Facets, window: Window, levels: Array) -> tuple[Trace, ...]:
    """Level lines up to where the function ends, an edge in the colour of the paper, and the numbers."""
    edges = _edges(surface.places[surface.edges, :2], window)
    turned = [crossed(surface.triangles, level) for level in levels.tolist()]
    if len(edges) + sum(map(len, turned)) > MOST_PIECES:
        edges, *turned = (part[_within(window, part)] for part in (edges, *turned))
    kept, _ = thinned([len(part) for part in turned], MOST_PIECES - len(edges))
    at = np.repeat(levels[kept], [len(part) for part in turned[kept]])
    pieces = exact_segments(
        np.concatenate([np.empty((0, 3, 3)), *turned[kept]]), at, lambda places: f(*places.T)
    )
    step = float(np.ptp(levels[kept][:2])) or math.inf if len(levels[kept]) else math.inf
    return (
        _strokes(pieces[:, :, :2], 1.0),
        _strokes(edges, EDGE),
        _numbers(f, window, pieces.mean(axis=1), edges.reshape(-1, 2), step),
    )


def _within(window: Window, parts: Array) -> Flags:
    """Which of the sides or triangles, (k, n, 2) or (k, n, 3), have their middle in the window."""
    x, y = parts.mean(axis=1).T[:2]
    inside = (x > window.x[0]) & (x < window.x[1]) & (y > window.y[0]) & (y < window.y[1])
    return np.asarray(inside)


def _edges(edges: Array, window: Window) -> Array:
    """All of them, or those in the window, or none where that is too much still."""
    once = _once(edges, GRAIN * (window.x[1] - window.x[0]))
    shown = once if len(once) <= MOST_EDGES else once[_within(window, once)]
    return shown if len(shown) <= MOST_EDGES else shown[:0]


def _once(pieces: Array, grain: float) -> Array:
    """Pieces of which no two lie on each other, as both banks of a pole do."""
    ends = np.sort(np.round(pieces / grain) @ np.array([1, 1j]), axis=1)
    return pieces[np.sort(np.unique(ends, axis=0, return_index=True)[1])]


def _strokes(pieces: Array, width: float) -> Trace:
    """Straight pieces (k, 2, 2) in the colour of the paper."""
    gaps = np.full((len(pieces), 1, 2), np.nan)
    x, y = single(np.concatenate([pieces, gaps], axis=1).reshape(-1, 2).T)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": "$paper", "width": width},
        "hoverinfo": "skip",
    }


def _numbers(f: Expression, window: Window, middles: Array, edges: Array, step: float) -> Trace:
    """The height beside some of the pieces, given by their middles (k, 3): apart from edges and from each other."""
    width = window.x[1] - window.x[0]
    chosen: list[Array] = []
    for row in _roomy(f, window, middles, edges, step):
        if all(np.hypot(*(row - other)[:2]) > APART * width for other in chosen):
            same = sum(other[2] == row[2] for other in chosen)
            if same < LABELS_A_LEVEL:
                chosen.append(row)
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([x for x, _, _ in chosen], dtype=float),
        "y": np.array([y for _, y, _ in chosen], dtype=float),
        "text": [number_text(float(z)) for _, _, z in chosen],
        "textfont": {"size": theme.TICK_SIZE, "color": "$ink"},
        "hoverinfo": "skip",
    }


def _roomy(f: Expression, window: Window, middles: Array, edges: Array, step: float) -> Array:
    """Middles in the window with room around them, those with the most room first."""
    width = window.x[1] - window.x[0]
    low, high = (np.array([window.x[k], window.y[k]]) for k in (0, 1))
    margin = CROWDED * (high - low)
    inside = ((middles[:, :2] > low + margin) & (middles[:, :2] < high - margin)).all(axis=1)
    places = middles[inside][:: max(1, int(inside.sum()) // SAMPLE)]
    _, (fx, fy) = f.value_and_gradient(*places[:, :2].T)
    with np.errstate(all="ignore"):
        room = step / np.hypot(fx, fy)
    near = edges[:: max(1, len(edges) // SAMPLE)]
    if len(near):
        away = np.hypot(*(places[:, None, :2] - near).transpose(2, 0, 1)).min(axis=1)
        room = np.fmin(room, away)
    room = np.minimum(room, width)
    enough = room > CROWDED * width
    order = np.argsort(-room[enough], kind="stable")
    return np.asarray(places[enough][order])
