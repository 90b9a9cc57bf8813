"""Small modules of the live figure by themselves: numbers, scales, sentences, and where Plotly puts a point."""

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from explorer.conditions import is_at
from explorer.expression import compile_tape, parse
from explorer.numeric import significant_text
from explorer.scene.plotly_script import plotly_script
from explorer.scene.scene import Case, MarkedValue
from explorer.scene.wire import to_wire
from tests.browser.stage import as_sent, bare
from tests.browser.stage_scenes import slope_scene
from tests.test_conditions import FAIL, HOLD, VALUES

__all__ = ["bare"]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (-0.75, "2", "−0.75"),
        (-0.001, "2", "−0.001"),
        (0.0000123, "2", "0.000012"),
        (-1.2e-16, "2", "0.00"),
        (0, "2", "0.00"),
        (9999999.7, "g4", "1·10⁷"),
        (9.99999e-7, "g4", "0.000001"),
        (3, "2", "3.00"),
        (2.5e9, "2", "2.5·10⁹"),
        (0.1 + 0.2, "g4", "0.3"),
        (2.001, "g4", "2.001"),
        (1e-6, "g4", "0.000001"),
        (-1.5e-8, "g4", "−1.5·10⁻⁸"),
        (123456.4, "g3", "123456"),
        (0.5, "s2", "+ 0.50"),
        (-0.5, "s2", "− 0.50"),
        (-2, "p1", "(−2.0)"),
        (2, "p1", "2.0"),
        (7.0, "i", "7"),
        ("NaN", "2", "undefined"),
        ("Infinity", "g4", "undefined"),
    ],
)
def test_numbers_are_written_as_in_a_textbook(bare: Page, value: Any, form: str, text: str) -> None:
    script = 'async ([v, f]) => (await import("/modules/words/numbers.js")).numberFormat(f)(Number(v))'
    assert bare.evaluate(script, [value, form]) == text


@pytest.mark.parametrize(
    ("intervals", "tolerance", "open_ends", "value", "wraps", "right", "said"),
    [
        ([[-2, -2]], 0.1, False, -1, 0, False, ": off by 1"),
        ([[-2, -2]], 0.1, False, -2.1, 0, True, ": near enough to −2"),
        ([[1.875, 1.875]], 0.1, False, 1.81, 0, True, ": near enough to 1.875"),
        ([[-2, -2], [2, 2]], 0.1, False, 2.0001, 0, True, ""),
        ([[-1, 0]], 0, True, -0.995, 0, True, ""),
        ([[-1, 0]], 0, True, -0.005, 0, True, ""),
        ([[-1, 0]], 0, True, -1, 0, False, ", which is just the edge"),
        ([[-1, 0]], 0, True, 0.5, 0, False, ": off by 0.5"),
        ([[-1, 0]], 0, False, 0, 0, True, ""),
        ([[350, 350], [170, 170]], 2.5, False, 5, 360, False, ": off by 15"),
        ([[359, 359]], 2.5, False, 1, 360, True, ": near enough to 359"),
    ],
)
def test_an_answer_is_judged_by_its_distance_to_the_right_ones(
    bare: Page,
    intervals: list[list[float]],
    tolerance: float,
    open_ends: bool,
    value: float,
    wraps: float,
    right: bool,
    said: str,
) -> None:
    script = """async ([challenge, value, wraps]) => (
      (await import("/modules/asking/judging.js")).judged(challenge, value, wraps))"""
    asked = {"intervals": intervals, "tolerance": tolerance, "open": open_ends}
    assert bare.evaluate(script, [asked, value, wraps]) == {"right": right, "said": said}


@pytest.mark.parametrize(
    ("intervals", "value", "wraps", "side"),
    [
        ([[2, 3]], 1, 0, 1),
        ([[2, 3]], 4, 0, -1),
        ([[-2, -1], [5, 6]], 1, 0, -1),
        ([[-2, -1], [5, 6]], 3, 0, 1),
        ([[350, 350]], 10, 360, -1),
        ([[10, 10]], 350, 360, 1),
    ],
)
def test_a_hint_points_to_the_nearest_right_answer(
    bare: Page, intervals: list[list[float]], value: float, wraps: float, side: int
) -> None:
    script = """async ([intervals, value, wraps]) => (
      (await import("/modules/asking/judging.js")).nearestTo(intervals, value, wraps).side)"""
    assert bare.evaluate(script, [intervals, value, wraps]) == side


