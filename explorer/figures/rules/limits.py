"""What becomes of an increment and its pieces, divided by Δx, when Δx goes to 0."""

from __future__ import annotations

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import analyse, mended_slope
from explorer.figures.rules.drawing import Span
from explorer.increments import X0, Increment, Piece, here, made, slope
from explorer.numeric.slopes_at import slopes_at

__all__ = ["limits_of"]

MOST_PLACES = 6
ROOM = 0.1
"""A piece is supposed to be one formula for so much of Δx to either side of 0."""


def limits_of(increment: Increment, x: Span) -> dict[str, Expression]:
    """The limit of Δy/Δx, and of each piece as l0, l1 and so on.

    The named steps are silent where x·|x| has its corner's slope, and so of the pieces: there quotients tell whether
    there is a limit. That of a corner need not be 0, as in ∛x·(∛x)² at 0.
    """
    part = increment.part
    mended = mended_slope(part, x)
    whole = slope(part) if mended is None else here(mended)
    silent = [] if mended is None else [place.x for place in analyse(part, x).smooth_places]
    middle = sum(x) / 2
    places = sorted(silent, key=lambda place: abs(place - middle))[:MOST_PLACES]
    return {"limit": whole} | {
        f"l{k}": _with_places(piece, places) for k, piece in enumerate(increment.pieces)
    }


def _with_places(piece: Piece, places: list[float]) -> Expression:
    """The limit of a piece, told by its quotients at places where its formula says nothing."""
    limit = piece.limit
    for place in places:
        if np.isfinite(piece.limit.over(("x0", "h"))(place, ROOM)):
            continue
        at_place = piece.value.substitute({"x0": Expression.number(place)}, ("h",))
        told = float(slopes_at(at_place, "h", np.zeros((1, 1)), np.array([ROOM]))[0])
        if np.isfinite(told):
            at, value = Expression.number(place), Expression.number(told)
            limit = made("{x=p: v, y}", x=X0, p=at, v=value, y=limit)
    return limit
