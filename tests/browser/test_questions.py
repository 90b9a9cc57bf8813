"""Questions of the live figure: what waits until it is answered, on scenes built by hand."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from explorer.conditions import is_above
from explorer.expression import parse
from explorer.figures.challenges import FAR, SIDES
from explorer.figures.curve import choose_window
from explorer.figures.limit.scene import limit_scene
from explorer.figures.limit.start import start_for
from explorer.scene.scene import Case, Microscope
from explorer.scene.scene import Stage as StoryStage
from tests.browser.chromium import DESKTOP, PHONE, Screen
from tests.browser.live_figure import MOST_SHIFT
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
    asks = StoryStage(
        "How steep? Say a number.", {"x0": -0.5}, asks=True, answer="It falls.", shows={"x0": -0.4}
    )
    here = (Case("It rises here.", (is_above("slope", 0.0),)), Case("It does not rise here."))
    story = (
        asks,
        StoryStage("All of it.", {"x0": 0.5}, {"derivative": True}),
        StoryStage(here, {"x0": "slope"}),
    )
    figure = stage(slope_scene(story=story), query="?present=1", controls={"x0": 1.25})
    readout, answer = figure.page.locator("[data-readout=slope]"), "[data-toggle=derivative]"
    figure.page.keyboard.press("PageDown")
    expect(readout).to_be_hidden()
    expect(figure.page.get_by_label("x₀, exact value")).to_be_visible()  # what is given is no answer
    assert "x0=1.25" in figure.page.url  # the story is sent with the place where it is told
    assert "stage=1" in figure.page.url
    figure.page.keyboard.press("h")
    expect(readout).to_be_visible()
    figure.page.keyboard.press("PageUp")
    expect(readout).to_be_hidden()
    figure.page.keyboard.press("PageDown")
    expect(readout).to_be_visible()
    expect(figure.page.get_by_text("It falls.")).to_be_visible()
    figure.frame()
    assert figure.value("x0") == -0.4
    figure.page.keyboard.press("PageDown")
    expect(figure.page.locator(answer)).to_have_attribute("aria-pressed", "true")
    assert figure.value("x0") == 0.5
    figure.page.keyboard.press("PageDown")
    words = figure.page.locator(".live-presentbar__words")
    expect(words).to_have_text("It does not rise here.")
    assert figure.value("x0") == 0.5625  # where f′ is at 1.25, the place of the story
    figure.page.keyboard.press("PageDown")  # there is no stage behind the last one
    expect(figure.page.locator(".live-presentbar__place")).to_have_text("3 of 3")
    figure.page.keyboard.press("End")
    expect(words).to_have_text("It rises here.")
    figure.page.keyboard.press("Escape")
    expect(figure.page.locator(answer)).to_have_attribute("aria-pressed", "false")
    expect(readout).to_be_visible()
    assert figure.value("x0") == 1.25
    assert "stage=" not in figure.page.url


def test_of_the_story_and_a_challenge_one_asks_at_a_time(stage: Open) -> None:
    story = (StoryStage("How steep?", {"x0": -0.5}, asks=True), StoryStage("And here?", {"x0": 0.5}))
    figure = stage(slope_scene(story=story), query="?present=1&stage=1&challenge=1", controls={"x0": 1.25})
    page, question = figure.page, figure.page.locator(".live-challenge__question")
    words = page.locator(".live-presentbar__words")
    expect(question).to_be_visible()
    expect(words).to_have_text("")
    assert "stage=" not in page.url
    page.keyboard.press("PageDown")
    expect(words).to_have_text("How steep?")
    expect(question).to_be_hidden()
    assert "challenge=" not in page.url
    page.keyboard.press("Escape")
    expect(page.locator("[data-readout=slope]")).to_be_visible()
    assert figure.value("x0") == 1.25


def test_a_link_to_what_is_not_there_says_so_and_shows_the_nearest(stage: Open) -> None:
    figure = stage(slope_scene(), query="?stage=99")
    page = figure.page
    expect(page.locator(".live-presentbar__words")).to_contain_text(
        "The link asks for a stage that is not there"
    )
    expect(page.locator(".live-presentbar__place")).to_have_text(re.compile(r"^(\d) of \1$"))
    figure = stage(slope_scene(), query="?challenge=77", controls={"x0": 1.5})
    card = figure.page.locator("[data-challenge]")
    expect(card).to_contain_text("The link asks for a challenge that is not there")
    expect(figure.page.locator("[data-readout=slope]")).to_be_hidden()
    assert figure.value("x0") == -2
    # There is a way out, and it leads back to where one was.
    card.get_by_role("button", name="Leave it").click()
    expect(figure.page.locator("[data-readout=slope]")).to_be_visible()
    figure.frame()
    assert figure.value("x0") == 1.5
    assert "challenge" not in figure.page.url
    expect(card.get_by_text("Try it")).to_be_visible()


def test_a_link_leads_to_the_question_and_the_first_wrong_answer_gets_a_hint(stage: Open) -> None:
    scene = slope_scene()
    asked = replace(scene.challenges[0], hints=SIDES, far=FAR[SIDES])
    figure = stage(replace(scene, challenges=(asked,)), query="?challenge=1&x0=-0.5")
    card, readout = figure.page.locator("[data-challenge]"), figure.page.locator("[data-readout=slope]")
    commit = card.get_by_text("This is my answer")
    expect(readout).to_be_hidden()
    expect(figure.page.locator("[data-sentence]")).to_be_hidden()
    assert figure.value("x0") == -2
    figure.press("[data-handle=x0]")
    figure.page.mouse.move(900, 300, steps=3)
    figure.page.mouse.up()
    assert "challenge=1" in figure.page.url
    assert "x0=-2" in figure.page.url  # the question is sent, and not where the point has been dragged to
    assert figure.value("x0") > 0
    commit.click()
    expect(card.get_by_text("to the left.")).to_be_visible()
    expect(readout).to_be_hidden()
    commit.click()
    expect(card.get_by_text("Not quite. You chose")).to_be_visible()
    expect(readout).to_be_visible()
    card.get_by_text("Again").click()
    expect(readout).to_be_hidden()
    expect(card.get_by_text("Not yet")).to_have_count(0)


def test_what_is_taken_along_while_a_question_waits_holds_the_question_and_no_answer(
    stage: Open, tmp_path: Path
) -> None:
    figure = stage(slope_scene(), query="?challenge=1")
    page, readout = figure.page, figure.page.locator("[data-readout=slope]")
    expect(readout).to_be_hidden()
    expect(page.locator("html.live-hiding")).to_have_count(1)  # the page's code is away
    saved = {}
    for kind in ("svg", "html"):
        page.click("[data-tool=export]")
        with page.expect_download() as download:
            page.click(f"[data-export={kind}]")
        saved[kind] = tmp_path / f"figure.{kind}"
        download.value.save_as(saved[kind])
    drawing = " ".join(re.findall(r">([^<]+)<", saved["svg"].read_text(encoding="utf-8")))
    said = readout.text_content()
    assert said
    assert said not in drawing
    assert "f = " in drawing
    # Shown, the same picture says it.
    page.locator("[data-challenge]").get_by_text("This is my answer").click()
    expect(readout).to_be_visible()
    expect(page.locator("html.live-hiding")).to_have_count(0)
    page.click("[data-tool=export]")
    with page.expect_download() as download:
        page.click("[data-export=svg]")
    assert str(readout.text_content()) in Path(download.value.path()).read_text(encoding="utf-8")
    page.goto(saved["html"].as_uri())
    expect(page.locator("[data-testid=live-figure][data-ready=true]")).to_be_visible()
    expect(page.locator("[data-challenge]").get_by_text("This is my answer")).to_be_visible()
    expect(readout).to_be_hidden()


MOVED = """() => {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) window.moved += shift.value;
  }).observe({ type: "layout-shift" });
}"""


def test_on_a_phone_a_question_lies_over_the_foot_of_the_screen_and_nothing_moves(stage: Open) -> None:
    figure = stage(slope_scene(), screen=PHONE)
    card, panel = figure.page.locator("[data-challenge]"), figure.page.locator("[data-panel=curve]")
    commit, begin = card.get_by_text("This is my answer"), card.get_by_text("Try it")
    begin.scroll_into_view_if_needed()
    figure.frame()
    figure.page.evaluate(MOVED)
    begin.tap()
    expect(commit).to_be_in_viewport()
    expect(panel).to_be_in_viewport(ratio=0.9)
    boxes = [panel.bounding_box(), card.bounding_box()]
    assert all(boxes)
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]  # type: ignore[index]
    commit.tap()
    expect(card.get_by_text("…because…")).to_be_in_viewport()
    expect(panel).to_be_in_viewport(ratio=0.9)
    card.get_by_role("button", name="Leave it").tap()
    expect(begin).to_be_visible()
    figure.frame()
    assert figure.page.evaluate("() => window.moved") <= MOST_SHIFT


def test_a_teachers_own_question_stands_in_the_link_and_is_judged_by_its_range(stage: Open) -> None:
    figure = stage(slope_scene())
    page, card = figure.page, figure.page.locator("[data-challenge]")
    words = "Where is <b>the slope</b> 2 & why?"
    card.get_by_role("button", name="Ask your own").click()
    card.get_by_label("Your question").fill(words)
    card.get_by_label("What counts").select_option("slope")
    card.get_by_role("button", name="Ask it").click()
    expect(card.get_by_role("alert")).to_have_text("The range of right answers needs two numbers.")
    expect(card.get_by_label("Your question")).to_have_value(words)
    # The range is typed as any number is.
    card.get_by_label("right from").fill("−4/5")
    card.get_by_label("to", exact=True).fill("less")
    card.get_by_role("button", name="Ask it").click()
    expect(card.get_by_role("alert")).to_contain_text("“less” is no number.")
    card.get_by_label("to", exact=True).fill("-0,7")
    card.get_by_role("button", name="Ask it").click()
    expect(card.get_by_text(words)).to_be_visible()
    asked = urlsplit(page.url).query
    expect(page.locator("[data-readout=slope]")).to_be_hidden()
    # Whoever follows the link is asked, with a hint and another try.
    student = stage(slope_scene(), query=f"?{asked}", controls={"x0": 1.5})
    card = student.page.locator("[data-challenge]")
    commit = card.get_by_text("This is my answer")
    expect(card.get_by_text(words)).to_be_visible()  # as text, never as markup
    expect(card.locator("b")).to_have_count(0)
    commit.click()
    expect(card.get_by_text("Not yet: the slope has to be much smaller.")).to_be_visible()
    box = student.page.get_by_label("x₀, exact value")
    box.fill("0.5")
    box.press("Enter")
    assert student.value("x0") == 0.5
    commit.click()
    expect(
        card.get_by_text("Right. There it is −0.75. Accepted: the slope from −0.8 to −0.7.")
    ).to_be_visible()
    assert "ask=" not in student.page.url
    expect(card.get_by_text(words)).to_be_visible()  # with the answer too
    card.get_by_role("button", name="Another").click()
    expect(card.get_by_role("button", name="Try it")).to_be_visible()


def test_on_the_limit_page_a_teacher_asks_for_the_average_slope_that_stands_there(stage: Open) -> None:
    f = parse("x^3-2x")
    window = choose_window(f)
    figure = stage(limit_scene(f, window, start_for(f, window)), query="?ask=Why%3F&of=q&low=-0.8&high=-0.7")
    card = figure.page.locator("[data-challenge]")
    for name, value in (("x₀", "0.5"), ("h", "0.3")):
        box = figure.page.get_by_label(f"{name}, exact value")
        box.fill(value)
        box.press("Enter")
    card.get_by_text("This is my answer").click()
    expect(card.get_by_text("Right. There it is −0.71.")).to_be_visible()
    expect(figure.page.locator("[data-readout=quotient]")).to_contain_text("−0.71")


def test_a_link_whose_own_question_has_no_range_says_so(stage: Open) -> None:
    figure = stage(slope_scene(), query="?ask=Hm%3F&of=slope&low=3&high=1")
    card = figure.page.locator("[data-challenge]")
    expect(card.get_by_text("The range of right answers ends before it begins.")).to_be_visible()
    expect(figure.page.locator("[data-readout=slope]")).to_be_visible()
    card.get_by_role("button", name="Leave it").click()
    expect(card.get_by_role("button", name="Try it")).to_be_visible()


def test_hidden_numbers_stand_in_the_link_and_can_be_shown(stage: Open) -> None:
    figure = stage(slope_scene(), query="?hide=1")
    readout = figure.page.locator("[data-readout=slope]")
    expect(readout).to_be_hidden()
    figure.page.get_by_role("button", name="Show numbers").click()
    expect(readout).to_be_visible()
    assert "hide" not in figure.page.url


def test_while_slopes_are_guessed_those_that_are_known_wait(stage: Open) -> None:
    figure = stage(slope_scene())
    readout = figure.page.locator("[data-readout=slope]")
    figure.page.get_by_text("Sketch it first").click()
    expect(readout).to_be_hidden()
    assert "sketch=1" in figure.page.url
    expect(figure.page.locator(".live-mark--reveal").first).to_be_hidden()
    figure.page.get_by_text("Reveal", exact=True).click()
    expect(readout).to_be_visible()
    figure.page.get_by_text("Put away").click()
    expect(readout).to_be_visible()
    assert "sketch" not in figure.page.url


DRAWN = "() => [...document.querySelectorAll('[data-sketch-point]')].map((dot) => Number(dot.ariaValueNow))"


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["mouse", "finger"])
def test_a_sketch_is_drawn_in_one_stroke_that_moves_no_picture(stage: Open, screen: Screen) -> None:
    figure = stage(slope_scene(), screen=screen)
    page = figure.page
    page.get_by_text("Sketch it first").click()
    sheet = page.locator("[data-sketch-sheet]")
    sheet.scroll_into_view_if_needed()
    before = page.evaluate("scrollY"), page.locator("[data-panel=curve] .xtick text").all_text_contents()
    box = sheet.bounding_box()
    assert box
    left, top, fall = box["x"] + 3, box["y"] + 0.2 * box["height"], 0.6 * box["height"]

    def stroke(x: float, y: float, across: float, down: float) -> None:
        if screen.touch:
            figure.swipe(x, y, across, down)
        else:
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + across, y + down, steps=9)
            page.mouse.up()
        figure.frame()

    stroke(left, top, box["width"] - 6, fall)
    values = page.evaluate(DRAWN)
    assert len(values) == 7
    # A straight stroke: the places lie evenly on it, and each of the pieces falls alike.
    assert values == pytest.approx(
        np.linspace(values[0], values[-1], 7), abs=0.03 * abs(values[0] - values[-1])
    )
    assert values[0] > values[-1]
    assert before == (
        page.evaluate("scrollY"),
        page.locator("[data-panel=curve] .xtick text").all_text_contents(),
    )
    # So does a hand that comes down on a dot and leaves it sideways.
    dot = page.locator("[data-sketch-point='1']").bounding_box()
    assert dot
    stroke(dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2, 0.7 * box["width"], 0)
    level = page.evaluate(DRAWN)
    assert level[0] == values[0]
    assert level[1:5] == pytest.approx([values[1]] * 4, abs=0.03 * abs(values[0] - values[-1]))
    values = level
    # A dot is moved by keys as ever.
    page.locator("[data-sketch-point='6']").focus()
    page.keyboard.press("ArrowUp")
    figure.frame()
    assert page.evaluate(DRAWN)[6] > values[6]
    page.get_by_text("Reveal", exact=True).click()
    expect(page.locator("[data-sketch]").get_by_text("The sign is right at")).to_be_visible()
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize(
    ("rise", "run", "form", "text"),
    [
        (3, 1, "2", "3.00/1.00 = 3.00"),
        (-0.0323, 0.1, "3", "−0.032/0.100 ≈ −0.323"),
        (-0.0323, 0.1, "g4", "−0.0323/0.1 = −0.323"),
        (3.125, 1.5, "2", "3.13/1.50 ≈ 2.08"),
        (2e-9, 1e-6, "g3", "2·10⁻⁹/0.000001 = 0.002"),
        (2.0006e-9, 1e-6, "g4", "2.001·10⁻⁹/0.000001 = 0.002001"),
        (2.0006e-9, 3e-6, "g2", "2·10⁻⁹/0.000003 = 0.00067"),
        (1e-8, 3e-1, "g2", "1·10⁻⁸/0.3 = 3.3·10⁻⁸"),
        (1.04e-8, 3e-1, "g2", "1·10⁻⁸/0.3 ≈ 3.5·10⁻⁸"),
    ],
)
def test_a_division_is_written_as_equal_where_it_holds_as_it_is_written(
    bare: Page, rise: float, run: float, form: str, text: str
) -> None:
    script = """async ([values, form]) => {
      const { compileTemplate } = await import("/modules/words/text.js");
      const quantities = { reader: (name) => () => values[name], errorReader: () => () => 0 };
      return compileTemplate(`{dy:${form}}/\\u200b{h:${form}} ≟\\u00a0{q:${form}}`, quantities, new Map())();
    }"""
    said = bare.evaluate(script, [{"dy": rise, "h": run, "q": rise / run}, form])
    assert said.replace("\u200b", "").replace("\u00a0", " ") == text