@pytest.mark.parametrize(
    ("typed", "kept"), [(1e-12, 1e-6), (-3e-7, -1e-6), (0, 0), (1e-6, 1e-6), (0.5, 0.5), (9, 2)]
)
def test_what_is_typed_too_close_to_zero_is_the_closest_and_never_zero(
    bare: Page, typed: float, kept: float
) -> None:
    script = """async (typed) => (await import("/modules/controls/scales.js")).scaleOf(
      { scale: "symlog", min: -2, max: 2, smallest: 1e-6, step: 0.1, decimals: 2 }).keep(typed)"""
    assert bare.evaluate(script, typed) == kept


@pytest.mark.parametrize(
    ("value", "error", "form", "text"),
    [
        (0.5, 1e-16, "2", "0.50"),
        (0.5, 0.004, "2", "0.50"),
        (0.5321, 0.004, "4", "0.53"),
        (-0.5321, 0.04, "2", "−0.5"),
        (0.5, 0.4, "2", "0 ± 0.9"),
        (-88.9, 444, "2", "0 ± 500"),
        (1e8, 4e8, "2", "0 ± 5·10⁸"),
        (12345.678, 40, "2", "1.23·10⁴"),
        (1.23456, 1e-3, "g5", "1.23"),
        (1.23456, 1e-9, "g5", "1.2346"),
        (1.1e-17, 2e-16, "g4", "0"),
        (1.1e-11, 2e-11, "g4", "0 ± 3·10⁻¹¹"),
        (0, 1e-16, "g4", "0"),
        (0, 110, "g4", "0 ± 100"),
        (0, 3e-3, "2", "0.00"),
        (0.001, 0.0004, "2", "0.001"),
        (1.23456, 0.02, "s3", "+ 1.2"),
        (-1.23456, 0.02, "t4", "− 1.2"),
        (-1.23456, 0.02, "p4", "(−1.2)"),
        (3.3e9, 0, "2", "3.3·10⁹"),
        (3.3333e9, 1e5, "2", "3.333·10⁹"),
    ],
)
def test_only_digits_that_are_sure_are_written(
    bare: Page, value: float, error: float, form: str, text: str
) -> None:
    script = 'async ([v, e, f]) => (await import("/modules/words/numbers.js")).numberFormat(f)(v, e)'
    assert bare.evaluate(script, [value, error, form]) == text


def test_python_writes_the_same_numbers(bare: Page) -> None:
    random = np.random.default_rng(7)
    sizes = 10.0 ** np.concatenate([random.uniform(-12, 12, 3000), random.uniform(-320, 308, 500)])
    numbers = [(float(x), 1 + k % 15) for k, x in enumerate(sizes * random.choice([-1.0, 1.0], sizes.size))]
    halves = [(0.5 * k * 10.0**power, 1 + k % 4) for k in range(1, 60) for power in range(-9, 9)]
    numbers += [*halves, (0.0, 4), (-0.0, 2), (math.nan, 3), (math.inf, 3), (9999999.5, 7), (9.9999995e-7, 7)]
    script = """async (numbers) => {
      const { numberFormat } = await import("/modules/words/numbers.js");
      return numbers.map(([value, digits]) => numberFormat(`g${digits}`)(Number(value)));
    }"""
    sent = [(repr(value).replace("inf", "Infinity"), digits) for value, digits in numbers]
    assert bare.evaluate(script, sent) == [significant_text(value, digits) for value, digits in numbers]


@pytest.mark.parametrize(
    ("marks", "texts"),
    [
        ([("0.1", 100), ("1", 200), ("10", 300)], ["0.1", "1", "10"]),
        ([("0.5", 100), ("bound 1.00", 120), ("2", 300)], ["", "bound 1.00", "2"]),
        ([("1", 100), ("2", 104), ("3", 190), ("", 250)], ["1", "", "3", ""]),
        ([("−1.73", 100, "minimum"), ("0", 112, "flat")], ["★", "✕"]),
        ([("1.77", 100, "zero"), ("1.81", 103, "inflection"), ("1.9", 115, "inflection")], ["○", "", "◇"]),
        ([("0", 100, "inflection"), ("", 104, "break"), ("1", 109, "maximum")], ["", "┊", ""]),
        ([("11111", 100), ("22222", 128), ("33333", 156)], ["11111", "•", "33333"]),
    ],
)
def test_a_caption_stands_where_it_has_room_whatever_the_others_do(
    bare: Page, marks: list[tuple[Any, ...]], texts: list[str]
) -> None:
    script = """async ([marks, places]) => (
      (await import("/modules/controls/captions.js")).captionsOf(marks, places, false))"""
    said = [{"label": label, "symbol": "".join(symbol)} for label, _, *symbol in marks]
    assert bare.evaluate(script, [said, [mark[1] for mark in marks]]) == texts


