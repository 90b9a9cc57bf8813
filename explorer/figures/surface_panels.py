"""The surface page's panels and what moves in them: the point, two cuts with their tangents, directions, the plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.figures import marks, theme
from explorer.figures.marks import AnyMark
from explorer.figures.scene import Panel, Picture
from explorer.figures.surface_still import box_proportions, pad_picture, padded, surface_picture
from explorer.numeric import Window
from explorer.numeric.critical2d import CriticalPoints
from explorer.numeric.plane import round_step

Span = tuple[float, float]

SPACE = ("scene",)
POINT = ("x0", "y0", "f")
PATCH = (
    ("plane_left", "plane_near", "plane_ln"),
    ("plane_right", "plane_near", "plane_rn"),
    ("plane_right", "plane_far", "plane_rf"),
    ("plane_left", "plane_far", "plane_lf"),
)
SLICES, GRADIENT, PLANE = "slices", "gradient", "plane"


@dataclass(frozen=True)
class Sizes:
    """Lengths in units of the plane: tangents, the tangent plane, the direction u; and the floor's height.

    `arrow` is what one unit of gradient is drawn as.
    """

    tangent: float
    plane: float
    direction: float
    arrow: float
    floor: float

    @property
    def gap(self) -> float:
        """The distance at which the surface is compared with its plane."""
        return self.plane


def sizes_for(f: Expression, window: Window, shown: Span, steepness: float) -> Sizes:
    """Round lengths that suit the window; `steepness` is a gradient's usual length in it."""
    width = min(window.x[1] - window.x[0], window.y[1] - window.y[0])
    wanted = 0.22 * width / steepness if steepness > 0 else 1.0
    return Sizes(
        tangent=0.22 * width,
        plane=round_step(width, 6),
        direction=round_step(width, 4),
        arrow=round_step(max(wanted, 1e-9), 1),
        floor=padded(shown)[0],
    )


def outputs(f: Expression, window: Window, shown: Span, sizes: Sizes) -> dict[str, Expression]:
    """Every quantity of the scene, in x0, y0 and theta (degrees)."""
    x0, y0, theta = (Expression.variable(name) for name in ("x0", "y0", "theta"))
    at: dict[str, Expression | float] = {"x": x0, "y": y0}
    first = {name: f.derivative(name) for name in ("x", "y")}
    here = {
        "f": f.substitute(at),
        "fx": first["x"].substitute(at),
        "fy": first["y"].substitute(at),
        "fxx": first["x"].derivative("x").substitute(at),
        "fxy": first["x"].derivative("y").substitute(at),
        "fyy": first["y"].derivative("y").substitute(at),
    }
    height, fx, fy = here["f"], here["fx"], here["fy"]
    ux, uy = (parse(f"{name}(pi t/180)", ("t",)).substitute({"t": theta}) for name in ("cos", "sin"))
    du = fx * ux + fy * uy
    norm = of_parts("sqrt(a^2+b^2)", a=fx, b=fy)
    reach, side = sizes.tangent, sizes.plane
    found = here | {
        "minus_x0": -x0,
        "minus_y0": -y0,
        "minus_fx": -fx,
        "minus_fy": -fy,
        "norm": norm,
        "ux": ux,
        "uy": uy,
        "du": du,
        "share": du / norm,
        "x_low": x0 - reach,
        "x_high": x0 + reach,
        "y_low": y0 - reach,
        "y_high": y0 + reach,
        "x_tangent_low": height - reach * fx,
        "x_tangent_high": height + reach * fx,
        "y_tangent_low": height - reach * fy,
        "y_tangent_high": height + reach * fy,
        "u_x": x0 + sizes.direction * ux,
        "u_y": y0 + sizes.direction * uy,
        "u_label_x": x0 + 1.16 * sizes.direction * ux,
        "u_label_y": y0 + 1.16 * sizes.direction * uy,
        "g_x": x0 + sizes.arrow * fx,
        "g_y": y0 + sizes.arrow * fy,
        "d_x": x0 + sizes.arrow * du * ux,
        "d_y": y0 + sizes.arrow * du * uy,
        "cut_x_low": x0 - reach * ux,
        "cut_x_high": x0 + reach * ux,
        "cut_y_low": y0 - reach * uy,
        "cut_y_high": y0 + reach * uy,
        "cut_low": height - reach * du,
        "cut_high": height + reach * du,
        "level_x_low": x0 - reach * fy / norm,
        "level_y_low": y0 + reach * fx / norm,
        "level_x_high": x0 + reach * fy / norm,
        "level_y_high": y0 - reach * fx / norm,
        "plane_left": x0 - side,
        "plane_right": x0 + side,
        "plane_near": y0 - side,
        "plane_far": y0 + side,
        "plane_ln": height - side * fx - side * fy,
        "plane_rn": height + side * fx - side * fy,
        "plane_rf": height + side * fx + side * fy,
        "plane_lf": height - side * fx + side * fy,
        "gap": _gap(f, here, x0, y0, sizes.gap),
        "half_gap": _gap(f, here, x0, y0, sizes.gap / 2),
    }
    return found | _normal(here, x0, y0, window, shown)


