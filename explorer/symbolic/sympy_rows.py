"""SymPy expressions as rows (see `wire`), and back without evaluating anything.

Only kinds in the table below are built, from their arguments, with `evaluate=False`: nothing is parsed, and
an expression that was costly to find costs nothing to rebuild.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

from explorer.symbolic.convert import COUNTERPARTS, INCREMENT
from explorer.symbolic.wire import MAX_ROWS, Row, TooLongError

__all__ = ["pack_sympy", "unpack_sympy"]

_LONGEST_NUMBER = 4096
"""Bits."""
_ATOMS: dict[str, Any] = {
    "Pi": sympy.pi,
    "Exp1": sympy.E,
    "Infinity": sympy.oo,
    "NegativeInfinity": -sympy.oo,
    "BooleanTrue": sympy.true,
    "BooleanFalse": sympy.false,
}
_COMPOUND: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        *(sympy.Add, sympy.Mul, sympy.Pow, sympy.And, sympy.Or, sympy.Not),
        *(sympy.Lt, sympy.Le, sympy.Gt, sympy.Ge, sympy.Eq, sympy.Ne),
        *(kind for kind in COUNTERPARTS.values() if isinstance(kind, type)),
    )
}


def pack_sympy(expr: Any) -> list[Row]:
    """The rows of an expression. Raises TooLongError, or ValueError for a kind that is not in the table."""
    rows: list[Row] = []
    known: dict[Any, int] = {}

    def place(part: Any) -> int:
        if part not in known:
            if len(rows) >= MAX_ROWS:
                raise TooLongError(f"more than {MAX_ROWS} rows")
            row = _row(part, place)
            known[part] = len(rows)
            rows.append(row)
        return known[part]

    place(expr)
    return rows


def _row(part: Any, place: Any) -> Row:
    kind = type(part).__name__
    if part.is_Rational:
        if max(part.p.bit_length(), part.q.bit_length()) > _LONGEST_NUMBER:
            raise TooLongError("a number of more than 4096 bits")
        return ("Rational", hex(part.p), hex(part.q))
    if part.is_Symbol:
        return ("Symbol", "h" if part.name == INCREMENT else part.name)
    if kind in _ATOMS:
        return (kind,)
    if isinstance(part, sympy.Piecewise):
        return ("Piecewise", *(place(side) for branch in part.args for side in branch))
    if kind in _COMPOUND:
        return (kind, *(place(argument) for argument in part.args))
    raise ValueError(f"{kind} is not among the known functions")


def unpack_sympy(rows: Sequence[Row]) -> Any:
    """The expression of rows made by `pack_sympy`, in plain symbols: `sympy.Symbol("x")`."""
    built: list[Any] = []
    for kind, *rest in rows:
        if kind == "Rational":
            built.append(sympy.Rational(*(int(str(word), 16) for word in rest)))
        elif kind == "Symbol":
            built.append(sympy.Symbol(str(rest[0])))
        elif kind in _ATOMS:
            built.append(_ATOMS[str(kind)])
        elif kind == "Piecewise":
            sides = [built[int(row)] for row in rest]
            built.append(sympy.Piecewise(*zip(sides[::2], sides[1::2], strict=True), evaluate=False))
        else:
            built.append(_COMPOUND[str(kind)](*(built[int(row)] for row in rest), evaluate=False))
    return built[-1]
