"""The check page's scene: the true slope, a learner's line over it, and a point that shows where they part."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import is_unknown, is_within
from explorer.expression import Expression, compile_tape, parse
from explorer.figures.check.asked import Asked
from explorer.figures.check.words import SHORT
from explorer.figures.curve import (
    Trace,
    analyse,
    asymptotes,
    choose_window,
    curve_traces,
    mended_slope,
    span_of,
    wide_sample,
)
from explorer.figures.letters import Point, first_point, letter_control
from explorer.numeric import Window, values
from explorer.scene import marks, theme
from explorer.scene.axis_control import axis_control
from explorer.scene.digits import decimals_for
from explorer.scene.scene import Case, Handle, Panel, Picture, Readout, Scene, Stage, Toggle
from explorer.scene.theme import Role
from explorer.scene.wire import identity_of

FARTHER = 5.0
"""A window is widened for what lies so many of its widths outside, at most."""
HIGHER = 20.0
"""So many of its heights outside, at most, a value may be that the window is made higher for."""
LOST = 30.0
"""A window this many times as high as what is compared in it is too high to see that."""
DIGITS = f"g{SHORT}"
"""How a value is written, as in the words beside the lines."""
ROUNDED = 1e-9
"""Values that differ by less, in parts of the window's height, differ by how they were computed."""
ALIKE = 0.25 * 10.0 ** (1 - SHORT)
"""Values that are closer, in parts of both together, are written alike."""
LINE, TRUE = "line", "true"
"""The switch of the learner's line, and that of the true slope: a story asks for it before it is drawn."""


@computed_once(128)
def check_scene(
    asked: Asked,
    typed: Expression | None,
    at: Point | None,
    *,
    stood: float | None = None,
    address: tuple[tuple[str, str | None], ...] = (),
) -> Scene:
    """`asked` is the derivative in question, `typed` the line that is drawn over it (None: none yet).

    The point stands first at `at`, where that is in the picture or not far from it. The window holds that place and
    `stood`, where a link has the point. `address` is what the link says besides f. In several letters the picture is
    the slice along the one that moves; the others have a control each.
    """
    by, true = asked.by, asked.true
    place = dict(at or (first_point(asked.f) if asked.held else ()))
    held = {name: place[name] for name in asked.held}
    cut = true.substitute(held, (by,))
    along = place.get(by) if at else None
    compared = [cut] if typed is None else [cut, typed.substitute(held, (by,))]
    window = _held(_held(choose_window(cut), compared, along), compared, stood)
    start = along if along is not None and window.x[0] <= along <= window.x[1] else _start(cut, window)
    controls = {name: f"{name}0" for name in (by, *asked.held)}
    moving = {name: Expression.variable(control) for name, control in controls.items()}
    names = tuple(controls.values())
    shown = true if held else mended_slope(asked.f, window.x, second=asked.second) or true
    outputs = {"slope": shown.substitute(moving, names)}
    if typed is not None:
        outputs["line"] = typed.substitute(moving, names)
        outputs["gap"] = outputs["line"] - outputs["slope"]
        size = parse("abs(u)+abs(v)", ("u", "v")).substitute(
            {"u": outputs["line"], "v": outputs["slope"]}, names
        )
        outputs["apart"] = outputs["gap"] / size
    role = role_of(asked)
    state = (asked.f.text, true.text, typed and typed.text, by, place, start, window, address)
    handle = Handle(
        panel="slopes",
        at=(controls[by], "slope"),
        moves={"x": controls[by]},
        label=f"the point on the true {'slope' if asked.name == 'the slope' else asked.sign}",
        toggle=TRUE,
    )
    own = axis_control(controls[by], f"{by}₀", window.x, start, panel="slopes", role=role, handle=handle)
    return Scene(
        id=identity_of((state, "check")),
        page="check",
        title=f"{'The slope' if asked.name == 'the slope' else asked.sign} of {asked.f.text}",
        url={"f": asked.f.text, **dict(address)},
        controls=(
            own,
            *(letter_control(controls[name], f"{name}, held", held[name], "guide") for name in asked.held),
        ),
        tape=compile_tape(outputs, names),
        panels=(_panel(asked, typed, window, controls),),
        readouts=_readouts(asked, typed),
        sentence=_sentence(asked, typed, ROUNDED * (window.y[1] - window.y[0])),
        toggles=(
            *(
                (Toggle(name=LINE, label="Your line", on=True, help="The line that is checked, dashed"),)
                if typed
                else ()
            ),
            Toggle(name=TRUE, on=True, url=False),
        ),
        story=_story(asked, typed),
    )


