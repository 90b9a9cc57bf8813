"""What stands still on the surface page: the surface itself, its level lines, and the critical points on both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import Trace
from explorer.figures.surface.lines import broken_lines, thinned
from explorer.figures.surface.sought import (
    critical_points,
    is_close,
    level_creases,
    sharp_places,
    veil_for,
)
from explorer.numeric import Window
from explorer.numeric.critical2d import CriticalKind2D, CriticalPoints
from explorer.numeric.facets import FINE, LEAP, MIDDLE, Facets, facets, surface_facets
from explorer.numeric.families2d import FamilyKind
from explorer.numeric.levels import level_segments
from explorer.numeric.plane import choose_plane as choose_plane_now
from explorer.numeric.plane import heights, round_step
from explorer.numeric.results import Array, Span
from explorer.numeric.sharp2d import SharpPlace
from explorer.numeric.veils import Veil
from explorer.scene import theme
from explorer.scene.scene import Picture
from explorer.scene.wire import single

Marked = tuple[float, float, float, CriticalKind2D]

LEVELS = 12
LIFT = 0.003
MOST_PIECES = 5000
FEWER_PIECES = 3400  # of level lines where the surface itself is given by pieces, on a grid without cuts
PAD_GRID = 121
TOO_FAST = "Turns too often for {picture}: zoom in"
FAST_IN_PART = "Blank: turns too often, zoom in"
MANY = "Too many critical points to mark: zoom in"
BESIDE, CLOSE_BESIDE = 0.5, 0.25
"""So many windows more on each side of the pad, on whose grid `PIECES` or `CLOSE_PIECES` fall to the window."""

DOTS, DOTS_BESIDE = 200, 30
EVERYWHERE = (-math.inf, math.inf)
OFF_CENTRE = 0.5123  # of a dot: beside the round places where x^y has values on a line only
HEIGHT = 0.72  # of the box, where its longest side is 1
CAMERA = {
    "eye": {"x": 0.76, "y": -1.36, "z": 1.17},
    "center": {"x": 0, "y": 0, "z": -0.15},
    "up": {"x": 0, "y": 0, "z": 1},
}
GLYPH = {
    CriticalKind2D.MINIMUM: "★",
    CriticalKind2D.MAXIMUM: "▲",
    CriticalKind2D.SADDLE: "✕",
    CriticalKind2D.SILENT: "?",
}
SYMBOL = {
    CriticalKind2D.MINIMUM: "star",
    CriticalKind2D.MAXIMUM: "triangle-up",
    CriticalKind2D.SADDLE: "x",
    CriticalKind2D.SILENT: "circle",
}
BEADS = 32
"""So many places of a curve of critical points stand side by side across the picture: beads, no thick line."""

choose_plane = lru_cache(maxsize=256)(choose_plane_now)


def marked_places(f: Expression, window: Window, found: CriticalPoints) -> tuple[Marked, ...]:
    """x, y, height and kind of what is marked: critical points if not too many, and extremes without a gradient."""
    sharp = sharp_places(f, window.x, window.y)
    return (
        *((p.x, p.y, p.value, p.kind) for p in found.points if not found.more),
        *((p.x, p.y, p.value, sharp_kind(p)) for p in sharp),
    )


def sharp_kind(place: SharpPlace) -> CriticalKind2D:
    """The sign under which a place without a gradient is marked."""
    return CriticalKind2D.MINIMUM if place.lowest else CriticalKind2D.MAXIMUM


def surface_picture(
    f: Expression, window: Window, shown: Span, found: CriticalPoints, levels: Array | None = None
) -> Picture:
    """The surface with its critical points, in a box whose sides are in the window's proportions.

    Its lines are at round heights, or at the `levels`.
    """
    low, high = padded(shown)
    proportions = box_proportions(window)
    drawn: tuple[Trace, ...] = ()
    veil, words = veil_for(f, window), [TOO_FAST.format(picture="a surface")]
    if not veil.whole:
        facets = shown_facets(f, window, shown)
        lines, left_out = _lines_on_surface(
            facets, shown, levels_between(shown) if levels is None else levels
        )
        drawn = (_surface_trace(facets, window, shown), lines)
        words = [
            *([FAST_IN_PART] if veil else []),
            *_gap_words(facets, _lacks_values(f, window, veil)),
            *left_out,
            *([MANY] if found.more else []),
        ]
    return Picture(
        data=(*drawn, *_marked_in_space(marked_places(f, window, found), shown)),
        layout={
            **theme.layout((0, 0, 0, 0)),
            "scene": {
                "xaxis": _axis("x", padded(window.x), "slope_text"),
                "yaxis": _axis("y", padded(window.y), "partial_y_text"),
                "zaxis": _axis("z", (low, high), "f_text"),
                "aspectmode": "manual",
                "aspectratio": dict(zip("xyz", proportions, strict=True)),
                "camera": CAMERA,
                "dragmode": "turntable",
                "bgcolor": "$paper",
            },
            "annotations": [_word(text, row) for row, text in enumerate(words)],
        },
    )


@lru_cache(maxsize=64)
def shown_facets(f: Expression, window: Window, shown: Span) -> Facets:
    """The surface within the box, without what it would show falsely."""
    veil = veil_for(f, window)
    least = FINE if veil else MIDDLE
    return surface_facets(veil.over(f), window, padded(shown), LEAP * (shown[1] - shown[0]), least)


def _lacks_values(f: Expression, window: Window, veil: Veil) -> bool:
    """Whether there is no value at some corners of the surface's grid, beside those that are covered."""
    x, y = np.meshgrid(np.linspace(*window.x, FINE), np.linspace(*window.y, FINE))
    return bool((np.isnan(f(x, y)) & ~veil.covers(x, y)).any())


