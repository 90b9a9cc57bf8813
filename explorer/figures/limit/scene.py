"""The limit page's scene: a secant on the curve, and beside it the slope of the secant against h."""

from __future__ import annotations

import math

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import Condition, Quantity, is_at, is_at_least, is_below, is_known
from explorer.expression import Expression, compile_tape
from explorer.figures import equation
from explorer.figures.challenges import UNASKED, about, played, unasked
from explorer.figures.curve import (
    LOST,
    SAMPLES,
    analyse,
    asymptotes,
    band_traces,
    curve_traces,
    end_circles,
    sample,
    span_of,
    with_word,
    within,
)
from explorer.figures.limit.increment_control import increment_control, power_text
from explorer.figures.limit.questions import limit_questions
from explorer.figures.limit.quotient import (
    SMALLEST,
    H,
    ends_of,
    largest_h,
    log_place,
    quantities,
    quotient,
    quotient_of_log,
    quotient_range,
    row_sizes,
)
from explorer.figures.limit.start import Start
from explorer.figures.limit.words import (
    BLIND,
    distance_cases,
    exactly,
    limit_cases,
    quotient_cases,
    sentences,
    story,
    sure_cases,
)
from explorer.figures.marked import marked_places, told
from explorer.figures.triangle import triangle_labels
from explorer.numeric import (
    Analysis,
    Break,
    Window,
    corrected,
    corrected_derivative,
    derivative,
    significant_text,
    values,
)
from explorer.numeric.rests import rested
from explorer.presets import Challenge
from explorer.scene import marks, theme
from explorer.scene.axis_control import axis_control
from explorer.scene.frame import Frame
from explorer.scene.marks import AnyMark
from explorer.scene.scene import (
    Control,
    Derivation,
    FormulaLine,
    Handle,
    Panel,
    Picture,
    Readout,
    Row,
    Scene,
    Table,
    Toggle,
)
from explorer.scene.wire import identity_of

MOST_WALLS = 12
MOST_TOLD = 18

CLOSE: Condition = is_below("size", 0.00999)
LABELS: tuple[tuple[str, tuple[Condition, ...]], ...] = (
    ("{q:g4}", (is_at_least("size", 0.00999),)),
    ("{q:g7}", (CLOSE, is_below("unsure", 3e-7))),
    ("{q:g2}", (CLOSE, is_at_least("unsure", 3e-7))),
)
TANGENT = f"tangent&{UNASKED}"
UNTOLD = f"!{BLIND}"
"""What the quotients head for is shown while no story is on its way to it."""
SWITCHES = ("tangent", "limit", "closer", "log")


@computed_once(128)
def limit_scene(
    f: Expression,
    window: Window,
    start: Start,
    *,
    challenges: tuple[Challenge, ...] = (),
    questioned: bool = False,
    algebra: tuple[FormulaLine, ...] = (),
    frame: Frame | None = None,
) -> Scene:
    """The scene for `f` in `window` with its points first at `start`.

    `algebra` may come later, and questions about `f` when it is `questioned`, where the course's `challenges` have
    none; with a `frame` the window is the learner's to move. The scene keeps its identity, so that nothing of the
    learner's is lost.
    """
    typed, f = f, rested(f, span_of(f, window))
    analysis = analyse(f, span_of(f, window))
    slope = corrected_derivative(f, analysis)
    walls = _walls(analysis, start.x0)
    breaks = _told(analysis, window)
    straight = _is_straight(f, analysis)
    asked = about(challenges, typed)
    home = frame.window if frame else window
    offers = bool(challenges) and not asked
    own = limit_questions(f, home, start.x0, start.h) if offers and questioned else ()
    explored = (typed.text, frame.home if frame else window, start, "limit")
    identity = identity_of(explored)
    return Scene(
        id=identity,
        page="limit",
        title=f"From secant to tangent: {typed.text}",
        url={"f": typed.text, "source": None, "table": None, "from": None, "to": None},
        controls=(_h_control(window, start.h), _x0_control(analysis, window, start.x0)),
        tape=compile_tape(
            quantities(
                corrected(f, analysis), slope, window, walls, beside=corrected(f, analysis, short=True)
            ),
            ("x0", "h"),
        ),
        functions={"f": compile_tape({"f": f}, ("x",))},
        frame=frame,
        panels=(
            _curve_panel(f, analysis, window, breaks),
            _quotient_panel(f, window, start.x0, (breaks, walls), log=False),
            _quotient_panel(f, window, start.x0, (breaks, walls), log=True),
        ),
        readouts=(
            Readout(
                name="quotient",
                label="average slope Δy/Δx",
                text=quotient_cases(window),
                size="big",
                role="step",
                place="above",
            ),
            Readout(
                name="limit", label="limit for h → 0", text=limit_cases(breaks), role="slope", toggle="limit"
            ),
            Readout(
                name="away",
                label="distance from it",
                text=distance_cases(),
                size="small",
                toggle="limit",
            ),
        ),
        sentence=with_word(
            sentences(breaks, walls, window, straight=straight, untold=_untold(analysis, window, breaks)),
            analysis,
            marked_places(analysis, window).word,
        ),
        formula=equation.of(typed),
        toggles=(
            Toggle(name="tangent", label="Tangent", help="The line whose slope is the limit"),
            Toggle(name="limit", label="Limit", help="The number that the average slopes head for"),
            Toggle(name="closer", label="Closer secants", help="Those of h/2, h/4 and h/8 as well"),
            Toggle(name="log", label="h logarithmic", help="The same distance for every power of ten of h"),
            Toggle(name=BLIND, url=False),
        ),
        tables=(_table(window),),
        derivations=(
            (Derivation(name="algebra", label="The algebra of Δy/Δx", lines=algebra, one_by_one=True),)
            if algebra
            else ()
        ),
        story=story(window, start.x0, start.h, breaks),
        challenges=played(own or challenges, typed),
        offers=offers and not questioned,
    )


