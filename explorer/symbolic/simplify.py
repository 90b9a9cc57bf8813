"""The shortest form of a formula that a short time finds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import sympy
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from explorer.symbolic.clock import Clock
from explorer.symbolic.convert import RealPower
from explorer.symbolic.numbers import agreement

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
    lambda expr: _united_roots(sympy.together(expr)),
)
_TRIGONOMETRIC: tuple[Callable[[Any], Any], ...] = (
    sympy.trigsimp,
    lambda expr: sympy.factor(sympy.trigsimp(expr)),
)
_LAST: tuple[Callable[[Any], Any], ...] = (lambda expr: sympy.simplify(expr, inverse=False),)
_SHORT = 2
"""Operations of a formula that nobody needs shorter."""


def length(expr: Any) -> tuple[int, int]:
    """How long a formula is to a reader: operations, then parts. Exponentials are not counted twice."""
    parts = broken = 0
    for part in sympy.preorder_traversal(expr):
        parts += 1
        # (x + 2/3)·eˣ: a fraction in a bracket reads worse than one long fraction.
        broken += part.is_Mul and any(_has_fraction(factor) for factor in part.args if factor.is_Add)
    return int(sympy.count_ops(expr)) + 2 * broken, parts


def _has_fraction(total: Any) -> bool:
    return any(term.is_Rational and not term.is_Integer for term in total.args)


def shortest(expr: Any, where: Any, clock: Clock, found: Callable[[Any], None]) -> Any:
    """The shortest of several forms, polynomials multiplied out when that stays short.

    It has the values of `expr` wherever `where` is real. `found` hears of every form that is better than
    the last, the first being `expr` itself.
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
        candidate = clock.attempt(partial(_through_roots, form, start), _PATIENCE)
        if candidate is None or not _suits(candidate, best, expr):
            continue
        numbers = clock.attempt(partial(agreement, candidate, expr, where, clock), _PATIENCE)
        if numbers is not None and numbers.same == numbers.both:
            best = candidate
            found(best)
    return best


def _through_roots(form: Callable[[Any], Any], expr: Any) -> Any:
    """`form` of an expression in which an odd root is one letter, so that it knows t³ = u."""
    roots = expr.atoms(RealPower)
    bases = {(root.args[0], root.args[1].q) for root in roots}
    if len(bases) != 1:
        return merged(form(expr))
    ((base, index),) = bases
    letter = sympy.Dummy("t", real=True)
    found = form(expr.replace(RealPower, lambda _, exponent: letter ** (exponent * index)))
    top, bottom = (
        part.replace(
            lambda power: power.is_Pow and power.base == letter and power.exp.is_Integer,
            lambda power: RealPower(base, power.exp / index),
        ).xreplace({letter: RealPower(base, sympy.Rational(1, index))})
        for part in sympy.fraction(found)
    )
    return merged(sympy.factor_terms(sympy.expand(top)) / bottom)


def _united_roots(expr: Any) -> Any:
    """√(x − 1)·√(x + 1) as √(x² − 1): wider, but the function itself says where it is defined."""
    united = sympy.powsimp(expr, force=True)
    return united.replace(
        lambda part: part.is_Pow and part.base.is_Mul and part.exp.is_Rational and not part.exp.is_Integer,
        lambda part: sympy.expand(part.base) ** part.exp,
    )


def _suits(candidate: Any, best: Any, original: Any) -> bool:
    """Whether a form is shorter than the best so far, real, and of the original's family."""
    if length(candidate) >= length(best) or candidate.has(sympy.I, sympy.zoo, sympy.nan):
        return False
    # A logistic curve is no hyperbolic cosine to a learner, and nobody asked for cases.
    hyperbolic = (sympy.sinh, sympy.cosh, sympy.tanh, sympy.coth, sympy.sech, sympy.csch)
    return all(
        original.has(*kinds) or not candidate.has(*kinds) for kinds in (hyperbolic, (sympy.Piecewise,))
    )


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
