"""What the regression page says while a learner drags: the descent's own words, of a line's slope m and height c."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from explorer.data.rows import Rows
from explorer.figures import descent_words
from explorer.figures.descent_words import FRESH
from explorer.figures.marks import Condition
from explorer.figures.scene import Case, Readout

NO_LINE: Condition = ("m_best", None, None, "undefined")
_COORDINATES = {"x": "m", "y": "c"}


def _of_a_line(cases: Iterable[Case]) -> tuple[Case, ...]:
    """The words for a loss of (x, y), for one of (m, c)."""
    return tuple(replace(case, text=_renamed(case.text)) for case in cases)


def _renamed(text: str) -> str:
    text = text.replace("(x, y)", "(m, c)")
    return re.sub(r"\b[xy](?= ←| stays)", lambda found: _COORDINATES[found[0]], text)


def sentence() -> tuple[Case, ...]:
    """The line under the picture."""
    return (
        Case("All points stand above each other: no line with a slope goes through them.", (NO_LINE,)),
        Case(
            "The line starts flat at 0: J = {run_loss:g6}. Press Step, or drag the line yourself.",
            (FRESH, ("m", 0.0, 0.0, "closed"), ("c", 0.0, 0.0, "closed")),
        ),
        *_of_a_line(descent_words.sentences(plane=True)),
    )


def readouts(steps: int, decimals_m: int, decimals_c: int) -> tuple[Readout, ...]:
    """J first, then the next step, the verdict with its reason, and the best line."""
    there_is: tuple[Condition, ...] = (("m_best", None, None, "defined"),)
    line = f"m = {{m_best:{decimals_m + 2}}}, c = {{c_best:{decimals_c + 2}}}, J = {{j_best:g4}}"
    rows = [Readout(name="loss", label="J, the mean square", text="{run_loss:g5}", size="huge", role="f")]
    rows += [
        Readout(name=name, label="the next step" if name == "update" else "", text=_of_a_line(text))
        for name, text in descent_words.updates(plane=True)
    ]
    rows += [
        Readout(
            name="verdict",
            label=f"within {steps} steps",
            text=(Case("–", (NO_LINE,)), Case("Play, and see.", (FRESH,)), *descent_words.headlines(True)),
            toggle="verdict",
        ),
        Readout(
            name="reason",
            text=(
                Case("", (NO_LINE,)),
                Case("", (FRESH,)),
                *_of_a_line(descent_words.reasons(quadratic=True, plane=True)),
            ),
            size="small",
            toggle="verdict",
        ),
        Readout(
            name="best",
            label="the best line",
            text=(
                Case(
                    f"{line}, R² = {{explained:4}}",
                    (*there_is, ("explained", None, None, "defined")),
                ),
                Case(line, there_is),
                Case("there is none"),
            ),
            size="small",
            toggle="best",
        ),
    ]
    return tuple(rows)


WRITTEN_OUT = 6
"""Sums of so many rows at most are written out."""


def gradient_latex(rows: Rows, m: float, c: float) -> tuple[str, ...]:
    """Both partial derivatives of J at (m, c): the formula, its terms where they are few, and the value."""
    count = len(rows)
    residuals = [y - (m * x + c) for x, y in rows]
    found = []
    for letter, weights in (("m", [x for x, _ in rows]), ("c", [1.0] * count)):
        factor = r"\,x" if letter == "m" else ""
        text = rf"\frac{{\partial J}}{{\partial {letter}}} = -\frac{{2}}{{N}} \sum (y - \hat y){factor}"
        if count <= WRITTEN_OUT:
            terms = [
                bracketed(r) + (rf" \cdot {bracketed(x)}" if letter == "m" else "")
                for r, (x, _) in zip(residuals, rows, strict=True)
            ]
            text += rf" = -\frac{{2}}{{{count}}} \left({' + '.join(terms)}\right)"
        total = math.fsum(r * w for r, w in zip(residuals, weights, strict=True))
        text += rf" = -\frac{{2}}{{{count}}} \cdot {bracketed(total)} = {in_digits(-2 * total / count)}"
        found.append(text)
    return tuple(found)


def bracketed(value: float) -> str:
    """The same, in brackets where it is negative."""
    text = in_digits(value)
    return rf"\left({text}\right)" if text.startswith("-") else text


def in_digits(value: float) -> str:
    """Five significant digits, a power of ten as one."""
    text = f"{value:.5g}"
    mantissa, mark, exponent = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if mark else text
