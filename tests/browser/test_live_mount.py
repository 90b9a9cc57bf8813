"""The host calls the component again and again, and cleans calls up late: the figure stays or goes as it should."""

from collections.abc import Callable

from tests.browser.stage import Stage, stage
from tests.browser.stage_scenes import slope_scene

__all__ = ["stage"]

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
