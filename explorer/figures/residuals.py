"""What is left of each point beside the line that stands now: as squares, as a plot against x, as R²; and a prediction.

All of it is of the present step's line, so the tape here takes what the descent tells.
"""

from __future__ import annotations

from explorer.data.rows import Rows
from explorer.data.sums import COUNT, Present, in_pairs, row_names
from explorer.expression import Expression, compile_tape, parse
from explorer.expression.tape import Tape
from explorer.figures import marks, theme
from explorer.figures.digits import axis_digits, step_for
from explorer.figures.marks import Condition
from explorer.figures.regression_words import unless_off
from explorer.figures.scene import Case, Control, Handle, Panel, Picture, Readout, Toggle
from explorer.numeric.results import Span

RESIDUALS, AREAS, PLOT, PREDICT = "residuals", "areas", "rest", "predict"
AT = "at"
"""The x for which a prediction is made."""

NOTHING = 1e-12
"""A residual so small beside the largest y or ŷ is what rounding leaves of 0."""

UPRIGHT = 1.25
"""The plot reaches so many times as far as its scale, up and down."""

SEEN_POINTS = 9.0


def rest_tape(count: int, square: bool) -> Tape:
    """Of each row k the line's height fit‹k› and its residual rest‹k› as a share of the scale; R², a prediction."""
    m, c, shift, width = map(Expression.variable, ("run_x", "run_y", "x_shift", "x_width"))

    def line(x: Expression) -> Expression:
        return m * ((x - shift) / width) + c

    xs, ys = (list(map(Expression.variable, names)) for names in zip(*row_names(count), strict=True))
    heights = [line(x) for x in xs]
    residuals = [y - height for y, height in zip(ys, heights, strict=True)]
    present, scale = Present(count, some=True), Expression.variable("rest_scale")
    squares = present.mean([r * r for r in residuals])
    low, high = present.least(xs), present.largest(xs)
    at = Expression.variable(AT)
    beyond = parse("max(a - h, l - a)", ("a", "h", "l")).substitute({"a": at, "h": high, "l": low})
    found = {
        "rest_scale": _round_above(
            present.largest(_sizes(residuals)),
            in_pairs([present.largest(_sizes(one)) for one in (ys, heights)], "max(a, b)"),
        ),
        "explains": 1.0 - squares / Expression.variable("y_spread"),
        "rest_square": squares,
        "guess": line(at),
        "beyond": beyond,
        "x_low": low,
        "x_high": high,
    }
    if square:
        found["best_guess"] = Expression.variable("slope_best") * at + Expression.variable("height_best")
    for k, (height, residual) in enumerate(zip(heights, residuals, strict=True), 1):
        found |= {f"fit{k}": height, f"rest{k}": residual / scale}
    scaled = {"rest_scale": found["rest_scale"]}
    names = (
        *("run_x", "run_y", "x_shift", "x_width", "y_spread", "slope_best", "height_best", AT, COUNT),
        *(name for row in row_names(count) for name in row),
    )
    return compile_tape({name: one.substitute(scaled).over(names) for name, one in found.items()}, names)


def _sizes(numbers: list[Expression]) -> list[Expression]:
    """Each without its sign."""
    return [parse("|a|", ("a",)).substitute({"a": one}) for one in numbers]


def there(row: int) -> tuple[Condition, ...]:
    """While the row, counted from 1, is one of those that are there."""
    return ((COUNT, float(row), None, "closed"),)


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


def rest_toggles(square: bool) -> tuple[Toggle, ...]:
    """The chips: segments, and as squares where squares are what is counted; the plot; a prediction."""
    areas = Toggle(
        name=AREAS, label="Squares", toggle=RESIDUALS, help="J is the mean of these areas, in the units of y"
    )  # fmt: skip
    return (
        Toggle(name=RESIDUALS, label="Residuals", on=True, help="How far each point lies from the line"),
        *((areas,) if square else ()),
        Toggle(name=PLOT, label="Residual plot", help="What is left of each point, against x, and R²"),
        Toggle(name=PREDICT, label="Predict", help="What the line says for an x that you choose"),
    )


