"""A phone in the room: the link of the projector on it, and a finger that scrolls or moves, never both."""

import math
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from explorer.expression import parse
from tests.browser.chromium import PHONE, Screen
from tests.browser.conftest import Visit
from tests.browser.live_figure import MOST_SHIFT, LiveFigure, TouchGrip, layout_shift, rectangle
from tests.browser.pages import NAMES, STOPS, Stop, menu_link

LANDSCAPE = {"width": 844, "height": 390}
SCROLLED = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop"
CAMERA = "(graph) => JSON.stringify(graph._fullLayout.scene._scene.getCamera().eye)"
STILL = 20  # px of scrolling that a former swipe may leave
REST = 700  # ms that a finger lies still, twice what it needs to take hold


def parts_of(figure: LiveFigure) -> dict[str, dict[str, float]]:
    """The rectangles of all that a person in the room needs, once the picture has its size."""
    figure.next_frame()
    return {
        "bar": rectangle(figure.root.locator(".live-presentbar")),
        "number": rectangle(figure.root.locator(".live-lead .live-readout:visible").first),
        "picture": rectangle(
            figure.root.locator(".live-panel:visible :is(.main-svg, .live-graph):visible").first
        ),
        "control": rectangle(figure.root.locator("input[type=range]:visible").first),
        "sentence": rectangle(figure.sentence),
    }


def judge_screen(figure: LiveFigure, width: int, height: int) -> None:
    """Everything is on the screen, nothing over anything else, and the picture has the most room."""
    parts = parts_of(figure)
    for name, part in parts.items():
        assert -1 < part["x"] < part["right"] < width + 1, f"{name} is beside the screen: {part}"
        assert -1 < part["y"] < part["bottom"] < height + 1, f"{name} is below the screen: {part}"
    pictures = [rectangle(panel) for panel in figure.root.locator(".live-panel:visible").all()]
    assert sum(one["width"] * one["height"] for one in pictures) > 0.38 * width * height
    assert min(one["width"] for one in pictures) > 0.18 * width
    assert parts["sentence"]["width"] > 200
    assert parts["control"]["width"] > 120
    if height > width:
        order = [parts[name] for name in ("bar", "number", "picture", "control", "sentence")]
        assert all(above["bottom"] <= below["y"] + 1 for above, below in pairwise(order))


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_the_projector_s_link_is_a_page_of_its_own_on_a_phone(visit: Visit, stop: Stop) -> None:
    theme = "dark" if stop.solid else "light"
    figure = visit.figure(stop.path, screen=PHONE, theme=theme, present=1)
    judge_screen(figure, PHONE.width, PHONE.height)
    bar = figure.root.locator(".live-presentbar")
    for button in bar.get_by_role("button").all():
        box = rectangle(button)
        assert min(box["width"], box["height"]) >= 44
    words, onward = bar.get_by_role("status"), bar.get_by_role("button", name="Next stage")
    numbers = bar.get_by_role("button", name="Hide the numbers")
    onward.tap()
    expect(bar.get_by_text("1 of")).to_be_visible()
    first = words.inner_text()
    if numbers.get_attribute("aria-pressed") == "true":  # a stage that asks: the next tap shows what answers
        onward.tap()
        expect(numbers).to_have_attribute("aria-pressed", "false")
        expect(bar.get_by_text("1 of")).to_be_visible()
    onward.tap()
    expect(words).not_to_have_text(first)
    expect(bar.get_by_text("2 of")).to_be_visible()
    if numbers.get_attribute("aria-pressed") == "true":  # their own button shows them as well
        expect(figure.sentence).to_be_hidden()
        numbers.tap()
    expect(numbers).to_have_attribute("aria-pressed", "false")
    figure.page.set_viewport_size(LANDSCAPE)
    figure.await_condition(
        lambda: parts_of(figure)["picture"]["width"] < 600, "the picture for a screen that lies"
    )
    judge_screen(figure, LANDSCAPE["width"], LANDSCAPE["height"])
    bar.get_by_role("button", name="Leave").tap()
    expect(figure.page.get_by_role("textbox").first).to_be_visible()


@pytest.mark.parametrize("screen", [Screen(1900, 310), Screen(1024, 400)], ids=["strip", "low"])
def test_in_a_window_too_low_for_a_wall_no_text_lies_over_another(visit: Visit, screen: Screen) -> None:
    figure = visit.figure("gradient_descent", screen=screen, present=1)
    figure.next_frame()
    bar = figure.root.locator(".live-presentbar")
    column = (
        bar.get_by_role("button", name="Leave"),
        bar.get_by_role("status"),
        figure.root.locator(".live-presentformula"),
        figure.root.locator(".live-lead .live-readout:visible").first,
        figure.sentence,
    )
    rows = [rectangle(part) for part in column]
    assert all(above["bottom"] <= below["y"] + 1 for above, below in pairwise(rows))
    assert rows[-1]["bottom"] <= screen.height + 4


