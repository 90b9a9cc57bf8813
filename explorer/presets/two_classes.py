"""Two classes worth a curve: a feature and 0 or 1 in each row, with what to look for and the facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClassSet:
    """Rows as a link holds them, what to look for, and the best w, b, mean log loss; None where there is none."""

    title: str
    text: str
    look_for: str
    best: tuple[float, float, float] | None
    head: str = ""
    """What its columns are called, as a line of CSV; nothing more than usual where that is empty."""


CLASS_SETS = (
    ClassSet(
        "Hours of study",
        "0.5,0;0.75,0;1,0;1.25,0;1.5,0;1.75,0;1.75,1;2,0;2.25,1;2.5,0;2.75,1;3,0;3.25,1;3.5,0;4,1;4.25,1;4.5,1;4.75,1;5,1;5.5,1",
        "Passed or not: from how many hours on is a pass the likelier one?",
        (1.504645, -4.077713, 0.401494),
    ),
    ClassSet(
        "Apart",
        "1,0;1.5,0;2,0;2.5,0;3.5,1;4,1;4.5,1;5,1",
        "A threshold parts the classes: the curve gets steeper for ever. What does λ do?",
        None,
    ),
    ClassSet(
        "One on the wrong side",
        "1,0;1.5,0;2,0;2.5,0;3.5,1;4,1;4.5,1;9,0",
        "One point, far out in the wrong class: how much does it turn the curve? Drag it, or turn it.",
        (0.139447, -1.008949, 0.648479),
    ),
    ClassSet(
        "Nothing in it",
        "1,0;1,1;2,1;2,0;3,0;3,1;4,1;4,0",
        "Both classes everywhere: the best curve is the flat one at which it starts.",
        (0.0, 0.0, 0.693147),
    ),
    ClassSet(
        "The cold ones failed",
        "12,1;14,1;14.5,1;17,0;19,1;19.5,0;21,0;21,1;22,0;23,0;24.5,0;26,0;27,0",
        "The warmer, the less likely: the curve falls, and w is negative. The degrees are far from 0: a narrow valley.",
        (-0.526234, 9.745732, 0.369057),
    ),
)
