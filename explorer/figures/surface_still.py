"""What stands still on the surface page: the surface itself, its level lines, and the critical points on both."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from explorer.expression import Expression
from explorer.figures import theme
from explorer.figures.curve import Trace
from explorer.figures.scene import Picture
from explorer.numeric import Window
from explorer.numeric.critical2d import CriticalKind, CriticalPoint2D, CriticalPoints
from explorer.numeric.critical2d import critical_points as critical_points_now
from explorer.numeric.plane import SurfaceGrid, heights, round_step
from explorer.numeric.plane import choose_plane as choose_plane_now
from explorer.numeric.plane import surface_grid as surface_grid_now

Span = tuple[float, float]

LEVELS = 14
PAD_GRID = 121
HEIGHT = 0.72  # of the box, where its longest side is 1
CAMERA = {
    "eye": {"x": 0.74, "y": -1.32, "z": 1.14},
    "center": {"x": 0, "y": 0, "z": -0.13},
    "up": {"x": 0, "y": 0, "z": 1},
}
GLYPH = {
    CriticalKind.MINIMUM: "★",
    CriticalKind.MAXIMUM: "▲",
    CriticalKind.SADDLE: "✕",
    CriticalKind.SILENT: "?",
}
SYMBOL = {
    CriticalKind.MINIMUM: "star",
    CriticalKind.MAXIMUM: "triangle-up",
    CriticalKind.SADDLE: "x",
    CriticalKind.SILENT: "circle",
}
MOST_FAMILY = 400

choose_plane = lru_cache(maxsize=256)(choose_plane_now)
critical_points = lru_cache(maxsize=128)(critical_points_now)
surface_grid = lru_cache(maxsize=64)(surface_grid_now)


def surface_picture(f: Expression, window: Window, shown: Span, found: CriticalPoints) -> Picture:
    """The surface with its critical points, in a box whose sides are in the window's proportions."""
    grid = surface_grid(f, window, shown)
    low, high = padded(shown)
    proportions = box_proportions(window)
    return Picture(
        data=(_surface_trace(grid, shown), *_marked_in_space(found.points, shown)),
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
            "annotations": [_word(text) for text in _gap_words(grid)],
        },
    )


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
        "title": {"text": f"<b>{name}</b>", "font": {"size": theme.AXIS_TITLE_SIZE + 2, "color": f"${role}"}},
        "range": list(span),
        "gridcolor": "$grid",
        "zerolinecolor": "$grid",
        "linecolor": "$guide",
        "tickfont": {"size": theme.TICK_SIZE - 1},
        "nticks": 6,
        "showbackground": False,
        "showspikes": False,
    }


def _surface_trace(grid: SurfaceGrid, shown: Span) -> Trace:
    return {
        "type": "surface",
        "x": grid.x.astype(np.float32),
        "y": grid.y.astype(np.float32),
        "z": grid.z.astype(np.float32),
        "cmin": shown[0],
        "cmax": shown[1],
        "colorscale": [[0, "$deep"], [1, "$lofty"]],
        "showscale": False,
        "hoverinfo": "skip",
        "contours": {
            "z": {
                "show": True,
                "start": shown[0],
                "end": shown[1],
                "size": round_step(shown[1] - shown[0], LEVELS),
                "color": "$paper",
                "width": 1,
                "highlight": False,
            },
            "x": {"highlight": False},
            "y": {"highlight": False},
        },
        "lighting": {"ambient": 0.82, "diffuse": 0.35, "specular": 0.04, "roughness": 0.9, "fresnel": 0.02},
        "lightposition": {"x": -2000, "y": -4000, "z": 8000},
    }


def _marked_in_space(points: tuple[CriticalPoint2D, ...], shown: Span) -> tuple[Trace, ...]:
    """A yellow place and its sign a little above it: space has no outlined stars."""
    seen = [p for p in points if shown[0] <= p.value <= shown[1]]
    lift = 0.02 * (shown[1] - shown[0])
    return (
        {
            "type": "scatter3d",
            "mode": "markers+text",
            "x": np.array([p.x for p in seen], dtype=float),
            "y": np.array([p.y for p in seen], dtype=float),
            "z": np.array([p.value + lift for p in seen], dtype=float),
            "text": [GLYPH[p.kind] for p in seen],
            "textposition": "top center",
            "textfont": {"size": 20, "color": "$ink"},
            "marker": {"size": 7, "color": "$critical", "line": {"color": "$ink", "width": 2}},
            "hoverinfo": "skip",
        },
    )


