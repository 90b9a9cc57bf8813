"""What is drawn for each row of the learner's own data."""

from playwright.sync_api import Page

from explorer.expression import compile_tape, parse
from tests.browser.stage import bare

__all__ = ["bare"]


def test_of_many_dots_only_those_beside_a_moved_one_are_written(bare: Page) -> None:
    tape = compile_tape({"x": parse("x", ("x", "y")), "y": parse("y", ("x", "y"))}, ("x", "y")).to_json()
    script = """async (tape) => {
      const { rowsMark } = await import("/modules/marks/row_marks.js");
      const arrays = [0, 1].map((i) => Float64Array.from({ length: 250 }, (_, k) => k + i));
      const columns = { letters: ["x", "y"], arrays, count: 250, version: 1 };
      const same = (v) => v;
      const mapping = { x: same, y: same, left: 0, top: 0, width: 900, height: 900, xScale: 1, yScale: 1 };
      const { nodes, draw } = rowsMark({ shape: "dots", size: 6, tape }, { columns, reader: () => () => 0 });
      draw(mapping);
      const drawn = () => nodes.map((layer) => Array.from(layer.children, (path) => path.getAttribute("d")));
      const before = drawn();
      arrays[1][120] = 7;
      columns.version += 1;
      draw(mapping);
      const changed = drawn().map((layer, i) => layer.map((path, k) => path !== before[i][k]));
      columns.count = 90;
      columns.version += 1;
      draw(mapping);
      return [before[1].join("").split("M").length - 1, changed, drawn().map((layer) => layer.length)];
    }"""
    assert bare.evaluate(script, tape) == [250, [[False, True, False]] * 2, [1, 1]]
