"""Rules as areas and volumes that grow: rectangle, area over a side, square, cube.

Marks name the quantities of `rules.quantities`: p0, p1, … are the pieces, f and f1 the part's values at both points.
"""

from __future__ import annotations

from explorer.conditions import Condition, Quantity, is_at_least, is_below
from explorer.expression import Expression
from explorer.figures.rules.columns import strips
from explorer.figures.rules.drawing import Drawing, Span, area, label, roles
from explorer.figures.triangle import Anchor
from explorer.increments import X0, H, Increment, here, made, rise, there
from explorer.scene import marks
from explorer.scene.marks import AnyMark
from explorer.scene.theme import Role

NAMED = 0.7
"""Left of a side that is named there is so much room, in parts of what is drawn."""
MOST_SIDES = 3
"""Of more factors no rectangle is drawn."""
ASIDE = 0.1
"""What comes from the top stands so far beside what comes from the side, in parts of that."""


def beside_base(at: str, height: str, text: str, role: Role) -> tuple[marks.Label, ...]:
    """What an area's base is called: below it, or above where the area hangs down."""
    upright: Condition = is_at_least(height, 0.0)
    hanging: Condition = is_below(height, 0.0)
    return tuple(
        label((at, 0.0), text, role, "middle", (0, down), when=(side,))
        for down, side in ((22, upright), (-10, hanging))
    )


def beside_side(width: str, at: str, text: str, role: Role) -> tuple[marks.Label, ...]:
    """What an area's side is called: left of it, or right where the area lies left of the axis."""
    right: Condition = is_at_least(width, 0.0)
    left: Condition = is_below(width, 0.0)
    sides: tuple[tuple[Anchor, float, Condition], ...] = (("end", -8.0, right), ("start", 8.0, left))
    return tuple(
        label((0.0, at), text, role, anchor, (across, 5), when=(side,)) for anchor, across, side in sides
    )


def rectangle(increment: Increment, window: Span) -> Drawing:
    """Two sides and their area: strips where one grew, a corner where both did.

    Of more factors the last one is a side, and the product of the others is the other one: what it grew by is a strip
    for each of them and a piece of the corners, which go round the corner of the rectangle.
    """
    if len(increment.operands) > MOST_SIDES:
        return strips(increment)
    del window
    factors = [operand.of for operand in increment.operands]
    letters = [operand.letter for operand in increment.operands]
    width, grown = here(factors[0]), rise(factors[0])
    for factor in factors[1:-1]:
        width, grown = (
            width * here(factor),
            grown * here(factor) + width * rise(factor) + grown * rise(factor),
        )
    last = factors[-1]
    places: dict[str, Expression] = {"w0": width, "v0": here(last), "v1": there(last)}
    drawn = [*area((0.0, 0.0), ("w0", "v0"), "guide", 0.16, "{f:g4}")]
    role, tones = roles(increment), len(factors) - 1
    step = width
    for k in range(tones):
        # The strip of one factor is as high as the last one, and so wide that its area is the piece.
        step = step + increment.pieces[k].value / here(last)
        places[f"w{k + 1}"] = step
        drawn += area((f"w{k}", 0.0), (f"w{k + 1}", "v0"), role[k], 0.42, f"{{p{k}:g4}}")
    places["end"] = width + grown
    drawn += area((0.0, "v0"), ("w0", "v1"), role[tones], 0.42, f"{{p{tones}:g4}}")
    corner = f"p{tones + 1}"
    if tones > 1:
        corner = "corner"
        places[corner] = grown * rise(last)
        places["beside"] = increment.pieces[-1].value - places[corner]
        drawn += area((f"w{tones}", 0.0), ("end", "v0"), "step", 0.6, "{beside:g4}")
    drawn += area(("w0", "v0"), ("end", "v1"), "step", 0.6, f"{{{corner}:g4}}")
    across = "·".join(letters[:-1])
    places |= {"half_w": width * 0.5, "half_v": here(last) * 0.5}
    drawn += [
        *beside_base("half_w", "v0", f"{across} = {{w0:g4}}", role[0]),
        *beside_side("w0", "half_v", f"{letters[-1]} = {{v0:g4}}", role[tones]),
    ]
    return Drawing(
        "A rectangle with sides that grow: a strip for each side, and a corner",
        tuple(drawn),
        places,
        holds=(
            (0.0, 0.0),
            *((f"w{k}", "v0") for k in range(tones + 1)),
            ("end", "v1"),
        ),
        beside=NAMED,
        x_label=across,
        y_label=letters[-1],
    )


