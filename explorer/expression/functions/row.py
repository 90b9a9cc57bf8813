"""What a function is: one row that says how it is read, computed, differentiated and written down.

Everything that meets functions (the reader, the printer, the steps, the search for breaks, the tape, SymPy, the
tests) walks the rows; a new function is a new row, and a case in assets/live/tape/machine.js.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from explorer.expression.operations import Operation
from explorer.expression.tidy import divide, exact, is_monomial, multiply
from explorer.expression.tree import Call, Node, Power

__all__ = [
    "AT_ZERO", "DIVISION_BY_ZERO", "EVEN_ROOT", "NEVER_ZERO", "TWO", "ZERO_AT_ZERO", "Abbreviation",
    "Behind", "Domain", "Fences", "Function", "Level", "Name", "Radical", "Rule", "Slope", "Word",
    "chain", "levels", "of", "over", "square", "times",
]  # fmt: skip

TWO = exact(2)

EVEN_ROOT = "An even root of a negative number is not a real number."
DIVISION_BY_ZERO = "Here is a division by zero: this has no value."

Slope = Callable[[Call, Sequence[Node]], Node]
"""The derivative of a call from those of its arguments."""


@dataclass(frozen=True)
class Rule:
    """The rule of differentiation that a step names, and the sentence shown with it."""

    name: str
    note: str


@dataclass(frozen=True)
class Level:
    """Where an argument is `at`, or `every` so much from there; `defined`: the function has a value there."""

    at: float
    every: float = 0.0
    defined: bool = True


Meets = Callable[[float], tuple[Level, ...] | None]


def levels(known: Mapping[float, tuple[Level, ...]]) -> Meets:
    """The levels of the argument for a few values of a function."""

    def told(value: float) -> tuple[Level, ...] | None:
        return known.get(value)

    return told


AT_ZERO = Level(0.0)
ZERO_AT_ZERO = levels({0: (AT_ZERO,)})
NEVER_ZERO = levels({0: ()})
UNTOLD = levels({})


@dataclass(frozen=True)
class Domain:
    """The interval of the arguments that have a value; whether its ends belong to it."""

    low: float = -math.inf
    high: float = math.inf
    closed: bool = True


@dataclass(frozen=True)
class Name:
    """Typeset as an upright name, with an index if there is one: arsinh u, log₂ u.

    A lone letter always needs `brackets`, or it would look like a factor.
    """

    text: str
    latex: str = ""
    index: str = ""
    brackets: bool = False

    @property
    def command(self) -> str:
        """The name in LaTeX."""
        return self.latex or rf"\operatorname{{{self.text}}}"


@dataclass(frozen=True)
class Fences:
    """Typeset between signs: |u|."""

    left: str
    right: str


@dataclass(frozen=True)
class Radical:
    """Typeset under a root; its index is a number, nothing, or the second argument."""

    index: str = ""


@dataclass(frozen=True)
class Behind:
    """Written and typeset as a sign behind: 5!."""

    sign: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Word:
    """A name that may be typed; `near` words of other languages and notations are suggested, not read.

    `arity` is how many things it takes, at least and at most; `takes` the sentence when there are others.
    """

    name: str
    aliases: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    arity: tuple[int, int] = (1, 1)
    takes: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Abbreviation(Word):
    """A name that is read as something else: arcsec u as arccos(1/u)."""

    meaning: Callable[..., Node]


@dataclass(frozen=True, eq=False, kw_only=True)
class Function(Word):
    """A function of trees.

    Its value is computed by an `operation` of the tape, or else by a `definition` in other functions. Outside its
    `domain` it is undefined, and a constant there is refused with the sentence `outside`; at the ends of that and
    at `breaks` it may break or bend. `meets` tells where it has a value by where its argument has one: sin u = 0
    at u = kπ; None where nothing simpler than f(u) itself is known. `sympy` is a name in SymPy or a tree in
    other functions (nothing: the `definition`).
    """

    sign: str = ""  # may be typed in front: √
    watched: Callable[..., Node] = lambda u, *_: u  # what has the levels named below: the first argument
    inverse: str = ""  # what sin⁻¹ means; such a name carries its powers: sin² u
    operation: Operation | None = None
    definition: Callable[..., Node] | None = None
    domain: Domain = Domain()
    outside: str = "This number is not a real number."
    breaks: tuple[Level, ...] = ()
    meets: Meets = UNTOLD
    steps: bool = False  # jumps at its breaks, constant between them but for what is taken away
    grows: bool = False  # like eᵘ: only a few may be stacked
    rising: bool = False  # it never falls where it is defined
    rule: Rule
    slope: Slope
    sympy: str | Callable[..., Node] = ""
    look: Name | Fences | Radical | Behind

    @property
    def chooses(self) -> bool:
        """Whether it takes any number of things and is one of them: min and max."""
        return self.arity[0] < self.arity[1]

    @cached_property
    def edges(self) -> tuple[Level, ...]:
        """Levels of what is watched at which the function may break or bend."""
        ends = [end for end in (self.domain.low, self.domain.high) if math.isfinite(end)]
        return (*(Level(end, defined=self.domain.closed) for end in ends), *self.breaks)

    @cached_property
    def total(self) -> bool:
        """Whether it is defined for all real numbers."""
        return self.domain == Domain() and all(edge.defined for edge in self.edges)


def chain(outer: Node, inner: Node) -> Node:
    """Outer derivative · inner derivative; a plain inner one such as 2x is written in front."""
    return multiply(inner, outer) if is_monomial(inner) else multiply(outer, inner)


def times(outer: Callable[[Node], Node]) -> Slope:
    """A derivative that is written as a factor: (sin u)′ = cos u · u′."""
    return lambda call, inner: chain(outer(call.arguments[0]), inner[0])


def over(below: Callable[[Node], Node]) -> Slope:
    """A derivative that is written as a quotient: (ln u)′ = u′/u."""
    return lambda call, inner: divide(inner[0], below(call.arguments[0]))


def of(name: str) -> Callable[..., Node]:
    """What makes calls of a function."""
    return lambda *arguments: Call(name, arguments)


def square(u: Node) -> Node:
    """u²."""
    return Power(u, TWO)
