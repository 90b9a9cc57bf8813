"""The harness itself: its guards notice what they are there to notice, and its hand really drags."""

from base64 import b64encode
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg

from explorer.expression import parse
from explorer.figures.surface.scene import surface_scene
from explorer.numeric import Window
from tests.browser.accessibility import serious_faults
from tests.browser.chromium import DESKTOP, PHONE, Screen
from tests.browser.conftest import Visit
from tests.browser.faults import is_outside
from tests.browser.live_figure import LiveFigure, sent_by_learner
from tests.browser.profiles import Profiles
from tests.browser.server import Server, log_faults
from tests.browser.stage import Stage, stage

__all__ = ["stage"]

# Stands in for a page of the app: one control with a handle that follows the pointer.
STAND_IN = """
<!doctype html><html lang="en"><title>stand-in</title><body style="margin: 0">
<div data-test-script-state="notRunning"></div>
<main data-testid="live-figure" data-ready="true" style="height: 300px">
  <label>x <input type="range" data-control="x0" data-value="0"></label>
  <output data-readout="slope">f′ = −0.50</output>
  <div data-handle="x0" style="position: absolute; left: 100px; top: 100px; width: 40px; height: 40px;
       background: #0072B2; touch-action: none"></div>
</main>
<script>
  const handle = document.querySelector("[data-handle]");
  const control = document.querySelector("input");
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    handle.dataset.kind = event.pointerType;
  });
  handle.addEventListener("pointermove", (event) => {
    if (event.buttons) control.dataset.value = event.clientX;
  });
</script></body></html>
"""

COLOURS = """async (picture) => {
  const answer = await fetch(`data:image/png;base64,${picture}`);
  const bitmap = await createImageBitmap(await answer.blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
}"""


def stand_in(visit: Visit, screen: Screen = DESKTOP) -> LiveFigure:
    # It is loaded, not written into a page: a document that has taken another one's place may get no pointer capture.
    page = visit.empty_page(screen)
    address = visit.server.url("stand-in")
    page.route(address, lambda route: route.fulfill(body=STAND_IN, content_type="text/html; charset=utf-8"))
    page.goto(address)
    page.unroute(address)
    page.evaluate("() => { window.sentMessages = []; }")
    return LiveFigure(page)


@pytest.fixture
def unchecked(browser: Browser, server: Server, profiles: Profiles):
    with closing(Visit(browser, server, profiles, pytest.fail)) as visitor:
        yield visitor


def test_nothing_of_a_page_is_found_by_the_next_test(
    browser: Browser, server: Server, profiles: Profiles
) -> None:
    leave_a_trace = """() => {
      const cookie = document.cookie.match("trace")?.[0];
      const kept = [localStorage.trace, sessionStorage.trace, cookie, window.trace, history.state];
      const found = [...kept, window.name || undefined];
      localStorage.trace = sessionStorage.trace = document.cookie = window.trace = window.name = "trace";
      history.pushState("trace", "");
      return found;
    }"""
    entries = []
    for screen in (DESKTOP, PHONE, DESKTOP, PHONE):
        with closing(Visit(browser, server, profiles, pytest.fail)) as visitor:
            page = visitor.page("_stcore/health", screen=screen)
            entries.append(page.evaluate("() => history.length"))
            assert page.evaluate(leave_a_trace) == [None] * 6
            assert page.evaluate(leave_a_trace) == ["trace"] * 6
            assert page.evaluate("() => history.length") == entries[-1] + 2
    assert max(entries) <= 2  # itself, and what a window of its own begins with


def test_no_hand_is_left_on_the_page_of_the_next_test(
    browser: Browser, server: Server, profiles: Profiles
) -> None:
    """Its buttons are up, its mouse is in the corner, and it shows what a new page shows."""
    listen = """() => addEventListener("pointermove", (event) => {
      window.seen = [event.buttons, event.clientX, event.clientY];
    })"""
    asked = "(query) => matchMedia(query).matches"
    for _ in range(2):
        with closing(Visit(browser, server, profiles, pytest.fail)) as visitor:
            page = visitor.page("_stcore/health")
            assert page.evaluate(
                asked, "screen and (prefers-reduced-motion: no-preference) and (forced-colors: none)"
            )
            page.evaluate(listen)
            page.mouse.move(1, 0)
            page.wait_for_function("() => window.seen")
            assert page.evaluate("() => window.seen") == [0, 1, 0]
            page.mouse.move(50, 60)
            page.mouse.down()
            page.emulate_media(media="print", reduced_motion="reduce", forced_colors="active")


def test_a_page_is_used_again_unless_its_test_failed(
    browser: Browser, server: Server, profiles: Profiles
) -> None:
    met = []
    for sound in (True, True, False, True):
        visitor = Visit(browser, server, profiles, pytest.fail)
        met.append(visitor.page("_stcore/health"))
        visitor.close(sound=sound)
    assert met[0] is met[1] is met[2]
    assert met[2].is_closed()
    assert met[3] is not met[2]