def test_a_graph_of_three_boxes_is_whole_on_a_phone_in_present(visit: Visit) -> None:
    figure = visit.figure("chain", screen=PHONE, f="sin(x^2)/x", present=1)
    figure.next_frame()
    panel = rectangle(figure.root.locator(".live-panel--graph"))
    boxes = [rectangle(box) for box in figure.root.locator(".live-graph__box").all()]
    assert len(boxes) == 4
    assert all(panel["y"] <= box["y"] and box["bottom"] <= panel["bottom"] for box in boxes)


def swipe(
    figure: LiveFigure, target: Locator, dx: float, dy: float, *, off: Any = (0, 0), rest: int = 0
) -> int:
    """A finger comes down so far off the middle, may rest, and goes so far; how far the page has scrolled."""
    page = figure.page
    target.evaluate("(e) => e.scrollIntoView({block: 'center'})")
    x, y = figure.centre(target)
    before = page.evaluate(SCROLLED)
    grip = TouchGrip(page, x + off[0], y + off[1])
    if rest:
        page.wait_for_timeout(rest)
    figure.pull(grip, dx, dy)
    grip.release()
    figure.next_frame()
    return int(page.evaluate(SCROLLED) - before)


def test_a_finger_moves_a_slider_along_its_track_only(visit: Visit) -> None:
    figure = visit.figure("tangent", screen=PHONE)
    control, start, sent = figure.control("x0"), figure.value("x0"), figure.sent
    for dx, dy in ((0, -120), (25, -120), (60, 110)):
        assert abs(swipe(figure, control, dx, dy, off=(70, 0))) > 40
        assert (figure.value("x0"), figure.sent) == (start, sent)
        assert control.evaluate("(e) => Number(e.value) / e.max") == pytest.approx(0.41, abs=0.05)
    assert abs(swipe(figure, control, 60, 12, off=(40, 0))) < STILL
    slid = figure.await_value("x0", lambda value: value != start)
    figure.await_condition(lambda: figure.sent == sent + 1, "one message")
    x, y = figure.centre(control)
    figure.page.touchscreen.tap(x - 100, y)
    figure.await_value("x0", lambda value: value < slid - 0.5)
    figure.await_condition(lambda: figure.sent == sent + 2, "one message for a tap")


def place(figure: LiveFigure) -> tuple[float, float]:
    return figure.value("x0"), figure.value("y0")


def test_one_gets_past_a_pad_and_past_a_surface(visit: Visit) -> None:
    figure = visit.figure("partial_derivatives", screen=PHONE)
    pad, dot = (
        figure.root.locator('[data-panel="pad"]'),
        figure.root.locator('[data-panel="pad"] [data-handle="x0"]'),
    )
    surface = figure.root.locator('[data-panel="surface"]')
    camera = surface.locator(".live-panel__graph")
    stood = place(figure)
    assert swipe(figure, pad, 0, -150, off=(-60, 0)) > 60
    assert place(figure) == stood
    assert abs(swipe(figure, pad, -50, 30, off=(-60, 0))) < STILL
    assert all(now < before for now, before in zip(place(figure), stood, strict=True))
    stood = place(figure)
    assert abs(swipe(figure, dot, 0, -40)) < STILL
    assert figure.value("y0") > stood[1]
    stood = place(figure)
    assert abs(swipe(figure, pad, 0, 40, off=(-60, 0), rest=REST)) < STILL
    assert figure.value("y0") < stood[1]
    # Space is a tab: drawn when it is asked for, in the place of the pad.
    expect(surface).to_be_hidden()
    figure.root.get_by_role("button", name="3D", exact=True).tap()
    expect(surface.locator("canvas").first).to_be_visible()
    expect(pad).to_be_hidden()
    stood, seen = place(figure), camera.evaluate(CAMERA)
    assert swipe(figure, surface, 0, -150) > 60
    assert (place(figure), camera.evaluate(CAMERA)) == (stood, seen)
    assert abs(swipe(figure, surface, 60, 20)) < STILL
    assert camera.evaluate(CAMERA) != seen


def test_the_menu_is_a_sheet_and_two_neighbours_and_the_tools_are_another(visit: Visit) -> None:
    figure = visit.figure("secant", screen=PHONE)
    page = figure.page
    tools = page.locator("[data-tool=more]")
    undo = page.locator("[data-tool=undo]")
    expect(undo).to_be_hidden()
    figure.drag(figure.control("h"), -60, touch=True)
    tools.tap()
    expect(page.locator(".st-key-menu").get_by_role("link", name=NAMES["check"])).to_be_hidden()
    for tool in page.locator(".live-moretools .live-button:visible").all():
        box = rectangle(tool)
        assert box["height"] >= 44
        assert -1 < box["x"] < box["right"] < PHONE.width + 1
    undo.tap()
    expect(undo).to_be_hidden()
    figure.await_value("h", lambda value: value == 1)
    tools.tap()
    expect(undo).to_be_visible()
    page.touchscreen.tap(40, 500)
    expect(undo).to_be_hidden()
    button = page.locator(".menu-sheet > summary")
    expect(button).to_have_text(NAMES["secant"])
    links = [menu_link(page, stop.path) for stop in STOPS]
    assert [link.is_visible() for link in links].count(True) == 2
    before = rectangle(figure.root)
    button.tap()
    for link in links:
        box = rectangle(link)
        assert box["height"] >= 48
        assert box["bottom"] < PHONE.height
    assert rectangle(figure.root) == before
    menu_link(page, "gradient_descent").tap()
    expect(page.locator(".live--descent")).to_be_visible()
    expect(button).to_have_text(NAMES["gradient_descent"])
    expect(menu_link(page, "secant")).to_be_hidden()
    menu_link(page, "partial_derivatives").tap()
    expect(page.locator(".live--surface")).to_be_visible()


