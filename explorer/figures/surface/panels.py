"""The surface page's panels and what moves in them: the point, two cuts with their tangents, directions, the plane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.figures.challenges import UNASKED
from explorer.figures.surface.quantities import Sizes
from explorer.figures.surface.rims import rims
from explorer.figures.surface.sides import half_tangents
from explorer.figures.surface.sought import is_close, veil_for
from explorer.figures.surface.still import pad_picture, padded, shown_facets, surface_picture
from explorer.figures.surface.words import outside
from explorer.numeric import Window
from explorer.numeric.critical2d import CriticalKind2D, CriticalPoints
from explorer.numeric.plane import round_step
from explorer.numeric.results import HUGE, Span
from explorer.numeric.veils import BARE, Veil, veil_of
from explorer.scene import marks, theme
from explorer.scene.marks import AnyMark
from explorer.scene.scene import Panel, Picture

SPACE = ("scene",)
POINT = ("x0", "y0", "f")
PATCH = (
    ("plane_left", "plane_near", "plane_ln"),
    ("plane_right", "plane_near", "plane_rn"),
    ("plane_right", "plane_far", "plane_rf"),
    ("plane_left", "plane_far", "plane_lf"),
)
SLICES, GRADIENT, PLANE, AROUND = "slices", "gradient", "plane", "around"
ARROW_AT_THE_END = 0.2  # of the heights
TWO_SLICES = "!gradient&!around"
BAND, BAND_IN_PART = "Turns too often for a line: its range", "Band: turns too often for a line"
SAMPLES, FINE, PROBES = 200, 7.5, 24
"""Pieces of a slice; a wave with fewer than so many of them beats; and values in each column of the band instead."""

Put = Callable[[Expression], Tape]
"""A function of x and y as a tape in what walks along a slice, and in what is held."""

TOLD = f"{GRADIENT}&{UNASKED}"
"""Where the gradient points answers the questions about directions."""


def panels(
    f: Expression, window: Window, shown: Span, sizes: Sizes, found: CriticalPoints
) -> tuple[Panel, ...]:
    """The surface, the pad, two slices, and the cut along u."""
    veil = veil_for(f, window)
    drawn, fast = veil.over(f), veil.whole
    # Where the heights hold the whole surface no point is ever out of sight.
    ends = padded(shown) if fast or shown_facets(f, window, shown).cut else None
    in_space = (
        *_out_of_sight(ends, ("x0", "y0"), SPACE),
        *_space_marks(drawn, window, sizes, is_close(f, window)),
    )
    on_pad = _pad_marks(drawn, window)
    return (
        Panel(
            name="surface",
            kind="space",
            label="The surface z = f(x, y); drag to turn it",
            figure=surface_picture(f, window, shown, found),
            marks=_without_lines(in_space) if fast else in_space,
            height=520,
            height_narrow=230,
            share=1.63,
        ),
        Panel(
            name="pad",
            label="Level lines; drag the point",
            figure=pad_picture(f, window, shown, found),
            marks=_without_lines(on_pad) if fast else on_pad,
            height=520,
            height_narrow=264,
            apart=True,
        ),
        _slice(f, window, shown, "x", ends),
        _slice(f, window, shown, "y", ends),
        _cut(f, window, shown, ends),
        *_around(f, window, found),
    )


def _without_lines(drawn: tuple[AnyMark, ...]) -> tuple[AnyMark, ...]:
    """What is known at the point itself: lines of a surface through many points would be false."""
    return tuple(mark for mark in drawn if not isinstance(mark, marks.Trail | marks.LevelLine))


def _curves(f: Expression, veil: Veil, along: str, put: Put) -> tuple[AnyMark, ...]:
    """A slice as a line, and as a band of its range where a line would show waves that are none."""

    def curve(seen: Expression, probes: int) -> AnyMark:
        return marks.Curve(tape=put(seen), along=along, role="f", width=4, samples=SAMPLES, probes=probes)

    line = () if veil.whole else (curve(veil.over(f), 0),)
    band = (curve(f if veil.whole else veil.under(f), PROBES),) if veil else ()
    return (*band, *line)


def _space_marks(f: Expression, window: Window, sizes: Sizes, close: bool) -> tuple[AnyMark, ...]:
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
            toggle=TWO_SLICES,
        ),
        marks.Trail(
            axes=SPACE,
            tape=along,
            along="y",
            from_=window.y[0],
            to=window.y[1],
            role="partial_y",
            width=3.5,
            toggle=TWO_SLICES,
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
            samples=240 if close else 120,
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
            toggle=TOLD,
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
        marks.Trail(
            axes=SPACE,
            tape=_ring(f, window),
            along="a",
            from_=0.0,
            to=360.0,
            samples=121,
            role="f",
            width=3.5,
            toggle=AROUND,
        ),
        marks.Point(axes=SPACE, at=POINT, role="ink", size=13),
    )


def _out_of_sight(ends: Span | None, at: marks.Place, axes: tuple[str, ...]) -> tuple[AnyMark, ...]:
    """An arrow to where the heights end, at the place of a point that lies beyond."""
    if ends is None:
        return ()
    low, high = ends
    length = ARROW_AT_THE_END * (high - low)
    arrows = {"above": (high - length, high), "below": (low + length, low)}
    return tuple(
        marks.Arrow(
            axes=axes,
            from_=(*at, arrows[way][0]),
            to=(*at, arrows[way][1]),
            role="ink",
            width=3.5,
            when=(beyond,),
        )
        for way, beyond in outside(ends).items()
    )


def _reach(window: Window) -> float:
    """From any point, so far along any direction, the window ends."""
    return float(((window.x[1] - window.x[0]) ** 2 + (window.y[1] - window.y[0]) ** 2) ** 0.5)


def _cut_tape(f: Expression) -> Tape:
    t, x0, y0, theta = (Expression.variable(name) for name in ("t", "x0", "y0", "theta"))
    ux, uy = (parse(f"{name}(pi t/180)", ("t",)).substitute({"t": theta}) for name in ("cos", "sin"))
    x, y = x0 + t * ux, y0 + t * uy
    return compile_tape({"x": x, "y": y, "z": f.substitute({"x": x, "y": y})}, ("t", "x0", "y0", "theta"))


def _pad_marks(f: Expression, window: Window) -> tuple[AnyMark, ...]:
    here = ("x0", "y0")
    return (
        marks.Horizontal(y="y0", role="slope", width=2.5, toggle=TWO_SLICES),
        marks.Vertical(x="x0", role="partial_y", width=2.5, toggle=TWO_SLICES),
        marks.LevelLine(tape=compile_tape({"f": f}, ("x", "y")), level="f", role="f", width=3, toggle=GRADIENT),
        marks.Segment(
            from_=("level_x_low", "level_y_low"), to=("level_x_high", "level_y_high"),
            role="guide",
            dash="dash",
            width=1.5,
            toggle=TOLD,
        ),
        marks.Segment(from_=("g_x", "g_y"), to=("d_x", "d_y"), role="guide", dash="dot", width=1.5, toggle=TOLD),
        marks.Segment(from_=here, to=("d_x", "d_y"), role="slope", width=6, toggle=TOLD),
        marks.Arrow(from_=here, to=("g_x", "g_y"), role="gradient", width=3.5, toggle=TOLD, foot=marks.HANDLE),
        marks.Arrow(
            from_=here,
            to=("u_x", "u_y"),
            role="slope",
            width=2.5,
            hollow=True,
            toggle=GRADIENT,
            foot=marks.HANDLE,
        ),
        marks.Label(at=("g_x", "g_y"), text="∇f", role="ink", toggle=GRADIENT, offset=(10, -6), size=theme.TEXT_SIZE),
        marks.LevelLine(tape=compile_tape({"f": f}, ("x", "y")), level="f", role="guide", width=2, toggle=AROUND),
        marks.Trail(
            tape=_ring(f, window),
            along="a",
            from_=0.0,
            to=360.0,
            samples=121,
            role="f",
            width=3.5,
            toggle=AROUND,
        ),
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


def _slice(f: Expression, window: Window, shown: Span, along: str, ends: Span | None) -> Panel:
    """What one sees when one variable is held and the other one walks."""
    held = "y" if along == "x" else "x"
    role: theme.Role = "slope" if along == "x" else "partial_y"
    dash: marks.Dash = "dash" if along == "x" else "dot"
    own, other = f"{along}0", f"{held}0"
    place, veil = (own, "f"), veil_of(f, window, SAMPLES, FINE, along)

    def tape(seen: Expression) -> Tape:
        return compile_tape({"f": seen.substitute({held: Expression.variable(other)})}, (along, other))

    return Panel(
        name=f"slice_{along}",
        label=f"The slice along {along}, with {held} held",
        figure=Picture((), _low_layout(along, window.x if along == "x" else window.y, shown, veil)),
        marks=(
            marks.Ghost(of=2),
            marks.Vertical(x=own, role="guide", dash="dot", width=1),
            marks.Line(through=place, slope=f"f{along}", role=role, dash=dash, width=3),
            *half_tangents(f, along, role, dash),
            *_curves(f, veil, along, tape),
            *rims(f, window, along, shown),
            marks.Point(at=place, role="ink", size=13),
            *_out_of_sight(ends, (own,), ("x", "y")),
        ),
        height=168,
        height_narrow=112,
        toggle=TWO_SLICES,
    )


def _cut(f: Expression, window: Window, shown: Span, ends: Span | None) -> Panel:
    """The height along u, against the distance from the point."""
    t, x0, y0 = (Expression.variable(name) for name in ("t", "x0", "y0"))
    ux, uy = (Expression.variable(name) for name in ("ux", "uy"))
    half, veil = (window.x[1] - window.x[0]) / 2, veil_of(f, window, SAMPLES, FINE)

    def tape(seen: Expression) -> Tape:
        height = seen.substitute({"x": x0 + t * ux, "y": y0 + t * uy})
        return compile_tape({"f": height}, ("t", "x0", "y0", "ux", "uy"))

    return Panel(
        name="cut",
        label="The height along u, against the distance from the point",
        figure=Picture((), _low_layout("u", (-half, half), shown, veil)),
        marks=(
            marks.Vertical(x=0.0, role="guide", dash="dot", width=1),
            marks.Line(through=(0.0, "f"), slope="du", role="slope", dash="dash", width=3),
            *_curves(f, veil, "t", tape),
            marks.Point(at=(0.0, "f"), role="ink", size=13),
            *_out_of_sight(ends, (0.0,), ("x", "y")),
        ),
        height=168,
        height_narrow=150,
        toggle=GRADIENT,
    )


def ring_radius(window: Window) -> float:
    """The radius of the walk around a point."""
    return round_step(window.x[1] - window.x[0], 10)


def _ring(f: Expression, window: Window) -> Tape:
    """Once around the point, in degrees: the place in the plane, and the height there."""
    a, x0, y0 = (Expression.variable(name) for name in ("a", "x0", "y0"))
    radius = ring_radius(window)
    x, y = (
        start + radius * parse(f"{name}(pi t/180)", ("t",)).substitute({"t": a})
        for start, name in ((x0, "cos"), (y0, "sin"))
    )
    return compile_tape({"x": x, "y": y, "z": f.substitute({"x": x, "y": y})}, ("a", "x0", "y0"))


def _around(f: Expression, window: Window, found: CriticalPoints) -> tuple[Panel, ...]:
    """Where the test is silent: the heights on a walk around the point, against the direction."""
    silent = found.of_kind(CriticalKind2D.SILENT)
    if not silent:
        return ()
    a, x0, y0 = (Expression.variable(name) for name in ("a", "x0", "y0"))
    radius = ring_radius(window)
    angle = np.radians(np.linspace(0, 360, 181))
    walks = np.array(
        [f(p.x + radius * np.cos(angle), p.y + radius * np.sin(angle)) - p.value for p in silent]
    )
    most = min(float(np.abs(walks[np.isfinite(walks)]).max(initial=0.0)), HUGE) or 1.0
    step = {name: parse(f"{name}(pi t/180)", ("t",)).substitute({"t": a}) for name in ("cos", "sin")}
    there = f.substitute({"x": x0 + radius * step["cos"], "y": y0 + radius * step["sin"]})
    change = there - f.substitute({"x": x0, "y": y0})
    layout = _low_layout("θ", (0.0, 360.0), (-1.3 * most, 1.3 * most))
    return (
        Panel(
            name="around",
            label="How much higher or lower the surface is all around the point",
            figure=Picture((), {**layout, "xaxis": {**layout["xaxis"], "dtick": 60, "ticksuffix": "°"}}),
            marks=(
                marks.Horizontal(y=0.0, role="ink", width=1.5),
                marks.Curve(
                    tape=compile_tape({"z": change}, ("a", "x0", "y0")), along="a", role="f", width=4
                ),
            ),
            height=168,
            height_narrow=150,
            toggle=AROUND,
        ),
    )


def _low_layout(letter: str, span: Span, shown: Span, veil: Veil = BARE) -> dict[str, Any]:
    """Axes of a low picture: few ticks, the heights of the surface, and the axis named where its line ends.

    That a band stands under a `veil`, and is no curve, is said.
    """
    return theme.layout(
        (6, 24, 24, 56),
        xaxis=theme.axis("", span),
        yaxis=theme.axis("", padded(shown), nticks=5),
        annotations=[
            {
                "text": letter,
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 4,
                "y": 0,
                "yref": "paper",
                "yanchor": "middle",
                "showarrow": False,
                "font": {"size": theme.LABEL_SIZE, "color": "$guide", "weight": theme.BOLD},
            },
            *([theme.note(BAND if veil.whole else BAND_IN_PART)] if veil else []),
        ],
    )
