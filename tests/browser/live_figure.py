"""The live figure as a person meets it: controls, handles, readouts, and a hand that drags."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate
from streamlit.proto.BackMsg_pb2 import BackMsg

# Kept in the page itself, so that a count is exact at the moment it is asked for. What asks for a run (the field
# `rerun_script`, whose tag is 0x5a) is unanswered until the server has said anything since and Streamlit had two frames
# to show it: before that its script seems to stand still, as it did before the message.
KEEP_MESSAGES = """
(() => {
  const { send } = WebSocket.prototype;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const bytes = (data) => data.buffer
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  window.sentMessages = [];
  WebSocket.prototype.send = function (data) {
    const sent = Array.from(bytes(data));
    window.sentMessages.push(sent);
    if (sent[0] === 0x5a) {
      window.unanswered = sent;
      this.addEventListener("message", async () => {
        await frame();
        await frame();
        if (window.unanswered === sent) window.unanswered = null;
      }, { once: true });
    }
    return send.call(this, data);
  };
})();
"""
KEEP_SHIFTS = """
window.layoutShift = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.layoutShift += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""
HOW_FAR = """async () => {
  const soon = (promise) => Promise.race([promise, new Promise((done) => setTimeout(() => done("never"), 2000))]);
  const seen = (query) => document.querySelector(query)?.outerHTML.slice(0, 200) ?? null;
  return {
    address: location.href,
    document: [document.readyState, document.visibilityState, document.hasFocus()],
    frame: await soon(new Promise((done) => requestAnimationFrame(() => done("comes")))),
    sent: window.sentMessages?.length ?? null,
    script: document.querySelector("[data-test-script-state]")?.dataset.testScriptState ?? null,
    connection: document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState ?? null,
    figure: seen('[data-testid="live-figure"]'),
    text: document.body?.innerText.slice(0, 500) ?? null,
    fetched: performance.getEntriesByType("resource").slice(-25).map(
      (one) => `${one.name.split("/").at(-1)} ${Math.round(one.startTime)}-${Math.round(one.responseEnd)}`),
    now: Math.round(performance.now()),
  };
}"""
AT_REST = """() => !window.unanswered
  && document.querySelector('[data-test-script-state="notRunning"]') !== null"""
MOST_SHIFT = 0.05
NEXT_FRAME = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
)
MOVES = 8
"""Of a drag: each is painted, and drawing is most of what a drag costs."""
ROWS_IN_ONE_PATH = 100
PATIENCE = 30_000  # ms, for a loaded machine; nothing waits this long when all is well


def last_number(text: str) -> float:
    """The last number in a text, true minus signs understood; NaN where there is none."""
    found = re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", text.replace("−", "-"))
    return float(found[-1]) if found else float("nan")


def sent_by_learner(page: Page) -> int:
    messages = [BackMsg.FromString(bytes(sent)) for sent in page.evaluate("() => window.sentMessages")]
    return sum(not message.rerun_script.is_auto_rerun for message in messages)


def layout_shift(page: Page) -> float:
    """By how much what was seen has moved since the page was asked for (cumulative layout shift)."""
    return float(page.evaluate("() => window.layoutShift"))


def rectangle(part: Locator) -> dict[str, float]:
    """Where something stands in the window, in CSS pixels."""
    box = part.bounding_box()
    assert box is not None, "it is not visible"
    return {**box, "right": box["x"] + box["width"], "bottom": box["y"] + box["height"]}


class Grip(Protocol):
    """A finger or a pressed mouse button. Places are CSS pixels of the viewport."""

    x: float
    y: float

    def move_to(self, x: float, y: float) -> None: ...
    def release(self) -> None: ...


