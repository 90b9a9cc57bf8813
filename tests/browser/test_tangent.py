"""The slope page as a learner uses it."""

import json
import re
from math import cos, sin

import numpy as np
from playwright.sync_api import expect

from explorer.expression import parse
from explorer.figures.curve import choose_window
from explorer.figures.slope.scene import slope_scene, start_in
from explorer.presets import SLOPE_CHALLENGES
from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.live_figure import LiveFigure


def box(page):
    return page.get_by_label("Your function of x")


def test_dragging_moves_slope_tangent_and_sentence_with_the_finger(visit):
    figure = visit.figure("tangent")
    expect(figure.readout("slope")).to_have_text("−0.75")
    expect(figure.sentence).to_have_text(
        "The curve is above zero here, yet falling: slope −0.75. Drag until the line is flat."
    )
    with figure.dragging(figure.handle("x0"), 60):
        assert figure.value("x0") > -0.4
        x = figure.value("x0")
        assert abs(figure.number("slope") - (x * x - 1)) < 0.006
    expect(figure.page).to_have_url(re.compile(r"x0=-?0\.\d+"))


def test_a_drag_that_begins_while_a_function_is_on_its_way_goes_along_to_it(visit):
    figure = visit.figure("tangent", f="sin(x)", x0="1")
    box(figure.page).fill("x^2 sin(3x)")
    grip = figure.grab(figure.handle("x0"))
    figure.pull(grip, 60)
    expect(figure.page.locator(".st-key-reading")).to_contain_text("3")
    figure.await_server()
    figure.pull(grip, 20)
    held = figure.value("x0")
    assert held > 1.1
    grip.release()
    expect(figure.page).to_have_url(re.compile("sin"))
    figure.await_condition(
        lambda: abs(figure.number("slope") - (2 * held * sin(3 * held) + 3 * held**2 * cos(3 * held))) < 0.05,
        "the new slope where the hand let go",
    )
    assert abs(figure.value("x0") - held) < 0.006
    expect(figure.page).to_have_url(re.compile(r"f=x%5E2.*x0=(?!1(&|$))"))


def test_a_refused_text_keeps_and_moves_no_picture_marks_the_place_and_offers_a_mend(visit):
    figure = visit.figure("tangent")
    before = figure.root.bounding_box()
    figure.root.evaluate("(root) => { root.stillTheSame = true; }")
    refusal = figure.page.locator(".st-key-refusal")
    box(figure.page).fill("x^")
    expect(refusal).to_be_visible()
    figure.await_server()
    assert figure.root.bounding_box() == before
    said = refusal.bounding_box()
    assert said["y"] + said["height"] <= before["y"]
    # Markup stays text.
    box(figure.page).fill("<img src=x onerror=alert(1)> **bold** $x$")
    expect(refusal).to_contain_text("onerror")
    assert refusal.locator("img").count() == 0
    assert refusal.locator("strong").count() == 0
    box(figure.page).fill("sen(x)")
    expect(refusal).to_contain_text("sen")
    expect(refusal).to_contain_text("^")
    expect(figure.readout("slope")).to_have_text("−0.75")
    refusal.get_by_role("button", name="Use this instead").click()
    expect(refusal).to_have_count(0)
    expect(box(figure.page)).to_have_value(re.compile("sin"))
    expect(figure.page).to_have_url(re.compile("f=sin"))
    box(figure.page).fill("x^2")
    expect(figure.page).to_have_url(re.compile("f=x%5E2"))
    assert figure.root.evaluate("(root) => root.stillTheSame === true")


def test_a_refusal_stays_on_the_screen_of_a_phone(visit):
    figure = visit.figure("tangent", screen=PHONE)
    for text in ("sinn(x)", "x^2 + sinn(3x) - cos(5x) + 1/(1 + x^2) + sqrt(x + 4) - log(x)"):
        box(figure.page).fill(text)
        refusal = figure.page.locator(".st-key-refusal")
        expect(refusal).to_contain_text("sinn")
        figure.await_server()
        ends = refusal.evaluate(
            "(card) => [card, ...card.querySelectorAll('button, pre, [data-testid=stText]')]"
            ".map((one) => one.getBoundingClientRect().right)"
        )
        assert max(ends) <= 390
        picture = figure.page.locator(".live-panel").first.bounding_box()
        assert refusal.evaluate("(card) => card.getBoundingClientRect().bottom") <= picture["y"]
        assert refusal.locator("[data-testid=stText]").evaluate(
            "(text) => text.scrollWidth <= text.clientWidth + 1"
        )