def test_a_low_picture_on_a_wall_has_no_more_numbers_than_room(bare: Page) -> None:
    script = """async () => { const { enlarged } = await import("/modules/picture/still.js");
      return [144, 400].map((height) => enlarged({ margin: { t: 8, b: 36 }, yaxis: {} }, height).yaxis.nticks); }"""
    assert bare.evaluate(script) == [3, 9]


@pytest.mark.parametrize(
    ("control", "value", "text"),
    [({"scale": "linear", "decimals": 2}, -1000000001.5, "−1000000001.50"), ({"scale": "symlog"}, 1, "1.00"),
     ({"scale": "symlog"}, 0.1, "0.100"), ({"scale": "symlog"}, 0.12345, "0.12345")],
)  # fmt: skip
def test_a_place_and_an_increment_are_told_whole(bare: Page, control: Any, value: float, text: str) -> None:
    script = 'async ([c, v]) => (await import("/modules/words/numbers.js")).controlFormat(c)(v)'
    assert bare.evaluate(script, [control, value]) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [("−0,5", -0.5), (" 1/3 ", 1 / 3), ("1e-6", 1e-6), ("−1.5·10^-8", -1.5e-8), (".25", 0.25), ("two", None),
     ("1/0", None), ("", None), ("alert(1)", None), ("1e999", None), ("6:3", 2.0), ("1:4", 0.25),
     ("1,5/2,5", 0.6), ("0,125", 0.125), ("1234,567", 1234.567), ("1,0000", 1.0), ("1,000", None),
     ("2·12,345", None), ("−０，５", -0.5), ("１，０００", None), ("2，5", 2.5),
     ("1,000,000", None), ("1,000.5", None)],
)  # fmt: skip
def test_typed_numbers_are_read(bare: Page, text: str, value: float | None) -> None:
    script = """async (text) => {
      const value = (await import("/modules/words/numbers.js")).readNumber(text);
      return Number.isNaN(value) ? null : value;
    }"""
    assert bare.evaluate(script, text) == (value if value is None else pytest.approx(value, rel=1e-15))


@pytest.mark.parametrize(
    "text",
    ["pi/2", "π/2", "-pi/2", "2pi", "3π/4", "sqrt(2)", "√2", "sqrt(2)/2", "−√(3)/2", "1/sqrt(2)", "e", "2e", "e^2",
     "1/e", "π√2", "1/2pi", "2^-1", "-2^2", "2(3+4)",
     "1 - sqrt(5)/2", "10⁻²", "2·10⁻³", "-(1+2)·3", "2/-4", "1+2·3", "2^3^2", "1/2·10^3", "2·10^1.5",
     "2^3·10^2", "２．５", "−１／２", "２＋３", "𝟐", "𝜋/2", "1⁄2", "1÷2", "2**3", "[1+2]·3", "5—2", "3⋅4", "－３",
     "２π", "½", "-½", "2½", "1/2½", "½·3", "½²", "√½", "\u200b-\u2060½", "2ℯ"],
)  # fmt: skip
def test_typed_arithmetic_is_read_as_in_a_formula(bare: Page, text: str) -> None:
    script = 'async (text) => (await import("/modules/words/numbers.js")).readNumber(text)'
    assert bare.evaluate(script, text) == pytest.approx(float(parse(text)(0.0)), rel=1e-15)


@pytest.mark.parametrize(
    "text",
    ["abc", "pie", "2 3", "sqrt", "sqrt(", "(1", "1)", "1+", "/2", "sqrt(-1)", "1..2", "x", "()", "e" * 61],
)
def test_what_is_no_number_is_refused(bare: Page, text: str) -> None:
    script = 'async (text) => Number.isNaN((await import("/modules/words/numbers.js")).readNumber(text))'
    assert bare.evaluate(script, text)


def test_marks_are_read_by_readers_that_are_made_once(bare: Page) -> None:
    (control,) = slope_scene().controls
    moving = MarkedValue("foot", "at {foot}", "zero")
    made, places, words = bare.evaluate(
        """async (scene) => {
          const { LiveState } = await import("/modules/figure/state.js");
          const { Snapping } = await import("/modules/controls/snapping.js");
          const changed = () => state.quantities.evaluate(state.values);
          const state = new LiveState(scene, { changed, released: () => {}, idle: () => {} });
          const snapping = new Snapping(state);
          let made = 0;
          const plain = state.quantities.reader.bind(state.quantities);
          state.quantities.reader = (quantity) => { made += 1; return plain(quantity); };
          const [places, words] = [[], []];
          for (const x0 of [-0.5, 0.25, 2]) {
            state.set("x0", x0);
            places.push(snapping.near("x0", (value) => Math.abs(value - x0 - 1)));
            words.push(state.marksOf("x0").find((mark) => mark.symbol === "zero").label);
          }
          return [made, places, words];
        }""",
        as_sent(slope_scene(controls=(replace(control, marks=(moving,)),))),
    )
    assert places == [0.5, 1.25, 3]
    assert words == ["at 0.5", "at 1.25", "at 3"]
    assert made == 2 * 1  # one mark: its value, and the hole in its label


