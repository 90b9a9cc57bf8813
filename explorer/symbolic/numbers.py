"""Numbers from SymPy expressions, with thirty digits, to hold one formula against another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sympy

from explorer.symbolic.convert import plain

__all__ = ["agreement", "value"]

_DIGITS = 30
# No special places: nothing cancels by accident at any of these, and both signs and several sizes are there.
_PLACES = (
    "0.3707",
    "-0.6131",
    "1.2143",
    "-1.7219",
    "2.8359",
    "-3.1717",
    "0.0533",
    "5.4347",
    "-7.9101",
    "11.317",
)


def value(expr: Any, point: Mapping[Any, Any]) -> Any | None:
    """The real value of a plain expression at a point, or None where it has none."""
    result = expr.xreplace({name: sympy.Float(place, _DIGITS) for name, place in point.items()}).evalf(
        _DIGITS
    )
    return result if result.is_Float or result.is_Rational else None


def _points(symbols: list[Any]) -> Iterator[dict[Any, Any]]:
    for start in range(len(_PLACES)):
        yield {name: _PLACES[(start + 3 * k) % len(_PLACES)] for k, name in enumerate(symbols)}


def agreement(left: Any, right: Any) -> tuple[int, int]:
    """At how many of ten places two expressions are both real, and at how many of those they agree."""
    left, right = plain(left), plain(right)
    symbols = sorted(left.free_symbols | right.free_symbols, key=str)
    both = same = 0
    for point in _points(symbols):
        a, b = value(left, point), value(right, point)
        if a is None or b is None:
            continue
        both += 1
        same += bool(abs(a - b) <= sympy.Float("1e-12") * (1 + abs(a) + abs(b)))
    return both, same
