"""From our tree to SymPy, keeping the real meaning of what was typed.

Variables are real. Odd roots of negative numbers are real, which SymPy's powers are not: x^(1/3) becomes
the function `RealPower`. Steps (sign, floor, ceil) are flat between their jumps, which SymPy's derivatives of
them are not. |u| is SymPy's Abs, whose derivative sign(u) is read as u/|u|.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy

from explorer.expression import (
    FUNCTIONS,
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
)
from explorer.expression.functions import Function
from explorer.expression.functions.choices import JUMP

__all__ = ["COUNTERPARTS", "INCREMENT", "RealPower", "Step", "increment", "plain", "symbol", "to_sympy"]

INCREMENT = "zh"
"""The name of h inside SymPy: it sorts behind every variable, so 2xh comes out in textbook order."""


def symbol(name: str) -> Any:
    """The real SymPy symbol of a variable."""
    return sympy.Symbol(name, real=True)


def increment() -> Any:
    """The real SymPy symbol of h."""
    return symbol(INCREMENT)


class RealPower(sympy.Function):  # type: ignore[misc]
    """u^(p/q) for odd q > 1, real for negative u as well: sign(u)^p · |u|^(p/q)."""

    nargs = 2

    @classmethod
    def eval(cls, base: Any, exponent: Any) -> Any:
        """Ordinary powers where they mean the same. Constant factors stand apart: odd roots allow it."""
        if exponent.is_Integer or base.is_nonnegative:
            return base**exponent
        if base.is_Number and base.is_negative:
            return (-1) ** exponent.p * (-base) ** exponent
        factor, rest = base.as_coeff_Mul()
        if factor != 1 and not base.is_Number:
            return cls(factor, exponent) * cls(rest, exponent)
        if isinstance(base, RealPower):
            inner, first = base.args
            product = first * exponent
            if product.q % 2 == 1 and product.p % 2 == first.p * exponent.p % 2:
                return cls(inner, product)
        return None

    def fdiff(self, argindex: int = 1) -> Any:
        """The power rule: the exponent's denominator stays odd."""
        base, exponent = self.args
        return exponent * RealPower(base, exponent - 1)

    def _eval_is_real(self) -> bool | None:
        return True if self.args[0].is_real and self.args[1].is_positive else None

    def _eval_is_extended_real(self) -> bool | None:
        return True if self.args[0].is_real else None

    def _eval_is_nonnegative(self) -> bool | None:
        return True if self.args[0].is_real and self.args[1].p % 2 == 0 else None

    def _eval_power(self, other: Any) -> Any:
        base, exponent = self.args
        product = exponent * other
        if other.is_Integer:
            return RealPower(base, product)
        return None


class Step(sympy.Function):  # type: ignore[misc]
    """sign, floor or ceil of u, marked by its name; the derivative is 0 between the jumps."""

    nargs = 2

    @classmethod
    def eval(cls, kind: Any, argument: Any) -> Any:
        """Numbers are worked out."""
        return STEPS[kind.name](argument) if argument.is_Number else None

    def fdiff(self, argindex: int = 2) -> Any:
        """Flat."""
        return sympy.S.Zero

    def _eval_is_real(self) -> bool:
        return True


STEPS: dict[str, Any] = {
    row.name: getattr(sympy, row.sympy)
    for row in FUNCTIONS.values()
    if row.rule is JUMP and isinstance(row.sympy, str) and row.sympy
}


def plain(expr: Any) -> Any:
    """The same formula in functions that SymPy itself knows, for numbers and for the outside."""
    known = expr.replace(RealPower, _plain_power)
    return known.replace(Step, lambda kind, argument: STEPS[kind.name](argument))


def _plain_power(base: Any, exponent: Any) -> Any:
    size = sympy.Abs(base) ** exponent
    return size if exponent.p % 2 == 0 else sympy.sign(base) * size


def _power(base: Any, exponent: Any) -> Any:
    if exponent.is_Rational and exponent.q > 1 and exponent.q % 2 == 1:
        return RealPower(base, exponent)
    return base**exponent


COUNTERPARTS: dict[str, Any] = {
    row.name: getattr(sympy, row.sympy)
    for row in FUNCTIONS.values()
    if isinstance(row.sympy, str) and row.sympy
}
"""SymPy's own functions for ours."""
COMPARISONS = {
    "<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge, "=": sympy.Eq, "!=": sympy.Ne,
}  # fmt: skip
CONSTANTS = {"pi": sympy.pi, "e": sympy.E}
ARITHMETIC: dict[type[Node], Callable[..., Any]] = {
    Negate: lambda u: -u,
    Add: lambda u, v: u + v,
    Subtract: lambda u, v: u - v,
    Multiply: lambda u, v: u * v,
    Divide: lambda u, v: u / v,
    Power: _power,
    And: sympy.And,
}


def to_sympy(root: Node, open_ties: bool = False) -> Any:
    """The SymPy expression of a tree. Raises ValueError where the formula is nowhere a real number (1/0).

    With `open_ties`, min and max have no value where arguments are equal: there is no derivative there.
    """

    def combine(node: Node, below: Sequence[Any]) -> Any:
        match node:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Constant(name):
                return CONSTANTS[name]
            case Variable(name):
                return symbol(name)
            case Comparison(operator, left, right):
                return COMPARISONS[operator](to_sympy(left), to_sympy(right))
            case Call("min" | "max" as choice, arguments) if open_ties:
                return _open_choice(choice, below, [to_sympy(argument) for argument in arguments])
            case Call(function) if function in STEPS:
                return Step(sympy.Symbol(function), *below)
            case Call(function) if function in COUNTERPARTS:
                return COUNTERPARTS[function](*below)
            case Call(function, arguments):
                known = {id(argument): value for argument, value in zip(arguments, below, strict=True)}
                return fold(_written_out(FUNCTIONS[function], arguments), combine, known)
            case Piecewise(branches, otherwise):
                pairs = [(below[2 * k + 1], below[2 * k]) for k in range(len(branches))]
                last = [] if otherwise is None else [(below[-1], True)]
                return sympy.Piecewise(*pairs, *last)
        return ARITHMETIC[type(node)](*below)

    expr = fold(root, combine)
    if expr.has(sympy.I, sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
        raise ValueError("nowhere a real number")
    return expr


def _written_out(row: Function, arguments: Sequence[Node]) -> Node:
    """A call in other functions."""
    meaning = row.definition if isinstance(row.sympy, str) else row.sympy
    assert meaning is not None
    return meaning(*arguments)


def _open_choice(choice: str, values: Sequence[Any], compared: Sequence[Any]) -> Any:
    """The value whose counterpart in `compared` comes strictly first; none on ties."""
    before = sympy.Lt if choice == "min" else sympy.Gt
    by_rival = dict(zip(compared, values, strict=True))
    if len(by_rival) == 1:
        return values[0]
    branches = []
    for rival, value in by_rival.items():
        conditions = (before(rival, other) for other in by_rival if other != rival)
        branches.append((value, sympy.And(*conditions)))
    return sympy.Piecewise(*branches)
