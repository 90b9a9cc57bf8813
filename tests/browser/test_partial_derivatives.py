"""The surface page as a learner uses it: one point on pad and surface, a camera of one's own, three lenses."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from explorer.expression import parse
from explorer.figures.surface.scene import surface_scene
from explorer.numeric import Window, number_text
from tests.browser.chromium import LAPTOP, PHONE, Screen
from tests.browser.live_figure import LiveFigure, rectangle
from tests.browser.pages import menu_link
from tests.browser.played import played_links
from tests.browser.stage import stage

__all__ = ["stage"]

EYE = """() => {
  const graph = document.querySelector('[data-panel="surface"] .live-panel__graph');
  const { eye } = graph._fullLayout.scene._scene.getCamera();
  return [eye.x, eye.y, eye.z];
}"""
PAD_RANGES = """() => {
  const { xaxis, yaxis } = document.querySelector('[data-panel="pad"] .live-panel__graph')._fullLayout;
  return [...xaxis.range, ...yaxis.range];
}"""
CORNERS = """() => {
  const graph = document.querySelector('[data-panel="surface"] .live-panel__graph');
  const { cameraParams: { model, view, projection }, bounds } = graph._fullLayout.scene._scene.glplot;
  const times = (m, v) => [0, 1, 2, 3].map((row) => v.reduce((sum, one, k) => sum + m[4 * k + row] * one, 0));
  return [...Array(8).keys()].map((corner) => {
    const place = [0, 1, 2].map((k) => bounds[(corner >> k) & 1][k]);
    const [x, y, , w] = times(projection, times(view, times(model, [...place, 1])));
    return [((x / w + 1) / 2) * graph.clientWidth, ((1 - y / w) / 2) * graph.clientHeight, w];
  });
}"""
"""Where Plotly's own matrices put the corners of the box, in pixels of the panel, and how far away they are."""
POINT = """() => {
  const graph = document.querySelector('[data-panel="surface"] .live-panel__graph');
  const full = graph._fullData[graph._fullData.length - 1];
  return [full.x[0], full.y[0], full.z[0]];
}"""
TRANSLUCENT = """() => {
  const graph = document.querySelector('[data-panel="surface"] .live-panel__graph');
  const { objects } = graph._fullLayout.scene._scene.glplot;
  if (objects.some((object) => object.pickSlots)) throw new Error("drawn again for the mouse");
  return objects.filter((object) => object.isTransparent()).length;
}"""
FORMULAS_CHANGED = """() => {
  window.changed = new Set();
  const formula = (node) => (node.parentElement ?? node).closest("[data-testid=stMarkdownContainer]");
  new MutationObserver((records) => {
    for (const { target } of records) {
      const source = formula(target)?.querySelector("annotation");
      if (source && !target.parentElement?.closest("[data-testid=live-figure]")) window.changed.add(source.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
CONTEXTS = """
(() => {
  const get = HTMLCanvasElement.prototype.getContext;
  window.glContexts = [];
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const context = get.call(this, kind, ...rest);
    if (context && kind.startsWith("webgl") && !window.glContexts.includes(context)) window.glContexts.push(context);
    return context;
  };
})();
"""


def turn(figure: LiveFigure, dx: float = 120, dy: float = 30) -> None:
    """Turn the surface by hand."""
    before = figure.page.evaluate(EYE)
    grip = figure.grab(figure.root.locator('[data-panel="surface"]'))
    figure.pull(grip, dx, dy, 8)
    grip.release()
    figure.await_condition(lambda: figure.page.evaluate(EYE) != before, "another camera")


def test_the_first_state_says_two_slopes_and_its_point_moves_both_ways_without_a_word_to_the_server(visit):
    figure = visit.figure("partial_derivatives")
    expect(figure.sentence).to_have_text("One point, two slopes: in x you climb (2), in y you descend (−1).")
    assert (figure.value("x0"), figure.value("y0")) == (1.0, 0.5)
    assert (figure.number("fx"), figure.number("fy"), figure.number("f")) == (2.0, -1.0, 0.75)
    held = figure.root.locator('[data-held="y0"]').first
    expect(held).to_have_text("0.50")
    figure.page.evaluate(FORMULAS_CHANGED)
    space = figure.page.evaluate(POINT)
    with figure.dragging(figure.handle("x0"), -60, 40):
        x, y = figure.value("x0"), figure.value("y0")
        assert x < 0.7
        assert y < 0.3
        assert figure.number("fx") == pytest.approx(2 * x, abs=0.006)
        assert figure.number("fy") == pytest.approx(-2 * y, abs=0.006)
        figure.await_condition(
            lambda: figure.page.evaluate(POINT) != space, "the point moves on the surface too"
        )
    expect(figure.page).to_have_url(re.compile(r"x0=0\.\d+.*y0=0?\.?\d+"))
    # The release changes the numbers and leaves the formulas.
    figure.await_condition(lambda: len(figure.page.evaluate("[...window.changed]")) == 1, "new numbers")
    (changed,) = figure.page.evaluate("[...window.changed]")
    assert r"\nabla f(" in changed
    assert "H(" in changed
    for slope in (2 * figure.value("x0"), -2 * figure.value("y0")):
        assert number_text(slope).replace("−", "-") in changed


def test_the_camera_is_the_learners(visit):
    figure = visit.figure("partial_derivatives")
    turn(figure)
    eye = figure.page.evaluate(EYE)
    figure.drag(figure.handle("x0"), -50, 30)
    assert figure.page.evaluate(EYE) == pytest.approx(eye, abs=1e-6)
    figure.root.locator('[data-toggle="gradient"]').click()
    figure.await_server()
    assert figure.page.evaluate(EYE) == pytest.approx(eye, abs=1e-6)
    figure.page.get_by_label("Your function of x and y").fill("x^2 + 3y^2")
    expect(figure.root).to_have_attribute("aria-label", re.compile("3"))
    figure.await_server()
    figure.page.emulate_media(color_scheme="dark")
    expect(figure.root).to_have_class(re.compile("live--dark"))
    assert figure.page.evaluate(EYE) == pytest.approx(eye, abs=1e-6)


def test_light_and_dark_by_the_button_keep_the_camera_and_the_zoom(visit):
    figure = visit.figure("partial_derivatives", f="x^3 + y^3 - 3x y")
    turn(figure)
    page, eye = figure.page, figure.page.evaluate(EYE)
    page.mouse.move(*figure.centre(figure.root.locator("[data-panel=surface]")))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -125)
    page.keyboard.up("Control")
    figure.await_condition(lambda: page.evaluate(EYE) != pytest.approx(eye), "nearer")
    eye, ranges = page.evaluate(EYE), page.evaluate(PAD_RANGES)
    figure.root.get_by_role("button", name="Zoom in").click()
    figure.await_condition(lambda: page.evaluate(PAD_RANGES) != pytest.approx(ranges), "a smaller window")
    page.wait_for_url(re.compile("window="))
    figure.await_server()
    assert page.evaluate(EYE) == pytest.approx(eye, abs=1e-6)
    ranges = page.evaluate(PAD_RANGES)
    for theme in ("dark", "light"):
        page.get_by_role("button", name="Light or dark").click()
        page.wait_for_url(re.compile(f"{theme}_theme"))
        figure = LiveFigure(page)
        expect(figure.root).to_have_class(re.compile(f"live--{theme}"))
        assert page.evaluate(EYE) == pytest.approx(eye, abs=1e-6)
        assert page.evaluate(PAD_RANGES) == pytest.approx(ranges)
    page.reload()
    LiveFigure(page)
    assert page.evaluate(EYE) != pytest.approx(eye, abs=1e-2)


@pytest.mark.parametrize("screen", [Screen(1440, 900), Screen(1280, 720), Screen(900, 1000), PHONE])
def test_the_box_fills_its_panel_and_leaves_room_for_its_ticks(stage, screen):
    square, flat = (
        surface_scene(parse("x^2 - y^2", ("x", "y")), Window(*window, equal=True), (0.5, 0.5))
        for window in (((-2.0, 2.0), (-2.0, 2.0)), ((-9.0, 9.0), (-1.0, 1.0)))
    )
    figure = stage(square, screen=screen)
    judge_box(figure)
    figure.play(flat)
    judge_box(figure)


def judge_box(figure):
    space = figure.page.get_by_role("button", name="3D", exact=True)
    if space.is_visible():  # a tab, where there is no room for both
        space.tap()
        figure.frame()
    panel = figure.page.locator('[data-panel="surface"]').bounding_box()
    assert panel is not None
    x, y, distance = np.transpose(figure.page.evaluate(CORNERS))
    assert min(distance) > 0
    beside = min(*x, panel["width"] - max(x))
    above = min(*y, panel["height"] - max(y))
    assert beside >= 39
    assert above >= 27
    assert beside <= 41 or above <= 29


@pytest.mark.parametrize("text", ["100(y-x^2)^2+(1-x)^2", "x y^2 + x^3", "x^2 - y^2"])
def test_a_slices_formula_leaves_the_slope_readable(stage, text):
    square = Window((-40.0, 40.0), (-40.0, 40.0), equal=True)
    scene = surface_scene(parse(text, ("x", "y")), square, (-32.0, -35.0))
    figure = stage(scene)
    judge_slices(figure)
    for width in (1280, 900):
        figure.play(scene, width=width)
        judge_slices(figure)


def judge_slices(figure):
    for slope, held in (("fx", "held_y"), ("fy", "held_x")):
        number = figure.page.locator(f"[data-readout={slope}]").bounding_box()
        label = f".live-readout:has([data-readout^={held}]) .live-readout__label"
        formula = figure.page.locator(label).bounding_box()
        assert number is not None
        assert formula is not None
        beside = number["x"] + number["width"] < formula["x"]
        assert beside or number["y"] + number["height"] <= formula["y"] + 2


def test_on_a_low_wall_a_long_slope_stands_beside_its_box(visit):
    text = "x^2*y-3.1*x*y^2"  # slopes of six signs
    figure = visit.figure("partial_derivatives", screen=LAPTOP, f=text, x0="1.13", y0="-1.87", present=1)
    expect(figure.readout("fx")).to_have_text("−15.07")
    for slope, name in (("fx", "x0"), ("fy", "y0")):
        number = figure.readout(slope).bounding_box()
        head = figure.root.locator(
            f".live-control:has([data-control={name}]) .live-control__head"
        ).bounding_box()
        assert number is not None
        assert head is not None
        assert number["x"] + number["width"] <= head["x"]


def test_space_is_drawn_once_unless_something_translucent_is_seen(visit):
    """Plotly draws a frame twice for what is translucent, seen or not, and once more for the mouse."""
    figure = visit.figure("partial_derivatives", drawn=True)
    assert figure.page.evaluate(TRANSLUCENT) == 0
    figure.root.locator('[data-toggle="plane"]').click()
    figure.await_condition(lambda: figure.page.evaluate(TRANSLUCENT) == 1, "the plane is seen through")
    figure.root.locator('[data-toggle="slices"]').click()
    figure.await_condition(lambda: figure.page.evaluate(TRANSLUCENT) == 0, "the plane is gone")


def test_the_lens_on_the_gradient_finds_the_steepest_and_the_level_direction(visit):
    figure = visit.figure("partial_derivatives", f="x^2 + 3y^2", x0=1, y0=1)
    figure.root.locator('[data-toggle="gradient"]').click()
    expect(figure.readout("du")).to_be_visible()
    name = rectangle(figure.root.locator("[data-panel=pad] .live-mark--label").get_by_text("∇f", exact=True))
    for handle in ("x0", "theta"):  # what is held lies over no name
        dot = rectangle(figure.handle(handle).locator(".live-handle__dot"))
        assert (
            name["right"] < dot["x"]
            or dot["right"] < name["x"]
            or name["bottom"] < dot["y"]
            or dot["bottom"] < name["y"]
        )
    box = figure.root.get_by_label("θ, exact value")
    box.fill("71.57")
    box.press("Enter")
    expect(figure.sentence).to_contain_text("Steepest climb")
    assert figure.number("du") == pytest.approx(40**0.5, abs=0.006)
    box.fill("341.57")
    box.press("Enter")
    expect(figure.sentence).to_contain_text("All but level")  # at a hundredth of a degree
    assert figure.number("du") == pytest.approx(0, abs=0.006)
    expect(figure.page).to_have_url(re.compile("lens=gradient"))
    figure.page.click("[data-tool=export]")
    with figure.page.expect_download() as download:
        figure.page.click("[data-export=svg]")
    drawing = download.value.path().read_text()
    looks = (
        figure.handle("x0")
        .locator(".live-handle__dot")
        .evaluate("(dot) => getComputedStyle(dot).backgroundColor")
    )
    assert re.search(
        rf'<circle[^>]*fill="{re.escape(looks)}"', drawing
    )  # the dot as it is seen, and the other's name
    assert re.search(r"<text[^>]*>u</text></g>", drawing)


def test_links_to_the_plane_to_a_silent_test_and_to_a_gap_say_what_is_there(visit, stage):
    links = ({"lens": "plane"}, {"f": "x^4 + y^4", "x0": 0, "y0": 0}, {"f": "ln(x y)", "x0": -1, "y0": 1})
    played = played_links(visit, stage, "partial_derivatives", links)
    figure, _ = next(played)
    sentence = figure.page.locator("[data-sentence]")
    expect(figure.page.locator("[data-readout=plane]")).to_have_text("z = 0.75 + 2·(x − 1) − 1·(y − 0.5)")
    expect(sentence).to_contain_text("At distance 1 the surface has left it by up to about 1")
    next(played)
    expect(sentence).to_contain_text("the test is silent")
    expect(sentence).to_contain_text("it is a minimum")
    next(played)
    expect(sentence).to_have_text("The function has no value here: a gap in the surface.")
    expect(figure.page.locator("[data-readout=f]")).to_have_text("no value")


def test_a_cold_deep_link_brings_everything(visit, fresh_server):
    figure = visit.figure(
        "partial_derivatives", server=fresh_server, f="x y^2 + x^3", x0=1, y0=2, lens="gradient", theta=90
    )
    assert (figure.value("x0"), figure.value("y0"), figure.value("theta")) == (1, 2, 90)
    assert figure.number("du") == 4
    assert figure.text("gradient").startswith("(7, 4)")


def test_the_jacobian_of_the_course(visit):
    figure = visit.figure("partial_derivatives", tab="jacobian")
    assert figure.number("det") == -5
    expect(figure.readout("area")).to_have_text("× 5, turned over")
    with figure.dragging(figure.handle("x0"), 40, 0):
        x, y = figure.value("x0"), figure.value("y0")
        assert x > 1.1
        expected = 2 * x * y - 5 * x * x
        assert figure.number("det") == pytest.approx(expected, abs=0.05 * abs(expected))


def test_a_finger_moves_the_point_both_ways_on_a_phone(visit):
    figure = visit.figure("partial_derivatives", screen=PHONE)
    figure.drag(figure.handle("x0"), -50, 60, touch=True)
    assert figure.value("x0") < 0.8
    assert figure.value("y0") < 0.2
    width = figure.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert width <= 0


def test_graphics_contexts_do_not_pile_up(visit):
    """Ten page changes by the menu: each surface has a context of its own, and leaves with it.

    A browser takes the oldest away itself once there are sixteen: of fewer, only we can have let go.
    """
    figure = visit.figure("partial_derivatives", script=CONTEXTS)
    page = figure.page
    for _ in range(5):
        for link, readout in (("tangent", "slope"), ("partial_derivatives", "fx")):
            menu_link(page, link).click()
            expect(figure.readout(readout)).to_be_visible()
            figure.await_ready()
    made, living = page.evaluate(
        "[window.glContexts.length, window.glContexts.filter((gl) => !gl.isContextLost()).length]"
    )
    assert 6 <= made < 16
    assert living == 1
