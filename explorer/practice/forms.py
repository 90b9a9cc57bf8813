"""Formulas of the same form: a number or an inside is another one, in the function and in the line alike.

What explains a line by its form explains it there too; what does so by the value of a part does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from explorer.expression import (
    Add,
    Call,
    Constant,
    Divide,
    Expression,
    Node,
    Number,
    Path,
    Power,
    Variable,
    fold,
    with_children,
)

__all__ = ["Form", "forms_of"]

PI, ANOTHER_PI = Constant("pi"), Number(Fraction(28371, 10000))
RAISED = Fraction(3719, 10000)
"""By so much, and one more for each, the insides are moved: their slopes stay."""


@dataclass(frozen=True, eq=False)
class Form:
    """Another function and the same line about it; `shifts` are what has been added to insides."""

    f: Expression
    typed: Expression
    shifts: frozenset[Node] = frozenset()

    def path_in_f(self, path: Path) -> Path | None:
        """Where a part of the other function stands in the first; None for a sum that is not in that."""
        node, found, added = self.f.root, [], False
        for k in path:
            added = isinstance(node, Add) and node.right in self.shifts
            if not added:
                found.append(k)
            node = node.children[k]
        return None if isinstance(node, Add) and node.right in self.shifts else tuple(found)


def forms_of(f: Expression, typed: Expression, variable: str) -> Iterator[Form]:
    """With another number for π, and with other insides where the line keeps one as it stands.

    cos(1000π)·1000π is 1000π by what π is: who typed 1000π has hardly thought of the cosine. And 3(x²)³·2x is the
    slope of u³ with its exponent kept, whatever u is; that 3(x²)²·2x³ has the same values is because u is x².
    """
    form = Form(_with_another_pi(f), _with_another_pi(typed))
    if (form.f.root, form.typed.root) != (f.root, typed.root):
        yield form
    shifts: dict[Node, Node] = {}
    other_f = _with_insides(
        f, variable, lambda inside: shifts.setdefault(inside, Number(RAISED + len(shifts)))
    )
    other = _with_insides(typed, variable, shifts.get)
    if other.root != typed.root:
        yield Form(other_f, other, frozenset(shifts.values()))


def _with_another_pi(e: Expression) -> Expression:
    def other(node: Node, below: Sequence[Node]) -> Node:
        return ANOTHER_PI if node == PI else with_children(node, below)

    return Expression(fold(e.root, other), e.variables)


def _with_insides(e: Expression, variable: str, shift: Callable[[Node], Node | None]) -> Expression:
    """Where a function, a power or 1/u has something that moves inside, that and its shift, if it has one."""

    def other(node: Node, below: Sequence[tuple[Node, bool]]) -> tuple[Node, bool]:
        children, moving = [child for child, _ in below], [k for k, (_, moves) in enumerate(below) if moves]
        applies = isinstance(node, Power | Call) or (isinstance(node, Divide) and moving == [1])
        if applies and len(moving) == 1 and not isinstance(inside := node.children[moving[0]], Variable):
            by = shift(inside)
            if by is not None:
                children[moving[0]] = Add(children[moving[0]], by)
        return with_children(node, children), bool(moving) or node == Variable(variable)

    return Expression(fold(e.root, other)[0], e.variables)
