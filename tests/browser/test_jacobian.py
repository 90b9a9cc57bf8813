"""The Jacobian as a learner meets it: examples from the drawer, questions that are judged by the area, the ghost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from explorer.expression import parse
from explorer.figures.jacobian.scene import jacobian_scene
from explorer.numeric import Window
from explorer.presets import VECTOR_CHALLENGES, VECTORS
from explorer.scene.scene import Scene
from tests.browser.chromium import PHONE
from tests.browser.stage import Stage, stage

__all__ = ["stage"]

Open = Callable[..., Stage]


def example(first: str) -> Scene:
    (preset,) = [p for p in VECTORS if p.first == first]
    window = Window((-preset.half, preset.half), (-preset.half, preset.half), equal=True)
    parts = (parse(text, ("x", "y")) for text in (preset.first, preset.second))
    place = (preset.x0, preset.y0)
    return jacobian_scene(*parts, place, window, side=preset.side, challenges=VECTOR_CHALLENGES)


def type_in(figure: Stage, label: str, text: str) -> None:
    box = figure.page.get_by_label(f"{label}, exact value")
    box.fill(text)
    box.press("Enter")
    figure.frame()


def test_an_example_from_the_drawer_fills_both_boxes_and_shuts_it(visit):
    figure = visit.figure("partial_derivatives", tab="jacobian")
    page = figure.page
    page.get_by_role("button", name="Examples").click()
    page.get_by_role("button", name="(x², y): a fold").click()
    expect(figure.readout("area")).to_have_text("× 2, not turned over")
    expect(page.get_by_role("button", name="(x², y): a fold")).to_be_hidden()
    expect(page.get_by_label("Component u of x and y")).to_have_value("x^2")
    expect(page.get_by_label("Component v of x and y")).to_have_value("y")
    figure.await_server()
    start = {"x0": 1, "y0": 0.5, "s": 0.5}
    figure.await_condition(
        lambda: {name: figure.value(name) for name in start} == start, "the example's point"
    )
    expect(page).to_have_url(re.compile(r"u=x.*v=y"))
    figure.drag(figure.handle("x0"), -260, 0)
    assert figure.value("x0") < 0
    expect(figure.readout("area")).to_contain_text("turned over")
    assert figure.number("det") == pytest.approx(2 * figure.value("x0"), abs=0.006)


def test_the_four_partial_derivatives_stand_as_formulas_with_their_steps(visit):
    figure = visit.figure("partial_derivatives", tab="jacobian", u="x^2 y", v="sin(5x)")
    page = figure.page
    sources = page.locator("[data-testid=stMarkdownContainer] annotation")
    for name, variable, formula in (("u", "x", "2xy"), ("u", "y", "x^{2}"), ("v", "y", "0")):
        wanted = re.compile(
            rf"partial {name}\}}\{{\\partial {variable}\}}\s*&?=.*" + r"\s*".join(map(re.escape, formula))
        )
        expect(sources.filter(has_text=wanted).first).to_be_attached()
    page.get_by_text("How ∂v/∂x is obtained, with y held").click()
    expect(page.get_by_text("chain", exact=True).first).to_be_visible()
    page.get_by_text("How ∂u/∂x is obtained, with y held").click()
    expect(page.get_by_text("power", exact=True).first).to_be_visible()


def test_each_tab_keeps_its_own_place(visit):
    figure = visit.figure("partial_derivatives", f="sin(x)cos(y)", x0=-0.5, y0=0.7, lens="plane")
    page = figure.page
    page.get_by_label("Your function of x and y").fill("sin(x)cos(2y)")
    expect(figure.root).to_have_attribute("aria-label", re.compile("2"))
    page.get_by_text("Jacobian", exact=True).click()
    expect(figure.readout("area")).to_be_visible()
    figure.await_ready()
    place = figure.value("x0"), figure.value("y0")
    figure.drag(figure.handle("x0"), 30, 20)
    dragged = figure.value("x0"), figure.value("y0")
    assert dragged != place
    page.get_by_role("radio", name="Surface").click()
    expect(figure.readout("plane")).to_be_visible()
    figure.await_ready()
    assert (figure.value("x0"), figure.value("y0")) == (-0.5, 0.7)
    expect(page.get_by_label("Your function of x and y")).to_have_value("sin(x)cos(2y)")
    expect(page).to_have_url(re.compile(r"x0=-0\.5.*lens=plane"))
    page.get_by_text("Jacobian", exact=True).click()
    expect(figure.readout("area")).to_be_visible()
    figure.await_ready()
    assert (figure.value("x0"), figure.value("y0")) == dragged


def test_a_question_about_areas_is_judged_by_the_area(stage: Open) -> None:
    figure = stage(example("x^2 - y^2"))
    card = figure.page.locator("[data-challenge]")
    card.get_by_text("Try it").click()
    card.get_by_text("This is my answer").click()
    assert "Not yet: it has to be much smaller." in card.inner_text()
    card.get_by_text("This is my answer").click()
    assert "Not quite. There it is 5: off by 4." in card.inner_text()
    card.get_by_text("on the unit circle").click()
    assert "areas grow 4 times there" in card.inner_text()
    card.get_by_text("Again").click()
    type_in(figure, "x₀", "0.3")
    type_in(figure, "y₀", "-0.4")
    card.get_by_text("This is my answer").click()
    assert "Right. There it is 1." in card.inner_text()
    figure.frame()
    assert (figure.value("x0"), figure.value("y0")) == (0.5, 0)


def test_a_square_left_of_the_fold_is_turned_over(stage: Open) -> None:
    figure = stage(example("x^2"))
    card = figure.page.locator("[data-challenge]")
    card.get_by_text("Try it").click()
    x, y = figure.press("[data-handle=x0]")
    figure.page.mouse.move(x - 220, y, steps=8)
    figure.page.mouse.up()
    figure.frame()
    assert figure.value("x0") < 0
    card.get_by_text("This is my answer").click()
    assert f"Right. You chose −{abs(figure.messages()[-2]['controls']['x0']):.6g}." in card.inner_text()
    assert "turned over" in figure.sentence()


def test_what_is_left_stays_as_a_ghost(stage: Open) -> None:
    figure = stage(example("x^2"))
    ghosts = figure.page.locator(
        "[data-panel=domain] [opacity='0.3'], [data-panel=domain] [style*='opacity: 0.3']"
    )
    assert ghosts.count() == 1
    expect(ghosts).to_be_hidden()
    x, y = figure.press("[data-handle=x0]")
    figure.page.mouse.move(x - 100, y, steps=5)
    figure.page.mouse.up()
    figure.frame()
    expect(ghosts).to_be_visible()


def test_both_planes_are_seen_at_once_on_a_phone(visit):
    figure = visit.figure("partial_derivatives", tab="jacobian", screen=PHONE)
    for name in ("domain", "image"):
        box = figure.root.locator(f'[data-panel="{name}"]').bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE.height