def of_parts(text: str, **parts: Expression) -> Expression:
    """A formula of our own with expressions put in for its letters."""
    return parse(text, tuple(parts)).substitute(parts)


def _gap(
    f: Expression, here: dict[str, Expression], x0: Expression, y0: Expression, distance: float
) -> Expression:
    """The largest |f − plane| in eight directions at this distance."""
    furthest: Expression | None = None
    slant = distance / 2**0.5
    for dx, dy in (
        (distance, 0.0), (-distance, 0.0), (0.0, distance), (0.0, -distance),
        (slant, slant), (slant, -slant), (-slant, slant), (-slant, -slant),
    ):  # fmt: skip
        there = f.substitute({"x": x0 + dx, "y": y0 + dy})
        gap = of_parts("|a - b|", a=there, b=here["f"] + dx * here["fx"] + dy * here["fy"])
        furthest = gap if furthest is None else of_parts("max(a, b)", a=furthest, b=gap)
    assert furthest is not None
    return furthest


def _normal(
    here: dict[str, Expression], x0: Expression, y0: Expression, window: Window, shown: Span
) -> dict[str, Expression]:
    """The end of an arrow that stands upright on the plane as it is drawn, 0.45 of the box long.

    With scales s for x, y and z the drawn plane has the slopes fx·sz/sx and fy·sz/sy.
    """
    spans = (padded(window.x), padded(window.y), padded(shown))
    sx, sy, sz = (
        side / (high - low) for side, (low, high) in zip(box_proportions(window), spans, strict=True)
    )
    a, b = here["fx"] * (sz / sx), here["fy"] * (sz / sy)
    size = of_parts("sqrt(1+a^2+b^2)", a=a, b=b)
    length = 0.45
    return {
        "n_x": x0 - length / sx * a / size,
        "n_y": y0 - length / sy * b / size,
        "n_z": here["f"] + length / sz / size,
    }


def panels(
    f: Expression, window: Window, shown: Span, sizes: Sizes, found: CriticalPoints
) -> tuple[Panel, ...]:
    """The surface, the pad, two slices, and the cut along u."""
    return (
        Panel(
            name="surface",
            kind="space",
            label="The surface z = f(x, y); drag to turn it",
            figure=surface_picture(f, window, shown, found),
            marks=_space_marks(f, window, sizes),
            height=520,
            height_narrow=230,
            share=1.63,
        ),
        Panel(
            name="pad",
            label="Level lines; drag the point",
            figure=pad_picture(f, window, shown, found),
            marks=_pad_marks(f, sizes),
            height=520,
            height_narrow=300,
        ),
        _slice(f, window, shown, "x"),
        _slice(f, window, shown, "y"),
        _cut(f, window, shown),
    )


