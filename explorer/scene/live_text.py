"""Live text: templates of which the first that holds is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile
from typing import ClassVar

from explorer.conditions import Condition, is_at
from explorer.scene.wire import UNSAID

ON_SCREEN: Condition = is_at("switch:paper", 0.0)
"""A sheet of paper has nothing to press or to drag."""

FOR_THE_HAND = re.compile(r"⟨([^|⟩]*)\|?([^⟩]*)⟩")


@dataclass(frozen=True)
class Case:
    """A template and the conditions under which it is shown; without any it travels as the template itself.

    Of cases that follow each other and begin with the same tests, these travel once.
    """

    travels_as: ClassVar[str] = "text"

    text: str
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)

    @staticmethod
    def gathered(cases: Iterable[Case]) -> tuple[Case | _Group, ...]:
        """The cases as they travel: the browser goes on to the next one where none of a group holds."""
        found: list[Case | _Group] = []
        for first, run in groupby(cases, key=lambda case: case.when[:1]):
            alike = tuple(run)
            if not first or len(alike) == 1:
                found += alike
                continue
            tests = zip(*(case.when for case in alike), strict=False)
            shared = tuple(one[0] for one in takewhile(lambda one: len({*one}) == 1, tests))
            found.append(_Group(tuple(Case(case.text, case.when[len(shared) :]) for case in alike), shared))
        return tuple(found)


@dataclass(frozen=True)
class _Group:
    """Cases, and what must hold for each of them besides its own tests."""

    text: tuple[Case, ...]
    when: tuple[Condition, ...]


Cases = str | tuple[Case, ...]


def with_paper(*cases: Case) -> tuple[Case, ...]:
    """The cases as they are read on a screen and on paper: “⟨Drag Δx to 0|Let Δx go to 0⟩: …” says one on each.

    What stands in the brackets alone, “⟨ Press Step.⟩”, is left out on paper.
    """
    return tuple(
        either
        for case in cases
        for either in (
            *(
                [replace(case, text=FOR_THE_HAND.sub(r"\1", case.text), when=(*case.when, ON_SCREEN))]
                if FOR_THE_HAND.search(case.text)
                else []
            ),
            replace(case, text=FOR_THE_HAND.sub(r"\2", case.text)),
        )
    )