def role_of(asked: Asked) -> Role:
    """∂/∂y has a colour of its own on every page."""
    return "partial_y" if asked.held and asked.by == "y" else "slope"


def _held(window: Window, lines: list[Expression], at: float | None) -> Window:
    """A window, wider where a place at which the `lines` are compared is outside, though not far."""
    width = window.x[1] - window.x[0]
    if at is None or not window.x[0] - FARTHER * width < at < window.x[1] + FARTHER * width:
        return window
    x = window.x
    if not x[0] <= at <= x[1]:
        margin = 0.15 * abs(at) + 0.05 * width
        x = min(x[0], at - margin), max(x[1], at + margin)
    heights = [float(values(one, np.array([at]))[0]) for one in lines]
    wider = (x[1] - x[0]) / width
    ends = _heights(window.y, [y for y in heights if math.isfinite(y)], HIGHER * wider**2)
    return window if (x, ends) == (window.x, window.y) else replace(window, x=x, y=ends, equal=False)


def _heights(span: tuple[float, float], compared: list[float], higher: float) -> tuple[float, float]:
    """The span, so that the values that are compared stand in it, where not `higher`, and are not lost in it."""
    if not compared:
        return span
    low, high = min(compared), max(compared)
    size = span[1] - span[0]
    if size > LOST * max(abs(low), abs(high)) > 0:
        # Beside a pole the slope of sin(1/x) goes to thousands, and what is compared is 0.5.
        middle, half = 0.5 * (low + high), 0.5 * LOST * max(abs(low), abs(high))
        return middle - half, middle + half
    near = [y for y in compared if span[0] - higher * size < y < span[1] + higher * size]
    if not near or span[0] < min(near) <= max(near) < span[1]:
        return span
    low, high = min(span[0], *near), max(span[1], *near)
    room = 0.12 * (high - low)
    return (low - room if low < span[0] else low), (high + room if high > span[1] else high)


def _start(true: Expression, window: Window) -> float:
    """A round place at which the slope is in the picture."""
    width = window.x[1] - window.x[0]
    for share in (0.7, 0.6, 0.8, 0.3, 0.4, 0.2, 0.5, 0.9, 0.1):
        x = round(window.x[0] + share * width, decimals_for(width) - 1)
        value = float(values(true, np.array([x]))[0])
        if window.y[0] < value < window.y[1]:
            return x
    return round(window.x[0] + 0.7 * width, decimals_for(width) - 1)


