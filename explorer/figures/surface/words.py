"""What the surface page says: two slopes in a sentence, directions, planes, critical points and silent tests."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from explorer.conditions import (
    Condition,
    is_above,
    is_at,
    is_at_least,
    is_at_most,
    is_below,
    is_between,
    is_known,
    is_too_large,
    is_unknown,
    is_unsure,
    is_within,
)
from explorer.expression import Expression, compile_tape
from explorer.figures.surface.quantities import OPPOSITE
from explorer.figures.surface.sides import NO_PLANE, sentences_without_slope
from explorer.figures.surface.sought import veil_for
from explorer.figures.surface.still import level_creases, sharp_kind, sharp_places
from explorer.numeric import Window, number_text
from explorer.numeric.bounds import is_highest, is_lowest
from explorer.numeric.critical2d import CriticalKind2D, CriticalPoint2D, CriticalPoints
from explorer.numeric.leaps2d import growing, leaps_in
from explorer.numeric.poles2d import pole_places
from explorer.numeric.seams import seams_of
from explorer.numeric.sharp2d import SharpPlace
from explorer.numeric.surroundings import NEIGHBOURHOOD, Surroundings, surroundings
from explorer.scene.scene import Case, Row, Stage, Table

MOST_POINTS = 60
MOST_ROWS = 24
NOISE, ROUNDING = (
    1e-9,
    1e-13,
)  # parts of the greater eigenvalue: at a place that was sought, and at one that is given
LEAST_SLOPE = 1e-6  # of the box: what is less may be rounding, and is next to level
ULPS = 4  # so many neighbouring doubles away a place that is sought may lie
ACROSS = math.sin(math.radians(0.03))  # an angle in a link has two decimals
ALONG = math.cos(math.radians(0.03))

OUTSIDE = "The surface is {way} the heights shown here: f = {{f:g4}}. The arrow points to it."

LEVEL_IN_X: tuple[Condition, ...] = (is_at_least("fx", 0.0), is_at_most("fx", 0.0))
LEVEL: Condition = is_at_most("norm", 0.0)
GRADIENT: Condition = is_at("switch:gradient", 1.0)
PLANE: Condition = is_at("switch:plane", 1.0)


def at_point(point: CriticalPoint2D | SharpPlace) -> tuple[Condition, ...]:
    """The point stands exactly there."""
    return (is_at("x0", point.x), is_at("y0", point.y))


def sentences(
    f: Expression, window: Window, found: CriticalPoints, reach: float, box: tuple[float, float]
) -> tuple[Case, ...]:
    """All cases of the page's sentence; `reach` is the distance at which the plane is compared, `box` the heights."""
    missing = (
        Case("The function is too large for a double here: a gap.", (is_too_large("f"),)),
        *_at_a_pole(f, window),
        *_at_the_edge(f),
        Case("The function has no value here: a gap in the surface.", (is_unknown("f"),)),
    )
    around = neighbourhoods(f, window, found.points)
    critical = tuple(
        Case(said_of(p, around) + _beyond(p.value, box), at_point(p)) for p in found.points[:MOST_POINTS]
    )
    sharp = tuple(
        Case(said_of_sharp(p) + _beyond(p.value, box), at_point(p))
        for p in sharp_places(f, window.x, window.y)[:MOST_POINTS]
    )
    return (
        *missing,
        *critical,
        *sharp,
        *(Case(OUTSIDE.format(way=way), (condition,)) for way, condition in outside(box).items()),
        *sentences_without_slope(f),
        *_without_a_digit(LEAST_SLOPE * (box[1] - box[0]) / (window.x[1] - window.x[0])),
        *_directions(),
        *_planes(reach, poles=_has_poles(f, window)),
        *_slopes(),
    )


def _has_poles(f: Expression, window: Window) -> bool:
    return bool(growing(f, window.x, window.y) or pole_places(f, window.x, window.y))


def _at_a_pole(f: Expression, window: Window) -> tuple[Case, ...]:
    """Where f has no value because it grows without bound on the way there, from one side at least."""
    words = "No value here: a pole. Close by, the surface’s heights have no bound."
    on_lines = [(is_above("on_a_pole", 0.0),)] if growing(f, window.x, window.y) else []
    at_places = [(is_at("x0", x), is_at("y0", y)) for x, y in pole_places(f, window.x, window.y)]
    return tuple(Case(words, (is_unknown("f"), *there)) for there in (*on_lines, *at_places))


def _at_the_edge(f: Expression) -> tuple[Case, ...]:
    """Where f has no value, and a hair to one side it has one: rounding may have lost it."""
    if not seams_of(f):
        return ()
    words = "To rounding this is the edge of the domain: a hair to one side f has a value, to the other it has none."
    return tuple(
        Case(words, (is_unknown("f"), is_known(known), is_unknown(lost)))
        for one, other in OPPOSITE
        for known, lost in ((one, other), (other, one))
    )


