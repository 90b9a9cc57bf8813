"""The slope page's scene: a point on a curve, its tangent, the run-and-rise triangle, and f′ below."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from explorer.expression import Expression, compile_tape
from explorer.figures import equation, marks, theme
from explorer.figures.challenges import played
from explorer.figures.curve import (
    SAMPLES,
    analyse,
    asymptotes,
    critical_trace,
    curve_traces,
    end_circles,
    marked_places,
    span_of,
    wide_sample,
    within,
)
from explorer.figures.digits import Form, decimals_for, form_for
from explorer.figures.marks import AnyMark, Condition, Segment
from explorer.figures.scene import (
    Align,
    Case,
    Control,
    Handle,
    Microscope,
    Panel,
    Picture,
    Readout,
    Scene,
    Sketch,
    Toggle,
)
from explorer.figures.slope_words import exactly, magnified, sentences, story
from explorer.numeric import (
    Analysis,
    BreakKind,
    Window,
    derivative_values,
    jet,
    number_text,
    patched_derivative,
    patched_second,
)
from explorer.numeric.once import computed_once
from explorer.presets import Challenge

SKETCH_POINTS = 7
LONGEST_LABEL = 24
SPLIT = 0.29  # the share of the height that f′ has, below f
RANGE_POINTS = 600
MOST_CORNERS = 20
START_SHARES = (0.35, 0.6, 0.3, 0.7, 0.4, 0.65, 0.25, 0.75, 0.45, 0.55, 0.15, 0.85)
SLOPE_AXES = ("x", "y2")


def derivative_range(f: Expression, window: Window, order: int = 1) -> tuple[float, float]:
    """Limits of an axis for f′ (f″): zero and the bulk of the slopes where the curve is in the picture, poles cut."""
    jets = jet(f, np.linspace(*window.x, RANGE_POINTS))
    value, slopes = jets[0], jets[order]
    defined = np.isfinite(slopes)
    shown = defined & (value >= window.y[0]) & (value <= window.y[1])
    seen = slopes[shown if np.count_nonzero(shown) > RANGE_POINTS // 20 else defined]
    if seen.size == 0:
        return (-1.0, 1.0)
    low, high = float(np.min(seen)), float(np.max(seen))
    inner_low, inner_high = (float(q) for q in np.quantile(seen, (0.1, 0.9)))
    spread = max(inner_high - inner_low, 1e-9 * max(1.0, abs(inner_high)))
    low = low if low >= inner_low - 2 * spread else inner_low - 0.5 * spread
    high = high if high <= inner_high + 2 * spread else inner_high + 0.5 * spread
    low, high = min(low, 0.0), max(high, 0.0)
    margin = 0.2 * (high - low) or 1.0
    return (low - margin, high + margin)


@dataclass(frozen=True)
class Forms:
    """The decimals of x, and how f, f′ and f″ are written in one picture."""

    x: int
    value: Form
    slope: Form
    bend: Form


def forms_in(f: Expression, window: Window) -> Forms:
    """As the window's axes ask for: a slope of 0.0004 is not written 0.00."""
    low, high = derivative_range(f, window)
    bends = derivative_values(f, np.linspace(*window.x, RANGE_POINTS), 2)
    usual = np.quantile(np.abs(bends[np.isfinite(bends)]), 0.9) if np.isfinite(bends).any() else 0.0
    return Forms(
        decimals_for(window.x[1] - window.x[0]),
        form_for(window.y[1] - window.y[0]),
        form_for(high - low),
        form_for(float(usual) or 1.0),
    )


def start_in(f: Expression, window: Window) -> float:
    """Where the point first stands: within the picture, on a slope that is not too steep, away from every break."""
    left, right = window.x
    width = right - left
    breaks = analyse(f, span_of(window)).breaks
    for share in START_SHARES:
        x = round(left + share * width, decimals_for(width) - 1)
        value, slope = float(derivative_values(f, x, 0)), float(derivative_values(f, x, 1))
        inside = window.y[0] < value < window.y[1]
        calm = abs(slope) * width < 8 * (window.y[1] - window.y[0])
        if inside and calm and all(abs(x - place.x) > width / 25 for place in breaks):
            return x
    return round(left + START_SHARES[0] * width, decimals_for(width) - 1)


