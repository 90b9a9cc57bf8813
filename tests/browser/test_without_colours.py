"""Forced colours: what is chosen, and how far a slider goes, is told by the system's own colours."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import DESKTOP
from tests.browser.conftest import Visit
from tests.browser.live_figure import LiveFigure

# A system colour as the browser writes it.
SYSTEM = """
(name) => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.cssText = `forced-color-adjust: none; background: ${name}`;
  const colour = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return colour;
}
"""
FILL = "(e) => getComputedStyle(e).backgroundColor"


def track(page: Page, control: Locator) -> str:
    """The colour painted in the middle of a track, beside the thumb: no script can ask for a slider's parts."""
    box = control.bounding_box()
    assert box is not None
    share = 0.7 if control.evaluate("(e) => e.value / e.max") < 0.5 else 0.3
    place = {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] / 2 - 1}
    painted = Image.open(BytesIO(page.screenshot(clip={**place, "width": 1, "height": 1})))
    return "rgb({}, {}, {})".format(*painted.convert("RGB").getpixel((0, 0)))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_chosen_and_how_far_a_track_goes_is_seen(visit: Visit, theme: str) -> None:
    page: Page = visit.context(DESKTOP, theme, forced_colors="active").new_page()
    page.goto(visit.server.url("secant", f="x^2", x0=1))
    figure = LiveFigure(page)
    chosen, paper, ink = (page.evaluate(SYSTEM, name) for name in ("Highlight", "Canvas", "CanvasText"))
    assert len({chosen, paper, ink}) == 3
    function = page.get_by_role("radio", name="Function")
    expect(function).to_be_checked()  # the host's own switch comes later than the figure
    figure.await_server()
    limit = figure.root.get_by_role("button", name="Limit", exact=True)
    limit.click()
    expect(limit).to_have_attribute("aria-pressed", "true")
    page.mouse.move(0, 0)
    figure.await_condition(lambda: limit.evaluate(FILL) == chosen, "a pressed chip in the system's colour")
    assert figure.root.locator('.live-chip[aria-pressed="false"]').first.evaluate(FILL) != chosen
    assert track(page, figure.control("h")) == ink
    figure.await_condition(lambda: function.evaluate(FILL) == chosen, "the chosen tab in the system's colour")
    assert page.get_by_role("radio", name="Table").evaluate(FILL) != chosen


def test_a_button_in_a_refusal_and_the_microscope_are_named_and_legible(visit: Visit) -> None:
    figure = visit.figure("tangent", theme="dark", microscope=1)
    page = figure.page
    expect(figure.root.get_by_role("img", name="Microscope")).to_be_visible()
    page.get_by_role("textbox", name="Your function of x").fill(
        "x^2 + sinn(x) + 3x^3 + 4x^4 + 5x^5 + 6x^6 + 7x^7"
    )
    expect(page.get_by_role("button", name="Use this instead")).to_be_visible()
    assert not serious_faults(page)
