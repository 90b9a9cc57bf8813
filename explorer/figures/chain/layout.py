"""Where the boxes and wires of a layered graph stand: layers along the flow, places across it.

The method is that of Sugiyama, Tagawa and Toda (1981): longest-path layers, a place kept free in every layer that a
wire passes, orders by barycentres, then places as near to their neighbours' as the order allows. Wires bend only at
the beginning of the gap between layers, and pass a layer in the place kept for them: none is ever behind a box, and
what is written beside the end of one has its room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Layout", "Sizes", "Wire", "lay_out"]

SWEEPS = 8
SETTLINGS = 6

Spot = tuple[float, float]


@dataclass(frozen=True)
class Sizes:
    """Pixels: a box's extent along the flow and across it, the gaps between layers and between neighbours of a layer.

    `track` is what a passing wire takes across the flow, `bend` what of a gap its wires bend in, and two
    wires arrive `apart` from each other, or nearer where a box has no room for that.
    """

    along: float
    across: float
    layer_gap: float
    gap: float
    track: float
    bend: float
    apart: float


@dataclass(frozen=True)
class Wire:
    """From a box to an input of another: where it leaves, has bent, passes layers (in and out) and arrives."""

    source: int
    target: int
    place: int
    spots: tuple[Spot, ...]

    def path(self, turned: bool = False) -> str:
        """An SVG path in whole pixels, along x or (turned) along y: straight through layers, bent between them.

        It begins where the wire arrives. What goes straight on through many layers is one piece, and a bend is told
        from where it begins.
        """
        spots = [(round(along), round(across)) for along, across in reversed(self.spots)]
        turns = [
            spot
            for before, spot, after in zip(spots, spots[1:], [*spots[2:], None], strict=False)
            if after is None or not before[1] == spot[1] == after[1]
        ]
        pieces = [f"M{_written(spots[0], turned)}"]
        for start, end in pairwise([spots[0], *turns]):
            if start[1] == end[1]:
                pieces.append(f"{'V' if turned else 'H'}{end[0]}")
            else:
                on, aside = end[0] - start[0], end[1] - start[1]
                bend = (on // 2, 0), (on // 2, aside), (on, aside)
                pieces.append("c" + " ".join(_written(spot, turned) for spot in bend))
        return "".join(pieces)


def _written(spot: tuple[int, int], turned: bool) -> str:
    a, b = reversed(spot) if turned else spot
    return f"{a} {b}"


@dataclass(frozen=True)
class Layout:
    """Middles of the boxes (along, across) by node, the wires, and the extent of the whole, which begins at 0."""

    boxes: tuple[Spot, ...]
    wires: tuple[Wire, ...]
    extent: Spot


@dataclass
class _Item:
    """A box, or the place of a source's wires in a layer that they pass (`node` None)."""

    source: int
    layer: int
    half: float
    node: int | None = None
    at: float = 0.0


def lay_out(inputs: Sequence[Sequence[int]], sizes: Sizes) -> Layout:
    """The layout of nodes given by the indices of their inputs, all earlier ones."""
    layers = _layers(inputs)
    rows, items = _rows(inputs, layers, sizes)
    _order(rows, inputs, items)
    _settle(rows, inputs, items)
    low = min(item.at - item.half for row in rows for item in row)
    for row in rows:
        for item in row:
            item.at -= low
    pitch = sizes.along + sizes.layer_gap
    boxes = tuple((layers[k] * pitch + sizes.along / 2, items[k, layers[k]].at) for k in range(len(inputs)))
    across = max(item.at + item.half for row in rows for item in row)
    wires = tuple(
        _wire(source, k, place, port, layers=layers, items=items, sizes=sizes)
        for k, below in enumerate(inputs)
        for place, (source, port) in enumerate(
            zip(below, _ports(below, layers[k], items, sizes), strict=True)
        )
    )
    return Layout(boxes, wires, ((len(rows) - 1) * pitch + sizes.along, across))


def _layers(inputs: Sequence[Sequence[int]]) -> list[int]:
    """Longest path from the leaves; a leaf stands just before the first box that uses it."""
    layers: list[int] = []
    for below in inputs:
        layers.append(1 + max((layers[k] for k in below), default=-1))
    for k, below in enumerate(inputs):
        users = [layers[user] for user, others in enumerate(inputs) if k in others]
        if not below and users:
            layers[k] = min(users) - 1
    return layers


def _rows(
    inputs: Sequence[Sequence[int]], layers: Sequence[int], sizes: Sizes
) -> tuple[list[list[_Item]], dict[tuple[int, int], _Item]]:
    """The items of each layer, and the same by (source, layer): all wires of a source pass a layer in one place."""
    rows: list[list[_Item]] = [[] for _ in range(max(layers) + 1)]
    items: dict[tuple[int, int], _Item] = {}

    def add(item: _Item) -> None:
        items[item.source, item.layer] = item
        rows[item.layer].append(item)

    for k in range(len(inputs)):
        add(_Item(k, layers[k], (sizes.across + sizes.gap) / 2, node=k))
    for k, below in enumerate(inputs):
        for source in below:
            for layer in range(layers[source] + 1, layers[k]):
                if (source, layer) not in items:
                    add(_Item(source, layer, sizes.track / 2))
    return rows, items


