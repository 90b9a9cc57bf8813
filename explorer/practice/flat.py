"""Products as their factors above and below the bar, sums as their terms, however they are nested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from explorer.expression import (
    Add,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Path,
    Power,
    Subtract,
    rational_value,
    with_children,
)

__all__ = [
    "Monomial",
    "Term",
    "factors_of",
    "monomial",
    "sum_of",
    "terms_of",
    "with_parts",
    "written",
]


@dataclass(frozen=True)
class Term:
    """A factor with whether it is above the bar, or a term with whether it is added; where it stands."""

    path: Path
    node: Node
    plus: bool = True


def with_parts(root: Node, parts: Mapping[Path, Node], path: Path = ()) -> Node:
    """The tree with other parts at some paths."""
    if path in parts:
        return parts[path]
    if not any(at[: len(path)] == path for at in parts):
        return root
    return with_children(
        root, [with_parts(child, parts, (*path, k)) for k, child in enumerate(root.children)]
    )


def factors_of(node: Node, path: Path = (), above: bool = True) -> list[Term]:
    """The factors of a product or quotient from left to right; a minus in front is none."""
    match node:
        case Negate(inner):
            return factors_of(inner, (*path, 0), above)
        case Multiply(left, right) | Divide(left, right):
            other = above if isinstance(node, Multiply) else not above
            return factors_of(left, (*path, 0), above) + factors_of(right, (*path, 1), other)
    return [Term(path, node, above)]


def terms_of(node: Node, path: Path = (), plus: bool = True) -> list[Term]:
    """The terms of a sum from left to right, with their signs."""
    match node:
        case Add(left, right) | Subtract(left, right):
            other = plus if isinstance(node, Add) else not plus
            return terms_of(left, (*path, 0), plus) + terms_of(right, (*path, 1), other)
    return [Term(path, node, plus)]


def sum_of(parts: Sequence[tuple[Node, bool]]) -> Node:
    """Terms as a sum, each added or taken away."""
    (first, plus), *others = parts
    total = first if plus else Negate(first)
    for part, plus in others:
        total = (Add if plus else Subtract)(total, part)
    return total


Monomial = tuple[Fraction, dict[Node, Fraction]]


def monomial(node: Node) -> Monomial:
    """The number of a term, and its other factors with their exponents."""
    number, bases = Fraction(1), dict[Node, Fraction]()
    for one in factors_of(node):
        value, sign = rational_value(one.node), 1 if one.plus else -1
        if value:
            number *= value**sign
            continue
        base, exponent = one.node, Fraction(1)
        match one.node:
            case Power(inner, Number(n)):
                base, exponent = inner, n
        bases[base] = bases.get(base, Fraction(0)) + sign * exponent
    return number, bases


def written(number: Fraction, bases: Mapping[Node, Fraction]) -> Node:
    """A monomial as a product."""
    root: Node = Number(number)
    for base, exponent in bases.items():
        root = Multiply(root, base if exponent == 1 else Power(base, Number(exponent)))
    return root
