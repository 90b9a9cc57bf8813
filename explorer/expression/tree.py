"""The expression tree: what was typed, as typed.

Nodes are frozen, hashable and binary, and nothing is simplified: (x²)³ stays a power of a power. Every walk
over a tree is a `fold`, which visits each shared node once and needs no recursion, so derivatives (where
subtrees are shared a lot) stay cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, TypeVar

__all__ = [
    "Add",
    "And",
    "Call",
    "Comparison",
    "Constant",
    "Divide",
    "Multiply",
    "Negate",
    "Node",
    "Number",
    "Pending",
    "Piecewise",
    "Power",
    "Subtract",
    "Variable",
    "combine_exactly",
    "fold",
    "fold_all",
    "free_variables",
    "is_short",
    "rational_value",
    "tree_size",
]

MAX_BITS = 1024
"""Exact numbers with a longer numerator or denominator are never formed."""

Result = TypeVar("Result")


class Node:
    """A part of a formula. Equal when written alike; hash and children are found once, when it is made."""

    __match_args__: ClassVar[tuple[str, ...]] = ()  # the names of the fields, set by dataclass
    _hash: int
    children: tuple[Node, ...]
    """The nodes directly below, in the order in which they are written."""

    def __post_init__(self) -> None:
        held = self.__dict__  # the fields in their order, and nothing else yet
        parts = tuple(held.values())
        held["_hash"] = hash((type(self).__name__, *parts))
        held["children"] = self._children(parts)

    @property
    def parts(self) -> tuple[Any, ...]:
        """The values of the fields, in order."""
        return tuple([getattr(self, name) for name in self.__match_args__])

    def _children(self, parts: tuple[Any, ...]) -> tuple[Node, ...]:
        return tuple([part for part in parts if isinstance(part, Node)])

    def _label(self) -> tuple[Any, ...]:
        """What tells two nodes apart besides their children."""
        return tuple(part for part in self.parts if not isinstance(part, Node))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node):
            return NotImplemented
        pairs, met = [(self, other)], set()
        while pairs:
            a, b = pairs.pop()
            if a is b or (id(a), id(b)) in met:
                continue
            if a._hash != b._hash or type(a) is not type(b) or a._label() != b._label():
                return False
            if len(a.children) != len(b.children):
                return False
            met.add((id(a), id(b)))
            pairs.extend(zip(a.children, b.children, strict=True))
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        # Hashes of strings differ between processes: a copy computes its own.
        return type(self), self.parts


@dataclass(frozen=True, eq=False)
class Number(Node):
    """A number as written: never negative, with finitely many decimals."""

    value: Fraction


@dataclass(frozen=True, eq=False)
class Constant(Node):
    """`pi` or `e`."""

    name: str


@dataclass(frozen=True, eq=False)
class Variable(Node):
    """A variable such as x."""

    name: str


@dataclass(frozen=True, eq=False)
class Negate(Node):
    """−operand."""

    operand: Node


@dataclass(frozen=True, eq=False)
class Add(Node):
    """left + right."""

    left: Node
    right: Node


@dataclass(frozen=True, eq=False)
class Subtract(Node):
    """left − right."""

    left: Node
    right: Node


@dataclass(frozen=True, eq=False)
class Multiply(Node):
    """left · right."""

    left: Node
    right: Node


@dataclass(frozen=True, eq=False)
class Divide(Node):
    """left / right."""

    left: Node
    right: Node


@dataclass(frozen=True, eq=False)
class Power(Node):
    """base ^ exponent."""

    base: Node
    exponent: Node


@dataclass(frozen=True, eq=False)
class Call(Node):
    """function(arguments)."""

    function: str
    arguments: tuple[Node, ...]

    def _children(self, _parts: tuple[Any, ...]) -> tuple[Node, ...]:
        return self.arguments

    def _label(self) -> tuple[Any, ...]:
        return (self.function,)


@dataclass(frozen=True, eq=False)
class Comparison(Node):
    """left operator right, with one of <, <=, >, >=, =, !=; only as a condition."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, eq=False)