def _told(analysis: Analysis, window: Window) -> tuple[Break, ...]:
    """The breaks with words and slopes of their own: those that the control reaches exactly, in increasing x."""
    marked = marked_places(analysis, window)
    reached = [b for b in analysis.breaks if b.x in marked.symbols]
    return told(reached, marked, window, MOST_TOLD)


def _untold(analysis: Analysis, window: Window, worded: tuple[Break, ...]) -> int:
    """How many breaks of the window have no words of their own."""
    return sum(within(b.x, window) and b not in worded for b in analysis.breaks)


def _walls(analysis: Analysis, start: float) -> tuple[Break, ...]:
    """The breaks over which the curve does not run on: the nearest ones, in increasing x."""
    apart = [b for b in analysis.breaks if b.kind not in LOST]
    nearest = sorted(apart, key=lambda place: abs(place.x - start))[:MOST_WALLS]
    return tuple(sorted(nearest, key=lambda place: place.x))


def _is_straight(f: Expression, analysis: Analysis) -> bool:
    """Whether the whole curve is one straight line."""
    if analysis.breaks:
        return False
    bend = values(derivative(f, 2), np.linspace(*analysis.window, 97))
    return bool(np.all(bend == 0))


def _h_control(window: Window, first: float) -> Control:
    return increment_control(
        "h",
        largest_h(window),
        first,
        Handle(
            panel="curve",
            at=("x1", "f1"),
            moves={"x": "h"},
            offset="x0",
            shape="ring",
            label="the second point, at x₀ + h",
        ),
    )


def _x0_control(analysis: Analysis, window: Window, start: float) -> Control:
    return axis_control(
        "x0",
        "x₀",
        window.x,
        start,
        panel="curve",
        role="ink",
        handle=Handle(panel="curve", at=("x0", "f"), moves={"x": "x0"}, label="the first point, at x₀"),
        marks=unasked(marked_places(analysis, window).places),
    )


def _curve_panel(f: Expression, analysis: Analysis, window: Window, breaks: tuple[Break, ...]) -> Panel:
    span = span_of(f, window)
    curve = sample(f, span, analysis.breaks, SAMPLES)
    traces = (
        *curve_traces(curve, "f", function="f", breaks=analysis.breaks),
        *band_traces(f, span),
        *end_circles(analysis.breaks),
    )
    equal = {"scaleanchor": "x", "scaleratio": 1, "constrain": "range"} if window.equal else {}
    layout = theme.layout(
        xaxis=theme.axis("x", window.x),
        yaxis=theme.axis("f(x)", window.y, automargin="left", **equal),
        shapes=asymptotes(analysis.breaks),
    )
    return Panel(
        name="curve",
        label="The curve of f, a first point, a second point and the secant through both",
        figure=Picture(traces, layout),
        marks=_curve_marks(window, breaks),
        height=600,
        height_narrow=290,
        share=2.0,
        apart=True,
    )


def _curve_marks(window: Window, breaks: tuple[Break, ...]) -> tuple[AnyMark, ...]:
    """Secant with its ghost, the triangle of Δx and Δy, closer secants and the tangent."""
    tall: Condition = is_at_least("rise", 0.05 * (window.y[1] - window.y[0]))
    there: Condition = is_known("f1")
    fixed, corner, second = ("x0", "f"), ("x1", "f"), ("x1", "f1")
    secant = marks.Line(through=fixed, slope="q", role="step", dash="dashdot", width=3.5)
    upright = tuple(
        marks.Vertical(x=b.x, role="slope", dash="dash", width=3, toggle=TANGENT, when=(exactly(b),))
        for b in breaks
        if b.upright
    )
    return (
        secant,
        marks.Ghost(of=0),
        *(
            marks.Line(through=fixed, slope=f"q{k}", role="step", dash="dashdot", width=1.5, toggle="closer")
            for k in (2, 4, 8)
        ),
        marks.Line(through=fixed, slope="slope", role="slope", dash="dash", width=3, toggle=TANGENT),
        *upright,
        marks.Region(points=(fixed, corner, second), role="step", opacity=0.12),
        marks.Segment(from_=fixed, to=corner, role="step", width=2.5, when=(there,)),
        marks.Segment(from_=corner, to=second, role="step", width=5),
        *triangle_labels(window, "dy", tall),
    )


