"""What is sought on a surface, and whether it can be found and drawn at all: not where f turns too often."""

from __future__ import annotations

from functools import lru_cache

from explorer.expression import Expression
from explorer.numeric import Window
from explorer.numeric.critical2d import CriticalPoints, has_none
from explorer.numeric.critical2d import critical_points as critical_points_now
from explorer.numeric.results import Span
from explorer.numeric.sharp2d import Crease, SharpPlace
from explorer.numeric.sharp2d import level_creases as level_creases_now
from explorer.numeric.sharp2d import sharp_places as sharp_places_now
from explorer.numeric.waves import outruns, turns_across

PIECES = 60
"""So many cells of the pad's grid lie along each side of the window itself, and no fewer of the surface's."""


def is_fast(f: Expression, window: Window, pieces: int = PIECES) -> bool:
    """Whether a surface or level lines of so many pieces a side would show waves of f that are none."""
    return outruns(max(turns_across(f, window)), pieces)


def turns_everywhere(f: Expression, x: Span, y: Span) -> bool:
    """Whether f turns too often, if only by a little, for its level places to be found."""
    return outruns(max(turns_across(f, Window(x, y, equal=True), 0.0)), PIECES)


@lru_cache(maxsize=128)
def critical_points(f: Expression, x: Span, y: Span) -> CriticalPoints:
    """The critical points in a window; none of too many."""
    if turns_everywhere(f, x, y) and not has_none(f):
        return CriticalPoints((), (), complete=False)
    return critical_points_now(f, x, y)


def sharp_places(f: Expression, x: Span, y: Span) -> tuple[SharpPlace, ...]:
    """Lowest and highest places without a gradient; none of too many."""
    return () if turns_everywhere(f, x, y) else sharp_places_now(f, x, y)


def level_creases(f: Expression, x: Span, y: Span) -> tuple[Crease, ...]:
    """Level creases; none of too many."""
    return () if turns_everywhere(f, x, y) else level_creases_now(f, x, y)