def _space_marks(f: Expression, window: Window, sizes: Sizes) -> tuple[AnyMark, ...]:
    x, y = Expression.variable("x"), Expression.variable("y")
    x0, y0 = Expression.variable("x0"), Expression.variable("y0")
    across = compile_tape({"x": x, "y": y0 + 0 * x, "z": f.substitute({"y": y0})}, ("x", "y0"))
    along = compile_tape({"x": x0 + 0 * y, "y": y, "z": f.substitute({"x": x0})}, ("y", "x0"))
    tangent: dict[str, Any] = {"axes": SPACE, "dash": "dash", "width": 3.0}
    floor = ("x0", "y0", sizes.floor)
    return (
        marks.Trail(
            axes=SPACE,
            tape=across,
            along="x",
            from_=window.x[0],
            to=window.x[1],
            role="slope",
            width=3.5,
            toggle="!gradient",
        ),
        marks.Trail(
            axes=SPACE,
            tape=along,
            along="y",
            from_=window.y[0],
            to=window.y[1],
            role="partial_y",
            width=3.5,
            toggle="!gradient",
        ),
        marks.Segment(
            **tangent,
            from_=("x_low", "y0", "x_tangent_low"),
            to=("x_high", "y0", "x_tangent_high"),
            role="slope",
            toggle=SLICES,
        ),
        marks.Segment(
            **tangent,
            from_=("x0", "y_low", "y_tangent_low"),
            to=("x0", "y_high", "y_tangent_high"),
            role="partial_y",
            toggle=SLICES,
        ),
        marks.Trail(
            axes=SPACE,
            tape=_cut_tape(f),
            along="t",
            from_=-_reach(window),
            to=_reach(window),
            samples=120,
            role="slope",
            width=3.5,
            toggle=GRADIENT,
        ),
        marks.Segment(
            **tangent,
            from_=("cut_x_low", "cut_y_low", "cut_low"),
            to=("cut_x_high", "cut_y_high", "cut_high"),
            role="slope",
            toggle=GRADIENT,
        ),
        marks.Segment(
            axes=SPACE, from_=floor, to=POINT, role="guide", dash="dot", width=1.5, toggle=GRADIENT
        ),
        marks.Arrow(
            axes=SPACE,
            from_=floor,
            to=("g_x", "g_y", sizes.floor),
            role="gradient",
            width=3.5,
            toggle=GRADIENT,
        ),
        marks.Arrow(
            axes=SPACE, from_=floor, to=("u_x", "u_y", sizes.floor), role="slope", width=2.5, toggle=GRADIENT
        ),
        marks.Region(
            axes=SPACE,
            points=PATCH,
            role="step",
            opacity=0.55,
            toggle=PLANE,
        ),
        marks.Polyline(axes=SPACE, points=(*PATCH, PATCH[0]), role="step", width=2, toggle=PLANE),
        marks.Arrow(
            axes=SPACE, from_=POINT, to=("n_x", "n_y", "n_z"), role="gradient", width=3, toggle=PLANE
        ),
        marks.Point(axes=SPACE, at=POINT, role="ink", size=13),
    )


def _reach(window: Window) -> float:
    """From any point, so far along any direction, the window ends."""
    return float(((window.x[1] - window.x[0]) ** 2 + (window.y[1] - window.y[0]) ** 2) ** 0.5)


def _cut_tape(f: Expression) -> Tape:
    t, x0, y0, theta = (Expression.variable(name) for name in ("t", "x0", "y0", "theta"))
    ux, uy = (parse(f"{name}(pi t/180)", ("t",)).substitute({"t": theta}) for name in ("cos", "sin"))
    x, y = x0 + t * ux, y0 + t * uy
    return compile_tape({"x": x, "y": y, "z": f.substitute({"x": x, "y": y})}, ("t", "x0", "y0", "theta"))


