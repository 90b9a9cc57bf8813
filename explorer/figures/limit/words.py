"""What the limit page says: at a break, across a wall, with h = 0, and on the way to the limit."""

from __future__ import annotations

import math

from explorer.conditions import (
    Condition,
    is_above,
    is_at,
    is_at_least,
    is_at_most,
    is_below,
    is_known,
    is_too_large,
    is_unknown,
)
from explorer.figures.curve import within
from explorer.figures.limit.quotient import ends_of, largest_h
from explorer.numeric import Break, BreakKind, Window, number_text, place_text
from explorer.scene.digits import place_format
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Stage

NO_STEP: Condition = is_at("h", 0.0)
NO_SECOND: Condition = is_unknown("f1")
THERE: Condition = is_known("f1")
NO_FIRST: Condition = is_unknown("f")
SETTLED: tuple[Condition, ...] = (is_at_most("away", 0.0), is_at_least("blur", 0.3))
"""Nothing is left between the quotient and its limit, or no more than rounding."""
SHOWN, NO_DIGIT = 5e-8, 0.3
"""So little of the quotient lies between it and its limit that seven digits hide it; so much that no digit stands."""
RIGHTWARDS: Condition = is_above("h", 0.0)
BLIND = "blind"
"""The switch of a story before it tells the limit: nothing is shown of it yet. It has no chip."""
BLINDLY: Condition = is_at(f"switch:{BLIND}", 1.0)


def _sure_digits(unsure: str = "unsure") -> tuple[tuple[Condition, str], ...]:
    """Rounding leaves two digits of a quantity, three, or five; more where no condition holds."""
    shares = ((3e-3, "g2"), (3e-5, "g3"), (3e-7, "g5"))
    return tuple((is_at_least(unsure, least), digits) for least, digits in shares)


def exactly(place: Break) -> Condition:
    """x₀ stands on the break."""
    return is_at("x0", place.x)


def _heads(end: float) -> str:
    if math.isinf(end):
        return "outgrow every number" if end > 0 else "fall below every number"
    return f"head for {number_text(end)}"


def break_text(place: Break) -> str:
    """What happens to the quotient when x₀ stands on a break."""
    at = f"x = {place_text(place.x)}"
    ends = ends_of(place)
    if math.isnan(place.value):
        return f"{place.sentence} Without f(x₀) there is no first point, so no secant either."
    match place.kind:
        case BreakKind.VERTICAL_TANGENT:
            return (
                f"Vertical tangent at {at}: the quotients {_heads(ends.left)} from both sides, the secants turn "
                "upright. There is a tangent, but no derivative: no number is its slope."
            )
        case BreakKind.CORNER:
            return (
                f"Corner at {at}: from the left the quotients {_heads(ends.left)}, from the right they "
                f"{_heads(ends.right)}. Two ends, no limit: there is no derivative and no tangent."
            )
        case BreakKind.CUSP:
            return (
                f"Cusp at {at}: from the left the quotients {_heads(ends.left)}, from the right they "
                f"{_heads(ends.right)}. There is no derivative."
            )
        case BreakKind.DOMAIN_EDGE:
            end, side = (ends.right, "right") if math.isnan(ends.left) else (ends.left, "left")
            if math.isnan(end):
                return place.sentence
            verb = "begins" if side == "right" else "ends"
            upright = f": a vertical tangent from the {side} alone" if place.upright else ""
            return (
                f"The domain {verb} at {at}: a second point stands only on the {side}, where the quotients "
                f"{_heads(end)}{upright}. One side alone makes no derivative."
            )
        case BreakKind.OSCILLATION | BreakKind.ISOLATED:
            return place.sentence
    if ends.left == ends.right:
        sides = f"From both sides the quotients {_heads(ends.left)}"
    else:
        sides = f"From the left the quotients {_heads(ends.left)}, from the right they {_heads(ends.right)}"
    return (
        f"{_NAMES.get(place.kind, 'Break')} at {at}: Δy does not shrink with Δx. {sides}: there is no derivative "
        "and no tangent."
    )


_NAMES = {BreakKind.JUMP: "Jump", BreakKind.HOLE: "Hole", BreakKind.POLE: "Pole"}


def wall_text(wall: Break) -> str:
    """What a secant is worth that reaches across a break of the curve."""
    at = f"x = {place_text(wall.x)}"
    if wall.kind is BreakKind.POLE:
        return (
            f"The pole at {at} lies between the two points: this secant joins two branches, and its slope "
            "{q:g4} says nothing about the curve at x₀."
        )
    if wall.kind is BreakKind.DOMAIN_EDGE:
        return (
            f"Between the two points the function stops being defined (at {at}): the secant bridges a gap, "
            "with slope {q:g4}."
        )
    return (
        f"The curve is broken at {at}, between the two points: the secant bridges the break, slope {{q:g4}}."
    )