def test_a_power_of_ten_as_the_box_writes_it_is_read_exactly(bare: Page) -> None:
    script = """async () => {
      const { numberFormat, readNumber } = await import("/modules/words/numbers.js");
      const wrong = [];
      for (let k = -20; k <= 20; k += 1) {
        const [value, text] = [Number(`1e${k}`), numberFormat("g3")(Number(`1e${k}`))];
        if (readNumber(text) !== value || readNumber(`10^${k}`) !== value) wrong.push(text);
      }
      return wrong;
    }"""
    assert bare.evaluate(script) == []


SCALES = [
    {"scale": "linear", "min": -3, "max": 5, "decimals": 2, "step": 0.1, "quantum": None},
    {"scale": "log", "min": 1e-4, "max": 10, "decimals": 2, "step": 0.1},
    {"scale": "symlog", "min": -2, "max": 2, "smallest": 1e-6, "decimals": 2, "step": 0.1},
]


@pytest.mark.parametrize("control", SCALES, ids=lambda control: control["scale"])
def test_a_track_goes_through_every_value_in_order(bare: Page, control: dict[str, Any]) -> None:
    values, shares = bare.evaluate(
        """async (control) => {
          const scale = (await import("/modules/controls/scales.js")).scaleOf(control);
          const values = Array.from({ length: 401 }, (_, i) => scale.toValue(i / 400));
          return [values, values.map((value) => scale.toShare(value))];
        }""",
        control,
    )
    assert values[0] == control["min"]
    assert values[-1] == control["max"]
    assert values == sorted(values)
    # Rounding to three digits is at most 0.5 % of a value, which on a track of four decades is 1/1800.
    assert all(abs(share - i / 400) < 0.02 for i, share in enumerate(shares))
    if control["scale"] == "symlog":
        assert values[200] == 0
        assert min(v for v in values if v > 0) == pytest.approx(1e-6, rel=0.2)


def test_arrow_keys_cross_zero_on_a_symmetric_track(bare: Page) -> None:
    passed = bare.evaluate(
        """async (control) => {
          const scale = (await import("/modules/controls/scales.js")).scaleOf(control);
          const passed = [2e-6];
          while (passed.at(-1) > -2e-6 && passed.length < 60) passed.push(scale.move(passed.at(-1), -1));
          return passed;
        }""",
        SCALES[2],
    )
    assert 0 in passed
    assert passed == sorted(passed, reverse=True)
    assert passed[-1] < 0


def test_conditions_hold_as_they_do_in_python(bare: Page) -> None:
    near = is_at("half", 0.5 + 1e-9)
    sent = to_wire(Case("", (*HOLD, *FAIL, near, near)))["when"]
    widths = [0] * (len(sent) - 1) + [4]
    asked = [[VALUES.get(one[0], one[0]), one, width] for one, width in zip(sent, widths, strict=True)]
    script = """async (asked) => {
      const { meets } = await import("/modules/tape/conditions.js");
      return asked.map(([value, condition, width]) => meets(value, condition, width));
    }"""
    assert bare.evaluate(script, asked) == [True] * len(HOLD) + [False] * len(FAIL) + [False, True]


def test_what_is_computed_is_exactly_0_or_is_not_and_sure_where_rounding_is_the_smaller_part(
    bare: Page,
) -> None:
    script = """async ([tape, condition, values]) => {
      const { Quantities } = await import("/modules/figure/quantities.js");
      const quantities = new Quantities(tape, [{ name: "x", min: -5, max: 5, scale: "linear", decimals: 1 }]);
      const holds = quantities.test([condition]);
      return values.map((value) => { quantities.evaluate(new Map([["x", value]])); return holds(); });
    }"""
    tape = compile_tape({"f": parse("(1 + x) - 1", ("x",))}, ("x",)).to_json()
    places = [0, 1e-20, 2e-16, 1e-10, 1e-3, 1]
    for condition, holds in (
        (["f", 0, 0, "closed"], [True, True, False, False, False, False]),
        (["f", None, 0, "unsure"], [False, True, True, False, False, False]),
        (["f", None, 0, "sure"], [True, False, False, True, True, True]),
        (["f", None, 1e-12, "sure"], [True, True, True, True, True, True]),
    ):
        assert bare.evaluate(script, [tape, condition, places]) == holds, condition