def _panel(asked: Asked, typed: Expression | None, window: Window, controls: Mapping[str, str]) -> Panel:
    own, role = controls[asked.by], role_of(asked)
    traces: list[Trace] = []
    shapes: list[Any] = []
    moving: list[marks.AnyMark] = [marks.Vertical(x=own, role="guide", dash="dot", width=1)]
    if asked.held:
        moving.append(_curve(asked, asked.true, controls, role, 4))
        if typed is not None:
            moving.append(_curve(asked, typed, controls, "ink", 3))
        moving.append(
            marks.Outside(at=(own, "slope"), role=role, text=f"{asked.sign} ", distance=False, toggle=TRUE)
        )
    else:
        breaks = analyse(asked.true, span_of(asked.true, window)).breaks
        shapes = asymptotes(breaks)
        traces += curve_traces(wide_sample(asked.true, window, breaks), "slope", toggle=TRUE)
        if typed is not None:
            others = analyse(typed, span_of(typed, window)).breaks
            traces += curve_traces(
                wide_sample(typed, window, others), "ink", width=3, dash="dash", toggle=LINE
            )
    if typed is not None:
        moving += [
            marks.Segment(
                from_=(own, "slope"), to=(own, "line"), role="ink", width=3, toggle=f"{LINE}&{TRUE}"
            ),
            marks.Point(at=(own, "line"), role="ink", shape="ring", size=13, toggle=LINE),
            marks.Label(
                at=(own, "line"), text=f"{{line:{DIGITS}}}", role="ink", offset=(12, -8), toggle=LINE
            ),
        ]
    name = "slope" if asked.name == "the slope" else asked.sign
    layout = theme.layout(
        xaxis=theme.axis(asked.by, window.x),
        yaxis=theme.axis("", window.y, automargin="left"),
        shapes=shapes,
        annotations=[theme.axis_name(name, "partial_y_text" if role == "partial_y" else "slope_text", 1.0)],
    )
    label = f"The true {name}, and the learner's line over it" if typed else f"The true {name}"
    return Panel(
        name="slopes",
        label=label,
        figure=Picture(tuple(traces), layout),
        marks=tuple(moving),
        apart=True,
        height=430,
        height_narrow=240,
    )


def _curve(asked: Asked, e: Expression, controls: Mapping[str, str], role: Role, width: float) -> marks.Curve:
    """What moves with the held letters, sampled by the browser along the one that is derived by."""
    held = {name: Expression.variable(controls[name]) for name in asked.held}
    names = (asked.by, *(controls[name] for name in asked.held))
    return marks.Curve(
        tape=compile_tape({"y": e.substitute(held, names)}, names),
        along=asked.by,
        role=role,
        width=width,
        dash="dash" if role == "ink" else "solid",
        toggle=LINE if role == "ink" else TRUE,
        samples=400,
    )


def _number(name: str) -> tuple[Case, ...]:
    return Case("none", (is_unknown(name),)), Case(f"{{{name}:{DIGITS}}}")


def _readouts(asked: Asked, typed: Expression | None) -> tuple[Readout, ...]:
    label = "true slope" if asked.name == "the slope" else f"true {asked.sign}"
    true = Readout(name="slope", label=label, text=_number("slope"), size="huge", role=role_of(asked))
    if typed is None:
        return (true,)
    return (
        true,
        Readout(name="line", label="your line", text=_number("line"), place="above"),
    )


def _sentence(asked: Asked, typed: Expression | None, rounded: float) -> tuple[Case, ...]:
    name = asked.name
    nothing = Case(
        "There is no slope here." if name == "the slope" else f"{name} has no value here.",
        (is_unknown("slope"),),
    )
    if typed is None:
        said = f"{name} is {{slope:{DIGITS}}} here. Does each line say so?"
        return nothing, Case(said[0].upper() + said[1:] if name == "the slope" else said)
    both = f"{{line:{DIGITS}}}", f"{{slope:{DIGITS}}}"
    return (
        nothing,
        Case(
            f"{name[0].upper() + name[1:] if name == 'the slope' else name} is {both[1]} here, "
            "and your line has no value.",
            (is_unknown("line"),),
        ),
        Case(f"Here both give {both[1]}.", (is_within("gap", -rounded, rounded),)),
        Case(f"Here both give {both[1]} to the digits shown.", (is_within("apart", -ALIKE, ALIKE),)),
        Case(f"Your line gives {both[0]}, {name} is {both[1]}."),
    )


def _story(asked: Asked, typed: Expression | None) -> tuple[Stage, ...]:
    ask = "How steep is it here?" if asked.name == "the slope" else f"What is {asked.sign} here?"
    stages = [Stage(f"{ask} Say a number before you look.", {}, {TRUE: False}, asks=True)]
    if typed is not None:
        stages.append(
            Stage(
                f"Where do the line and {asked.name} meet, where do they part?",
                {},
                {LINE: True, TRUE: True},
            )
        )
    stages.append(Stage("Which line of the derivation says something else?", {}, {TRUE: True}))
    return tuple(stages)
