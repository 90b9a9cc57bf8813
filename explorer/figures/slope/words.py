"""What the slope page says: a sentence for every place and every combination of height and slope."""

from __future__ import annotations

from itertools import islice

from explorer.conditions import (
    Condition,
    is_above,
    is_at,
    is_below,
    is_between,
    is_sure,
    is_too_large,
    is_unknown,
    is_unsure,
)
from explorer.expression import Expression
from explorer.figures.curve import within
from explorer.figures.marked import marked_places, told
from explorer.numeric import (
    Analysis,
    Break,
    BreakKind,
    CriticalKind,
    CriticalPoint,
    Description,
    Window,
    derivative_values,
)
from explorer.scene.digits import FADED, Form
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Stage

MOST_PLACES = 26
"""So many breaks, extrema and inflections have a sentence of their own; what is said elsewhere holds there as well."""

BESIDE = 0.01
"""So far beside an inflection, in windows, its slope is compared with others."""

RISES_LEFT = {
    CriticalKind.MINIMUM: "to the left the curve falls, to the right it rises",
    CriticalKind.MAXIMUM: "to the left the curve rises, to the right it falls",
}


MAGNIFIED = {
    BreakKind.CORNER: "However close you look, the corner stays a corner: no single line fits.",
    BreakKind.CUSP: "However close you look, the cusp stays a spike.",
    BreakKind.VERTICAL_TANGENT: "The closer you look, the more upright it stands: the tangent is vertical.",
    BreakKind.JUMP: "However close you look, the jump stays a jump: no line fits both sides.",
    BreakKind.HOLE: "However close you look, the point lies off the rest of the curve.",
    BreakKind.POLE: "However close you look, the curve runs away from the point.",
    BreakKind.DOMAIN_EDGE: "However close you look, the curve ends here: there is nothing on the other side.",
    BreakKind.OSCILLATION: "However close you look, it keeps swinging: no single line fits.",
    BreakKind.ISOLATED: "However close you look, the point stands alone: there is no curve beside it.",
}
"""What the microscope says of a break at which the function has a value."""


def exactly(x: float) -> tuple[Condition, ...]:
    """The condition that the point stands exactly there."""
    return (is_at("x0", x),)


def critical_sentence(point: CriticalPoint) -> str:
    """A flat or extreme place, named and explained."""
    best = "global " if point.is_global and point.kind is not CriticalKind.FLAT else ""
    if point.wild and point.kind is CriticalKind.FLAT:
        return (
            "Flat, slope 0, but neither minimum nor maximum: however close, the curve swings above and below."
        )
    if point.wild:
        beside = "higher" if point.kind is CriticalKind.MINIMUM else "lower"
        return (
            f"Flat: slope 0. A {best}{point.kind.value}: on both sides the curve is {beside}, though it turns "
            "ever more often towards this place."
        )
    if point.kind is CriticalKind.FLAT:
        return "Flat, slope 0, but neither minimum nor maximum: the curve goes on the same way on both sides."
    if point.smooth:
        return f"Flat: slope 0. A {best}{point.kind.value}: {RISES_LEFT[point.kind]}."
    return f"A {best}{point.kind.value} without being flat: there is no slope at this place."


def magnified(analysis: Analysis, window: Window) -> tuple[Case, ...]:
    """What the microscope says where there is no slope; a vertical tangent is a tangent all the same."""
    nothing = Case("Where the curve has no value there is nothing to magnify.", (is_unknown("f"),))
    breaks = told(analysis.breaks, marked_places(analysis, window), window, MOST_PLACES)
    places = (Case(MAGNIFIED[place.kind], exactly(place.x)) for place in breaks)
    return (nothing, *places, Case("There is a value here, but no slope."))


def _break_cases(places: tuple[Break, ...], extrema: dict[float, CriticalPoint]) -> list[Case]:
    cases = []
    for place in places:
        point = extrema.get(place.x)
        also = (
            f" It is a {point.kind.value} all the same."
            if point and point.kind is not CriticalKind.FLAT
            else ""
        )
        cases.append(Case(place.sentence + also, exactly(place.x)))
    return cases


