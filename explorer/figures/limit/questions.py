"""Questions about the difference quotient of a learner's own function, each asked only where its answer is sure."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import within
from explorer.figures.slope.questions import Kind, Seen, made, seen_of, sure_slope
from explorer.numeric import BreakKind, Window, derivative_values, number_text, place_text, values
from explorer.presets import Challenge, Reason

APART = 0.1
"""Numbers to choose from differ by more than this share of the larger one."""


def _heads_for(h: float) -> Callable[[Seen], Challenge | None]:
    """The number that the quotient heads for, beside the average of the first step and the height."""

    def ask(seen: Seen) -> Challenge | None:
        slope = sure_slope(seen.f, seen.start, seen.width)
        here, there = float(values(seen.f, seen.start)), float(values(seen.f, seen.start + h))
        if slope is None or not math.isfinite(there):
            return None
        average = (there - here) / h
        numbers = (slope, average, here)
        if any(abs(a - b) <= APART * max(abs(a), abs(b)) for k, a in enumerate(numbers) for b in numbers[:k]):
            return None
        right, first, height = (number_text(number, 3) for number in numbers)
        at = place_text(seen.start)
        return seen.ask(
            f"As h shrinks to 0 at x = {at}: what number does Δy/Δx head for?",
            f"For {right}, to three digits: from both sides it comes as close to the slope at x = {at} as you like.",
            (
                Reason("both points close in on one, and the secant on its tangent", right=True),
                Reason(
                    f"with h = {number_text(h)} it is {first}, and it stays there",
                    says="That is the average over the first step. It changes with h.",
                ),
                Reason(
                    "it heads for the height at that point",
                    says="The height is where it is; the quotient says how fast it changes.",
                ),
            ),
            control="h",
            start=h,
            sets=(("x0", seen.start),),
            choices=(right, first, height),
            hints=(
                f"Not yet: that is the average from {at} on for h = {number_text(h)}. Drag the point closer.",
                "Not yet: that is how high the curve is. How steep is it?",
            ),
            shows=(("h", h / 1000),),
        )

    return ask


def _half(h: float) -> Callable[[Seen], Challenge | None]:
    """Whether the average grows or falls with half the step: sure where the curve bends one way between the points."""

    def ask(seen: Seen) -> Challenge | None:
        between = np.linspace(seen.start, seen.start + h, 97)
        bends = derivative_values(seen.f, between, 2)
        y = values(seen.f, np.array([seen.start, seen.start + h / 2, seen.start + h]))
        low, high = sorted((seen.start, seen.start + h))
        broken = any(low <= x <= high for x in seen.breaks)
        if broken or not (np.isfinite(bends).all() and np.isfinite(y).all()):
            return None
        whole, half = float((y[2] - y[0]) / h), float((y[1] - y[0]) / (h / 2))
        one_way = bool((bends > 0).all() or (bends < 0).all())
        if not one_way or abs(half - whole) < 0.05 * max(abs(half), abs(whole)):
            return None
        up = half > whole
        right, wrong = ("larger", "smaller") if up else ("smaller", "larger")
        return seen.ask(
            "The second point comes half as close. Does Δy/Δx get larger or smaller?",
            f"It gets {right}: from {number_text(whole, 3)} to {number_text(half, 3)}.",
            (
                Reason(
                    f"the far half of the way is {'less' if up else 'more'} steep upwards than the near half",
                    right=True,
                ),
                Reason(
                    "half of Δx means half of the slope", says="Δy shrinks too: the slope is their ratio."
                ),
                Reason(
                    "Δy and Δx both halve, so nothing changes", says="On a line they would. This curve bends."
                ),
            ),
            control="h",
            start=h,
            sets=(("x0", seen.start),),
            choices=(right, wrong, "it stays the same"),
            hints=(
                "Not yet: compare the near half of the way with the far half. Which one climbs more?",
                "Not yet: that would be so on a straight line. Does this curve bend between the points?",
            ),
            shows=(("h", h / 2),),
        )

    return ask


def _sides(h: float) -> Callable[[Seen], Challenge | None]:
    """A corner: the quotient heads for two numbers."""

    def ask(seen: Seen) -> Challenge | None:
        corners = [
            b
            for b in seen.analysis.breaks
            if b.kind is BreakKind.CORNER
            and within(b.x, seen.window)
            and seen.window.y[0] <= b.value <= seen.window.y[1]
        ]
        if not corners:
            return None
        place = min(corners, key=lambda b: abs(b.x - seen.start))
        left, right = (number_text(slope, 3) for slope in (place.left_slope, place.right_slope))
        if left == right or not within(place.x + h, seen.window):
            return None
        return seen.ask(
            f"At x = {place_text(place.x)}: what number does Δy/Δx head for?",
            f"For two: {left} from the left and {right} from the right. So there is no limit, and no slope.",
            (
                Reason("the two sides head for different numbers, so there is no limit", right=True),
                Reason(
                    "the right side counts, since h is positive",
                    says="h may be negative too: both sides count.",
                ),
                Reason(
                    "the average of both is the slope",
                    says="An average of two slopes is the slope of neither.",
                ),
            ),
            control="h",
            start=h,
            sets=(("x0", place.x),),
            choices=("no single number", right, left),
            hints=(
                "Not yet: that is one side. What does a negative h say?",
                "Not yet: that is one side. What does a positive h say?",
            ),
            shows=(("h", -h / 2),),
        )

    return ask


def limit_questions(f: Expression, window: Window, start: float, h: float) -> tuple[Challenge, ...]:
    """The questions about the difference quotient of a learner's own function, first with the step `h`."""
    kinds = (
        Kind("two sides of a corner", _sides(h)),
        Kind("half the step", _half(h)),
        Kind("what it heads for", _heads_for(h)),
    )
    return made(kinds, seen_of(f, window, start))
