"""The scene "when computers subtract": the error of difference quotients against h, down to 1e−16."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from explorer.conditions import Condition, is_at, is_at_most, is_below, is_within
from explorer.expression import Expression, compile_tape, parse
from explorer.figures.curve import analyse, span_of
from explorer.numeric import (
    QuotientErrors,
    Window,
    corrected_derivative,
    difference_quotient,
    number_text,
    power_of_ten,
    quotient_errors,
    values,
)
from explorer.numeric.quotients import EPSILON
from explorer.numeric.results import Array
from explorer.scene import marks, theme
from explorer.scene.scene import Case, Control, MarkedValue, Panel, Picture, Readout, Row, Scene, Table
from explorer.scene.wire import identity_of

SMALLEST, LARGEST = 1e-16, 1.0
SUBTRACTION = (
    "The limit asks for ever smaller h. A computer keeps 16 digits, and subtracting two nearly equal numbers throws "
    "most of them away: there is a best h, and beyond it the quotient gets worse."
)
NO_ERROR_KNOWN = "This function has no derivative at x₀, so there is nothing to measure an error against."
NO_ERROR = "Both quotients of this function are exact at x₀ for every h: there is no error to draw."


def slope_at(f: Expression, window: Window, x0: float) -> float:
    """The derivative to measure errors against; NaN where there is none."""
    slope = corrected_derivative(f, analyse(f, span_of(f, window)))
    return float(values(slope, np.float64(x0)))


def is_exact(f: Expression, x0: float, slope: float) -> bool:
    """Whether neither quotient has any error, at any h: then there is nothing to draw."""
    errors = quotient_errors(f, x0, slope=slope)
    return not (np.any(errors.forward > 0) or np.any(errors.centred > 0))


@lru_cache(maxsize=64)
def subtraction_scene(f: Expression, x0: float, slope: float) -> Scene:
    """Forward and centred quotients of f at x0, where its derivative is `slope`."""
    errors = quotient_errors(f, x0, slope=slope)
    clear = _clear(f, x0, errors)
    h = Expression.variable("tiny")
    here, right, left = (
        f.substitute({"x": place}, ("tiny",)) for place in (Expression.number(x0), x0 + h, x0 - h)
    )
    size = parse("|u|", ("u",))
    outputs = {
        "moved": parse("sign(u)", ("u",)).substitute({"u": right - here}),
        "forward": (right - here) / h,
        "centred": (right - left) / (h * 2),
    }
    for kind in ("forward", "centred"):
        error = size.substitute({"u": outputs[kind] - Expression.number(slope)})
        outputs |= {f"{kind}_error": error, f"{kind}_gain": error / error.substitute({"tiny": h / 10.0})}
    start = 0.1
    return Scene(
        id=identity_of((f.text, x0, slope, "subtraction")),
        page="limit",
        main=False,
        title="When computers subtract",
        controls=(
            Control(
                name="tiny",
                label="h",
                min=SMALLEST,
                max=LARGEST,
                value=start,
                scale="log",
                step=1.0,
                role="step",
                marks=tuple(MarkedValue(10.0**k, _power(k) if k % 4 == 0 else "") for k in range(-16, 1)),
                url=False,
            ),
        ),
        tape=compile_tape(outputs, ("tiny",)),
        panels=(_panel(errors, not all(math.isnan(h) for h in clear)),),
        readouts=(
            Readout(
                name="slope_exact", label="the derivative", text=number_text(errors.slope, 12), role="slope"
            ),
            Readout(
                name="forward", label="(f(x₀ + h) − f(x₀))/h", text="{forward:r9}", role="step", place="above"
            ),
            Readout(
                name="centred", label="centred: (f(x₀ + h) − f(x₀ − h))/(2h)", text="{centred:r9}", role="ink"
            ),
        ),
        sentence=_sentences(errors, clear),
        tables=(_table(f, x0, slope),),
    )


def _power(exponent: int) -> str:
    return "1" if exponent == 0 else power_of_ten(exponent)


def _line(x: Array, y: Array, colour: str, width: float, dash: str) -> dict[str, object]:
    shown = np.where(np.isfinite(y) & (y > 0), y, np.nan)
    line = {"color": colour, "width": width, "dash": dash}
    return {"type": "scatter", "mode": "lines", "x": x, "y": shown, "line": line, "hoverinfo": "skip"}


def _panel(errors: QuotientErrors, truncated: bool) -> Panel:
    traces = [
        _line(errors.h, errors.truncation_forward, "$guide", 1.5, "dash"),
        _line(errors.h, errors.rounding, "$guide", 1.5, "dot"),
        _line(errors.h, errors.forward, "$step", 3, "solid"),
        _line(errors.h, errors.centred, "$ink", 2, "dot"),
    ]
    best = [
        (h, e)
        for h, e in ((errors.best_forward, errors.forward), (errors.best_centred, errors.centred))
        if SMALLEST <= h <= LARGEST
    ]
    at = np.array([h for h, _ in best])
    lowest = np.array([_near(errors.h, error, h) for h, error in best])
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": at,
            "y": lowest,
            "marker": {
                "symbol": "star",
                "size": 15,
                "color": "$critical",
                "line": {"color": "$ink", "width": 1.5},
            },
            "hoverinfo": "skip",
        }
    )
    ticks = [10.0**k for k in range(-16, 1, 4)]
    words = [_power(k) for k in range(-16, 1, 4)]
    scale = max(1.0, abs(errors.slope))
    low, high = math.floor(math.log10(scale * 1e-13)), math.ceil(math.log10(scale * 3))
    tall = list(range(low, high + 1, 3))
    return Panel(
        name="errors",
        label="The error of difference quotients against h, both logarithmic",
        figure=Picture(
            tuple(traces),
            theme.layout(
                xaxis=theme.axis("h", (-16.4, 0.4), type="log", tickvals=ticks, ticktext=words, tickangle=0),
                yaxis=theme.axis(
                    "error",
                    (low - 0.5, high + 0.5),
                    type="log",
                    tickvals=[10.0**k for k in tall],
                    ticktext=[_power(k) for k in tall],
                ),
                annotations=_words(low, bool(np.any(errors.rounding > 0)), truncated),
            ),
        ),
        marks=(
            marks.Vertical(x="tiny", role="step", dash="dot", width=1.5),
            marks.Point(at=("tiny", "forward_error"), role="step", size=15),
            marks.Point(at=("tiny", "centred_error"), role="ink", size=11, shape="square"),
        ),
        height=360,
        height_narrow=260,
    )


def _near(h: Array, error: Array, at: float) -> float:
    """The typical error near a place, for a mark that shall not sit on one lucky digit."""
    close = np.abs(np.log10(h / at)) < 0.35
    usable = error[close & np.isfinite(error) & (error > 0)]
    return float(np.median(usable)) if usable.size else math.nan


def _words(lowest: float, rounded: bool, truncated: bool) -> list[dict[str, object]]:
    """What the two sides of the valley are called, each below its own side; only a side that is there."""
    return [
        {
            "x": x,
            "y": lowest + 0.5,
            "text": text,
            "showarrow": False,
            "xanchor": anchor,
            "font": {"size": theme.LABEL_SIZE, "color": "$ink"},
        }
        for there, x, text, anchor in (
            (rounded, -16.0, "↖ rounding", "left"),
            (truncated, 0.0, "truncation ↗", "right"),
        )
        if there
    ]


def _clear(f: Expression, x0: float, errors: QuotientErrors) -> tuple[float, float]:
    """The least h at which the forward and the centred error are clearly more than rounding; NaN where none is."""
    h = errors.h
    with np.errstate(all="ignore"):
        around = np.abs(values(f, x0 + h)) + np.abs(values(f, x0 - h)) + abs(errors.slope * x0)
        clear = [
            np.where(error > 30 * EPSILON * around / h, h, np.nan)
            for error in (errors.forward, errors.centred)
        ]
    forward, centred = (float(np.nanmin(found)) if np.isfinite(found).any() else math.nan for found in clear)
    return forward, centred


def _sentences(errors: QuotientErrors, clear: tuple[float, float]) -> tuple[Case, ...]:
    """What rules at this h. Rounding and truncation are of one size at a few times less than the `clear` h."""
    forward, centred = clear
    cancels = bool(np.any(errors.rounding > 0))
    lost = (
        "the quotient is 0, and here that is the derivative."
        if errors.slope == 0
        else "the difference is 0, and so is the quotient. All digits are lost."
    )
    # Two equal values of a curve that is not flat there may just be far apart: x² at −½ and ½.
    same: tuple[Condition, ...] = () if errors.slope == 0 else (is_at_most("tiny", 1e-12),)
    cases = [
        Case(
            f"To the computer f(x₀ + h) and f(x₀) are the same number: {lost}",
            (is_at("moved", 0.0), *same),
        )
    ]
    if math.isnan(forward):
        only = "Here the secant is the tangent, whatever h is: the only error is rounding."
        return (*cases, Case(f"{only} A smaller h makes it worse." if cancels else only))
    if cancels:
        cases += [
            Case(
                "Rounding rules here: the two values agree in nearly all of their 16 digits, and their difference "
                "keeps only the last, unsure ones. A smaller h makes it worse.",
                (is_at_most("tiny", forward / 40),),
            ),
            Case(
                "Near the best h: the error of the secant and the error of rounding are of one size.",
                (is_at_most("tiny", forward * 1.5),),
            ),
        ]
    else:
        cases.append(
            Case(
                "Nothing cancels here, for f(x₀) is 0: the quotient is right to its last digit.",
                (is_below("tiny", forward),),
            )
        )
    early = "Truncation rules here: the secant is not yet the tangent."
    falls = f"{early} A ten times smaller h makes the error {{forward_gain:g2}} times smaller"
    fallen: Condition = is_within("forward_gain", 1.5, 1e9)
    if math.isnan(centred):
        cases.append(Case(f"{falls}. The centred quotient is exact here, but for rounding.", (fallen,)))
    else:
        cases += [
            Case(
                f"{falls}; the centred one is as small as it gets.",
                (fallen, is_at_most("tiny", centred * (1.5 if cancels else 1.0))),
            ),
            Case(
                f"{falls}, the centred one {{centred_gain:g2}} times.",
                (fallen, is_within("centred_gain", 1.5, 1e9)),
            ),
        ]
    return (*cases, Case(f"{early} h is still too large for a rule of how the error falls."))


def _table(f: Expression, x0: float, slope: float) -> Table:
    """Every power of ten down to 1e−16, as a computer finds it."""
    h = np.array([10.0**k for k in range(0, -17, -1)])
    forward, centred = difference_quotient(f, x0, h), difference_quotient(f, x0, h, "centred")
    rows = tuple(
        Row(
            (
                _power(k),
                number_text(float(a), 9),
                number_text(float(b), 9),
                number_text(abs(float(a) - slope), 2),
            ),
            {"tiny": float(step)},
            (is_within("tiny", float(step) * (1 - 1e-6), float(step) * (1 + 1e-6)),),
        )
        for k, step, a, b in zip(range(0, -17, -1), h, forward, centred, strict=True)
    )
    return Table(
        name="subtraction",
        label="Every power of ten down to 10⁻¹⁶",
        head=("h", "quotient", "centred quotient", "error of the quotient"),
        rows=rows,
    )