def _quotient_panel(
    f: Expression,
    window: Window,
    start: float,
    places: tuple[tuple[Break, ...], tuple[Break, ...]],
    *,
    log: bool,
) -> Panel:
    """Δy/Δx against h: the curve moves with x₀, so the browser draws it. `places` are the breaks and the walls."""
    breaks, walls = places
    largest = largest_h(window)
    reach = log_place(largest) * 1.04 if log else largest * 1.06
    if log:
        top = math.floor(math.log10(largest) + 1e-9)
        powers = sorted({10.0**k for k in range(top, -6, -3)} - {SMALLEST})
        ticks = [-p for p in reversed(powers)] + [0.0] + powers
        words = ["0" if t == 0 else ("−" if t < 0 else "") + power_text(abs(t)) for t in ticks]
        horizontal = theme.axis(
            "h (logarithmic)",
            (-reach, reach),
            tickvals=[log_place(t) for t in ticks],
            ticktext=words,
            tickangle=0,
            zeroline=True,
        )
        tape, along, here = compile_tape({"q": quotient_of_log(f)}, ("t", "x0")), "t", "log_h"
        gaps: tuple[Quantity, ...] = (0.0, *(f"log_gap{k}" for k in range(len(walls))))
    else:
        horizontal = theme.axis("h", (-reach, reach))
        tape, along, here = compile_tape({"q": quotient(f, H)}, ("h", "x0")), "h", "h"
        gaps = (0.0, *(f"gap{k}" for k in range(len(walls))))
    curve = marks.Curve(
        tape=tape,
        along=along,
        gaps=gaps,
        role="step",
        width=3.5,
        toggle=UNASKED,
        whole=f"!{BLIND}",
        seen=here,
    )
    point = marks.Point(at=(here, "q"), role="step", size=16)
    level = marks.Line(
        through=(0.0, "slope"), slope=0.0, role="slope", dash="dash", width=2.5, toggle=f"limit&{UNTOLD}"
    )
    ends: list[AnyMark] = []
    for place in breaks:
        for end, side in ((ends_of(place).left, -1.0), (ends_of(place).right, 1.0)):
            if math.isfinite(end):
                when = (exactly(place),)
                ends.append(
                    marks.Segment(
                        from_=(0.0, end),
                        to=(side * reach, end),
                        role="slope",
                        dash="dash",
                        width=2.5,
                        toggle=f"limit&{UNTOLD}",
                        when=when,
                    )
                )
                ends.append(
                    marks.Point(at=(0.0, end), shape="ring", role="step", size=12, toggle=UNTOLD, when=when)
                )
    return Panel(
        name="quotient_log" if log else "quotient",
        label="The slope of the secant against h",
        figure=Picture(
            (),
            theme.layout(
                xaxis=horizontal,
                yaxis=theme.axis("Δy/Δx", quotient_range(f, window, start), automargin="left"),
            ),
        ),
        marks=(
            curve,
            marks.Vertical(x=here, role="step", dash="dot", width=1.5),
            point,
            marks.Ghost(of=2),
            level,
            *ends,
            marks.Point(at=(0.0, "slope"), shape="ring", role="step", size=12, toggle=UNTOLD),
            marks.Label(
                at=(0.0, "slope"), text="{slope:g4}", role="slope", toggle=f"limit&{UNTOLD}", offset=(10, 22)
            ),
            *(
                marks.Label(
                    at=(here, "q"), text=text, role="step", anchor="middle", offset=(0, -16), when=when
                )
                for text, when in LABELS
            ),
            *(
                marks.Outside(at=(here, "q"), text=text, role="step", distance=False, when=when)
                for text, when in LABELS
            ),
        ),
        height=600,
        height_narrow=176,
        apart=True,
        keeps="q",
        toggle="log" if log else "!log",
    )


def _table(window: Window) -> Table:
    """h, Δy and Δy/Δx, from the right down to 0 and from the left up to it."""
    sizes = row_sizes(largest_h(window))

    def row(name: str, k: int, h: float) -> Row:
        unsure = f"unsure_{name}{k}"
        cells = (
            significant_text(h),
            sure_cases(f"dy_{name}{k}", unsure, "g7"),
            sure_cases(f"q_{name}{k}", unsure, "g8"),
        )
        return Row(cells, {"h": h}, (is_at("h", h),))

    right = [row("r", k, size) for k, size in enumerate(sizes)]
    left = [row("l", k, -size) for k, size in enumerate(sizes)]
    middle = Row(("0", "0", "0/0: no value"), {"h": 0.0}, (is_at("h", 0.0),))
    return Table(
        name="steps",
        label="Table of h, Δy and Δy/Δx, from both sides",
        head=("h", "Δy", "Δy/Δx"),
        rows=(*right, middle, *reversed(left)),
    )
