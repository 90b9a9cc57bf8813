"""What the coins' scene says."""

from __future__ import annotations

from explorer.conditions import (
    Condition,
    is_above,
    is_at,
    is_at_least,
    is_at_most,
    is_below,
    is_between,
    is_unknown,
    is_within,
)
from explorer.numeric.coins import MOST_FLIPS
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Readout, Stage

NO_FLIPS: Condition = is_at_most("n", 0.0)
VANISHED: Condition = is_at_most("top", 0.0)
GONE_HERE: Condition = is_at_most("product", 0.0)
HERE: Condition = is_within("off", -1e-9, 1e-9)
INSIDE: tuple[Condition, ...] = (is_between("p", 0.0, 1.0),)


def readouts() -> tuple[Readout, ...]:
    """The loss leads; then the product, the sum and the slope of the sum as a balance of its two parts."""
    return (
        Readout(
            name="loss",
            label="loss per flip: −ln g ÷ flips",
            text=(Case("infinite", (is_unknown("loss"),)), Case("{loss:4}")),
            size="huge",
            role="f",
        ),
        Readout(
            name="product",
            label="g(p), multiplied out",
            text=(
                Case("0 in double precision", (VANISHED,)),
                Case("0", (is_unknown("sum"),)),
                Case("0 in double precision", (GONE_HERE,)),
                Case("under 10⁻³⁰⁷: its digits go", (is_at_most("product", 1e-307),)),
                Case("{product:g4}"),
            ),
            role="f",
        ),
        Readout(
            name="sum",
            label="ln g(p), added up",
            text=(
                Case("no value: ln 0", (is_unknown("sum"),)),
                Case("{term_h:g4} {term_t:t4} = {sum:g4}"),
            ),
            role="f",
        ),
        Readout(
            name="slope",
            label="slope of ln g: heads/p − tails/(1−p)",
            text=(
                Case("no value", (is_unknown("sum_slope"),)),
                Case("{arm_h:g4} − {arm_t:g4} = {sum_slope:2}", (is_between("sum_slope", -1.0, 1.0),)),
                Case("{arm_h:g4} − {arm_t:g4} = {sum_slope:g4}"),
            ),
            role="slope",
        ),
        Readout(
            name="flips",
            label="flips",
            text=(
                Case(
                    f"{{flips:0}}: the row {{k:0}} times, not {{times:0}}, for no more than {MOST_FLIPS} are taken",
                    (is_above("left_out", 0.0),),
                ),
                Case("{flips:0}"),
            ),
            toggle="more",
        ),
    )


def sentence(start: float) -> tuple[Case, ...]:
    """The first state's question, then what is true of the place."""
    first: tuple[Condition, ...] = (
        is_at("p", start),
        is_at("heads", 7.0),
        is_at("tails", 3.0),
        is_at_most("k", 1.0),
    )
    return (
        *with_paper(Case("No flips: every p explains nothing equally well.⟨ Add a coin.⟩", (NO_FLIPS,))),
        Case(
            "{flips:0} flips: multiplied out, g is 0 in double precision for every p, and a slope of 0 leads nowhere. "
            "The sum of logarithms still knows the way.",
            (VANISHED,),
        ),
        *with_paper(
            Case(
                "7 heads and 3 tails: with p = 0.4 this row, in this order, has probability {product:g3}. "
                "⟨Drag p: w|W⟩here are all three curves at their best?",
                first,
            ),
        ),
        *_end(0.0, "h", "odd_h", "heads"),
        *_end(1.0, "t", "odd_t", "tails"),
        Case(
            "{h:0} heads in {flips:0} flips: p = {best:g4} is best for all three. g and ln g are greatest, −ln g is "
            "least, and every slope is 0.",
            (HERE, *INSIDE),
        ),
        Case(
            "Only {h:0} heads and no tails: the best p is the end itself, 1, and the slope there is not 0.",
            (HERE, is_at("p", 1.0)),
        ),
        Case(
            "Only {t:0} tails and no heads: the best p is the end itself, 0, and the slope there is not 0.",
            (HERE, is_at("p", 0.0)),
        ),
        Case(
            "Here the product is 0 in double precision, and its slope as well; ln g is {sum:g5} and rises "
            "to the right.",
            (GONE_HERE, is_below("off", 0.0)),
        ),
        Case(
            "Here the product is 0 in double precision, and its slope as well; ln g is {sum:g5} and rises to the left.",
            (GONE_HERE,),
        ),
        Case(
            "Heads pull with {arm_h:g4}, tails with {arm_t:g4}: more to the right all three get better.",
            (is_below("off", 0.0),),
        ),
        Case("Heads pull with {arm_h:g4}, tails with {arm_t:g4}: more to the left all three get better."),
    )


