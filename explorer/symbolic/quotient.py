"""The algebra of the difference quotient, line by line, until h → 0 can be read off.

Each line is the one before it, rewritten; only the last is a limit. How a quotient is rewritten depends on
the function: see `quotient_forms`. Where no such form is known, one honest line says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import sympy

from explorer.expression import Add, Divide, Negate, Node, Subtract, Variable, free_variables
from explorer.expression.tidy import add, divide, multiply, negate
from explorer.symbolic.clock import Clock
from explorer.symbolic.convert import increment, symbol, to_sympy
from explorer.symbolic.numbers import agreement
from explorer.symbolic.quotient_forms import BARS, CORNER, FORMS, SAME, SHRINK, Line, Part, quotient_of, shift
from explorer.symbolic.simplify import length, merged, shortest
from explorer.symbolic.typeset import to_tree

__all__ = ["algebra"]

_PATIENCE = 0.6
_DEPTH = 2


def algebra(root: Node, variable: str, clock: Clock, found: Callable[[list[Line]], None]) -> list[Line]:
    """The lines, in the variable and h; `found` hears of them before the limit has its shortest form."""
    if "h" in free_variables(root):
        raise ValueError("h is the increment")
    x, f = symbol(variable), to_sympy(root)
    slope = sympy.diff(to_sympy(root, open_ties=True), x)
    lines = [Line("Substitute", f"Put {variable} + h and {variable} into f.", quotient_of(root, x))]
    part = clock.attempt(lambda: _part(f, x, _DEPTH), _PATIENCE)
    if part is not None:
        rewritten = [*lines, *_different(lines[0], part.lines)]
        holds = clock.attempt(partial(_holds, rewritten, part.limit, slope, clock), _PATIENCE)
        part, lines = (part, rewritten) if holds else (None, lines)

    def ended(slope: Any) -> list[Line]:
        return [*lines, _word(f, x, slope) if part is None else _limit(part, slope)]

    found(ended(slope))
    return ended(shortest(slope, f, clock, lambda _: None))


def _different(first: Line, lines: list[Line]) -> list[Line]:
    """Without the lines that say again what the line before says."""
    kept = [first]
    for line in lines:
        if line.tree != kept[-1].tree:
            kept.append(line)
    return kept[1:]


def _limit(part: Part, slope: Any) -> Line:
    shown = min(slope, merged(part.limit), key=length)
    return Line("Let h → 0", part.reason, to_tree(shown), "limit", part.aside)


def _word(f: Any, x: Any, slope: Any) -> Line:
    if f.is_rational_function(x):
        title, sentence = (
            "Too long to show",
            "h cancels here as in shorter formulas, but the lines fill pages. The limit is",
        )
    else:
        title, sentence = (
            "Here algebra stops",
            "Rewriting alone does not cancel h in this quotient. The rules of differentiation give its limit",
        )
    return Line(title, sentence, to_tree(slope), "word")


def _holds(lines: list[Line], limit: Any, slope: Any, clock: Clock) -> bool:
    """Whether every line has the values of the first, and the limit those of the derivative."""
    values = [to_sympy(line.tree).subs(sympy.Symbol("h", real=True), increment()) for line in lines]
    pairs = [agreement(values[0], value, values[0], clock) for value in values[1:]]
    pairs.append(agreement(limit, slope, values[0], clock))
    return all(pair.same == pair.both > 0 for pair in pairs)


# -- which form, and sums, products, squares and reciprocals of forms --------------------------------------


def _part(f: Any, x: Any, depth: int) -> Part | None:
    """The quotient of f rewritten until its limit can be seen, or None."""
    for form in FORMS:
        part = form(f, x)
        if part is not None:
            return part
    if depth == 0:
        return None
    if f.is_Add:
        return _sum(f, x, depth)
    if isinstance(f, sympy.tan):
        return _product(sympy.sin(f.args[0]), 1 / sympy.cos(f.args[0]), x, depth)
    if f.is_Pow and f.exp in (2, -1):
        return (_square if f.exp == 2 else _reciprocal)(f.base, x, depth)
    if f.is_Mul:
        constant, rest = f.as_independent(x, as_Add=False)
        if constant != 1:
            return _scaled(constant, rest, x, depth)
        rational, others = _halves(f, x)
        u, v = (rational, others) if rational else (others[:1], others[1:])
        return _product(sympy.Mul(*u), sympy.Mul(*v), x, depth) if v else None
    return None


def _square(g: Any, x: Any, depth: int) -> Part | None:
    inner = _part(g, x, depth - 1)
    if inner is None:
        return None
    b = to_tree(g)
    both = Add(shift(b, x), b)
    lines = [
        Line("Factor", "a² − b² = (a + b)(a − b).", multiply(both, quotient_of(b, x))),
        Line(
            "Work on the quotient",
            "The quotient that is left is rewritten as it would be alone.",
            multiply(both, inner.end),
        ),
    ]
    why = _reasons([inner])
    return Part(lines, lines[-1].tree, 2 * g * inner.limit, why.reason, why.aside)


def _reciprocal(g: Any, x: Any, depth: int) -> Part | None:
    inner = _part(g, x, depth - 1)
    if inner is None:
        return None
    b = to_tree(g)
    a = shift(b, x)
    below = multiply(a, b)
    lines = [
        Line(
            "Common denominator",
            "Bring both fractions over one denominator.",
            Divide(Subtract(b, a), multiply(Variable("h"), below)),
        ),
        Line(
            "Split",
            "What is left is the quotient of the denominator, with a minus sign.",
            Negate(Divide(quotient_of(b, x), below)),
        ),
        Line(
            "Work on the quotient", "It is rewritten as it would be alone.", negate(divide(inner.end, below))
        ),
    ]
    return Part(lines, lines[-1].tree, -inner.limit / g**2, inner.reason, inner.aside)


def _scaled(constant: Any, f: Any, x: Any, depth: int) -> Part | None:
    inner = _part(f, x, depth)
    if inner is None:
        return None
    factor = to_tree(constant)

    def scale(line: Line) -> Line:
        return replace(line, tree=multiply(factor, line.tree))

    start = Line(
        "Take the constant out",
        "A constant factor stays in front.",
        multiply(factor, quotient_of(to_tree(f), x)),
    )
    lines = [start, *(scale(line) for line in inner.lines)]
    return Part(lines, multiply(factor, inner.end), constant * inner.limit, inner.reason, inner.aside)


def _halves(f: Any, x: Any) -> tuple[list[Any], list[Any]]:
    """The terms (or factors) of f that are rational in x, and the others."""
    rational = [part for part in f.args if part.is_rational_function(x)]
    return rational, [part for part in f.args if part not in rational]


@dataclass(frozen=True)
class _Reasons:
    reason: str
    aside: str


def _reasons(parts: list[Part]) -> _Reasons:
    """The reasons of several parts in one breath, known limits first; what holds of one part alone is not said."""
    known = [part for part in parts if part.aside]
    reasons = [BARS if part.reason == CORNER else part.reason for part in parts]
    plain = next((reason for reason in (BARS, SHRINK, SAME) if reason in reasons), reasons[0])
    said = dict.fromkeys([part.reason for part in known] or [plain])
    if known and plain in (BARS, SHRINK):
        said["Every other term with h shrinks with it."] = None
    return _Reasons(" ".join(said), r",\quad ".join(dict.fromkeys(part.aside for part in known)))


def _sum(f: Any, x: Any, depth: int) -> Part | None:
    rational, others = _halves(f, x)
    terms = ([sympy.Add(*rational)] if rational else []) + others
    found = [_part(term, x, depth - 1) for term in terms]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found):
        return None
    split = _total([quotient_of(to_tree(term), x) for term in terms])
    end = _total([part.end for part in parts])
    lines = [
        Line("Split the sum", "The quotient of a sum is the sum of the quotients.", split),
        Line("Work on each part", "Each quotient is rewritten as it would be alone.", end),
    ]
    why = _reasons(parts)
    return Part(lines, end, sympy.Add(*(part.limit for part in parts)), why.reason, why.aside)


def _total(nodes: list[Node]) -> Node:
    total = nodes[0]
    for node in nodes[1:]:
        total = add(total, node)
    return total


def _times(left: Node, right: Node) -> Node:
    """A product in which a fraction on the left takes the right factor up over its bar."""
    match left:
        case Negate(operand):
            return negate(_times(operand, right))
        case Divide(top, bottom):
            return Divide(multiply(top, right), bottom)
    return multiply(left, right)


def _product(u: Any, v: Any, x: Any, depth: int) -> Part | None:
    left, right = _part(u, x, depth - 1), _part(v, x, depth - 1)
    if left is None or right is None:
        return None
    old_u, old_v = to_tree(u), to_tree(v)
    new_u, new_v = shift(old_u, x), shift(old_v, x)
    h = Variable("h")
    middle = _times(new_u, old_v)
    padded = Add(Subtract(_times(new_u, new_v), middle), Subtract(middle, _times(old_u, old_v)))
    split = add(_times(new_u, quotient_of(old_v, x)), multiply(old_v, quotient_of(old_u, x)))
    last = _times(left.end, old_v) if u.is_rational_function(x) else multiply(old_v, left.end)
    end = add(_times(new_u, right.end), last)
    lines = [
        Line(
            "Take away and add the same",
            "The middle product changes one factor at a time.",
            Divide(padded, h),
        ),
        Line("Split", "Each bracket holds the quotient of one factor alone.", split),
        Line("Work on each quotient", "Each quotient is rewritten as it would be alone.", end),
    ]
    why = _reasons([left, right])
    return Part(lines, end, u * right.limit + v * left.limit, why.reason, why.aside)