def sentences(
    breaks: tuple[Break, ...], walls: tuple[Break, ...], window: Window, *, straight: bool, untold: int = 0
) -> tuple[Case, ...]:
    """All cases of the limit page's sentence, the most particular first; so many breaks are `untold` one by one."""
    place, largest = place_format(window), largest_h(window)
    cases = [Case(break_text(b), (exactly(b),)) for b in breaks if math.isnan(b.value)]
    cases.append(Case("f is too large for a double at x₀ = {x0}: no secant.", (is_too_large("f"),)))
    cases.append(
        Case("f has no value at x₀ = {x0}: without a first point there is no secant.", (NO_FIRST,)),
    )
    cases.append(
        Case(
            "With h = 0 both points are one: Δy/Δx would be 0/0, which is no number. The limit asks what happens "
            "near 0, never at 0.",
            (NO_STEP,),
        )
    )
    cases += [
        Case(
            f"From x = {{x0:{place}}} to {{x1:{place}}} the average slope is {{q:g7}}.",
            (BLINDLY, RIGHTWARDS, THERE),
        ),
        Case(f"From x = {{x1:{place}}} to {{x0:{place}}} the average slope is {{q:g7}}.", (BLINDLY, THERE)),
    ]
    cases += [Case(break_text(b), (exactly(b),)) for b in breaks if not math.isnan(b.value)]
    if untold:
        cases.append(
            Case(
                f"No slope is known at x₀ = {{x0}}. The curve breaks or bends at {len(breaks) + untold} places in this "
                "window: those that are marked on the slider have words of their own, the others when you zoom in.",
                (is_unknown("slope"),),
            )
        )
    cases.append(Case(f"f is too large for a double at {{x1:{place}}}, so no secant.", (is_too_large("f1"),)))
    cases.append(
        Case(
            f"The second point lies outside the domain: f has no value at {{x1:{place}}}, so no secant.",
            (NO_SECOND,),
        )
    )
    cases += [Case(wall_text(w), (is_below(f"wall{k}", 0.0),)) for k, w in enumerate(walls)]
    if straight:
        cases.append(
            Case("Δy/Δx = {q:g4} for this h and for every other: a line has one slope, its secant is itself.")
        )
        return tuple(cases)
    far: Condition = is_at_least("size", 0.0499 * largest)
    close: Condition = is_at_least("size", 0.000499 * largest)
    ask = (
        "the average slope is {q:g4}. "
        "⟨Drag the ringed point closer: what number is it heading for?|What number does it head for as h goes to 0?⟩"
    )
    cases += [
        *with_paper(
            Case(f"From x = {{x0:{place}}} to {{x1:{place}}} {ask}", (far, RIGHTWARDS)),
            Case(f"From x = {{x1:{place}}} to {{x0:{place}}} {ask}", (far,)),
        ),
        *(
            Case(
                "Only {size:g3} apart: the average slope is {q:g5}, and between it and the limit rounding shows no "
                "difference.",
                (close, here),
            )
            for here in SETTLED
        ),
        Case(
            "Only {size:g3} apart: the average slope is {q:g7}, and the number it heads for is about {away:g1} away: "
            "nearer than these digits show.",
            (close, is_below("near", SHOWN)),
        ),
        *with_paper(Case(f"Only {{size:g3}} apart: {ask}", (close, is_above("near", NO_DIGIT)))),
        Case(
            "Only {size:g3} apart: the average slope is {q:g7}. Which of its digits no longer change?",
            (close,),
        ),
        *(
            Case(
                f"{{size:g3}} apart: about {{q:{digits}}}. So close together, the two values agree in most of their 16 "
                "digits: what more the computer says is rounding.",
                (unsure,),
            )
            for unsure, digits in _sure_digits()
        ),
        Case(
            "{size:g3} apart: {q:g7}. It comes as close to one number, the limit, as you like; h itself never is 0."
        ),
    ]
    return tuple(cases)