def test_a_page_that_stands_still_is_loaded_again_and_told(
    browser: Browser, server: Server, profiles: Profiles
) -> None:
    told: list[str] = []
    never_connect = (
        "if (performance.getEntriesByType('navigation')[0].type !== 'reload') window.WebSocket = class {};"
    )
    with closing(Visit(browser, server, profiles, told.append)) as visitor:
        figure = visitor.figure("tangent", patience=3000, script=never_connect, f="x^2", x0=1)
        assert figure.readout("slope").inner_text() == "2.00"
    (how_far,) = told
    assert "tangent?f=x%5E2&x0=1" in how_far
    assert "'complete'" in how_far
    assert "'figure': None" in how_far


def test_the_pixels_of_space_are_left_out_unless_drawn(stage: Callable[..., Stage]) -> None:
    """Whether a surface is painted at all is seen here: everything else about it is the same either way."""
    square = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
    scene = surface_scene(parse("x^2 - y^2", ("x", "y")), square, (1.0, 0.5))
    colours = {}
    for drawn in (False, True):
        page = stage(scene, Screen(900, 700), drawn=drawn).page
        picture = page.locator('[data-panel="surface"] canvas').first.screenshot()
        colours[drawn] = page.evaluate(COLOURS, b64encode(picture).decode())
    assert colours[True] > 200 > 10 * colours[False]


def test_a_clock_that_was_set_is_not_the_next_tests(
    browser: Browser, server: Server, profiles: Profiles
) -> None:
    for _ in range(2):
        with closing(Visit(browser, server, profiles, pytest.fail)) as visitor:
            page = visitor.page("_stcore/health")
            assert page.evaluate("() => Date.now()") > 1.7e12
            page.clock.set_fixed_time(0)
            assert page.evaluate("() => Date.now()") == 0


@pytest.mark.parametrize(("screen", "kind"), [(DESKTOP, "mouse"), (PHONE, "touch")])
def test_a_hand_drags(visit: Visit, screen: Screen, kind: str) -> None:
    figure = stand_in(visit, screen)
    with figure.dragging(figure.handle("x0"), 50, moves=5, touch=screen.touch):
        assert figure.value("x0") == pytest.approx(170, abs=1)
    assert figure.handle("x0").get_attribute("data-kind") == kind


def test_a_message_during_a_drag_is_noticed(visit: Visit) -> None:
    figure = stand_in(visit)
    with (
        pytest.raises(AssertionError, match="1 messages were sent"),
        figure.dragging(figure.handle("x0"), 10, moves=2),
    ):
        figure.page.evaluate("() => { window.sentMessages.push([]); }")


def test_what_a_fragment_asks_by_itself_is_not_counted(visit: Visit) -> None:
    figure = stand_in(visit)
    by_itself = BackMsg()
    by_itself.rerun_script.is_auto_rerun = True
    for message in (by_itself, BackMsg()):
        figure.page.evaluate("(m) => { window.sentMessages.push(m); }", list(message.SerializeToString()))
    assert figure.sent == 1


def test_messages_are_counted_where_they_are_sent(visit: Visit) -> None:
    page = visit.page()
    page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")
    assert sent_by_learner(page) == 1  # the wish to see the page


def test_a_number_with_a_true_minus_is_read(visit: Visit) -> None:
    assert stand_in(visit).number("slope") == -0.5


def test_a_console_error_is_noticed(unchecked: Visit) -> None:
    stand_in(unchecked).page.evaluate("() => console.error('broken')")
    assert unchecked.faults() == ["console: broken"]
    unchecked.allow("broken")
    assert unchecked.faults() == []


def test_a_page_error_is_noticed(unchecked: Visit) -> None:
    page = stand_in(unchecked).page
    with page.expect_event("pageerror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('lost'); }); }")
    assert any("lost" in fault for fault in unchecked.faults())


def test_a_missing_file_is_noticed(unchecked: Visit) -> None:
    page = stand_in(unchecked).page
    page.evaluate("() => fetch('/app/static/missing.js').then((answer) => answer.text())")
    assert any(fault.startswith("404") for fault in unchecked.faults())


def test_an_exception_box_is_noticed(unchecked: Visit) -> None:
    page = stand_in(unchecked).page
    page.set_content('<div data-testid="stException">ValueError</div>')
    assert unchecked.faults() == ["exception in the page: ValueError"]


def test_an_unlabelled_control_is_noticed(visit: Visit) -> None:
    page = stand_in(visit).page
    assert serious_faults(page) == []
    page.set_content('<html lang="en"><title>t</title><main><input type="range"></main></html>')
    assert any(fault.startswith("label (") for fault in serious_faults(page))


@pytest.mark.parametrize(
    ("url", "outside"),
    [
        ("http://127.0.0.1:8501/tangent", False),
        ("data:image/png;base64,AA", False),
        ("blob:http://127.0.0.1:8501/1", False),
        ("https://cdn.plot.ly/plotly.min.js", True),
        ("http://192.168.0.1/", True),
    ],
)
def test_an_address_outside_is_told(url: str, outside: bool) -> None:
    assert is_outside(url) is outside


def test_a_traceback_in_the_log_is_noticed() -> None:
    log = "  You can now view your Streamlit app\nTraceback (most recent call last):\nValueError: no\n"
    assert len(log_faults(log)) == 2
    assert log_faults("2026-01-01 WARNING root: old") != []
    assert log_faults("  URL: http://127.0.0.1:8501\n  Stopping...") == []
