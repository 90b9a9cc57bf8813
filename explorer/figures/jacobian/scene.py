"""The Jacobian's scene: a grid and its image, a small square and the parallelogram that it nearly becomes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, compile_tape, free_variables, parse
from explorer.figures.challenges import played
from explorer.figures.curve import Trace
from explorer.figures.jacobian.words import TURNED, UPRIGHT, readouts, sentences
from explorer.figures.surface.still import choose_plane, padded
from explorer.numeric import Window
from explorer.numeric.leaps2d import leaping
from explorer.numeric.results import Array, Span
from explorer.numeric.seams import of_parts
from explorer.presets import Challenge
from explorer.scene import marks, theme
from explorer.scene.digits import decimals_for
from explorer.scene.marks import AnyMark
from explorer.scene.scene import Align, Control, Handle, Panel, Picture, Scene, Stage, Toggle
from explorer.scene.wire import identity_of, single

LINES = 17
POINTS = 81
FAR_OUT = 6.5  # times the span of the middle half of the values
NEARBY = 0.75  # of it are shown on both sides where some values lie farther out
BOUNDARY = (
    "x0 + s (min(max(t, 0), 1) - min(max(t - 2, 0), 1))",
    "y0 + s (min(max(t - 1, 0), 1) - min(max(t - 3, 0), 1))",
)
"""Once around the square for t from 0 to 4."""

SIDES: tuple[theme.Role, theme.Role] = ("slope", "partial_y")
NO_IMAGE = {
    "text": "dotted: no value there",
    "x": 0.01,
    "xref": "paper",
    "xanchor": "left",
    "y": 0.01,
    "yref": "paper",
    "yanchor": "bottom",
    "showarrow": False,
    "font": {"size": theme.LABEL_SIZE, "color": "$guide"},
    "bgcolor": "$paper@0.8",
}

BOUNDARY_POINTS = 16
INSIDE = ((1, 0), (0, 1), (1, 1), (0.5, 0.5))
"""Places of the square, beside its corner, that are asked for det J and for jumps."""


def vector_window(u: Expression, v: Expression) -> Window:
    """A square in which both components have values, as far as one is found."""
    windows = (choose_plane(u, far=False), choose_plane(v, far=False))
    return min(windows, key=lambda window: window.x[1] - window.x[0])


@lru_cache(maxsize=64)
def jacobian_scene(
    u: Expression,
    v: Expression,
    start: tuple[float, float],
    window: Window | None = None,
    *,
    side: float | None = None,
    challenges: tuple[Challenge, ...] = (),
) -> Scene:
    """The scene for (x, y) ↦ (u, v), with the square's corner first at `start`."""
    window = window or vector_window(u, v)
    width = window.x[1] - window.x[0]
    side = side or float(f"{width / 7:.1g}")
    names = ("x0", "y0", "s")
    return Scene(
        id=identity_of((u.text, v.text, start, "jacobian")),
        page="jacobian",
        title=f"The Jacobian of ({u.text}, {v.text})",
        url={
            "tab": "jacobian",
            "u": u.text,
            "v": v.text,
            "f": None,
            "window": None,
            "lens": None,
            "theta": None,
        },
        controls=_controls(window, start, side),
        tape=compile_tape(_outputs(u, v) | {"leaps": _leaps(u, v, window)}, names),
        panels=(_domain(u, v, window), _image(u, v, window, start, side)),
        readouts=readouts(),
        sentence=sentences(affine=_is_affine(u, v)),
        challenges=played(challenges, u, v),
        toggles=(Toggle(name="true", label="True image", on=True, help="What really becomes of the square"),),
        story=(
            Stage(
                "A grid and what the function makes of it. What becomes of the small square?",
                {"s": width / 8},
            ),
            Stage("Nearly a parallelogram: its sides are the columns of the Jacobian.", {"s": width / 16}),
            Stage(
                "The smaller the square, the closer the two. The area factor is |det J|.", {"s": width / 40}
            ),
        ),
    )