def quotient_cases(window: Window) -> tuple[Case, ...]:
    """Δy/Δx as a fraction of two numbers, with the digits that its parts ask for and the rail has room for.

    Decimals are fixed, so that the digits stand still in a drag, except where a part is too large or too small for
    them. What is 0 but for rounding is written with them as 0. Close together Δy has a digit more, and the browser says
    whether the division holds as it is written (`≟`).
    """
    nothing = 1e-12 * (window.y[1] - window.y[0])

    def fraction(dy: str, dx: str, q: str) -> tuple[str, str]:
        # A line breaks before the sign of equality or behind the stroke, never elsewhere.
        over, equals = "/\N{ZERO WIDTH SPACE}", f" ≟\N{NO-BREAK SPACE}{{q:{q}}}"
        return f"{{dy:{dy}}}{over}{{h:{dx}}}{equals}", f"{{dy:{dy}}}{over}({{h:{dx}}}){equals}"

    cases = [
        Case("no f(x₀)", (NO_FIRST,)),
        Case("0/0", (NO_STEP,)),
        Case("no second point", (NO_SECOND,)),
    ]
    large: Condition = is_at_least("rise", 99.9)
    there: Condition = is_at_least("rise", nothing)
    for least, also, formats in (
        (99.9, (), ("g5", "g3", "g4")),
        (0.999, (large,), ("g5", "2", "g5")),
        (0.999, (there, is_below("steep", 0.1)), ("g4", "2", "g3")),
        (0.999, (), ("2", "2", "2")),
        (0.0999, (large,), ("g5", "3", "g5")),
        (0.0999, (there, is_below("rise", 0.01)), ("g4", "3", "g3")),
        (0.0999, (), ("4", "3", "3")),
        (0.00999, (there, is_below("rise", 0.001)), ("g4", "4", "g3")),
        (0.00999, (), ("5", "4", "3")),
        *((0.0, (unsure,), ("g3", "g3", digits)) for unsure, digits in _sure_digits()),
        (0.0, (), ("g7", "g4", "g7")),
    ):
        positive, negative = fraction(*formats)
        here: tuple[Condition, ...] = (is_at_least("size", least), *also)
        cases += [Case(positive, (*here, RIGHTWARDS)), Case(negative, here)]
    return tuple(cases)


def sure_cases(name: str, unsure: str, digits: str) -> tuple[Case, ...]:
    """A quantity with as many digits as rounding leaves: `digits` where it leaves them all."""
    fewer = (Case(f"{{{name}:{some}}}", (when,)) for when, some in _sure_digits(unsure))
    return (*fewer, Case(f"{{{name}:{digits}}}"))


def distance_cases() -> tuple[Case, ...]:
    """|Δy/Δx − limit|, with the digits that rounding leaves; where it is smaller than rounding, that is said."""
    return (
        Case("–", (is_unknown("away"),)),
        Case("0", (is_at_most("away", 0.0),)),
        Case("less than rounding shows", (is_at_least("blur", 0.3),)),
        Case("about {away:g1}", (is_at_least("blur", 0.01),)),
        Case("{away:g3}"),
    )


def limit_cases(breaks: tuple[Break, ...]) -> tuple[Case, ...]:
    """The limit as a number, or why there is none."""
    cases = []
    for place in breaks:
        ends = ends_of(place)
        sides = [end for end in (ends.left, ends.right) if not math.isnan(end)]
        if len(sides) == 2 and ends.left == ends.right:
            text = f"none: {number_text(ends.left)}"
        elif len(sides) == 2:
            text = f"none: {number_text(ends.left)} and {number_text(ends.right)}"
        else:
            text = "none"
        cases.append(Case(text, (exactly(place),)))
    return (*cases, Case("none", (is_unknown("slope"),)), Case("{slope:g5}"))


def story(window: Window, start: float, h: float, breaks: tuple[Break, ...]) -> tuple[Stage, ...]:
    """What a teacher pages through: an average, closer and closer, the other side, the limit, a corner near `start`."""
    off = {"limit": False, "tangent": False, BLIND: True}
    on = {"limit": True, "tangent": True}
    stages = [
        Stage(
            "Two points, one secant. How steep is the curve between them, on average?",
            {"h": h},
            off,
            asks=True,
        ),
        Stage(
            "Now the second point stands half as far away. Is the average slope larger or smaller than before?",
            {"h": h / 2},
            off,
            asks=True,
        ),
        Stage(
            "A tenth of the first distance. What number is the average slope heading for?", {"h": h / 10}, off
        ),
        Stage(
            "A thousandth of it. Which digit of the average slope still changes, if any?",
            {"h": h / 1000},
            off,
        ),
        Stage(
            "Now from the left. Drag the point closer: does it head for the same number?", {"h": -h / 2}, off
        ),
        Stage(_headed(breaks), {"h": h / 10}, on),
    ]
    stages += [
        Stage(
            f"At x = {place_text(b.x)}: from the left, and from the right, what do the average slopes do?",
            {"x0": b.x, "h": h / 2},
            {"limit": True},
            asks=True,
        )
        for b in sorted(breaks, key=lambda place: abs(place.x - start))
        if within(b.x, window) and math.isfinite(b.value)
    ][:2]
    return (*stages, Stage(NEXT, {"h": h / 10}, on))


NEXT = (
    "Next: drag x₀. Wherever the average slopes head for one number, that is the slope there. "
    "All these numbers over x make f′: the page Slope draws it."
)


def _headed(breaks: tuple[Break, ...]) -> tuple[Case, ...]:
    """Whether there is a limit where the first point stands."""
    none = "There is no one number here that both sides head for: no limit, and so no slope."
    return (
        Case("f is too large for a double here: nothing is computed.", (is_too_large("f"),)),
        Case("f has no value here: without a first point nothing heads for anything.", (NO_FIRST,)),
        *(Case(none, (exactly(b),)) for b in breaks),
        Case("No slope is known here.", (is_unknown("slope"),)),
        Case("The number that both sides head for is the limit. The line with that slope is the tangent."),
    )
