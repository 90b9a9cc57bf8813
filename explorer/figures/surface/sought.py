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
from explorer.numeric.veils import Veil, veil_of
from explorer.numeric.waves import outruns, turns_across

PIECES, CLOSE_PIECES = 60, 80
"""So many cells of the pad's grid lie along each side of the window, and so many where fewer would show false waves.

The surface has never fewer.
"""


def is_close(f: Expression, window: Window) -> bool:
    """Whether f waves so much that the pad shows the window itself closer, and less of what lies beside it."""
    return bool(veil_of(f, window, PIECES))


def veil_for(f: Expression, window: Window) -> Veil:
    """The parts of the window in which a surface and level lines would show waves of f that are none."""
    return veil_of(f, window, CLOSE_PIECES)


def turns_everywhere(f: Expression, x: Span, y: Span) -> bool:
    """Whether f turns too often, if only by a little, for its level places to be found."""
    return outruns(max(turns_across(f, Window(x, y, equal=True), 0.0)), PIECES)


@lru_cache(maxsize=128)
def critical_points(f: Expression, x: Span, y: Span) -> CriticalPoints:
    """The critical points in a window; none of too many."""
    if has_none(f):
        return critical_points_now(f, x, y)
    veil = veil_of(f, Window(x, y, equal=True), PIECES)
    if veil.whole or turns_everywhere(f, x, y):
        return CriticalPoints((), (), complete=False)
    return critical_points_now(f, x, y, veil=veil)


def sharp_places(f: Expression, x: Span, y: Span) -> tuple[SharpPlace, ...]:
    """Lowest and highest places without a gradient; none of too many."""
    if turns_everywhere(f, x, y):
        return ()
    veil = veil_for(f, Window(x, y, equal=True))
    return tuple(place for place in sharp_places_now(f, x, y) if not veil.covers(place.x, place.y))


def level_creases(f: Expression, x: Span, y: Span) -> tuple[Crease, ...]:
    """Level creases; none of too many."""
    if turns_everywhere(f, x, y):
        return ()
    veil = veil_for(f, Window(x, y, equal=True))
    return tuple(crease for crease in level_creases_now(f, x, y) if not veil.covers(*crease.points.T).any())