def _outputs(u: Expression, v: Expression) -> dict[str, Expression]:
    """The image of the corner, the Jacobian, its determinant, and the corners of square and parallelogram.

    `thin`: nearly the smaller singular value in parts of the larger one, which is at least the size over √2.
    """
    x0, y0, s = (Expression.variable(name) for name in ("x0", "y0", "s"))
    at: dict[str, Expression | float] = {"x": x0, "y": y0}
    here = {"u": u.substitute(at), "v": v.substitute(at)}
    for name, part in (("u", u), ("v", v)):
        for variable in ("x", "y"):
            here[f"{name}{variable}"] = part.derivative(variable).substitute(at)
    matrix = {letter: here[name] for letter, name in zip("abcd", ("ux", "uy", "vx", "vy"), strict=True)}
    size = of_parts("sqrt(a^2+b^2+c^2+d^2)", **matrix)
    det = of_parts("a d - b c", **matrix)
    return (
        here
        | _difference(u, v, here, det)
        | {
            "size": size,
            "det": det,
            "factor": of_parts("|d|", d=det),
            "thin": of_parts("|d|/n/n", d=det, n=size),
            "right": x0 + s,
            "far": y0 + s,
            "a_u": here["u"] + s * here["ux"],
            "a_v": here["v"] + s * here["vx"],
            "b_u": here["u"] + s * here["uy"],
            "b_v": here["v"] + s * here["vy"],
            "c_u": here["u"] + s * here["ux"] + s * here["uy"],
            "c_v": here["v"] + s * here["vx"] + s * here["vy"],
        }
    )


def _difference(
    u: Expression, v: Expression, here: dict[str, Expression], det: Expression
) -> dict[str, Expression]:
    """How far the true image of the square's boundary leaves the parallelogram, and its area by the shoelace formula.

    `apart` is in parts of the longer diagonal, `area` in parts of the parallelogram's; both look at a few places.
    """
    x0, y0, s = (Expression.variable(name) for name in ("x0", "y0", "s"))
    true, gaps = [], []
    for turn in range(BOUNDARY_POINTS):
        along, across = (
            float(parse(text, ("t", "x0", "y0", "s"))(4 * turn / BOUNDARY_POINTS, 0.0, 0.0, 1.0))
            for text in BOUNDARY
        )
        at: dict[str, Expression | float] = {"x": x0 + along * s, "y": y0 + across * s}
        ends = {name: part.substitute(at) - here[name] for name, part in (("u", u), ("v", v))}
        flat = {name: s * (along * here[f"{name}x"] + across * here[f"{name}y"]) for name in "uv"}
        true.append(ends)
        gaps.append(
            of_parts("sqrt(a^2+b^2)", **{a: ends[n] - flat[n] for a, n in zip("ab", "uv", strict=True)})
        )
    parts = {letter: here[name] for letter, name in zip("abcd", ("ux", "uy", "vx", "vy"), strict=True)}
    diagonal = of_parts("max(sqrt((a+b)^2+(c+d)^2), sqrt((a-b)^2+(c-d)^2))", **parts)
    turns = [p["u"] * q["v"] - q["u"] * p["v"] for p, q in zip(true, (*true[1:], true[0]), strict=True)]
    farthest = reduce(lambda a, b: of_parts("max(a, b)", a=a, b=b), gaps)
    return {
        "folds": _least_turn(det),
        "apart": farthest / (s * diagonal),
        "area": reduce(lambda a, b: a + b, turns) / (2 * s * s * det),
    }


def _least_turn(det: Expression) -> Expression:
    """The least of det J in the square, in parts of that at its corner: below 0 where the image folds over itself."""
    x0, y0, s = (Expression.variable(name) for name in ("x0", "y0", "s"))
    found = (
        det.substitute({"x0": x0 + along * s, "y0": y0 + across * s}, ("x0", "y0", "s")) / det
        for along, across in INSIDE
    )
    return reduce(lambda a, b: of_parts("min(a, b)", a=a, b=b), found)


def _leaps(u: Expression, v: Expression, window: Window) -> Expression:
    """How many levels of steps, at which the map jumps somewhere, part the corner from other places; 0 for none."""
    x0, y0, s = (Expression.variable(name) for name in ("x0", "y0", "s"))
    most = Expression.number(0)
    for trigger in dict.fromkeys(step for part in (u, v) for step in leaping(part, window.x, window.y)):
        away = (Expression(trigger.node, ("x", "y")) - trigger.level) / (trigger.spacing or 1)
        level = of_parts("floor(a)" if trigger.spacing else "sign(a)", a=away)
        here, *others = (
            level.substitute({"x": x0 + along * s, "y": y0 + across * s}, ("x0", "y0", "s"))
            for along, across in ((0, 0), *INSIDE)
        )
        for other in others:
            most = of_parts("max(a, |b - c|)", a=most, b=other, c=here)
    return most.over(("x0", "y0", "s"))


