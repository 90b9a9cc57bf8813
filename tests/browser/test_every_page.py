"""What holds on every page of the app, driven as a person would."""

import math
import re
from collections.abc import Callable
from itertools import pairwise
from statistics import median
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from explorer.expression import parse
from tests.browser.accessibility import faint_edges, heading_order, nameless, serious_faults, small_targets
from tests.browser.chromium import DESKTOP, LAPTOP, PHONE, PROJECTOR, TABLET, Screen
from tests.browser.conftest import Visit
from tests.browser.live_figure import MOST_SHIFT, PATIENCE, LiveFigure, layout_shift, rectangle
from tests.browser.pages import CLASSES, FEATURES, STOPS, Stop, menu_link
from tests.browser.played import played_links
from tests.browser.restyling import restyled
from tests.browser.server import Server
from tests.browser.stage import Stage, stage

__all__ = ["stage"]

MOST_RESTYLED = 40
"""Elements in a frame: what follows the hand, and not what stands around it."""

every_page = pytest.mark.parametrize("stop", STOPS, ids=str)


def standing(page: Page) -> dict[str, str]:
    """What the address bar says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def history_length(page: Page) -> int:
    return int(page.evaluate("() => history.length"))


def shows_formula(page: Page, stop: Stop) -> None:
    """The box holds the page's formula, as linked or in its canonical form, where the page has one."""
    if not stop.formula:
        return
    canonical = parse(stop.formula, ("x", "y") if stop.solid else ("x",)).text
    accepted = "|".join(re.escape(text) for text in (stop.formula, canonical))
    expect(page.get_by_role("textbox").first).to_have_value(re.compile(accepted), timeout=PATIENCE)


def test_the_start_page_opens_first(visit: Visit, fresh_server: Server) -> None:
    figure = visit.figure("", server=fresh_server)
    page = figure.page
    expect(page.get_by_role("link", name="Start with Slope")).to_be_visible()
    assert layout_shift(page) <= MOST_SHIFT, "it moved while it was loading"
    assert not serious_faults(page)
    judge_structure(page)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_start_pages_point_is_dragged_and_its_tiles_lead_on(visit: Visit, screen: Screen) -> None:
    figure = visit.figure("", screen=screen)
    page, word = figure.page, figure.root.locator(".live-mark--label text", has_text="slope")
    expect(word).to_have_text("slope −0.75")
    expect(word).to_have_css("font-size", "36px" if screen is PHONE else "56px")  # the number in the hand
    if screen is DESKTOP:  # on one of 1280 a group of four is one row
        rows = page.locator("[class*=st-key-tiles-]").first
        columns = rows.evaluate(
            "(one) => { one.style.width = '1232px'; return getComputedStyle(one).gridTemplateColumns; }"
        )
        assert len(columns.split()) == 4
        rows.evaluate("(one) => { one.style.width = ''; }")
    with figure.dragging(figure.handle("x0"), 60, touch=screen.touch):
        expect(word).not_to_have_text("slope −0.75")
    assert "x0" not in page.url
    control = figure.control("x0")
    control.focus()
    expect(control).to_be_in_viewport()
    exact = page.get_by_role("textbox", name="x₀, exact value")
    exact.fill("1")
    exact.press("Enter")
    expect(word).to_have_text("slope 0.00")
    expect(figure.sentence).to_have_text("Flat. That is what Slope is about.")
    tile = page.locator(".st-key-tile-secant")
    tile.click(position={"x": 8, "y": 8})
    page.wait_for_url(re.compile("/secant"))
    LiveFigure(page)
    page.go_back()
    tile.get_by_role("link", name="Two sides").click()
    page.wait_for_url(re.compile(r"/secant\?.*h=0\.5"))
    LiveFigure(page)


def judge_structure(page: Page) -> None:
    """Every control has a name in words and an edge that is seen; the headings begin at the top and leave none out."""
    assert not nameless(page)
    assert not faint_edges(page)
    orders = heading_order(page)
    assert orders[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(orders))


def drag_and_let_go(figure: LiveFigure, stop: Stop, *, touch: bool) -> None:
    """The control moves with the hand, stays where it is let go, and one message tells so."""
    target = figure.handle(stop.control)
    if target.count() == 0:
        target = figure.control(stop.control)
    start, entries, before = figure.value(stop.control), history_length(figure.page), figure.sent
    with figure.dragging(target, 60, touch=touch) as grip:
        with restyled(figure.page) as looks:
            figure.pull(grip, -20, moves=6)
        assert median(looks or [0]) <= MOST_RESTYLED, "a style sheet asks many elements at every frame"
        held = figure.value(stop.control)
        assert held != start
    figure.await_condition(lambda: figure.sent > before, "a message after the release")
    figure.await_server()
    assert figure.sent == before + 1
    assert figure.value(stop.control) == pytest.approx(held), "it jumped on release"
    assert history_length(figure.page) == entries
    figure.await_condition(lambda: stop.control in standing(figure.page), "the address says where it stands")


