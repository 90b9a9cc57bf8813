"""A learner who does one thing after another, and what stands in the page then: two ways to a view are compared."""

import random
import re
from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Locator, Page

from tests.browser.chromium import DESKTOP, LAPTOP, PROJECTOR, Screen
from tests.browser.live_figure import LiveFigure
from tests.browser.pages import menu_link
from tests.browser.server import ROOT

SIZES = (PROJECTOR, DESKTOP, LAPTOP, Screen(390, 844))

FORMULAS = {
    "tangent": ("x^2", "sin(3x)", "1/(x-2)", "|x|", "e^(x/2) cos(x) - x^3/9", "sqrt(x)", "floor(x)"),
    "secant": ("x^2", "|x-1|", "sin(x)/x", "x^3 - 4x", "1/x", "ln(x)", "(x^2-1)/(x-1)"),
    "partial_derivatives": ("x^2 + y^2", "x y", "sin(x) cos(y)", "sqrt(1-x^2-y^2)", "e^(-x^2) (y^3 - 3y)/2"),
    "gradient_descent": ("x^2", "x^2 + 10y^2", "x^4 - 4x^2", "sin(x) + y^2", "(1-x)^2 + 5(y-x^2)^2", "|x|"),
}
WINDOWS = ((-3, 3, -2, 4), (-1, 2, -1, 2), (-8, 8, -40, 40), (-2, 2, -2, 2))

STANDING = (ROOT / "tests" / "browser" / "walking.js").read_text(encoding="utf-8")

NARROW = 1024
"""Pixels below which the menu is a sheet."""

Theme = Literal["light", "dark"]
Snapshot = dict[str, Any]


def settled(page: Page) -> Snapshot:
    """What stands once the server has answered and nothing moves any more."""
    LiveFigure(page)
    return page.evaluate(STANDING)  # type: ignore[no-any-return]


def differences(walked: Snapshot, fresh: Snapshot) -> list[str]:
    """What is not the same in both; a pixel is no difference. What stands over the figure is told with the rest."""
    found = [
        f"{name}: walked {walked.get(name)}, fresh {fresh.get(name)}"
        for name in dict.fromkeys([*walked, *fresh])
        if name != "over" and not _alike(walked.get(name), fresh.get(name))
    ]
    if not found:
        return []
    return [
        *found,
        *(
            f"over it, {whose}:\n{chr(10).join(view['over'])}"
            for whose, view in (("walked", walked), ("fresh", fresh))
        ),
    ]


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, (int, float)) and isinstance(other, (int, float)) and not isinstance(one, bool):
        return abs(one - other) <= 1 + 1e-5 * abs(one)
    return bool(one == other)


