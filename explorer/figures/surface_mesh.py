"""A surface with gaps as Plotly is to be given it.

Plotly (4.1) doubles a coarse grid by interpolation. Doing so it loses every corner that has a gap beyond it on the
upper sides, which frays the edge of a domain; and it reads from the first row and column by how much to refine, so
that corners moved there would make it a hundred times as fine. Hence gaps are lined with corners that lie on the edge
as well, and a regular frame without values stands in front.
"""

from __future__ import annotations

import numpy as np

from explorer.numeric.plane import SurfaceGrid
from explorer.numeric.results import Array

NEIGHBOURS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
WIDEST = 2.9  # cells: what is wider than that would bridge a gap


def surface_mesh(grid: SurfaceGrid) -> tuple[Array, Array, Array]:
    """x, y and z with the gaps lined and a frame in front, each (n + 1, n + 1)."""
    return _framed(*_lined(grid))


def _lined(grid: SurfaceGrid) -> tuple[Array, Array, Array]:
    """Corners in a gap lie on a corner at its edge, unless that would bridge it."""
    known = np.isfinite(grid.z)
    lined = ~known
    parts = [grid.x.copy(), grid.y.copy(), grid.z.copy()]
    open_ = ~known
    n = len(grid.z)
    framed = np.pad(known, 1)
    for down, right in NEIGHBOURS:
        ahead = framed[1 + down : 1 + down + n, 1 + right : 1 + right + n]
        behind = framed[1 - down : 1 - down + n, 1 - right : 1 - right + n]
        i, j = np.nonzero(open_ & ahead & ~behind)
        for part, source in zip(parts, (grid.x, grid.y, grid.z), strict=True):
            part[i, j] = source[i + down, j + right]
        open_[i, j] = False
    x, y, z = parts
    drawn = np.isfinite(_cells(z)).all(axis=0)
    for part, step in ((x, _step(x)), (y, _step(y))):
        wide = drawn & (np.ptp(_cells(part), axis=0) > WIDEST * step)
        for di in (0, 1):
            for dj in (0, 1):
                corner = z[di : n - 1 + di, dj : n - 1 + dj]
                corner[wide & lined[di : n - 1 + di, dj : n - 1 + dj]] = np.nan
    return x, y, z


def _cells(part: Array) -> Array:
    """The four corners of every cell."""
    return np.stack([part[:-1, :-1], part[1:, :-1], part[:-1, 1:], part[1:, 1:]])


def _step(part: Array) -> float:
    """About the width of a cell of the grid before any corner was moved: the outer ones move by a part of it."""
    return float(np.ptp(part)) / (len(part) - 1)


def _framed(x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
    """One more row and column in front, evenly spaced and without values."""
    n = len(z)
    across = np.linspace(x.min() - _step(x), x.max(), n + 1)
    up = np.linspace(y.min() - _step(y), y.max(), n + 1)
    framed = [np.pad(part, ((1, 0), (1, 0)), constant_values=np.nan) for part in (x, y, z)]
    framed[0][0], framed[1][0] = across, up[0]
    framed[0][:, 0], framed[1][:, 0] = across[0], up
    return framed[0], framed[1], framed[2]
