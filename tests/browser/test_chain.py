"""The chain page as a learner walks it: nothing is known before its step, and then everything moves with the letter."""

import math
import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import LiveFigure, rectangle


def lines(figure: LiveFigure, box: str) -> list[str]:
    """What stands in a box: its title, its value, its slope."""
    title, value, *slope = figure.root.locator(f'[data-box="{box}"] text').all_text_contents()
    return [title, value, "".join(slope)]


def test_a_sweep_is_stepped_and_follows_the_letter(visit: Visit) -> None:
    figure = visit.figure("chain")
    page, line = figure.page, figure.readout("line")
    expect(figure.sentence).to_have_text(
        "Three boxes from x to f: times 3, plus 1, squared. "
        "Press Step: first values flow right, then slopes flow back."
    )
    assert lines(figure, "n1") == ["x", "1", ""]
    assert lines(figure, "n6") == ["f = v₂²", "", ""], "not computed yet is empty"
    step = figure.root.get_by_role("button", name="Step", exact=True)
    for said in ("v₁ = 3 · 1 = 3", "v₂ = 3 + 1 = 4", "f = 4² = 16", "∂f/∂v₂ = 1 · 8 = 8"):
        step.click()
        expect(line).to_have_text(said)
    assert lines(figure, "n6") == ["f = v₂²", "16", "∂f/∂f 1"]
    assert lines(figure, "n1") == ["x", "1", ""]
    figure.root.get_by_role("button", name="Step back").click()
    expect(line).to_have_text("f = 4² = 16")
    assert lines(figure, "n4")[2] == ""
    play = figure.root.get_by_role("button", name="Play")
    for _ in range(3):
        figure.root.get_by_role("button", name="Step back").click()
    expect(line).to_have_text("Press Step")
    play.click()
    figure.await_value("step", lambda value: value >= 3)
    figure.root.get_by_role("button", name="Pause").click()
    for _ in range(2):
        figure.root.get_by_role("button", name="Step back").click()
    stood = figure.value("step")
    seen: list[float] = []
    play.click()
    figure.await_value("step", lambda value: seen.append(value) or value > stood)
    assert stood <= seen[-1] < stood + 2, "it plays from where it stands, not from where it paused"
    figure.await_value("step", lambda value: value == 6)
    expect(play).to_be_visible()
    figure.await_server()
    expect(line).to_have_text("∂f/∂x = 8 · 3 = 24")
    before = figure.sent
    with figure.dragging(figure.control("x"), 40):
        expect(line).not_to_have_text("∂f/∂x = 8 · 3 = 24")
        x = figure.value("x")
        assert lines(figure, "n1")[2] == f"∂f/∂x {6 * (3 * x + 1):.4g}".replace("-", "−")
        assert figure.sent == before, "nothing is sent while it is held"
    figure.await_condition(lambda: figure.sent == before + 1, "one message")
    expect(page).to_have_url(re.compile(r"step=6"))
    assert not serious_faults(page)


def test_shared_ways_add_and_a_touched_box_says_its_line_on_a_phone(visit: Visit) -> None:
    figure = visit.figure("chain", screen=PHONE, theme="dark", f="(x^2 + x) * x^2", x=2, step=6)
    expect(figure.readout("line")).to_have_text("∂f/∂x = 10 · 4 + 4 · 1 = 44")
    expect(figure.sentence).to_contain_text("x is used twice, so its ways add")
    boxes = figure.root.locator("[data-box]")
    places = [box.bounding_box() for box in boxes.all()]
    tops = [place["y"] for place in places if place]
    assert tops == sorted(tops), "the flow goes down"
    square = figure.root.get_by_role("button", name="v₁ = x²")
    square.tap()
    says = figure.root.locator(".live-graph__says")
    expect(says).to_have_text("v₁ is x²: 2² = 4. ∂f/∂v₁ = 4 · 1 + 1 · 6 = 10. 2 ways from here to f.")
    expect(square).to_have_attribute("aria-pressed", "true")
    expect(boxes.first).to_have_attribute("opacity", "0.22")
    lowest, said = boxes.last.bounding_box(), says.bounding_box()
    assert lowest is not None
    assert said is not None
    assert lowest["y"] + lowest["height"] <= said["y"], "what is said hides no box"
    box = figure.page.get_by_role("textbox", name="Your function of")
    box.fill("eta + e^3*|x|")
    expect(figure.root.get_by_role("button", name="f = v")).to_be_visible()
    expect(figure.page.get_by_text("eta is read as e·t·a")).to_be_visible()
    raised = figure.root.locator("[data-box] tspan[dy='-6']")
    expect(raised).to_have_text("3")  # of e³ · v₃ nothing else
    expect(figure.readout("line")).to_have_text("Press Step")
    assert figure.control("t").count() == 1
    box.fill("x + q")
    expect(figure.page.get_by_text("The picture shows ")).to_be_visible()
    assert figure.value("t") == pytest.approx(1)