def test_a_corner_has_no_slope_and_says_why(visit):
    figure = visit.figure("tangent", f="|x|", x0="0.5")
    figure.root.locator('[data-mark="0"]').click()
    expect(figure.readout("slope")).to_have_text("none")
    expect(figure.sentence).to_contain_text("Corner at x = 0")
    expect(figure.sentence).to_contain_text("minimum")


def test_keys_move_the_point_a_function_is_drawn_while_it_is_typed_and_an_example_brings_its_own(visit):
    figure = visit.figure("tangent")
    control = figure.control("x0")
    before = figure.sent
    control.press("ArrowRight")
    control.press("ArrowRight")
    control.press("ArrowRight")
    figure.await_value("x0", lambda x: abs(x - -0.2) < 1e-9)
    figure.await_condition(lambda: figure.sent > before, "a message after the keys")
    figure.await_server()
    assert figure.sent == before + 1
    box(figure.page).fill("x^3 - 2x")
    expect(figure.page).to_have_url(re.compile("f=x%5E3-2x"))
    figure.await_condition(
        lambda: abs(figure.number("slope") - (3 * figure.value("x0") ** 2 - 2)) < 0.006, "the new slope"
    )
    figure.page.get_by_role("button", name="Examples").click()
    figure.page.get_by_role("button", name="ln(x)/x").click()
    expect(figure.page).to_have_url(re.compile(r"f=ln%28x%29%2Fx"))
    expect(figure.readout("slope")).to_have_text("1.00")


def test_switches_travel_in_the_link(visit):
    figure = visit.figure("tangent", f="x^2", x0=1, whole=1, microscope=1, notation="leibniz")
    expect(figure.root.locator('[data-toggle="whole"]')).to_have_attribute("aria-pressed", "true")
    expect(figure.root.locator('[data-toggle="leibniz"]')).to_have_attribute("aria-pressed", "true")
    figure.root.locator('[data-toggle="whole"]').click()
    expect(figure.page).not_to_have_url(re.compile("whole=1"))
    expect(figure.page).to_have_url(re.compile("microscope=1"))


def test_the_steps_show_the_chain_rule(visit):
    figure = visit.figure("tangent", f="(x^2)^3")
    figure.page.get_by_text("How f′ is obtained").click()
    expect(figure.page.get_by_text("chain", exact=True).first).to_be_visible()
    expect(figure.page.get_by_text("One function inside another").first).to_be_visible()


def test_the_window_can_be_changed_shared_and_reset(visit):
    figure = visit.figure("tangent", f="x^2", x0=1)
    page = figure.page
    page.get_by_role("button", name="Window").click()
    page.get_by_label("x to").fill("8")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("window="))
    figure.await_server()
    link = page.url
    again = visit.page("")
    again.goto(link)
    other = LiveFigure(again)
    other.control("x0").press("End")
    other.await_value("x0", lambda x: x == 8)


def test_the_axis_holds_the_second_derivative_while_it_is_shown(visit):
    ranges = "document.querySelector('.live-panel__graph')._fullLayout.yaxis2.range"
    figure = visit.figure("tangent", f="x e^(-x^2)", second="1")
    low, high = figure.page.evaluate(ranges)
    x = np.linspace(-2, 2, 1001)  # (x e^(−x²))″ = (4x³ − 6x) e^(−x²)
    peak = np.abs((4 * x**3 - 6 * x) * np.exp(-(x**2))).max()
    assert low < -peak
    assert high > peak
    switch = figure.root.locator("[data-toggle=second]")
    switch.click()
    figure.await_condition(lambda: figure.page.evaluate(ranges)[1] < peak, "the range of the slopes alone")
    switch.click()
    figure.await_condition(lambda: figure.page.evaluate(ranges) == [low, high], "the range of both")
    figure.root.locator("[data-tool=larger]").click()
    figure.await_condition(lambda: figure.page.evaluate(ranges)[1] < high, "a narrower range")
    figure.root.locator("[data-tool=reset]").click()
    figure.await_condition(lambda: figure.page.evaluate(ranges) == [low, high], "the start")


def test_a_finger_drags_on_a_phone(visit):
    figure = visit.figure("tangent", screen=PHONE)
    start = figure.value("x0")
    figure.drag(figure.handle("x0"), 40, touch=True)
    assert figure.value("x0") > start + 0.2


