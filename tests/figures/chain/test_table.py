"""The chain page's table and wires where doubles end."""

import pytest

from explorer.figures.chain.scene import chain_scene, read_chain
from explorer.figures.letters import first_point
from tests.figures.played import said


@pytest.mark.parametrize(("text", "x", "wire"), [("1/x", 1e-200, True), ("e^(e^x)", 7.0, False)])
def test_where_doubles_end_a_wire_and_the_table_say_so(text: str, x: float, wire: bool) -> None:
    e = read_chain(text)
    scene = chain_scene(e, first_point(e))
    at = {"x": x, "step": scene.controls[0].max}
    assert (said(scene, scene.panels[0].graph.wires[0].label, at) == "too large") == wire
    (first, *_, f) = scene.tables[0].rows
    assert said(scene, first.cells[3], at) == "too large"
    assert (said(scene, f.cells[2], at) == "too large") == (not wire)