def padded(span: Span) -> Span:
    """A little more on both sides, so that lines on the border are not cut."""
    room = 0.04 * (span[1] - span[0])
    return span[0] - room, span[1] + room


def box_proportions(window: Window) -> tuple[float, float, float]:
    """Sides of the box, the longer one of x and y being 1; very unequal windows are evened out."""
    width, depth = window.x[1] - window.x[0], window.y[1] - window.y[0]
    longest = max(width, depth)
    return max(width / longest, 0.4), max(depth / longest, 0.4), HEIGHT


def _axis(name: str, span: Span, role: theme.Role) -> dict[str, Any]:
    return {
        "title": {
            "text": name,
            "font": {"size": theme.TEXT_SIZE, "color": f"${role}", "weight": theme.BOLD},
        },
        "range": list(span),
        "gridcolor": "$grid",
        "zerolinecolor": "$grid",
        "linecolor": "$guide",
        "tickfont": {"size": theme.TICK_SIZE},
        "nticks": 6,
        "showbackground": False,
        "showspikes": False,
    }


def _surface_trace(facets: Facets, window: Window, shown: Span) -> Trace:
    """An even grid where the surface is whole, else triangles. Light falls on both alike."""
    lit: Trace = {
        "cmin": shown[0],
        "cmax": shown[1],
        "colorscale": [[0, "$deep"], [1, "$lofty"]],
        "showscale": False,
        "hoverinfo": "skip",
        "lighting": {"ambient": 0.82, "diffuse": 0.35, "specular": 0.04, "roughness": 0.9, "fresnel": 0.02},
        "lightposition": {"x": -2000, "y": -4000, "z": 8000},
    }
    if facets.whole is not None:
        x, y = (np.linspace(*span, len(facets.whole)) for span in (window.x, window.y))
        return {
            "type": "surface",
            "x": x.astype(np.float32),
            "y": y.astype(np.float32),
            "z": single(facets.whole),
            "contours": {name: {"highlight": False} for name in "xyz"},
            **lit,
        }
    x, y, z = map(single, facets.places.T)
    i, j, k = facets.corners.T.astype(np.int16)
    shade = np.clip((facets.places[:, 2] - shown[0]) / (shown[1] - shown[0]), 0, 1)
    shades = {"intensity": np.round(255 * shade).astype(np.uint8), "cmin": 0, "cmax": 255}
    return {"type": "mesh3d", "x": x, "y": y, "z": z, "i": i, "j": j, "k": k, **lit, **shades}


def levels_between(shown: Span) -> Array:
    """Round heights, the same on the surface and on the pad; at the lowest and the highest there are no lines."""
    step = round_step(shown[1] - shown[0], LEVELS)
    first, last = math.floor(shown[0] / step + 1e-9) + 1, math.ceil(shown[1] / step - 1e-9) - 1
    return np.asarray(step * np.arange(first, last + 1), dtype=float)


