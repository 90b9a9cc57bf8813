"""The chain page's picture: the graph of a formula as boxes and wires, and small pictures of it for the examples."""

from __future__ import annotations

import numpy as np

from explorer.autodiff import Graph
from explorer.conditions import is_known, is_too_large
from explorer.figures.chain.layout import Layout, Sizes, lay_out
from explorer.figures.chain.walk import Walk
from explorer.figures.chain.words import MOST_TOLD, NUDGE, Named, missing
from explorer.figures.thumbnail import HEIGHT, WIDTH, svg
from explorer.scene import theme
from explorer.scene.graph_panel import GraphBox, GraphPicture, GraphWire
from explorer.scene.scene import Case, Cases, Panel, Picture

__all__ = ["graph_panel", "small_picture"]

BOX = (124.0, 92.0)
WIDE = Sizes(along=BOX[0], across=BOX[1], layer_gap=84.0, gap=16.0, track=20.0, bend=26.0, apart=30.0)
TALL = Sizes(along=BOX[1], across=BOX[0], layer_gap=48.0, gap=14.0, track=20.0, bend=24.0, apart=16.0)


def graph_panel(walk: Walk) -> Panel:
    """The panel in both layouts."""
    named = walk.named
    place = {k: i for i, k in enumerate(named.drawn)}
    inputs = _inputs(named)
    wide, tall = lay_out(inputs, WIDE), lay_out(inputs, TALL)
    picture = GraphPicture(
        steps="step",
        output=f"n{named.drawn[-1]}" if walk.back else None,
        roles=("step_text" if walk.kind == "nudge" else "f_text", "slope_text"),
        box=BOX,
        wide=_rounded(wide.extent),
        tall=_rounded(tall.extent[::-1]),
        boxes=tuple(_box(walk, k, wide, tall, place[k]) for k in named.drawn),
        wires=_wires(walk, wide, tall),
    )
    return Panel(
        name="graph",
        label="The graph of the formula: boxes for what is computed, wires for what goes into them",
        figure=_still(walk, wide),
        kind="graph",
        graph=picture,
        height=430,
        height_narrow=452,
    )


def _inputs(named: Named) -> list[list[int]]:
    """By drawn node, the places among the drawn ones of what goes into it."""
    place = {k: i for i, k in enumerate(named.drawn)}
    return [[place[j] for j in named.graph.nodes[k].inputs if j in place] for k in named.drawn]


def _still(walk: Walk, layout: Layout) -> Picture:
    """Titles and straight wires, for when nothing can move."""
    xs: list[float] = []
    ys: list[float] = []
    for wire in layout.wires:
        ends = layout.boxes[wire.source], layout.boxes[wire.target]
        xs += [ends[0][0], ends[1][0], np.nan]
        ys += [-ends[0][1], -ends[1][1], np.nan]
    titles = {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _ in layout.boxes],
        "y": [-y for _, y in layout.boxes],
        "text": [walk.named.title(k) for k in walk.named.drawn],
    }
    wires = {
        "type": "scatter",
        "mode": "lines",
        "x": np.array(xs),
        "y": np.array(ys),
        "line": {"color": "$grid"},
    }
    hidden = {"visible": False}
    return Picture((wires, titles), theme.layout(xaxis=hidden, yaxis=hidden))


def _box(walk: Walk, k: int, wide: Layout, tall: Layout, i: int) -> GraphBox:
    named = walk.named
    lines: tuple[Cases, ...] = ((Case(f"{{v{k}:g4}}"),), _slope(walk, k))
    if walk.kind == "nudge":
        # What really happens, and what the slope says.
        lines = (_nudged(walk, k), _predicted(walk, k))
    return GraphBox(
        name=f"n{k}",
        title=named.title(k),
        wide=_rounded(wide.boxes[i]),
        tall=_rounded(tall.boxes[i][::-1]),
        since=(walk.value_at(k), walk.slope_at(k)),
        lines=lines,
        lost=_lost(walk, k),
        round=not named.graph.nodes[k].inputs,
        says=_told(walk, k),
    )


def _lost(walk: Walk, k: int) -> tuple[Case, ...]:
    """That a node's value is beyond the doubles, or one that goes into it."""
    return tuple(Case("too large", (missing(f"v{k}"), when)) for when in walk.named.overflowed(k))


def _nudged(walk: Walk, k: int) -> tuple[Case, ...]:
    """A node's value and what a nudge really adds to it, where it has a value there."""
    there, gone = f"{{v{k}:g4}}", (is_known(f"v{k}"), missing(f"n{k}"))
    none = (Case(there, (missing(f"v{k}"),)), Case(f"{there} → no value", gone))
    asked = walk.named.traced and walk.named.graph.nodes[k].inputs
    return (*(none if asked else ()), Case(f"{there} {{n{k}:t4}}"))


