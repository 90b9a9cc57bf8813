"""The host calls the component again and again, and cleans calls up late: the figure stays or goes as it should."""

from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, Route

from tests.browser.profiles import Profiles
from tests.browser.stage import NEXT_FRAME, START, Stage, as_sent, bare, stage
from tests.browser.stage_scenes import slope_scene

__all__ = ["bare", "stage"]

Open = Callable[..., Stage]


def test_cleaning_up_an_overtaken_call_leaves_the_figure(stage: Open) -> None:
    figure = stage(slope_scene())
    figure.page.evaluate("""() => {
      const first = leave;
      show({ ...scene, title: "newer" });
      first();
    }""")
    assert figure.page.locator("[data-testid=live-figure]").count() == 1
    assert figure.readout("slope") == "−0.75"


def test_cleaning_up_the_last_call_takes_it_away(stage: Open) -> None:
    figure = stage(slope_scene())
    figure.page.evaluate('() => { show({ ...scene, title: "newer" }); leave(); }')
    assert figure.page.locator("[data-testid=live-figure]").count() == 0


def test_a_figure_that_was_out_of_the_page_while_it_was_drawn_begins_again(stages: Profiles) -> None:
    """A host may take an element out and put it back; what it says then is what it said before."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with closing(stages.browser.new_context()) as context:
        page = context.new_page()
        page.goto(stages.blank)
        page.route("**/late-plotly.js", hold)
        with page.expect_request("**/late-plotly.js"):
            page.evaluate(START, {**as_sent(slope_scene()), "plotly": {"url": "/late-plotly.js"}})
        page.evaluate("() => { window.box = here.firstElementChild; box.remove(); }")
        held[0].continue_(url=held[0].request.url.replace("late-plotly", "plotly"))
        page.wait_for_function("window.Plotly")
        page.evaluate(NEXT_FRAME)
        assert page.evaluate("box.querySelector('[data-testid=live-figure]').dataset.ready") is None
        page.evaluate("() => { here.append(box); show({ ...scene }); }")
        page.locator("[data-testid=live-figure][data-ready=true]").wait_for()
        assert page.locator(".live-panel__graph .js-line").count() > 0


def test_without_plotly_the_page_is_told(bare: Page) -> None:
    bare.evaluate(START, {**as_sent(slope_scene()), "plotly": {"url": "http://nowhere.test/plotly.js"}})
    bare.wait_for_function("messages.some((message) => message.failed)")
    assert "could not be loaded" in bare.locator(".live-sentence").inner_text()


def test_nothing_is_left_behind(stage: Open) -> None:
    figure = stage(slope_scene())
    figure.page.click("[data-tool=present]")
    figure.page.evaluate("() => leave()")
    assert figure.page.locator(".live-box, .live-tools").count() == 0
    assert figure.page.evaluate("document.documentElement.className") == ""


@pytest.mark.parametrize(("start", "home"), [({}, 0.9), ({"kept": True}, -0.5)])
def test_back_to_the_start_is_where_the_link_led_but_not_where_another_function_was_left(stage, start, home):
    figure = stage(slope_scene(), controls={"x0": 0.9}, **start)
    assert figure.value("x0") == 0.9
    figure.page.click('[data-mark="-1"]')
    figure.frame()
    figure.page.click("[data-tool=reset]")
    figure.frame()
    assert figure.value("x0") == home
