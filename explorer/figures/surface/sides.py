"""What is said and drawn where a slice has no slope, or another one on either side."""

from __future__ import annotations

from itertools import product

from explorer.conditions import Condition, is_above, is_below, is_known, is_unknown
from explorer.expression import Expression
from explorer.numeric.seams import seams_of
from explorer.scene import marks, theme
from explorer.scene.marks import AnyMark
from explorer.scene.scene import Case

NO_PLANE: Condition = is_unknown("norm")
NO_SLOPE: dict[str, Condition] = {name: is_unknown(f"f{name}") for name in "xy"}
KNOWN: dict[str, Condition] = {name: is_known(f"f{name}") for name in "xy"}

Said = tuple[str, tuple[Condition, ...]]


def _of_side(name: str, side: str) -> tuple[Said, ...]:
    """A one-sided slope in words, and when: a number, without end, or nothing that is known."""
    slope, way = f"f{name}_{side}", f"f{name}_{side}_way"
    return (
        (f"{{{slope}:g4}}", (is_known(slope),)),
        ("+∞", (is_above(way, 0.0),)),
        ("−∞", (is_below(way, 0.0),)),
        ("none", ()),
    )


def _both(name: str) -> list[tuple[str, str, tuple[Condition, ...]]]:
    """Every pair of one-sided slopes along x or y, with its conditions; neither of them known comes last."""
    pairs = product(_of_side(name, "left"), _of_side(name, "right"))
    return [(left, right, (*when, *also)) for (left, when), (right, also) in pairs]


def slope_cases(f: Expression, name: str) -> tuple[Case, ...]:
    """A slope as its readout says it: on a seam both sides, as “none: −1 | 1”."""
    nothing = Case("none", (NO_SLOPE[name],))
    number = Case(f"{{f{name}:g4}}")
    if not seams_of(f):
        return nothing, number
    sides = [
        Case(f"none: {left} | {right}", (NO_SLOPE[name], *when)) for left, right, when in _both(name)[:-1]
    ]
    return (*sides, nothing, number)


def sentences_without_slope(f: Expression) -> tuple[Case, ...]:
    """A height without one slope or without both, and two slopes without a plane."""
    cases: list[Case] = []
    if seams_of(f):
        pairs = {name: f"{{f{name}_left:g4}} | {{f{name}_right:g4}}" for name in "xy"}
        numbers = tuple(_of_side(name, side)[0][1][0] for name in "xy" for side in ("left", "right"))
        cases.append(
            Case(
                f"No slope in x ({pairs['x']}) and none in y ({pairs['y']}): left and right of the point differ.",
                (*NO_SLOPE.values(), *numbers),
            )
        )
        cases.append(_neither())
        for name, other in (("x", "y"), ("y", "x")):
            cases += [
                Case(
                    f"No slope in {name}: from the left {left}, from the right {right}. "
                    f"In {other} it is {{f{other}:g4}}.",
                    (NO_SLOPE[name], *when),
                )
                for left, right, when in _both(name)[:-1]
            ]
    cases.append(_neither())
    cases += [
        Case(
            f"There is a height here and a slope in {other} ({{f{other}:g4}}), but none in {name}.",
            (NO_SLOPE[name],),
        )
        for name, other in (("x", "y"), ("y", "x"))
    ]
    if seams_of(f):
        cases.append(
            Case(
                "Two slopes, {fx:g4} in x and {fy:g4} in y, but no tangent plane: other directions do not fit them.",
                (NO_PLANE,),
            )
        )
    return tuple(cases)


def _neither() -> Case:
    return Case("There is a height here, but no slope in x and none in y.", tuple(NO_SLOPE.values()))


def half_tangents(f: Expression, name: str, role: theme.Role, dash: marks.Dash) -> tuple[AnyMark, ...]:
    """Where a slice has two slopes, a half-line to either side."""
    if not seams_of(f):
        return ()
    return tuple(
        marks.Segment(
            from_=(f"{name}0", "f"),
            to=(f"{name}_{end}", f"{name}_half_{end}"),
            role=role,
            dash=dash,
            width=3,
            when=(NO_SLOPE[name],),
        )
        for end in ("low", "high")
    )
