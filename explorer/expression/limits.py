"""What a formula may be at most, checked on its tree before anything is computed from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from explorer.expression.functions import FUNCTIONS
from explorer.expression.functions.choices import JUMP
from explorer.expression.functions.row import DIVISION_BY_ZERO, EVEN_ROOT
from explorer.expression.reader import Reading
from explorer.expression.refusal import Refusal
from explorer.expression.tape import as_float, constant_value
from explorer.expression.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Node,
    Number,
    Power,
    Subtract,
    Variable,
    combine_exactly,
)

__all__ = ["MAX_CHARACTERS", "MAX_DEGREE", "MAX_DEPTH", "MAX_EXPONENT", "MAX_NODES", "check"]

MAX_CHARACTERS = 200
MAX_NODES = 150
MAX_DEPTH = 30
MAX_EXPONENT = 1000
MAX_DEGREE = 2000
MAX_STACKED = 3
MAX_FACTORIAL = 170

LOST = 1e-3
NO_DIGIT = "No digit of this is sure: the 16 digits that numbers have here do not tell what it is taken of."

_Known = tuple[float, float, Fraction | None]
"""A constant's value, how far that may be from what was typed, and the exact number where there is one."""


class _Facts:
    """What is known of a subtree: its depth, value if it is a constant, degree, stacked exponentials.

    `error` is how far a constant may be from what was typed.
    """

    __slots__ = ("constant", "degree", "depth", "error", "exact", "stacked")

    def __init__(self, depth: int, known: _Known | None, degree: Fraction, stacked: int):
        self.depth = depth
        self.constant: float | None = known[0] if known else None
        self.error = known[1] if known else 0.0
        self.exact = known[2] if known else None
        self.degree = degree
        self.stacked = stacked


def check(reading: Reading) -> None:
    """Raises Refusal when a formula is beyond a limit or a constant in it is not a real number."""
    count = 0

    def look(node: Node, below: Sequence[_Facts]) -> _Facts:
        nonlocal count
        count += 1
        if count > MAX_NODES:
            raise Refusal(f"This formula has more than {MAX_NODES} parts.", reading.place(node))
        return _facts(node, below, reading.place(node))

    reading.walk(look)


def _facts(node: Node, below: Sequence[_Facts], place: int) -> _Facts:
    depth = _depth(node, below)
    if depth > MAX_DEPTH:
        raise Refusal(f"This formula is nested more than {MAX_DEPTH} levels deep.", place)
    _check_operation(node, below, place)
    known = None
    if not isinstance(node, Variable) and all(part.constant is not None for part in below):
        known = _constant(node, below, place)
    degree = _degree(node, below)
    if degree > MAX_DEGREE:
        raise Refusal(f"The degree of this formula is more than {MAX_DEGREE}.", place)
    stacked = max((part.stacked for part in below), default=0)
    if _is_exponential(node, below):
        stacked = max(1 + below[-1].stacked, below[0].stacked)
        if stacked > MAX_STACKED:
            raise Refusal(f"More than {MAX_STACKED} exponentials are stacked here: it grows too fast.", place)
    return _Facts(depth, known, degree, stacked)


def _depth(node: Node, below: Sequence[_Facts]) -> int:
    """Levels of nesting; a chain a + b − c or a·b/c is one level."""
    chain: tuple[type[Node], ...] = ()
    if isinstance(node, Add | Subtract):
        chain = (Add, Subtract)
    elif isinstance(node, Multiply | Divide):
        chain = (Multiply, Divide)
    levels = [part.depth + 1 for part in below]
    if chain and isinstance(node.children[0], chain):
        levels[0] -= 1
    return max(levels, default=1)


def _check_operation(node: Node, below: Sequence[_Facts], place: int) -> None:
    match node:
        case Divide() if below[1].constant == 0:
            raise Refusal("Division by zero has no value.", place)
        case Power():
            base, exponent = below
            if exponent.constant is not None and abs(exponent.constant) > MAX_EXPONENT:
                raise Refusal(f"A constant exponent is at most {MAX_EXPONENT}.", place)
            if base.exact == 0 and exponent.constant is not None and exponent.constant <= 0:
                what = (
                    "0⁰ has no value." if exponent.constant == 0 else "0 to a negative power divides by zero."
                )
                raise Refusal(what, place)
        case Call("factorial", (Number(value),)) if value > MAX_FACTORIAL:
            raise Refusal(f"A factorial is at most {MAX_FACTORIAL}!.", place)
        case Call("root"):
            index = below[1].exact
            if index is None or index.denominator != 1 or not 2 <= index <= MAX_EXPONENT:
                message = f"The second number of root is a whole number from 2 to {MAX_EXPONENT}: root(x, 3)."
                raise Refusal(message, place)


def _constant(node: Node, below: Sequence[_Facts], place: int) -> _Known:
    exact = combine_exactly(node, [part.exact for part in below])
    if exact is None and _would_be_exact(node, below):
        raise Refusal("This number is too long to be computed exactly.", place)
    values, errors = [part.constant or 0.0 for part in below], [part.error for part in below]
    value, error = (as_float(exact), 0.0) if exact is not None else constant_value(node, values, errors)
    if not math.isfinite(value):
        raise Refusal(_why_not_real(node, value), place)
    if exact is not None:
        error = float(abs(Fraction(value) - exact))
    elif isinstance(node, Call) and _is_lost(node, values, value, error):
        raise Refusal(NO_DIGIT, place)
    return value, error, exact


def _is_lost(call: Call, values: Sequence[float], value: float, error: float) -> bool:
    """Whether the rounding of an argument exceeds the period of what is taken of it: sin(10^200).

    A step takes what was typed as it is rounded; a zero with the rounding of an everyday angle has its digits.
    """
    if FUNCTIONS[call.function].rule is JUMP:
        return False
    period = abs(values[1]) if call.function == "mod" else 1.0
    return error > max(abs(value) / 2, LOST * period)


def _would_be_exact(node: Node, below: Sequence[_Facts]) -> bool:
    if not below or isinstance(node, Call) or any(part.exact is None for part in below):
        return False
    if isinstance(node, Power):
        exponent = below[1].exact
        return exponent is not None and exponent.denominator == 1
    return isinstance(node, Add | Subtract | Multiply | Divide)


def _why_not_real(node: Node, value: float) -> str:
    if math.isinf(value):
        return "This number is too large to be computed with."
    match node:
        case Call(function):
            return FUNCTIONS[function].outside
        case Power():
            return EVEN_ROOT
        case Divide():
            return DIVISION_BY_ZERO
    return "This number is not a real number."


def _degree(node: Node, below: Sequence[_Facts]) -> Fraction:
    degrees = [part.degree for part in below]
    match node:
        case Variable():
            return Fraction(1)
        case Number() | Constant():
            return Fraction(0)
        case Multiply() | Divide():
            return degrees[0] + degrees[1]
        case Power():
            exponent = below[1].exact
            if below[1].constant is None:
                return degrees[0] + degrees[1]
            return degrees[0] * abs(exponent if exponent is not None else Fraction(below[1].constant))
        case Call():
            return min(max(degrees), Fraction(1))
    return max(degrees)


def _is_exponential(node: Node, below: Sequence[_Facts]) -> bool:
    if isinstance(node, Power):
        return below[1].constant is None
    return isinstance(node, Call) and FUNCTIONS[node.function].grows and below[0].constant is None
