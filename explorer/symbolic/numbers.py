"""Numbers from SymPy expressions, with thirty digits, to hold one formula against another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import sympy

from explorer.symbolic.clock import Clock
from explorer.symbolic.convert import INCREMENT, plain

__all__ = ["Agreement", "agreement", "smallest_gap", "value"]

_DIGITS = 30
_FINE, _LEAST = (60, 600), sympy.Float("1e-50")
_PATIENCE = 0.1
"""Seconds for one number."""
# No special places: nothing cancels by accident at any of these, and both signs and several sizes are there.
_PLACES = (
    *("0.3707", "-0.6131", "1.2143", "-1.7219", "2.8359", "-3.1717"),
    *("0.0533", "5.4347", "-7.9101", "11.317", "-27.413", "103.77"),
)
_INCREMENT_SHARE = sympy.Rational(1, 37)  # h stays small: x and x + h on the same side of most edges


@dataclass(frozen=True)
class Agreement:
    """At how many places two expressions are both real, and at how many of those they agree.

    `parts` is the first place where they do not, by letters, with both values.
    """

    both: int
    same: int
    parts: tuple[dict[str, float], float, float] | None = None


def value(expr: Any, point: Mapping[Any, Any], digits: int = _DIGITS) -> Any | None:
    """The real value of a plain expression at a point, or None where it has none."""
    result = expr.xreplace({name: sympy.Float(place, digits) for name, place in point.items()}).evalf(digits)
    return result if result.is_Float or result.is_Rational else None


def _points(symbols: list[Any]) -> Iterator[dict[Any, Any]]:
    for start in range(len(_PLACES)):
        places = [sympy.Rational(_PLACES[(start + 5 * k) % len(_PLACES)]) for k in range(len(symbols))]
        yield {
            name: place * (_INCREMENT_SHARE if name.name == INCREMENT else 1)
            for name, place in zip(symbols, places, strict=True)
        }


def _is_close(a: Any, b: Any) -> bool:
    return bool(abs(a - b) <= sympy.Float("1e-12") * (1 + abs(a) + abs(b)))


def agreement(left: Any, right: Any, where: Any, clock: Clock) -> Agreement:
    """Two expressions compared at a dozen places.

    Only places count at which `where` is real too: the function whose derivatives they claim to be. And a
    difference counts only if ten times the digits confirm both sides: 1 − tanh² cancels beyond any digits.
    """
    left, right, where = plain(left), plain(right), plain(where)
    symbols = sorted(left.free_symbols | right.free_symbols | where.free_symbols, key=str)
    both = same = 0
    parts = None
    for point in _points(symbols):
        a, b = (clock.attempt(partial(value, expr, point), _PATIENCE) for expr in (left, right))
        if a is None or b is None:
            continue
        if where != left and clock.attempt(partial(value, where, point), _PATIENCE) is None:
            continue
        if _is_close(a, b):
            both, same = both + 1, same + 1
            continue
        finer = [
            clock.attempt(partial(value, expr, point, 10 * _DIGITS), _PATIENCE) for expr in (left, right)
        ]
        if all(
            fine is not None and _is_close(coarse, fine) for coarse, fine in zip((a, b), finer, strict=True)
        ):
            both += 1
            at = {name.name: float(place) for name, place in point.items()}
            parts = parts or (at, float(a), float(b))
    return Agreement(both, same, parts)


def smallest_gap(difference: Any, where: Any, clock: Clock) -> tuple[dict[str, float], float] | None:
    """A place at which a difference that seemed to be 0 is none, and what it is there; None where that is not sure.

    It is where many digits and ten times as many tell the same, far above the last of them.
    """
    difference, where = plain(difference), plain(where)
    for point in _points(sorted(difference.free_symbols | where.free_symbols, key=str)):
        coarse, fine = (
            clock.attempt(partial(value, difference, point, digits), _PATIENCE) for digits in _FINE
        )
        if coarse is None or fine is None or value(where, point) is None:
            continue
        if abs(fine) > _LEAST and abs(coarse - fine) <= abs(fine) * sympy.Float("1e-6"):
            return {name.name: float(place) for name, place in point.items()}, float(fine)
        return None
    return None