def _lines_on_surface(facets: Facets, shown: Span, levels: Array) -> tuple[Trace, tuple[str, ...]]:
    """The level lines, a little above the surface, and in words what is left out of them where they are too many.

    Plotly's own (4.1) never end for some surfaces with gaps and plateaus.
    """
    found = level_segments(facets.triangles, levels.tolist())
    most = (
        MOST_PIECES
        if facets.whole is not None
        else FEWER_PIECES - max(0, len(facets.places) - MIDDLE**2) // 2
    )
    # Heights that no single number holds travel as double ones: four bytes a place more than twelve.
    most = most * 3 // 4 if single(facets.places[:, 2]).itemsize > np.float32().itemsize else most
    kept, left_out = thinned([len(part) for part in found], most)
    pieces = np.concatenate([np.empty((0, 2, 3)), *found[kept]])
    pieces[:, :, 2] += LIFT * (shown[1] - shown[0])
    gaps = np.full((len(pieces), 1, 3), np.nan)
    x, y, z = map(single, np.concatenate([pieces, gaps], axis=1).reshape(-1, 3).T)
    lines: Trace = {
        "type": "scatter3d",
        "mode": "lines",
        "x": x,
        "y": y,
        "z": z,
        "line": {"color": "$paper", "width": 1.5},
        "hoverinfo": "skip",
    }
    return lines, left_out


def _marked_in_space(places: Sequence[Marked], shown: Span) -> tuple[Trace, ...]:
    """A yellow place with its sign on it, a little above the surface: space has no outlined stars."""
    seen = [place for place in places if shown[0] <= place[2] <= shown[1]]
    lift = 0.06 * (shown[1] - shown[0])
    return (
        {
            "type": "scatter3d",
            "mode": "markers+text",
            "x": np.array([x for x, _, _, _ in seen], dtype=float),
            "y": np.array([y for _, y, _, _ in seen], dtype=float),
            "z": np.array([value + lift for _, _, value, _ in seen], dtype=float),
            "text": [GLYPH[kind] for _, _, _, kind in seen],
            "textposition": "middle center",
            "textfont": {
                "size": theme.LABEL_SIZE,
                "color": theme.PALETTE["light"]["ink"],
            },  # the yellow is the same in both
            "marker": {"size": 10, "color": "$critical", "line": {"color": "$ink", "width": 2}},
            "hoverinfo": "skip",
        },
    )


def _gap_words(facets: Facets, lacks_values: bool) -> list[str]:
    words = []
    if facets.cut:
        words.append("cut off where it leaves these heights")
    if not len(facets.corners) and not facets.cut:
        return ["no value anywhere in this window"]
    if facets.open and lacks_values:
        words.append("a gap: no value there")
    if facets.torn and not facets.cut:
        words.append("a gap: the surface leaps there")
    return words


def _word(text: str, row: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0.01,
        "xref": "paper",
        "xanchor": "left",
        "y": 1,
        "yshift": -20 * row,
        "yref": "paper",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": theme.LABEL_SIZE, "color": "$guide"},
    }


def pad_picture(f: Expression, window: Window, shown: Span, found: CriticalPoints) -> Picture:
    """Level lines over the window and half a window more on each side, in equal scales, and the critical points."""
    veil = veil_for(f, window)
    said = [said_in_place_of_lines(veil)] if veil else [theme.note(MANY)] if found.more else []
    layout = theme.layout(
        (10, 8, 46, 50),
        xaxis=theme.axis("x", window.x, constrain="domain"),
        yaxis=theme.axis("y", window.y, scaleanchor="x", scaleratio=1, constrain="domain"),
        **({"annotations": said} if said else {}),
    )
    layout["xaxis"]["title"] |= {"standoff": 14}
    layout["xaxis"]["title"]["font"]["color"] = "$slope_text"
    layout["yaxis"]["title"]["font"]["color"] = "$partial_y_text"
    return Picture(
        (
            *(() if veil.whole else _level_lines(f, window, shown)),
            *_families(f, found, window),
            _marked_in_plane(marked_places(f, window, found)),
        ),
        layout,
    )


def said_in_place_of_lines(veil: Veil) -> dict[str, Any]:
    """What stands in a plane without level lines, or without some, because they would be false."""
    return theme.note(TOO_FAST.format(picture="level lines") if veil.whole else FAST_IN_PART)