def _controls(window: Window, start: tuple[float, float], side: float) -> tuple[Control, ...]:
    width = window.x[1] - window.x[0]
    decimals = decimals_for(width)
    handle = Handle(
        panel="domain", at=("x0", "y0"), moves={"x": "x0", "y": "y0"}, label="the corner of the square"
    )
    return (
        Control(
            name="x0", label="x₀", min=window.x[0], max=window.x[1], value=start[0], step=width / 40,
            decimals=decimals, role="slope", handle=handle, align=Align(panel="domain"),
        ),
        Control(
            name="y0", label="y₀", min=window.y[0], max=window.y[1], value=start[1], step=width / 40,
            decimals=decimals, role="partial_y",
        ),
        Control(
            name="s", label="side", min=float(f"{width / 200:.1g}"), max=float(f"{width / 4:.1g}"),
            value=side, scale="log", step=0.1, decimals=3, role="ink",
        ),
    )  # fmt: skip


def _grid_lines(window: Window) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Lines along x, then along y: arrays (LINES, POINTS)."""
    x, y = np.linspace(*window.x, LINES), np.linspace(*window.y, LINES)
    fine_x, fine_y = np.linspace(*window.x, POINTS), np.linspace(*window.y, POINTS)
    return np.meshgrid(fine_x, y), tuple(part.T for part in np.meshgrid(x, fine_y))  # type: ignore[return-value]


def _lines(x: Array, y: Array, role: theme.Role) -> Trace:
    """Rows as lines, a gap between any two."""
    gap = np.full((len(x), 1), np.nan)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": single(np.hstack([x, gap]).ravel()),
        "y": single(np.hstack([y, gap]).ravel()),
        "line": {"color": f"${role}@0.5", "width": 1.4, "simplify": False},
        "hoverinfo": "skip",
        "connectgaps": False,
    }


def _without_image(
    lines: Sequence[tuple[Array, Array]], known: Sequence[NDArray[np.bool_]]
) -> tuple[Trace, ...]:
    """The stretches of the grid where one of the components has no value, dotted up to the next known place."""
    traces = []
    for (x, y), part in zip(lines, known, strict=True):
        within = part.copy()
        within[:, 1:] &= part[:, :-1]
        within[:, :-1] &= part[:, 1:]
        trace = _lines(np.where(within, np.nan, x), y, "guide")
        traces.append({**trace, "line": {**trace["line"], "dash": "dot"}})
    return tuple(traces)


def _domain(u: Expression, v: Expression, window: Window) -> Panel:
    lines = _grid_lines(window)
    known = [np.isfinite(u(*line)) & np.isfinite(v(*line)) for line in lines]
    whole = all(part.all() for part in known)
    images = [
        _lines(np.where(part, line[0], np.nan), line[1], role)
        for line, part, role in zip(lines, known, SIDES, strict=True)
    ]
    layout = _equal("x", "y", window.x, window.y)
    if not whole:
        layout = {**layout, "annotations": [NO_IMAGE]}
    corners = (("x0", "y0"), ("right", "y0"), ("right", "far"), ("x0", "far"))
    return Panel(
        name="domain",
        label="The plane of x and y, with a small square; drag its corner",
        figure=Picture((*(() if whole else _without_image(lines, known)), *images), layout),
        marks=(
            marks.Region(points=corners, role="f", opacity=0.35),
            marks.Ghost(of=0),
            *_sides(corners[0], corners[1], corners[3]),
        ),
        height=520,
        height_narrow=240,
    )


def _image(u: Expression, v: Expression, window: Window, start: tuple[float, float], side: float) -> Panel:
    along_x, along_y = _grid_lines(window)
    images = [(u(*lines), v(*lines)) for lines in (along_x, along_y)]
    corner_x, corner_y = (place + side * np.array([[0.0, 1.0], [0.0, 1.0]]) for place in start)
    spans = [
        _usual(np.concatenate([image[k].ravel() for image in images]), part(corner_x, corner_y.T))
        for k, part in enumerate((u, v))
    ]
    cut = [(_within(image[0], spans[0]), _within(image[1], spans[1])) for image in images]
    corners = (("u", "v"), ("a_u", "a_v"), ("c_u", "c_v"), ("b_u", "b_v"))
    around = {name: parse(text, ("t", "x0", "y0", "s")) for name, text in zip("xy", BOUNDARY, strict=True)}
    boundary = compile_tape(
        {
            "x": u.substitute({"x": around["x"], "y": around["y"]}),
            "y": v.substitute({"x": around["x"], "y": around["y"]}),
        },
        ("t", "x0", "y0", "s"),
    )
    true: dict[str, Any] = {
        "tape": boundary,
        "along": "t",
        "from_": 0.0,
        "to": 4.0,
        "samples": 121,
        "toggle": "true",
    }
    return Panel(
        name="image",
        label="The image: where the grid and the square land",
        figure=Picture((_lines(*cut[0], "slope"), _lines(*cut[1], "partial_y")), _equal("u", "v", *spans)),
        marks=(
            marks.Region(points=corners, role="f", opacity=0.35, when=(UPRIGHT,)),
            marks.Region(points=corners, role="step", opacity=0.45, when=(TURNED,)),
            marks.Ghost(of=0),
            marks.Ghost(of=1),
            marks.Trail(**true, role="ink", dash="dot", width=2.5),
            *_sides(corners[0], corners[1], corners[3]),
            marks.Point(at=("u", "v"), role="ink", size=15),
        ),
        height=520,
        height_narrow=240,
    )


def _sides(corner: marks.Place, first: marks.Place, second: marks.Place) -> tuple[AnyMark, ...]:
    """The side along x and the side along y, told apart by colour and dash."""
    return (
        marks.Arrow(from_=corner, to=first, role="slope", width=2.5),
        marks.Arrow(from_=corner, to=second, role="partial_y", width=2.5),
    )


def _usual(values: Array, square: Array) -> Span:
    """Where the values lie; where some run away, the middle half with room, and the first square's corners."""
    seen = values[np.isfinite(values)]
    if not len(seen):
        return (-1.0, 1.0)
    least, lower, upper, most = (float(q) for q in np.quantile(seen, (0, 0.25, 0.75, 1)))
    half = upper - lower
    low, high = least, most
    if half > 0 and max(lower - least, most - upper) > FAR_OUT * half:
        corners = square[np.isfinite(square)].tolist()
        low = min(max(least, lower - NEARBY * half), *corners, upper)
        high = max(min(most, upper + NEARBY * half), *corners, lower)
    return padded((low, high)) if high - low > 1e-9 * max(abs(low), abs(high)) else (low - 1.0, high + 1.0)


