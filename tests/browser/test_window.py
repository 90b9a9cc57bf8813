"""The window is alive: moved by mouse, wheel, fingers, buttons and keys; curve, control, link, form and page follow."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import LiveFigure
from tests.browser.pages import menu_link

Bounds = list[float]

SEEN = """(name) => {
  const axes = document.querySelector(`[data-panel=${name}] .live-panel__graph`)._fullLayout;
  return [...axes.xaxis.range, ...axes.yaxis.range].map(Number);
}"""
PLACE = """([name, x, y]) => {
  const graph = document.querySelector(`[data-panel=${name}] .live-panel__graph`);
  const { left, top } = graph.getBoundingClientRect();
  const { xaxis, yaxis } = graph._fullLayout;
  return [left + xaxis._offset + x * xaxis._length, top + yaxis._offset + (1 - y) * yaxis._length];
}"""
MOVING = "() => document.querySelector('.live-still') !== null"
CURVE = """(name) => {
  const points = document.querySelector(`[data-panel=${name}] .live-panel__graph`)._fullData
    .filter((trace) => trace.meta && trace.meta.function === "f").flatMap((trace) => [...trace.x]);
  return [Math.min(...points), Math.max(...points)];
}"""

# How wide the curve was drawn last while the window moved: seen at every frame, however soon Plotly follows.
WATCH_DRAWN = """() => {
  const look = () => {
    const path = document.querySelector(".live-still path[stroke-linejoin]");
    if (path) window.drawnWhileMoving = path.getBoundingClientRect().width;
    requestAnimationFrame(look);
  };
  look();
}"""


class Hand:
    """A person's hands on one picture, whose window is told as left, right, bottom, top."""

    def __init__(self, figure: LiveFigure, panel: str = "curve") -> None:
        self.figure, self.page, self.panel = figure, figure.page, panel

    @property
    def picture(self) -> Locator:
        return self.figure.root.locator(f"[data-panel={self.panel}]")

    @property
    def seen(self) -> Bounds:
        bounds: Bounds = self.page.evaluate(SEEN, self.panel)
        return bounds

    @property
    def middle(self) -> tuple[float, float]:
        left, right, bottom, top = self.seen
        return (left + right) / 2, (bottom + top) / 2

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A place of the window, as shares from its left and its bottom, in pixels of the viewport."""
        self.picture.scroll_into_view_if_needed()
        left, top = self.page.evaluate(PLACE, [self.panel, x, y])
        return left, top

    def drag(self, start: tuple[float, float], end: tuple[float, float], *, drop: bool = True) -> None:
        self.page.mouse.move(*self.place(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.place(*end), steps=8)
        self.figure.next_frame()
        if drop:
            self.page.mouse.up()

    def wheel(self, at: tuple[float, float], turn: float, *, control: bool = True) -> None:
        self.page.mouse.move(*self.place(*at))
        if control:
            self.page.keyboard.down("Control")
        self.page.mouse.wheel(0, turn)
        self.figure.next_frame()
        if control:
            self.page.keyboard.up("Control")

    def tool(self, name: str, times: int = 1) -> None:
        """Quick clicks: a pause between two of them would let the window stand, and be told."""
        x, y = self.figure.centre(self.figure.root.locator(f"[data-tool={name}]"))
        for _ in range(times):
            self.page.mouse.click(x, y)
            self.figure.next_frame()

    def told(self, deed: Callable[[], None], messages: int = 1) -> None:
        """Does it, waits until Plotly has drawn it and the page has answered, and counts what was sent."""
        before = self.figure.sent
        deed()
        self.figure.await_condition(lambda: self.figure.sent > before, "the window is told")
        self.rest()
        assert self.figure.sent - before == messages

    def rest(self) -> None:
        self.figure.await_condition(lambda: not self.page.evaluate(MOVING), "Plotly draws it")
        self.figure.await_server()
        self.figure.next_frame()


def near(bounds: Bounds, share: float = 0.01) -> Any:
    return pytest.approx(bounds, abs=share * min(bounds[1] - bounds[0], bounds[3] - bounds[2]))


def window_in(page: Page) -> Bounds:
    """The bounds in the address, or none."""
    found = re.search(r"window=([^&]*)", page.url)
    return [float(number) for number in found[1].split("%2C")[:4]] if found else []


@pytest.mark.parametrize(
    ("path", "panel", "query"),
    [
        ("tangent", "curve", {"f": "x^2", "x0": 1}),
        ("secant", "curve", {"f": "sin(x^2)", "x0": 1, "h": 0.5}),
        ("partial_derivatives", "pad", {"f": "x^2 - y^2", "x0": 1, "y0": 0.5}),
    ],
)
def test_a_mouse_drags_the_background_and_one_message_follows(
    visit: Visit, path: str, panel: str, query: dict[str, Any]
) -> None:
    figure = visit.figure(path, **query)
    hand = Hand(figure, panel)
    left, right, bottom, top = hand.seen
    before = figure.sent
    hand.drag((0.3, 0.15), (0.5, 0.4), drop=False)
    width, height = right - left, top - bottom
    moved = [left - 0.2 * width, right - 0.2 * width, bottom - 0.25 * height, top - 0.25 * height]
    assert hand.seen == near(moved)
    assert hand.page.evaluate(MOVING)
    assert figure.sent == before
    assert figure.value("x0") == query["x0"]
    hand.told(hand.page.mouse.up)
    assert hand.seen == near(moved)
    assert window_in(hand.page) == near(moved)
    x0 = figure.control("x0")
    for key, end in (("Home", hand.seen[0]), ("End", hand.seen[1])):
        hand.told(lambda key=key: x0.press(key))
        assert figure.value("x0") == pytest.approx(end, abs=1e-3 * width)


def test_the_wheel_zooms_with_control_and_scrolls_without_but_zooms_in_present(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2")
    hand = Hand(figure)
    first = hand.seen
    hand.wheel((0.25, 0.6), -125, control=False)
    assert hand.seen == first
    hand.told(lambda: hand.wheel((0.25, 0.75), -250))
    left, right, bottom, top = first
    x, y = left + 0.25 * (right - left), bottom + 0.75 * (top - bottom)
    halved = [(left + x) / 2, (right + x) / 2, (bottom + y) / 2, (top + y) / 2]
    assert hand.seen == near(halved)
    figure.page.get_by_role("button", name="Present").click()
    figure.next_frame()
    shown = hand.seen
    hand.told(lambda: hand.wheel((0.5, 0.5), 250, control=False))
    assert hand.seen[1] - hand.seen[0] == pytest.approx(2 * (shown[1] - shown[0]), rel=0.01)


def test_two_clicks_bring_the_window_back_and_leave_the_point(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2", x0=1)
    hand = Hand(figure)
    home = hand.seen
    hand.told(lambda: hand.tool("smaller", 2))
    assert hand.seen[1] - hand.seen[0] == pytest.approx(4 * (home[1] - home[0]), rel=1e-6)
    hand.told(lambda: hand.page.mouse.dblclick(*hand.place(0.2, 0.8)))
    assert hand.seen == home
    assert window_in(hand.page) == []
    assert figure.value("x0") == 1


def test_the_second_of_two_clicks_may_fall_on_the_point_that_the_first_has_called(visit: Visit) -> None:
    figure = visit.figure("partial_derivatives", f="x^2 - y^2", x0=1, y0=0.5, window="-3,2,-3,2")
    hand = Hand(figure, "pad")
    x, y = hand.place(0.3, 0.6)
    session = hand.page.context.new_cdp_session(hand.page)

    def twice() -> None:
        """A fifth of a second apart by their own clock, and the first is answered before the second."""
        begun = time.time()
        for number in range(2):
            for kind in ("mousePressed", "mouseReleased"):
                click = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
                session.send("Input.dispatchMouseEvent", click | {"timestamp": begun + 0.2 * number})
            figure.next_frame()

    twice()
    hand.rest()
    figure.await_condition(lambda: hand.seen == near([-2, 2, -2, 2]), "the first window")
    assert (figure.value("x0"), figure.value("y0")) == (1, 0.5)


def test_the_keys_on_a_picture_move_its_window(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2", x0=1)
    hand = Hand(figure)
    left, right, bottom, top = home = hand.seen
    hand.picture.focus()
    hand.told(lambda: hand.picture.press("ArrowRight"))
    step = 0.1 * (right - left)
    assert hand.seen == near([left + step, right + step, bottom, top])
    hand.told(lambda: hand.picture.press("+"))
    assert hand.seen[1] - hand.seen[0] == pytest.approx((right - left) / 1.25, rel=1e-6)
    hand.told(lambda: hand.picture.press("0"))
    assert hand.seen == home


def test_two_fingers_drag_and_pinch_and_the_point_stays(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2", x0=1, screen=PHONE)
    hand = Hand(figure)
    left, right, bottom, top = hand.seen
    width, height = right - left, top - bottom
    session = hand.page.context.new_cdp_session(hand.page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [
            {"x": x, "y": y, "id": i} for i, (x, y) in enumerate(hand.place(*place) for place in places)
        ]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        figure.next_frame()

    def pinch() -> None:
        touch("touchStart", (0.4, 0.5))
        touch("touchStart", (0.4, 0.5), (0.6, 0.5))
        for i in range(1, 11):
            spread = 0.1 + 0.01 * i  # half of the fingers' distance, twice as much in the end
            middle = 0.5 + 0.01 * i
            touch("touchMove", (middle - spread, 0.5), (middle + spread, 0.5))
        touch("touchEnd")

    hand.told(pinch)
    x, y = left + 0.5 * width, bottom + 0.5 * height
    pinched = [x - 0.6 * width / 2, x + 0.4 * width / 2, y - height / 4, y + height / 4]
    assert hand.seen == near(pinched, 0.03)
    assert figure.value("x0") == 1


def test_zoomed_out_five_times_the_curve_goes_over_the_whole_window(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2", x0=1, whole=1)
    hand = Hand(figure)
    width = hand.seen[1] - hand.seen[0]
    hand.page.evaluate(WATCH_DRAWN)
    hand.told(lambda: hand.tool("smaller", 5))
    assert hand.page.evaluate("() => window.drawnWhileMoving") >= hand.place(1, 0)[0] - hand.place(0, 0)[0]
    left, right, *_ = hand.seen
    assert right - left == pytest.approx(32 * width, rel=1e-6)
    low, high = figure.page.evaluate(CURVE, "curve")
    assert low <= left + 1e-6 * width
    assert high >= right - 1e-6 * width


def test_zoomed_in_eight_times_the_point_moves_finely_and_stays_in_the_picture(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2", x0=1)
    hand = Hand(figure)
    hand.told(lambda: hand.tool("larger", 8))
    left, right, *_ = hand.seen
    x0 = figure.control("x0")
    x0.press("ArrowRight")
    figure.await_value("x0", lambda value: 0 < value - 1 < 0.1 * (right - left))
    for key in ("PageUp", "PageUp", "End", "Home"):
        hand.told(lambda key=key: x0.press(key))
        assert left <= figure.value("x0") <= right
        expect(figure.handle("x0")).to_be_visible()


def test_link_reload_and_back_bring_the_window_back(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2", x0=1)
    hand = Hand(figure)
    hand.told(lambda: hand.drag((0.3, 0.2), (0.6, 0.3)))
    seen = hand.seen
    link = hand.page.url
    hand.page.reload()
    assert Hand(LiveFigure(hand.page)).seen == near(seen, 1e-6)
    menu_link(hand.page, "secant").click()
    expect(hand.page.locator(".live--limit")).to_be_visible()
    LiveFigure(hand.page)
    hand.page.go_back()
    # The address is the first to change; the figure is the former page's until the script has run.
    expect(hand.page.locator(".live--slope")).to_be_visible()
    assert Hand(LiveFigure(hand.page)).seen == near(seen, 1e-6)
    again = visit.page("")
    again.goto(link)
    assert Hand(LiveFigure(again)).seen == near(seen, 1e-6)


def test_the_form_shows_the_bounds_that_are_seen_and_takes_fractions(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2", x0=1)
    hand = Hand(figure)
    page = hand.page
    hand.told(lambda: hand.tool("smaller", 1))
    page.get_by_role("button", name="Window").click()
    for label, bound in zip(("x from", "x to", "y from", "y to"), hand.seen, strict=True):
        expect(page.get_by_label(label)).to_have_value(f"{bound:.6g}")
    for label, text in zip(("x from", "x to", "y from", "y to"), ("-pi/2", "1/3", "-0,5", "2"), strict=True):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("window=-1.57"))
    wanted = near([-1.5707963267949, 1 / 3, -0.5, 2], 1e-6)
    figure.await_condition(lambda: hand.seen == wanted, "the window that was asked for")
    expect(page.get_by_label("x to")).to_have_value("0.333333")
    page.get_by_label("x to").fill("x")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Every limit must be a number")).to_be_visible()


def test_a_click_on_the_curve_brings_the_point_and_a_key_goes_to_the_next_marked_place(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^3/3 - x", x0=-2)
    hand = Hand(figure)
    left, right, bottom, top = hand.seen
    x, y = 1.5, 1.5**3 / 3 - 1.5
    hand.page.mouse.click(*hand.place((x - left) / (right - left), (y - bottom) / (top - bottom)))
    figure.await_value("x0", lambda value: value == pytest.approx(x, abs=0.03))
    x0 = figure.control("x0")
    x0.press("Home")
    visited = []
    for _ in range(8):
        before = figure.value("x0")
        x0.press("n")
        figure.next_frame()
        if figure.value("x0") != before:
            visited.append(figure.value("x0"))
    assert visited == pytest.approx([-(3**0.5), -1, 0, 1, 3**0.5], abs=1e-6)
    figure.await_condition(lambda: "x0=1.73" in hand.page.url, "the keys are told")
    hand.rest()
    hand.told(lambda: x0.press("Shift+N"))
    assert figure.value("x0") == 1


@pytest.mark.parametrize(
    ("path", "query", "typed", "suits", "word"),
    [
        ("tangent", {"f": "x^3", "x0": -0.02}, "sqrt(x)", lambda x: 0 < x < 0.2, "no value at −0.02"),
        ("secant", {"f": "x^3", "x0": 0, "h": 0}, "ln(2x)", lambda x: 0 < x < 0.5, "no value at 0"),
        ("tangent", {"f": "x^3", "x0": 0.5}, "sqrt(x)", lambda x: x == 0.5, ""),
    ],
)
def test_a_new_function_leaves_the_point_where_it_is_seen_and_says_why_it_moved(
    visit: Visit, path: str, query: dict[str, Any], typed: str, suits: Callable[[float], bool], word: str
) -> None:
    figure = visit.figure(path, **query)
    box, former = figure.page.locator(".st-key-formula input"), figure.root.get_attribute("aria-label") or ""
    box.fill(typed)
    box.press("Enter")
    figure.page.wait_for_url(re.compile("sqrt|ln"))
    expect(figure.root).not_to_have_attribute("aria-label", former)  # the point alone may be where it was
    figure.await_value("x0", suits)
    note = figure.root.locator(".live-control:has([data-control=x0]) .live-control__note")
    if word:
        expect(note).to_contain_text(word)
    else:
        expect(note).to_be_hidden()
    if path == "secant":
        assert figure.value("h") != 0
    Hand(figure).told(lambda: figure.control("x0").press("ArrowRight"))
    expect(note).to_be_hidden()


def test_the_box_offers_what_was_typed_on_this_page(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2")
    page = figure.page
    box = page.locator(".st-key-formula input")
    for typed in ("sin(x)", "x^3"):
        box.fill(typed)
        box.press("Enter")
        expect(page.locator("#live-typed option").first).to_have_attribute("value", typed)
        figure.await_server()
    expect(box).to_have_attribute("list", "live-typed")
    offered = page.locator("#live-typed option").evaluate_all("(options) => options.map((one) => one.value)")
    assert offered == ["x^3", "sin(x)", "x^2"]


def test_the_loss_is_drawn_over_the_whole_window_and_the_form_and_a_reload_keep_it(visit: Visit) -> None:
    figure = visit.figure("gradient_descent", f="x^2", x0=4)
    hand = Hand(figure)
    width = hand.seen[1] - hand.seen[0]
    hand.told(lambda: hand.tool("smaller", 3))
    left, right, *_ = hand.seen
    assert right - left == pytest.approx(8 * width, rel=1e-6)
    low, high = figure.page.evaluate(CURVE, "curve")
    assert low <= left + 1e-6 * width
    assert high >= right - 1e-6 * width
    seen = hand.seen
    hand.page.get_by_role("button", name="Window").click()
    for label, bound in zip(("w from", "w to", "loss from", "loss to"), seen, strict=True):
        expect(hand.page.get_by_label(label)).to_have_value(f"{bound:.6g}")
    hand.page.reload()
    assert Hand(LiveFigure(hand.page)).seen == near(seen, 1e-6)


# Where the drawn line of f crosses the picture's lower and upper third, from its left edge.
CROSSINGS = """() => {
  const graph = document.querySelector("[data-panel=curve] .live-panel__graph");
  const { _offset: top, _length: height } = graph._fullLayout.yaxis;
  const line = graph.querySelector(".scatterlayer .js-line");
  const points = Array.from({ length: 2001 }, (_, i) => line.getPointAtLength((line.getTotalLength() * i) / 2000));
  const seen = points.filter(({ y }) => y > height / 3 && y < (2 * height) / 3).map(({ x }) => x);
  return [Math.min(...seen), Math.max(...seen), graph._fullLayout.xaxis.d2p(0)];
}"""


@pytest.mark.parametrize("f", ["10^300x", "10^307x^3"])
def test_a_line_that_leaves_by_more_than_any_screen_keeps_its_direction(visit: Visit, f: str) -> None:
    figure = visit.figure("tangent", f=f, window="-3,3,-5,5")
    left, right, zero = figure.page.evaluate(CROSSINGS)
    assert zero - 8 < left <= right < zero + 8
