"""Browser profiles and pages that outlive a test: what one has fetched and compiled is there for the next.

A page of a profile of its own compiles Streamlit's and Plotly's scripts anew, several seconds of processor. Here all
pages of a kind of screen share a profile, and the pages of a profile share a process (`--process-per-site`), which a
blank page keeps alive. Another page is a window of its own and costs as much as a whole visit, so a test is given
one that a former test has left. Nothing of that test is in it: it leads no history, the mouse is in the corner with
no button pressed, and all that is kept by origin or by window is forgotten. The page of a test that failed is not
used again, nor is one in which a script was put before all others.
"""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import DESKTOP, PHONE, Screen
from tests.browser.faults import watch
from tests.browser.live_figure import PATIENCE

KEPT_BY_ORIGIN = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems"
FORGET_THE_WINDOW = "() => { sessionStorage.clear(); window.name = ''; history.replaceState(null, ''); }"

# Space is drawn in software here, most of the work of a page that shows it. The scene, its camera, its shaders and
# all that is projected from it are as ever; the commands that fill pixels do nothing.
DRAW_NO_SPACE = """
for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) {
  prototype.drawArrays = prototype.drawElements = () => {};
}
"""


class Profile:
    """A profile and its blank page, opened at an address where nothing is to be done."""

    def __init__(self, context: BrowserContext, blank: str) -> None:
        self.context, self.blank = context, blank
        self.faults: list[str] = []
        """What has gone wrong in its pages since they were last forgotten."""
        self.plain: list[Page] = []
        """Those that can be used again, whether they are free or not."""
        self.free: list[Page] = []
        context.set_default_timeout(PATIENCE)
        context.on("page", lambda page: watch(page, self.faults))
        self.keeper = context.new_page()
        self.keeper.goto(blank)

    def open(self, screen: Screen, theme: str, *, drawn: bool = False, script: str = "") -> Page:
        """A page, still empty. Its space is `drawn`, or only there; `script` runs in it before all others."""
        if self.free and not (drawn or script):
            page = self.free.pop()
        else:
            page = self.context.new_page()
            page.add_init_script(script if drawn else script + DRAW_NO_SPACE)
            if not (drawn or script):
                self.plain.append(page)
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        page.emulate_media(
            media="null", color_scheme=theme, reduced_motion="no-preference", forced_colors="none"
        )
        return page

    def forget(self, addresses: Iterable[str], *, sound: bool = True) -> None:
        """A test is over: all pages are as if new, and what they kept at these addresses is gone.

        They are closed where something went wrong (not `sound`).
        """
        for page in self.context.pages:
            if page is self.keeper or page in self.free:
                continue
            if sound and page in self.plain:
                self._empty(page)
                self.free.append(page)
            else:
                page.close()
        self.plain = list(self.free)
        session = self.context.new_cdp_session(self.keeper)
        for origin in {"{0.scheme}://{0.netloc}".format(urlsplit(address)) for address in addresses}:
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": KEPT_BY_ORIGIN})
        session.detach()
        self.faults.clear()

    def _empty(self, page: Page) -> None:
        page.goto(self.blank)
        page.evaluate(FORGET_THE_WINDOW)
        page.mouse.up()
        page.mouse.move(0, 0)
        session = self.context.new_cdp_session(page)
        session.send("Page.resetNavigationHistory")
        session.detach()

    @property
    def spent(self) -> bool:
        """Whether a clock was set: Playwright sets it for all pages of a profile, and for good."""
        return bool(self.keeper.evaluate("() => '__pwClock' in globalThis"))


class Profiles:
    """One for the mouse and one for fingers, made when first wanted; `prepare` gives a context what it needs."""

    def __init__(self, browser: Browser, blank: str, prepare: Callable[[BrowserContext], object]) -> None:
        self.browser, self.blank, self.prepare = browser, blank, prepare
        self.made: dict[bool, Profile] = {}

    def of(self, screen: Screen) -> Profile:
        if screen.touch not in self.made:
            context = self.browser.new_context(**(PHONE if screen.touch else DESKTOP).options("light"))
            self.prepare(context)
            self.made[screen.touch] = Profile(context, self.blank)
        return self.made[screen.touch]

    def faults(self) -> list[str]:
        """What has gone wrong in all pages since they were last forgotten."""
        return [fault for profile in self.made.values() for fault in profile.faults]

    def pages(self) -> list[Page]:
        """Those that a test has opened."""
        return [
            page
            for profile in self.made.values()
            for page in profile.context.pages
            if page is not profile.keeper and page not in profile.free
        ]

    def forget(self, *addresses: str, sound: bool = True) -> None:
        """A test is over: the next one finds nothing of it at these addresses."""
        for touch, profile in list(self.made.items()):
            profile.forget(addresses, sound=sound)
            if profile.spent:
                self.made.pop(touch).context.close()

    def close(self) -> None:
        for profile in self.made.values():
            profile.context.close()