def _pad_marks(f: Expression, sizes: Sizes) -> tuple[AnyMark, ...]:
    here = ("x0", "y0")
    return (
        marks.Horizontal(y="y0", role="slope", width=2.5, toggle="!gradient"),
        marks.Vertical(x="x0", role="partial_y", width=2.5, toggle="!gradient"),
        marks.LevelLine(tape=compile_tape({"f": f}, ("x", "y")), level="f", role="f", width=3, toggle=GRADIENT),
        marks.Segment(
            from_=("level_x_low", "level_y_low"), to=("level_x_high", "level_y_high"),
            role="guide",
            dash="dash",
            width=1.5,
            toggle=GRADIENT,
        ),
        marks.Segment(from_=("g_x", "g_y"), to=("d_x", "d_y"), role="guide", dash="dot", width=1.5, toggle=GRADIENT),
        marks.Segment(from_=here, to=("d_x", "d_y"), role="slope", width=6, toggle=GRADIENT),
        marks.Arrow(from_=here, to=("g_x", "g_y"), role="gradient", width=3.5, toggle=GRADIENT),
        marks.Arrow(from_=here, to=("u_x", "u_y"), role="slope", width=2.5, hollow=True, toggle=GRADIENT),
        marks.Label(at=("g_x", "g_y"), text="∇f", role="ink", toggle=GRADIENT, offset=(10, -6), size=18),
        marks.Label(at=("u_label_x", "u_label_y"),
            text="u",
            role="slope",
            toggle=GRADIENT,
            anchor="middle",
            offset=(0, 6),
            size=18),
        marks.Region(
            points=(
                ("plane_left", "plane_near"), ("plane_right", "plane_near"),
                ("plane_right", "plane_far"), ("plane_left", "plane_far"),
            ),
            role="step",
            opacity=0.3,
            toggle=PLANE,
        ),
    )  # fmt: skip


def _slice(f: Expression, window: Window, shown: Span, along: str) -> Panel:
    """What one sees when one variable is held and the other one walks."""
    held = "y" if along == "x" else "x"
    role: theme.Role = "slope" if along == "x" else "partial_y"
    dash: marks.Dash = "dash" if along == "x" else "dot"
    own, other = f"{along}0", f"{held}0"
    tape = compile_tape({"f": f.substitute({held: Expression.variable(other)})}, (along, other))
    place = (own, "f")
    return Panel(
        name=f"slice_{along}",
        label=f"The slice along {along}, with {held} held",
        figure=Picture((), _low_layout(along, window.x if along == "x" else window.y, shown)),
        marks=(
            marks.Ghost(of=2),
            marks.Vertical(x=own, role="guide", dash="dot", width=1),
            marks.Line(through=place, slope=f"f{along}", role=role, dash=dash, width=3),
            marks.Curve(tape=tape, along=along, role=role, width=4),
            marks.Point(at=place, role="ink", size=13),
        ),
        height=168,
        height_narrow=130,
        toggle="!gradient",
    )


def _cut(f: Expression, window: Window, shown: Span) -> Panel:
    """The height along u, against the distance from the point."""
    t, x0, y0 = (Expression.variable(name) for name in ("t", "x0", "y0"))
    ux, uy = (Expression.variable(name) for name in ("ux", "uy"))
    height = f.substitute({"x": x0 + t * ux, "y": y0 + t * uy})
    half = (window.x[1] - window.x[0]) / 2
    return Panel(
        name="cut",
        label="The height along u, against the distance from the point",
        figure=Picture((), _low_layout("distance along u", (-half, half), shown)),
        marks=(
            marks.Vertical(x=0.0, role="guide", dash="dot", width=1),
            marks.Line(through=(0.0, "f"), slope="du", role="slope", dash="dash", width=3),
            marks.Curve(
                tape=compile_tape({"f": height}, ("t", "x0", "y0", "ux", "uy")),
                along="t",
                role="slope",
                width=4,
            ),
            marks.Point(at=(0.0, "f"), role="ink", size=13),
        ),
        height=168,
        height_narrow=150,
        toggle=GRADIENT,
    )


def _low_layout(name: str, span: Span, shown: Span) -> dict[str, object]:
    """Axes of a low picture: few ticks, the heights of the surface."""
    return theme.layout(
        (6, 10, 24, 56),
        xaxis=theme.axis("", span),
        yaxis=theme.axis("", padded(shown), nticks=5),
        annotations=[
            {
                "text": f"<b>{name}</b>",
                "x": 1,
                "xref": "paper",
                "xanchor": "right",
                "y": 0,
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": theme.AXIS_TITLE_SIZE, "color": "$guide"},
                "bgcolor": "$paper@0.7",
            }
        ],
    )
