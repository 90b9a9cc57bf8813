"""Expressions compiled to a tape: a straight-line program that NumPy and the browser run alike.

Registers 0…v−1 hold the variables, v…v+c−1 the constants, and each instruction (operation, a, b, c) writes
the next register. Equal instructions are emitted once, so f, f′ and f″ share what they have in common.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.expression import operations as op
from explorer.expression.functions import FUNCTIONS, OPERATIONS, operation_of
from explorer.expression.operations import Array, Operation
from explorer.expression.rounding import SMALLEST, VANISHING, error_of, error_of_constant
from explorer.expression.tree import (
    Add,
    And,
    Call,
    Comparison,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    Variable,
    fold,
    fold_all,
    rational_value,
)

if TYPE_CHECKING:
    from explorer.expression.expression import Expression

__all__ = ["Tape", "as_float", "compile_tape", "constant_value"]

Instruction = tuple[int, int, int, int]
Registers = tuple[int, ...]

CONSTANTS = {"pi": math.pi, "e": math.e}

_BINARY: dict[type[Node], Operation] = {
    Add: op.ADD,
    Subtract: op.SUBTRACT,
    Multiply: op.MULTIPLY,
    Divide: op.DIVIDE,
    And: op.LOGICAL_AND,
}

WAVES = frozenset(operation_of(name).code for name in ("sin", "cos", "tan"))


@dataclass(frozen=True)
class Tape:
    """A compiled set of named outputs over named variables."""

    variables: tuple[str, ...]
    constants: tuple[float, ...]
    code: tuple[Instruction, ...]
    outputs: tuple[tuple[str, int], ...]
    constant_errors: tuple[float, ...] = ()

    def run(self, *arrays: ArrayLike) -> dict[str, Array]:
        """The outputs by name: float64 of the broadcast shape of the arrays, NaN where undefined."""
        if len(arrays) != len(self.variables):
            raise TypeError(f"expected {len(self.variables)} arrays ({', '.join(self.variables)})")
        inputs = [np.asarray(array, dtype=np.float64) for array in arrays]
        shapes = {array.shape for array in inputs}
        # Asking NumPy takes longer than many a tape.
        shape = shapes.pop() if len(shapes) == 1 else np.broadcast_shapes(*shapes)
        constants, steps = self._plan
        registers: list[Any] = [*inputs, *constants]
        with np.errstate(all="ignore"):
            for kernel, used, read_last in steps:
                registers.append(kernel(*[registers[register] for register in used]))
                for register in read_last:
                    registers[register] = None
        found = ((name, registers[register]) for name, register in self.outputs)
        return {
            name: np.array(value if value.shape == shape else np.broadcast_to(value, shape), dtype=np.float64)
            for name, value in found
        }

    def renamed(self, *variables: str) -> Tape:
        """The same tape with other names for its variables, in their order."""
        return replace(self, variables=variables)

    def run_with_errors(
        self, *arrays: ArrayLike, errors: Sequence[ArrayLike] = ()
    ) -> dict[str, tuple[Array, Array]]:
        """The outputs by name, each with a bound for its rounding error, to first order (see `rounding`).

        The arrays are taken as exact, unless `errors` says how far each may be off: a number, or one for each place.
        Both have the broadcast shape; where a value is undefined its error means nothing, and it is infinite where no
        digit is known.
        """
        shape = np.broadcast_shapes(*(np.shape(array) for array in arrays))
        registers, bounds = self._with_bounds(arrays, errors)
        return {
            name: (np.broadcast_to(registers[at], shape), np.broadcast_to(bounds[at], shape))
            for name, at in self.outputs
        }

    def out_of_phase(self, *arrays: ArrayLike) -> NDArray[np.bool_]:
        """Where a wave's angle is known to no better than a radian: what it makes of that is noise."""
        _, bounds = self._with_bounds(arrays)
        found = np.zeros(np.broadcast_shapes(*(np.shape(array) for array in arrays)), dtype=bool)
        for code, angle, *_ in self.code:
            if code in WAVES:
                found |= ~(bounds[angle] < 1.0)
        return found

    def _with_bounds(
        self, arrays: Sequence[ArrayLike], errors: Sequence[ArrayLike] = ()
    ) -> tuple[list[Array], list[Array]]:
        """All registers, and a bound for the error of each."""
        inputs = [np.asarray(array, dtype=np.float64) for array in arrays]
        registers: list[Array] = [*inputs, *(np.asarray(constant) for constant in self.constants)]
        known = [*(errors or [0.0] * len(inputs)), *self.constant_errors]
        bounds: list[Array] = [np.asarray(error) for error in known]
        with np.errstate(all="ignore"):
            for code, *operands in self.code:
                operation = OPERATIONS[code]
                used = operands[: operation.arity]
                values = [registers[register] for register in used]
                result = np.asarray(operation.array(*values))
                bounds.append(error_of(operation, values, [bounds[register] for register in used], result))
                registers.append(result)
        return registers, bounds

    def out_of_range(self, *arrays: ArrayLike) -> NDArray[np.bool_]:
        """Where something on the way is too large or too small for a double: a value or none may come of that alone.

        A pole is none of them: it comes of a 0 (or a 1, for an inverse hyperbolic function).
        """
        inputs = [np.asarray(array, dtype=np.float64) for array in arrays]
        registers: list[Array] = [*inputs, *(np.asarray(constant) for constant in self.constants)]
        found = np.zeros(np.broadcast_shapes(*(array.shape for array in inputs)), dtype=bool)
        with np.errstate(all="ignore"):
            for code, *operands in self.code:
                operation = OPERATIONS[code]
                used = [registers[register] for register in operands[: operation.arity]]
                registers.append(np.asarray(operation.array(*used)))
                plain = [np.isfinite(one) & (one != 0) & (np.abs(one) != 1) for one in used]
                lost = np.isinf(registers[-1])
                if code in VANISHING:
                    lost |= np.abs(registers[-1]) < SMALLEST
                found |= lost & np.logical_and.reduce(np.broadcast_arrays(*plain))
        return found

    @cached_property
    def _plan(self) -> tuple[list[np.float64], list[tuple[Callable[..., Any], Registers, Registers]]]:
        """The constants, and for each instruction its kernel, what it reads, and what nobody reads after it."""
        reads = [operands[: OPERATIONS[code].arity] for code, *operands in self.code]
        last = {register: index for index, used in enumerate(reads) for register in used}
        first = len(self.variables) + len(self.constants)
        kept = set(range(first)) | {register for _, register in self.outputs}
        steps = [
            (
                OPERATIONS[code].array,
                tuple(used),
                tuple(register for register in set(used) - kept if last[register] == index),
            )
            for index, ((code, *_), used) in enumerate(zip(self.code, reads, strict=True))
        ]
        return [np.float64(constant) for constant in self.constants], steps

    def to_json(self) -> dict[str, Any]:
        """What travels to the browser: plain lists, four integers per instruction, finite constants.

        Of the constants' errors those that are more than the rounding of a written number, by their place.
        """
        return {
            "variables": list(self.variables),
            "constants": list(self.constants),
            "code": [number for instruction in self.code for number in instruction],
            "outputs": dict(self.outputs),
            "errors": {
                k: min(error, 1e300)
                for k, (value, error) in enumerate(zip(self.constants, self.constant_errors, strict=False))
                if error > error_of_constant(value)
            },
        }