@every_page
def test_a_deep_link_opens_on_a_cold_server_and_one_back_and_a_reload_return_to_the_page_as_it_was_left(
    visit: Visit, fresh_server: Server, stop: Stop
) -> None:
    other = next(s for s in STOPS if s != stop)
    figure = visit.figure(stop.path, server=fresh_server, **stop.link)
    page = figure.page
    for name, value in stop.values.items():
        assert figure.value(name) == pytest.approx(value, rel=1e-9), name
    expect(menu_link(page, "tangent")).to_be_visible()
    shows_formula(page, stop)
    figure.drag(figure.control(stop.control), 40, moves=4)
    value = figure.value(stop.control)
    menu_link(page, other.path).click()
    page.wait_for_url(f"**/{other.path}*")
    LiveFigure(page).await_condition(lambda: LiveFigure(page).control(other.control).count() == 1, other.path)
    page.go_back()
    page.wait_for_url(f"**/{stop.path}*")
    again = LiveFigure(page)
    again.await_condition(lambda: again.control(stop.control).count() == 1, stop.path)
    again.await_value(stop.control, lambda v: v == pytest.approx(value, rel=1e-6))
    shows_formula(page, stop)
    page.reload()
    again = LiveFigure(page)
    assert again.value(stop.control) == pytest.approx(value, rel=1e-6)
    shows_formula(page, stop)


HOSTILE = [
    {"f": "<img src=x onerror=alert(1)> __import__('os')", "x0": "javascript:alert(1)"},
    {"f": "9**9**9", "x0": "nan", "h": "0", "rate": "-1", "y0": "inf"},
    {"f": "x" * 5000, "x0": "1e999", "window": "[1,2", "optimiser": "sgd", "steps": "1e9"},
    {"f": "", "x0": ""},
]


@every_page
def test_a_hostile_link_gets_the_default(visit: Visit, stage: Callable[..., Stage], stop: Stop) -> None:
    """The first with all that stands around the figure; of the others what the server sends is played by itself."""
    markup, *others = HOSTILE
    figure = visit.figure(stop.path, **markup)
    assert math.isfinite(figure.value(stop.control))
    assert figure.page.locator("img[src=x]").count() == 0
    for played, listener in played_links(visit, stage, stop.path, others):
        assert math.isfinite(played.value(stop.control)), listener.query
        assert played.page.locator("img[src=x]").count() == 0


def overflow(page: Page) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))


def fits_and_is_accessible(figure: LiveFigure, screen: Screen, *others: Screen) -> None:
    """Nothing moved while it was loading; everybody can use it; it is as wide as its screen, and as others."""
    page = figure.page
    assert layout_shift(page) <= MOST_SHIFT, "it moved while it was loading"
    assert not serious_faults(page)
    judge_structure(page)
    assert overflow(page) <= 0
    for other in (*others, screen):
        page.set_viewport_size({"width": other.width, "height": other.height})
        figure.next_frame()
        figure.await_condition(lambda: overflow(page) <= 0, f"no overflow at {other.width} px")


NUMBER_FIRST = ("tangent", "secant", "rules", "partial_derivatives", "gradient_descent", "check")
"""Pages whose first screen on a phone holds number, sentence and picture, in this order."""


def judge_first_screen(figure: LiveFigure) -> None:
    panels = [rectangle(panel) for panel in figure.root.locator(".live-panel:visible").all()]
    parts = {
        "number": rectangle(figure.root.locator(".live-lead .live-readout:visible").first),
        "sentence": rectangle(figure.sentence),
        "picture": min(panels, key=lambda panel: panel["y"]),
    }
    assert all(above["bottom"] <= below["y"] + 1 for above, below in pairwise(parts.values())), parts
    assert parts["picture"]["bottom"] < PHONE.height
    for target in figure.root.locator(".live-play button:visible, .live-control__box:visible").all():
        assert min(rectangle(target)["width"], rectangle(target)["height"]) >= 44


@pytest.mark.parametrize("stop", [*STOPS, CLASSES, FEATURES], ids=str)
def test_a_page_on_a_phone_fits_and_follows_a_finger(visit: Visit, stop: Stop) -> None:
    figure = visit.figure(stop.path, screen=PHONE, **stop.place)
    if stop.path in NUMBER_FIRST:
        judge_first_screen(figure)
    fits_and_is_accessible(figure, PHONE, TABLET)
    figure.await_condition(lambda: not small_targets(figure.page), "targets of 44 px")
    drag_and_let_go(figure, stop, touch=True)


@every_page
def test_a_page_on_a_desktop_fits_follows_mouse_and_keys_and_keeps_its_state_in_the_other_theme(
    visit: Visit, stop: Stop
) -> None:
    figure = visit.figure(stop.path, theme="dark")
    fits_and_is_accessible(figure, DESKTOP, PROJECTOR, LAPTOP)
    drag_and_let_go(figure, stop, touch=False)
    control = figure.control(stop.control)
    start, before = figure.value(stop.control), figure.sent
    control.focus()
    for _ in range(3):
        control.press("ArrowRight")
    figure.await_value(stop.control, lambda value: value > start)
    figure.await_condition(lambda: figure.sent > before, "a message after the keys")
    assert control.get_attribute("aria-valuetext")
    figure.await_server()
    value, colour = figure.value(stop.control), figure.root.evaluate("(e) => getComputedStyle(e).color")
    figure.page.emulate_media(color_scheme="light")
    figure.await_condition(
        lambda: figure.root.evaluate("(e) => getComputedStyle(e).color") != colour, "the colours changed"
    )
    assert figure.value(stop.control) == pytest.approx(value)