def test_the_sweep_is_forward_nudged_as_typed_and_taken_along(visit: Visit) -> None:
    figure = visit.figure("chain", f="(x^2 + x) * x^2 * y", x=2, y=3, step=9)
    page, line = figure.page, figure.readout("line")
    counts = {
        name: figure.readout(name).inner_text().split()[0] for name in ("backward", "forward", "differences")
    }
    assert counts["backward"] < counts["forward"], "one sweep back gives both slopes"
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the sweep as CSV").click()
    rows = [row.split(",") for row in taken.value.path().read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["node", "operation", "value", "derivative of f"]
    assert {row[0]: (float(row[2]), float(row[3])) for row in rows[1:]}["x"] == (2, 132)
    assert [float(row[3]) for row in rows[1:] if row[0] == "y"] == [24]
    figure.root.get_by_text("The sweep as a table").click()
    table = page.locator('[data-table="sweep"]')
    cells = table.locator("tbody tr").first.locator("td, th").all_inner_texts()
    assert cells[-2:] == ["2", "132"]

    page.get_by_role("button", name="Sweep", exact=True).click()
    page.get_by_role("radio", name="Forward").click()
    page.get_by_role("radio", name="y", exact=True).click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("sweep=forward.*by=y|by=y.*sweep=forward"))
    figure.await_server()  # the first choice alone had brought a sweep
    # Another sweep begins at its beginning.
    expect(line).to_have_text("Press Step")
    step = figure.root.get_by_role("textbox", name="step")
    step.fill("4")
    step.press("Enter")
    expect(line).to_have_text("∂f/∂y = 3 · 0 + 24 · 1 = 24")

    page.get_by_role("button", name="Sweep", exact=True).click()
    page.get_by_role("radio", name="Nudge").click()
    page.get_by_role("radio", name="x", exact=True).click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("sweep=nudge.*by=x|by=x.*sweep=nudge"))
    figure.await_server()
    nudge = figure.root.get_by_role("textbox", name="Δx")
    nudge.fill("0.1")
    nudge.press("Enter")
    step.fill("4")
    step.press("Enter")
    expect(line).to_have_text("Δf = 14.13, predicted 13.2")

    shared = figure.root.locator("[data-box]").count()
    page.get_by_role("button", name="Sweep", exact=True).click()
    page.get_by_text("Equal parts are one box").click()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("share=0"))
    figure.await_condition(lambda: figure.root.locator("[data-box]").count() > shared, "the tree as typed")


DRAWN_ANEW = """(svg) => {
  window.drawnAnew = 0;
  new MutationObserver((seen) => { window.drawnAnew += seen.length; }).observe(svg, { attributes: true });
}"""


TITLE_HEIGHTS = """(svg) => [...svg.querySelectorAll("[data-box] > text:first-of-type")].map(
  (one) => one.getBoundingClientRect().height
)"""


def test_a_large_graph_is_only_written_anew_while_a_letter_moves(visit: Visit) -> None:
    """What its words need of room draws nothing anew; what is out of sight is written when the letter is let go."""
    figure = visit.figure("chain", f="+".join(f"sin({k}x)*y" for k in range(1, 13)), x=1.5, y=2, step=95)
    assert figure.root.locator("[data-box]").count() == 49
    svg = figure.root.locator("svg.live-graph")
    panel, output = svg.bounding_box(), figure.root.locator("[data-box]").last
    assert panel is not None
    assert (output.bounding_box() or {})["x"] > panel["x"] + panel["width"], "f is out of sight"
    assert min(svg.evaluate(TITLE_HEIGHTS)) >= 12, "titles can be read before anything is zoomed"
    former = output.locator("text").nth(1).text_content()
    with figure.dragging(figure.control("x"), 40):
        svg.evaluate(DRAWN_ANEW)
    with figure.dragging(figure.control("x"), -60):
        assert figure.page.evaluate("window.drawnAnew") == 0
    x = figure.value("x")
    now = f"{2 * sum(math.sin(k * x) for k in range(1, 13)):.4g}".replace("-", "−")
    assert now != former
    expect(output.locator("text").nth(1)).to_have_text(now)


