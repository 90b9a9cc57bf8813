"""A bare page that plays a scene without a server: the live figure alone, for tests of the figure itself."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from explorer.scene.scene import Scene
from explorer.ui.static_files import live_script
from tests.browser.chromium import DESKTOP, Screen
from tests.browser.live_figure import last_number
from tests.browser.profiles import Profiles
from tests.browser.stage_server import stage_server

START = """async (data) => {
  window.messages = [];
  const { mount } = await import("/live.js");
  window.show = (scene) => {
    const parentElement = document.getElementById("here");
    window.leave = mount({ parentElement, data: scene, setStateValue: (name, value) => messages.push(value) });
  };
  window.scene = data;
  show(data);
}"""
PLAY = """([scene, query]) => {
  leave();
  const here = document.createElement("div");
  here.id = "here";
  document.getElementById("here").replaceWith(here);
  history.replaceState(null, "", `${location.pathname}${query}`);
  messages.length = 0;
  window.scene = scene;
  show(scene);
}"""
READY = "[data-testid=live-figure][data-ready=true]"
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"


PLOTLY = {"url": "/plotly.js"}


def as_sent(scene: Scene | dict[str, Any], **start: Any) -> dict[str, Any]:
    """The scene as the page would hand it to the component; one that came over the wire brings its own start."""
    own = scene if isinstance(scene, dict) else {**scene.to_json(), "start": start}
    return {**own, "plotly": PLOTLY}


class Stage:
    """A scene in a page of its own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def play(self, scene: Scene | dict[str, Any], query: str = "", *, width: int = 0) -> None:
        """Another scene in an empty place of the same page, perhaps of another width; its scripts are there."""
        if width and self.page.viewport_size:
            self.page.set_viewport_size({**self.page.viewport_size, "width": width})
        self.page.evaluate(PLAY, [json.loads(json.dumps(as_sent(scene), allow_nan=False)), query])
        self.page.wait_for_selector(READY)
        self.frame()

    def frame(self) -> None:
        self.page.evaluate(NEXT_FRAME)

    def readout(self, name: str) -> str:
        return self.page.locator(f"[data-readout={name}]").inner_text()

    def number(self, name: str) -> float:
        """The last number that a readout shows, true minus signs understood."""
        return last_number(self.readout(name))

    def value(self, control: str) -> float:
        return float(self.page.locator(f"[data-control={control}]").get_attribute("data-value") or "nan")

    def sentence(self) -> str:
        return self.page.locator("[data-sentence]").inner_text()

    def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("messages")
        return found

    def middle(self, selector: str) -> tuple[float, float]:
        box = self.page.locator(selector).bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def press(self, selector: str) -> tuple[float, float]:
        x, y = self.middle(selector)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        return x, y

    def swipe(self, x: float, y: float, dx: float, dy: float) -> None:
        """A finger, in small moves, one a frame."""
        session = self.page.context.new_cdp_session(self.page)
        for i in range(16):
            place = {"x": x + dx * i / 15, "y": y + dy * i / 15}
            kind = "touchStart" if i == 0 else "touchMove"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
            self.frame()
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        self.frame()


def with_live_modules(browser: Browser, handle: str, names: Iterable[str]) -> Iterator[Page]:
    """An empty page in which these parts of the live figure's joined script stand under window.<handle>."""
    page = browser.new_page()
    script = live_script().replace("export { mount };", f"window.{handle} = {{ {', '.join(names)} }};")
    page.add_script_tag(content=script, type="module")
    page.wait_for_function(f"() => window.{handle} !== undefined")
    yield page
    page.close()


@pytest.fixture(scope="session")
def stages(browser: Browser) -> Iterator[Profiles]:
    with stage_server() as address:
        made = Profiles(browser, f"{address}/blank", lambda context: None)
        yield made
        made.close()


@pytest.fixture(scope="module")
def bare(stages: Profiles) -> Iterator[Page]:
    """An empty page from which the live figure's modules can be imported, under /modules/; one for a module's tests."""
    context = stages.browser.new_context()
    page = context.new_page()
    page.goto(stages.blank)
    yield page
    context.close()


@pytest.fixture
def stage(stages: Profiles, sound: Callable[[], bool]) -> Iterator[Callable[..., Stage]]:
    """Opens a scene: stage(scene, screen=PHONE, theme="dark", query="?a=1", controls={…}); `drawn=True`: space too.

    A scene that came over the wire is taken as it is, with the start that it brings.
    """

    def open_scene(
        scene: Scene | dict[str, Any],
        screen: Screen = DESKTOP,
        theme: str = "light",
        query: str = "",
        *,
        drawn: bool = False,
        **start: Any,
    ) -> Stage:
        page = stages.of(screen).open(screen, theme, drawn=drawn)
        page.goto(f"{stages.blank}{query}")
        page.evaluate(START, json.loads(json.dumps(as_sent(scene, **start), allow_nan=False)))
        page.wait_for_selector(READY)
        opened = Stage(page)
        opened.frame()
        return opened

    yield open_scene
    faults = stages.faults()
    stages.forget(stages.blank, sound=sound() and not faults)
    assert faults == []
