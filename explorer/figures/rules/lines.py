"""The rule typeset with a part put in, coloured as in the picture, a line for each term where it is long."""

from __future__ import annotations

from functools import reduce

import numpy as np

from explorer.expression import (
    Add,
    Call,
    Divide,
    Expression,
    Mark,
    Multiply,
    Node,
    Pending,
    Subtract,
    free_variables,
    marked_mathml,
    places_of,
    text_of,
)
from explorer.figures.rules.drawing import ROLES
from explorer.increments import Increment, below
from explorer.scene.scene import FormulaLine

__all__ = ["rule_lines", "sides_of"]

ONE_LINE = 30
"""A side of a rule of more signs than this has a line for each term."""
ONE_TOP = 48
"""So does a fraction with more in its numerator, each term over the same denominator."""


def rule_lines(part: Expression, increment: Increment) -> tuple[FormulaLine, ...]:
    """The rule with the part put in, coloured as in the picture; and what the letters are."""
    before, after = sides_of(part, increment)
    tones = {operand.of.root: ROLES[operand.tone] for operand in increment.operands}

    def written(side: Node) -> str:
        found = places_of(side, tuple(tones))
        return _inner(marked_mathml(side, {path: Mark(role=tones[node]) for path, node in found.items()}))

    sides = [written(before)]
    for k, (sign, term) in enumerate(_terms(after) if _says_something(after) else ()):
        signed = f"<mo>{sign}</mo>" if k or sign == "−" else ""
        sides.append(f"{'' if k else '<mo>=</mo>'}{signed}{written(term)}")
    lines = [FormulaLine(_math(sides[0])), *(FormulaLine(_math(side)) for side in sides[1:])]
    for operand in increment.operands:
        role = ROLES[operand.tone]
        inner = _inner(marked_mathml(operand.of.root, {(): Mark(role=role)}))
        lines.append(
            FormulaLine(_math(f'<mrow data-role="{role}"><mi>{operand.letter}</mi></mrow><mo>=</mo>{inner}'))
        )
    if increment.between:
        inner = _inner(increment.links[0].mathml())
        lines.append(FormulaLine(_math(f"<mi>{increment.between}</mi><mo>=</mo>{inner}")))
    if increment.by is not None:
        this, by = (_inner(e.mathml()) for e in (part, increment.by))
        lines.append(FormulaLine(_math(f"{this}<mo>:</mo>{by}")))
    return tuple(lines)


def sides_of(part: Expression, increment: Increment) -> tuple[Node, Node]:
    """Both sides of the rule: that of the named steps, or of more factors than two one in which each takes its turn."""
    step = part.steps("x")[0]
    factors = [operand.of.root for operand in increment.operands]
    if increment.kind != "product" or len(factors) < 3:
        return step.before, step.shown
    turns = [[*factors[:k], Pending(factor, "x"), *factors[k + 1 :]] for k, factor in enumerate(factors)]
    return step.before, reduce(Add, (reduce(Multiply, turn) for turn in turns))


def _says_something(side: Node) -> bool:
    """Whether all functions of constants in a side have values: ln(−2) has none."""
    if isinstance(side, Call) and not free_variables(side):
        return bool(np.isfinite(Expression(side, ())()))
    return all(map(_says_something, side.children))


def _terms(side: Node) -> list[tuple[str, Node]]:
    """A side of a rule as what fits lines of the rail: whole, or its terms with their signs where it is long."""
    top = side.left if isinstance(side, Divide) else side
    if len(text_of(top)) <= (ONE_LINE if top is side else ONE_TOP) or not isinstance(top, Add | Subtract):
        return [("+", side)]
    terms = [("−" if term.minus else "+", term.node) for term in below(top)]
    return [(sign, Divide(term, side.right)) for sign, term in terms] if isinstance(side, Divide) else terms


def _inner(mathml: str) -> str:
    return mathml[mathml.index(">") + 1 : -len("</math>")]


def _math(inner: str) -> str:
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>{inner}</mrow></math>'
