"""Costs of houses at points for a hub at x: square, absolute and Huber's, their slopes, and where each is least.

Everything is an expression in the hub, the places a1, a2, …, the number of houses that stand, and Huber's δ, so that it
moves with them. The square cost is least at the mean and the absolute one at the median; Huber's (Huber, Robust
Estimation of a Location Parameter, 1964) has a slope that rises in straight pieces, so that its zero is exact as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, reduce

from explorer.expression import Expression, parse

__all__ = [
    "COSTS",
    "MOST_HOUSES",
    "NOWHERE",
    "PlacesError",
    "cost_quantities",
    "cost_variables",
    "house_names",
    "read_places",
]

MOST_HOUSES = 12
COSTS = ("square", "absolute", "huber")

COST = {"square": "d^2", "absolute": "|d|", "huber": "{|d| <= D: d^2/2, D (|d| - D/2)}"}
"""Of one house at the distance d; D is δ."""

ARM = {"square": "d", "absolute": "sign(d)", "huber": "max(-D, min(d, D))"}
"""How strongly the house pulls the hub, positive for one at its left: a square by its distance."""

SLOPE_OF_ARMS = {"square": 2.0, "absolute": 1.0, "huber": 1.0}
"""So many times the sum of the arms is the slope of the cost: d² has the slope 2d."""

LONGEST, SHOWN = 400, 20
"""Of a typed list so many characters are read; so many of a word that is no number are told."""

NOWHERE = 1e300
"""A place that is not there stands behind all others."""


def house_names() -> tuple[str, ...]:
    """The names of the places: a1, a2 and so on."""
    return tuple(f"a{k}" for k in range(1, MOST_HOUSES + 1))


def cost_variables(hub: str = "x") -> tuple[str, ...]:
    """What the quantities depend on, in their order."""
    return (hub, *house_names(), "houses", "delta")


@lru_cache(maxsize=8)
def cost_quantities(hub: str = "x") -> dict[str, Expression]:
    """What a hub at `hub` costs, by name; for each of COSTS, here square.

    `square` is the sum and `square_1` … its summands, `square_slope` its slope, `square_left` and `square_right` the
    arms of the houses at either side as positive numbers; from `square_low` to `square_high` the hub is best. There are
    also `longest`, the longest distance, and `mean`.
    """
    x, delta, count = (Expression.variable(name) for name in (hub, "delta", "houses"))
    places = [Expression.variable(name) for name in house_names()]
    found: dict[str, Expression] = {}
    distances = [x - place for place in places]

    def standing(each: Sequence[Expression]) -> list[Expression]:
        return [_of(f"{{n < {k}: 0, a}}", n=count, a=one) for k, one in enumerate(each, 1)]

    for cost in COSTS:
        costs = standing([_of(COST[cost], d=d, D=delta) for d in distances])
        arms = standing([_of(ARM[cost], d=d, D=delta) for d in distances])
        found |= {f"{cost}_{k}": one for k, one in enumerate(costs, 1)}
        found[cost] = _sum(costs)
        found[f"{cost}_slope"] = _sum(arms) * SLOPE_OF_ARMS[cost]
        found[f"{cost}_left"] = _sum([_of("max(a, 0)", a=arm) for arm in arms])
        found[f"{cost}_right"] = _sum([_of("max(0 - a, 0)", a=arm) for arm in arms])
    found["longest"] = reduce(_greater, standing([_of("|d|", d=d) for d in distances]))
    found["mean"] = _sum(standing(places)) / count
    found["square_low"] = found["square_high"] = found["mean"]
    found["absolute_low"], found["absolute_high"] = _middle(places, count)
    found["huber_low"], found["huber_high"] = _balanced(places, count, delta)
    return found


def _middle(places: Sequence[Expression], count: Expression) -> tuple[Expression, Expression]:
    """The middle place twice, or the two middle ones: sorted by exchanging neighbours, as often as there are places."""
    row = [_of(f"{{n < {k}: B, a}}", n=count, a=one, B=_far()) for k, one in enumerate(places, 1)]
    for turn in range(len(row)):
        for k in range(turn % 2, len(row) - 1, 2):
            row[k], row[k + 1] = _lesser(row[k], row[k + 1]), _greater(row[k], row[k + 1])
    low, high = row[0], row[0]
    for k, place in enumerate(row[1:], 1):
        low = _of(f"{{n > {2 * k}: b, a}}", n=count, a=low, b=place)
        high = _of(f"{{n >= {2 * k}: b, a}}", n=count, a=high, b=place)
    return low, high


def _balanced(
    places: Sequence[Expression], count: Expression, delta: Expression
) -> tuple[Expression, Expression]:
    """Between which hubs Huber's slope is 0.

    It bends at a − δ and a + δ only: from the last bend at which it is not positive and the first at which it is not
    negative a straight line leads through 0, or along it.
    """
    row = [_of(f"{{n < {k}: B, a}}", n=count, a=one, B=_far()) for k, one in enumerate(places, 1)]
    bends = [_of(text, a=place, D=delta) for place in row for text in ("a - D", "a + D")]

    def slope(at: Expression) -> Expression:
        pulls = [
            _of(f"{{n < {k}: 0, max(0-D, min(x - a, D))}}", n=count, x=at, a=place, D=delta)
            for k, place in enumerate(places, 1)
        ]
        return _sum(pulls)

    slopes = [slope(bend) for bend in bends]
    below = [_of("{s > 0: 0-B, b}", s=s, b=b, B=_far()) for s, b in zip(slopes, bends, strict=True)]
    above = [_of("{s < 0: B, b}", s=s, b=b, B=_far()) for s, b in zip(slopes, bends, strict=True)]
    low, high = reduce(_greater, below), reduce(_lesser, above)
    least, most = slope(low), slope(high)
    zero = _of("{t - s <= 0: l, l - s (h - l)/(t - s)}", l=low, h=high, s=least, t=most)
    flat_low = _of("{s >= 0: m, z}", s=least, m=reduce(_lesser, _level(slopes, bends)), z=zero)
    flat_high = _of("{t <= 0: m, z}", t=most, m=reduce(_greater, _level(slopes, bends, -1)), z=zero)
    return flat_low, flat_high


def _level(slopes: Sequence[Expression], bends: Sequence[Expression], way: int = 1) -> list[Expression]:
    """The bends at which the slope is 0; in place of the others one that is farthest away on that side."""
    far = _far() if way > 0 else -_far()
    return [_of("{s = 0: b, F}", s=s, b=b, F=far) for s, b in zip(slopes, bends, strict=True)]


def _far() -> Expression:
    return Expression.number(NOWHERE)


def _sum(parts: Sequence[Expression]) -> Expression:
    return reduce(lambda a, b: a + b, parts)


def _greater(a: Expression, b: Expression) -> Expression:
    return _of("max(a, b)", a=a, b=b)


def _lesser(a: Expression, b: Expression) -> Expression:
    return _of("min(a, b)", a=a, b=b)


def _of(text: str, **parts: Expression) -> Expression:
    """A formula of our own with expressions put in for its letters."""
    return parse(text, tuple(parts)).substitute(parts)


LARGEST = 1e6
CLOSEST = 1e-100
"""Places within less than this have distances whose squares doubles cannot tell from 0."""
NUMBERS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?", re.IGNORECASE)


class PlacesError(ValueError):
    """A text that lists no places; the message is a sentence for a learner."""


def read_places(text: str) -> tuple[float, ...]:
    """Places as a learner types them: 1, 2, 6 or 1; 2; 6 or 1 2 6, where behind semicolons a comma is a decimal one.

    Raises PlacesError.
    """
    plain = text[:LONGEST].replace("\u2212", "-").replace("\u2013", "-").strip()
    if not plain:
        raise PlacesError("Type at least one place, such as 1, 2, 6.")
    if len(text) > LONGEST:
        raise PlacesError(f"There may be up to {MOST_HOUSES} houses.")
    parts = plain.split(";") if ";" in plain else re.split(r"[,\s]+", plain)
    typed = [part.strip() for part in parts if part.strip()]
    words = [word.replace(",", ".") for word in typed]
    for word, number in zip(typed, words, strict=True):
        if not NUMBERS.fullmatch(number):
            raise PlacesError(f"“{word[:SHOWN]}” is no number. Type places such as 1, 2, 6.")
    if not 1 <= len(words) <= MOST_HOUSES:
        raise PlacesError(f"There may be 1 to {MOST_HOUSES} houses; these are {len(words)}.")
    places = tuple(float(word) for word in words)
    if max(map(abs, places)) > LARGEST:
        raise PlacesError("A place is a number from −1,000,000 to 1,000,000.")
    if 0 < max(places) - min(places) < CLOSEST:
        raise PlacesError(
            "The squares of such short distances are 0 in double precision: put the houses further apart."
        )
    return places