def _without_a_digit(least: float) -> tuple[Case, ...]:
    """Slopes of which rounding leaves nothing, where it is more than `least`."""
    doubt = {name: is_unsure(f"f{name}", least) for name in "xy"}
    return (
        Case("Doubles end here: no digit of either slope is sure.", tuple(doubt.values())),
        *(
            Case(
                f"Doubles end here: no digit of the slope in {name} is sure. In {other} it is {{f{other}:g4}}.",
                (doubt[name],),
            )
            for name, other in (("x", "y"), ("y", "x"))
        ),
    )


def outside(box: tuple[float, float]) -> dict[str, Condition]:
    """When the point's height is above, or below, those in the box."""
    return {"above": is_above("f", box[1]), "below": is_below("f", box[0])}


def _beyond(height: float, box: tuple[float, float]) -> str:
    way = "above" if height > box[1] else "below" if height < box[0] else ""
    return f" Its height lies {way} those shown." if way else ""


def without_noise(low: float, high: float, noise: float = NOISE) -> tuple[float, float]:
    """Two eigenvalues; one that is no more than the noise of the other is 0."""
    least = noise * max(abs(low), abs(high))
    return (low if abs(low) > least else 0.0), (high if abs(high) > least else 0.0)


def _sure_height(f: Expression, at: CriticalPoint2D | SharpPlace) -> float:
    """The height of a place; 0 where it is no more than rounding of the formula, or of the place, may make of 0."""
    beside = ULPS * np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]])
    x, y = np.array([at.x, at.y])[:, None] + np.spacing([[at.x], [at.y]]) * beside.T
    with np.errstate(all="ignore"):
        heights, errors = compile_tape({"height": f}, f.variables).run_with_errors(x, y)["height"]
    rounding = np.max(errors) + np.ptp(heights)
    return 0.0 if abs(at.value) <= rounding else at.value


def bending_words(low: float, high: float, slopes: Sequence[float]) -> str:
    """What the signs of the Hessian’s eigenvalues say; the test is spoken of where both slopes are 0."""
    if low < 0 < high:
        return "it bends down one way and up another"
    if low == high == 0:
        said = "to second order it does not bend at all"
    elif low == 0 or high == 0:
        said = f"it bends {'up' if high > 0 else 'down'} in one direction, and in the other, to second order, not"
    else:
        return f"the surface bends {'up' if low > 0 else 'down'} in every direction"
    return f"{said}: the test is silent" if not any(slopes) else said


def said_of(point: CriticalPoint2D, around: Mapping[CriticalPoint2D, str]) -> str:
    """A critical point named, with the eigenvalues that say so; or the test's silence, and what stands around it."""
    if point.eigenvalues is None:
        return f"Both slopes are 0, on a seam of the formula: no second derivatives. {around[point]}"
    low, high = (number_text(value) for value in without_noise(*point.eigenvalues))
    if point.kind is CriticalKind2D.SILENT:
        return (
            f"Both slopes are 0, and the test is silent: the Hessian’s eigenvalues are {low} and {high}. "
            + around[point]
        )
    reason = {
        CriticalKind2D.MINIMUM: "A minimum: the surface bends up in every direction.",
        CriticalKind2D.MAXIMUM: "A maximum: the surface bends down in every direction.",
        CriticalKind2D.SADDLE: "A saddle: it bends down one way and up another.",
    }[point.kind]
    return f"Both slopes are 0. {reason}"


def said_of_sharp(place: SharpPlace) -> str:
    """A lowest or highest place that no second-derivative test can judge."""
    shape = "a crease" if place.crease else "a tip"
    way = "lowest" if place.lowest else "highest"
    return f"No gradient here: the surface has {shape}. Yet it is the {way} place around."


def neighbourhoods(
    f: Expression, window: Window, points: Sequence[CriticalPoint2D]
) -> dict[CriticalPoint2D, str]:
    """What stands around the points that no test judges: proven by a bound of f, or looked at on circles."""
    radius = NEIGHBOURHOOD * (window.x[1] - window.x[0])
    unjudged = [p for p in points[:MOST_POINTS] if p.eigenvalues is None or p.kind is CriticalKind2D.SILENT]
    unseen = [p for p in unjudged if p.around is None]
    around = {p: p.around for p in unjudged} | dict(
        zip(unseen, surroundings(f, tuple((p.x, p.y) for p in unseen), radius), strict=True)
    )
    return {p: _around(f, p, near, radius) for p, near in around.items() if near}


