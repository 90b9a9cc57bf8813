"""The slope page's scene: a point on a curve, its tangent, the run-and-rise triangle, and f′ below."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import is_unknown, is_unsure
from explorer.expression import Expression, Tape, compile_tape
from explorer.figures import equation
from explorer.figures.challenges import KEPT, UNASKED, about, played, told_with, unasked
from explorer.figures.curve import (
    SAMPLES,
    analyse,
    as_shown,
    asymptotes,
    band_traces,
    curve_traces,
    end_circles,
    slope_circles,
    span_of,
    wide_sample,
    with_word,
    within,
)
from explorer.figures.marked import critical_trace, marked_places
from explorer.figures.slope.marks import (
    direction_strip,
    direction_words,
    half_tangents,
    kept_tangents,
    moving_marks,
    run_that_fits,
    slope_rings,
)
from explorer.figures.slope.questions import slope_questions
from explorer.figures.slope.slope_axis import RANGE_POINTS, derivative_range
from explorer.figures.slope.words import NEXT, exactly, magnified, sentences, story
from explorer.numeric import (
    Analysis,
    Break,
    BreakKind,
    Window,
    corrected,
    corrected_derivative,
    corrected_second,
    derivative_values,
    slope_ends,
)
from explorer.numeric.rests import rested
from explorer.numeric.results import HUGE
from explorer.presets import Challenge
from explorer.scene import theme
from explorer.scene.axis_control import axis_control
from explorer.scene.digits import Form, decimals_for, form_for
from explorer.scene.frame import Frame
from explorer.scene.marks import AnyMark
from explorer.scene.scene import (
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
from explorer.scene.wire import identity_of

SKETCH_POINTS = 7
LONGEST_LABEL = 24
LONGEST_LIVE = 250  # operations of an f″ that the browser samples anew while the window moves
SPLIT = 0.29  # the share of the height that f′ has, below f
START_SHARES = (0.35, 0.6, 0.3, 0.7, 0.4, 0.65, 0.25, 0.75, 0.45, 0.55, 0.15, 0.85)


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
    bends = np.clip(np.abs(bends[np.isfinite(bends)]), 0, HUGE)
    usual = np.quantile(bends, 0.9) if bends.size else 0.0
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
    breaks = analyse(f, span_of(f, window)).breaks
    for share in START_SHARES:
        x = round(left + share * width, decimals_for(width) - 1)
        value, slope = float(derivative_values(f, x, 0)), float(derivative_values(f, x, 1))
        inside = window.y[0] < value < window.y[1]
        calm = abs(slope) * width < 8 * (window.y[1] - window.y[0])
        if inside and calm and all(abs(x - place.x) > width / 25 for place in breaks):
            return x
    alone = [place.x for place in breaks if place.kind is BreakKind.ISOLATED and within(place.x, window)]
    if alone:
        return min(alone, key=lambda x: abs(x - (left + right) / 2))
    return round(left + START_SHARES[0] * width, decimals_for(width) - 1)


@computed_once(128)
def slope_scene(
    f: Expression,
    window: Window,
    start: float,
    *,
    opening: bool = False,
    challenges: tuple[Challenge, ...] = (),
    questioned: bool = False,
    frame: Frame | None = None,
) -> Scene:
    """The scene for `f` in `window` with the point first at `start`.

    `opening` invites the learner to drag as long as the point stands at `start`. `challenges` are the
    course's; where none of them is about `f`, questions about it are made if it is `questioned`, and offered else. With
    a `frame` the window is the learner's to move. The scene keeps its identity through both.
    """
    explored, axis = (f.text, frame.home if frame else window, start, "slope"), window.x
    window = as_shown(window)
    typed, f = f, rested(f, span_of(f, window))
    analysis = analyse(f, span_of(f, window))
    slope = corrected_derivative(f, analysis)
    bend = corrected_second(f, analysis)
    forms = forms_in(f, window)
    x0 = Expression.variable("x0")
    at = {"x": x0}
    here = corrected(f, analysis).substitute(at)
    run = run_that_fits(here, slope.substitute(at), window)
    outputs = {
        "f": here,
        "slope": slope.substitute(at),
        "bend": bend.substitute(at),
        "run": run,
        "rise": run * slope.substitute(at),
        "run_x": x0 + run,
        "rise_y": here + run * slope.substitute(at),
        "minus_x0": -x0,
    }
    functions = _functions(f, slope, bend)
    asked = about(challenges, typed)
    offers = bool(challenges) and not asked
    own = slope_questions(f, frame.window if frame else window, start) if offers and questioned else ()
    kept = kept_tangents(f, asked or own)
    identity = identity_of(explored)
    return Scene(
        id=identity,
        page="slope",
        title=f"Tangent slopes of {typed.text}",
        url={"f": typed.text},
        controls=(_control(analysis, window, start),),
        tape=compile_tape(outputs, ("x0",)),
        functions=functions,
        frame=frame,
        panels=(_panel(f, analysis, window, forms.slope, kept, axis=axis, live_bend="bend" in functions),),
        readouts=_readouts(typed, analysis, forms),
        sentence=with_word(
            sentences(analysis, window, start if opening else None, forms.slope),
            analysis,
            marked_places(analysis, window).word,
        ),
        formula=equation.of(typed),
        toggles=(
            Toggle(
                name="triangle",
                label="Triangle",
                on=True,
                help="Run and rise: the rise is slope · run, so for a run of 1 it is the slope",
            ),
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
            *((Toggle(name=KEPT, url=False),) if kept else ()),
            Toggle(name="lagrange", label="f′(x)", on=True, group="notation", help="Lagrange's notation"),
            Toggle(name="leibniz", label="d/dx", group="notation", help="Leibniz's notation"),
        ),
        story=told_with(story(f, analysis, window), own, NEXT),
        challenges=played(own or challenges, typed),
        offers=offers and not questioned,
        microscope=Microscope(
            panel="curve",
            function="f",
            at=("x0", "f"),
            slope="slope",
            without_slope=magnified(analysis, window),
        ),
        sketch=_sketch(analysis, window),
    )


def _functions(f: Expression, slope: Expression, bend: Expression) -> dict[str, Tape]:
    """What the browser samples anew; a long f″ weighs as much as a curve, and follows the window at rest only."""
    tapes = {
        name: compile_tape({name: e}, ("x",)) for name, e in (("f", f), ("slope", slope), ("bend", bend))
    }
    return {name: tape for name, tape in tapes.items() if name != "bend" or len(tape.code) <= LONGEST_LIVE}


def _control(analysis: Analysis, window: Window, start: float) -> Control:
    return axis_control(
        "x0",
        "x₀",
        window.x,
        start,
        panel="curve",
        role="slope",
        handle=Handle(panel="curve", at=("x0", "f"), moves={"x": "x0"}, label="the point on the curve"),
        marks=unasked(marked_places(analysis, window).places),
    )


def _panel(
    f: Expression,
    analysis: Analysis,
    window: Window,
    slope: Form,
    kept: tuple[AnyMark, ...],
    *,
    axis: tuple[float, float],
    live_bend: bool,
) -> Panel:
    curve = wide_sample(f, window, analysis.breaks)
    first = wide_sample(f, window, analysis.breaks, order=1)
    second = wide_sample(f, window, analysis.breaks, SAMPLES // 2, 2)
    below = derivative_range(f, window)
    ends = slope_ends(f, analysis.breaks, analysis.window[1] - analysis.window[0])
    gaps = tuple(place.x for place in analysis.breaks if within(place.x, window))
    traces = [
        *curve_traces(
            first,
            "slope",
            y_axis="y2",
            toggle=f"whole&{UNASKED}",
            function="slope",
            breaks=analysis.breaks,
            order=1,
        ),
        *curve_traces(
            second,
            "slope",
            width=2.5,
            dash="dot",
            y_axis="y2",
            toggle=f"second&{UNASKED}",
            y_range=derivative_range(f, window, 2),
            function="bend" if live_bend else "",
            breaks=analysis.breaks,
            order=2,
        ),
        *curve_traces(curve, "f", function="f", breaks=analysis.breaks),
        *band_traces(f, span_of(f, window)),
        *end_circles(analysis.breaks),
        slope_circles(ends, "y2", f"whole&{UNASKED}"),
        critical_trace(analysis, window, f"places&{UNASKED}"),
    ]
    equal = {"scaleanchor": "x", "scaleratio": 1, "constrain": "range"} if window.equal else {}
    layout = theme.layout(
        xaxis=theme.axis("x", axis, anchor="y2"),
        yaxis=theme.axis("", window.y, domain=[SPLIT + 0.07, 1.0], automargin="left", **equal),
        yaxis2=theme.axis("", below, domain=[0.0, SPLIT], automargin="left"),
        shapes=asymptotes(analysis.breaks) + direction_strip(analysis, window),
        annotations=[
            theme.axis_name("f(x)", "f_text", 1.0),
            theme.axis_name("f′(x)", "slope_text", SPLIT),
            *direction_words(f, analysis, window),
        ],
    )
    return Panel(
        name="curve",
        label="The curve of f with its tangent, and below it the curve of its slope",
        figure=Picture(tuple(traces), layout),
        marks=(
            *moving_marks(slope, window, gaps),  # first: its ghosts count from there
            *half_tangents(analysis, window),
            *slope_rings(ends, analysis, window),
            *kept,
        ),
        apart=True,
        height=660,
        height_narrow=430,
    )


def _readouts(f: Expression, analysis: Analysis, forms: Forms) -> tuple[Readout, ...]:
    """Slope, value and tangent; a label is the formula itself where that is short enough."""
    # Where there is no derivative the slope is undefined as well (`corrected_derivative`).
    missing = Case("none", (is_unknown("slope"),))
    number = (missing, Case(f"{{slope:{forms.slope.plain}}}"))
    tangent = (
        *(Case(_upright(place), exactly(place.x)) for place in analysis.breaks if place.upright),
        missing,
        Case("no sure digit", (is_unsure("slope", forms.slope.least),)),
        Case(f"y = {{f:{forms.value.plain}}} {{slope:{forms.slope.signed}}}·(x {{minus_x0:s{forms.x}}})"),
    )
    unbent = (Case("none", (is_unknown("bend"),)),)
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


def _upright(place: Break) -> str:
    """The tangent at a place where it is vertical."""
    if place.kind is BreakKind.DOMAIN_EDGE:
        return f"vertical, from the {'left' if math.isnan(place.right_slope) else 'right'}"
    return "vertical"


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
        question="How steep is the curve, place by place? Draw the slopes you expect in one stroke, or drag the dots.",
        reveals="whole",
    )
