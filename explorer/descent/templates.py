"""Templates with named values, the conditions under which each is said, and rows of them."""

from dataclasses import dataclass

from explorer.conditions import Condition, is_at


@dataclass(frozen=True)
class Say:
    """A template and when it is said."""

    text: str
    when: tuple[Condition, ...] = ()


def say(text: str, *when: Condition) -> Say:
    """A template, said when all the conditions hold."""
    return Say(text, when)


def on_a_curve(text: str) -> str:
    """What is said of λmax as it is said where there is one variable: its only curvature is f″."""
    return text.replace("λmax", "f″")


NOTHING = Say("")
TO_AND_FRO = is_at("period", 2)
ROUND = "Every {period} steps it is back at {final}, and its places lie within about {swing} of one another."
IN_A_CYCLE = (
    say("Between {before} and {final}: each step jumps back over the bottom.", TO_AND_FRO),
    say(ROUND),
)
"""Which way a cycle goes: only that of two places goes to and fro."""
NO_BOUND = (
    say(
        "Newton's step divides by the curvature and is shortened until the loss falls: no bound on η.",
        is_at("second_order", 1),
    ),
    say("Backtracking halves a step that is too long, so no bound on η is needed.", is_at("backtracking", 1)),
    say("{label} has no bound of the kind 2/λmax: it divides by the slopes it remembers."),
)
"""Why an optimiser has none."""


@dataclass(frozen=True)
class Words:
    """All that is said of one behaviour."""

    headline: tuple[Say, ...]
    line: tuple[Say, ...]
    reason: tuple[tuple[Say, ...], ...]


def words(
    headline: str | tuple[Say, ...], line: str | tuple[Say, ...], *reason: str | tuple[Say, ...]
) -> Words:
    """A row of the table; a plain text is always said."""

    def several(said: str | tuple[Say, ...]) -> tuple[Say, ...]:
        return (Say(said),) if isinstance(said, str) else said

    return Words(several(headline), several(line), tuple(several(sentence) for sentence in reason))
