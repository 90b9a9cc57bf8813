"""What the regression page says while a learner drags: the descent's own words, of a line's slope m and height c."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from explorer.conditions import Condition, is_at, is_known, is_unknown
from explorer.data import Line
from explorer.data.headings import Heading, Headings
from explorer.data.losses import AS_IT_STANDS, Setting
from explorer.data.rows import Rows
from explorer.descent import Behaviour, number
from explorer.figures.challenges import UNWEIGHED
from explorer.figures.descent import words as descent_words
from explorer.figures.descent.run import behaves
from explorer.figures.descent.words import FRESH, LATER, NOT_PLAYED, PATH_RESTS, RESTING, at_rest, in_letters
from explorer.numeric.results import Span
from explorer.scene.digits import SIGNIFICANT, axis_decimals, line_digits
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Readout

NO_LINE: Condition = is_unknown("slope_best")
HAS_LINE: Condition = is_known("slope_best")
NEAR_DIGITS = SIGNIFICANT + 1
"""So many draw a line again, unless it lies far off."""
ACROSS: tuple[Condition, ...] = (NO_LINE, behaves(Behaviour.VALLEY), is_at("noise", 0.0))
"""It came to rest in a valley of minima, by slopes alone. All of them point across it."""


def sentence(named: Headings) -> tuple[Case, ...]:
    """The line under the picture."""
    return with_paper(
        Case(
            "One point alone fixes no line: every line through it has J = 0, and they are a valley of J. Which will "
            "a descent come to?⟨ Press Step, or add a second point.⟩",
            (is_at("count", 1.0), FRESH),
        ),
        Case(
            f"All points have the same {named[0].name}: every slope fits as well as any other, and the best ones "
            "are a whole valley of J. Which will a descent come to?⟨ Press Step, or move a point aside.⟩",
            (NO_LINE, FRESH),
        ),
        Case(
            "The line starts flat at 0: J = {run_loss:g6}.⟨ Press Step, or drag the line yourself.⟩",
            (FRESH, is_at("m", 0.0), is_at("c", 0.0)),
        ),
        Case("J follows your hand; the path follows when you let go.", (PATH_RESTS,)),
        *in_letters(descent_words.sentences(plane=True), "m", "c"),
    )


NAMES = {
    "square": "the mean square",
    "absolute": "the mean absolute residual",
    "huber": "the mean of Huber’s costs",
}
"""What J is."""


def readouts(steps: int, setting: Setting, named: Headings) -> tuple[Readout, ...]:
    """J first, then the next step, and the verdict with its reason."""
    quadratic = setting.loss == "square"
    rows = [
        Readout(
            name="loss",
            label=f"J, {NAMES[setting.loss]}",
            text="{run_loss:g5}",
            size="huge",
            role="f",
        )
    ]
    rows += [
        Readout(
            name=name,
            label="the next step" if name == "update" else "",
            text=at_rest(symbol, in_letters(text, "m", "c")),
        )
        for symbol, (name, text) in zip(("m", "c"), descent_words.updates(plane=True), strict=True)
    ]
    rows += [
        Readout(
            name="verdict",
            label=f"within {steps} steps",
            text=(
                *with_paper(NOT_PLAYED),
                Case(LATER.capitalize(), (RESTING,)),
                Case("Converges, in a valley", (NO_LINE, behaves(Behaviour.VALLEY))),
                *descent_words.headlines(quadratic),
            ),
            toggle="verdict",
        ),
        Readout(
            name="reason",
            text=(
                Case("", (FRESH,)),
                Case("", (RESTING,)),
                *_valley(quadratic, named[0]),
                *in_letters(descent_words.reasons(quadratic=quadratic, plane=True), "m", "c"),
            ),
            size="small",
            toggle=f"verdict&{UNWEIGHED}",
        ),
    ]
    return tuple(rows)


def _valley(quadratic: bool, x: Heading) -> tuple[Case, ...]:
    """Which of a valley's minima a descent came to, for points at one x."""
    floor = f"One of many minima: only the height at {x.name} = {x.valued('{low_x:r4}')} counts. "
    if not quadratic:
        return (Case(f"{floor}It came to {_END}.", ACROSS),)
    plain = (Case(f"{floor}Every slope of J points straight across the valley, so the steps end at the minimum nearest "
                  f"to their start, {_END}.", (*ACROSS, is_at(f"switch:{name}", 1.0)))
             for name in ("gd", "momentum", "nesterov"))  # fmt: skip
    return (*plain, Case(f"{floor}It came to {_END}, which need not be the nearest.", ACROSS))


_END = "(m, c) = ({run_final_x:g4}, {run_final_y:g4})"


def best_readout(
    setting: Setting,
    best: Line | None,
    settled: tuple[Condition, ...],
    seen: tuple[tuple[Span, ...], tuple[Span, ...]],
    named: Headings,
) -> Readout:
    """The line with the least J, in the units of the data; `best` where it stands still.

    It is written as is `seen` in the windows of slope and height, and draws it again over the spans of the data.
    That is said as long as all is `settled`.
    """
    windows, spans = seen
    digits = line_digits(*spans)
    if best is None:
        near = digits <= NEAR_DIGITS
        slope, height = (f":{axis_decimals(one) + 2}" if near else f":g{digits}" for one in windows)
        line = f"m = {{slope_best{slope}}}, c = {{height_best{height}}}, J = {{j_best:g4}}"
        explained = f"{line}, R² = {{explained:4}}"
        cases: tuple[Case, ...] = (
            Case(explained, (HAS_LINE, is_known("explained"))),
            Case(line, (HAS_LINE,)),
            Case("many are as good"),
        )
    else:
        line = f"m = {number(best.slope, digits)}, c = {number(best.intercept, digits)}, J = {number(best.loss, 4)}"
        cases = (Case("many are as good", (NO_LINE,)), Case(line, settled), Case(LATER))
    label = "the best line" if setting.scale == "raw" else f"the best line, of {named[0].name} as it stands"
    return unless_off(Readout(name="best", label=label, text=cases, size="small", toggle="best"))


