"""Questions of the live figure: what waits until it is answered, on scenes built by hand."""

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import expect

from explorer.figures.scene import Microscope
from explorer.figures.scene import Stage as StoryStage
from tests.browser.stage import Stage, bare, stage
from tests.browser.stage_scenes import slope_scene

__all__ = ["bare", "stage"]

Open = Callable[..., Stage]


def test_at_the_strongest_the_microscope_asks_for_no_closer_look(stage: Open) -> None:
    """The tangent's slope is one off: no magnification makes it fit."""
    scene = slope_scene()
    wrong = Microscope(panel="curve", function="f", at=("x0", "y"), slope="y")
    figure = stage(replace(scene, microscope=wrong))
    figure.page.click("[data-toggle=microscope]")
    lens = figure.page.locator("[data-microscope]")
    assert "look closer" in lens.inner_text()
    figure.page.locator("[data-power]").fill("300")
    figure.frame()
    assert "still part" in lens.inner_text()
    assert "look closer" not in lens.inner_text()


def test_the_story_asks_before_it_shows_and_leaves_no_switch_behind(stage: Open) -> None:
    asks = StoryStage("How steep? Say a number.", {"x0": -0.5}, asks=True)
    story = (asks, StoryStage("All of it.", {"x0": 0.5}, {"derivative": True}))
    figure = stage(slope_scene(story=story), query="?present=1")
    readout, answer = figure.page.locator("[data-readout=slope]"), "[data-toggle=derivative]"
    figure.page.keyboard.press("PageDown")
    expect(readout).to_be_hidden()
    figure.page.keyboard.press("h")
    expect(readout).to_be_visible()
    figure.page.keyboard.press("PageUp")
    expect(readout).to_be_hidden()
    figure.page.keyboard.press("PageDown")
    expect(readout).to_be_visible()
    expect(figure.page.locator(answer)).to_have_attribute("aria-pressed", "true")
    figure.page.keyboard.press("Escape")
    expect(figure.page.locator(answer)).to_have_attribute("aria-pressed", "false")
    expect(readout).to_be_visible()


def test_while_slopes_are_guessed_those_that_are_known_wait(stage: Open) -> None:
    figure = stage(slope_scene())
    readout = figure.page.locator("[data-readout=slope]")
    figure.page.get_by_text("Sketch it first").click()
    expect(readout).to_be_hidden()
    expect(figure.page.locator(".live-mark--reveal").first).to_be_hidden()
    figure.page.get_by_text("Reveal", exact=True).click()
    expect(readout).to_be_visible()
    figure.page.get_by_text("Put away").click()
    expect(readout).to_be_visible()