def _around(f: Expression, point: CriticalPoint2D, around: Surroundings, radius: float) -> str:
    if is_lowest(f, point.value):
        return f"f is nowhere below {number_text(point.value)}, so it is a minimum."
    if is_highest(f, point.value):
        return f"f is nowhere above {number_text(point.value)}, so it is a maximum."
    if not around.whole:
        return "Around it the function is not defined everywhere."
    if not around.told:
        return "Around it f changes by less than numbers can tell."
    if around.lower and around.higher:
        counted = {0: "", 1: " once", 2: " twice", 3: " three times"}.get(
            around.ways, f" {around.ways} times"
        )
        return f"Walk around it: the surface rises and falls{counted}, so it is neither minimum nor maximum."
    way, kind = ("higher", "maximum") if around.lower else ("lower", "minimum")
    circles = f"On circles of radius {number_text(radius, 2)} and smaller"
    return f"{circles} no place is {way}: as far as that shows, a {kind}."


def _directions() -> tuple[Case, ...]:
    return (
        Case(
            "The gradient is zero here: level in every direction.",
            (GRADIENT, is_at_most("norm", 0.0)),
        ),
        Case(
            "Steepest climb: u points along ∇f, and Dᵤf = ‖∇f‖ = {norm:g4}.",
            (GRADIENT, is_at_least("share", ALONG)),
        ),
        Case(
            "Steepest descent: u points against ∇f, and Dᵤf = −‖∇f‖ = {du:g4}.",
            (GRADIENT, is_at_most("share", -ALONG)),
        ),
        Case(
            "Level: u runs along the level curve, across ∇f, and Dᵤf = 0.",
            (GRADIENT, is_within("share", -NOISE, NOISE)),
        ),
        Case(
            "All but level: u runs very nearly along the level curve, and Dᵤf is only {du:g2}.",
            (GRADIENT, is_within("share", -ACROSS, ACROSS)),
        ),
        Case(
            "Along u you climb: Dᵤf = ∇f·u = {du:g4}. Turn u: what is the most you can get?",
            (GRADIENT, is_above("du", 0.0)),
        ),
        Case("Along u you descend: Dᵤf = ∇f·u = {du:g4}. In which direction is it level?", (GRADIENT,)),
    )


def _planes(reach: float, *, poles: bool) -> tuple[Case, ...]:
    beyond = (PLANE, is_above("beyond_a_pole", 0.0))
    return (
        *(
            (Case("The plane touches here; near by, the surface’s heights have no bound.", beyond),)
            if poles
            else ()
        ),
        Case(
            "The plane touches here. At distance "
            + f"{reach:g} the surface has left it by up to about {{gap:g3}}, at half of that by {{half_gap:g3}}.",
            (PLANE, is_known("gap"), is_known("half_gap")),
        ),
        Case("The plane touches here; near by, the surface ends or has a gap.", (PLANE,)),
    )


def _slopes() -> tuple[Case, ...]:
    """In x you climb, descend or stay level; the same in y."""
    signs: tuple[tuple[str, float | None, float | None], ...] = (("climb", 0.0, None), ("descend", None, 0.0))
    cases = []
    for word_x, low_x, high_x in signs:
        for word_y, low_y, high_y in signs:
            joined = "and in y" if word_x == word_y else "in y"
            too = " too" if word_x == word_y else ""
            cases.append(
                Case(
                    f"One point, two slopes: in x you {word_x} ({{fx:g4}}), {joined} you {word_y}{too} ({{fy:g4}}).",
                    (is_between("fx", low_x, high_x), is_between("fy", low_y, high_y)),
                )
            )
        cases.append(
            Case(
                f"One point, two slopes: in x you {word_x} ({{fx:g4}}), in y it is level.",
                (is_between("fx", low_x, high_x),),
            )
        )
        cases.append(
            Case(
                f"One point, two slopes: in x it is level, in y you {word_x} ({{fy:g4}}).",
                (*LEVEL_IN_X, is_between("fy", low_x, high_x)),
            )
        )
    return (*cases, Case("Both slopes are 0: the tangent plane is level."))