def sentences(analysis: Analysis, window: Window, opening: float | None, slope: Form) -> tuple[Case, ...]:
    """All cases of the slope page's sentence, slopes in this form.

    `opening` is the x₀ at which the learner is invited to drag.
    """
    if analysis.description is Description.NOWHERE_DEFINED:
        return (
            Case("This function has no real value anywhere in the picture: there is no curve, no slope."),
        )
    marked = marked_places(analysis, window)
    breaks = told(analysis.breaks, marked, window, MOST_PLACES)
    if analysis.description is Description.POINTS:
        alone = _break_cases(breaks, {})
        return (*alone, Case(f"No value here, so no slope. {Description.POINTS.sentence}"))
    number = f"{{slope:{slope.plain}}}"
    signs = _signs(number, slope.least)
    extrema = {point.x: point for point in analysis.critical}
    cases = _break_cases(breaks, extrema)
    taken = {place.x for place in analysis.breaks}
    # Where the curve turns ever more often, the turns are many and their goal is one.
    wild = tuple(point for point in analysis.critical if point.wild)
    spoken_of = (*wild, *told([p for p in analysis.critical if not p.wild], marked, window, MOST_PLACES))
    cases += [Case(critical_sentence(p), exactly(p.x)) for p in spoken_of if p.x not in taken]
    cases += [
        Case(f"An inflection: the bend changes sides here, slope {number}.", exactly(p.x))
        for p in told(analysis.inflections, marked, window, MOST_PLACES)
        if p.x not in extrema
    ]
    cases.append(
        Case("The function is too large for a double here: no slope is computed.", (is_too_large("f"),))
    )
    cases.append(Case("The function has no value here, so there is no slope.", (is_unknown("f"),)))
    cases.append(Case("There is a value here, but no slope.", (is_unknown("slope"),)))
    cases.append(
        Case(
            "Doubles end here: after the subtractions in its formula no digit of the slope is sure.",
            (is_unsure("slope", max(slope.least, FADED)),),
        )
    )
    if opening is not None and within(opening, window):
        drag = "⟨ Drag until the line is flat.⟩"
        cases += with_paper(*(Case(case.text + drag, (*exactly(opening), *case.when)) for case in signs))
    return (*cases, *signs, Case(f"Slope {number}."))


_ABOVE: Condition = is_above("f", 0.0)
_BELOW: Condition = is_below("f", 0.0)
_RISING: Condition = is_above("slope", 0.0)
_FALLING: Condition = is_below("slope", 0.0)


def _signs(number: str, least: float) -> tuple[Case, ...]:
    """By height and slope; a slope below `least` would be written as 0, which it is not."""
    return (
        Case("Flat here: slope 0.", (is_at("slope", 0.0), is_sure("slope"))),
        Case("Flat here, as far as doubles can tell.", (is_unsure("slope", FADED),)),
        Case(
            "The slope is too small for a double here: 0, or nearer to 0 than 10⁻³⁰⁰.", (is_unsure("slope"),)
        ),
        Case("Nearly flat, yet falling: slope {slope:g2}.", (is_between("slope", -least, 0.0),)),
        Case("Nearly flat, yet rising: slope {slope:g2}.", (is_between("slope", 0.0, least),)),
        Case(f"The curve is above zero here, yet falling: slope {number}.", (_ABOVE, _FALLING)),
        Case(f"Above zero and rising: slope {number}.", (_ABOVE, _RISING)),
        Case(f"The curve is below zero here, yet rising: slope {number}.", (_BELOW, _RISING)),
        Case(f"Below zero and falling: slope {number}.", (_BELOW, _FALLING)),
        Case(f"The curve crosses zero, rising: slope {number}.", (_RISING,)),
        Case(f"The curve crosses zero, falling: slope {number}.", (_FALLING,)),
    )


def story(f: Expression, analysis: Analysis, window: Window) -> tuple[Stage, ...]:
    """What a teacher pages through: a question, flat places, places without a slope, all of f′."""
    stages = [Stage("How steep is the curve at this point? Say a number before you look.", asks=True)]
    stages += [
        Stage("Here the line is flat. A top, a bottom, or neither?", {"x0": point.x}, asks=True)
        for point in analysis.critical[:3]
        if within(point.x, window) and point.smooth
    ]
    stages += [
        Stage(
            "No slope here. What goes wrong from the left, what from the right?", {"x0": place.x}, asks=True
        )
        for place in analysis.breaks[:2]
        if within(place.x, window)
    ]
    bent = (_bent(f, point.x, window) for point in analysis.inflections if within(point.x, window))
    stages += [stage for stage in islice(bent, 1) if stage]
    stages.append(Stage("All the slopes at once: their curve is f′.", {}, {"whole": True}))
    return tuple(stages)


def _bent(f: Expression, x: float, window: Window) -> Stage | None:
    """An inflection, where the slopes a little to both sides say the same of the slope at it; else None."""
    aside = BESIDE * (window.x[1] - window.x[0])
    left, here, right = (float(derivative_values(f, place, 1)) for place in (x - aside, x, x + aside))
    if left > here < right:
        said = "Larger, on both sides: of all slopes close by, the one here is the least."
    elif left < here > right:
        said = "Smaller, on both sides: of all slopes close by, the one here is the greatest."
    else:
        return None
    question = (
        "Here the curve changes the way it bends. Is the slope a little beside this place larger or smaller?"
    )
    return Stage(question, {"x0": x}, asks=True, answer=said)


NEXT = Stage(
    "Next: type a function of your own, and draw its slopes before you look, with “Sketch it first”. "
    "Where must your line cross zero?"
)
"""The end of the story: what to do with it."""