def _end(at: float, count: str, odd: str, word: str) -> tuple[Case, ...]:
    """What is true of an end at which g is 0: flat or not, and least only because p ends there."""
    here: Condition = is_at("p", at)
    return (
        Case(
            f"Flat, but not best: g = 0 at p = {at:.0f}. Its power is odd, so g changes its sign beyond: it is least "
            "only as an end of 0 ≤ p ≤ 1.",
            (here, is_at_least(count, 2.0), is_at_least(odd, 1.0)),
        ),
        Case(
            f"Flat, but not best: g = 0 at p = {at:.0f}, the least there is. A slope of 0 does not say greatest.",
            (here, is_at_least(count, 2.0)),
        ),
        Case(
            f"g = 0 at p = {at:.0f}: with one of the {word} it cannot be. ln g has no value here.",
            (here, is_at_least(count, 1.0)),
        ),
    )


def story() -> tuple[Stage, ...]:
    """For a teacher, of the row that lies there: the question, the answer, a level end, and what many flips do."""
    best = (
        Case("No flips: every p is as good as another.", (NO_FLIPS,)),
        Case("Only tails: all three curves are at their best at the end, p = 0.", (is_at_most("h", 0.0),)),
        Case("Only heads: all three curves are at their best at the end, p = 1.", (is_at_most("t", 0.0),)),
        Case("All three curves agree: p = {best:g4}, the share of heads."),
    )
    level = (
        Case("No flips: g is level for every p. Is any of them a best place?", (NO_FLIPS,)),
        Case("p = 0 is flat too. Is it a best place?", (is_at_least("h", 2.0), is_at_least("t", 1.0))),
        Case("p = 0 is flat. Is it a best place?", (is_at_least("h", 2.0),)),
        Case("p = 1 is flat too. Is it a best place?", (is_at_least("t", 2.0), is_at_least("h", 1.0))),
        Case("p = 1 is flat. Is it a best place?", (is_at_least("t", 2.0),)),
        Case("Here the product is 0, but not flat. How does ln g go on towards this end?"),
    )
    many = (
        Case("No flips, however often the row is taken.", (NO_FLIPS,)),
        Case("{flips:0} flips: the product is gone, the sum is not.", (VANISHED,)),
        Case("{flips:0} flips: at this p the product is gone, the sum is not.", (GONE_HERE,)),
        Case(
            "{flips:0} flips: of the product, under 10⁻³⁰⁷, digits are gone, of the sum none.",
            (is_at_most("product", 1e-307),),
        ),
        Case("{flips:0} flips: the product is {product:g3}, the sum {sum:g4}."),
    )
    asked = (
        Case("No flips: is any p better than another?", (NO_FLIPS,)),
        Case("{h:0} heads in {flips:0} flips: which p makes that most likely?"),
    )
    return (
        Stage(asked, asks=True),
        Stage(best, {"p": "best"}, {"best_p": True}),
        Stage(level, {"p": "level"}),
        Stage(many, {"p": "inside", "times": "often"}, {"more": True}),
    )
