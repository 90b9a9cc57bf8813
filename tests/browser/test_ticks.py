"""The numbers along axes far from 0: they are told apart, and none is cut."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.stage import bare

__all__ = ["bare"]

TOLD_APART = """async ([ranges, length]) => {
  const { toldApart, ticksOf } = await import("/modules/picture/ticks.js");
  const axes = Object.entries(ranges).map(([name, range]) => (
    [name, { _name: name, _length: length, range, type: "linear", showticklabels: true, title: { text: name[0] } }]));
  const { changes } = toldApart(Object.fromEntries(axes));
  return axes.map(([name, axis]) => ({
    vals: changes[`${name}.tickvals`] ?? null, said: changes[`${name}.title.text`] ?? "",
    texts: changes[`${name}.ticktext`] ?? ticksOf(axis).map(({ text }) => text),
  }));
}"""


@pytest.mark.parametrize(
    ("middle", "half"), [(1e8, 3e-3), (3e6, 0.05), (-123456.789, 1e-3), (98765432.1, 40.0), (1.5e12, 2.0)]
)
def test_numbers_that_begin_alike_are_told_apart_and_have_room(
    bare: Page, middle: float, half: float
) -> None:
    ranges = {name: [middle - half, middle + half] for name in ("xaxis", "yaxis")}
    for axis in bare.evaluate(TOLD_APART, [ranges, 400]):
        texts = axis["texts"]
        assert len(set(texts)) == len(texts) >= 3
        assert max(map(len, texts)) <= 8
        said = re.fullmatch(r"[xy] = ([−\d.]+)(?:·10([⁰¹²³⁴-⁹]+))? \+ …", axis["said"])
        assert said is not None
        mantissa, power = said.groups()
        exponent = int((power or "0").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))
        offset = Decimal(mantissa.replace("−", "-")).scaleb(exponent)
        parts = [Decimal(text.replace("−", "-")) for text in texts]
        # What is written and what is said beside it are together the place of the number.
        assert [float(offset + part) for part in parts] == pytest.approx(axis["vals"], rel=1e-15)


def test_numbers_with_room_are_written_out(bare: Page) -> None:
    ranges = {"xaxis": [100.001, 100.005], "yaxis": [-3.0, 2.0], "yaxis2": [0.0, 1e9]}
    told = bare.evaluate(TOLD_APART, [ranges, 400])
    assert [axis["said"] for axis in told] == [""] * 3
    assert told[0]["texts"][1] == "100.002"


def test_small_numbers_leave_room_for_the_title(bare: Page, visit: Visit) -> None:
    """In Plotly's picture and while it moves."""
    told = bare.evaluate(TOLD_APART, [{"yaxis": [-5e-5, 8e-5], "yaxis2": [-3e-5, 8e-4]}, 400])
    assert told[0]["texts"][-1] == "8·10⁻⁵"
    assert told[1]["texts"][-1] == "0.0008"
    assert max(len(text) for axis in told for text in axis["texts"]) <= 7
    page = visit.figure("regression", data="0,0.00002;1,0.000035;2,0.00003;3,0.00005;5,0.00009").page
    for panel in map(page.locator, ('[data-panel="data"]', '[data-panel="pad"]')):
        title, ticks = panel.locator(".ytitle"), panel.locator(".ytick text")
        expect(ticks.first).to_be_visible()
        box = title.bounding_box()
        numbers = [tick.bounding_box() for tick in ticks.all()]
        assert box is not None
        assert len(numbers) > 2
        level = [
            n for n in numbers if n and n["y"] < box["y"] + box["height"] and box["y"] < n["y"] + n["height"]
        ]
        assert all(number["x"] >= box["x"] + box["width"] for number in level)


def test_data_far_from_0_have_numbers_that_are_whole(visit: Visit) -> None:
    """Across and up, in Plotly's picture and while it moves."""
    rows = ";".join(f"{100000 + k / 1000:.3f},{3000000 + k * k % 7 / 100:.2f},{k % 2}" for k in range(1, 7))
    page = visit.figure("regression", tab="features", data=rows).page
    panel = page.locator('[data-panel="data"]')
    numbers = panel.locator(".xtick text")
    expect(panel.locator(".xtitle")).to_have_text("x₁ = 100000 + …")
    expect(panel.locator(".ytitle")).to_have_text("x₂ = 3000000 + …")
    assert numbers.all_text_contents() == [f"0.00{k}" for k in range(1, 7)]
    box = panel.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.6 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.35 * box["width"], box["y"] + 0.6 * box["height"], steps=3)
    moving = panel.locator(".live-still > g:not([clip-path]) text")
    expect(moving.filter(has_text="0.002")).to_be_visible()
    page.mouse.up()
    expect(moving).to_have_count(0)
    expect(numbers.first).to_have_text("0.001")