class And(Node):
    """Both conditions."""

    left: Node
    right: Node


@dataclass(frozen=True, eq=False)
class Piecewise(Node):
    """The first branch whose condition holds, else `otherwise`; undefined where that is None."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None

    def _children(self, _parts: tuple[Any, ...]) -> tuple[Node, ...]:
        # Condition, value, condition, value, …, and `otherwise` where there is one.
        flat = tuple(part for branch in self.branches for part in branch)
        return flat if self.otherwise is None else (*flat, self.otherwise)

    def _label(self) -> tuple[Any, ...]:
        return (len(self.branches), self.otherwise is None)


@dataclass(frozen=True, eq=False)
class Pending(Node):
    """A derivative still to be taken; only in the steps that lead to one."""

    operand: Node
    variable: str
    partial: bool = False  # written with ∂: there are other variables


def fold(
    root: Node, combine: Callable[[Node, Sequence[Result]], Result], known: Mapping[int, Result] | None = None
) -> Result:
    """`combine(node, results of its children)` from the leaves up, once per shared node.

    Nodes whose results are `known` by their id are not looked into.
    """
    return fold_all([root], combine, known)[0]


def fold_all(
    roots: Sequence[Node],
    combine: Callable[[Node, Sequence[Result]], Result],
    known: Mapping[int, Result] | None = None,
) -> list[Result]:
    """The same for several trees: what they share is visited once, too."""
    done = dict(known or {})
    waiting = [*reversed(roots)]
    while waiting:
        node = waiting[-1]
        if id(node) not in done:
            children = node.children
            missing = [child for child in children if id(child) not in done]
            if missing:
                waiting += reversed(missing)
                continue
            done[id(node)] = combine(node, [done[id(child)] for child in children])
        waiting.pop()
    return [done[id(root)] for root in roots]


def free_variables(*roots: Node) -> frozenset[str]:
    """The names of the variables in one tree or several."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting = [*roots]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            if node.children:
                waiting.extend(node.children)
            elif isinstance(node, Variable):
                found.add(node.name)
    return frozenset(found)


def tree_size(root: Node) -> int:
    """The number of nodes written out, shared ones counted each time."""
    return fold(root, lambda _, sizes: 1 + sum(sizes))


def combine_exactly(node: Node, values: Sequence[Fraction | None]) -> Fraction | None:
    """The exact value of a node from those of its children; see `rational_value`."""
    if isinstance(node, Number):
        return node.value
    if not values or any(value is None for value in values):
        return None
    known = [value for value in values if value is not None]
    result: Fraction | None = None
    match node:
        case Negate():
            result = -known[0]
        case Add():
            result = known[0] + known[1]
        case Subtract():
            result = known[0] - known[1]
        case Multiply():
            result = known[0] * known[1]
        case Divide():
            result = known[0] / known[1] if known[1] else None
        case Power():
            result = _exact_power(known[0], known[1])
    return result if result is not None and is_short(result) else None


def _exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1 or (base == 0 and exponent <= 0):
        return None
    # The length of the result is known before it is computed: |exponent| times that of the base.
    if abs(exponent) * max(_bits(base) - 1, 1) > 2 * MAX_BITS:
        return base if base == 1 else None
    return Fraction(base ** int(exponent))


def is_short(value: Fraction) -> bool:
    """Whether neither numerator nor denominator is longer than `MAX_BITS` bits."""
    return _bits(value) <= MAX_BITS


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def rational_value(root: Node) -> Fraction | None:
    """The exact value of a constant made of numbers and + − · / ^ only; None for anything else.

    Powers with fractional exponents and numbers beyond `MAX_BITS` bits have none.
    """
    return root.value if isinstance(root, Number) else fold(root, combine_exactly)