PLOT = {
    "data": [
        {"type": "scatter", "mode": "markers", "x": [1, 2, 4], "y": [10, 100, 1000]},
        {"type": "scatter", "mode": "markers", "x": [1, 2, 3.5], "y": [-1, 0.5, 1], "yaxis": "y2"},
    ],
    "layout": {
        "width": 700, "height": 500, "margin": {"l": 61, "t": 17, "r": 9, "b": 33},
        "xaxis": {"range": [0, 5]},
        "yaxis": {"type": "log", "range": [0, 4], "domain": [0.5, 1]},
        "yaxis2": {"range": [2, -2], "domain": [0, 0.4]},
    },
}  # fmt: skip


@pytest.mark.parametrize("zoom", [{}, {"xaxis.range": [0.5, 4.2], "yaxis2.range": [-1.5, 1.25]}])
def test_the_mapping_is_where_plotly_draws(bare: Page, zoom: dict[str, Any]) -> None:
    bare.add_script_tag(content=plotly_script()[0].decode())
    found = bare.evaluate(
        """async ([plot, zoom]) => {
          const { Mapping, readMapping, axisRanges } = await import("/modules/document/adapter.js");
          const graph = document.getElementById("here");
          await Plotly.newPlot(graph, plot.data, plot.layout, { staticPlot: true });
          await Plotly.relayout(graph, zoom);
          const origin = graph.getBoundingClientRect();
          const result = [];
          plot.data.forEach((trace, index) => {
            const mapping = new Mapping();
            if (!readMapping(graph, ["x", trace.yaxis || "y"], mapping)) throw new Error("not drawn");
            const points = graph.querySelectorAll(`.xy${index ? 2 : ""} .points path`);
            trace.x.forEach((x, i) => {
              const box = points[i].getBoundingClientRect();
              const drawn = [box.left + box.width / 2 - origin.left, box.top + box.height / 2 - origin.top];
              const mapped = [mapping.x(x), mapping.y(trace.y[i])];
              result.push([drawn, mapped, [x, trace.y[i]], [mapping.xValue(mapped[0]), mapping.yValue(mapped[1])]]);
            });
          });
          return [result, axisRanges(graph)];
        }""",
        [PLOT, zoom],
    )
    places, ranges = found
    for drawn, mapped, values, back in places:
        assert mapped == pytest.approx(drawn, abs=0.6)
        assert back == pytest.approx(values, rel=1e-9)
    assert ranges["xaxis"] == zoom.get("xaxis.range", [0, 5])


def test_typed_arrays_arrive_whole(bare: Page) -> None:
    import numpy as np

    from explorer.scene.wire import typed_array

    values = np.array([0.1, -2.5, np.nan, 1e300])
    script = 'async (a) => Array.from((await import("/modules/document/adapter.js")).decodeArray(a), String)'
    sent = json.loads(json.dumps(typed_array(values), allow_nan=False))
    assert bare.evaluate(script, sent) == ["0.1", "-2.5", "NaN", "1e+300"]


def test_mathml_from_elsewhere_is_refused(bare: Page) -> None:
    script = 'async (text) => (await import("/modules/document/dom.js")).mathElement(text).outerHTML'
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
    assert "<mi>x</mi>" in bare.evaluate(script, math)
    hostile = math.replace("<mi>x</mi>", '<mi><script xmlns="http://www.w3.org/1999/xhtml">1</script></mi>')
    assert bare.evaluate(script, hostile) == "<span></span>"
    assert bare.evaluate(script, "<svg xmlns='http://www.w3.org/2000/svg'/>") == "<span></span>"


def test_the_address_forgets_what_only_a_former_scene_said(bare: Page) -> None:
    """The number of steps belongs to a descent: the secant after it says nothing of it."""
    script = """async () => {
        const { stateParameters } = await import("/modules/showing/address.js");
        const of = (url) => ({ scene: { controls: [], toggles: [], url }, leads: new Map(), leadsFrom: {} });
        const descent = stateParameters(of({ f: "x^2", steps: "40" }), "?embed=true");
        return [descent, stateParameters(of({ f: "x^3" }), descent)].map(String);
    }"""
    assert bare.evaluate(script) == ["embed=true&f=x%5E2&steps=40", "embed=true&f=x%5E3"]
