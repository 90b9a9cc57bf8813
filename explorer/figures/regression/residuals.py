"""What is left of each point beside the line that stands now: as squares, as a plot against x, as R²; and a prediction.

All of it is of the present step's line, so the tape here takes what the descent tells.
"""

from __future__ import annotations

from typing import Any

from explorer.conditions import Condition, is_above, is_at_most, is_below, is_known, is_unknown
from explorer.data.columns import LETTERS, Pass
from explorer.data.headings import Headings, Y
from explorer.data.rows import MOST_LIVE, Rows
from explorer.data.sums import of_rows
from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.figures.regression.words import unless_off
from explorer.numeric.results import Span
from explorer.scene import marks, theme
from explorer.scene.digits import axis_digits, place_digits, short, step_for
from explorer.scene.scene import Case, Control, Handle, Panel, Picture, Readout, Toggle

RESIDUALS, AREAS, PLOT, PREDICT = "residuals", "areas", "rest", "predict"
BEYOND = 2.0
"""A prediction may be so many widths of the picture away from it."""
AT = "at"
"""The x for which a prediction is made."""

NOTHING = 1e-12
"""A residual so small beside the largest y or ŷ is what rounding leaves of 0."""

MANY = 60
"""Among more points the lines are thinner and fainter."""

UPRIGHT = 1.25
"""The plot reaches so many times as far as its scale, up and down."""

BESIDE = ("run_x", "run_y", "x_shift", "x_width")
"""What the line of the present step is made of, and how its x is counted."""


def dot_size(count: int) -> float:
    """The diameter of a point among so many, in pixels."""
    return next(
        (size for most, size in ((20, 14.0), (60, 11.0), (200, 8.0), (500, 6.0)) if count <= most), 3.5
    )


def _line_at(x: Expression) -> Expression:
    """The height of the present step's line."""
    m, c, shift, width = map(Expression.variable, BESIDE)
    return m * ((x - shift) / width) + c


def rest_passes() -> tuple[Pass, ...]:
    """What the rows leave beside the line of the present step: the mean square, and the largest sizes."""
    x, y = map(Expression.variable, LETTERS)
    size = parse("|a|", ("a",))
    height = _line_at(x)
    left = y - height
    return (
        of_rows(
            {
                "rest_square": ("mean", left * left),
                "size_left": ("largest", size.substitute({"a": left})),
                "size_line": ("largest", size.substitute({"a": height})),
            }
        ),
    )


def rest_tape(square: bool) -> Tape:
    """The scale of the residual plot, R², and a prediction with how far it lies beyond the data."""
    left, beside, line, total, low, high, at = map(
        Expression.variable, ("size_left", "size_y", "size_line", "y_spread", "low_x", "high_x", AT)
    )
    beyond = parse("max(a - h, l - a)", ("a", "h", "l")).substitute({"a": at, "h": high, "l": low})
    found = {
        "rest_scale": _round_above(left, parse("max(a, b)", ("a", "b")).substitute({"a": beside, "b": line})),
        "explains": 1.0 - Expression.variable("rest_square") / total,
        "guess": _line_at(at),
        "beyond": beyond,
    }
    if square:
        found["best_guess"] = Expression.variable("slope_best") * at + Expression.variable("height_best")
    names = tuple(dict.fromkeys(name for one in found.values() for name in one.variables))
    return compile_tape({name: one.over(names) for name, one in found.items()}, names)


def of_each_row(**outputs: Expression) -> Tape:
    """A tape of one row."""
    names = tuple(dict.fromkeys(name for one in outputs.values() for name in one.variables))
    return compile_tape({name: one.over(names) for name, one in outputs.items()}, names)


def _round_above(size: Expression, beside: Expression) -> Expression:
    """1, 2 or 5 times a power of ten that is at least the size: a plot's scale that does not tremble. 1 for nothing."""
    power = parse("10^floor(log_10(s))", ("s",))
    digit = parse("{q <= 1: p, q <= 2: 2p, q <= 5: 5p, 10p}", ("q", "p")).substitute(
        {"q": parse("s/p", ("s", "p")), "p": Expression.variable("p")}
    )
    scale = digit.substitute({"p": power})
    guarded = parse("{s > t b: v, 1}", ("s", "t", "b", "v")).substitute(
        {"t": Expression.number(NOTHING), "v": scale, "b": Expression.variable("b")}
    )
    return guarded.substitute({"s": size, "b": beside})