@lru_cache(maxsize=64)
def _level_lines(f: Expression, window: Window, shown: Span) -> tuple[Trace, ...]:
    """Level lines with the bands between them; where the function has gaps the bands are dots as small as pixels."""
    low, high = shown
    room, step = high - low, round_step(high - low, LEVELS)
    beside = CLOSE_BESIDE if is_close(f, window) else BESIDE
    wide = Window(_with_more(window.x, beside), _with_more(window.y, beside), equal=True)
    drawn = veil_for(f, window).over(f)
    surface, levels = facets(drawn, wide, EVERYWHERE, LEAP * room, PAD_GRID), levels_between(shown)
    if surface.whole is None:
        return (_bands(drawn, window, wide, shown, step), *broken_lines(drawn, surface, window, levels))
    filled: Trace = {
        "type": "contour",
        "x": np.linspace(*wide.x, PAD_GRID).astype(np.float32),
        "y": np.linspace(*wide.y, PAD_GRID).astype(np.float32),
        "z": single(np.clip(surface.whole, low - room, high + room)),
        "autocontour": False,
        "contours": {
            "start": float(levels[0]),
            "end": float(levels[-1]),
            "size": step,
            "coloring": "fill",
            "showlabels": True,
            "labelfont": {"size": theme.TICK_SIZE, "color": "$ink"},
        },
        "colorscale": [[0, "$deep@0.75"], [1, "$lofty@0.75"]],
        "zmin": low,
        "zmax": high,
        "line": {"color": "$paper", "width": 1},
        "showscale": False,
        "hoverinfo": "skip",
    }
    return (filled,)


def _with_more(span: Span, beside: float) -> Span:
    """So many windows more on each side, for whoever zooms out."""
    more = beside * (span[1] - span[0])
    return span[0] - more, span[1] + more


def _dots(span: Span, wide: Span) -> Array:
    """Places along a side: most of them in the window, the others in what is more on each side."""
    ends = (wide[0], *span, wide[1])
    counts = (DOTS_BESIDE, DOTS, DOTS_BESIDE)
    parts = zip(ends, ends[1:], counts, strict=False)
    return np.concatenate([a + (np.arange(n) + OFF_CENTRE) / n * (b - a) for a, b, n in parts])


def _bands(f: Expression, window: Window, wide: Window, shown: Span, step: float) -> Trace:
    """The band of every dot, 0 where there is no value: sharp edges and leaps, which a contour's cells leave ragged."""
    axes = [_dots(window.x, wide.x), _dots(window.y, wide.y)]
    values = f(*np.meshgrid(*axes))
    first, last = math.ceil(shown[0] / step - 1e-9), math.floor(shown[1] / step + 1e-9)
    bands = last - first + 2
    with np.errstate(invalid="ignore", over="ignore"):
        band = np.where(np.isnan(values), 0, np.clip(np.floor(values / step) - first + 2, 1, bands))
    none, nowhere = 0.5 / bands, "rgba(0,0,0,0)"
    return {
        "type": "heatmap",
        "x": axes[0].astype(np.float32),
        "y": axes[1].astype(np.float32),
        "z": band.astype(np.uint8),
        "zmin": 0,
        "zmax": bands,
        "colorscale": [[0, nowhere], [none, nowhere], [none, "$deep@0.75"], [1, "$lofty@0.75"]],
        "showscale": False,
        "hoverinfo": "skip",
    }


def _marked_in_plane(places: Sequence[Marked]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([x for x, _, _, _ in places], dtype=float),
        "y": np.array([y for _, y, _, _ in places], dtype=float),
        "marker": {
            "symbol": [SYMBOL[kind] for _, _, _, kind in places],
            "size": [16 if kind is CriticalKind2D.MINIMUM else 13 for _, _, _, kind in places],
            "color": "$critical",
            "opacity": 1,
            "line": {"color": "$ink", "width": 1.5},
        },
        "hoverinfo": "skip",
    }


def _families(f: Expression, found: CriticalPoints, window: Window) -> tuple[Trace, ...]:
    """Whole curves of critical points, each from end to end, as a string of small yellow places."""
    lines = [family.points for family in found.families if family.kind is not FamilyKind.FLAT]
    lines += [crease.points for crease in level_creases(f, window.x, window.y)]
    if not lines:
        return ()
    places, apart = np.vstack(lines), (window.x[1] - window.x[0]) / BEADS
    kept = np.empty((0, 2))
    for _ in range(BEADS**2):
        if not len(places):
            break
        kept = np.vstack([kept, places[:1]])
        places = places[np.hypot(*(places - places[0]).T) > apart]
    marker = {"size": 6, "color": "$critical", "opacity": 1, "line": {"color": "$ink", "width": 1}}
    return (
        {
            "type": "scatter",
            "mode": "markers",
            "x": kept[:, 0],
            "y": kept[:, 1],
            "marker": marker,
            "hoverinfo": "skip",
        },
    )


__all__ = [
    "box_proportions",
    "choose_plane",
    "critical_points",
    "heights",
    "level_creases",
    "marked_places",
    "pad_picture",
    "padded",
    "said_in_place_of_lines",
    "sharp_kind",
    "sharp_places",
    "shown_facets",
    "surface_picture",
]
