"""Fixtures for tests in a real Chromium against a real server.

    from tests.browser.chromium import PHONE

    def test_something(visit):
        figure = visit.figure("tangent", f="x^2", x0=1)                  # DESKTOP, light
        figure = visit.figure("tangent", screen=PHONE, theme="dark")     # touch, 390 px
        with figure.dragging(figure.handle("x0"), 120):                  # 120 px in small moves, one a frame
            assert figure.number("slope") > 2                            # still held; no message was sent
        figure.drag(figure.handle("x0"), -50, touch=True)                # a finger; let go, answer awaited
        figure.control("x0").press("ArrowRight")
        expect(figure.readout("slope")).to_have_text(…)                  # Playwright's waiting assertions

    serious_faults(page)   (tests.browser.accessibility) what axe-core finds serious or critical

    visit.page(path, **query) opens a page without waiting for a live figure; `server=` names another server.
    visit.figure("partial_derivatives", drawn=True)    space is drawn too: dear, and seen by few assertions
    visit.context(screen, theme) a profile that no other page has used, with nothing fetched or compiled: dear
    fresh_server    a server that has served nothing, for deep links on a cold start

A page is as good as new, but it, its process and the files it has fetched are shared with earlier tests
(`profiles.py` says how, and what is forgotten between them). Surfaces, cameras and marks are as ever; only the pixels
of 3D stay empty, unless `drawn=True` (for the `stage` too).

A page that has not come after half a minute is loaded once more, as anybody would. That is told at the end of the run,
with how far the page had come, and fails the test where it was not the first time.

At the end of each test a console error, a failed request, a request to anywhere but this machine, an
exception box in the page, or a traceback or warning in the server's log fails it. `visit.allow("text")`
excuses what a test provokes on purpose. Tests in this folder carry the mark `browser` and run last.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.chromium import DESKTOP, Screen, launch
from tests.browser.faults import watch
from tests.browser.live_figure import KEEP_MESSAGES, KEEP_SHIFTS, PATIENCE, LiveFigure
from tests.browser.profiles import Profiles
from tests.browser.server import Server, free_port
from tests.browser.stage import stages

__all__ = ["stages"]

MOST_LATE = 1
"""Pages of one worker's run that may have to be loaded twice: of six thousand visits in nine runs one stood still."""
LATE = "a page that came only when it was loaded again"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def servers() -> Iterator[ExitStack]:
    """What a test starts besides; it outlives the pages that look at it."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def fresh_port() -> int:
    return free_port()


@pytest.fixture
def fresh_server(servers: ExitStack, fresh_port: int) -> Server:
    """One after another on the same port: what a browser has fetched from there it need not compile again."""
    return servers.enter_context(Server(port=fresh_port))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)  # a loaded machine is slow, not wrong
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser, server: Server) -> Iterator[Profiles]:
    made = Profiles(
        browser,
        server.url("_stcore/health"),
        lambda context: context.add_init_script(KEEP_MESSAGES + KEEP_SHIFTS),
    )
    yield made
    made.close()


class Visit:
    """Opens pages and keeps what went wrong in them."""

    def __init__(
        self, browser: Browser, server: Server, profiles: Profiles, tell_late: Callable[[str], object]
    ) -> None:
        self.browser = browser
        self.tell_late = tell_late
        self.server = server
        self.profiles = profiles
        self.servers = {server: len(server.faults())}
        self.contexts: list[BrowserContext] = []
        self.seen: list[str] = []
        self.allowed: list[str] = []

    def allow(self, text: str) -> None:
        """Excuse faults whose sentence holds this text."""
        self.allowed.append(text)

    def context(self, screen: Screen = DESKTOP, theme: str = "light", **options: Any) -> BrowserContext:
        """A profile that no other page has used."""
        context = self.browser.new_context(**screen.options(theme), **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(KEEP_MESSAGES + KEEP_SHIFTS)
        context.on("page", lambda page: watch(page, self.seen))
        self.contexts.append(context)
        return context

    def page(
        self,
        path: str = "",
        *,
        screen: Screen = DESKTOP,
        theme: str = "light",
        server: Server | None = None,
        drawn: bool = False,
        script: str = "",
        **query: object,
    ) -> Page:
        """A new page of the app, loaded but perhaps not drawn yet; `script` runs in it before all others."""
        server = server or self.server
        self.servers.setdefault(server, 0)
        page = self.empty_page(screen, theme, drawn=drawn, script=script)
        page.goto(server.url(path, **query))
        return page

    def empty_page(
        self, screen: Screen = DESKTOP, theme: str = "light", *, drawn: bool = False, script: str = ""
    ) -> Page:
        """A page that has not been anywhere yet."""
        return self.profiles.of(screen).open(screen, theme, drawn=drawn, script=script)

    def figure(self, path: str, *, patience: float = PATIENCE, **options: Any) -> LiveFigure:
        """A page's live figure, drawn. Other options are those of `page`."""
        page = self.page(path, **options)
        try:
            return LiveFigure(page, patience)
        except TooLate as late:
            self.tell_late("\n".join([str(late), *late.__notes__]))
            page.reload()
            return LiveFigure(page)

    def faults(self) -> list[str]:
        """All that went wrong so far and was not excused."""
        found = self.seen + self.profiles.faults()
        mine = [page for context in self.contexts for page in context.pages]
        for page in (*mine, *self.profiles.pages()):
            found += [
                f"exception in the page: {box.inner_text()}"
                for box in page.locator('[data-testid="stException"]').all()
            ]
        for server, before in self.servers.items():
            found += [f"server log: {line}" for line in server.faults()[before:]]
        return [fault for fault in found if not any(text in fault for text in self.allowed)]

    def close(self, *, sound: bool = True) -> None:
        """The test is over; nothing of it is used again unless it was `sound`."""
        for context in self.contexts:
            context.close()
        self.profiles.forget(*(server.address for server in self.servers), sound=sound)


@pytest.fixture(scope="session")
def late_pages() -> list[str]:
    """How far those pages had come that were loaded again."""
    return []


@pytest.fixture
def tell_late(late_pages: list[str], request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes note of a page that is loaded again; of the second one in a run it is a fault."""

    def tell(how_far: str) -> None:
        late_pages.append(how_far)
        request.node.user_properties.append((LATE, how_far))
        assert len(late_pages) <= MOST_LATE, how_far

    return tell


@pytest.fixture
def sound(request: pytest.FixtureRequest) -> Callable[[], bool]:
    """Whether the test has held, for what is to be done after it."""
    before = request.session.testsfailed
    return lambda: request.session.testsfailed == before


@pytest.fixture
def visit(
    browser: Browser,
    server: Server,
    profiles: Profiles,
    servers: ExitStack,
    tell_late: Callable[[str], None],
    sound: Callable[[], bool],
) -> Iterator[Visit]:
    del servers
    visitor = Visit(browser, server, profiles, tell_late)
    yield visitor
    faults = visitor.faults()
    visitor.close(sound=sound() and not faults)
    assert not faults, "\n" + "\n".join(faults)
