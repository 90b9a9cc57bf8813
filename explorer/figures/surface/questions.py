"""Questions about a learner's own function of x and y, each asked only where its answer is sure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from explorer.expression import Expression
from explorer.figures.slope.questions import AGREE, CLEARLY, CLOSE_BY, round_place
from explorer.numeric import Window, number_text, place_text
from explorer.presets import Challenge, Reason

SHARES = (0.25, 0.375, 0.5, 0.625, 0.75)
"""Where round places are looked for, as parts of the window."""

LEVEL = 1e-9
LEAST_RISE = 1e-5
"""A height changes over the window by no smaller part of itself than this."""

ANGLE = 4.0
"""So many degrees may an answer be off."""


@dataclass(frozen=True)
class Spot:
    """A place with the two slopes that it surely has."""

    at: tuple[float, float]
    slopes: tuple[float, float]

    @property
    def steepest(self) -> float:
        """The direction of the gradient in degrees, 0 ≤ θ < 360."""
        return math.degrees(math.atan2(self.slopes[1], self.slopes[0])) % 360

    @property
    def text(self) -> str:
        """The place in words."""
        return f"({place_text(self.at[0])}, {place_text(self.at[1])})"


def sure_gradient(f: Expression, at: tuple[float, float], width: float) -> tuple[float, float] | None:
    """∂f/∂x and ∂f/∂y where difference quotients from both sides, ever closer, say the same; else None."""
    value, slopes = f.value_and_gradient(*at)
    here, known = float(value), (float(slopes[0]), float(slopes[1]))
    if not all(math.isfinite(number) for number in (here, *known)):
        return None
    if max(map(abs, known)) * width < LEAST_RISE * abs(here):  # rounding would have its say
        return None
    for size in CLOSE_BY:
        for step in (size * width, -size * width):
            near = (float(f(at[0] + step, at[1])), float(f(at[0], at[1] + step)))
            blur = 1e-14 * abs(here) / abs(step) + AGREE * size
            for slope, there in zip(known, near, strict=True):
                if (
                    not abs((there - here) / step - slope)
                    <= AGREE * max(abs(slope), 0.1 * max(map(abs, known))) + blur
                ):
                    return None
    return known


def _places(window: Window) -> Iterator[tuple[float, float]]:
    """Round places in the window, those to the upper right first."""
    width = window.x[1] - window.x[0]
    for across in reversed(SHARES):
        for up in reversed(SHARES):
            yield round_place(window.x, across, width), round_place(window.y, up, width)


def spots_of(f: Expression, window: Window, start: tuple[float, float]) -> tuple[Spot, ...]:
    """The places that questions are made of: the first point, then round ones."""
    width = window.x[1] - window.x[0]
    found = []
    for at in dict.fromkeys((start, *_places(window))):
        slopes = sure_gradient(f, at, width)
        inside = window.x[0] <= at[0] <= window.x[1] and window.y[0] <= at[1] <= window.y[1]
        if slopes is not None and inside and max(map(abs, slopes)) < 1e6:
            found.append(Spot(at, slopes))
    return tuple(found)


def _clear(spot: Spot) -> bool:
    """Whether both slopes are clearly there, none of them too small beside the other to be seen."""
    small, large = sorted(map(abs, spot.slopes))
    return small > 0.1 * large > 0


def _ask(
    f: Expression, spot: Spot, question: str, reveal: str, reasons: tuple[Reason, ...], **more: object
) -> Challenge:
    settings: dict[str, object] = {
        "control": "x0",
        "start": spot.at[0],
        "sets": (("y0", spot.at[1]),),
        "switch": "slices",
    } | more
    return Challenge(question, f.text, reveal=reveal, reasons=reasons, **settings)  # type: ignore[arg-type]


def _one_level(f: Expression, spots: tuple[Spot, ...]) -> Challenge | None:
    """Level in one of the two directions only."""
    usual = float(np.median([max(map(abs, spot.slopes)) for spot in spots]))
    for spot in spots:
        fx, fy = spot.slopes
        small, large = sorted((abs(fx), abs(fy)))
        if small > LEVEL * large or large < 0.1 * usual or large == 0:
            continue
        level, other = ("x", "y") if abs(fx) < abs(fy) else ("y", "x")
        slope = fy if level == "x" else fx
        return _ask(
            f,
            spot,
            f"At {spot.text}: which of the two slopes is 0?",
            f"∂f/∂{level} is 0 there: in {level} it is level. In {other} the slope is {number_text(slope, 3)}.",
            (
                Reason(f"the slice along {level} is level there, the slice along {other} is not", right=True),
                Reason(
                    "a level slice means a level surface",
                    says="It is level that way. Across it, the surface still climbs.",
                ),
                Reason(
                    "the surface has one slope, whichever way", says="Every direction has a slope of its own."
                ),
            ),
            choices=(f"∂f/∂{level} alone", f"∂f/∂{other} alone", "both"),
            hints=(
                f"Not yet: hold {level} and walk in {other}. Is it level that way?",
                f"Not yet: hold {level} and walk in {other}. Does the height change?",
            ),
        )
    return None


def _turned(
    f: Expression, spot: Spot, degrees: tuple[float, ...], words: tuple[str, str], reasons: tuple[Reason, ...]
) -> Challenge:
    return _ask(
        f,
        spot,
        words[0],
        words[1],
        reasons,
        control="theta",
        start=round((degrees[0] + 100) % 360),
        sets=(("x0", spot.at[0]), ("y0", spot.at[1])),
        places=tuple((angle, angle) for angle in degrees),
        tolerance=ANGLE,
        switch="gradient",
    )


def _level_way(f: Expression, spots: tuple[Spot, ...]) -> Challenge | None:
    """The direction without a slope."""
    for spot in filter(_clear, spots):
        one, other = ((spot.steepest + turn) % 360 for turn in (90, 270))
        return _turned(
            f,
            spot,
            (one, other),
            (
                f"At {spot.text}, turn u until it is level.",
                f"At {one:.0f}° and at {other:.0f}°: along the level curve, a quarter turn from the steepest way.",
            ),
            (
                Reason("u runs along the level curve there, across the gradient", right=True),
                Reason(
                    "nowhere but at a flat place is it level",
                    says="Every level curve is a way without a slope.",
                ),
                Reason("straight against the steepest climb", says="That way it falls most steeply."),
            ),
        )
    return None


def _steepest_way(f: Expression, spots: tuple[Spot, ...]) -> Challenge | None:
    """The direction of the steepest climb."""
    for spot in filter(_clear, spots):
        fx, fy = spot.slopes
        if max(abs(fx), abs(fy)) < CLEARLY * min(abs(fx), abs(fy)):
            continue
        larger = "x" if abs(fx) > abs(fy) else "y"
        return _turned(
            f,
            spot,
            (spot.steepest,),
            (
                f"At {spot.text}, turn u until the climb is steepest.",
                f"At {spot.steepest:.0f}°, along ∇f = ({number_text(fx, 3)}, {number_text(fy, 3)}): "
                f"its length {number_text(math.hypot(fx, fy), 3)} is the slope there.",
            ),
            (
                Reason("along the gradient both slopes help, each by its size", right=True),
                Reason(
                    f"along {larger} alone, since that slope is the larger one",
                    says="A little of the other way still helps.",
                ),
                Reason("halfway between the axes, since both count", says="They count, but by their size."),
            ),
        )
    return None


def _steeper_way(f: Expression, spots: tuple[Spot, ...]) -> Challenge | None:
    """In which of the two directions it is steeper, one climbing and the other falling where there is such a place."""
    able = [s for s in spots if _clear(s) and max(map(abs, s.slopes)) > CLEARLY * min(map(abs, s.slopes))]
    if not able:
        return None
    spot = min(able, key=lambda s: s.slopes[0] * s.slopes[1] > 0)
    fx, fy = spot.slopes
    steep, calm = ("x", "y") if abs(fx) > abs(fy) else ("y", "x")
    return _ask(
        f,
        spot,
        f"At {spot.text}: is it steeper in x or in y, up or down?",
        f"In {steep}: ∂f/∂x is {number_text(fx, 3)}, ∂f/∂y is {number_text(fy, 3)}. Steep is the larger size.",
        (
            Reason("what counts is the size of the slope, whatever its sign", right=True),
            Reason("at one point there is one slope", says="There is one for every direction."),
            Reason(
                "the larger number is steeper, so a negative slope never is",
                says="−3 is steeper than 1: it falls faster.",
            ),
        ),
        choices=(f"in {steep}", f"in {calm}", "equally steep"),
        hints=(
            "Not yet: compare the two dashed tangents in the slices, and the numbers on their axes.",
            "Not yet: compare the two dashed tangents in the slices. Are they tilted alike?",
        ),
    )


PLANE_KINDS: tuple[Callable[[Expression, tuple[Spot, ...]], Challenge | None], ...] = (
    _one_level,
    _steeper_way,
    _steepest_way,
    _level_way,
)
"""The kinds of question about two slopes; each has none where the function gives no sure answer."""


def plane_questions(f: Expression, window: Window, start: tuple[float, float]) -> tuple[Challenge, ...]:
    """The questions about a learner's own function of x and y."""
    spots = spots_of(f, window, start)
    if not spots:
        return ()
    return tuple(asked for kind in PLANE_KINDS if (asked := kind(f, spots)) is not None)
