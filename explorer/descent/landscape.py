"""A loss as a descent sees it: value, gradient and Hessian at single points and at many points at once."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, Tape, compile_tape
from explorer.numeric.singularities import Met, triggers_of

from .bends import Middle
from .scalar import Program, Registers, scalar_program

Array = NDArray[np.float64]
Point = tuple[float, ...]


def gradient_tape(loss: Expression) -> Tape:
    """The tape that a descent runs: outputs `loss` and `d_<variable>` for each partial derivative."""
    outputs = {"loss": loss, **{f"d_{name}": loss.derivative(name) for name in loss.variables}}
    return compile_tape(outputs, loss.variables)


def hessian_tape(loss: Expression) -> Tape:
    """Second partial derivatives, outputs `d_<variable>_<variable>` on and above the diagonal, row by row."""
    names = loss.variables
    pairs = [(first, second) for i, first in enumerate(names) for second in names[i:]]
    return compile_tape({f"d_{a}_{b}": loss.derivative(a).derivative(b) for a, b in pairs}, names)


class Landscape:
    """Plain floats in, plain floats out; nothing raises and nothing warns.

    A derivative that is not finite is NaN, as in `Expression.value_and_gradient`.
    """

    def __init__(self, loss: Expression) -> None:
        self.loss = loss
        self.dimension = len(loss.variables)
        self.tape = gradient_tape(loss)
        self._program = scalar_program(self.tape)
        self._registers = [register for _, register in self.tape.outputs]
        self.value_tape = compile_tape({"loss": loss}, loss.variables)
        self._value_program = scalar_program(self.value_tape)
        self._value_register = self.value_tape.outputs[0][1]
        self._curvature: tuple[Tape, Program, list[int]] | None = None
        self._quadratic: bool | None = None

    def loss_at(self, point: Sequence[float]) -> float:
        """The loss alone; NaN where it is undefined, infinite where it overflows."""
        return self._value_program(point)[self._value_register]

    def look(self, point: Sequence[float]) -> tuple[float, Point]:
        """Loss and gradient at a point."""
        registers = self._program(point)
        value, *slopes = [registers[register] for register in self._registers]
        return value, finite_or_nan(slopes)

    def overflows(self, point: Sequence[float]) -> bool:
        """Whether an undefined loss there comes from numbers too large, not from a gap in the domain."""
        registers: Registers = self._value_program(point)
        return any(math.isinf(register) for register in registers)

    def gradient_overflows(self, point: Sequence[float]) -> bool:
        """Whether a missing gradient there comes from numbers too large, not from a kink."""
        return any(math.isinf(register) for register in self._program(point))

    def is_quadratic(self) -> bool:
        """Whether the second derivatives are written without variables: the same at every point, without a seam."""
        if self._quadratic is None:
            tape, _, outputs = self._second_derivatives()
            first = len(tape.variables)
            alike = all(first <= register < first + len(tape.constants) for register in outputs)
            self._quadratic = alike and not self.has_seams()  # those of ⌊x⌋ + x² are alike too
        return self._quadratic

    def has_seams(self) -> bool:
        """Whether it is put together of pieces, as |x|, or has corners and ends: beside a seam slopes may be others."""
        return any(trigger.met is not Met.UNDEFINED for trigger in triggers_of(self.loss))

    def about_middle(self, point: Sequence[float]) -> Middle | None:
        """The Hessian of a mean over rows about their middle; None where there are none."""
        return None

    def middle_at(self, point: Sequence[float]) -> Middle | None:
        """The same, where it bends in both ways beyond doubt; else None."""
        found = self.about_middle(point)
        return found if found and found.bends else None

    def hessian(self, point: Sequence[float]) -> tuple[Point, ...]:
        """The symmetric matrix of second derivatives, as rows."""
        _, program, outputs = self._second_derivatives()
        registers = program(point)
        upper = iter(finite_or_nan([registers[register] for register in outputs]))
        rows = [[0.0] * self.dimension for _ in range(self.dimension)]
        for i in range(self.dimension):
            for j in range(i, self.dimension):
                rows[i][j] = rows[j][i] = next(upper)
        return tuple(tuple(row) for row in rows)

    def hessians(self, points: Sequence[Array] | Array) -> list[list[Array]]:
        """Second derivatives at many points, given coordinate by coordinate: entry [i][j] is an array."""
        tape, _, _ = self._second_derivatives()
        upper = iter(tape.run(*points).values())
        rows: list[list[Array]] = [[np.empty(0)] * self.dimension for _ in range(self.dimension)]
        for i in range(self.dimension):
            for j in range(i, self.dimension):
                rows[i][j] = rows[j][i] = next(upper)
        return rows

    def slope_errors(self, points: Array) -> Array:
        """How far the slopes (d, n) at some points (n, d) may be off by rounding; 0 where there are none."""
        found = self.tape.run_with_errors(*points.T)
        slopes = [found[f"d_{name}"] for name in self.loss.variables]
        return np.array([np.where(np.isfinite(slope), error, 0.0) for slope, error in slopes])

    def bend_error(self, point: Point) -> float:
        """The most that a second derivative there may be off by rounding; infinite where there is none."""
        found = self._second_derivatives()[0].run_with_errors(*point)
        return max(float(error) if np.isfinite(bend) else math.inf for bend, error in found.values())

    def _second_derivatives(self) -> tuple[Tape, Program, list[int]]:
        if self._curvature is None:
            tape = hessian_tape(self.loss)
            self._curvature = tape, scalar_program(tape), [register for _, register in tape.outputs]
        return self._curvature


def finite_or_nan(values: Sequence[float]) -> Point:
    """Each value, or NaN where it is not finite."""
    return tuple(value if math.isfinite(value) else math.nan for value in values)