def _predicted(walk: Walk, k: int) -> tuple[Case, ...]:
    """What its slope makes of the nudge."""
    nothing = (Case("predicts nothing", (missing(f"p{k}"),)),) if walk.named.traced else ()
    return (*nothing, Case(f"predicted {{p{k}:t4}}"))


def _slope(walk: Walk, k: int) -> tuple[Case, ...]:
    """A node's slope for its box, or that doubles end before it."""
    slope = walk.slope(k)
    large = (Case(f"{slope} too large", (is_too_large(f"d{k}"),)),) if walk.named.traced else ()
    return (*large, Case(f"{slope} {{d{k}:g4}}"))


def _told(walk: Walk, k: int) -> tuple[Cases, ...]:
    """What is said of a node that is touched: as much as is known of it."""
    named = walk.named
    slope = walk.slope(k)
    value: tuple[Case, ...] = (Case(f"{named.names[k]} = {{v{k}:g4}}."),)
    if named.graph.nodes[k].inputs:
        large = f"{named.title(k)} is too large for a double."
        value = (
            *((Case(large, (is_too_large(f"v{k}"),)),) if named.traced else ()),
            *(Case(f"{one.text}.", one.when) for one in named.computing(k)),
        )
    sum_of = f"{walk.ways(k)} = " if walk.ways(k) else ""
    told = (*walk.lost(k), Case(f"{slope} = {sum_of}{{d{k}:g4}}."))
    if walk.kind == "nudge":
        nothing = Case(f"It changes by {{n{k}:g4}}; nothing is predicted.", (missing(f"p{k}"),))
        told = (
            *((*named.unmoved(k, walk.by), nothing) if named.traced and named.graph.nodes[k].inputs else ()),
            Case(
                f"It changes by {{n{k}:g4}}, its slope predicts {{d{k}:q4}} · {{{NUDGE}:q4}} = {{p{k}:g4}}."
            ),
        )
    ways = _ways_to_output(named.graph, k)
    ahead = f"{'One way' if ways == 1 else f'{ways} ways'} from here to f."
    return (value, told) if k == len(named.graph.nodes) - 1 else (value, told, ahead)


def _ways_to_output(graph: Graph, k: int) -> int:
    """How many ways lead from a node to the output."""
    ways = [0] * len(graph.nodes)
    ways[-1] = 1
    for j in reversed(range(k, len(graph.nodes) - 1)):
        ways[j] = sum(ways[user] for user, _ in graph.uses[j])
    return ways[k]


def _wires(walk: Walk, wide: Layout, tall: Layout) -> tuple[GraphWire, ...]:
    """Wires in the order of the layout; an input's place among the moving ones is not its place among all."""
    named, wires = walk.named, []
    told = len(named.operations) <= MOST_TOLD
    for across, along in zip(wide.wires, tall.wires, strict=True):
        source, user = named.drawn[across.source], named.drawn[across.target]
        moving = [place for place, j in enumerate(named.graph.nodes[user].inputs) if named.graph.moving[j]]
        place = moving[across.place]
        local = f"l{user}_{place}"
        # A wire's own slope may be too large where the value is not: that of 1/x near 0.
        large = (Case("too large", (is_too_large(local),)),) if told and named.is_number(user) else ()
        wires.append(
            GraphWire(
                source=f"n{source}",
                target=f"n{user}",
                wide=across.path(),
                tall=along.path(turned=True),
                since=walk.slope_at(source) if walk.back else walk.value_at(user),
                label=(*large, Case(f"{{{local}:g4}}")),
            )
        )
    return tuple(wires)


def _rounded(spot: tuple[float, ...]) -> tuple[float, float]:
    return round(spot[0]), round(spot[1])


def small_picture(named: Named) -> str:
    """The SVG of a graph, without words."""
    layout = lay_out(_inputs(named), WIDE)
    scale = min(WIDTH / layout.extent[0], HEIGHT / layout.extent[1]) * 0.94
    move = [(room - scale * size) / 2 for room, size in zip((WIDTH, HEIGHT), layout.extent, strict=True)]
    line = f'stroke="{theme.THUMBNAIL_LINE}" stroke-width="{1.6 / scale:.1f}"'
    wires = "".join(f'<path d="{wire.path()}" {line}/>' for wire in layout.wires)
    size = f'width="{BOX[0]:g}" height="{BOX[1]:g}" rx="16"'
    boxes = "".join(
        f'<rect x="{x - BOX[0] / 2:.1f}" y="{y - BOX[1] / 2:.1f}" {size} {line}/>' for x, y in layout.boxes
    )
    return svg(f'<g transform="translate({move[0]:.1f} {move[1]:.1f}) scale({scale:.4f})">{wires}{boxes}</g>')