def test_the_number_beside_the_point_is_not_cut_off_at_the_edge(visit):
    figure = visit.figure("tangent", f="x^2", x0=3, window="-3,3,-1,9")
    label = figure.root.locator("svg text", has_text=re.compile(r"^6\.00$")).last.bounding_box()
    plot = figure.root.locator(".nsewdrag").first.bounding_box()
    assert plot["x"] <= label["x"]
    assert label["x"] + label["width"] <= plot["x"] + plot["width"] + 1


def test_light_and_dark_are_switched_and_everything_stays(visit):
    figure = visit.figure("tangent", f="x^2", x0=1.25, embed_options="disable_scrolling")
    page, canvas = figure.page, "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    assert page.evaluate(canvas) == "rgb(255, 255, 255)"
    for theme, colour in (("dark", "rgb(14, 17, 23)"), ("light", "rgb(255, 255, 255)")):
        page.get_by_role("button", name="Light or dark").click()
        page.wait_for_url(re.compile(f"embed_options=disable_scrolling&embed_options={theme}_theme"))
        figure = LiveFigure(page)
        assert page.evaluate(canvas) == colour
        assert figure.value("x0") == 1.25


def test_the_code_of_the_screen_gives_its_numbers_and_follows_a_release(visit):
    figure = visit.figure("tangent", f="x^2*sin(x)", x0=1.25)
    page = figure.page
    drawn = page.locator(":root[data-code-drawer]")
    button = page.locator("[data-tool=code]")
    expect(page.locator('[data-testid="stCode"]')).to_have_count(0)
    button.focus()
    page.keyboard.press("Enter")
    expect(drawn).to_have_count(1)
    code = page.locator('[data-testid="stCode"] code').first
    expect(code).to_contain_text('sp.Rational("1.25")')
    # The picture is still in sight, and the code follows what is left standing in it.
    figure.control("x0").press("ArrowRight")
    figure.await_value("x0", lambda value: value > 1.25)
    expect(code).to_contain_text(f'sp.Rational("{figure.value("x0")!r}")')
    for library, says in (("NumPy", "2*x*np.sin(x) + x**2*np.cos(x)"), ("JAX", "jax.value_and_grad(f)")):
        page.get_by_role("tab", name=library).click()
        shown = page.locator('[data-testid="stCode"] code:visible').first
        expect(shown).to_contain_text(says)
    assert not serious_faults(page)
    page.mouse.move(0, 0)
    copy = page.get_by_role("button", name="Copy to clipboard").locator("visible=true")
    expect(copy).to_have_css("opacity", "1")  # nobody hovers over it: keys and fingers find it all the same
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as .py").locator("visible=true").click()
    assert download.value.suggested_filename == "tangent_jax.py"
    program = download.value.path().read_text(encoding="utf-8")
    assert f"x0 = jnp.float64({figure.value('x0')!r})\n" in program
    assert "value_and_grad(f)(x0)" in program
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all as a notebook").click()
    assert download.value.suggested_filename == "tangent.ipynb"
    assert json.loads(download.value.path().read_text(encoding="utf-8"))["nbformat"] == 4
    # Escape shuts it and leads back to the button; the fold below is shut as well.
    page.locator(".st-key-code summary").focus()
    page.keyboard.press("Escape")
    expect(drawn).to_have_count(0)
    expect(button).to_be_focused()
    expect(page.locator(".st-key-code details[open]")).to_have_count(0)


def test_the_story_of_ones_own_function_ends_with_the_questions_about_it(visit):
    """They are made when the story is entered, and it has grown by then."""
    f = parse("x^3 - 2x")
    window = choose_window(f)
    story = slope_scene(f, window, start_in(f, window), challenges=SLOPE_CHALLENGES, questioned=True).story
    figure = visit.figure("tangent", f=f.text)
    figure.page.get_by_role("button", name="Present").click()
    figure.page.keyboard.press("PageDown")
    expect(figure.root.locator(".live-presentbar__place")).to_have_text(f"1 of {len(story)}")
    for _ in range(len(story) - 1 + sum(stage.asks for stage in story)):  # one that asks takes two
        figure.page.keyboard.press("PageDown")
    expect(figure.root.locator(".live-presentbar__words")).to_have_text(str(story[-1].text))
