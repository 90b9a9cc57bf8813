"""The rules page as a learner meets it: the corner that vanishes, and parts chosen by mouse, finger and keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import LiveFigure


def pieces(page: Page) -> list[list[str]]:
    """The numbers of the rows in the rail: now, divided by Δx, and the limit."""
    rows = page.locator('[data-table="pieces"] tbody tr').all()
    return [row.locator("td").all_inner_texts()[1:] for row in rows]


def test_the_corner_vanishes_and_the_parts_are_walked_through(visit: Visit) -> None:
    figure = visit.figure("rules")
    page = figure.page
    expect(figure.sentence).to_have_text(
        "The area grew by 8: 3 + 3.75 in two strips and 1.25 in the corner. Drag Δx to 0: what becomes of the corner?"
    )
    assert pieces(page) == [["3", "3", "3"], ["3.75", "3.75", "3"], ["1.25", "1.25", "0"], ["8", "8", "6"]]
    corner = page.locator(".live-mark--area rect").last
    before = corner.bounding_box()
    with figure.dragging(figure.handle("h"), -12):
        h = figure.value("h")
        now, after = pieces(page), corner.bounding_box()
        # Live, while it is held: the corner is Δu·Δv, and its sides shrink with Δx.
        assert 0 < h < 1
        assert float(now[2][0]) == pytest.approx(h * (h + h * h / 4), rel=2e-3)
        assert before is not None
        assert after is not None
        assert after["width"] == pytest.approx(h * before["width"], abs=2)
    exact = page.get_by_role("textbox", name="Δx, exact value")
    exact.fill("0.1")
    exact.press("Enter")
    expect(page.locator('[data-table="pieces"] tbody tr').last.locator("td").nth(2)).to_have_text("6.178")
    figure.await_server()
    page.locator('.live-parts__formula [data-part="2.2.1.1"]').click()
    expect(page).to_have_url(re.compile("part=2.2.1.1"))
    expect(page.get_by_role("heading", level=1)).to_have_text("x itself: x")
    figure.await_value("h", lambda value: value == pytest.approx(0.1))
    formula = page.locator(".live-parts__formula")
    formula.focus()
    formula.press("ArrowUp")
    expect(page.get_by_role("heading", level=1)).to_have_text("Power 2: x^2")
    formula.press("ArrowUp")
    expect(page.get_by_role("heading", level=1)).to_have_text("Constant multiple: x^2/4")
    page.get_by_role("button", name="Next part (8 of 8)").click()
    above = figure.root.bounding_box() or {}
    page.get_by_role("button", name="The whole derivative").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Product: (1+x)*(2+x^2/4)")
    expect(page.locator(".live-parts__crumbs--whole")).to_contain_text("f′(x) =")
    assert (figure.root.bounding_box() or {})["y"] == above["y"], "the whole derivative moved the picture"
    expect(page.get_by_text("a second program found the same derivative")).to_be_visible()


def test_a_cold_link_to_a_part_on_a_phone(visit: Visit) -> None:
    figure = visit.figure("rules", screen=PHONE, theme="dark", f="sin(x^2) - x", x0=0, h=0.5, part="1")
    page = figure.page
    expect(figure.root.locator('[data-panel="rule"], .live-panel').first).to_be_visible()
    assert figure.value("h") == pytest.approx(0.5)
    exact = page.get_by_role("textbox", name="x₀, exact value")
    exact.fill("-0.25")
    exact.press("Enter")
    # From −0.25 to 0.25 the inside comes back to where it was: Δu = 0, and there is no quotient Δy/Δu.
    expect(page.locator(".live-mark--label text", has_text="Δu = 0: there is no Δy/Δu")).to_be_visible()
    page.get_by_role("button", name="the part x^2", exact=True).tap()
    expect(page).to_have_url(re.compile("part=1.1"))
    LiveFigure(page)
    assert not serious_faults(page)
    box = page.get_by_role("textbox", name="Your function of x")
    box.fill("sin(x^2) - sinn(x)")
    expect(page.get_by_text("Did you mean sin?")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Power 2: x^2")


def test_what_is_exported_of_a_part_says_so(visit: Visit) -> None:
    page = visit.figure("rules", f="x^2*sin(3x)", part="2", x0=0.7, h=0.3).page
    page.click("[data-tool=export]")
    with page.expect_download() as download:
        page.click("[data-export=svg]")
    drawing = download.value.path().read_text(encoding="utf-8")
    told = " ".join(re.findall(r">([^<]+)<", drawing))
    # sin 3 − sin 2.1 is the part's, not that of f.
    assert "sin(3x) · increment Δy −0.7221" in re.sub(r"\s+", " ", told)


def test_a_side_is_named_beside_its_rectangle_in_the_hand_too(visit: Visit) -> None:
    figure = visit.figure("rules", screen=PHONE, f="x^3*sqrt(x+2)*sin(x)", x0=1.7, h=-0.8)
    name = figure.root.locator(".live-mark--label text", has_text="w = 0.9917").bounding_box()
    areas = [area.bounding_box() for area in figure.root.locator(".live-mark--area rect").all()]
    assert name is not None
    assert name["x"] + name["width"] <= min(area["x"] for area in areas if area)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900)])
def test_on_a_wall_each_number_of_a_long_chain_stands_beside_its_own_line(
    visit: Visit, width: int, height: int
) -> None:
    figure = visit.figure("rules", viewport={"width": width, "height": height}, f="sin(e^(x/2))", present=1)
    page = figure.page
    expect(page.locator(".live-mark--label text", has_text="Δy/Δu₂").first).to_be_visible()
    # The four number lines, and by its letters where each label's middle stands between them (0 is on the first line).
    told = page.evaluate("""() => {
      const box = (node) => node.getBoundingClientRect();
      const panels = [...document.querySelectorAll(".live-panel")];
      const panel = panels.find((one) => one.textContent.includes("Δu₁/Δx"));
      const wide = (node) => box(node).width > box(panel).width / 2;
      const drawn = panel.querySelectorAll(".live-mark--horizontal line, .live-mark--horizontal path");
      const lines = [...drawn].filter(wide).map((one) => box(one).top);
      const [first, last] = [Math.min(...lines), Math.max(...lines)];
      const level = (y) => (y - first) / ((last - first) / (lines.length - 1));
      const labels = panel.querySelectorAll(".live-mark--label text");
      const texts = [...labels].filter((one) => box(one).width > 0);
      const middle = (one) => box(one).top + box(one).height / 2;
      return [lines.length, texts.map((one) => [one.textContent, level(middle(one))])];
    }""")
    lines, labels = told
    assert lines == 4
    order = ["x", "u₁", "u₂", "y"]
    stood = 0
    for text, level in labels:
        name = text.split(" = ")[0]
        if "/" in name:
            k = order.index(name.split("/")[0].removeprefix("Δ"))
            assert k - 1 < level < k, text
        elif name.removeprefix("Δ") in order:
            k = order.index(name.removeprefix("Δ"))
            assert (k - 1 < level < k) if name.startswith("Δ") else (k < level < k + 1), text
            stood += 1
    assert stood >= 4, labels


def test_on_a_wall_f_its_chosen_part_and_the_pieces_stand_beside_the_pictures(visit: Visit) -> None:
    figure = visit.figure("rules", f="x^2*sin(3x)+x", x0=1, h=0.5, part="1", present=1, stage=1)
    root, page = figure.root, figure.page
    formula, pieces = root.locator(".live-presentformula"), root.locator(".live-ledger td")
    expect(formula.locator('[data-role="f"]')).to_contain_text("sin")
    expect(pieces.first).to_be_visible()
    expect(pieces.nth(1)).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(pieces.nth(1)).to_be_visible()
    expect(root.locator(".live-derivation").get_by_text("v=sin")).to_be_visible()
