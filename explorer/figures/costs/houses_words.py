"""What the scene of houses and a hub says."""

from __future__ import annotations

from explorer.conditions import Condition, is_above, is_at, is_at_least, is_at_most
from explorer.numeric.costs import COSTS
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Readout, Stage

NAMES = {"square": "squares", "absolute": "distances", "huber": "Huber costs"}
TWICE = {"square": "2 · ", "absolute": "", "huber": ""}
"""What the balance is multiplied by: a distance's square has twice the distance as its slope."""
PULLS = {"square": "arms", "absolute": "houses", "huber": "pulls"}
SAME = 1e-9
"""In parts of the axis: so near to the best place the hub stands there."""
AT_A_HOUSE: Condition = is_at_most("nearest", 0.0)
CORNER = {"absolute": (Case("none: a corner", (AT_A_HOUSE,)),)}
"""Lengths have no slope at a house."""


def _at_best(cost: str, near: float) -> tuple[Condition, ...]:
    return is_at_least(f"{cost}_after", -near), is_at_least(f"{cost}_before", -near)


def _shown(cost: str) -> Condition:
    return is_at_least(f"switch:{cost}", 1.0)


def readouts(near: float) -> tuple[Readout, ...]:
    """The total leads, or the mean of the costs; then its slope as a balance, and who follows a house far out.

    Lengths up to `near` are told as 0.
    """
    found: list[Readout] = []
    for cost in COSTS:
        for switch, total, slope, words in (
            ("!mean", cost, f"{cost}_slope", "sum"),
            ("mean", f"{cost}_mean", f"{cost}_mean_slope", "mean"),
        ):
            shown = f"{cost}&{switch}"
            found.append(
                Readout(
                    name=f"{total}_total",
                    label=f"{words} of the {NAMES[cost]}",
                    text=f"{{{total}:g4}}",
                    size="huge",
                    role="f",
                    toggle=shown,
                    place="above",
                )
            )
            before, (divided, after) = TWICE[cost], (" ÷ N", " ÷ {houses:0}") if words == "mean" else ("", "")
            told, arms = (
                f"{PULLS[cost]} at the left − at the right",
                f"{{{cost}_left:g4}} − {{{cost}_right:g4}}",
            )
            if before or after:
                told, arms = f"{before}({told}){divided}", f"{before}({arms}){after}"
            found.append(
                Readout(
                    name=f"{slope}_arms",
                    label=f"slope: {told}",
                    text=(*CORNER.get(cost, ()), Case(f"{arms} = {{{slope}:g4}}")),
                    role="slope",
                    toggle=shown,
                )
            )
    return (
        *found,
        Readout(
            name="bound",
            label="descent on the sum needs η below 1/N",
            text="{bound:g3}",
            size="small",
            toggle="square&!mean",
        ),
        Readout(
            name="bound_mean",
            label="descent on the mean needs η below",
            text="1: the same place, another slope",
            size="small",
            toggle="square&mean",
        ),
        Readout(
            name="places",
            label="mean; median",
            text=(
                Case("{mean:g4}; {absolute_low:g4}", (is_at_most("absolute_spread", near),)),
                Case("{mean:g4}; {absolute_low:g4} to {absolute_high:g4}"),
            ),
            toggle="best_x",
        ),
    )


def sentence(near: float, *, opening: bool) -> tuple[Case, ...]:
    """The first state's question, then what is true of the hub's place, up to `near`, for the cost that is chosen."""
    first: tuple[Case, ...] = ()
    if opening:
        start: tuple[Condition, ...] = (
            is_at("x", 0.0),
            is_at("a1", 1.0),
            is_at("a2", 2.0),
            is_at("houses", 2.0),
        )
        question = "Two squares, 1 and 4. ⟨Drag the hub: w|W⟩here is their sum least?"
        first = with_paper(Case(question, (*start, _shown("square"))))
    return (*first, *_square(near), *_absolute(near), *_huber(near))


def _square(near: float) -> tuple[Case, ...]:
    shown = _shown("square")
    return (
        Case(
            "The sum is least, {square:g4}. The hub is at the mean of the houses, and the arms balance, "
            "{square_left:g4} on either side.",
            (shown, *_at_best("square", near)),
        ),
        Case(
            "The arms at the left are longer, {square_left:g4} against {square_right:g4}: to the left the sum falls.",
            (shown, is_above("square_after", 0.0)),
        ),
        Case(
            "The arms at the right are longer, {square_right:g4} against {square_left:g4}: to the right the sum falls.",
            (shown,),
        ),
    )


def _absolute(near: float) -> tuple[Case, ...]:
    shown = _shown("absolute")
    many: Condition = is_above("absolute_spread", near)
    return (
        Case(
            "Best, and so is every hub between the middle two houses, from {absolute_low:g4} to {absolute_high:g4}: "
            "the sum stays {absolute:g4}.",
            (shown, *_at_best("absolute", near), many),
        ),
        Case(
            "The sum is least, {absolute:g4}. The hub is at the middle house, the median, in a corner: the slope jumps "
            "from below 0 to above 0.",
            (shown, *_at_best("absolute", near)),
        ),
        Case(
            "A corner: at each house the slope jumps, and there is no tangent. The sum is not least here.",
            (shown, AT_A_HOUSE),
        ),
        Case(
            "{absolute_left:0} at the left, {absolute_right:0} at the right: each house pulls with 1, however far it "
            "is. To the left the sum falls.",
            (shown, is_above("absolute_after", 0.0)),
        ),
        Case(
            "{absolute_left:0} at the left, {absolute_right:0} at the right: each house pulls with 1, however far it "
            "is. To the right the sum falls.",
            (shown,),
        ),
    )


def _huber(near: float) -> tuple[Case, ...]:
    return (
        Case(
            "The sum is least, {huber:g4}. Near houses pull by their distance, far ones with δ = {delta:g3} and no "
            "more: here they balance.",
            _at_best("huber", near),
        ),
        Case(
            "Near houses pull by their distance, far ones with δ = {delta:g3}: to the left the sum falls.",
            (is_above("huber_after", 0.0),),
        ),
        Case("Near houses pull by their distance, far ones with δ = {delta:g3}: to the right the sum falls."),
    )


def story() -> tuple[Stage, ...]:
    """For a teacher: the question, the answer, the sum and the mean, and lengths instead of squares."""
    squares = {"square": True}
    return (
        Stage("Where must the hub be so that the sum of the squares is least?", {}, squares, asks=True),
        Stage("The arms balance at the mean.", {"x": "square_low"}, {**squares, "best_x": True}),
        Stage("Divided by N: another slope. Another place?", {}, {**squares, "mean": True}),
        Stage("And if a distance costs its length, not its square?", {}, {"absolute": True}),
    )