def _gap_words(grid: SurfaceGrid) -> list[str]:
    words = []
    if grid.cut:
        words.append("cut off where it leaves these heights")
    if np.isnan(grid.z).all():
        words.append("no value anywhere in this window")
    elif grid.torn:
        words.append("a gap: no value there, or a leap")
    return words


def _word(text: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0.01,
        "xref": "paper",
        "xanchor": "left",
        "y": 0.01 if text.startswith(("a gap", "no value")) else 0.06,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 14, "color": "$guide"},
    }


def pad_picture(f: Expression, window: Window, shown: Span, found: CriticalPoints) -> Picture:
    """Level lines over the window and half a window more on each side, in equal scales, and the critical points."""
    layout = theme.layout(
        (6, 8, 46, 50),
        xaxis=theme.axis("x", window.x, constrain="domain"),
        yaxis=theme.axis("y", window.y, scaleanchor="x", scaleratio=1, constrain="domain"),
    )
    layout["xaxis"]["title"] |= {"standoff": 14}
    layout["xaxis"]["title"]["font"]["color"] = "$slope_text"
    layout["yaxis"]["title"]["font"]["color"] = "$partial_y_text"
    return Picture(
        (_level_lines(f, window, shown), *_families(found), _marked_in_plane(found.points)), layout
    )


@lru_cache(maxsize=64)
def _level_lines(f: Expression, window: Window, shown: Span) -> Trace:
    axes = [
        np.linspace(1.5 * low - 0.5 * high, 1.5 * high - 0.5 * low, PAD_GRID)
        for low, high in (window.x, window.y)
    ]
    values = f(*np.meshgrid(*axes))
    low, high = shown
    step = round_step(high - low, LEVELS)
    room = high - low
    return {
        "type": "contour",
        "x": axes[0].astype(np.float32),
        "y": axes[1].astype(np.float32),
        "z": np.where(np.isfinite(values), np.clip(values, low - room, high + room), np.nan).astype(
            np.float32
        ),
        "autocontour": False,
        "contours": {
            "start": float(np.ceil(low / step) * step),
            "end": float(np.floor(high / step) * step),
            "size": step,
            "coloring": "fill",
            "showlabels": True,
            "labelfont": {"size": 12, "color": "$ink"},
        },
        "colorscale": [[0, "$deep@0.75"], [1, "$lofty@0.75"]],
        "zmin": low,
        "zmax": high,
        "line": {"color": "$paper", "width": 1},
        "showscale": False,
        "connectgaps": False,
        "hoverinfo": "skip",
    }


def _marked_in_plane(points: tuple[CriticalPoint2D, ...]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.array([p.x for p in points], dtype=float),
        "y": np.array([p.y for p in points], dtype=float),
        "marker": {
            "symbol": [SYMBOL[p.kind] for p in points],
            "size": [16 if p.kind is CriticalKind.MINIMUM else 13 for p in points],
            "color": "$critical",
            "opacity": 1,
            "line": {"color": "$ink", "width": 1.5},
        },
        "hoverinfo": "skip",
    }


def _families(found: CriticalPoints) -> tuple[Trace, ...]:
    """Whole curves of critical points, as a string of small yellow places."""
    if not found.families:
        return ()
    places = np.vstack([family.points for family in found.families])[:MOST_FAMILY]
    marker = {"size": 6, "color": "$critical", "opacity": 1, "line": {"color": "$ink", "width": 1}}
    return (
        {
            "type": "scatter",
            "mode": "markers",
            "x": places[:, 0],
            "y": places[:, 1],
            "marker": marker,
            "hoverinfo": "skip",
        },
    )


__all__ = [
    "box_proportions",
    "choose_plane",
    "critical_points",
    "heights",
    "pad_picture",
    "padded",
    "surface_picture",
]
