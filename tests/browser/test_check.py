"""The check page as a learner meets it: lines are judged while they are typed, and a riddle is played by finger."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import PATIENCE


def test_a_line_is_judged_while_it_is_typed(visit: Visit) -> None:
    figure = visit.figure("check", f="x^2")
    page = figure.page
    box = page.get_by_role("textbox", name="Line 1")
    box.press_sequentially("dy/dx = 4x")
    expect(page.get_by_text("At x = 1 this line gives 4, the slope is 2.")).to_be_visible(timeout=PATIENCE)
    figure.await_value("x0", lambda value: value == pytest.approx(1))
    expect(figure.root.locator('[data-readout="line"]')).to_contain_text(re.compile(r"\b4$"))
    expect(page.get_by_role("textbox", name="Line 2")).to_be_visible()
    box.fill("y' = x + x")
    expect(page.get_by_text("This is the derivative.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("a second program found the same derivative")).to_be_visible(timeout=PATIENCE)
    assert "lines=" in page.url
    # In two letters the line is about ∂f/∂x or ∂f/∂y, and the slice follows the letter that is held.
    page.get_by_role("textbox", name="Your function of").fill("x^2 y^3")
    page.get_by_role("radio", name="∂f/∂y").click()
    box.fill("∂f/∂y = 2x*3y^2")
    expect(page.get_by_text("At x = 1, y = 1 this line gives 6, ∂f/∂y is 3.")).to_be_visible(timeout=PATIENCE)
    # The words come before the scene.
    expect(figure.root.locator('[data-readout="line"]')).to_contain_text(re.compile(r"\b6$"))
    slice_ = figure.root.locator(".live-mark--curve path").first
    before, said = slice_.get_attribute("d"), figure.sentence.inner_text()
    with figure.dragging(figure.control("x0"), 60):
        expect(figure.sentence).not_to_have_text(said)
        assert slice_.get_attribute("d") != before
    figure.await_server()
    page.get_by_role("button", name="What went wrong?").click()
    expect(page.get_by_role("link", name="See the rule of this part")).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("by=y.*why=1|why=1.*by=y"))
    assert not serious_faults(page)
    # Presented, the function and what was said of the line stand beside the figure, as large as its words.
    page.get_by_role("button", name="Present").click()
    said = page.get_by_text("At x = 1, y = 1 this line gives 6")
    words, drawn = said.bounding_box() or {}, figure.root.locator(".live-panel").bounding_box() or {}
    assert words["x"] >= 0
    assert words["x"] + words["width"] <= drawn["x"]
    assert float(said.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 24
    expect(page.locator(".st-key-presented .katex").first).to_be_visible()
    above = "node => { const b = node.getBoundingClientRect(); return document.elementFromPoint(b.x + 5, b.y + 5); }"
    assert said.evaluate(f"node => node.contains(({above})(node))"), "the figure covers it"


def test_a_riddle_is_played_by_finger(visit: Visit) -> None:
    figure = visit.figure("check", screen=PHONE, theme="dark", f="ln(x^2+1)", lines="1/(x^2+1)", riddle="1")
    page = figure.page
    expect(page.get_by_text("differs")).to_have_count(0)
    page.get_by_role("button").filter(has=page.locator(".katex")).tap()
    page.get_by_role("button", name="Because the slope 2x of the inside").tap()
    expect(page.get_by_text("Yes: the slope 2x of the inside")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    assert not serious_faults(page)


def test_presented_in_a_low_window_a_verdict_has_its_lines_and_its_button_beneath(visit: Visit) -> None:
    page = visit.figure("check", f="x^2*sin(5x)", lines="2x*cos(5x)", present="1").page
    said, asks = (
        page.get_by_text("At x = 1 this line gives"),
        page.get_by_role("button", name="What went wrong?"),
    )
    for width, height in ((1024, 500), (1024, 400), (844, 390)):
        page.set_viewport_size({"width": width, "height": height})
        expect(asks).to_be_in_viewport(ratio=1)
        words, button = said.bounding_box() or {}, asks.bounding_box() or {}
        assert words["y"] + words["height"] <= button["y"], "it is squeezed beside its button"
        assert words["width"] >= 280


def test_presented_no_answer_stands_beside_its_question_and_no_formula_is_cut(visit: Visit) -> None:
    long = "-5*sin(5x)*x;(2x*sin(3x)+3x^2*cos(3x)+x+4+e^x)/(x^2+sin(3x)+cos(5x)+1)"
    figure = visit.figure("check", f="cos(5x)*x", lines=long, why="1", present="1", stage="1")
    page, told = figure.page, figure.page.locator(".st-key-told")
    expect(told.locator(".katex").first).to_be_hidden()
    expect(told.locator("code").first).to_be_hidden()
    expect(page.get_by_text("At x = 0 this line gives 0")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(told.locator(".katex").first).to_be_visible()
    column = page.locator(".st-key-verdicts").bounding_box() or {}
    page.wait_for_function(
        """edge => [...document.querySelectorAll(".st-key-verdicts .katex .base")].every(
            (part) => part.getBoundingClientRect().right <= edge + 1)""",
        arg=column["x"] + column["width"],
    )
    # Where boxes are to be seen each holds its verdict.
    page.keyboard.press("Escape")
    box, mark = page.get_by_role("textbox", name="Line 1"), page.locator(".st-key-mark-0 p")
    expect(mark).to_have_text("✗")
    at, around = mark.bounding_box() or {}, box.bounding_box() or {}
    assert abs(at["y"] + at["height"] / 2 - around["y"] - around["height"] / 2) < 4
    assert around["x"] < at["x"] < around["x"] + around["width"]
