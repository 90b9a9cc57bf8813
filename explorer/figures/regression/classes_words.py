"""What the classes tab says while a learner drags: the descent's own words, of w and b, and of separable data."""

from __future__ import annotations

import math

import numpy as np

from explorer.conditions import Condition, is_at, is_at_least, is_unknown
from explorer.data.classes import sigmoid
from explorer.data.headings import Heading
from explorer.data.rows import Rows
from explorer.figures.descent import words as descent_words
from explorer.figures.descent.view import View
from explorer.figures.descent.words import FRESH, LATER, NOT_PLAYED, PATH_RESTS, RESTING, at_rest, in_letters
from explorer.figures.regression.story import descent_stages
from explorer.figures.regression.words import bracketed as _bracketed
from explorer.figures.regression.words import in_digits as _number
from explorer.numeric.results import Span
from explorer.scene.digits import line_digits, place_digits
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Readout, Stage

ONE_X: Condition = is_at("x_width", 0.0)
ALL_ZERO: Condition = is_at("ones", 0.0)
ALL_ONE: Condition = is_at("ones", 1.0)
PARTED: Condition = is_at_least("parted", 0.0)
TOUCHING: Condition = is_at("parted", 0.0)
FREE: Condition = is_at("lam", 0.0)
SHARE = "{ones:g4}"
"""How many of the points belong to class 1: what σ is at the one x of them all, in every best curve."""
WITHOUT_BEST: tuple[tuple[str, tuple[Condition, ...]], ...] = (
    ("there is none", (ALL_ZERO,)),
    ("there is none", (ALL_ONE,)),
    (f"one for every w, with σ = {SHARE} at the points", (ONE_X, FREE)),
    ("there is none", (PARTED, FREE)),
)
"""When it is known that no curve is the best; far from 0 it may be there and not be found."""
AT_HOME: tuple[Condition, ...] = (is_at("w", 0.0), is_at("b", 0.0))
SQUARES: Condition = is_at("switch:squareloss", 1.0)


def sentence(x: Heading) -> tuple[Case, ...]:
    """The line under the picture."""
    return with_paper(
        Case(f"All points stand at one {x.name}: nothing about {x.name} tells the classes apart.", (ONE_X,)),
        Case(
            "The curve starts flat at ½: J = {run_loss:g5}.⟨ Press Step, drag the curve, or tap a point to turn it.⟩",
            (FRESH, *AT_HOME),
        ),
        Case("J follows your hand; the path follows when you let go.", (PATH_RESTS,)),
        *in_letters(descent_words.sentences(plane=True), "w", "b"),
    )


STEEPER = "with the boundary there, every steeper curve has less J"
NO_LEAST = "So none has the least. λw² with λ above 0 gives J a minimum."


