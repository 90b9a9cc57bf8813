"""The scene of a product that is typed: multiplied out, as a sum of logarithms, and as a loss."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import is_known, is_too_large
from explorer.expression import Expression, Tape, compile_tape
from explorer.figures.costs.products_words import NO_PLACE, VANISHES, readouts, sentence, story
from explorer.figures.costs.three_curves import AXES, SWITCHES, Level, control_of, panel_of
from explorer.numeric.logarithm import Best, Logarithm, best_within, logarithm_of, slope_within
from explorer.numeric.results import Span
from explorer.scene import marks
from explorer.scene.scene import Row, Scene, Table
from explorer.scene.wire import identity_of

LOOK = np.linspace(0.0, 1.0, 401)
SHOWN = 3.0
"""Below its greatest value ln g is shown so many times as deep as its median lies there."""

FLAT_SPAN: Span = (-1.0, 1.0)


@computed_once(64)
def product_scene(g: Expression, start: float) -> Scene:
    """The scene for g in p, with p first at `start`."""
    logarithm = logarithm_of(g)
    best = best_within(logarithm.sum)
    of = _quantities(g, logarithm, best)
    tape = compile_tape(of, ("p",))
    height = _span(tape)
    curves = {name: part.substitute({"p": Expression.variable("at")}) for name, part in of.items()}
    levels = (
        Level("g(p), multiplied out", "share", "share_slope", _share(tape), {"showticklabels": False}),
        Level("ln g(p), a sum", "sum", "sum_slope", height, {"nticks": 4}),
        Level("−ln g(p)", "loss", "loss_slope", (-height[1], -height[0]), {"nticks": 4}),
    )
    return Scene(
        id=identity_of(("product", g.text, start)),
        page="product",
        title=f"The product {g.text}, its logarithm, and the loss",
        url={
            "tab": "product",
            "g": g.text,
            **dict.fromkeys(("points", "x", "heads", "tails", "times", "more")),
        },
        controls=(control_of(start, snaps=("best",) if best.p is not None else ()),),
        tape=tape,
        panels=(panel_of(levels, curves, (), _words(levels, logarithm), {}, best=best.p is not None),),
        readouts=readouts(),
        sentence=sentence(logarithm, best),
        toggles=SWITCHES if best.p is not None else SWITCHES[1:],
        tables=(_table(logarithm),) if logarithm.exists else (),
        story=story(logarithm, best),
    )


def _quantities(g: Expression, logarithm: Logarithm, best: Best) -> dict[str, Expression]:
    """G, ln g, their slopes, measured by the largest size of g, and each term with its slope."""
    slope, sum_slope = slope_within(g), slope_within(logarithm.sum, logarithm.slope)
    top = _largest(g, best) or (None if logarithm.exists else 1.0)
    # Without a measure there is nothing to draw: doubles hold the product nowhere, or nowhere apart from 0.
    measure = Expression.number(top) if top else Expression.number(0) / Expression.number(0)
    found = {
        "product": g,
        "share": g / measure,
        "share_slope": slope / measure,
        "sum": logarithm.sum,
        "sum_slope": sum_slope,
        "loss": -logarithm.sum,
        "loss_slope": -sum_slope,
    }
    if best.p is not None:
        found |= {"best": Expression.number(best.p).over(("p",)), "off": Expression.variable("p") - best.p}
    for k, term in enumerate(logarithm.terms, 1):
        found[f"term_{k}"] = term.logarithm
        found[f"pull_{k}"] = slope_within(term.logarithm)
    return found


def _largest(g: Expression, best: Best) -> float | None:
    """The largest size of g that can be written as a double, None where that is 0 or none."""
    places = LOOK if best.p is None else np.append(LOOK, best.p)
    sizes = np.abs(g(places))
    if np.isinf(sizes).any():
        return None
    top = float(np.nanmax(sizes, initial=0.0))
    return top if top > 0 and math.isfinite(1 / top) else None


def _share(tape: Tape) -> Span:
    """What the axis of g shows, in parts of its largest size: all of it, and the line of 0."""
    values = tape.run(LOOK)["share"]
    known = np.append(values[np.isfinite(values)], 0.0)
    low, high = float(known.min()), float(known.max())
    width = high - low or 1.0
    return low - 0.04 * width, high + 0.2 * width


def _span(tape: Tape) -> Span:
    """What the axis of ln g shows: the highest values, and some depth below them."""
    values = tape.run(LOOK)["sum"]
    known = values[np.isfinite(values)]
    if not len(known):
        return FLAT_SPAN
    high = float(known.max())
    low = max(float(known.min()), high - SHOWN * float(high - np.median(known)))
    room = 0.08 * (high - low) or max(1.0, 0.1 * abs(high))
    return low - room, high + 2 * room


def _words(levels: Sequence[Level], logarithm: Logarithm) -> tuple[marks.AnyMark, ...]:
    """What is said in place of a curve: of a first that doubles cannot hold, and of logarithms that are nowhere."""
    centred: Any = {"role": "guide", "anchor": "middle", "offset": (0, 0)}
    if not logarithm.exists:
        return tuple(
            marks.Label(axes=("x", axis), at=(0.5, sum(level.range) / 2), text=NO_PLACE, **centred)
            for level, axis in zip(levels[1:], AXES[1:], strict=True)
        )
    large, vanished = "larger than any double: nothing to draw", "0 in double precision: nothing to draw"
    found = [(large, (is_too_large("product"),)), (vanished, VANISHES)]
    return tuple(
        marks.Label(at=(0.5, 0.6), text=text, when=(*when, is_known("sum")), **centred)
        for text, when in found
    )


def _table(logarithm: Logarithm) -> Table:
    rows = [
        Row((_written(term.logarithm), f"{{term_{k}:g6}}", f"{{pull_{k}:g4}}"))
        for k, term in enumerate(logarithm.terms, 1)
    ]
    total = Row(("ln g, their sum", "{sum:g6}", "{sum_slope:g4}"))
    head = ("term", "value at p", "slope at p")
    return Table(name="terms", label="The terms of ln g, one by one", head=head, rows=(*rows, total))


def _written(term: Expression) -> str:
    """A term as text, in which no brace can be taken for a template's."""
    return term.text.replace("{", "(").replace("}", ")").replace("*", " · ").replace("-", "−")
