"""The shortest form of a formula that a short time finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from explorer.symbolic.clock import Clock
from explorer.symbolic.convert import RealPower

__all__ = ["length", "merged", "shortest"]

_PATIENCE = 0.35
"""Seconds for one attempt."""
_FEW_TERMS = 6
_FORMS: tuple[Callable[[Any], Any], ...] = (
    lambda expr: expr,
    sympy.expand,
    sympy.factor_terms,
    sympy.factor,
    sympy.together,
    sympy.cancel,
    sympy.powsimp,
)
_TRIGONOMETRIC: tuple[Callable[[Any], Any], ...] = (
    sympy.trigsimp,
    lambda expr: sympy.factor(sympy.trigsimp(expr)),
)
_LAST: tuple[Callable[[Any], Any], ...] = (lambda expr: sympy.simplify(expr, inverse=False),)
_SHORT = 4
"""Operations of a formula that nobody needs shorter."""


def length(expr: Any) -> tuple[int, int]:
    """How long a formula is to a reader: operations, then parts. Exponentials are not counted twice."""
    parts = sum(1 for _ in sympy.preorder_traversal(expr))
    return int(sympy.count_ops(expr)), parts


def shortest(expr: Any, clock: Clock, found: Callable[[Any], None]) -> Any:
    """The shortest of several forms, polynomials multiplied out when that stays short.

    `found` hears of every form that is better than the last, the first being `expr` itself.
    """
    best = expr
    found(best)
    symbols = sorted(expr.free_symbols, key=str)
    if symbols and expr.is_polynomial(*symbols):
        expanded = clock.attempt(lambda: sympy.expand(expr), _PATIENCE)
        if expanded is not None and len(sympy.Add.make_args(expanded)) <= _FEW_TERMS:
            found(expanded)
            return expanded
    start = clock.attempt(lambda: merged(expr), _PATIENCE) or expr
    trigonometric = _TRIGONOMETRIC if expr.has(TrigonometricFunction, HyperbolicFunction) else ()
    for form in (*_FORMS, *trigonometric, *_LAST):
        if length(best)[0] <= _SHORT and form is not _FORMS[0]:
            break
        candidate = clock.attempt(lambda form=form: _kept_real(form(start), expr), _PATIENCE)  # type: ignore[misc]
        if candidate is not None and length(candidate) < length(best):
            best = candidate
            found(best)
    return best


def _kept_real(candidate: Any, original: Any) -> Any:
    """Refuse forms in functions that were not there before: a logistic curve is no hyperbolic cosine to a learner."""
    hyperbolic = (sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch)
    if candidate.has(sympy.Piecewise) and not original.has(sympy.Piecewise):
        raise ValueError("cases that nobody asked for")
    if candidate.has(sympy.I, sympy.zoo, sympy.nan):
        raise ValueError("not a real formula")
    if candidate.has(*hyperbolic) and not original.has(*hyperbolic):
        raise ValueError("another family of functions")
    return candidate


def merged(expr: Any) -> Any:
    """Products in which odd roots and signs of the same thing are put together: x · x^(−2/3) = x^(1/3)."""
    if expr.has(RealPower):
        expr = expr.replace(lambda part: part.is_Mul and part.has(RealPower), _merged_roots)
    if expr.has(sympy.sign):
        expr = expr.replace(lambda part: part.is_Mul and part.has(sympy.sign), _merged_signs)
    return expr


def _merged_roots(product: Any) -> Any:
    bases = {factor.args[0] for factor in product.args if isinstance(factor, RealPower)}
    exponents = dict.fromkeys(bases, sympy.S.Zero)
    others = []
    for factor in product.args:
        base, exponent = factor.as_base_exp() if not isinstance(factor, RealPower) else factor.args
        if base in bases and exponent.is_Rational and (isinstance(factor, RealPower) or exponent.is_Integer):
            exponents[base] += exponent
        else:
            others.append(factor)
    return sympy.Mul(*others, *(RealPower(base, exponent) for base, exponent in exponents.items()))


def _merged_signs(product: Any) -> Any:
    """With s = sign(u): s · |u|ᵏ = uᵏ for odd k, and s · u = |u|."""
    powers = product.as_powers_dict()
    for factor in [base for base in powers if isinstance(base, sympy.sign) and powers[base].is_Integer]:
        u, size = factor.args[0], sympy.Abs(factor.args[0])
        odd = powers.pop(factor) % 2
        if odd and powers.get(size, 0) % 2 == 1:
            powers[u] = powers.get(u, 0) + powers.pop(size)
        elif odd and powers.get(u, 0) % 2 == 1:
            powers[u] -= 1
            powers[size] = powers.get(size, 0) + 1
        elif odd:
            powers[factor] = sympy.S.One
    return sympy.Mul(*(base**exponent for base, exponent in powers.items()))
