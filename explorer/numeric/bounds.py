"""Between which numbers an expression always lies: interval arithmetic over all real arguments.

What meets such a bound is proven to be the lowest, or the highest, of all: x⁴ + y⁴ is nowhere below 0.
Source: Moore, Kearfott and Cloud, Introduction to Interval Analysis (2009), chapters 2 and 5.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np

from explorer.expression import (
    FUNCTIONS,
    Add,
    Call,
    Comparison,
    Constant,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    Variable,
    fold,
    rational_value,
)
from explorer.expression.tape import CONSTANTS
from explorer.numeric.results import Span

__all__ = ["bounds_of", "is_highest", "is_lowest"]

ANYTHING: Span = (-math.inf, math.inf)
RANGES: dict[str, Span] = {"sin": (-1.0, 1.0), "cos": (-1.0, 1.0), "cosh": (1.0, math.inf)}
ROUNDING = 1e-14


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def bounds_of(f: Expression) -> Span:
    """Numbers between which every value lies; infinite where none is known."""
    return fold(f.root, _bounds)


def is_lowest(f: Expression, value: float) -> bool:
    """Whether no value of f anywhere can be lower."""
    low = bounds_of(f)[0]
    return math.isfinite(low) and value - low <= ROUNDING * max(abs(low), abs(value))


def is_highest(f: Expression, value: float) -> bool:
    """Whether no value of f anywhere can be higher."""
    high = bounds_of(f)[1]
    return math.isfinite(high) and high - value <= ROUNDING * max(abs(high), abs(value))


def _bounds(node: Node, parts: Sequence[Span]) -> Span:
    match node:
        case Number(value):
            return _known(float(value), float(value))
        case Constant(name):
            return CONSTANTS[name], CONSTANTS[name]
        case Negate():
            return -parts[0][1], -parts[0][0]
        case Add():
            return _known(parts[0][0] + parts[1][0], parts[0][1] + parts[1][1])
        case Subtract(left, right):
            if left == right:
                return (0.0, 0.0)
            return _known(parts[0][0] - parts[1][1], parts[0][1] - parts[1][0])
        case Multiply(left, right):
            return _even(parts[0], 2.0) if left == right else _corners(parts[0], parts[1])
        case Divide():
            return _corners(parts[0], _reciprocal(parts[1]))
        case Power(_, exponent):
            return _power(parts[0], parts[1], rational_value(exponent))
        case Call(function, _):
            return _function(function, parts)
        case Piecewise():
            return _chosen(node, parts)
        case _:
            return ANYTHING


def _known(low: float, high: float) -> Span:
    """What is not a number is no bound."""
    return -math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high


def _corners(a: Span, b: Span) -> Span:
    """All products; 0 times without end is 0, since both factors are numbers."""
    products = [0.0 if 0.0 in (u, v) else u * v for u in a for v in b]
    return min(products), max(products)


def _reciprocal(span: Span) -> Span:
    low, high = span
    if low < 0 < high:
        return ANYTHING
    ends = sorted((_over(high, low < 0), _over(low, low < 0)))
    return ends[0], ends[1]


def _over(value: float, negative: bool) -> float:
    if value == 0:
        return -math.inf if negative else math.inf
    return 1 / value


def _even(span: Span, power: float) -> Span:
    sizes = sorted(_raised(abs(end), power) for end in span)
    return (0.0 if span[0] <= 0 <= span[1] else sizes[0]), sizes[1]


def _raised(base: float, power: float) -> float:
    try:
        return math.pow(base, power)
    except OverflowError:
        return math.inf


def _power(base: Span, exponent: Span, exact: Fraction | None) -> Span:
    if exact is None:
        if base[0] == base[1] > 1:
            return _raised(base[0], exponent[0]), _raised(base[0], exponent[1])
        return (0.0, math.inf) if base[0] >= 0 else ANYTHING
    power = abs(float(exact))
    if exact.denominator % 2 == 0:
        span = _raised(max(base[0], 0.0), power), _raised(max(base[1], 0.0), power)
    elif exact.numerator % 2 == 0:
        span = _even(base, power)
    else:
        low, high = (math.copysign(_raised(abs(end), power), end) for end in base)
        span = low, high
    return _reciprocal(span) if exact < 0 else span


def _function(name: str, parts: Sequence[Span]) -> Span:
    span = parts[0]
    if name == "abs":
        return _even(span, 1.0)
    if name in ("min", "max"):
        choose: Callable[[Sequence[float]], float] = min if name == "min" else max
        return choose([low for low, _ in parts]), choose([high for _, high in parts])
    row = FUNCTIONS[name]
    if row.rising:
        low, high = max(span[0], row.domain.low), min(span[1], row.domain.high)
        if low <= high:
            grown = Expression(Call(name, (Variable("x"),)), ("x",))
            return _known(float(grown(low)), float(grown(high)))
    return RANGES.get(name, ANYTHING)


def _chosen(node: Piecewise, parts: Sequence[Span]) -> Span:
    """Any of the branches."""
    values = [
        part for child, part in zip(node.children, parts, strict=True) if not isinstance(child, Comparison)
    ]
    return min(low for low, _ in values), max(high for _, high in values)