SAID = (
    "x^2",
    "1/2x",
    "log(x)",
    "x^3 - x",
    "{x<0: x^2/(1+x^2), x<1: sin(x)/x, sqrt(x^2+1)}",
    "x^2",
    "x^^2",
    "x^2",
    "{x<0: 1/x, x<1: x^2/3, x<2: e^x/(1+e^x), x^(1/2)/2}",
)
"""One after the other: flat, tall with a remark, a remark, long, of three rows, unreadable, of four rows."""


@pytest.mark.parametrize(("path", "most"), [("rules", MOST_SHIFT), ("check", 0.03)])
def test_nothing_moves_on_a_phone_when_what_is_said_of_a_formula_comes_or_goes(
    visit: Visit, path: str, most: float
) -> None:
    figure = visit.figure(path, screen=PHONE, f="x^2 + x")
    box, before = figure.page.get_by_role("textbox").first, layout_shift(figure.page)
    remark, refusal = figure.page.locator(".st-key-remark"), figure.page.locator(".st-key-refusal")
    for text in SAID:
        box.fill(text)
        refused = text == "x^^2"
        expect(refusal).to_have_count(int(refused))
        if not refused:
            expect(remark).to_have_count(int(bool(parse(text).remarks)))
            expect(figure.root.get_by_role("heading", level=1)).to_contain_text(parse(text).text)
        figure.await_server()
        figure.next_frame()
        now = layout_shift(figure.page)
        assert now - before <= most, text
        before = now


def test_signs_are_typed_by_keys_of_the_page_where_the_caret_stands(visit: Visit) -> None:
    """A phone's keyboard hides them; the reading and the picture follow as when they are typed."""
    figure = visit.figure("tangent", screen=PHONE, f="x^2", x0=1)
    page = figure.page
    box = page.get_by_role("textbox").first
    keys = page.get_by_role("group", name="Signs for the formula")
    expect(keys).to_have_count(0)
    box.tap()
    expect(keys).to_be_visible()
    expect(box).to_have_attribute("autocapitalize", "none")
    expect(box).to_have_attribute("autocorrect", "off")
    box.evaluate("(one) => one.setSelectionRange(0, 1)")
    for name in ("bracket", "x", "divided by", "pi", "bracket shut"):
        keys.get_by_role("button", name=name, exact=True).tap()
    expect(box).to_have_value("(x/π)^2")
    expect(box).to_be_focused()
    assert box.evaluate("(one) => one.selectionStart") == 5
    expect(keys.get_by_role("button", name="y", exact=True)).to_have_count(0)
    wanted = parse("(x/π)^2").text
    figure.await_condition(
        lambda: parse_qs(urlsplit(page.url).query)["f"] in ([wanted], ["(x/π)^2"]),
        "the function in the address",
    )
    assert figure.number("slope") == pytest.approx(2 * figure.value("x0") / math.pi**2, abs=0.01)
    for key in keys.get_by_role("button").all():
        rect = key.bounding_box()
        assert rect
        assert min(rect["width"], rect["height"]) >= 44
    box.press("Enter")  # what was typed is to be seen, and the tools are to be had, without leaving the box
    expect(keys).to_have_count(0)
    expect(box).to_be_focused()
    box.tap()
    expect(keys).to_be_visible()
    box.blur()
    expect(keys).to_have_count(0)


def test_on_a_phone_four_lenses_and_two_views_stand_in_one_row(visit: Visit) -> None:
    page = visit.figure("partial_derivatives", screen=PHONE, f="x y^2 + x^3", x0=1, y0=2).page
    chips = page.locator(".live--surface .live-chips__group--one .live-chip").locator("visible=true")
    boxes = [chip.bounding_box() for chip in chips.all()]
    assert len(boxes) == 6
    assert len({box["y"] for box in boxes if box}) == 1
    assert max(box["x"] + box["width"] for box in boxes if box) <= PHONE.width
    assert min(box["width"] for box in boxes if box) >= 44


def test_on_a_phone_what_is_said_of_a_link_lies_over_the_row_below_it(visit: Visit) -> None:
    page = visit.figure("secant", screen=PHONE, f="x y").page
    said = page.locator(".st-key-said")
    expect(said.locator("[class*='st-key-refusal']")).to_be_visible()
    uncovered = said.evaluate("""(box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      return [0.1, 0.3, 0.5, 0.7, 0.9].every((share) => [0.2, 0.5, 0.8].every((down) => box.contains(
        document.elementFromPoint(left + share * (right - left), top + down * (bottom - top)))));
    }""")
    assert uncovered