AREA_CHIPS = {
    "square": ("Squares", "J is the mean of these areas, in the units of y"),
    "huber": (
        "Half squares",
        "J is the mean of these areas, in the units of y: half squares, cut off at a width of δ",
    ),
}
"""By the loss whose costs are areas what these are called, and what they say."""


def rest_toggles(count: int, loss: str) -> tuple[Toggle, ...]:
    """The chips: segments, and the areas that the loss counts, if it does; the plot; a prediction.

    Segments of more than MOST_LIVE points would cover the picture.
    """
    areas = [
        Toggle(name=AREAS, label=label, toggle=RESIDUALS, help=says)
        for label, says in (AREA_CHIPS[name] for name in (loss,) if name in AREA_CHIPS)
    ]
    segments = Toggle(
        name=RESIDUALS, label="Residuals", on=True, help="How far each point lies from the line"
    )
    each = () if count > MOST_LIVE else (segments, *areas)
    return (
        *each,
        Toggle(name=PLOT, label="Residual plot", help="What is left of each point, against x, and R²"),
        Toggle(name=PREDICT, label="Predict", help="What the line says for an x that you choose"),
    )


def residual_marks(count: int, loss: str) -> tuple[marks.AnyMark, ...]:
    """From each point straight to the line, and the area that it costs; `count` of them are seen at first.

    Huber's cost is ½r² as far as δ, half of a square, and δ(r − δ/2) beyond: the same, cut off at a width of δ.
    """
    if count > MOST_LIVE:
        return ()
    x, y = map(Expression.variable, LETTERS)
    upright = of_each_row(x=x, y=y, to=_line_at(x))
    within = parse("max(-d, min(r, d))", ("r", "d")).substitute(
        {"r": _line_at(x) - y, "d": Expression.variable("delta")}
    )
    areas = {
        "square": marks.EachRow(
            shape="squares", tape=upright, role="step", opacity=0.14, toggle=f"{RESIDUALS}&{AREAS}"
        ),
        "huber": marks.EachRow(
            shape="halves",
            tape=of_each_row(x=x, y=y, to=_line_at(x), cut=y + within),
            role="step",
            opacity=0.14,
            toggle=f"{RESIDUALS}&{AREAS}",
        ),
    }
    segments = marks.EachRow(
        shape="segments",
        tape=upright,
        role="step",
        **thin(count, 2.0),
        toggle=RESIDUALS,
    )
    return (areas[loss], segments) if loss in areas else (segments,)


def thin(count: int, width: float) -> dict[str, Any]:
    """How a line is drawn that each of so many points has."""
    return {"width": width} if count <= MANY else {"width": 1.0, "opacity": 0.4}


def points_mark(count: int) -> marks.EachRow:
    """The points themselves, of which there are `count` at first."""
    x, y = map(Expression.variable, LETTERS)
    return marks.EachRow(shape="dots", tape=of_each_row(x=x, y=y), role="f", size=dot_size(count))


def prediction_marks(spans: tuple[Span, Span]) -> tuple[marks.AnyMark, ...]:
    """The x that is asked about, up to the line; where that lies outside, an arrow at the edge says what and where."""
    digits, up = map(place_digits, spans)
    told = f"ŷ = {{guess:g{up}}} at {{{AT}:g{digits + 1}}}"
    return (
        marks.Vertical(x=AT, role="guide", dash="dash", width=1.5, toggle=PREDICT),
        marks.Horizontal(y="guess", role="guide", dash="dot", width=1.5, toggle=PREDICT),
        marks.Point(at=(AT, "guess"), shape="diamond", role="slope", size=15, toggle=PREDICT),
        marks.Outside(at=(AT, "guess"), role="slope", text=told, distance=False, toggle=PREDICT),
    )


