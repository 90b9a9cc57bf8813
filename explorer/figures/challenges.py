"""Challenges as the live figure plays them, made from the course's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.expression import Expression, parse
from explorer.presets import Challenge
from explorer.scene import scene

KEPT = "kept"
"""The switch of what a question keeps in the picture; it has no chip."""

MOST_STAGES = 2
"""So many questions about a learner's own function are stages of its story."""

UNASKED = "!asked"
"""What would answer a question is shown while none waits."""

UNWEIGHED = "!weighed"
"""What would say the right one of a challenge's reasons is shown while they do not wait for a choice."""

SIDES = ("Not yet: look {far} to the left.", "Not yet: look {far} to the right.")
TURNS = ("Not yet: turn u {far} back, clockwise.", "Not yet: turn u {far} on, anticlockwise.")
SIZES = ("Not yet: it has to be {far} smaller.", "Not yet: it has to be {far} larger.")
"""What a first wrong place is told: that the answer lies lower, or higher."""

FAR = {SIDES: ("a little", "some way", "far"), TURNS: ("a little", "some way", "far")}
FAR[SIZES] = ("a little", "clearly", "much")
"""How far that is, in three words."""


def ways(control: str) -> tuple[str, str]:
    """How the two directions of a control, or of another quantity, are called."""
    return {"x0": SIDES, "theta": TURNS}.get(control, SIZES)


def unasked(marked: Sequence[scene.MarkedValue]) -> tuple[scene.MarkedValue, ...]:
    """Places under a track that are told, and reached exactly, while no question about them waits."""
    return tuple(replace(mark, toggle=UNASKED) for mark in marked)


def played(challenges: Sequence[Challenge], *parts: Expression) -> tuple[scene.Challenge, ...]:
    """The challenges about a function (of one or two components), in their order."""
    return tuple(_played(c, challenges.index(c)) for c in about(challenges, *parts))


def told_with(
    story: tuple[scene.Stage, ...], asked: Sequence[Challenge], end: scene.Stage
) -> tuple[scene.Stage, ...]:
    """A story with a few of the questions before its end: those that it has not told the answers of already."""
    told = {(name, value) for stage in story for name, value in stage.controls.items()}
    new = [c for c in asked if not any(low == high and (c.control, low) in told for low, high in c.places)]
    return (*story, *stages_of(new[:MOST_STAGES]), end)


def stages_of(asked: Sequence[Challenge]) -> tuple[scene.Stage, ...]:
    """The questions as a teacher pages through them: asked, and then answered."""
    return tuple(
        scene.Stage(
            challenge.question,
            {challenge.control: challenge.start} | dict(challenge.sets),
            {challenge.switch: True} if challenge.switch else {},
            asks=True,
            answer=challenge.reveal,
            shows=_revealed(challenge),
        )
        for challenge in asked
    )


def _revealed(challenge: Challenge) -> dict[str, float]:
    """Where the controls stand when the answer is shown."""
    intervals = challenge.places if challenge.value is None else ((challenge.value, challenge.value),)
    middle = {challenge.control: sum(intervals[0]) / 2} if intervals and not challenge.judged else {}
    return middle | dict(challenge.shows)


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
        hints = ("", *challenge.hints) if challenge.hints else ()
        return scene.Challenge(
            name=f"challenge{index}",
            question=challenge.question,
            kind="choice",
            answer_text=challenge.reveal,
            reasons=shown,
            choices=choices,
            choice=choices.index(challenge.choices[0]),
            start={challenge.control: challenge.start} | dict(challenge.sets),
            reveal=_revealed(challenge),
            start_toggles=switch,
            reveal_toggles=switch,
            hints=hints[turn:] + hints[:turn],
        )
    value = challenge.value
    intervals = challenge.places if value is None else ((value, value),)
    asked_for = challenge.judged or challenge.control
    kept = {KEPT: True} if challenge.tangent_at is not None else {}
    return scene.Challenge(
        name=f"challenge{index}",
        question=challenge.question,
        kind="place",
        control=asked_for,
        hints=ways(asked_for),
        far=FAR[ways(asked_for)],
        answer_text=challenge.reveal,
        reasons=shown,
        intervals=intervals,
        tolerance=challenge.tolerance,
        open=challenge.open,
        start={challenge.control: challenge.start} | dict(challenge.sets),
        reveal=_revealed(challenge),
        start_toggles=switch | kept,
        reveal_toggles=switch | kept,
    )
