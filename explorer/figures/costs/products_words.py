"""What the scene of a typed product says."""

from __future__ import annotations

from explorer.conditions import (
    Condition,
    is_above,
    is_at,
    is_at_most,
    is_below,
    is_between,
    is_too_large,
    is_unknown,
    is_unsure,
    is_within,
)
from explorer.numeric.logarithm import Best, Logarithm
from explorer.scene.scene import Case, Readout, Stage

NO_LOGARITHM: Condition = is_unknown("sum")
BLURRED: Condition = is_unsure("sum", 1e-6)
"""As at a step of g, where rounding decides on which side p stands."""
UNKNOWN: tuple[Condition, ...] = (is_unknown("product"),)
NOT_POSITIVE: Condition = is_at_most("product", 0.0)
VANISHES: tuple[Condition, ...] = (is_at("product", 0.0), is_between("p", 0.0, 1.0))
NOWHERE = "ln g is there only where g > 0, and no such place was found from p = 0 to p = 1."
NO_SLOPE = "Here ln g has no slope: its curve has a step, a corner, an end or an upright place."
NO_PLACE = "no place with g > 0 found: no logarithm"


def readouts() -> tuple[Readout, ...]:
    """The sum leads; then the product, and the slope of the sum."""
    return (
        Readout(
            name="sum",
            label="ln g(p), added up",
            text=(
                Case("no value", (NO_LOGARITHM,)),
                Case("no sure digit", (BLURRED,)),
                Case("{sum:g6}"),
            ),
            size="huge",
            role="f",
        ),
        Readout(
            name="product",
            label="g(p), multiplied out",
            text=(
                Case("too large for a double", (is_too_large("product"),)),
                Case("undefined", (*UNKNOWN, NO_LOGARITHM)),
                Case("lost: a factor is too large for a double", UNKNOWN),
                Case("0 in double precision", VANISHES),
                Case("no sure digit", (BLURRED,)),
                Case("{product:g4}"),
            ),
            role="f",
        ),
        Readout(
            name="slope",
            label="slope of ln g",
            text=(Case("no value", (is_unknown("sum_slope"),)), Case("{sum_slope:g4}")),
            role="slope",
        ),
    )


def sentence(logarithm: Logarithm, best: Best) -> tuple[Case, ...]:
    """Where there is no logarithm, where doubles end, and which way is better."""
    nowhere = "" if logarithm.exists else " No place with g > 0 was found from p = 0 to p = 1."
    found = [
        Case(f"g is not positive here: there is no logarithm.{nowhere}", (NO_LOGARITHM, NOT_POSITIVE)),
        Case(f"g has no value here that doubles can hold, and ln g has none.{nowhere}", (NO_LOGARITHM,)),
    ]
    if best.p is not None:
        flat = ", and the slopes of all terms cancel." if best.smooth else f". {NO_SLOPE}"
        found.append(
            Case(
                f"The highest place found within 0 < p < 1: g and ln g are greatest, −ln g is least{flat}",
                (is_within("off", -1e-9, 1e-9),),
            )
        )
    found.append(
        Case("Rounding decides what g is here, as at a step: whether p is on it or beside it.", (BLURRED,))
    )
    none = (
        ""
        if best.end is None
        else f" No place within 0 < p < 1 is highest: towards p = {best.end:.0f} ln g is greater than at any."
    )
    found.append(Case(NO_SLOPE, (is_unknown("sum_slope"),)))
    rises: Condition = is_above("sum_slope", 0.0)
    falls: Condition = is_below("sum_slope", 0.0)
    for when, words in (
        (
            (is_too_large("product"),),
            "Multiplied out, g is larger than any double, above 1.8·10³⁰⁸. The sum of its logarithms is {sum:g6}",
        ),
        (
            UNKNOWN,
            "Multiplied out, g is lost, for a factor is too large for a double. The sum of its logarithms is {sum:g6}",
        ),
        (
            VANISHES,
            "Multiplied out, g is 0 in double precision, and so is its slope. The sum of its logarithms is {sum:g6}",
        ),
    ):
        found += [
            Case(f"{words}, and rises to the right.{none}", (*when, rises)),
            Case(f"{words}, and rises to the left.{none}", (*when, falls)),
            Case(f"{words}.{none}", when),
        ]
    found += [
        Case(f"The slopes of the terms add up to {{sum_slope:g4}}: to the right g grows.{none}", (rises,)),
        Case(
            f"The slopes of the terms add up to {{sum_slope:g4}}: to the left g grows.{none}",
            (falls,),
        ),
        Case("g is the same for every p: none is best.")
        if logarithm.is_constant
        else Case(f"The slopes of the terms add up to {{sum_slope:g4}}.{none}"),
    ]
    return tuple(found)


def story(logarithm: Logarithm, best: Best) -> tuple[Stage, ...]:
    """For a teacher: the question, and the answer where there is one."""
    stages = [Stage("Where within 0 < p < 1 is this product greatest?", asks=True)]
    if logarithm.exists:
        stages.append(Stage("The logarithm of a product is a sum: each factor pulls by itself.", {}))
    if best.p is not None:
        stages.append(Stage("There all three curves agree.", {"p": best.p}, {"best_p": True}))
    return tuple(stages)