def _neighbours(
    inputs: Sequence[Sequence[int]], items: dict[tuple[int, int], _Item]
) -> tuple[dict[int, list[_Item]], dict[int, list[_Item]]]:
    """By the id of an item: those that it is joined to in the layer before, and in the layer after."""
    before: dict[int, list[_Item]] = {id(item): [] for item in items.values()}
    after: dict[int, list[_Item]] = {id(item): [] for item in items.values()}
    for item in items.values():
        passing = [] if item.node is None else [items[s, item.layer - 1] for s in inputs[item.node]]
        for other in passing if item.node is not None else [items[item.source, item.layer - 1]]:
            before[id(item)].append(other)
            after[id(other)].append(item)
    return before, after


def _order(
    rows: list[list[_Item]], inputs: Sequence[Sequence[int]], items: dict[tuple[int, int], _Item]
) -> None:
    """Barycentre sweeps forth and back; the order with the fewest crossings stays."""
    before, after = _neighbours(inputs, items)
    best, fewest = [list(row) for row in rows], _crossings(rows, before)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for row in rows if forth else rows[::-1]:
            _number(rows)
            joined = before if forth else after
            centre = {id(item): _mean([one.at for one in joined[id(item)]], item.at) for item in row}
            row.sort(key=lambda item: centre[id(item)])
        crossings = _crossings(rows, before)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    rows[:] = best


def _number(rows: list[list[_Item]]) -> None:
    """Places by order, as shares of the layer."""
    for row in rows:
        for i, item in enumerate(row):
            item.at = (i + 0.5) / len(row)


def _crossings(rows: list[list[_Item]], before: dict[int, list[_Item]]) -> int:
    count = 0
    for former, row in pairwise(rows):
        place = {id(item): i for i, item in enumerate(former)}
        ends = [(place[id(other)], j) for j, item in enumerate(row) for other in before[id(item)]]
        count += sum(a[0] < b[0] and a[1] > b[1] for a in ends for b in ends)
    return count


def _settle(
    rows: list[list[_Item]],
    inputs: Sequence[Sequence[int]],
    items: dict[tuple[int, int], _Item],
) -> None:
    """Each item as near to its neighbours as its layer's order and room allow, a few times forth and back."""
    before, after = _neighbours(inputs, items)
    for row in rows:
        for item in row:
            item.at = 0.0
        _spread(row, [0.0] * len(row))
    for turn in range(SETTLINGS):
        for row in rows if turn % 2 == 0 else rows[::-1]:
            joined = before if turn % 2 == 0 else after
            both = turn == SETTLINGS - 1
            wanted = [
                _mean([one.at for one in joined[id(item)] + (after[id(item)] if both else [])], item.at)
                for item in row
            ]
            _spread(row, wanted)


def _spread(row: list[_Item], wanted: Sequence[float]) -> None:
    """The places nearest to the wanted ones (least squares) at which no two items touch: pooled neighbours."""
    offsets, total = [], 0.0
    for i, item in enumerate(row):
        total += 0.0 if i == 0 else row[i - 1].half + item.half
        offsets.append(total)
    pools: list[tuple[float, int]] = []
    for target, offset in zip(wanted, offsets, strict=True):
        mean, count = target - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    places = [mean for mean, count in pools for _ in range(count)]
    for item, place, offset in zip(row, places, offsets, strict=True):
        item.at = place + offset


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _ports(
    below: Sequence[int], layer: int, items: dict[tuple[int, int], _Item], sizes: Sizes
) -> list[float]:
    """Where each input arrives, from the middle of the box, in the order in which they come."""
    ats = [items[source, layer - 1].at for source in below]
    order = sorted(range(len(below)), key=ats.__getitem__)
    apart = min(sizes.across / (len(below) + 1), sizes.apart)
    return [(order.index(place) - (len(below) - 1) / 2) * apart for place in range(len(below))]


def _wire(
    source: int,
    target: int,
    place: int,
    port: float,
    *,
    layers: Sequence[int],
    items: dict[tuple[int, int], _Item],
    sizes: Sizes,
) -> Wire:
    pitch = sizes.along + sizes.layer_gap
    passed = [items[source, layer].at for layer in range(layers[source] + 1, layers[target])]
    arrives = items[target, layers[target]].at + port
    spots = [(layers[source] * pitch + sizes.along, items[source, layers[source]].at)]
    for layer, at in enumerate([*passed, arrives], layers[source] + 1):
        start = layer * pitch
        spots += [(start - sizes.layer_gap + sizes.bend, at), (start, at), (start + sizes.along, at)]
    return Wire(source, target, place, tuple(spots[:-1]))