class Walker:
    """Somebody on a page who does whatever comes to mind; the same `seed` does the same."""

    def __init__(self, page: Page, path: str, seed: int) -> None:
        self.page, self.path = page, path
        self.chance = random.Random(seed)
        self.done: list[str] = []
        self.size = page.viewport_size
        self.theme: Theme = page.evaluate(
            "() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')"
        )

    def step(self, names: tuple[str, ...] = ()) -> None:
        """Do one thing and see it answered; `names` limits what it may be."""
        while True:
            name = self.chance.choice(names or tuple(self.deeds))
            if self.deeds[name]():
                break
        LiveFigure(self.page)

    @property
    def deeds(self) -> dict[str, Callable[[], bool]]:
        """What can be done; each says whether it could be."""
        return {
            "type": self.type,
            "example": self.take_example,
            "chip": self.press_chip,
            "key": self.press_key,
            "window": self.set_window,
            "tab": self.switch_tab,
            "steps": self.set_steps,
            "tool": self.use_tool,
            "size": self.resize,
            "theme": self.recolour,
            "leave": self.leave_and_return,
            "present": self.present,
            "view": self.move_window,
        }

    def note(self, what: str) -> bool:
        self.done.append(what)
        return True

    @property
    def presenting(self) -> bool:
        return self.page.locator(".live-box--present").count() > 0

    def _one_of(self, found: Locator) -> Locator | None:
        shown = [one for one in found.all() if one.is_visible()]
        return self.chance.choice(shown) if shown else None

    def type(self) -> bool:
        box = self.page.locator(".st-key-formula input")
        if self.presenting or box.count() != 1:
            return False
        text = self.chance.choice(FORMULAS[self.path])
        box.fill(text)
        box.press("Enter")
        self._await_messages()
        return self.note(f"type {text}")

    def take_example(self) -> bool:
        if self.presenting:
            return False
        self.page.get_by_role("button", name="Examples", exact=True).click()
        cards = self.page.locator('[data-testid="stPopoverBody"] [data-testid="stButton"] button')
        cards.first.wait_for()
        LiveFigure(self.page)
        card = self.chance.choice(cards.all())
        name = card.inner_text()
        card.click()
        cards.first.wait_for(state="detached")
        return self.note(f"example {name}")

    def press_chip(self) -> bool:
        chip = self._one_of(self.page.locator(".live .live-chip"))
        if chip is None:
            return False
        name = chip.inner_text()
        chip.click()
        return self.note(f"chip {name}")

    def press_key(self) -> bool:
        control = self._one_of(self.page.locator(".live input[data-control]"))
        if control is None:
            return False
        keys = (
            "ArrowRight",
            "ArrowLeft",
            "Home",
            "End",
        )  # while presenting the others turn the story's stages
        key = self.chance.choice(keys if self.presenting else (*keys, "PageUp", "PageDown"))
        control.focus()
        control.press(key)
        self._await_messages()
        return self.note(f"{key} on {control.get_attribute('data-control')}")

    def _await_messages(self) -> None:
        """What is typed or done by a key is told after 300 ms."""
        self.page.evaluate("() => new Promise((done) => setTimeout(done, 400))")

    def set_window(self) -> bool:
        button = self.page.get_by_role("button", name="Window", exact=True)
        if self.presenting or button.count() == 0:
            return False
        button.click()
        body = self.page.locator('[data-testid="stPopoverBody"]')
        if self.chance.random() < 0.3:
            ends: tuple[int, ...] = ()
            body.get_by_role("button", name="Reset").click()
        else:
            ends = self.chance.choice(WINDOWS)
            for label, end in zip(("x from", "x to", "y from", "y to"), ends, strict=True):
                body.get_by_label(label).fill(str(end))
            body.get_by_role("button", name="Apply").click()
        LiveFigure(self.page)
        if body.count() > 0:
            self.page.keyboard.press("Escape")
        return self.note(f"window {ends}")

    def move_window(self) -> bool:
        """By a button, or a hand that drags the background; where the link does not hold it, it is not moved."""
        if self.path == "gradient_descent":
            return False
        deed = self.chance.choice(("larger", "smaller", "drag"))
        area = self._one_of(self.page.locator(".live .nsewdrag:visible"))
        box = area and area.bounding_box()
        if deed == "drag" and box:
            x, y = box["x"] + 0.1 * box["width"], box["y"] + 0.9 * box["height"]
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            self.page.mouse.move(x + 40, y - 20, steps=4)
            self.page.mouse.up()
        else:
            tool = self.page.locator(f'.live [data-tool="{deed}"]')
            if not tool.is_visible():
                return False
            tool.click()
        self.page.wait_for_function("() => document.querySelector('.live-still') === null")
        self._await_messages()
        return self.note(deed)

    def switch_tab(self) -> bool:
        tab = self._one_of(self.page.locator('.st-key-formula [data-testid="stSegmentedControl"] button'))
        if self.presenting or tab is None:
            return False
        name = tab.inner_text()
        tab.click()
        return self.note(f"tab {name}")

    def set_steps(self) -> bool:
        button = self.page.get_by_role("button", name=re.compile(r"^\d+ steps$"))
        if self.presenting or button.count() == 0:
            return False
        steps = self.chance.choice((5, 40, 200))
        button.click()
        box = self.page.get_by_label("Number of steps")
        box.fill(str(steps))
        box.press("Enter")
        LiveFigure(self.page)
        self.page.keyboard.press("Escape")
        return self.note(f"{steps} steps")

    def use_tool(self) -> bool:
        name = self.chance.choice(("undo", "reset"))
        tool = self.page.locator(f'.live [data-tool="{name}"]')
        if not tool.is_visible() or tool.is_disabled():
            return False
        tool.click()
        return self.note(name)

    def resize(self) -> bool:
        size = self.chance.choice(SIZES)
        self.size = {"width": size.width, "height": size.height}
        self.page.set_viewport_size(self.size)
        return self.note(f"size {size.width}")

    def recolour(self) -> bool:
        self.theme = self.chance.choice(("light", "dark"))
        self.page.emulate_media(color_scheme=self.theme)
        return self.note(self.theme)

    def leave_and_return(self) -> bool:
        if self.presenting or (self.size or {})["width"] < NARROW:
            return False
        other, kind = ("secant", "limit") if self.path == "tangent" else ("tangent", "slope")
        theirs = self.page.locator(f".live--{kind}")
        menu_link(self.page, other).click()
        theirs.wait_for()
        LiveFigure(self.page)
        self.page.go_back()
        # The address is this page's at once, the figure still the other's.
        theirs.wait_for(state="detached")
        self.page.wait_for_url(re.compile(self.path))
        return self.note("away and back")

    def present(self) -> bool:
        if self.presenting:
            self.page.keyboard.press("Escape")
        else:
            button = self.page.locator('[data-tool="present"]')
            if not button.is_visible():
                return False
            button.click()
        return self.note("present")

    def open_link(self, fresh: Page) -> Snapshot:
        """What a fresh page of this size and these colours shows under the address where the walk has come to."""
        assert self.size is not None
        fresh.set_viewport_size(self.size)
        fresh.emulate_media(color_scheme=self.theme)
        fresh.goto(self.page.url)
        return settled(fresh)