def prediction_control(rows: Rows, span: Span, bottom: float, name: str) -> Control:
    """The x, by its `name`, for which the line is asked: first a little beyond the data, where nobody measured.

    It is held at the `bottom` of the picture: on the line it would stand in the way of the line's own handles.
    """
    low, high = min(x for x, _ in rows), max(x for x, _ in rows)
    more, step = BEYOND * (span[1] - span[0]), step_for(span[1] - span[0])
    target = high + 0.1 * (high - low)
    round_ones = (round(target / (s * step)) * s * step for s in (10, 5, 2, 1))
    beyond = next((x for x in round_ones if high < x < span[1]), target)
    handle = Handle(
        panel="data", at=(AT, bottom), moves={"x": AT}, label=f"{name} of the prediction", toggle=PREDICT
    )
    return Control(
        name=AT, label=f"predict at {name}", min=short(span[0] - more), max=short(span[1] + more), value=short(beyond),
        role="ink", place="rail", toggle=PREDICT, handle=handle, **axis_digits(span),
    )  # fmt: skip


def plot_panel(count: int, span: Span, named: Headings) -> Panel:
    """Each residual as a share of a round scale, whose value stands at its line."""
    left = span[0]
    layout = theme.layout(
        (8, 16, 40, 64),
        xaxis=theme.axis(named[0].title, span),
        yaxis=theme.axis("residual", (-UPRIGHT, UPRIGHT), tickvals=[-1, 0, 1], ticktext=["", "0", ""]),
    )
    x, y = map(Expression.variable, LETTERS)
    share = (y - _line_at(x)) / Expression.variable("rest_scale")
    segments = marks.EachRow(
        shape="segments",
        tape=of_each_row(x=x, y=Expression.number(0.0).over(("x",)), to=share),
        role="step",
        **thin(count, 1.5),
    )
    dots = marks.EachRow(shape="dots", tape=of_each_row(x=x, y=share), role="f", size=0.7 * dot_size(count))
    scale = marks.Label(
        at=(left, 1.0),
        text="± " + named[1].valued("{rest_scale:r2}"),
        role="ink",
        anchor="start",
        offset=(6, -5),
        size=theme.TICK_SIZE,
    )
    return Panel(
        name=PLOT,
        label=f"The residuals, against {named[0].name}",
        figure=Picture((), layout),
        marks=(segments, dots, scale),
        height=170,
        height_narrow=170,
        toggle=PLOT,
    )


DEFINED: Condition = is_known("explains")


def rest_readouts(square: bool, named: Headings, spans: tuple[Span, Span]) -> tuple[Readout, ...]:
    """R² of the line that stands, and what it says at the x that is asked about, in digits for axes so long."""
    x, y = named
    digits, up = map(place_digits, spans)
    ends = f"from {{low_x:r{digits}}} to {x.valued(f'{{high_x:r{digits}}}')}"
    best = f" The best line says {y.valued(f'{{best_guess:g{up}}}')}."
    best_known: tuple[Condition, ...] = (is_known("best_guess"),)
    beyond = f"Extrapolated: the data go {ends}, and that the line goes on beyond them is a guess."
    among = f"Among the data, which go {ends}."
    outside: Condition = is_above("beyond", 0.0)
    asked = f"{'ŷ' if y == Y else y.name} = {y.valued(f'{{guess:g{up}}}')}"
    known: Condition = is_known("guess")
    found = (
        Readout(
            name="explains",
            label="R² of this line",
            text=(Case("{explains:g3}", (DEFINED,)), Case("–")),
            toggle=PLOT,
        ),
        Readout(
            name="explained",
            text=(
                Case(
                    f"All {y.name} are equal: there is no spread to explain.", (is_at_most("y_spread", 0.0),)
                ),
                Case("The line is out of reach.", (is_unknown("explains"),)),
                Case(f"A level line at the mean of {y.name} leaves less.", (is_below("explains", 0.0),)),
                Case(f"The share of the spread of {y.name} that it explains."),
            ),
            size="small",
            toggle=PLOT,
        ),
        Readout(
            name="guess",
            label="this line’s prediction",
            text=(
                Case(f"{asked} at {x.name} = {x.valued(f'{{at:g{digits + 1}}}')}", (known,)),
                Case("–"),
            ),
            toggle=PREDICT,
        ),
        Readout(
            name="outside",
            text=(
                *((Case(beyond + best, (outside, *best_known)),) if square else ()),
                Case(beyond, (outside,)),
                *((Case(among + best, best_known),) if square else ()),
                Case(among),
            ),
            size="small",
            toggle=PREDICT,
        ),
    )
    return tuple(map(unless_off, found))
