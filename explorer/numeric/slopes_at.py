"""The derivative at single places as the difference quotients tell it, whatever its formula says there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.expression import Expression, Tape, compile_tape
from explorer.numeric.breaks import Function, sides_of, smooth_at
from explorer.numeric.calculus import steps
from explorer.numeric.corrected import Mended
from explorer.numeric.results import Array

__all__ = ["slopes_at"]


@np.errstate(all="ignore")
def slopes_at(f: Expression, along: str, at: Array, room: Array, order: int = 1) -> Array:
    """∂f/∂along at places (d, n), NaN where the quotients of the two sides have no common limit; to about 1e−7.

    `room` is how far to either side f is one formula. With `order` 2, for f in one letter, f″: the same of f′, which
    is taken to be what its own quotients tell at these places.
    """
    k = f.variables.index(along)
    x, none = at[k], np.zeros(at.shape[1], dtype=bool)
    if not x.size:
        return np.zeros(0)

    def told(function: Function) -> Array:
        return smooth_at(sides_of(function, x, 0.4 * room, none, none))

    if len(f.variables) > 1:
        return told(_Slice(compile_tape({"f": f}, f.variables), k, tuple(at)))
    slopes = told(steps(f))
    if order == 1:
        return slopes
    known = dict(zip(x.tolist(), slopes.tolist(), strict=True))
    return told(Mended(steps(f.derivative(along)), known))


@dataclass(frozen=True, eq=False)
class _Slice:
    """A function of several letters of which all but one are held, at each place as it is there."""

    tape: Tape
    moves: int
    places: Sequence[Array]

    def beside(self, x: Array) -> Array:
        held = [column.reshape(-1, *[1] * (x.ndim - 1)) for column in self.places]
        return self.tape.run(*(x if k == self.moves else column for k, column in enumerate(held)))["f"]

    def at(self, x: Array, _doubt: Array | float) -> Array:
        return self.beside(x)

    def along(self, x: Array) -> Array:
        return np.full_like(x, np.nan)