def critical_table(f: Expression, window: Window, found: CriticalPoints) -> Table:
    """The critical points in the window, each a row that leads there."""
    kinds = {
        CriticalKind2D.MINIMUM: "★ minimum",
        CriticalKind2D.MAXIMUM: "▲ maximum",
        CriticalKind2D.SADDLE: "✕ saddle",
        CriticalKind2D.SILENT: "the test is silent",
    }
    around = neighbourhoods(f, window, found.points)
    rows = tuple(
        Row(
            (
                f"({number_text(p.x)}, {number_text(p.y)})",
                number_text(_sure_height(f, p)),
                *_eigenvalue_texts(p),
                f"{kinds[p.kind]}. {around[p]}" if p in around else kinds[p.kind],
            ),
            {"x0": p.x, "y0": p.y},
            at_point(p),
        )
        for p in found.points[:MOST_ROWS]
    )
    sharp = sharp_places(f, window.x, window.y)
    rows += tuple(
        Row(
            (
                f"({number_text(p.x)}, {number_text(p.y)})",
                number_text(_sure_height(f, p)),
                "none",
                "none",
                f"{kinds[sharp_kind(p)][0]} {'lowest' if p.lowest else 'highest'} place around, without a gradient",
            ),
            {"x0": p.x, "y0": p.y},
            at_point(p),
        )
        for p in sharp[: MOST_ROWS - len(rows)]
    )
    number = len(found.points) + len(sharp)
    first = f"; the first {len(rows)} of {number} stand here" if len(rows) < number else ""
    return Table(
        name="critical",
        label="Critical points in this window: "
        f"{_lowered(found)}{_without_gradient(sharp)}{_creased(f, window)}{_unsought(f, window, found)}{first}",
        head=("point", "height", "eigenvalue of the Hessian", "the other", "what it is"),
        rows=rows,
    )


def _eigenvalue_texts(point: CriticalPoint2D) -> tuple[str, ...]:
    if point.eigenvalues is None:
        return ("none", "none")
    silent = point.kind is CriticalKind2D.SILENT
    return tuple(number_text(v) for v in (without_noise(*point.eigenvalues) if silent else point.eigenvalues))


def _lowered(found: CriticalPoints) -> str:
    if found.beside:
        return found.sentence[0].lower() + found.sentence[1:].rstrip(".")
    if not (found.complete or found.points):
        return "too many to be found, f turns too often"
    if found.points or found.families:
        return found.sentence[0].lower() + found.sentence[1:].rstrip(".")
    return "none" if found.nowhere else "none found"


def _without_gradient(sharp: tuple[SharpPlace, ...]) -> str:
    """How many lowest and highest places no gradient leads to."""
    counts = [
        (way, sum(p.lowest is low for p in sharp)) for way, low in (("lowest", True), ("highest", False))
    ]
    said = [f"{n} {way} place{'s' if n > 1 else ''} without a gradient" for way, n in counts if n]
    return "".join(f"; {words}" for words in said)


def _creased(f: Expression, window: Window) -> str:
    """Whole curves of such places, as one finding each."""
    ways = sorted(
        {"lowest" if crease.lowest else "highest" for crease in level_creases(f, window.x, window.y)}
    )
    return "".join(f"; a level crease of {way} places, as far as can be seen" for way in ways)


def _unsought(f: Expression, window: Window, found: CriticalPoints) -> str:
    """What is not looked for where f jumps, if not too often: mod(x, 1)² + y² is lowest at its jumps."""
    leaps = found.complete and not veil_for(f, window).whole and leaps_in(f, window.x, window.y)
    return "; f jumps here, and the lowest and highest places at a jump are not sought" if leaps else ""


def story(found: CriticalPoints) -> tuple[Stage, ...]:
    """What a teacher pages through: one point and two slopes, then the directions, the plane, the flat places."""
    slices, gradient = {"slices": True}, {"gradient": True}
    no_gradient = Case("There is no gradient here: the two slopes are not the whole story.", (NO_PLANE,))
    stages = [
        Stage(
            "One point on the surface. How steep is it in x, how steep in y? Say before you look.",
            {},
            slices,
            asks=True,
        ),
        Stage("Hold y and walk in x: a curve with an ordinary slope, ∂f/∂x.", {}, slices),
        Stage("Any direction has a slope. Which one is the steepest?", {"theta": 0.0}, gradient, asks=True),
        Stage(
            (
                no_gradient,
                Case("Both slopes are 0 here, and so is the slope in every direction.", (LEVEL,)),
                Case("The gradient points there, and its length is that slope."),
            ),
            {"theta": "uphill"},
            gradient,
        ),
        Stage(
            (
                no_gradient,
                Case("Level every way: there is no one level direction here.", (LEVEL,)),
                Case("A quarter turn away it is level: along the level curve."),
            ),
            {"theta": "level_left"},
            gradient,
        ),
        Stage(
            (
                Case("No plane touches the surface here.", (NO_PLANE,)),
                Case("All these slopes lie in one plane that touches the surface."),
            ),
            {},
            {"plane": True},
        ),
    ]
    stages += [
        Stage(
            "Both slopes are 0 here. A top, a bottom, or neither?",
            {"x0": p.x, "y0": p.y},
            {"around" if p.kind is CriticalKind2D.SILENT else "slices": True},
            asks=True,
        )
        for p in found.points[:3]
    ]
    return tuple(stages)


NEXT = Stage(
    "Next: drag the point. Where is ∇f long, where does it shrink to nothing? What do the level lines do there?",
    {},
    {"gradient": True},
)
"""The end of the story: what to do with it."""