class MouseGrip:
    def __init__(self, page: Page, x: float, y: float) -> None:
        self.page, self.x, self.y = page, x, y
        page.mouse.move(x, y)
        page.mouse.down()

    def move_to(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self.page.mouse.move(x, y)

    def release(self) -> None:
        self.page.mouse.up()


class TouchGrip:
    def __init__(self, page: Page, x: float, y: float) -> None:
        self.page, self.x, self.y = page, x, y
        self.session = page.context.new_cdp_session(page)
        self._dispatch("touchStart", x, y)

    def _dispatch(self, kind: str, *place: float) -> None:
        points = [{"x": place[0], "y": place[1]}] if place else []
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def move_to(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self._dispatch("touchMove", x, y)

    def release(self) -> None:
        self._dispatch("touchEnd")
        self.session.detach()


class LiveFigure:
    """The page's live figure, drawn. `page` stays at hand for everything else."""

    def __init__(self, page: Page, patience: float = PATIENCE) -> None:
        self.page = page
        self.root = page.locator('[data-testid="live-figure"]')
        self.await_ready(patience)

    def await_ready(self, patience: float = PATIENCE) -> None:
        """Until the figure is drawn and the script has run; an exception in the page ends the waiting.

        What is too late (`patience` in ms) says how far the page has come.
        """
        drawn, broken = '[data-testid="live-figure"][data-ready="true"]', '[data-testid="stException"]'
        try:
            self.page.locator(f"{drawn}, {broken}").first.wait_for(timeout=patience)
        except TooLate as late:
            late.add_note(f"The page stands at {self.page.evaluate(HOW_FAR)}")
            raise
        assert self.page.locator(broken).count() == 0, self.page.locator(broken).first.inner_text()
        self.await_server()
        self.page.locator(drawn).first.wait_for(timeout=patience)  # what the script's end has brought

    def await_server(self) -> None:
        """Until Streamlit has begun to answer what was sent, and runs no script any more."""
        self.page.wait_for_function(AT_REST, timeout=PATIENCE)

    def next_frame(self) -> None:
        """Until the browser has painted what is known by now."""
        self.page.evaluate(NEXT_FRAME)

    @property
    def sent(self) -> int:
        """How many messages the learner's doings have sent to the server since the page was loaded.

        A fragment that looks by itself whether a formula is ready is nobody's doing.
        """
        return sent_by_learner(self.page)

    def control(self, name: str) -> Locator:
        return self.root.locator(f'input[type=range][data-control="{name}"]')

    def handle(self, name: str) -> Locator:
        return self.root.locator(f'[data-handle="{name}"]').first

    @property
    def points(self) -> Locator:
        """The learner's own rows: one path, or more where they are many."""
        return self.root.locator(':is([data-panel="data"], [data-panel="curve"]) .live-mark--rows g + g path')

    @property
    def drawn_points(self) -> str:
        """All of them as one path's data."""
        return "".join(path.get_attribute("d") or "" for path in self.points.all())

    def await_points(self, count: int) -> None:
        """Until so many are drawn."""
        expect(self.points).to_have_count(-(-count // ROWS_IN_ONE_PATH), timeout=PATIENCE)
        self.await_condition(lambda: self.drawn_points.count("M") == count, f"{count} points")

    def point(self, row: int) -> Locator:
        """The handle at a row's point, counted from 1: it comes to where the mouse is."""
        places = re.findall(r"M([-\d.]+) ([-\d.]+)", self.drawn_points)
        box = self.points.first.locator("xpath=ancestor::*[@data-panel]").bounding_box()
        assert box is not None
        x, y = map(float, places[row - 1])
        self.page.mouse.move(box["x"] + x, box["y"] + y)
        return self.handle(f"x{row}")

    def readout(self, name: str) -> Locator:
        return self.root.locator(f'[data-readout="{name}"]').first

    @property
    def sentence(self) -> Locator:
        return self.root.locator("[data-sentence]").first

    def value(self, name: str) -> float:
        """A control's value in the units of its variable."""
        return float(self.control(name).get_attribute("data-value") or "nan")

    def text(self, name: str) -> str:
        """What a readout says, white space tidied."""
        return " ".join(self.readout(name).inner_text().split())

    def number(self, name: str) -> float:
        """The last number that a readout shows, true minus signs understood."""
        return last_number(self.text(name))

    def await_value(self, name: str, holds: Callable[[float], bool]) -> float:
        """Wait until a control's value satisfies a condition; return it."""
        self.await_condition(lambda: holds(self.value(name)), f"{name} is {self.value(name)}")
        return self.value(name)

    def await_condition(self, holds: Callable[[], bool], what: str) -> None:
        """Wait, frame by frame, until a condition of the page holds."""
        for _ in range(600):
            if holds():
                return
            self.next_frame()
        raise AssertionError(f"Waited in vain: {what}")

    def centre(self, locator: Locator) -> tuple[float, float]:
        locator.scroll_into_view_if_needed()
        box = locator.bounding_box()
        assert box is not None, "it is not visible"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def grab(self, target: Locator, *, touch: bool = False) -> Grip:
        """Press on the middle of something, off centre by nothing; `touch` uses a finger."""
        return (TouchGrip if touch else MouseGrip)(self.page, *self.centre(target))

    def pull(self, grip: Grip, dx: float, dy: float = 0, moves: int = MOVES) -> None:
        """Move by so many pixels in small moves, one a frame, and see the last of them painted."""
        x, y = grip.x, grip.y
        for i in range(1, moves + 1):
            grip.move_to(x + dx * i / moves, y + dy * i / moves)
            self.next_frame()

    @contextmanager
    def dragging(
        self, target: Locator, dx: float, dy: float = 0, *, moves: int = MOVES, touch: bool = False
    ) -> Iterator[Grip]:
        """Drag and look while it is held; it is let go at the end. No message may be sent before that."""
        grip = self.grab(target, touch=touch)
        before = self.sent
        self.pull(grip, dx, dy, moves)
        yield grip
        during = self.sent - before
        grip.release()
        assert during == 0, f"{during} messages were sent to the server while dragging"

    def drag(
        self, target: Locator, dx: float, dy: float = 0, *, moves: int = MOVES, touch: bool = False
    ) -> None:
        """Drag, let go, and wait for the one message and what it brings."""
        before = self.sent
        with self.dragging(target, dx, dy, moves=moves, touch=touch):
            pass
        self.await_condition(lambda: self.sent > before, "a message after the release")
        self.await_server()
