"""Live text: templates of which the first that holds is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import ClassVar

from explorer.conditions import Condition, is_at
from explorer.scene.wire import UNSAID

ON_SCREEN: Condition = is_at("switch:paper", 0.0)
"""A sheet of paper has nothing to press or to drag."""

FOR_THE_HAND = re.compile(r"⟨([^|⟩]*)\|?([^⟩]*)⟩")


@dataclass(frozen=True)
class Case:
    """A template and the conditions under which it is shown; without any it travels as the template itself."""

    travels_as: ClassVar[str] = "text"

    text: str
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)


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
