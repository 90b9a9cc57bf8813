"""A loss that is a mean over rows of numbers, such as that of a line over its data: one tape, run for every row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.expression import Expression, Tape, compile_tape

from .bends import Middle
from .landscape import Landscape, Point, finite_or_nan

Array = NDArray[np.float64]

AT_ONCE = 2**18
"""So many numbers of a register at most."""


@dataclass(frozen=True)
class RowTape:
    """A tape whose last variables are a row's numbers: each output is its mean over the rows."""

    tape: Tape
    rows: tuple[tuple[float, ...], ...]

    def run(self, *coordinates: ArrayLike) -> dict[str, Array]:
        """The means by name, of the broadcast shape of the coordinates; the browser takes them in the same way."""
        arrays = [np.asarray(one, dtype=np.float64) for one in coordinates]
        if max(one.size for one in arrays) * len(self.rows) <= AT_ONCE:
            return self._means([one[..., None] for one in arrays])
        shape = np.broadcast_shapes(*(one.shape for one in arrays))
        flat = [np.broadcast_to(one, shape).reshape(-1, 1) for one in arrays]
        # Many places at many rows do not stand in memory at once.
        part = max(1, AT_ONCE // len(self.rows))
        pieces = [self._means([one[k : k + part] for one in flat]) for k in range(0, flat[0].size, part)]
        return {name: np.concatenate([piece[name] for piece in pieces]).reshape(shape) for name in pieces[0]}

    def row_by_row(self, *coordinates: float) -> dict[str, Array]:
        """The outputs at one place, of each row."""
        with np.errstate(all="ignore"):
            found = self.tape.run(*coordinates, *self._columns)
            return {name: np.broadcast_to(one, (len(self.rows),)) for name, one in found.items()}

    def _means(self, places: Sequence[Array]) -> dict[str, Array]:
        """The means at places whose last axis is the rows'."""
        with np.errstate(all="ignore"):
            found = self.tape.run(*places, *self._columns)
            return {name: np.asarray(values.mean(axis=-1)) for name, values in found.items()}

    @cached_property
    def _columns(self) -> list[Array]:
        return [np.array(column) for column in zip(*self.rows, strict=True)]


@dataclass(frozen=True)
class Summed:
    """The mean over `rows` (n, k), n ≥ 1, of `term`, whose variables are the coordinates and then a row's k numbers.

    Where the term is a function of x·t + y in the coordinates x and y, and ρx²/2 besides, t is `across` and ρ the
    `ridge`, in the variables of the term.
    """

    term: Expression
    rows: tuple[tuple[float, ...], ...]
    across: Expression | None = None
    ridge: float = 0.0

    @property
    def variables(self) -> tuple[str, ...]:
        """The coordinates."""
        return self.term.variables[: len(self.term.variables) - len(self.rows[0])]

    def __call__(self, *coordinates: ArrayLike) -> Array:
        """The loss, float64 of the broadcast shape of the coordinates."""
        return self._value.run(*coordinates)["loss"]

    def slopes_at(self, points: Array) -> Array:
        """The gradient (n, d) at many points (n, d)."""
        found = RowTape(slopes_of_a_row(self.term, self.variables), self.rows).run(*points.T)
        return np.stack([found[f"d_{name}"] for name in self.variables], axis=1)

    def landscape(self) -> SummedLandscape:
        """As a descent sees it."""
        return SummedLandscape(self)

    @cached_property
    def _value(self) -> RowTape:
        return RowTape(value_of_a_row(self.term), self.rows)


def value_of_a_row(term: Expression) -> Tape:
    """A row's share of the loss."""
    return compile_tape({"loss": term}, term.variables)


def slopes_of_a_row(term: Expression, coordinates: Sequence[str]) -> Tape:
    """That with its slopes."""
    outputs = {"loss": term, **{f"d_{name}": term.derivative(name) for name in coordinates}}
    return compile_tape(outputs, term.variables)


def bends_of_a_row(
    term: Expression,
    coordinates: Sequence[str],
    across: Expression | None = None,
    ridge: Expression | None = None,
) -> Tape:
    """Its second derivatives, on and above the diagonal, row by row; and `across` and `ridge`, where there are any."""
    pairs = [(a, b) for i, a in enumerate(coordinates) for b in coordinates[i:]]
    bends = {f"d_{a}_{b}": term.derivative(a).derivative(b) for a, b in pairs}
    beside = {"across": across, "ridge": ridge}
    known = {name: one.over(term.variables) for name, one in beside.items() if one is not None}
    return compile_tape({**bends, **known}, term.variables)


class SummedLandscape(Landscape):
    """A mean over rows as a descent sees it."""

    def __init__(self, loss: Summed) -> None:
        self.loss = loss  # type: ignore[assignment]
        self.summed = loss
        self.dimension = len(loss.variables)
        self._slopes = RowTape(slopes_of_a_row(loss.term, loss.variables), loss.rows)
        self.tape = self._slopes  # type: ignore[assignment]
        self.value_tape = RowTape(value_of_a_row(loss.term), loss.rows)  # type: ignore[assignment]
        self.bends = RowTape(bends_of_a_row(loss.term, loss.variables, loss.across), loss.rows)

    def loss_at(self, point: Sequence[float]) -> float:
        """The loss alone; NaN where it is undefined, infinite where it overflows."""
        return float(self.value_tape.run(*point)["loss"])

    def look(self, point: Sequence[float]) -> tuple[float, Point]:
        """Loss and gradient at a point."""
        value, *slopes = (float(one) for one in self.tape.run(*point).values())
        return value, finite_or_nan(slopes)

    def overflows(self, point: Sequence[float]) -> bool:
        """Whether the loss is infinite there."""
        return math.isinf(self.loss_at(point))

    def gradient_overflows(self, point: Sequence[float]) -> bool:
        """Whether the loss or a slope is infinite there."""
        return any(bool(np.isinf(one)) for one in self.tape.run(*point).values())

    def is_quadratic(self) -> bool:
        """A mean of squares is a paraboloid in closed form, and walked as such: this one bends otherwise."""
        return False

    def has_seams(self) -> bool:
        """Not said of a mean over rows: to watch it would take longer than a frame."""
        return False

    def slope_errors(self, points: Array) -> Array:
        """Not said of a mean over rows, nor of its second derivatives: none."""
        return np.zeros(points.T.shape)

    def bend_error(self, point: Point) -> float:
        """As above."""
        return 0.0

    def about_middle(self, point: Sequence[float]) -> Middle | None:
        """As above, where the rows have places across."""
        if self.summed.across is None:
            return None
        y, ridge = self.summed.variables[-1], self.summed.ridge
        bends, slopes = self.bends.row_by_row(*point), self._slopes.row_by_row(*point)
        return Middle(bends[f"d_{y}_{y}"], bends["across"], slopes[f"d_{y}"], ridge, ridge * point[0])

    def hessian(self, point: Sequence[float]) -> tuple[Point, ...]:
        """The symmetric matrix of second derivatives, as rows."""
        return tuple(finite_or_nan([float(entry) for entry in row]) for row in self.hessians(point))  # type: ignore[arg-type]

    def hessians(self, points: Sequence[Array] | Array) -> list[list[Array]]:
        """Second derivatives at many points, given coordinate by coordinate: entry [i][j] is an array."""
        found = self.bends.run(*points)
        names = self.loss.variables
        return [[found.get(f"d_{a}_{b}", found.get(f"d_{b}_{a}")) for b in names] for a in names]  # type: ignore[misc]