@computed_once(128)
def slope_scene(
    f: Expression,
    window: Window,
    start: float,
    *,
    opening: bool = False,
    challenges: tuple[Challenge, ...] = (),
    linked_window: str = "",
) -> Scene:
    """The scene for `f` in `window` with the point first at `start`.

    `opening` invites the learner to drag as long as the point stands at `start`; `linked_window` is what the
    address says of a changed window.
    """
    analysis = analyse(f, span_of(window))
    slope = patched_derivative(f, analysis)
    bend = patched_second(f, analysis)
    forms = forms_in(f, window)
    x0 = Expression.variable("x0")
    at = {"x": x0}
    outputs = {
        "f": f.substitute(at),
        "slope": slope.substitute(at),
        "bend": bend.substitute(at),
        "run_x": x0 + 1,
        "rise_y": f.substitute(at) + slope.substitute(at),
        "minus_x0": -x0,
    }
    identity = hashlib.sha256(repr((f.text, window, start, "slope")).encode()).hexdigest()[:16]
    return Scene(
        id=identity,
        page="slope",
        title=f"Tangent slopes of {f.text}",
        url={"f": f.text, "window": linked_window},
        controls=(_control(analysis, window, start),),
        tape=compile_tape(outputs, ("x0",)),
        functions={
            "f": compile_tape({"f": f}, ("x",)),
            "slope": compile_tape({"slope": slope}, ("x",)),
        },
        panels=(_panel(f, analysis, window, forms.slope),),
        readouts=_readouts(f, analysis, forms),
        sentence=sentences(analysis, window, start if opening else None, forms.slope),
        toggles=(
            Toggle(name="triangle", label="Triangle", on=True, help="Run 1 and rise: the rise is the slope"),
            Toggle(
                name="whole", label="All of f′", help="Show f′ everywhere, not only where the point has been"
            ),
            Toggle(name="second", label="f″", help="The slope of the slope, dotted"),
            Toggle(
                name="places",
                label="Marked places",
                on=True,
                help="Minima ★, maxima ▲, flat ✕, inflections ◇",
            ),
            Toggle(name="microscope", label="Microscope", help="Magnify both axes equally around the point"),
            Toggle(name="lagrange", label="f′(x)", on=True, group="notation", help="Lagrange's notation"),
            Toggle(name="leibniz", label="d/dx", group="notation", help="Leibniz's notation"),
        ),
        story=story(analysis, window, start),
        challenges=played(challenges, f),
        microscope=Microscope(
            panel="curve",
            function="f",
            at=("x0", "f"),
            slope="slope",
            without_slope=magnified(analysis),
        ),
        sketch=_sketch(analysis, window),
    )


def _control(analysis: Analysis, window: Window, start: float) -> Control:
    width = window.x[1] - window.x[0]
    step = 10.0 ** math.floor(math.log10(width / 25))
    return Control(
        name="x0",
        label="x₀",
        min=window.x[0],
        max=window.x[1],
        value=start,
        step=step,
        decimals=decimals_for(width),
        role="slope",
        marks=marked_places(analysis, window),
        handle=Handle(panel="curve", at=("x0", "f"), moves={"x": "x0"}, label="the point on the curve"),
        align=Align(panel="curve"),
    )


