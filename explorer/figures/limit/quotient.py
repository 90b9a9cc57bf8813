"""The difference quotient as quantities: what the limit page reads, draws against h, and expects at a break."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from explorer.expression import Add, Expression, Negate, Node, Number, Subtract, free_variables, parse
from explorer.numeric import Break, Window, derivative_values, values
from explorer.numeric.quotients import EPSILON
from explorer.numeric.results import HUGE, Array

SMALLEST = 1e-6
"""The least |h| of the control; on the symmetric logarithmic axis, h within it is shown near 0."""

FLATTEST = 8
"""How many times higher than the quotients of the start their axis may be."""

ROWS = (1.0, 0.1, 0.01, 0.001, 1e-4, 1e-5, 1e-6)

# The area sine is the smooth symmetric logarithm: t = arsinh(h / 2s)/ln 10 is ±log₁₀(|h|/s) far from 0.
_TO_LOG = parse("arcsinh(h/0.000002)/ln(10)", ("h",))
_FROM_LOG = parse("0.000002 sinh(t ln(10))", ("t",))
# 4.1 − 0.1 is 3.9999999999999996 in doubles, and floor(x) is another there: the sum of two decimals is meant to be the
# decimal, and is it as far as their doubles can differ from it.
_SUM = parse("{|u + v - round(1000000000(u + v))/1000000000| <= 0.000000000000001(|u| + |v|): "
             "round(1000000000(u + v))/1000000000, u + v}", ("u", "v"))  # fmt: skip
X0, H = Expression.variable("x0"), Expression.variable("h")


def log_place(h: float) -> float:
    """Where h stands on the symmetric logarithmic axis."""
    return math.asinh(h / (2 * SMALLEST)) / math.log(10)


def largest_h(window: Window) -> float:
    """The longest step of the control: 1, 2 or 5 times a power of ten, about half the window."""
    reach = 0.6 * (window.x[1] - window.x[0])
    power = 10.0 ** math.floor(math.log10(reach))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= reach * (1 + 1e-9))


def first_h(window: Window) -> float:
    """Where h stands first: 1 where there is room for it, else the largest power of ten.

    In a wide window, where 1 is so short that two handles would lie on each other, 0.5, 1 or 2 times a power of ten.
    """
    largest = largest_h(window)
    power = 10.0 ** math.floor(math.log10(largest))
    if largest < 10:
        return min(power, 1.0)
    return {1: 0.5, 2: 1.0, 5: 2.0}[round(largest / power)] * power


def quotient(f: Expression, step: Expression | float, there: Expression | None = None) -> Expression:
    """(f(x₀ + step) − f(x₀))/step, in x0 and what the step is made of; f may be written otherwise `there`."""
    return _rise(f, step, there) / step


def second_place(step: Expression | float) -> Expression:
    """x₀ + step, where the second point stands."""
    return _SUM.substitute({"u": X0, "v": step if isinstance(step, Expression) else Expression.number(step)})


@lru_cache(maxsize=128)
def _rise(f: Expression, step: Expression | float, there: Expression | None = None) -> Expression:
    """f(x₀ + step) − f(x₀), without the constant terms: they cancel, and their rounding would not."""
    here, beyond = _without_constants(f), _without_constants(there or f)
    return beyond.substitute({"x": second_place(step)}) - here.substitute({"x": X0})


@lru_cache(maxsize=64)
def _without_constants(f: Expression) -> Expression:
    return Expression(_changing(f.root) or Number(Fraction(0)), f.variables, f.guards)


def _changing(node: Node) -> Node | None:
    """A sum without its constant terms; None where nothing is left."""
    if not free_variables(node):
        return None
    match node:
        case Add(left, right) | Subtract(left, right):
            before, after = _changing(left), _changing(right)
            if after is None:
                return before
            if before is None:
                return after if isinstance(node, Add) else Negate(after)
            return type(node)(before, after)
    return node


def quantities(
    f: Expression, slope: Expression, window: Window, walls: tuple[Break, ...], *, beside: Expression
) -> dict[str, Expression]:
    """Everything that the scene shows, in x0 and h.

    `unsure` is the share of the quotient that may be rounding, `blur` that of its distance from the limit; that
    distance is the share `near` of it.
    f is written as it is `beside` x₀ where no control chooses the second place: for the rows of the table.
    `wall{k}` is negative where the k-th wall stands between the two points, `gap{k}` is the h that reaches it.
    """
    second = second_place(H)
    here, there = f.substitute({"x": X0}), f.substitute({"x": second})
    rise, q = _rise(f, H), quotient(f, H)
    away, unsure = _absolute(q - slope.substitute({"x": X0})), _unsure(f, H)
    parts = {
        "f": here,
        "x1": second,
        "f1": there,
        "dy": rise,
        "q": q,
        "slope": slope.substitute({"x": X0}),
        "size": _absolute(H),
        "rise": _absolute(rise),
        "steep": _absolute(q),
        "mid_x": X0 + H * 0.5,
        "mid_y": (here + there) * 0.5,
        "log_h": _TO_LOG,
        "unsure": unsure,
        "away": away,
        "blur": unsure * _absolute(q) / away,
        "near": away / _absolute(q),
    }
    for k in (2, 4, 8):
        parts[f"q{k}"] = quotient(f, H / float(k), beside)
    for k, wall in enumerate(walls):
        parts[f"gap{k}"] = wall.x - X0
        parts[f"log_gap{k}"] = _TO_LOG.substitute({"h": wall.x - X0})
        parts[f"wall{k}"] = (wall.x - X0) * (wall.x - second)
    largest = largest_h(window)
    for k, size in enumerate(row_sizes(largest)):
        for name, step in (("r", size), ("l", -size)):
            parts[f"q_{name}{k}"] = quotient(f, step, beside)
            parts[f"dy_{name}{k}"] = _rise(f, step, beside)
            parts[f"unsure_{name}{k}"] = _unsure(f, step, beside)
    return parts


def _unsure(f: Expression, step: Expression | float, there: Expression | None = None) -> Expression:
    """The share of Δy that may be rounding: of the two values, and of the second place."""
    rise, second = _rise(f, step, there), second_place(step)
    low = _without_constants(f).substitute({"x": X0})
    high = _without_constants(there or f).substitute({"x": second})
    # 1/|Δy|, but 0 on a step of floor(x), where Δy is surely 0.
    inverse = _absolute(rise) / (rise * rise + 1e-300)
    return EPSILON * ((_absolute(low) + _absolute(high)) * inverse + _absolute(second / step))


def row_sizes(largest: float) -> tuple[float, ...]:
    """The sizes of h in the table: powers of ten that the control can take."""
    fitting = tuple(size for size in ROWS if size <= largest)
    return fitting if fitting else (largest,)


def _absolute(expression: Expression) -> Expression:
    return parse("|u|", ("u",)).substitute({"u": expression})


def quotient_of_log(f: Expression) -> Expression:
    """The quotient over the symmetric logarithmic coordinate t of h, in t and x0."""
    return quotient(f, H).substitute({"h": _FROM_LOG})


@dataclass(frozen=True)
class Ends:
    """What the quotient heads for at a break: a number, ±inf, or NaN where there is none on that side."""

    left: float
    right: float


def ends_of(place: Break) -> Ends:
    """The one-sided limits of (f(x₀ + h) − f(x₀))/h at a break.

    Where the curve does not reach f(x₀) from a side, Δy does not shrink and the quotient outgrows every number.
    """
    if math.isnan(place.value):
        return Ends(math.nan, math.nan)
    return Ends(
        _end(place.value, place.left_value, place.left_slope, -1),
        _end(place.value, place.right_value, place.right_slope, 1),
    )


def _end(value: float, approached: float, slope: float, side: int) -> float:
    if math.isnan(approached):
        return math.nan
    if approached == value:
        return slope
    return math.copysign(math.inf, (approached - value) * side)


def quotient_range(f: Expression, window: Window, start: float) -> tuple[float, float]:
    """Limits of the Δy/Δx axis: what h makes of the start, the slopes elsewhere, and the bulk of other quotients.

    So the limit is on the axis wherever there is one, unless that would draw the start flat.
    """
    largest = largest_h(window)
    h = np.linspace(-largest, largest, 320)
    # Between the round places, where poles and domain edges like to be.
    elsewhere = window.x[0] + (np.arange(120) + 0.618) / 120 * (window.x[1] - window.x[0])
    here = np.array([start])
    own = _extent(lambda step: _quotients(f, here, step)[0], h, 0.04)
    spans = [
        own,
        _extent(lambda x: _slopes(f, x), elsewhere, 0.2),
        _bulk(_quotients(f, elsewhere[::3], h[::2]), 0.15),
    ]
    known = [span for span in spans if span]
    if not known:
        return (-1.0, 1.0)
    low, high = min(span[0] for span in known), max(span[1] for span in known)
    if own and high - low > FLATTEST * (own[1] - own[0]) > 0:
        reach = 2.5 * (own[1] - own[0])
        low, high = max(low, own[0] - reach), min(high, own[1] + reach)
    limit = float(_slopes(f, here)[0])
    if math.isfinite(limit):
        low, high = min(low, limit), max(high, limit)
    if high - low < 1e-9 * max(1.0, abs(high)):
        low, high = low - 1.0, high + 1.0
    margin = 0.12 * (high - low)
    return (low - margin, high + margin)


def _bulk(seen: Array, left_out: float) -> tuple[float, float] | None:
    """The finite values from the quantile `left_out` to 1 − `left_out`."""
    finite = seen[np.isfinite(seen)]
    if not finite.size:
        return None
    low, high = np.quantile(finite, (left_out, 1 - left_out))
    return float(low), float(high)


def _extent(g: Callable[[Array], Array], places: Array, left_out: float) -> tuple[float, float] | None:
    """The least and greatest value of g; a side on which it grows on when looked at closer has its bulk instead."""
    seen = g(places)
    bulk = _bulk(seen, left_out)
    if bulk is None:
        return None
    return (-_top(lambda x: -g(x), places, -seen, -bulk[0]), _top(g, places, seen, bulk[1]))


def _top(g: Callable[[Array], Array], places: Array, seen: Array, bulk: float) -> float:
    """The greatest value of g near `places`, or `bulk` where it grows on when looked at 20 and 400 times closer."""
    first = top = float(np.nanmax(seen))
    for _ in range(2):
        step = places[1] - places[0]
        places = places[np.nanargmax(seen)] + np.linspace(-step, step, 41)
        seen = g(places)
        top = max(top, float(np.nanmax(seen)))
    return top if top - bulk <= 1.5 * (first - bulk) else bulk


def _quotients(f: Expression, x: Array, h: Array) -> Array:
    """(f(x + h) − f(x))/h for each x (rows) and h (columns)."""
    with np.errstate(all="ignore"):
        return _drawable((values(f, x[:, None] + h) - values(f, x)[:, None]) / h)


def _slopes(f: Expression, x: Array) -> Array:
    return _drawable(derivative_values(f, x, 1))


def _drawable(y: Array) -> Array:
    """NaN for what no axis can hold."""
    return np.where(np.abs(y) < HUGE, y, np.nan)
