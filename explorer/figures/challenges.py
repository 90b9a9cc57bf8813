"""Challenges as the live figure plays them, made from the course's data."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.expression import Expression, parse
from explorer.figures import scene
from explorer.presets import Challenge

KEPT = "kept"
"""The switch of what a question keeps in the picture; it has no chip."""


def played(challenges: Sequence[Challenge], *parts: Expression) -> tuple[scene.Challenge, ...]:
    """The challenges about a function (of one or two components), in their order."""
    return tuple(_played(c, challenges.index(c)) for c in about(challenges, *parts))


def about(challenges: Sequence[Challenge], *parts: Expression) -> tuple[Challenge, ...]:
    """Those that ask about this function."""
    return tuple(c for c in challenges if _is_about(c, parts))


def _is_about(challenge: Challenge, parts: tuple[Expression, ...]) -> bool:
    texts = (challenge.formula, challenge.second)
    return all(
        parse(text, part.variables).text == part.text for text, part in zip(texts, parts, strict=False)
    )


def _played(challenge: Challenge, index: int) -> scene.Challenge:
    reasons = tuple(scene.Reason(reason.text, reason.right, reason.says) for reason in challenge.reasons)
    # The right answer and reason come first in the data; on the screen their places vary.
    turn = 1 + index % 2
    shown = reasons[turn:] + reasons[:turn]
    switch = {challenge.switch: True} if challenge.switch else {}
    if challenge.choices:
        choices = challenge.choices[turn:] + challenge.choices[:turn]
        return scene.Challenge(
            name=f"challenge{index}",
            question=challenge.question,
            kind="choice",
            answer_text=challenge.reveal,
            reasons=shown,
            choices=choices,
            choice=choices.index(challenge.choices[0]),
            start={challenge.control: challenge.start} | dict(challenge.sets),
            reveal=dict(challenge.shows),
            start_toggles=switch,
            reveal_toggles=switch,
        )
    value = challenge.value
    intervals = challenge.places if value is None else ((value, value),)
    middle = sum(intervals[0]) / 2
    kept = {KEPT: True} if challenge.tangent_at is not None else {}
    return scene.Challenge(
        name=f"challenge{index}",
        question=challenge.question,
        kind="place",
        control=challenge.judged or challenge.control,
        answer_text=challenge.reveal,
        reasons=shown,
        intervals=intervals,
        tolerance=challenge.tolerance,
        open=challenge.open,
        start={challenge.control: challenge.start} | dict(challenge.sets),
        reveal=({} if challenge.judged else {challenge.control: middle}) | dict(challenge.shows),
        start_toggles=switch | kept,
        reveal_toggles=switch | kept,
    )
