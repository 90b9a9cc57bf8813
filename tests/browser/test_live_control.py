"""A control's number box: what is read, what is refused, what is said; and the zoom about its point."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from explorer.scene import scene as s
from tests.browser.stage import Stage, as_sent, bare, stage
from tests.browser.stage_scenes import slope_scene

__all__ = ["bare", "stage"]

Open = Callable[..., Stage]


def test_exact_numbers_undo_reset_and_marks(stage: Open) -> None:
    figure = stage(slope_scene())
    box = figure.page.get_by_label("x₀, exact value")
    for text, value in (("1/4", 0.25), ("pi/2", math.pi / 2)):
        box.fill(text)
        box.press("Enter")
        assert figure.value("x0") == pytest.approx(value, rel=1e-15)
    figure.page.click('[data-mark="-1"]')
    figure.frame()
    assert figure.value("x0") == -1
    assert "maximum" in figure.sentence()
    figure.page.click("[data-tool=undo]")
    figure.frame()
    assert figure.value("x0") == math.pi / 2
    figure.page.click("[data-tool=reset]")
    figure.frame()
    assert figure.value("x0") == -0.5


def test_a_refused_text_is_answered_and_does_not_stay_beside_another_value(stage: Open) -> None:
    figure = stage(slope_scene())
    box, note = figure.page.get_by_label("x₀, exact value"), figure.page.locator(".live-control__note")
    expect(note).to_be_hidden()
    box.fill("<b>two")
    box.press("Enter")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(note).to_have_text("“<b>two” is no number. Try 0.5, 1/3, pi/2 or sqrt(2).")
    figure.page.set_viewport_size({"width": 700, "height": 900})  # to be mended, whatever moves meanwhile
    figure.frame()
    expect(box).to_have_value("<b>two")
    assert figure.value("x0") == -0.5
    box.blur()
    expect(box).to_have_value("−0.50")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    expect(note).to_be_visible()
    box.fill("two")
    box.press("Enter")
    figure.press("[data-handle=x0]")  # a hand on the handle leaves the box its focus
    figure.page.mouse.move(300, 300)
    figure.page.mouse.up()
    figure.frame()
    expect(note).to_be_hidden()
    # At rest it holds all of the value, and Enter on what nobody has typed changes nothing.
    value = figure.value("x0")
    assert value == round(value, 3) != round(value, 2)
    expect(box).to_have_value(str(value).replace("-", "−"))
    box.press("Enter")
    assert figure.value("x0") == value
    box.fill("two")
    box.press("Enter")
    figure.page.click('[data-mark="-1"]')
    expect(note).to_be_hidden()


def test_a_refused_text_and_its_answer_stay_together_when_a_scene_comes(stage: Open) -> None:
    figure = stage(slope_scene())
    box, note = figure.page.get_by_label("x₀, exact value"), figure.page.locator(".live-control__note")
    box.fill("two")
    box.press("Enter")
    (control,) = slope_scene().controls
    exact = replace(control, marks=(s.MarkedValue(-1, "exact maximum", "maximum"),))
    figure.page.evaluate("(scene) => { show(scene); }", as_sent(slope_scene(controls=(exact,))))
    figure.frame()
    expect(figure.page.locator('[data-mark="1"]')).to_have_count(0)
    expect(note).to_be_visible()
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("two")
    narrower = replace(exact, min=-4, max=4)  # another question: the answer to the first one goes, all of it
    figure.page.evaluate("(scene) => { show(scene); }", as_sent(slope_scene(controls=(narrower,))))
    figure.frame()
    expect(note).to_be_hidden()
    expect(box).not_to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("−0.50")


def test_a_comma_that_may_set_thousands_apart_is_asked_about(stage: Open) -> None:
    figure = stage(slope_scene())
    box, note = figure.page.get_by_label("x₀, exact value"), figure.page.locator(".live-control__note")
    box.fill("1,000")
    box.press("Enter")
    expect(note).to_have_text("“1,000” can mean two numbers. Leave the comma out, or write a point.")
    expect(box).to_have_attribute("aria-invalid", "true")
    assert figure.value("x0") == -0.5
    box.fill("1,25")
    box.press("Enter")
    expect(note).to_be_hidden()
    assert figure.value("x0") == 1.25


def test_a_number_outside_goes_to_the_end_and_the_range_is_said(stage: Open) -> None:
    figure = stage(slope_scene())
    box, note = figure.page.get_by_label("x₀, exact value"), figure.page.locator(".live-control__note")
    for typed, kept in (("99", 8.0), ("-3pi", -8.0)):
        box.fill(typed)
        box.press("Enter")
        assert figure.value("x0") == kept
        expect(note).to_have_text("x₀ stays between −8 and 8.")
    box.fill("2")
    box.press("Enter")
    expect(note).to_be_hidden()
    assert figure.value("x0") == 2


def test_zooming_keeps_the_point_where_it_is(stage: Open) -> None:
    figure = stage(slope_scene(), controls={"x0": 1.9})
    width = """() => {
      const [low, high] = document.querySelector(".live-panel__graph")._fullLayout.xaxis.range;
      return high - low;
    }"""
    before, whole = figure.middle("[data-handle=x0]"), figure.page.evaluate(width)
    below = ".live-mark--point circle"
    dot = figure.middle(below)
    for tool in ("larger", "larger", "larger", "smaller"):
        figure.page.click(f"[data-tool={tool}]")
        figure.frame()
    assert figure.middle("[data-handle=x0]") == pytest.approx(before, abs=1.0)
    assert figure.middle(below) == pytest.approx(dot, abs=1.0)
    assert figure.page.evaluate(width) == pytest.approx(whole / 4, rel=1e-6)


@pytest.mark.parametrize("over", ["curve", "slope"])
def test_ctrl_and_the_wheel_zoom_about_the_mouse(stage: Open, over: str) -> None:
    figure = stage(slope_scene())
    axes = """() => ["xaxis", "yaxis", "yaxis2"].map((name) => {
      const axis = document.querySelector(".live-panel__graph")._fullLayout[name];
      return { offset: axis._offset, length: axis._length, range: axis.range.slice() };
    })"""
    first = figure.page.evaluate(axes)
    across, up = first[0], first[1 if over == "curve" else 2]
    box = figure.page.locator(".live-panel__graph").first.bounding_box()
    assert box is not None
    x, y = across["offset"] + 0.25 * across["length"], up["offset"] + 0.5 * up["length"]
    figure.page.mouse.move(box["x"] + x, box["y"] + y)
    figure.page.mouse.wheel(0, -250)
    figure.frame()
    assert figure.page.evaluate(axes) == first  # without Ctrl the page scrolls
    figure.page.keyboard.down("Control")
    for _ in range(2):
        figure.page.mouse.wheel(0, -125)
        figure.frame()
    figure.page.keyboard.up("Control")
    for number, (old, new) in enumerate(zip(first, figure.page.evaluate(axes), strict=True)):
        low, high = old["range"]
        share = 0.25 if number == 0 else 0.5
        factor = 1 if number == 2 and over == "curve" else 0.5  # the curve's own scales stay equal
        place = low + share * (high - low)
        wanted = [place + (low - place) * factor, place + (high - place) * factor]
        assert new["range"] == pytest.approx(wanted, abs=0.02 * (high - low))


def test_a_switch_leaves_an_axis_that_the_learner_zoomed(stage: Open) -> None:
    scene = slope_scene()
    (panel,) = scene.panels
    data = list(panel.figure.data)
    data[1] = {**data[1], "meta": {"toggle": "derivative", "range": [-3, 8]}}
    figure = stage(
        slope_scene(panels=(replace(panel, figure=replace(panel.figure, data=tuple(data))),)),
    )

    def slopes() -> list[float]:
        figure.frame()
        script = "document.querySelector('.live-panel__graph')._fullLayout.yaxis2.range.map(Number)"
        found: list[float] = figure.page.evaluate(script)
        return found

    def switch() -> None:
        figure.page.click("[data-toggle=derivative]")

    first = slopes()
    switch()
    both = slopes()
    assert both[1] > first[1]
    switch()
    assert slopes() == first
    figure.page.click("[data-tool=larger]")
    near = slopes()
    switch()
    assert slopes() == near
    switch()
    assert slopes() == near
    figure.page.click("[data-tool=smaller]")
    switch()
    assert slopes() == both
