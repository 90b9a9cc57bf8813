"""The check page's scene: the true slope, a learner's line over it, and a point that shows where they part."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from explorer.expression import Expression, compile_tape
from explorer.figures import marks, theme
from explorer.figures.axis_control import axis_control
from explorer.figures.curve import analyse, asymptotes, choose_window, curve_traces, span_of, wide_sample
from explorer.figures.digits import decimals_for, form_for
from explorer.figures.scene import Case, Handle, Panel, Picture, Readout, Scene, Stage, Toggle
from explorer.numeric import Window, values
from explorer.numeric.once import computed_once

FARTHER = 2.0
"""A window is widened for what lies so many of its widths or heights outside, at most."""
LINE = "line"
"""The switch of the learner's line."""


@computed_once(128)
def check_scene(
    f: Expression,
    true: Expression,
    typed: Expression | None,
    at: float | None,
    *,
    address: tuple[tuple[str, str | None], ...] = (),
) -> Scene:
    """`true` is the derivative that is asked for, `typed` the line that is drawn over it (None: none yet).

    The point stands first at `at`, where that is in the picture or not far from it. `address` is what the link says
    besides f.
    """
    window = _window(true, typed, at)
    start = at if at is not None and window.x[0] <= at <= window.x[1] else _start(true, window)
    form = form_for(window.y[1] - window.y[0])
    x0 = Expression.variable("x0")
    outputs = {"slope": true.substitute({"x": x0}, ("x0",))}
    if typed is not None:
        outputs["line"] = typed.substitute({"x": x0}, ("x0",))
        outputs["gap"] = outputs["line"] - outputs["slope"]
    state = (f.text, true.text, typed and typed.text, start, address)
    return Scene(
        id=hashlib.sha256(repr((state, "check")).encode()).hexdigest()[:16],
        page="check",
        title=f"The slope of {f.text}",
        url={"f": f.text, **dict(address)},
        controls=(
            axis_control(
                "x0",
                "x₀",
                window.x,
                start,
                panel="slopes",
                role="slope",
                handle=Handle(
                    panel="slopes", at=("x0", "slope"), moves={"x": "x0"}, label="the point on the true slope"
                ),
            ),
        ),
        tape=compile_tape(outputs, ("x0",)),
        panels=(_panel(true, typed, window, form.plain),),
        readouts=_readouts(typed, form.plain),
        sentence=_sentence(typed, form.plain, form.least),
        toggles=(Toggle(name=LINE, label="Your line", on=True, help="The line that is checked, dashed"),)
        if typed
        else (),
        story=_story(start, typed),
    )


def _window(true: Expression, typed: Expression | None, at: float | None) -> Window:
    """What suits the true slope; wider where the place at which the line fails is outside, though not far."""
    window = choose_window(true)
    width = window.x[1] - window.x[0]
    if at is None or not window.x[0] - FARTHER * width < at < window.x[1] + FARTHER * width:
        return window
    x, lines = window.x, [one for one in (true, typed) if one is not None]
    if not x[0] <= at <= x[1]:
        margin = 0.15 * abs(at) + 0.05 * width
        x = min(x[0], at - margin), max(x[1], at + margin)
    height = window.y[1] - window.y[0]
    heights = [float(values(one, np.array([at]))[0]) for one in lines]
    near = [y for y in heights if window.y[0] - FARTHER * height < y < window.y[1] + FARTHER * height]
    low, high = min(near, default=0.0), max(near, default=0.0)
    ends = window.y
    if near and not (ends[0] < low and high < ends[1]):
        ends = min(ends[0], low - 0.15 * height), max(ends[1], high + 0.15 * height)
    return window if (x, ends) == (window.x, window.y) else replace(window, x=x, y=ends, equal=False)


def _start(true: Expression, window: Window) -> float:
    """A round place at which the slope is in the picture."""
    width = window.x[1] - window.x[0]
    for share in (0.7, 0.6, 0.8, 0.3, 0.4, 0.2, 0.5, 0.9, 0.1):
        x = round(window.x[0] + share * width, decimals_for(width) - 1)
        value = float(values(true, np.array([x]))[0])
        if window.y[0] < value < window.y[1]:
            return x
    return round(window.x[0] + 0.7 * width, decimals_for(width) - 1)


def _panel(true: Expression, typed: Expression | None, window: Window, digits: str) -> Panel:
    breaks = analyse(true, span_of(true, window)).breaks
    traces = [*curve_traces(wide_sample(true, window, breaks), "slope")]
    moving: list[marks.AnyMark] = [marks.Vertical(x="x0", role="guide", dash="dot", width=1)]
    if typed is not None:
        own = analyse(typed, span_of(typed, window)).breaks
        traces += curve_traces(wide_sample(typed, window, own), "ink", width=3, dash="dash", toggle=LINE)
        moving += [
            marks.Segment(from_=("x0", "slope"), to=("x0", "line"), role="ink", width=3, toggle=LINE),
            marks.Point(at=("x0", "line"), role="ink", shape="ring", size=13, toggle=LINE),
            marks.Label(
                at=("x0", "line"), text=f"{{line:{digits}}}", role="ink", offset=(12, -8), toggle=LINE
            ),
        ]
    layout = theme.layout(
        xaxis=theme.axis("x", window.x),
        yaxis=theme.axis("", window.y, automargin="left"),
        shapes=asymptotes(breaks),
        annotations=[theme.axis_name("slope", "slope_text", 1.0)],
    )
    label = "The true slope, and the learner's line over it" if typed else "The true slope"
    return Panel(
        name="slopes",
        label=label,
        figure=Picture(tuple(traces), layout),
        marks=tuple(moving),
        height=430,
        height_narrow=300,
    )


def _number(name: str, digits: str) -> tuple[Case, ...]:
    return Case("none", ((name, None, None, "undefined"),)), Case(f"{{{name}:{digits}}}")


def _readouts(typed: Expression | None, digits: str) -> tuple[Readout, ...]:
    true = Readout(name="slope", label="true slope", text=_number("slope", digits), size="huge", role="slope")
    if typed is None:
        return (true,)
    return (
        true,
        Readout(name="line", label="your line", text=_number("line", digits)),
    )


def _sentence(typed: Expression | None, digits: str, least: float) -> tuple[Case, ...]:
    nothing = Case("There is no slope here.", (("slope", None, None, "undefined"),))
    if typed is None:
        return nothing, Case(f"The slope is {{slope:{digits}}} here. Does each line say so?")
    both = f"{{line:{digits}}}", f"{{slope:{digits}}}"
    return (
        nothing,
        Case(
            f"The slope is {both[1]} here, and your line has no value.", (("line", None, None, "undefined"),)
        ),
        Case(f"Here they meet: both give {both[1]}.", (("gap", -least, least, "closed"),)),
        Case(f"Your line gives {both[0]}, the slope is {both[1]}."),
    )


def _story(start: float, typed: Expression | None) -> tuple[Stage, ...]:
    stages = [Stage("How steep is it here? Say a number before you look.", {"x0": start}, asks=True)]
    if typed is not None:
        stages.append(
            Stage("Where do the line and the slope meet, where do they part?", {"x0": start}, {LINE: True})
        )
    stages.append(Stage("Which line of the derivation says something else?", {"x0": start}))
    return tuple(stages)
