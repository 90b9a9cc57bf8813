"""What the server asks its workers, and what it gets: frozen results with our own expressions."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar

from explorer.expression import Expression
from explorer.symbolic.budget import OverBudget, Reason
from explorer.symbolic.pool import Pool, shared_pool
from explorer.symbolic.wire import Message, Row, TooLongError, pack, unpack

__all__ = [
    "Algebra",
    "AlgebraLine",
    "Derivative",
    "Formula",
    "Limit",
    "LineKind",
    "OneSidedLimit",
    "Question",
    "Ticket",
    "Verdict",
    "VerdictKind",
    "Verification",
    "request",
]

Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)


@dataclass(frozen=True)
class Formula:
    """A formula that SymPy found.

    `expression` is the same in our own form, ready to be typeset or run on arrays; None where our formulas
    cannot say it (∞).
    """

    expression: Expression | None
    _rows: tuple[Row, ...]

    @property
    def sympy(self) -> Any:
        """The SymPy object, in plain symbols such as `sympy.Symbol("x")`; imports SymPy when first asked."""
        from explorer.symbolic.sympy_rows import unpack_sympy  # noqa: PLC0415 - 40 MB that a page never needs

        return unpack_sympy(self._rows)

    @property
    def latex(self) -> str:
        """LaTeX, in the conventions of the typed formula."""
        if self.expression is not None:
            return self.expression.latex()
        from sympy import latex  # noqa: PLC0415 - as above

        return str(latex(self.sympy, ln_notation=True))

    @property
    def text(self) -> str:
        """The formula as it would be typed; empty where it cannot be."""
        return "" if self.expression is None else self.expression.text


class VerdictKind(Enum):
    """How far two derivatives were compared."""

    PROVED = "proved"
    AGREES = "agrees_numerically"
    CLOSE = "close"
    REFUTED = "refuted"
    OPEN = "open"
    OVER_BUDGET = "over_budget"


_VERDICTS = {
    VerdictKind.PROVED: "Checked: a second program found the same derivative.",
    VerdictKind.AGREES: "Checked by numbers: a second program's derivative agrees wherever tried.",
    VerdictKind.CLOSE: "Equal to as many digits as numbers here have, but not the same.",
    VerdictKind.REFUTED: "A second program found another derivative. One of the two is wrong; trust neither.",
    VerdictKind.OPEN: "Not checked: the two derivatives share no place at which they could be compared.",
}


UNCHECKED = {
    Reason.TIME: "that takes too long",
    Reason.MEMORY: "that takes too much memory",
    Reason.LENGTH: "the formula is too long",
    Reason.BUSY: "many formulas are being checked just now",
    Reason.STARTING: "the program that checks them is not ready just now",
    Reason.REPLACED: "a newer formula took the place of this one",
    Reason.FAILED: "it gave no answer for this function",
}


@dataclass(frozen=True)
class Verdict:
    """Whether a derivative was confirmed, and the sentence that says so."""

    kind: VerdictKind
    sentence: str

    @staticmethod
    def over_budget(reason: OverBudget) -> Verdict:
        """The verdict when there was no time for one."""
        why = UNCHECKED[reason.reason]
        return Verdict(VerdictKind.OVER_BUDGET, f"Not checked by a second program: {why}.")


SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FLAT = " It was told that a step, as ⌊x⌋, is flat between its jumps."
"""Beside what SymPy found of a formula with steps, whose derivative it does not know by itself."""


def _parting(parts: Sequence[Any] | None) -> str:
    """A sentence on where two derivatives part; nothing where that is not known."""
    if parts is None:
        return ""
    at, ours, theirs = parts
    place = _place(at)
    digits = next((n for n in range(4, 17) if _written(ours, n) != _written(theirs, n)), 17)
    return f" At {place} this one gives {_written(ours, digits)}, the other {_written(theirs, digits)}."


def _gap(gap: Sequence[Any] | None) -> str:
    """By how much two formulas part that doubles cannot tell apart; nothing where that is not known."""
    if gap is None:
        return ""
    at, size = gap
    figures, _, exponent = f"{size:.1e}".replace("-", "−", 1 if size < 0 else 0).partition("e")
    return f" At {_place(at)} the difference is {figures}·10{str(int(exponent)).translate(SUPERSCRIPTS)}."


def _place(at: Mapping[str, float]) -> str:
    return ", ".join(f"{name} = {_written(value)}" for name, value in at.items())


def _written(value: float, digits: int = 7) -> str:
    return f"{value:.{digits}g}".replace("-", "−")


class LineKind(Enum):
    """What a line of algebra is: rewritten, the limit, or the word that rewriting does not do it."""

    ALGEBRA = "algebra"
    LIMIT = "limit"
    WORD = "word"


@dataclass(frozen=True)
class AlgebraLine:
    """One line of the difference quotient's algebra.

    `expression` is in the variable and h (a limit: no h is left), `aside` is LaTeX of the known limits that
    were used, empty where algebra did it alone.
    """

    title: str
    sentence: str
    kind: LineKind
    expression: Expression
    aside: str = ""

    @property
    def latex(self) -> str:
        """LaTeX of the line, without an equals sign in front."""
        return self.expression.latex()


Algebra = tuple[AlgebraLine, ...]


@dataclass(frozen=True)
class OneSidedLimit:
    """A limit from one side: its formula, or None where there is none (sin(1/x) at 0)."""

    formula: Formula | None


class Question(Protocol[Answer_co]):
    """Something to be asked: what goes to the worker, and how its answer is read."""

    def message(self) -> Message:
        """The request. Raises TooLongError."""
        ...

    def read(self, message: Message) -> Answer_co:
        """The result of an answer."""
        ...


@dataclass(frozen=True)
class Derivative:
    """The derivative with respect to the given variables, one after the other: ("x", "x") asks for f″."""

    expression: Expression
    variables: tuple[str, ...] = ("x",)

    def message(self) -> Message:
        """See Question."""
        return {"task": "derivative", "tree": pack(self.expression.root), "variables": self.variables}

    def read(self, message: Message) -> Formula:
        """See Question. Undefined where our own derivative is: 1/x for ln x at −1, 0 for sign x at 0."""
        ours = self.expression
        for name in self.variables:
            ours = ours.derivative(name)
        return _formula(message, Expression(ours.root, ours.variables, (*ours.guards, ours.root)))


@dataclass(frozen=True)
class Verification:
    """Whether `claim` is the derivative of `expression`."""

    expression: Expression
    claim: Expression
    variables: tuple[str, ...] = ("x",)

    def message(self) -> Message:
        """See Question."""
        tree, claim = pack(self.expression.root), pack(self.claim.root)
        return {"task": "verification", "tree": tree, "claim": claim, "variables": self.variables}

    def read(self, message: Message) -> Verdict:
        """See Question."""
        kind = VerdictKind(message["verdict"])
        flat = FLAT if message.get("flat") else ""
        return Verdict(
            kind, _VERDICTS[kind] + flat + _parting(message.get("parts")) + _gap(message.get("gap"))
        )


@dataclass(frozen=True)
class Quotient:
    """The algebra of the difference quotient."""

    expression: Expression
    variable: str = "x"

    def message(self) -> Message:
        """See Question."""
        return {"task": "quotient", "tree": pack(self.expression.root), "variable": self.variable}

    def read(self, message: Message) -> Algebra:
        """See Question."""
        variables = (*self.expression.variables, "h")
        return tuple(
            AlgebraLine(
                title=line["title"],
                sentence=line["sentence"],
                kind=LineKind(line["kind"]),
                expression=Expression(unpack(line["tree"]), variables),
                aside=line["aside"],
            )
            for line in message["lines"]
        )


@dataclass(frozen=True)
class Limit:
    """The limit at a place (`"oo"` and `"-oo"` for the ends of the axis), from the side "+" or "-"."""

    expression: Expression
    variable: str
    at: str
    side: str

    def message(self) -> Message:
        """See Question."""
        tree = pack(self.expression.root)
        return {"task": "limit", "tree": tree, "variable": self.variable, "at": self.at, "side": self.side}

    def read(self, message: Message) -> OneSidedLimit:
        """See Question."""
        return OneSidedLimit(_formula(message, self.expression) if message["exists"] else None)


def place(at: float | Fraction) -> str:
    """A place on the axis as a word: an exact fraction, "oo" or "-oo"."""
    if isinstance(at, float) and at in (float("inf"), float("-inf")):
        return "oo" if at > 0 else "-oo"
    return str(Fraction(repr(at)) if isinstance(at, float) else Fraction(at))


def _formula(message: Message, like: Expression) -> Formula:
    rows: Sequence[Row] = message["sympy"]
    tree = message["tree"]
    expression = None if tree is None else Expression(unpack(tree), like.variables, like.guards)
    return Formula(expression, tuple(tuple(row) for row in rows))


class Ticket(Generic[Answer]):
    """A question that is being worked on. Ask `done` as often as you like; it never waits."""

    def __init__(self, question: Question[Answer], pool: Pool, future: Future[Message]) -> None:
        self._question, self._pool, self._future = question, pool, future

    @property
    def done(self) -> bool:
        """Whether `result` returns (or raises) at once."""
        return self._future.done()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; whether the ticket is done."""
        wait([self._future], timeout=seconds)
        return self.done

    def result(self) -> Answer:
        """The answer, waited for within the budget. Raises OverBudget."""
        return self._question.read(self._pool.wait(self._future))


def request(
    question: Question[Answer], session: Hashable | None = None, pool: Pool | None = None
) -> Ticket[Answer]:
    """Ask without waiting.

    A session's newer question of a kind (f′, f″, the algebra…) replaces its older one that still waits.
    """
    pool = pool or shared_pool()
    try:
        message = question.message()
    except TooLongError:
        refused: Future[Message] = Future()
        refused.set_exception(OverBudget(Reason.LENGTH))
        return Ticket(question, pool, refused)
    kind = {name: value for name, value in message.items() if name not in ("tree", "claim")}
    slot = None if session is None else (session, repr(sorted(kind.items())))
    return Ticket(question, pool, pool.submit(message, slot))
