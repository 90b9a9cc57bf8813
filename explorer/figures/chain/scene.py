"""The chain page's scene: the graph of a formula, values that flow forward and slopes that flow back, a node a step."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add

from explorer.autodiff import Graph, counts_of, graph_of
from explorer.caching import computed_once
from explorer.conditions import Condition, is_known
from explorer.expression import Expression, ExpressionError, compile_tape
from explorer.figures import equation
from explorer.figures.chain.picture import graph_panel, small_picture
from explorer.figures.chain.walk import Kind, Walk, exactly, since
from explorer.figures.chain.words import MOST_TOLD, NUDGE, NUDGED, TOTAL, Named, missing, opening
from explorer.figures.letters import Point, letter_control, read_letters
from explorer.scene.iteration_control import iteration_control
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Control, Readout, Row, Scene, Stage, Table
from explorer.scene.wire import identity_of

__all__ = [
    "MOST_BOXES",
    "boxes_of",
    "chain_scene",
    "graph_thumbnail",
    "read_chain",
    "sweep_csv",
]

MOST_BOXES = 60
SECONDS_PER_STEP = 0.9


def read_chain(text: str) -> Expression:
    """The expression of a text in one to six letters, with those as its variables. Raises ExpressionError."""
    e = read_letters(text)
    if not e.variables:
        raise ExpressionError(
            "Here nothing can move: a formula on this page has a letter, such as (3x+1)^2.", len(text)
        )
    boxes = boxes_of(e)
    if boxes > MOST_BOXES:
        raise ExpressionError(
            f"This formula makes {boxes} boxes, and the page draws {MOST_BOXES} at most.", len(text)
        )
    return e


def boxes_of(e: Expression, share: bool = True) -> int:
    """How many boxes a formula makes; without `share` those of the tree as typed, which can be many more."""
    return sum(graph_of(e, share).moving)


@computed_once(64)
def chain_scene(
    e: Expression, start: Point, share: bool = True, kind: Kind = "backward", by: str = ""
) -> Scene:
    """The scene of a formula in its letters, which start at `start`; without `share` the graph is the tree as typed.

    Forward and nudged, slopes are those by the letter `by` (the first one, where that is none of the formula's).
    """
    graph = graph_of(e, share)
    by = "" if kind == "backward" else by if by in graph.letters else graph.letters[0]
    walk = Walk(Named(graph), kind, by)
    identity = identity_of((e.text, start, share, kind, by, "chain"))
    point = dict(start)
    nudge = (_nudge_control(by),) if kind == "nudge" else ()
    names = (*graph.letters, *(control.name for control in nudge))
    return Scene(
        id=identity,
        page="chain",
        title=f"The chain rule in {e.text}",
        url={
            "f": e.text,
            "share": None if share else "0",
            "sweep": None if kind == "backward" else kind,
            "by": by or None,
        },
        controls=(
            iteration_control(walk.steps, SECONDS_PER_STEP * walk.steps, role="ink", unsaid_at={"step": 0.0}),
            *(letter_control(name, name, point[name]) for name in graph.letters),
            *nudge,
        ),
        tape=compile_tape(_outputs(walk), names),
        panels=(graph_panel(walk),),
        readouts=(_line(walk), *_counts(graph)),
        sentence=_sentence(walk),
        tables=(_table(walk),),
        story=_story(walk),
        formula=equation.of(e),
    )


def _outputs(walk: Walk) -> Mapping[str, Expression]:
    """Values v, slopes d, and local derivatives l, by the numbers of the nodes; nudged, changes n and predictions p."""
    named, graph = walk.named, walk.named.graph
    slopes = graph.adjoints if walk.back else graph.tangents(walk.by)
    outputs = {f"v{k}": graph.values[k] for k in named.drawn}
    outputs |= {f"d{k}": slopes[k] for k in named.drawn}
    outputs |= {f"l{k}_{place}": local for (k, place), local in graph.locals.items()}
    outputs |= named.overflows()
    if walk.back:
        for letter, places in named.repeated.items():
            outputs[TOTAL + letter] = reduce(add, (slopes[k] for k in places))
    if walk.kind == "nudge":
        nudge = Expression.variable(NUDGE)
        outputs[NUDGED] = Expression.variable(walk.by) + nudge
        nudged = {walk.by: outputs[NUDGED]}
        outputs |= {f"n{k}": graph.values[k].substitute(nudged) - graph.values[k] for k in named.drawn}
        outputs |= {f"p{k}": slopes[k] * nudge for k in named.drawn}
    return outputs


def _nudge_control(by: str) -> Control:
    return Control(
        name=NUDGE,
        label=f"Δ{by}",
        min=-1.0,
        max=1.0,
        value=0.1,
        step=0.01,
        decimals=3,
        role="step",
    )


def _line(walk: Walk) -> Readout:
    """The present node's line in numbers."""
    named = walk.named
    cases = [*with_paper(Case("⟨Press Step⟩", (exactly(0),)))]
    for k in named.operations:
        here = (exactly(walk.value_at(k)),)
        name = named.names[k]
        if walk.kind == "nudge":
            there = f"no value at {walk.by} + Δ{walk.by}"
            gone = (*here, is_known(f"v{k}"), missing(f"n{k}"))
            cases += [Case(f"{name} = {{v{k}:g4}}, {there}", gone)] if named.traced else []
            nothing = Case(f"Δ{name} = {{n{k}:g4}}, nothing predicted", (*here, missing(f"p{k}")))
            cases += [nothing] if named.traced else []
            cases.append(Case(f"Δ{name} = {{n{k}:g4}}, predicted {{p{k}:g4}}", here))
        elif walk.back:
            cases += [Case(one.text, (*here, *one.when)) for one in named.computed(k)]
        else:
            cases += _no_slope(walk, k)
            cases.append(Case(f"{walk.slope(k)} = {walk.ways(k)} = {{d{k}:g4}}", here))
    for k in walk.receivers:
        ways = f"{walk.ways(k)} = " if walk.ways(k) else ""
        cases += _no_slope(walk, k)
        total = f", {named.total(k)} together" if named.total(k) else ""
        cases.append(Case(f"{walk.slope(k)} = {ways}{{d{k}:g4}}{total}", (exactly(walk.slope_at(k)),)))
    return Readout(name="line", text=tuple(cases), size="medium", place="above")


def _no_slope(walk: Walk, k: int) -> tuple[Case, ...]:
    """A node's line where it has no slope: by the rules, or because doubles end."""
    if not walk.named.traced:
        return ()
    none = (exactly(walk.slope_at(k)), missing(f"d{k}"))
    lost = tuple(Case(one.text.removesuffix("."), (*none, *one.when)) for one in walk.lost(k))
    return (*lost, Case(f"{walk.slope(k)}: none by the rules", none))


def _counts(graph: Graph) -> tuple[Readout, ...]:
    counts = counts_of(graph)
    slopes = {1: "the slope", 2: "both slopes"}.get(counts.letters, f"all {counts.letters} slopes")
    rows = (
        ("backward", f"forward, then back once: {slopes}", counts.backward),
        ("forward", "forward mode, a sweep for each letter", counts.forward),
        ("differences", "differences, two values of f for each", counts.differences),
    )
    return tuple(
        Readout(name=name, label=label, text=f"{number} operations", size="small")
        for name, label, number in rows
    )


AHEAD = {
    "backward": "first values flow right, then slopes flow back.",
    "forward": "each value flows right, and with it its slope by {by}.",
    "nudge": "what does each box make of a small change of {by}, and what does its slope predict?",
}


def _sentence(walk: Walk) -> tuple[Case, ...]:
    named = walk.named
    cases = [*with_paper(Case(opening(named, AHEAD[walk.kind].format(by=walk.by)), (exactly(0),)))]
    for k in named.operations:
        here = exactly(walk.value_at(k))
        cases += [Case(one.text, (here, missing(f"v{k}"), *one.when)) for one in named.undefined(k)]
        if not walk.back:
            cases += [
                Case(one.text, (here, missing(f"d{k}"), *one.when))
                for one in (*walk.lost(k), *walk.slopeless(k))
            ]
        cases += [Case(one.text, (here, *one.when)) for one in _value_sentence(walk, k)]
    if walk.receivers and named.operations:
        nowhere = (*since(walk.forward + 1), missing(f"v{len(named.graph.nodes) - 1}"))
        for one, when in named.too_large():
            cases.append(
                Case(f"{one} is too large for a double here: no slope is computed.", (*nowhere, when))
            )
        cases.append(Case("f has no value here, and so no slopes.", nowhere))
    for k in walk.receivers:
        here = exactly(walk.slope_at(k))
        silent = (*walk.lost(k), *walk.slopeless(k))
        cases += [Case(one.text, (here, missing(f"d{k}"), *one.when)) for one in silent]
        total = named.total(k)
        together = f" All places of {named.graph.nodes[k].letter} together: {total}." if total else ""
        cases.append(Case(_slope_sentence(walk, k) + together, (here,)))
    return tuple(cases)


def _value_sentence(walk: Walk, k: int) -> tuple[Case, ...]:
    named, name = walk.named, walk.named.names[k]
    if walk.kind == "nudge":
        changes = (
            f"{name} really changes by {{n{k}:g4}}; its slope by {walk.by} predicts "
            f"{{d{k}:q4}} · {{{NUDGE}:q4}} = {{p{k}:g4}}."
        )
        return (*named.unmoved(k, walk.by), Case(changes))
    rises = "" if walk.back else f", and it rises {walk.ways(k)} = {{d{k}:g4}} times as fast as {walk.by}"
    return tuple(Case(f"{one.text}{rises}.", one.when) for one in named.computing(k))


def _slope_sentence(walk: Walk, k: int) -> str:
    named, uses = walk.named, walk.named.graph.uses[k]
    name = named.names[k]
    if not uses:
        return "f changes by 1 for each 1 of itself."
    if len(uses) > 1:
        return f"{name} is used {_times(len(uses))}, so its ways add: {walk.ways(k)} = {{d{k}:g4}}."
    ((user, place),) = uses
    goes = f"{name} goes into {named.names[user]} only"
    if len(named.operations) > MOST_TOLD:
        return f"{goes}: {walk.ways(k)} = {{d{k}:g4}}."
    return (
        f"{goes}: a small rise of {name} is multiplied by {{l{user}_{place}:g4}} there, "
        f"and by {{d{user}:g4}} on the way to f: {{d{k}:g4}} in all."
    )


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def _table(walk: Walk) -> Table:
    named = walk.named
    rows = []
    for k in named.drawn:
        value, slope = walk.value_at(k), walk.slope_at(k)
        operation = named.formula(k) if named.graph.nodes[k].inputs else "a letter"
        large = [(when,) for when in named.overflowed(k)] if named.traced else []
        lost = [one.when for one in walk.lost(k)]
        rows.append(
            Row(
                cells=(
                    named.names[k],
                    operation,
                    (*_ended(f"v{k}", value, large), Case(f"{{v{k}:g6}}", since(value))),
                    (*_ended(f"d{k}", slope, lost), Case(f"{{d{k}:g6}}", since(slope))),
                ),
                sets={"step": float(value or slope)},
                when=(exactly(value),) if value else (exactly(slope),),
            )
        )
    return Table(
        name="sweep",
        label="The sweep as a table",
        head=("node", "what it is", "value", "∂f by it" if walk.back else f"∂ by {walk.by}"),
        rows=tuple(rows),
    )


def _ended(quantity: str, step: int, lost: Sequence[tuple[Condition, ...]]) -> tuple[Case, ...]:
    """A cell where a number is missing because doubles end."""
    return tuple(Case("too large", (*since(step), missing(quantity), *when)) for when in lost)


def _story(walk: Walk) -> tuple[Stage, ...]:
    stages = [
        Stage("Which boxes does a letter pass on its way to f?", {"step": 0.0}),
        Stage("Values flow right.", {"step": float(walk.forward)}),
    ]
    if walk.back:
        stages += [
            Stage("Slopes flow back: each wire multiplies.", {"step": float(walk.forward + 1)}),
            Stage("One sweep back gives the slopes by all letters.", {"step": float(walk.steps)}),
        ]
    return tuple(stages)


def sweep_csv(e: Expression, point: Mapping[str, float], share: bool = True) -> str:
    """The whole backward sweep for a spreadsheet, with every digit; empty where there is no value."""
    named = Named(graph_of(e, share))
    values, slopes = named.graph.forward(point), named.graph.backward(point)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("node", "operation", "value", "derivative of f"))
    for k in named.drawn:
        operation = named.formula(k) if named.graph.nodes[k].inputs else ""
        numbers = ("" if math.isnan(one) else repr(float(one)) for one in (values[k], slopes[k]))
        writer.writerow((named.names[k], operation, *numbers))
    return text.getvalue()


@computed_once(64)
def graph_thumbnail(formula: str, variables: tuple[str, ...]) -> str:
    """The SVG of the graph of an example in some of the `variables`, without words."""
    del variables
    return small_picture(Named(graph_of(read_chain(formula))))
