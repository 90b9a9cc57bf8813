"""A hand that drags for some seconds without asking the page anything, and the meter of the page's frames."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import CDPSession, Page

from benchmarks.table import median, percentile

METER = """
window.startMeter = () => {
  const times = (window.frameTimes = []);
  const tick = (now) => {
    times.push(now);
    if (window.frameTimes === times) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
};
window.stopMeter = () => {
  const times = window.frameTimes;
  window.frameTimes = null;
  return times;
};
"""
SECONDS = 3.5  # not a whole number of half swings: it ends elsewhere
PERIOD = 2.0  # s, of the swing to and fro
PACE = 1 / 60  # s, between two moves of the hand


@dataclass(frozen=True)
class Drag:
    """One drag: the intervals between frames in ms, and the JavaScript of one state in ms."""

    intervals: list[float]
    script: float

    @property
    def middle(self) -> float:
        return median(self.intervals)

    @property
    def p95(self) -> float:
        return percentile(self.intervals, 95)


def script_seconds(session: CDPSession) -> float:
    """The time the page has spent in JavaScript, by the browser's own account."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(metric["value"]) for metric in metrics if metric["name"] == "ScriptDuration")


def swing(page: Page, start: tuple[float, float], reach: float) -> Drag:
    """Press at `start` and swing `reach` px to both sides for SECONDS, moving 60 times a second."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def mouse(kind: str, x: float) -> None:
        session.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": x,
                "y": start[1],
                "button": "none" if kind == "mouseMoved" and not held else "left",
                "buttons": int(held),
                "clickCount": int(kind != "mouseMoved"),
            },
        )

    held = False
    mouse("mouseMoved", start[0])
    held = True
    mouse("mousePressed", start[0])
    page.evaluate("() => window.startMeter()")
    before = script_seconds(session)
    moves = swing_for(
        lambda seconds: mouse("mouseMoved", start[0] + reach * math.sin(math.tau * seconds / PERIOD))
    )
    script = script_seconds(session) - before
    times = page.evaluate("() => window.stopMeter()")
    held = False
    mouse("mouseReleased", start[0])
    session.detach()
    return Drag([b - a for a, b in pairwise(times)], 1000 * script / moves)


def swing_for(move: Callable[[float], None]) -> int:
    """Call `move` with the seconds gone, at the hand's pace; how often it was called."""
    begin = time.perf_counter()
    moves = 0
    while (now := time.perf_counter() - begin) < SECONDS:
        move(now)
        moves += 1
        time.sleep(max(0, begin + moves * PACE - time.perf_counter()))
    return moves