def readouts(steps: int, x: Heading, span: Span) -> tuple[Readout, ...]:
    """J first, then the boundary, the next step, and the verdict with its reason; x is seen over the `span`."""
    place, digits = f"g{place_digits(span)}", line_digits(span)
    rows = [
        Readout(name="loss", label="J, the mean loss + λw²", text="{run_loss:g5}", size="huge", role="f"),
        Readout(
            name="boundary",
            label="the boundary, −b/w",
            text=(
                Case("none: the curve is flat", (is_unknown("run_root"),)),
                Case(f"{x.name} = {x.valued(f'{{run_root:{place}}}')}"),
            ),
            size="small",
            role="slope",
        ),
    ]
    rows += [
        Readout(
            name=name,
            label="the next step" if name == "update" else "",
            text=at_rest(symbol, in_letters(text, "w", "b")),
        )
        for symbol, (name, text) in zip(("w", "b"), descent_words.updates(plane=True), strict=True)
    ]
    threshold = f"{x.name} = {x.valued(f'{{threshold:{place}}}')}"
    rows += [
        Readout(
            name="verdict",
            label=f"within {steps} steps",
            text=(
                Case("No minimum", (ALL_ZERO,)),
                Case("No minimum", (ALL_ONE,)),
                Case("Every slope fits as well", (ONE_X, FREE)),
                Case("No minimum", (PARTED, FREE)),
                *with_paper(NOT_PLAYED),
                Case(LATER.capitalize(), (RESTING,)),
                *descent_words.headlines(False),
            ),
            toggle="verdict",
        ),
        Readout(
            name="reason",
            text=(
                *(
                    Case(
                        f"All points belong to class {end}: the {way} b, the less J, without end{still}.",
                        when,
                    )
                    for end, way, one in ((0, "lower", ALL_ZERO), (1, "higher", ALL_ONE))
                    for still, when in (("", (one, FREE)), (". λw² does not hold b back", (one,)))
                ),
                Case(
                    f"With any w, the b for which σ = {SHARE} there is the best: every slope fits as well as any "
                    "other, so none is the best. λw² with λ above 0 leaves one, w = 0.",
                    (ONE_X, FREE),
                ),
                Case(
                    f"The classes touch at {threshold}: {STEEPER}, though the points there keep σ = ½. {NO_LEAST}",
                    (TOUCHING, FREE),
                ),
                Case(f"{threshold} parts the classes: {STEEPER}. {NO_LEAST}", (PARTED, FREE)),
                Case("", (FRESH,)),
                Case("", (RESTING,)),
                *in_letters(descent_words.reasons(quadratic=False, plane=True), "w", "b"),
            ),
            size="small",
            toggle="verdict",
        ),
        Readout(
            name="best",
            label="the best curve near",
            text=(
                Case(LATER, (RESTING,)),
                *(Case(text, (is_unknown("run_floor"), *when)) for text, when in WITHOUT_BEST),
                Case("none was found", (is_unknown("run_floor"),)),
                Case(
                    f"w = {{run_minimum_x:g{digits}}}, b = {{run_minimum_y:g{digits}}}, J = {{run_floor:g5}}; "
                    f"boundary {{run_minimum_root:g{digits}}}"
                ),
            ),
            size="small",
            toggle="best",
        ),
    ]
    return tuple(rows)


def story(view: View) -> tuple[Stage, ...]:
    """What a teacher pages through."""
    whole = {"rate": view.rate, "step": float(view.steps)}
    return (
        *descent_stages("Which way will the curve turn first?", view),
        Stage(
            "The square loss: gentler with what is quite wrong.",
            whole,
            {"squareloss": True, "logloss": False},
        ),
        Stage("λ = {lam:g3} holds the curve back.", {**whole, "lam": "more_lam"}),
    )


WRITTEN_OUT = 6
"""Sums of so many rows at most are written out."""


def gradient_latex(rows: Rows, w: float, b: float, squares: bool, shrinking: float) -> tuple[str, ...]:
    """J and both its partial derivatives at (w, b): the formula, its terms where they are few, and the value."""
    count = len(rows)
    values = sigmoid(np.array([w * x + b for x, _ in rows]))
    shares = [float(p) for p in values]
    one = r"(\sigma - y)^2" if squares else r"-\ln(\text{the probability given to } y)"
    error = r"2(\sigma - y)\,\sigma(1 - \sigma)" if squares else r"(\sigma - y)"
    extra = r" + \lambda w^2" if shrinking else ""
    found = [
        rf"J(w, b) = \frac{{1}}{{N}} \sum {one}{extra}, \qquad \sigma = \frac{{1}}{{1 + e^{{-(w x + b)}}}}"
    ]
    errors = [(p - y) * (2 * p * (1 - p) if squares else 1.0) for p, (_, y) in zip(shares, rows, strict=True)]
    for letter, weights in (("w", [x for x, _ in rows]), ("b", [1.0] * count)):
        factor = r"\,x" if letter == "w" else ""
        added = shrinking if letter == "w" else 0.0
        text = rf"\frac{{\partial J}}{{\partial {letter}}} = \frac{{1}}{{N}} \sum {error}{factor}"
        text += r" + 2\lambda w" if added else ""
        tail = rf" + 2 \cdot {_number(added)} \cdot {_bracketed(w)}" if added else ""
        if count <= WRITTEN_OUT:
            terms = [
                _bracketed(e) + (rf" \cdot {_bracketed(x)}" if letter == "w" else "")
                for e, (x, _) in zip(errors, rows, strict=True)
            ]
            text += rf" = \frac{{1}}{{{count}}} \left({' + '.join(terms)}\right){tail}"
        total = math.fsum(e * x for e, x in zip(errors, weights, strict=True))
        value = total / count + 2 * added * w
        text += rf" = \frac{{1}}{{{count}}} \cdot {_bracketed(total)}{tail} = {_number(value)}"
        found.append(text)
    return tuple(found)
