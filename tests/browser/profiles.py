"""Browser profiles that outlive a test: what one page has fetched and compiled is there for the next.

A page of its own profile compiles Streamlit's and Plotly's scripts anew, several seconds of processor. Here all pages
of a kind of screen share a profile, and the pages of a profile share a process (`--process-per-site`), which a blank
page keeps alive. A test still gets a new page: its own window, history and session storage. What pages of one
profile share besides is forgotten when a test ends: cookies and everything that is kept by origin.
"""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import DESKTOP, PHONE, Screen
from tests.browser.live_figure import PATIENCE

KEPT_BY_ORIGIN = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems"

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
        self.context = context
        context.set_default_timeout(PATIENCE)
        context.new_page().goto(blank)

    def open(self, screen: Screen, theme: str, *, drawn: bool) -> Page:
        """A new page, still empty. Its space is `drawn`, or only there."""
        page = self.context.new_page()
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        page.emulate_media(color_scheme=theme)
        if not drawn:
            page.add_init_script(DRAW_NO_SPACE)
        return page

    def forget(self, addresses: Iterable[str]) -> None:
        """Close all pages but the blank one; what they kept at these addresses is gone."""
        blank, *pages = self.context.pages
        for page in pages:
            page.close()
        session = self.context.new_cdp_session(blank)
        for origin in {"{0.scheme}://{0.netloc}".format(urlsplit(address)) for address in addresses}:
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": KEPT_BY_ORIGIN})
        session.detach()

    @property
    def spent(self) -> bool:
        """Whether a clock was set: Playwright sets it for all pages of a profile, and for good."""
        return bool(self.context.pages[0].evaluate("() => '__pwClock' in globalThis"))


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

    def forget(self, *addresses: str) -> None:
        """A test is over: the next one finds nothing of it at these addresses."""
        for touch, profile in list(self.made.items()):
            profile.forget(addresses)
            if profile.spent:
                self.made.pop(touch).context.close()

    def close(self) -> None:
        for profile in self.made.values():
            profile.context.close()
