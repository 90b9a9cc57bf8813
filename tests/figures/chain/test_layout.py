"""Boxes apart, wires never behind a box, the flow in one direction: on random graphs of up to 60 nodes."""

import random
import re

import pytest

from explorer.autodiff import graph_of
from explorer.figures.chain.layout import Layout, Sizes, lay_out
from explorer.figures.chain.picture import graph_panel
from explorer.figures.chain.walk import Walk
from explorer.figures.chain.words import Named
from explorer.scene.graph_panel import GraphPicture
from tests.autodiff.growing import grown

SIZES = Sizes(along=120, across=70, layer_gap=56, gap=18, track=20, bend=24, apart=24)


def random_inputs(seed: int) -> list[tuple[int, ...]]:
    """A graph of one output: every node but the last is used."""
    draw = random.Random(seed)
    n, leaves = draw.randint(2, 60), draw.randint(1, 6)
    inputs: list[tuple[int, ...]] = [() for _ in range(min(leaves, n - 1))]
    unused = set(range(len(inputs)))
    while len(inputs) < n or len(unused) > 1:
        taken = tuple(draw.choice(range(len(inputs))) for _ in range(draw.randint(1, 3)))
        if len(inputs) >= n:
            taken = tuple(sorted(unused)[:3])
        unused -= set(taken)
        unused.add(len(inputs))
        inputs.append(taken)
    return inputs


def points(path: str) -> list[tuple[float, float]]:
    """Places along an SVG path of M, H, V and c, close enough to meet any box."""
    found: list[tuple[float, float]] = []
    for kind, numbers in re.findall(r"([MHVc])([^MHVc]+)", path):
        values = [float(one) for one in numbers.split()]
        if kind == "M":
            found.append((values[0], values[1]))
            continue
        start = found[-1]
        if kind == "c":
            ends = zip(values[::2], values[1::2], strict=True)
            corners = [start, *((start[0] + x, start[1] + y) for x, y in ends)]
        else:
            end = (values[0], start[1]) if kind == "H" else (start[0], values[0])
            corners = [start, start, end, end]
        for i in range(1, 41):
            t = i / 40
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            found.append(
                tuple(sum(w * c[axis] for w, c in zip(weights, corners, strict=True)) for axis in (0, 1))
            )
    return found


def overlaps(layout: Layout) -> list[tuple[int, int]]:
    return [
        (i, j)
        for i, a in enumerate(layout.boxes)
        for j, b in enumerate(layout.boxes[:i])
        if abs(a[0] - b[0]) < SIZES.along and abs(a[1] - b[1]) < SIZES.across
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_no_wire_is_behind_a_box_and_no_two_boxes_touch(turned: bool) -> None:
    for seed in range(40):
        inputs = random_inputs(seed)
        layout = lay_out(inputs, SIZES)
        assert not overlaps(layout)
        for wire in layout.wires:
            for point in points(wire.path(turned)):
                x, y = point[::-1] if turned else point
                for k, (along, across) in enumerate(layout.boxes):
                    inside = (
                        abs(x - along) < SIZES.along / 2 - 0.6 and abs(y - across) < SIZES.across / 2 - 0.6
                    )
                    assert not inside, (seed, wire.source, wire.target, k)


def test_values_flow_one_way_and_all_is_inside() -> None:
    for seed in range(40, 80):
        inputs = random_inputs(seed)
        layout = lay_out(inputs, SIZES)
        for k, below in enumerate(inputs):
            assert all(layout.boxes[source][0] < layout.boxes[k][0] for source in below)
        along, across = layout.extent
        assert all(60 <= x <= along - 60 + 1e-9 and 35 <= y <= across - 35 + 1e-9 for x, y in layout.boxes)
        assert len(layout.wires) == sum(map(len, inputs))
        ends = [(wire.target, wire.spots[-1]) for wire in layout.wires]
        assert len(set(ends)) == len(ends), "two wires arrive at one place"


def test_a_chain_is_a_straight_line_and_a_pair_lies_about_its_user() -> None:
    chain = lay_out([(), (0,), (1,), (2,)], SIZES)
    assert len({y for _, y in chain.boxes}) == 1
    assert chain.wires[0].path() == "M176 44H120"
    pair = lay_out([(), (), (0, 1)], SIZES)
    assert pair.boxes[2][1] == pytest.approx((pair.boxes[0][1] + pair.boxes[1][1]) / 2)
    assert [wire.path().count("c") for wire in pair.wires] == [1, 1]


def test_a_layout_is_the_same_every_time() -> None:
    inputs = random_inputs(7)
    assert lay_out(inputs, SIZES) == lay_out(inputs, SIZES)


LABEL = (52, 11)
"""What a label takes at most, px: see its room in the browser's half."""


ASIDE = 6
"""How far it stands from its wire and from the box where that arrives; in the browser's half too."""


def label_rooms(graph: GraphPicture, tall: bool) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of each wire's label, as the browser places them."""
    rooms, middles = [], {box.name: box.tall[0] for box in graph.boxes}
    for wire in graph.wires:
        x, y = points(wire.tall if tall else wire.wide)[0]
        left = x + ASIDE if tall and x >= middles[wire.target] else x - ASIDE - LABEL[0]
        rooms.append((left, y - ASIDE - LABEL[1], left + LABEL[0], y - ASIDE))
    return rooms


@pytest.mark.parametrize("tall", [False, True])
def test_no_number_lies_on_a_wire_or_a_box_or_another_number(tall: bool) -> None:
    """In graphs whose operations take two parts at most."""
    for seed in range(30):
        named = Named(graph_of(grown(seed, size=16, choices=False)))
        graph = graph_panel(Walk(named)).graph if named.drawn else None
        if graph is None:
            continue
        rooms = label_rooms(graph, tall)
        (width, height), paths = graph.box, [wire.tall if tall else wire.wide for wire in graph.wires]
        for i, (left, top, right, bottom) in enumerate(rooms):
            for path in paths:
                assert not any(left < x < right and top < y < bottom for x, y in points(path)), (seed, i)
            for x, y in (box.tall if tall else box.wide for box in graph.boxes):
                across = left - width / 2 < x < right + width / 2
                assert not (across and top - height / 2 < y < bottom + height / 2), (seed, i)
            for other in rooms[:i]:
                apart = left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]
                assert apart, (seed, i)
