"""Formulas in one to six letters: how they are read, where their letters start, and the control of each."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np

from explorer.autodiff import graph_of
from explorer.caching import computed_once
from explorer.expression import Expression, ExpressionError, free_variables, parse
from explorer.presets import CHAIN_LETTERS
from explorer.scene.scene import Control
from explorer.scene.theme import Role

__all__ = ["Point", "first_point", "letter_control", "read_letters", "start_of"]

MOST_LETTERS = 6
REACH = 10.0
"""A letter goes so far to either side of 0, or twice as far as it starts."""
CANDIDATES = (1.0, 2.0, -1.0, 0.5, 3.0)
"""Where letters may start, the first point at which everything is defined."""

Point = tuple[tuple[str, float], ...]


def read_letters(text: str) -> Expression:
    """The expression of a text, with the letters that it holds as its variables; none at all in a constant.

    Raises ExpressionError.
    """
    try:
        e = parse(text, CHAIN_LETTERS)
    except ExpressionError as refusal:
        mend = refusal.suggestion
        if mend and len(free_variables(parse(mend, CHAIN_LETTERS).root)) > MOST_LETTERS:
            raise ExpressionError(f"{refusal.message.partition(';')[0]}.", refusal.position) from None
        raise
    used = free_variables(e.root)
    letters = tuple(name for name in CHAIN_LETTERS if name in used)
    if len(letters) > MOST_LETTERS:
        found = f"{', '.join(letters[:-1])} and {letters[-1]}"
        raise ExpressionError(
            f"A formula on this page has six letters at most: these are {len(letters)}, {found}.", len(text)
        )
    return Expression(e.root, letters, remarks=e.remarks)


@computed_once(64)
def first_point(e: Expression) -> Point:
    """Where the letters start when nobody says it: the first of a few points at which all values and slopes are."""
    graph = graph_of(e)
    points = np.array(list(product(CANDIDATES, repeat=len(graph.letters)))[: 5**4]).T
    point = dict(zip(graph.letters, points, strict=True))
    known = np.isfinite(graph.forward(point)).all(axis=0) & np.isfinite(graph.backward(point)).all(axis=0)
    defined = np.isfinite(graph.forward(point)[-1])
    best = int(np.argmax(known)) if known.any() else int(np.argmax(defined))
    return tuple((name, float(values[best])) for name, values in point.items())


def start_of(e: Expression, usual: Point, asked: Mapping[str, float | None]) -> Point:
    """Where the letters start: where a link asks, else as the example does, else at the first point that will do."""
    own = dict(usual) if {name for name, _ in usual} == set(e.variables) else dict(first_point(e))
    given = {name: value for name, value in asked.items() if value is not None}
    return tuple((name, given.get(name, own[name])) for name in e.variables)


def letter_control(name: str, label: str, value: float, role: Role = "f") -> Control:
    """A letter that is moved by its track alone."""
    reach = REACH if abs(value) <= REACH else 2 * abs(value)
    return Control(
        name=name,
        label=label,
        min=-reach,
        max=reach,
        value=value,
        step=0.1 if reach == REACH else reach / 100,
        role=role,
    )