def quotient(increment: Increment, window: Span) -> Drawing:
    """The numerator as an area over the denominator: its height is the quotient.

    First the same area stands over the new side, which changes the height by one piece; then what came to the area is
    laid on it, and that is the other.
    """
    del window
    top, bottom = (operand.of for operand in increment.operands)
    side = len(increment.pieces) - 1
    places = {"v0": here(bottom), "v1": there(bottom), "half_v": here(bottom) * 0.5, "u0": here(top)}
    places |= {"level": here(increment.part) + increment.pieces[side].value}
    places |= {"at1": there(bottom) + here(bottom) * ASIDE, "half_1": there(bottom) * 0.5}
    places |= {"from_side": (here(increment.part) + places["level"]) * 0.5}
    drawn: list[AnyMark] = [
        marks.Area(from_=(0.0, 0.0), to=("v0", "f"), role="guide", opacity=0.16),
        marks.Area(from_=(0.0, 0.0), to=("v1", "level"), role="f", opacity=0.22),
        marks.Segment(from_=("v1", "f"), to=("v1", "level"), role="partial_y", width=7),
        label(("v1", "from_side"), f"{{p{side}:g4}}", "partial_y", "end", (-12, 5)),
    ]
    if side:
        places |= {"from_top": (there(increment.part) + places["level"]) * 0.5}
        drawn += [
            marks.Area(from_=(0.0, "level"), to=("v1", "f1"), role="f", opacity=0.5),
            marks.Segment(from_=("at1", "level"), to=("at1", "f1"), role="f", width=7),
            label(("at1", "from_top"), "{p0:g4}", "f", "start", (12, 5)),
        ]
    drawn += [
        marks.Segment(from_=(0.0, "f"), to=("v1", "f"), role="guide", dash="dash", width=1.5),
        marks.Segment(from_=(0.0, "f1"), to=("v1", "f1"), role="ink", width=2.5),
        label((0.0, 0.0), "area u = {u0:g4}", "f", "start", (10, -12)),
        label(("half_v", 0.0), "v = {v0:g4}", "ink", "middle", (0, 22)),
        label((0.0, "f"), "u/v = {f:g4}", "ink", "start", (10, -8)),
    ]
    return Drawing(
        "An area over a side that changes: the height is the quotient",
        tuple(drawn),
        places,
        holds=((0.0, 0.0), ("v0", "f"), ("v1", "f1"), ("v1", "f"), ("at1", "level")),
        x_label="v",
        y_label="u/v",
    )


def square(increment: Increment, window: Span) -> Drawing:
    """A square whose side grows: for a root the area is x, and the side is asked for."""
    del window
    root = increment.kind == "root"
    side, grown = (here(increment.part), there(increment.part)) if root else (X0, X0 + H)
    strip = made("u (v-u)", u=side, v=grown)
    places = {
        "s": side,
        "s1": grown,
        "half_s": side * 0.5,
        "strip": strip,
        "spot": made("(v-u)^2", u=side, v=grown),
    }
    places["area"] = side * side
    letter = "√x" if root else "x"
    drawn: tuple[AnyMark, ...] = (
        *area((0.0, 0.0), ("s", "s"), "guide", 0.16, "{area:g4}"),
        *area(("s", 0.0), ("s1", "s"), "f", 0.42, "{strip:g4}"),
        *area((0.0, "s"), ("s", "s1"), "f", 0.42, "{strip:g4}"),
        *area(("s", "s"), ("s1", "s1"), "step", 0.6, "{spot:g4}"),
        *beside_base("half_s", "s", f"{letter} = {{s:g4}}", "f"),
        *beside_side("s", "half_s", f"{letter} = {{s:g4}}", "f"),
    )
    return Drawing(
        "A square with a side that grows: two strips and a corner",
        drawn,
        places,
        holds=((0.0, 0.0), ("s", "s"), ("s1", "s1")),
        beside=NAMED,
        equal=True,
        x_label=letter,
        y_label=letter,
    )


OBLIQUE = (0.42, 0.3)
"""How far to the right and up a unit of depth is drawn."""
APART = 0.22
"""The pieces of the cube stand so far apart, in parts of its side."""


def cube(increment: Increment, window: Span) -> Drawing:
    """A cube whose side grows, its seven new pieces apart: three slabs, three bars, a corner."""
    del increment, window
    places: dict[str, Expression] = {}
    drawn: list[AnyMark] = []
    holds: list[tuple[Quantity, Quantity]] = []
    role: tuple[Role, ...] = ("guide", "f", "partial_y", "step")

    def corner(x: str, y: str, z: str) -> tuple[str, str]:
        """Where a place in space is drawn; each coordinate is one of 0, the side, and the ends of what was added."""
        name = f"{x}{y}{z}"
        ends = {"o": "0", "s": "s", "a": f"s+{APART}s", "b": f"s+{APART}s+h"}
        form = f"({ends[x]}) + {OBLIQUE[0]}({ends[z]})", f"({ends[y]}) + {OBLIQUE[1]}({ends[z]})"
        for axis, text in zip("xy", form, strict=True):
            places[f"{axis}_{name}"] = made(text, s=X0, h=H)
        return f"x_{name}", f"y_{name}"

    # From the back to the front, so that what is nearer lies over what is farther.
    for depth in (("a", "b"), ("o", "s")):
        for level in (("o", "s"), ("a", "b")):
            for along in (("o", "s"), ("a", "b")):
                new = sum(ends == ("a", "b") for ends in (along, level, depth))
                (x, x1), (y, y1), (z, z1) = along, level, depth
                faces = (
                    ((x, y, z), (x1, y, z), (x1, y1, z), (x, y1, z)),
                    ((x, y1, z), (x1, y1, z), (x1, y1, z1), (x, y1, z1)),
                    ((x1, y, z), (x1, y, z1), (x1, y1, z1), (x1, y1, z)),
                )
                for face, shade in zip(faces, (0.5, 0.28, 0.7), strict=True):
                    ring = tuple(corner(*place) for place in face)
                    drawn.append(marks.Region(points=ring, role="paper", opacity=0.8))
                    drawn.append(
                        marks.Region(points=ring, role=role[new], opacity=shade * (0.5 if new == 0 else 1))
                    )
                    drawn.append(marks.Polyline(points=(*ring, ring[0]), role=role[new], width=1.5))
                    holds += ring
    return Drawing(
        "A cube with a side that grows: three slabs, three bars and a corner, drawn apart",
        tuple(drawn),
        places,
        holds=((0.0, 0.0), *dict.fromkeys(holds)),
        equal=True,
        x_axis={"showticklabels": False, "zeroline": False, "showgrid": False},
        y_axis={"showticklabels": False, "zeroline": False, "showgrid": False},
    )