def residual_marks(count: int, square: bool) -> tuple[marks.AnyMark, ...]:
    """From each point straight to the line, and the square on it."""
    found: list[marks.AnyMark] = []
    for k, (x, y) in enumerate(row_names(count), 1):
        if square:
            found.append(
                marks.SideSquare(
                    x=x, from_=y, to=f"fit{k}", role="step", toggle=f"{RESIDUALS}&{AREAS}", when=there(k)
                )
            )
        found.append(
            marks.Segment(
                from_=(x, y), to=(x, f"fit{k}"), role="step", width=2, toggle=RESIDUALS, when=there(k)
            )
        )
    return tuple(found)


def prediction_marks() -> tuple[marks.AnyMark, ...]:
    """The x that is asked about, up to the line."""
    return (
        marks.Vertical(x=AT, role="guide", dash="dash", width=1.5, toggle=PREDICT),
        marks.Horizontal(y="guess", role="guide", dash="dot", width=1.5, toggle=PREDICT),
        marks.Point(at=(AT, "guess"), shape="diamond", role="slope", size=15, toggle=PREDICT),
    )


def prediction_control(rows: Rows, span: Span, bottom: float) -> Control:
    """The x for which the line is asked: at first a little beyond the data, where it says what nobody measured.

    It is held at the `bottom` of the picture: on the line it would stand in the way of the line's own handles.
    """
    low, high = min(x for x, _ in rows), max(x for x, _ in rows)
    width, step = span[1] - span[0], step_for(span[1] - span[0])
    target = high + 0.1 * (high - low)
    round_ones = (round(target / (s * step)) * s * step for s in (10, 5, 2, 1))
    beyond = next((x for x in round_ones if high < x < span[1]), target)
    handle = Handle(
        panel="data", at=(AT, bottom), moves={"x": AT}, label="x of the prediction", toggle=PREDICT
    )
    return Control(
        name=AT, label="predict at x", min=span[0] - width, max=span[1] + width, value=float(f"{beyond:.12g}"),
        role="ink", place="rail", toggle=PREDICT, handle=handle, **axis_digits(span),
    )  # fmt: skip


def plot_panel(count: int, span: Span) -> Panel:
    """Each residual as a share of a round scale, whose value stands at its line."""
    left = span[0]
    layout = theme.layout(
        (8, 16, 40, 64),
        xaxis=theme.axis("x", span),
        yaxis=theme.axis("residual", (-UPRIGHT, UPRIGHT), tickvals=[-1, 0, 1], ticktext=["", "0", ""]),
    )
    drawn: list[marks.AnyMark] = []
    for k, (x, _) in enumerate(row_names(count), 1):
        drawn += [
            marks.Segment(from_=(x, 0.0), to=(x, f"rest{k}"), role="step", width=1.5, when=there(k)),
            marks.Point(at=(x, f"rest{k}"), role="f", size=SEEN_POINTS, when=there(k)),
        ]
    scale = marks.Label(
        at=(left, 1.0), text="± {rest_scale:r2}", role="ink", anchor="start", offset=(6, -5), size=13
    )
    return Panel(
        name=PLOT,
        label="The residuals, against x",
        figure=Picture((), layout),
        marks=(*drawn, scale),
        height=170,
        height_narrow=170,
        toggle=PLOT,
    )


DEFINED: Condition = ("explains", None, None, "defined")


def rest_readouts(square: bool) -> tuple[Readout, ...]:
    """R² of the line that stands, and what it says at the x that is asked about."""
    ends = "from {x_low:r4} to {x_high:r4}"
    best = " The best line says {best_guess:g4}." if square else ""
    known: Condition = ("guess", None, None, "defined")
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
                Case("All y are equal: there is no spread to explain.", (("y_spread", None, 0.0, "closed"),)),
                Case("The line is out of reach.", (("explains", None, None, "undefined"),)),
                Case("A level line at the mean of y leaves less.", (("explains", None, 0.0, "open"),)),
                Case("The share of the spread of y that it explains."),
            ),
            size="small",
            toggle=PLOT,
        ),
        Readout(
            name="guess",
            label="this line’s prediction",
            text=(Case("ŷ = {guess:g4} at x = {at:g5}", (known,)), Case("–")),
            toggle=PREDICT,
        ),
        Readout(
            name="outside",
            text=(
                Case(
                    f"Extrapolated: the data go {ends}, and that the line goes on beyond them is a guess.{best}",
                    (("beyond", 0.0, None, "open"),),
                ),
                Case(f"Among the data, which go {ends}.{best}"),
            ),
            size="small",
            toggle=PREDICT,
        ),
    )
    return tuple(map(unless_off, found))
