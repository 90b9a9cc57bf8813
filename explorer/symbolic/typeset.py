"""From SymPy to our tree, in the order of a textbook: 2x cos x², e²ˣ(2 cos x − sin x), 12x³ − 10x + 2."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from itertools import islice
from typing import Any

import sympy

from explorer.expression import (
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
)
from explorer.symbolic.convert import COMPARISONS as SIGNS
from explorer.symbolic.convert import COUNTERPARTS, INCREMENT, RealPower, Step, symbol
from explorer.symbolic.wire import TooLongError

__all__ = ["UnwrittenError", "number", "to_tree"]

_LONGEST = 400
"""Nodes of SymPy's; beyond, nobody reads the formula."""

FUNCTIONS: dict[Any, str] = {counterpart: name for name, counterpart in COUNTERPARTS.items()}
COMPARISONS: dict[Any, str] = {counterpart: sign for sign, counterpart in SIGNS.items()}
CONSTANTS: dict[Any, Constant] = {sympy.pi: Constant("pi"), sympy.E: Constant("e")}


class UnwrittenError(ValueError):
    """SymPy's result has a part that our formulas do not have (∞, an integral, a Bessel function…)."""


def to_tree(expr: Any) -> Node:
    """The tree of a SymPy expression. Raises UnwrittenError, or TooLongError when nobody could read it."""
    if next(islice(sympy.preorder_traversal(expr), _LONGEST, None), None) is not None:
        raise TooLongError(f"a formula of more than {_LONGEST} parts")
    return _write(expr)


def number(value: Fraction | int) -> Node:
    """An exact number: −(2/3) as a sign and a fraction bar."""
    value = Fraction(value)
    if value < 0:
        return Negate(number(-value))
    if value.denominator == 1:
        return Number(value)
    return Divide(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


def _write(expr: Any) -> Node:
    if expr.is_Rational:
        return number(Fraction(expr.p, expr.q))
    if expr in CONSTANTS:
        return CONSTANTS[expr]
    if expr.is_Symbol:
        return Variable("h" if expr.name == INCREMENT else expr.name)
    if expr.is_Add:
        return _sum(expr)
    if expr.is_Mul or (expr.is_Pow and expr.exp.is_Rational and expr.exp < 0) or _is_small_root(expr):
        return _product(expr)
    if expr.is_Pow:
        return _power(expr.base, expr.exp)
    return _function(expr)


def _is_small_root(expr: Any) -> bool:
    return isinstance(expr, RealPower) and bool(expr.args[1] < 0)


def _function(expr: Any) -> Node:
    if isinstance(expr, sympy.exp):
        return Power(CONSTANTS[sympy.E], _write(expr.args[0]))
    if isinstance(expr, RealPower):
        return _power(*expr.args)
    if isinstance(expr, Step):
        return Call(expr.args[0].name, (_write(expr.args[1]),))
    if isinstance(expr, sympy.sign):
        below = _write(expr.args[0])
        return Divide(below, Call("abs", (below,)))
    if isinstance(expr, sympy.Piecewise):
        return _cases(expr)
    if expr.func in COMPARISONS:
        return Comparison(COMPARISONS[expr.func], _write(expr.args[0]), _write(expr.args[1]))
    if isinstance(expr, sympy.And):
        return reduce(And, [_write(part) for part in expr.args])
    if expr.func in FUNCTIONS:
        return Call(FUNCTIONS[expr.func], tuple(_write(argument) for argument in expr.args))
    raise UnwrittenError(type(expr).__name__)


def _cases(expr: Any) -> Node:
    branches = [(value, condition) for value, condition in expr.args]
    if len({value for value, _ in branches}) == 1:
        return _write(branches[0][0])  # where it is undefined, our own derivative is too
    otherwise = None
    if branches and branches[-1][1] == sympy.true:
        otherwise = _write(branches.pop()[0])
    return Piecewise(tuple((_write(condition), _write(value)) for value, condition in branches), otherwise)


def _power(base: Any, exponent: Any) -> Node:
    """A power with an exponent that is not a negative number."""
    if exponent.is_Rational and exponent.p == 1 and exponent.q in (2, 3):
        return Call("sqrt" if exponent.q == 2 else "cbrt", (_write(base),))
    return Power(_write(base), _write(exponent))


def _sum(expr: Any) -> Node:
    terms = list(expr.as_ordered_terms())
    if expr.has(symbol(INCREMENT)):
        terms.sort(key=_degree_in_h)
    if len(terms) == 2 and terms[0].could_extract_minus_sign() and not terms[1].could_extract_minus_sign():
        terms.reverse()  # 2 cos x − sin x, not −sin x + 2 cos x
    total = _write(terms[0])
    for term in terms[1:]:
        written = _write(term)
        total = Subtract(total, written.operand) if isinstance(written, Negate) else Add(total, written)
    return total


def _degree_in_h(term: Any) -> Any:
    """Terms without h come first: they are the ones that cancel."""
    degree = term.as_powers_dict().get(symbol(INCREMENT), sympy.S.Zero)
    return degree if degree.is_Integer else sympy.S.Zero


def _product(expr: Any) -> Node:
    """Sign, then one fraction: what has negative exponents stands below."""
    coefficient, factors = Fraction(1), []
    for factor in sympy.Mul.make_args(expr):
        if factor.is_Rational:
            coefficient *= Fraction(factor.p, factor.q)
        else:
            factors.append(factor)
    above: list[Any] = []
    below: list[Any] = []
    for factor in factors:
        if factor.is_Pow and factor.exp.is_Rational and factor.exp < 0:
            below.append(factor.base ** (-factor.exp))
        elif _is_small_root(factor):
            below.append(RealPower(factor.args[0], -factor.args[1]))
        elif isinstance(factor, sympy.sign):
            above.append(factor.args[0])
            below.append(sympy.Abs(factor.args[0]))
        else:
            above.append(factor)
    top, bottom = _chain(abs(coefficient.numerator), above), _chain(coefficient.denominator, below)
    written = top if bottom == Number(Fraction(1)) else Divide(top, bottom)
    return Negate(written) if coefficient < 0 else written


def _chain(coefficient: int, factors: Sequence[Any]) -> Node:
    written = [_write(factor) for factor in sorted(factors, key=_place)]
    if coefficient != 1 or not written:
        written.insert(0, Number(Fraction(coefficient)))
    return reduce(Multiply, written)


def _place(factor: Any) -> tuple[int, Any]:
    """Where a factor stands in a product: constants, letters, roots, e^…, ln, other functions, brackets."""
    base = factor.base if factor.is_Pow else factor.args[0] if isinstance(factor, RealPower) else factor
    if not factor.free_symbols and not factor.has(sympy.log):
        rank = 0
    elif isinstance(factor, sympy.exp):
        rank = 3
    elif base.is_Add:
        rank = 6
    elif base.is_Symbol:
        rank = 1 if not factor.is_Pow or factor.exp.is_Integer else 2
    elif isinstance(base, sympy.log):
        rank = 4
    else:
        rank = 5 if base.is_Function and not isinstance(base, RealPower) else 2
    return rank, factor.sort_key()
