"""What a worker can be asked; the server's side of each question is in `questions`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import sympy

from explorer.symbolic.clock import Clock
from explorer.symbolic.convert import Step, plain, symbol, to_sympy
from explorer.symbolic.numbers import agreement, smallest_gap, value
from explorer.symbolic.quotient import algebra
from explorer.symbolic.quotient_forms import Line
from explorer.symbolic.simplify import merged, shortest
from explorer.symbolic.sympy_rows import pack_sympy
from explorer.symbolic.typeset import UnwrittenError, to_tree
from explorer.symbolic.wire import Message, TooLongError, pack, unpack
from explorer.symbolic.worker import Report, Task

__all__ = ["TASKS", "differentiated"]

_SHARE, _MOST = 0.6, 1.2
"""The part of the budget that a worker spends on nicer forms, and the most seconds; the rest is for what cannot
be interrupted."""


def _clock(request: Message) -> Clock:
    return Clock(min(_SHARE * float(request["budget"]), _MOST))


def formula(expr: Any) -> dict[str, Any]:
    """A formula as a message: SymPy's rows, and our tree's where our formulas can say it."""
    try:
        tree = pack(to_tree(expr))
    except UnwrittenError:
        tree = None
    return {"sympy": pack_sympy(plain(expr)), "tree": tree}


def differentiated(expr: Any, variables: Sequence[str]) -> Any:
    """The derivative with respect to one variable after the other, unsimplified.

    sign(u), which SymPy makes of |u|′, is flat for the next derivative: u/|u|, undefined at 0.
    """
    for name in variables:
        flat = expr.replace(sympy.sign, lambda u: Step(sympy.Symbol("direction"), u))
        expr = sympy.diff(flat, symbol(name))
    expr = expr.replace(lambda part: isinstance(part, Step) and part.args[0].name == "direction", _direction)
    if expr.has(sympy.Derivative, sympy.Subs, sympy.DiracDelta, sympy.Heaviside):
        raise ValueError("no derivative in elementary functions")
    if expr.has(sympy.I, sympy.zoo, sympy.nan, sympy.oo):
        raise ValueError("nowhere a real number")
    return expr


def _direction(step: Any) -> Any:
    return sympy.sign(step.args[1])


def derivative(request: Message, report: Report) -> Message:
    """The derivative, as short as the budget allows."""
    clock = _clock(request)
    given = to_sympy(unpack(request["tree"]), open_ties=True)
    expr = differentiated(given, request["variables"])

    def found(form: Any) -> None:
        with suppress(TooLongError):  # a shorter form may follow
            report(formula(form))

    return formula(shortest(expr, given, clock, found))


def verification(request: Message, report: Report) -> Message:
    """Whether `claim` is the derivative of `tree`: first by numbers, then by algebra."""
    clock = _clock(request)
    ours = to_sympy(unpack(request["claim"]))
    given = to_sympy(unpack(request["tree"]), open_ties=True)
    theirs = differentiated(given, request["variables"])
    numbers = agreement(ours, theirs, given, clock)
    if numbers.same < numbers.both:
        return {"verdict": "refuted", "parts": numbers.parts}
    flat = given.has(Step)
    verdict = {"verdict": "agrees_numerically" if numbers.both else "open", "flat": flat}
    report(verdict)
    gap = smallest_gap(ours - theirs, given, clock) if numbers.both else None
    if gap is not None:
        return {"verdict": "close", "gap": gap}
    return {"verdict": "proved", "flat": flat} if _is_zero(ours - theirs, clock) else verdict


def _is_zero(difference: Any, clock: Clock) -> bool:
    # Two ways to write the slope of |u|, and of its roots.
    difference = merged(difference.replace(sympy.sign, lambda u: u / sympy.Abs(u)))
    if difference == 0:
        return True
    forms = (sympy.expand, sympy.cancel, sympy.ratsimp, sympy.trigsimp, sympy.simplify)
    return any(clock.attempt(partial(form, difference), 0.5) == 0 for form in forms)


def limit(request: Message, _report: Report) -> Message:
    """The limit of a formula at a place, from one side; held against values close to it."""
    name = symbol(request["variable"])
    expr = plain(to_sympy(unpack(request["tree"])))
    at = {"oo": sympy.oo, "-oo": -sympy.oo}.get(request["at"])
    place = sympy.Rational(request["at"]) if at is None else at
    result = sympy.limit(expr, name, place, request["side"])
    if isinstance(result, sympy.AccumBounds) or result.has(sympy.nan, sympy.zoo):
        return {"exists": False}
    if at is None and result.is_finite and not _is_approached(expr, name, place, request["side"], result):
        raise ValueError("the numbers do not confirm the limit")
    return {"exists": True, **formula(result)}


def _is_approached(expr: Any, name: Any, place: Any, side: str, result: Any) -> bool:
    sign = 1 if side == "+" else -1
    near = [value(expr, {name: place + sign * sympy.Rational(1, 10**k)}) for k in (4, 8, 12)]
    if None in near:
        return False
    far = [abs(number - result.evalf(30)) for number in near]
    return bool(far[2] <= far[1] <= far[0] + sympy.Float("1e-20")) or bool(far[2] < sympy.Float("1e-6"))


def quotient(request: Message, report: Report) -> Message:
    """The algebra of (f(x + h) − f(x))/h, line by line."""

    def found(lines: Sequence[Line]) -> None:
        with suppress(TooLongError):
            report(_lines(lines))

    return _lines(algebra(unpack(request["tree"]), request["variable"], _clock(request), found))


def _lines(lines: Sequence[Line]) -> dict[str, Any]:
    """Kind, title, sentence, aside and the rows of the tree, in the variable and h."""
    words = ("kind", "title", "sentence", "aside")
    return {
        "lines": [
            {**{word: getattr(line, word) for word in words}, "tree": pack(line.tree)} for line in lines
        ]
    }


TASKS: dict[str, Task] = {
    "derivative": derivative,
    "verification": verification,
    "limit": limit,
    "quotient": quotient,
}