def unless_off(readout: Readout) -> Readout:
    """The same, saying nothing while its switch is off: how sure its digits are is asked at every frame else."""
    off: Condition = is_at(f"switch:{readout.toggle}", 0.0)
    cases = (Case(readout.text),) if isinstance(readout.text, str) else readout.text
    return replace(readout, text=(Case("", (off,)), *cases))


def levels_readout(stands: Mapping[str, float]) -> Readout:
    """A word while something is no longer where it was when the level lines were drawn, which stand still."""
    still: tuple[Condition, ...] = tuple(is_at(name, value) for name, value in stands.items())
    return Readout(
        name="levels",
        text=(
            Case("The path follows when you let go.", (*still, PATH_RESTS)),
            Case("", still),
            Case("Level lines and path follow when you let go.", (PATH_RESTS,)),
            Case("Level lines follow when you let go."),
        ),
        size="small",
    )


WRITTEN_OUT = 6
"""Sums of so many rows at most are written out."""


FORMULAS = {
    "square": (r"(y - \hat y)^2", "-2", r"(y - \hat y)"),
    "absolute": (r"|y - \hat y|", "-1", r"\operatorname{sign}(y - \hat y)"),
    "huber": (r"h(y - \hat y)", "-1", r"h'(y - \hat y)"),
}
"""A row's cost, the factor in front of the sum of its slopes, and what it sums."""

HUBER = (
    r"h(r) = \begin{cases} r^2/2 & |r| \le \delta \\ \delta\,(|r| - \delta/2) & |r| > \delta \end{cases}, "
    r"\qquad h'(r) = \max(-\delta, \min(r, \delta)), \qquad \delta = "
)

REMARKS = {
    "square": "",
    "absolute": "Every point pulls as strongly as every other, near or far. J has a corner wherever the line goes "
    "through a point, which then is taken to pull with 0. Between the corners J is straight, a tilted plane: there is "
    "no Hessian to bound η, and at a constant η the steps need not become shorter.",
    "huber": "Points nearer than δ pull by their distance, all others by δ. Which are near changes with the line: "
    "there is no fixed Hessian, and the bound on η holds near the minimum only.",
}
"""What is different from squares."""

COUNTED = {
    "raw": r"\hat y = m x + c",
    "standard": r"\hat y = m u + c, \qquad u = \frac{x - \bar x}{s}",
    "normal": r"\hat y = m u + c, \qquad u = \frac{x - x_{\min}}{x_{\max} - x_{\min}}",
}
"""The line, on each scale of x."""


def loss_latex(setting: Setting, delta: float) -> tuple[str, ...]:
    """What J is."""
    cost = FORMULAS[setting.loss][0]
    lines = (rf"J(m, c) = \frac{{1}}{{N}} \sum {cost}, \qquad {COUNTED[setting.scale]}",)
    return (*lines, HUBER + in_digits(delta)) if setting.loss == "huber" else lines


def gradient_latex(
    rows: Rows, m: float, c: float, setting: Setting = AS_IT_STANDS, delta: float = 1.0
) -> tuple[str, ...]:
    """Both partial derivatives of J at (m, c): the formula, its terms where they are few, and the value.

    The x of the `rows` are counted as the setting says.
    """
    count = len(rows)
    pulls = [_pull(y - (m * x + c), setting.loss, delta) for x, y in rows]
    _, factor, summed = FORMULAS[setting.loss]
    size, letter_x = factor.lstrip("-"), "x" if setting.scale == "raw" else "u"
    found = []
    for letter, weights in (("m", [x for x, _ in rows]), ("c", [1.0] * count)):
        by = rf"\,{letter_x}" if letter == "m" else ""
        text = rf"\frac{{\partial J}}{{\partial {letter}}} = -\frac{{{size}}}{{N}} \sum {summed}{by}"
        if count <= WRITTEN_OUT:
            terms = [
                bracketed(r) + (rf" \cdot {bracketed(x)}" if letter == "m" else "")
                for r, (x, _) in zip(pulls, rows, strict=True)
            ]
            text += rf" = -\frac{{{size}}}{{{count}}} \left({' + '.join(terms)}\right)"
        total = math.fsum(r * w for r, w in zip(pulls, weights, strict=True))
        value = in_digits(-int(size) * total / count)
        text += rf" = -\frac{{{size}}}{{{count}}} \cdot {bracketed(total)} = {value}"
        found.append(text)
    return tuple(found)


def _pull(residual: float, loss: str, delta: float) -> float:
    """How strongly a point pulls the line up, beside the factor in front of the sum."""
    if loss == "square":
        return residual
    if loss == "huber":
        return max(-delta, min(residual, delta))
    return math.copysign(1.0, residual) if residual else 0.0


def bracketed(value: float) -> str:
    """The same, in brackets where it is negative."""
    text = in_digits(value)
    return rf"\left({text}\right)" if text.startswith("-") else text


def in_digits(value: float) -> str:
    """Five significant digits, a power of ten as one."""
    text = f"{value:.5g}"
    mantissa, mark, exponent = text.partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if mark else text