def test_presented_boxes_are_large_and_the_view_follows_the_present_one(visit: Visit) -> None:
    neuron = "(1/(1+e^(-(w x + b))) - y)^2"
    figure = visit.figure("chain", f=neuron, present=1, step=1)
    panel = figure.root.locator(".live-panel--graph").bounding_box() or {}
    ends = (panel["x"], panel["x"] + panel["width"])
    step = figure.page.locator("input[type=range][data-control=step]")
    for at in range(1, 20):
        figure.await_value("step", lambda value, at=at: value == at)
        box = figure.root.locator('[data-box] rect[stroke-width="3.5"]').first.bounding_box() or {}
        assert box["width"] >= 124
        assert ends[0] <= box["x"] + 2
        assert box["x"] + box["width"] <= ends[1] + 2
        step.press("ArrowRight")


@pytest.mark.parametrize(
    ("formula", "count", "scale"),
    [("sqrt(a^2+b^2)/(a-ln(b))", 9, 0.9), ("ab+c sin(a)-b/c+ln(a c)", 12, 0.75)],
)
def test_a_graph_that_is_a_little_high_for_a_wall_is_shown_whole(
    visit: Visit, formula: str, count: int, scale: float
) -> None:
    wall = {"width": 1280, "height": 720}
    figure = visit.figure("chain", viewport=wall, f=formula, present=1, step=9)
    frame = figure.root.locator(".live-panel--graph").bounding_box() or {}
    boxes = [box.bounding_box() or {} for box in figure.root.locator("[data-box] rect").all()]
    assert len(boxes) == count
    for box in boxes:
        assert frame["y"] + 8 <= box["y"]
        assert box["y"] + box["height"] <= frame["y"] + frame["height"] - 8
        assert box["height"] >= scale * 92, "and still to be read from afar"
    lowest = figure.root.locator("[data-box]").nth(max(range(count), key=lambda i: boxes[i]["y"]))
    lowest.click(position={"x": 40, "y": 12})
    says = figure.root.locator(".live-graph__says")
    expect(says).not_to_be_empty()
    touched, said = lowest.bounding_box() or {}, says.bounding_box() or {}
    assert said["y"] + said["height"] <= touched["y"], "what is said of a low box does not hide it"
    assert abs(said["x"] + said["width"] / 2 - frame["x"] - frame["width"] / 2) < 2, "in the middle"


def test_on_a_wall_the_formula_is_there_and_what_lies_beyond_an_edge_is_told_and_reached(
    visit: Visit,
) -> None:
    figure = visit.figure("chain", f="sin(cos(sin(cos(sin(cos(sin(cos(sin(cos(a+b))))))))))", present=1)
    page, root = figure.page, figure.root
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(root.locator(".live-presentformula math")).to_be_visible()
    onward = root.locator('[data-side="right"]')
    expect(onward).to_have_accessible_name(re.compile(r"\d+ more box(es)? beyond the right edge: go there"))
    expect(root.locator('[data-side="left"]')).to_be_hidden()
    onward.click()
    expect(root.locator('[data-side="left"]')).to_be_visible()


def test_an_unreadable_formula_leaves_the_examples_and_offers_a_letter_that_is_free(visit: Visit) -> None:
    page = visit.figure("chain", f="a*x^3+b*x^2+c*x+d").page
    page.set_viewport_size({"width": 1440, "height": 900})
    said = page.get_by_text("“d” is not among this page's letters")
    for name in ("Examples", "Sweep"):
        tool = page.get_by_role("button", name=name, exact=True)
        expect(tool).to_be_visible()
        assert rectangle(said)["right"] <= rectangle(tool)["x"]
    page.get_by_role("button", name="Use this instead").click()
    expect(page.get_by_role("textbox", name="Your function of")).to_have_value("a*x^3+b*x^2+c*x+k")
    expect(page.locator("[data-control=k]")).to_be_visible()


def test_on_a_phone_step_stands_on_the_first_screen(visit: Visit) -> None:
    page = visit.figure("chain", screen=PHONE, f="sin(x^2+1)").page
    expect(page.get_by_role("button", name="Step", exact=True)).to_be_in_viewport(ratio=1)
