"""What the rules page says about the pieces of an increment."""

from __future__ import annotations

from explorer.conditions import (
    Condition,
    is_at,
    is_at_least,
    is_between,
    is_known,
    is_too_large,
    is_unknown,
    is_unsure,
)
from explorer.increments import Increment
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Stage

__all__ = ["NOTHING_SURE", "sentences", "story"]

NO_FIRST: Condition = is_unknown("f")
NO_SECOND: Condition = is_unknown("f1")
NO_STEP: Condition = is_at("h", 0.0)
NO_SLOPE: Condition = is_unknown("limit")
GREW: Condition = is_at_least("total", 0.0)
ACROSS: Condition = is_at_least("crossed", 1.0)
JUMPED: Condition = is_at_least("jumped", 1.0)
CLOSE = 0.02
"""In parts of the longest step: below it the sentence speaks of the limit."""
NOTHING_SURE = 1e-3
"""Rounding of more than half of a value is told where it is more than this: a zero to sixteen digits is one."""

AREA = "⟨Drag Δx to 0|Let Δx go to 0⟩: what becomes of the corner?"
ALONE = "The area stays, its side does not: height is area over side.⟨ Drag Δx to 0.⟩"
QUESTIONS = {
    "constant": "A constant does not change, however far the point goes.",
    "line": "The same rise everywhere: Δy is Δx itself.",
    "multiple": "⟨Drag Δx|Change Δx⟩: does that number change?",
    "sum": "The rises of the terms add up over the same run, so their slopes do.",
    "cube": "⟨Drag Δx to 0|Let Δx go to 0⟩: which pieces go first?",
    "bars": "⟨Drag Δx to 0|Let Δx go to 0⟩: which bar stays?",
    "quotient": "Height is area over side. ⟨Drag Δx to 0|Let Δx go to 0⟩: what does each of the two leave?",
    "chain": "⟨Drag Δx to 0|Let Δx go to 0⟩: what do the magnifications become, and their product?",
    "circle": "⟨Drag Δx to 0|Let Δx go to 0⟩: which of the two arrows stays?",
    "tangent": "⟨Drag Δx to 0|Let Δx go to 0⟩: the rise along the tangent stays, the bend goes.",
    "logarithm": "⟨Drag Δx to 0|Let Δx go to 0⟩: what is left of the sliver beside the rectangle?",
    "exponential": "The green length below the tangent is the same everywhere.⟨ Drag x₀ to see it.⟩",
    "mirror": "Read the other way, run and rise change places: the slope turns over.",
    "curve": "⟨Drag Δx to 0|Let Δx go to 0⟩: which piece stays?",
}


def sentences(increment: Increment, largest: float) -> tuple[Case, ...]:
    """All cases of the sentence, the most particular first."""
    low, high = -CLOSE * largest, CLOSE * largest
    near: Condition = is_between("h", low, high)
    large = "This part is too large for a double"
    return with_paper(
        Case(f"{large} at x₀ = {{x0}}: how it grows from there is not computed.", (is_too_large("f"),)),
        Case("This part has no value at x₀ = {x0}: nothing can grow from there.", (NO_FIRST,)),
        Case(
            "Close to x₀ = {x0} this part has no values on either side: Δy/Δx has nothing to head for, and there is no "
            "slope.",
            (NO_SLOPE, is_unknown("before"), is_unknown("beyond")),
        ),
        Case(
            "With Δx = 0 nothing has changed, and 0/0 is no number: the limit asks what happens near 0.",
            (NO_STEP,),
        ),
        Case(f"{large} at x₀ + Δx = {{x1:g6}}.", (is_too_large("f1"),)),
        Case("This part has no value at x₀ + Δx = {x1:g6}.", (NO_SECOND,)),
        *(
            Case(
                f"Doubles end here: no digit of this part is sure at {place}.",
                (is_unsure(name, NOTHING_SURE),),
            )
            for name, place in (("f", "x₀ = {x0}"), ("f1", "x₀ + Δx = {x1:g6}"))
        ),
        *_ends(),
        Case(
            "The rules give no slope at x₀ = {x0}. Does Δy/Δx head for one number from both sides?"
            "⟨ Play Δx to 0, right and left.⟩",
            (NO_SLOPE,),
        ),
        Case(
            "Between the two points this part leaves every bound: across a pole Δy/Δx tells nothing of the slope.",
            (ACROSS,),
        ),
        Case(
            "Between the two points this part jumps: Δy holds the jump, and Δy/Δx tells nothing of the slope.",
            (JUMPED,),
        ),
        *_level(increment),
        Case(_close(increment), (near,)),
        *_far(increment),
    )