def _panel(f: Expression, analysis: Analysis, window: Window, slope: Form) -> Panel:
    curve = wide_sample(f, window, analysis.breaks)
    first = wide_sample(f, window, analysis.breaks, order=1)
    second = wide_sample(f, window, analysis.breaks, SAMPLES // 2, 2)
    below = derivative_range(f, window)
    traces = [
        *curve_traces(first, "slope", y_axis="y2", toggle="whole"),
        *curve_traces(
            second,
            "slope",
            width=2.5,
            dash="dot",
            y_axis="y2",
            toggle="second",
            y_range=derivative_range(f, window, 2),
        ),
        *curve_traces(curve, "f"),
        *end_circles(analysis.breaks),
        critical_trace(analysis, toggle="places"),
    ]
    equal = {"scaleanchor": "x", "scaleratio": 1, "constrain": "range"} if window.equal else {}
    layout = theme.layout(
        xaxis=theme.axis("x", window.x, anchor="y2"),
        yaxis=theme.axis("", window.y, domain=[SPLIT + 0.07, 1.0], automargin=True, **equal),
        yaxis2=theme.axis("", below, domain=[0.0, SPLIT], automargin=True),
        shapes=asymptotes(analysis.breaks) + _direction_strip(analysis, window),
        annotations=[
            theme.axis_name("f(x)", "f_text", 1.0),
            theme.axis_name("f′(x)", "slope_text", SPLIT),
            *_direction_words(analysis, window),
        ],
    )
    return Panel(
        name="curve",
        label="The curve of f with its tangent, and below it the curve of its slope",
        figure=Picture(tuple(traces), layout),
        marks=(*_marks(slope), *_half_tangents(analysis, window)),
        height=660,
        height_narrow=430,
    )


def _direction_strip(analysis: Analysis, window: Window) -> list[dict[str, object]]:
    """Along the foot of the curve: solid where it rises, dotted where it falls."""
    rows = []
    for low, high, sign in analysis.monotone:
        if sign == 0 or high < window.x[0] or low > window.x[1]:
            continue
        line = {"color": "$slope", "width": 4, "dash": "solid" if sign > 0 else "dot"}
        rows.append(
            {
                "type": "line",
                "x0": low,
                "x1": high,
                "yref": "y domain",
                "y0": 0.004,
                "y1": 0.004,
                "line": line,
            }
        )
    return rows


def _direction_words(analysis: Analysis, window: Window) -> list[dict[str, object]]:
    """↗ rising, ↘ falling, over each stretch that has room for the word on a phone; over others the arrow alone."""
    left, right = window.x
    words = []
    for start, end, sign in analysis.monotone:
        low, high = max(start, left), min(end, right)
        share = (high - low) / (right - left)
        if sign == 0 or share < 0.05:
            continue
        arrow, word = ("↗", " rising") if sign > 0 else ("↘", " falling")
        words.append(
            {
                "x": (low + high) / 2,
                "y": 0.012,
                "yref": "y domain",
                "yanchor": "bottom",
                "text": arrow + word if share >= 0.19 else arrow,
                "showarrow": False,
                "font": {"color": "$slope_text", "size": 13 if share >= 0.19 else 20},
            }
        )
    return words


def _half_tangents(analysis: Analysis, window: Window) -> list[AnyMark]:
    """At a corner, two half-lines: the slope from the left and the slope from the right, with their numbers."""
    reach = 0.22 * (window.x[1] - window.x[0])
    drawn: list[AnyMark] = []
    for place in analysis.breaks:
        if (
            place.kind is not BreakKind.CORNER
            or not within(place.x, window)
            or len(drawn) >= 4 * MOST_CORNERS
        ):
            continue
        for side, slope, anchor in ((-1, place.left_slope, "end"), (1, place.right_slope, "start")):
            end = (place.x + side * reach, place.value + side * reach * slope)
            when = exactly(place.x)
            drawn.append(
                Segment(from_=(place.x, place.value), to=end, role="slope", dash="dash", width=3, when=when)
            )
            drawn.append(
                marks.Label(
                    at=((place.x + end[0]) / 2, (place.value + end[1]) / 2),
                    text=number_text(slope),
                    role="slope",
                    when=when,
                    anchor="end" if anchor == "end" else "start",
                    offset=(side * 10.0, 14.0),
                )
            )
    return drawn


def _marks(slope: Form) -> tuple[AnyMark, ...]:
    """Tangent, triangle and point; in the f′ panel the same rise stands as the height of the trace."""
    number = f"{{slope:{slope.plain}}}"
    tangent = marks.Line(through=("x0", "f"), slope="slope", role="slope", dash="dash", width=3)
    sloped: Condition = ("slope", None, None, "defined")
    run = Segment(
        from_=("x0", "f"), to=("run_x", "f"), role="guide", width=2.5, toggle="triangle", when=(sloped,)
    )
    rise = Segment(from_=("run_x", "f"), to=("run_x", "rise_y"), role="slope", width=5, toggle="triangle")
    height = Segment(axes=SLOPE_AXES, from_=("x0", 0.0), to=("x0", "slope"), role="slope", width=5)
    return (
        marks.Ghost(of=5),
        marks.Ghost(of=10),
        marks.Reveal(axes=SLOPE_AXES, trace=0, upto="x0", role="slope", width=4),
        marks.Vertical(x="x0", role="guide", dash="dot", width=1),
        marks.Vertical(axes=SLOPE_AXES, x="x0", role="guide", dash="dot", width=1),
        tangent,
        run,
        rise,
        marks.Label(
            at=("run_x", "f"),
            text="run 1",
            role="guide",
            toggle="triangle",
            when=(sloped,),
            anchor="end",
            offset=(-6, 18),
        ),
        marks.Label(
            at=("run_x", "rise_y"),
            text=f"rise {number}",
            role="slope",
            toggle="triangle",
            when=(("slope", 0.0, None, "closed"),),
            offset=(8, 18),
        ),
        height,
        marks.Point(axes=SLOPE_AXES, at=("x0", "slope"), role="slope", size=13),
        marks.Label(axes=SLOPE_AXES, at=("x0", "slope"), text=number, role="slope", offset=(12, -6)),
        marks.Label(
            at=("run_x", "rise_y"),
            text=f"rise {number}",
            role="slope",
            toggle="triangle",
            when=(("slope", None, 0.0, "open"),),
            offset=(8, -4),
        ),
    )


def _readouts(f: Expression, analysis: Analysis, forms: Forms) -> tuple[Readout, ...]:
    """Slope, value and tangent; a label is the formula itself where that is short enough."""
    breaks = analysis.breaks[:100]
    missing = Case("none", (("slope", None, None, "undefined"),))
    number = (*(Case("none", exactly(b.x)) for b in breaks), missing, Case(f"{{slope:{forms.slope.plain}}}"))
    upright = {b.x for b in breaks if b.kind is BreakKind.VERTICAL_TANGENT}
    tangent = (
        *(Case("vertical" if b.x in upright else "none", exactly(b.x)) for b in breaks),
        missing,
        Case(f"y = {{f:{forms.value.plain}}} {{slope:{forms.slope.signed}}}·(x {{minus_x0:s{forms.x}}})"),
    )
    unbent = (
        *(Case("none", exactly(b.x)) for b in breaks),
        Case("none", (("bend", None, None, "undefined"),)),
    )
    slope, value = f.derivative(), _label(f, f.mathml("var(--live-f-text)"), equation.VALUE)
    bend = slope.derivative()
    prime, leibniz, second = (
        _label(formula, formula.derivative_mathml("var(--live-slope-text)"), start)
        for formula, start in ((slope, equation.PRIME), (slope, equation.LEIBNIZ), (bend, equation.SECOND))
    )
    return (
        Readout(name="slope", label="slope", text=number, size="huge", role="slope"),
        Readout(name="f", label="f(x₀)", label_mathml=value, text=f"{{f:{forms.value.plain}}}", role="f"),
        Readout(
            name="derivative",
            label="f′(x₀)",
            label_mathml=prime,
            text=number,
            role="slope",
            toggle="lagrange",
        ),
        Readout(
            name="leibniz",
            label="df/dx at x₀",
            label_mathml=leibniz,
            text=number,
            role="slope",
            toggle="leibniz",
        ),
        Readout(
            name="second",
            label="f″(x₀)",
            label_mathml=second,
            text=(*unbent, Case(f"{{bend:{forms.bend.plain}}}")),
            role="slope",
            toggle="second",
        ),
        Readout(name="tangent", label="tangent", text=tangent, size="small", role="slope"),
    )


def _label(formula: Expression, mathml: str, start: str) -> str | None:
    """A formula as a label, unless it is too long for the rail."""
    return None if formula.size > LONGEST_LABEL else equation.begun(mathml, start)


def _sketch(analysis: Analysis, window: Window) -> Sketch:
    """Seven places across the window, none of them on a break."""
    left, right = window.x
    places = np.linspace(left, right, SKETCH_POINTS + 2)[1:-1]
    gap = (right - left) / 60
    for place in analysis.breaks:
        places = np.where(np.abs(places - place.x) < gap, places + 2 * gap, places)
    return Sketch(
        panel="curve",
        function="slope",
        places=tuple(float(x) for x in places),
        question="How steep is the curve at each of these places? Drag the points to the slopes you expect.",
        reveals="whole",
    )