class _Compiler:
    """Value numbering: a value is named by what computes it, so equal subexpressions meet in one register."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        self.variables = variables
        self.constants: dict[float, int] = {}
        self.errors: list[float] = []
        self.code: dict[Instruction, int] = {}

    # While compiling, constants are −1, −2, … and instructions start after the variables: the number of
    # constants is only known at the end.
    def constant(self, value: float, error: float | None = None) -> int:
        register = self.constants.setdefault(value + 0.0, -1 - len(self.constants))
        if len(self.errors) < len(self.constants):
            self.errors.append(0.0)
        rounding = error_of_constant(value) if error is None else error
        self.errors[-1 - register] = max(self.errors[-1 - register], rounding)
        return register

    def emit(self, operation: Operation, *operands: int) -> int:
        if max(operands) < 0:
            folded = self._fold(operation, operands)
            if folded is not None:
                return self.constant(*folded)
        a, b, c = (*operands, 0, 0)[:3]
        return self.code.setdefault((operation.code, a, b, c), len(self.variables) + len(self.code))

    def _fold(self, operation: Operation, operands: Sequence[int]) -> tuple[float, float] | None:
        """The value and its error."""
        known = list(self.constants)
        values = [np.asarray(known[-1 - register]) for register in operands]
        errors = [np.asarray(self.errors[-1 - register]) for register in operands]
        with np.errstate(all="ignore"):
            result = np.asarray(operation.array(*values))
            error = error_of(operation, values, errors, result)
        return (float(result), float(error)) if math.isfinite(result) else None

    def number(self, value: float) -> int:
        """A constant; one beyond the largest float overflows as the tape runs, for JSON has no infinity."""
        if math.isfinite(value):
            return self.constant(value)
        return self.emit(op.MULTIPLY, self.constant(math.copysign(1e300, value)), self.constant(1e300))

    def undefined(self) -> int:
        zero = self.constant(0.0)
        return self.emit(op.DIVIDE, zero, zero)

    def node(self, node: Node, operands: Sequence[int]) -> int:
        binary = _BINARY.get(type(node))
        if binary is not None:
            return self.emit(binary, *operands)
        match node:
            case Number(value):
                return self.number(as_float(value))
            case Constant(name):
                return self.constant(CONSTANTS[name])
            case Variable(name):
                if name not in self.variables:
                    raise ValueError(f"not among the variables: {name}")
                return self.variables.index(name)
            case Negate():
                return self.emit(op.NEGATE, operands[0])
            case Power(_, exponent):
                return self.power(operands[0], operands[1], rational_value(exponent))
            case Call(function, arguments):
                return self.call(function, operands, arguments)
            case Comparison(sign, _, _):
                return self.comparison(sign, *operands)
            case Piecewise(branches, otherwise):
                result = self.undefined() if otherwise is None else operands[-1]
                for index in reversed(range(len(branches))):
                    result = self.emit(op.SELECT, operands[2 * index], operands[2 * index + 1], result)
                return result
            case _:
                raise TypeError(f"{type(node).__name__} is no part of a finished formula")

    def comparison(self, sign: str, a: int, b: int) -> int:
        if sign in ("=", "!="):
            sides = self.emit(op.LESS_EQUAL, a, b), self.emit(op.LESS_EQUAL, b, a)
            equal = self.emit(op.LOGICAL_AND, *sides)
            return equal if sign == "=" else self.emit(op.LESS, equal, self.constant(1.0))
        least, most = (a, b) if sign[0] == "<" else (b, a)
        return self.emit(op.LESS if len(sign) == 1 else op.LESS_EQUAL, least, most)

    def power(self, base: int, exponent: int, exact: Fraction | None) -> int:
        if exact is None:
            return self.emit(op.POWER, base, exponent)
        if exact in (2, 3, 4):
            square = self.emit(op.MULTIPLY, base, base)
            if exact == 2:
                return square
            return self.emit(op.MULTIPLY, square, base if exact == 3 else square)
        if exact == 1:
            return base
        if exact == -1:
            return self.emit(op.DIVIDE, self.constant(1.0), base)
        value = self.number(as_float(exact))
        if exact == Fraction(1, 2):
            return self.call("sqrt", (base,))
        if exact == Fraction(1, 3):
            return self.call("cbrt", (base,))
        if exact.denominator % 2 == 0 or exact.denominator == 1:
            return self.emit(op.POWER, base, value)
        # An odd denominator: the real root, whose sign follows the base when the numerator is odd too.
        if exact.numerator % 2:
            return self.emit(op.SIGNED_POWER, base, value)
        return self.emit(op.POWER, self.call("abs", (base,)), value)

    def call(self, function: str, operands: Sequence[int], arguments: Sequence[Node] = ()) -> int:
        row = FUNCTIONS[function]
        if row.operation is None:
            assert row.definition is not None
            known = {id(argument): operand for argument, operand in zip(arguments, operands, strict=True)}
            return fold(row.definition(*arguments), self.node, known)
        operation = row.operation
        if operation.arity == 1:
            return self.emit(operation, operands[0])
        return reduce(lambda a, b: self.emit(operation, a, b), operands)

    def finish(self, outputs: Mapping[str, int]) -> Tape:
        """The tape that travels: free of what nobody reads, as the constants that folding leaves behind."""
        first, code = len(self.variables), list(self.code)
        alive = set(outputs.values())
        for index in reversed(range(len(code))):
            if first + index in alive:
                operation, *operands = code[index]
                alive.update(operands[: OPERATIONS[operation].arity])
        constants = [k for k in range(len(self.constants)) if -1 - k in alive]
        kept = [k for k in range(len(code)) if first + k in alive]
        new = {register: register for register in range(first)}
        new |= {-1 - k: first + position for position, k in enumerate(constants)}
        new |= {first + k: first + len(constants) + position for position, k in enumerate(kept)}
        values = list(self.constants)
        return Tape(
            self.variables,
            tuple([values[k] for k in constants]),
            tuple([_renumbered(code[k], new) for k in kept]),
            tuple((name, new[register]) for name, register in outputs.items()),
            tuple([self.errors[k] for k in constants]),
        )


def _renumbered(instruction: Instruction, new: Mapping[int, int]) -> Instruction:
    """The instruction with the registers that it reads under their new numbers."""
    code, a, b, c = instruction
    arity = OPERATIONS[code].arity
    return code, new[a], new[b] if arity > 1 else 0, new[c] if arity > 2 else 0


def as_float(value: Fraction) -> float:
    """The nearest float, ±inf beyond the largest."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def constant_value(node: Node, values: Sequence[float], errors: Sequence[float]) -> tuple[float, float]:
    """The value of a node from its children's, all constants, and its error from theirs: what the tape computes."""
    names = tuple(f"u{k}" for k in range(len(values)))
    compiler = _Compiler(names)
    tape = compiler.finish({"value": compiler.node(node, range(len(values)))})
    value, error = tape.run_with_errors(*values, errors=errors)["value"]
    return float(value), float(error)


def compile_tape(outputs: Mapping[str, Expression], variables: tuple[str, ...]) -> Tape:
    """A tape in `variables` that computes every expression of `outputs` under its name.

    Constants are folded and common subexpressions are computed once, across outputs too.
    Raises ValueError when an expression uses a variable that is not among `variables`.
    """
    roots = [root for e in outputs.values() for root in (e.root, *e.guards)]
    compiler = _Compiler(variables)
    done = iter(fold_all(roots, compiler.node))
    registers: dict[str, int] = {}
    for name, expression in outputs.items():
        register = next(done)
        for _ in expression.guards:
            guarded = next(done)
            if guarded >= 0:
                register = compiler.emit(op.GIVEN, register, guarded)
        registers[name] = register
    return compiler.finish(registers)