def _ends() -> tuple[Case, ...]:
    """What is asked where there are values on one side only."""
    return tuple(
        Case(
            f"To the {side} of x₀ = {{x0}} this part has no values: it ends here. Does Δy/Δx head for one number from "
            f"the {other}?⟨ Play Δx to 0.⟩",
            (NO_SLOPE, is_unknown(missing), is_known(there)),
        )
        for side, other, missing, there in (
            ("left", "right", "before", "beyond"),
            ("right", "left", "beyond", "before"),
        )
    )


def _level(increment: Increment) -> tuple[Case, ...]:
    """That no piece rises, as of x⁰ or ⌊x⌋: then it is not asked which of them stays."""
    count = len(increment.pieces)
    none = tuple(is_at(f"p{k}", 0.0) for k in range(count))
    said = "Each piece of Δy is 0: this part is as high at the second point as at the first."
    return (Case(said, none),) if count > 1 else ()


def _added(prefix: str, count: int) -> str:
    """“{p0} + {p1}”, each with its own sign."""
    return " ".join([f"{{{prefix}0:g4}}", *(f"{{{prefix}{k}:t4}}" for k in range(1, count))])


def _close(increment: Increment) -> str:
    count = len(increment.pieces)
    gone = [k for k, piece in enumerate(increment.pieces) if piece.tone == "vanishing"]
    if count == 1:
        return "Divided by Δx = {h:g3} it is {quotient:g5}; the limit is {limit:g4}."
    end = (
        f" Of the {increment.pieces[gone[-1]].name.removeprefix('the ')} there is {{q{gone[-1]}:g2}} left."
        if gone
        else ""
    )
    return f"Divided by Δx = {{h:g3}}: {_added('q', count)}.{end} The limit is {{limit:g4}}."


def _far(increment: Increment) -> tuple[Case, ...]:
    count = len(increment.pieces)
    question = QUESTIONS.get(increment.kind, AREA)
    if increment.kind == "quotient" and count == 1:
        question = ALONE
    if increment.kind in ("product", "square"):
        strips = count - 1
        where = "two strips" if increment.kind == "square" or strips == 2 else f"{strips} strips"
        corner = "corner" if increment.kind == "square" or strips == 2 else "corners"
        question = question.replace("corner", corner)
        rest = f"{_added('p', strips)} in {where} and {{p{strips}:g4}} in the {corner}. {question}"
        return (
            Case(f"The area grew by {{total:g4}}: {rest}", (GREW,)),
            Case(f"The area changed by {{total:g4}}: {rest}"),
        )
    if increment.kind == "root":
        return (Case(f"The side grew by {{total:g4}}: {_added('p', count)}. {question}"),)
    if increment.kind == "multiple":
        still: Condition = is_at("du", 0.0)
        return (
            Case("Δu = 0, and so Δy = 0: what does not rise does not when it is multiplied.", (still,)),
            Case(f"Δu = {{du:g4}}, and Δy = {{total:g4}} is {{times:g4}} times that. {question}"),
        )
    if count == 1:
        return (Case(f"Δy = {{total:g4}}. {question}"),)
    return (Case(f"Δy = {_added('p', count)} = {{total:g4}}. {question}"),)


def story(increment: Increment, h: float) -> tuple[Stage, ...]:
    """What a teacher pages through: a step, a smaller one, nearly none, and one to the left."""
    return (
        Stage(f"{increment.rule}. What does a step to the right make of it?", {"h": h}, asks=True),
        Stage(
            "A tenth of the step: which piece is a tenth as large, and which is less?",
            {"h": h / 10},
        ),
        Stage("A thousandth of the first step. Divided by Δx, what stays?", {"h": h / 1000}),
        Stage("And to the left?", {"h": -h / 2}),
    )
