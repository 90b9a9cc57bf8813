"""Small pictures of functions, as SVG text: for the drawer of examples and the map of the course."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, parse
from explorer.numeric import Curve, analyse, choose_window, sample
from explorer.scene.theme import THUMBNAIL_AXIS, THUMBNAIL_LINE

Span = tuple[float, float]

WIDTH, HEIGHT = 180, 90
LEVELS = 7


@lru_cache(maxsize=128)
def thumbnail(formula: str, variables: tuple[str, ...], x: Span | None = None, y: Span | None = None) -> str:
    """The SVG of a preset's curve, or of a surface's level lines, without words.

    A curve is drawn over `x` and `y`, a preset's own window; None leaves the choice to the window's algorithm.
    """
    expression = parse(formula, variables)
    return svg(_curve(expression, x, y) if len(variables) == 1 else _levels(expression))


@lru_cache(maxsize=128)
def image_thumbnail(first: str, second: str, half: float) -> str:
    """The SVG of what a vector function makes of a grid around the origin."""
    u, v = (parse(text, ("x", "y")) for text in (first, second))
    even, fine = np.linspace(-half, half, 9), np.linspace(-half, half, 41)
    lines = [(fine, np.full_like(fine, y)) for y in even] + [(np.full_like(fine, x), fine) for x in even]
    images = np.array([(u(x, y), v(x, y)) for x, y in lines])
    low, high = (bound(images, axis=(0, 2)) for bound in (np.nanmin, np.nanmax))
    scale = min(WIDTH / (high[0] - low[0]), HEIGHT / (high[1] - low[1])) * 0.94
    middle = (low + high) / 2
    path = "".join(
        _path(WIDTH / 2 + scale * (x - middle[0]), HEIGHT / 2 - scale * (y - middle[1])) for x, y in images
    )
    return svg(f'<path d="{path}" stroke="{THUMBNAIL_LINE}" stroke-width="1.2"/>')


def svg(body: str) -> str:
    """A small picture around its lines."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'fill="none" stroke-linejoin="round" stroke-linecap="round">{body}</svg>'
    )


def _path(x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    """A path with a new start after every gap; both arrays in pixels."""
    pieces, pen_down = [], False
    for px, py in zip(x, y, strict=True):
        if not np.isfinite(py):
            pen_down = False
            continue
        pieces.append(f"{'L' if pen_down else 'M'}{px:.1f} {py:.1f}")
        pen_down = True
    return "".join(pieces)


def _curve(expression: Expression, x: Span | None, y: Span | None) -> str:
    chosen = choose_window(expression)
    (left, right), (low, high) = x or chosen.x, y or chosen.y
    breaks = analyse(expression, (left, right)).breaks
    curve = sample(expression, (left, right), breaks, n=160)
    height = curve.y if isinstance(curve, Curve) else curve.high
    if x and not y and not breaks:
        # The curve's own heights; beside a pole all the rest would be a line.
        ends = float(np.nanmin(height)), float(np.nanmax(height))
        low, high = ends if ends[1] > ends[0] else (low, high)
    across = (curve.x - left) / (right - left) * WIDTH
    down = HEIGHT - (np.clip(height, 2 * low - high, 2 * high - low) - low) / (high - low) * HEIGHT
    lines = []
    if low < 0 < high:
        level = HEIGHT + low / (high - low) * HEIGHT
        lines.append(f"M0 {level:.1f}H{WIDTH}")
    if left < 0 < right:
        lines.append(f"M{-left / (right - left) * WIDTH:.1f} 0V{HEIGHT}")
    axes = f'<path d="{"".join(lines)}" stroke="{THUMBNAIL_AXIS}" stroke-width="1"/>' if lines else ""
    return f'{axes}<path d="{_path(across, down)}" stroke="{THUMBNAIL_LINE}" stroke-width="3"/>'


def _levels(expression: Expression) -> str:
    """Level lines by marching squares on a coarse grid; enough for a picture of this size."""
    x = np.linspace(-2.0, 2.0, 61)
    y = np.linspace(-1.0, 1.0, 31)
    z = expression(*np.meshgrid(x, y))
    finite = z[np.isfinite(z)]
    if finite.size == 0:
        return ""
    segments = []
    for level in np.quantile(finite, np.linspace(0.06, 0.94, LEVELS)):
        segments.extend(_level_segments(z, level))
    scale_x, scale_y = WIDTH / (len(x) - 1), HEIGHT / (len(y) - 1)
    path = "".join(
        f"M{ax * scale_x:.1f} {HEIGHT - ay * scale_y:.1f}L{bx * scale_x:.1f} {HEIGHT - by * scale_y:.1f}"
        for (ax, ay), (bx, by) in segments
    )
    return f'<path d="{path}" stroke="{THUMBNAIL_LINE}" stroke-width="1.6"/>'


def _level_segments(
    z: NDArray[np.float64], level: float
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Segments of one level line in grid units; cells with a gap are left out."""
    segments: list[tuple[tuple[float, float], tuple[float, float]]] = []
    above = z > level
    corners = np.stack([z[:-1, :-1], z[:-1, 1:], z[1:, 1:], z[1:, :-1]])
    signs = np.stack([above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]])
    mixed = np.isfinite(corners).all(axis=0) & signs.any(axis=0) & ~signs.all(axis=0)
    offsets = ((0, 0), (1, 0), (1, 1), (0, 1))
    for row, column in zip(*np.nonzero(mixed), strict=True):
        values = corners[:, row, column]
        points = []
        for side in range(4):
            a, b = values[side], values[(side + 1) % 4]
            if (a > level) != (b > level):
                t = (level - a) / (b - a)
                (ax, ay), (bx, by) = offsets[side], offsets[(side + 1) % 4]
                points.append((column + ax + t * (bx - ax), row + ay + t * (by - ay)))
        segments.extend(zip(points[::2], points[1::2], strict=False))
    return segments