def _within(values: Array, span: Span) -> Array:
    """Values far outside are gaps: their lines would cross the picture from one end to the other."""
    room = 4 * (span[1] - span[0])
    with np.errstate(invalid="ignore"):
        return np.where((values > span[0] - room) & (values < span[1] + room), values, np.nan)


def _equal(across: str, up: str, x: Span, y: Span) -> Mapping[str, Any]:
    return theme.layout(
        (8, 10, 46, 52),
        xaxis=theme.axis(across, x, constrain="range"),
        yaxis=theme.axis(up, y, scaleanchor="x", scaleratio=1, constrain="range"),
    )


def _is_affine(u: Expression, v: Expression) -> bool:
    """Whether no slope depends on the place: then the parallelogram is the image itself."""
    return not any(free_variables(part.derivative(name).root) for part in (u, v) for name in ("x", "y"))


def start_of(u: Expression, v: Expression) -> tuple[float, float]:
    """A round place where both components and their slopes exist."""
    window = vector_window(u, v)
    for share in (0.65, 0.6, 0.75, 0.35, 0.8, 0.5):
        x, y = (round(low + share * (high - low), 1) for low, high in (window.x, window.y))
        numbers = [value for part in (u, v) for value in _with_slopes(part, x, y)]
        if all(math.isfinite(number) for number in numbers):
            return x, y
    return (sum(window.x) / 2, sum(window.y) / 2)


def _with_slopes(part: Expression, x: float, y: float) -> tuple[float, ...]:
    value, slopes = part.value_and_gradient(x, y)
    return float(value), *(float(slope) for slope in slopes)
