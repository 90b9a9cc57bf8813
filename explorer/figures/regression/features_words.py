"""What the tab of two features says while the line is dragged, and its gradient with the numbers put in."""

from __future__ import annotations

import math

import numpy as np

from explorer.conditions import Condition, is_above, is_at, is_at_least, is_at_most, is_known
from explorer.data.classes import sigmoid
from explorer.data.features import Triples
from explorer.figures.regression.words import WRITTEN_OUT, bracketed, in_digits
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Readout, Stage

NO_LINE: Condition = is_at("norm", 0.0)
NONE_WRONG: Condition = is_at_most("wrong", 0.0)
ONE_WRONG: Condition = is_at("wrong", 1.0)
ONE_ON: Condition = is_at("on_line", 1.0)
SOME_ON: Condition = is_at_least("on_line", 1.0)
FREE: Condition = is_at("lam", 0.0)
LEVEL = "w = 0: there is no line, and every point has the same chance, σ(w₀) = {chance:3}."


UPRIGHT = "w stands upright on the line and points to class 1."
SLANTED = "The axes have different units, so right angles do not look right; the arrow points to class 1."


def sentence(fresh: tuple[Condition, ...], alike: bool) -> tuple[Case, ...]:
    """The line under the picture; `alike` says whether both axes have the same unit on the screen."""
    arrow = UPRIGHT if alike else SLANTED
    many, one = "{wrong:r3} of {count:r3} points, ringed, lie", "1 of {count:r3} points, ringed, lies"
    halfway = "on the line itself, where σ = ½."
    astride = (
        (f"No point is on the wrong side, but 1 of {{count:r3}} lies {halfway}", (NONE_WRONG, ONE_ON)),
        (
            f"No point is on the wrong side, but {{on_line:r3}} of {{count:r3}} lie {halfway}",
            (NONE_WRONG, SOME_ON),
        ),
    )
    ask = "⟨Drag the line, turn it, pull w’s tip: h|H⟩ow small can J get?"
    drag = f"on the wrong side. {ask}"
    return with_paper(
        *(
            Case(
                f"All points belong to class {end:.0f}: there is nothing to tell apart.",
                (is_at("ones", end),),
            )
            for end in (0.0, 1.0)
        ),
        Case(LEVEL, (NO_LINE,)),
        Case(f"Filled points are class 1. {one} {drag}", (*fresh, ONE_WRONG)),
        *(Case(f"Filled points are class 1. {says} {ask}", (*fresh, *when)) for says, when in astride),
        Case(f"Filled points are class 1. Every point is on its side. {ask}", (*fresh, NONE_WRONG)),
        Case(f"Filled points are class 1. {many} {drag}", fresh),
        *(Case(f"{says} {arrow}", when) for says, when in astride),
        Case(
            "Every point is on its side. A longer w, along the same line, makes J smaller still, without end.",
            (NONE_WRONG, FREE),
        ),
        Case("Every point is on its side. λ‖w‖² is what stops w from growing without end.", (NONE_WRONG,)),
        Case(f"{one} on the wrong side. {arrow}", (ONE_WRONG,)),
        Case(f"{many} on the wrong side. {arrow}"),
    )


def readouts(best: tuple[Case, ...]) -> tuple[Readout, ...]:
    """J first; then what the line says of the point that is asked about: z, its distance, its chance."""
    known: Condition = is_known("ask_away")
    return (
        Readout(name="loss", label="J, the mean log loss + λ‖w‖²", text="{loss:g5}", size="huge", role="f"),
        Readout(
            name="wrong",
            label="on the wrong side",
            text=(
                Case("{wrong:r3} of {count:r3}, {on_line:r3} on the line", (is_above("norm", 0.0), SOME_ON)),
                Case("{wrong:r3} of {count:r3}"),
            ),
        ),
        Readout(
            name="guess",
            label="w·x + w₀ at your point, ?",
            text="{part1:g3} {part2:t3} {w0:t3} = {guess:g4}",
            toggle="ask",
        ),
        Readout(
            name="away",
            label="its distance from the line, (w·x + w₀)/‖w‖",
            text=(Case("{guess:g4} / {norm:g4} = {ask_away:g4}", (known,)), Case("there is no line")),
            role="step",
            toggle="ask",
        ),
        Readout(name="chance", label="σ of w·x + w₀: its chance of class 1", text="{chance:3}", toggle="ask"),
        Readout(name="best", label="the best line", text=best, size="small", toggle="best"),
    )


def story() -> tuple[Stage, ...]:
    """What a teacher pages through."""
    return (
        Stage("Where would you draw the line?", {}, asks=True),
        Stage("Each point’s distance from the line, with a sign.", {}, {"distances": True}),
        Stage("The line with the least J.", {}, {"best": True}, tells=("best",)),
    )


def gradient_latex(rows: Triples, w: tuple[float, float, float], shrinking: float) -> tuple[str, ...]:
    """J and its three partial derivatives: the formula, its terms where they are few, and the value."""
    count, (w1, w2, w0) = len(rows), w
    chances = sigmoid(np.array([w1 * x + w2 * y + w0 for x, y, _ in rows]))
    errors = [float(p) - label for p, (*_, label) in zip(chances, rows, strict=True)]
    extra = r" + \lambda \lVert w \rVert^2" if shrinking else ""
    found = [
        r"J(w, w_0) = \frac{1}{N} \sum -\ln(\text{the probability given to } y)"
        + extra
        + r", \qquad \sigma = \frac{1}{1 + e^{-(w \cdot x + w_0)}}"
    ]
    for k, weight in enumerate((w1, w2, 0.0)):
        values = [row[k] for row in rows] if k < 2 else [1.0] * count
        letter, factor = ("w_0", "") if k == 2 else (f"w_{k + 1}", rf"\,x_{k + 1}")
        held = shrinking if k < 2 else 0.0
        text = rf"\frac{{\partial J}}{{\partial {letter}}} = \frac{{1}}{{N}} \sum (\sigma - y){factor}"
        text += rf" + 2\lambda {letter}" if held else ""
        tail = rf" + 2 \cdot {in_digits(held)} \cdot {bracketed(weight)}" if held else ""
        if count <= WRITTEN_OUT:
            terms = [
                bracketed(e) + (rf" \cdot {bracketed(x)}" if k < 2 else "")
                for e, x in zip(errors, values, strict=True)
            ]
            text += rf" = \frac{{1}}{{{count}}} \left({' + '.join(terms)}\right){tail}"
        total = math.fsum(e * x for e, x in zip(errors, values, strict=True))
        value = in_digits(total / count + 2 * held * weight)
        found.append(rf"{text} = \frac{{1}}{{{count}}} \cdot {bracketed(total)}{tail} = {value}")
    return tuple(found)
