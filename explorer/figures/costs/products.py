"""The scene of a product that is typed: multiplied out, as a sum of logarithms, and as a loss."""

from __future__ import annotations

import math

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import is_known
from explorer.expression import Expression, Tape, compile_tape
from explorer.figures.costs.products_words import OVERFLOWS, VANISHES, readouts, sentence, story
from explorer.figures.costs.three_curves import SWITCHES, Level, control_of, panel_of
from explorer.numeric.logarithm import Best, Logarithm, best_within, logarithm_of
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
        Level("g(p), multiplied out", "share", "share_slope", (-0.04, 1.2), {"showticklabels": False}),
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
        panels=(panel_of(levels, curves, (), _words(), {}, best=best.p is not None),),
        readouts=readouts(),
        sentence=sentence(best),
        toggles=SWITCHES if best.p is not None else SWITCHES[1:],
        tables=(_table(logarithm),),
        story=story(best),
    )


def _quantities(g: Expression, logarithm: Logarithm, best: Best) -> dict[str, Expression]:
    """G, ln g, their slopes, measured by the greatest g, and each term with its slope."""
    slope = g.derivative("p")
    top = _greatest(g, best)
    # Without a measure there is nothing to draw: the product is 0 or too large wherever it is looked at.
    measure = Expression.number(top) if top else Expression.number(0) / Expression.number(0)
    found = {
        "product": g,
        "share": g / measure,
        "share_slope": slope / measure,
        "sum": logarithm.sum,
        "sum_slope": logarithm.slope,
        "loss": -logarithm.sum,
        "loss_slope": -logarithm.slope,
    }
    if best.p is not None:
        found |= {"best": Expression.number(best.p).over(("p",)), "off": Expression.variable("p") - best.p}
    for k, term in enumerate(logarithm.terms, 1):
        found[f"term_{k}"] = term.logarithm
        found[f"pull_{k}"] = term.logarithm.derivative("p")
    return found


def _greatest(g: Expression, best: Best) -> float | None:
    """The greatest g that can be written as a double, None where that is 0 or none."""
    places = LOOK if best.p is None else np.append(LOOK, best.p)
    values = g(places)
    if np.isinf(values).any():
        return None
    top = float(np.nanmax(values, initial=0.0))
    return top if top > 0 and math.isfinite(1 / top) else None


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


def _words() -> tuple[marks.AnyMark, ...]:
    """What is said in place of a first curve that doubles cannot hold."""
    return tuple(
        marks.Label(at=(0.5, 0.6), text=text, role="guide", anchor="middle", offset=(0, 0), when=when)
        for text, when in (
            ("larger than any double: nothing to draw", (*OVERFLOWS, is_known("sum"))),
            ("0 in double precision: nothing to draw", (*VANISHES, is_known("sum"))),
        )
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
