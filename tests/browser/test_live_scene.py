"""The live figure by itself, on scenes built by hand: dragging, keys, messages, zoom, themes, export, offline."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import PHONE
from tests.browser.stage import Stage, as_sent, bare, stage
from tests.browser.stage_scenes import limit_scene, slope_scene

__all__ = ["bare", "stage"]

Open = Callable[..., Stage]


def cubic_slope(x: float) -> str:
    return f"{x * x - 1:.2f}".replace("-", "−").replace("−0.00", "0.00")


def test_a_drag_shows_everything_at_once_and_speaks_only_on_release(stage: Open) -> None:
    figure = stage(slope_scene())
    x, y = figure.press("[data-handle=x0]")
    figure.page.mouse.move(x + 90, y, steps=9)
    figure.frame()
    value = figure.value("x0")
    assert value > -0.2
    assert figure.readout("slope") == cubic_slope(value)
    assert figure.messages() == []
    assert "falling" in figure.sentence()
    figure.page.mouse.up()
    figure.frame()
    [message] = figure.messages()
    assert message["id"] == "cubic"
    assert message["controls"] == {"x0": value}
    assert message["toggles"]["lagrange"] is True
    assert figure.value("x0") == value
    assert float(parse_qs(urlsplit(figure.page.url).query)["x0"][0]) == value


def test_the_grab_offset_is_kept(stage: Open) -> None:
    figure = stage(slope_scene())
    x, y = figure.middle("[data-handle=x0]")
    figure.page.mouse.move(x + 9, y + 7)
    figure.page.mouse.down()
    figure.page.mouse.move(x + 9, y + 8)
    figure.frame()
    assert figure.value("x0") == pytest.approx(-0.5, abs=1e-3)
    figure.page.mouse.up()


def test_a_handle_snaps_to_marked_values_and_alt_lets_it_pass(stage: Open) -> None:
    figure = stage(slope_scene(), controls={"x0": 0.9})
    x, y = figure.press("[data-handle=x0]")
    unit = figure.page.evaluate("document.querySelector('.live-panel__graph')._fullLayout.xaxis._m")
    figure.page.mouse.move(x + 0.1 * unit + 4, y)
    figure.frame()
    assert figure.value("x0") == 1
    assert figure.sentence() == "Flat: the slope is exactly zero at this minimum."
    figure.page.keyboard.down("Alt")
    figure.page.mouse.move(x + 0.1 * unit + 5, y)
    figure.frame()
    assert figure.value("x0") > 1
    figure.page.keyboard.up("Alt")
    figure.page.mouse.up()


def test_keys_step_and_settle_in_one_message(stage: Open) -> None:
    figure = stage(slope_scene())
    slider = figure.page.locator("[data-control=x0]")
    slider.focus()
    for key, expected in [
        ("ArrowRight", -0.4),
        ("Shift+ArrowLeft", -0.41),
        ("PageUp", 0.59),
        ("PageDown", -0.41),
    ]:
        slider.press(key)
        figure.frame()
        assert figure.value("x0") == pytest.approx(expected)
    expect(slider).to_have_attribute("aria-valuetext", "−0.41")
    figure.page.wait_for_function("messages.at(-1)?.controls.x0 === -0.41")
    sent = len(figure.messages())
    figure.page.evaluate("""() => {
      const slider = document.querySelector("[data-control=x0]");
      for (let i = 0; i < 5; i += 1) {
        slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
      }
    }""")
    assert len(figure.messages()) == sent
    figure.page.wait_for_function("messages.at(-1).controls.x0 > 0")
    assert len(figure.messages()) == sent + 1
    slider.press("End")
    figure.frame()
    low, high = figure.page.evaluate("document.querySelector('.live-panel__graph')._fullLayout.xaxis.range")
    assert figure.value("x0") == pytest.approx(high, abs=1e-3)
    slider.press("Home")
    figure.frame()
    assert figure.value("x0") == pytest.approx(low, abs=1e-3)


def test_the_thumb_stands_under_the_point(stage: Open) -> None:
    figure = stage(slope_scene(), controls={"x0": 1.3})
    x, _ = figure.middle("[data-handle=x0]")
    thumb = """() => {
      const input = document.querySelector("[data-control=x0]");
      return input.getBoundingClientRect().left + 14 + (input.value / input.max) * (input.clientWidth - 28);
    }"""
    assert figure.page.evaluate(thumb) == pytest.approx(x, abs=1.5)
    figure.page.click("[data-tool=larger]")
    figure.frame()
    x, _ = figure.middle("[data-handle=x0]")
    assert figure.page.evaluate(thumb) == pytest.approx(x, abs=1.5)


def test_a_new_scene_with_the_same_id_keeps_the_learners_state(stage: Open) -> None:
    figure = stage(slope_scene())
    figure.page.click("[data-toggle=derivative]")
    figure.page.click("[data-tool=larger]")
    figure.page.get_by_label("x₀, exact value").fill("0.7")
    figure.page.keyboard.press("Enter")
    ranges = "document.querySelector('.live-panel__graph')._fullLayout.xaxis.range.join()"
    zoomed = figure.page.evaluate(ranges)
    changed = slope_scene(sentence="Changed: {slope:2}.")
    figure.page.evaluate("(scene) => { show(scene); }", as_sent(changed))
    # A scene waits for the window to stand still.
    expect(figure.page.locator("[data-sentence]").first).to_have_text(f"Changed: {cubic_slope(0.7)}.")
    assert figure.value("x0") == 0.7
    assert figure.page.evaluate(ranges) == zoomed
    expect(figure.page.locator("[data-toggle=derivative]")).to_have_attribute("aria-pressed", "true")
    figure.page.evaluate("(scene) => { show(scene); }", as_sent(slope_scene("another")))
    figure.frame()
    assert figure.value("x0") == -0.5
    assert figure.page.locator("[data-testid=live-figure]").count() == 1


def test_a_theme_change_recolours_and_keeps_the_zoom_and_what_the_legend_hides(stage: Open) -> None:
    figure = stage(slope_scene())
    figure.page.click("[data-tool=larger]")
    # What a click on the legend's third entry does.
    figure.page.evaluate(
        "Plotly.restyle(document.querySelector('.live-panel__graph'), { visible: 'legendonly' }, [2])"
    )
    shown = "document.querySelector('.live-panel__graph')._fullData[2].visible"
    ranges = "document.querySelector('.live-panel__graph')._fullLayout.xaxis.range.join()"
    colour = "document.querySelector('.live-panel__graph .scatterlayer .js-line').style.stroke"
    zoomed = figure.page.evaluate(ranges)
    assert figure.page.evaluate(colour) == "rgb(0, 114, 178)"
    figure.page.emulate_media(color_scheme="dark")
    figure.page.evaluate("() => { show(scene); }")
    figure.page.wait_for_function(f"() => {colour} === 'rgb(86, 180, 233)'")
    assert figure.page.evaluate(ranges) == zoomed
    assert figure.page.evaluate(shown) == "legendonly"
    assert figure.messages() == []  # the server has no use for what the learner looks at


def test_a_finger_moves_the_point_sideways_and_scrolls_the_page_downwards(stage: Open) -> None:
    figure = stage(slope_scene(), screen=PHONE)
    figure.page.evaluate("document.body.style.paddingBottom = '1500px'")
    x, y = figure.middle("[data-handle=x0]")
    figure.swipe(x, y, 90, 12)
    dragged = figure.value("x0")
    assert dragged > 0.5
    picture_x, picture_y = figure.middle(".live-panel")
    figure.swipe(picture_x + 60, picture_y, -90, 8)
    pulled = figure.value("x0")
    assert pulled < dragged - 0.5
    sent = len(figure.messages())
    figure.swipe(picture_x, picture_y, 4, -160)
    assert figure.value("x0") == pulled
    assert figure.page.evaluate("scrollY") > 60
    assert len(figure.messages()) == sent


def test_h_goes_through_both_signs_and_says_nothing_at_zero(stage: Open) -> None:
    figure = stage(limit_scene())
    assert figure.readout("quotient") == "3"
    slider = figure.page.locator("[data-control=h]")
    box = figure.page.get_by_label("h, exact value")
    for typed, shown in [("0.1", "2.1"), ("-0.5", "1.5"), ("1e-6", "2"), ("0", "0/0 says nothing")]:
        box.fill(typed)
        box.press("Enter")
        figure.frame()
        assert figure.readout("quotient") == shown
    assert figure.sentence() == "At h = 0 there is no second point."
    assert figure.page.locator("[data-handle=h]").is_visible()
    slider.focus()
    slider.press("ArrowLeft")
    figure.frame()
    assert figure.value("h") == -1e-6


def test_play_squeezes_h_and_ends_exactly(stage: Open) -> None:
    figure = stage(limit_scene())
    figure.page.click('[data-play="h → 0⁻"]')
    figure.page.wait_for_function("document.querySelector('[data-control=h]').dataset.value < -1e-3")
    figure.page.get_by_label("Pause").click()
    figure.frame()
    paused = figure.value("h")
    assert -1 <= paused < 0
    figure.frame()
    assert figure.value("h") == paused
    assert len(figure.messages()) == 1


def test_less_motion_means_the_end_at_once(stage: Open) -> None:
    figure = stage(limit_scene())
    figure.page.emulate_media(reduced_motion="reduce")
    figure.page.evaluate("() => { leave(); show(scene); }")
    figure.page.wait_for_selector("[data-ready=true]")
    figure.page.click('[data-play="both"]')
    figure.frame()
    assert figure.value("h") == -1e-6


def test_tables_and_derivations_follow(stage: Open) -> None:
    figure = stage(limit_scene())
    figure.page.get_by_text("Table", exact=True).click()
    row = figure.page.locator("[data-table=table] tbody tr").nth(2)
    row.get_by_role("button").click()
    figure.frame()
    assert figure.value("h") == 0.01
    expect(row).to_have_attribute("aria-current", "true")
    assert "1.01" in row.inner_text()
    lines = figure.page.locator("[data-derivation=algebra] li:visible")
    assert lines.count() == 0
    figure.page.get_by_text("Show the first line").click()
    assert lines.count() == 1
    figure.page.get_by_text("Next line").click()
    assert lines.count() == 2
    assert figure.page.get_by_text("Next line").count() == 1
    assert not figure.page.get_by_text("Next line").is_visible()


def test_a_challenge_is_committed_judged_and_reasoned(stage: Open) -> None:
    figure = stage(slope_scene())
    card = figure.page.locator("[data-challenge]")
    card.get_by_text("Try it").click()
    figure.frame()
    assert figure.value("x0") == -2
    ghost = figure.page.locator(".live-mark--line[opacity='0.3']")
    expect(ghost).to_be_hidden()  # where the learner stood before is no part of the question
    card.get_by_text("This is my answer").click()
    assert "Not quite. You chose −2: off by 1." in card.inner_text()
    card.get_by_text("because f is negative there").click()
    assert "No: f is positive there." in card.inner_text()
    card.get_by_text("Again").click()
    box = figure.page.get_by_label("x₀, exact value")
    box.fill("-0.5")
    box.press("Enter")
    expect(ghost).to_be_visible()
    card.get_by_text("This is my answer").click()
    assert "Right." in card.inner_text()


def test_of_several_right_places_the_learner_keeps_their_own_and_hears_how_near_it_is(stage: Open) -> None:
    scene = slope_scene()
    asked = replace(scene.challenges[0], intervals=((-1.0, -1.0), (1.0, 1.0)), tolerance=0.1, open=False)
    figure = stage(replace(scene, challenges=(replace(asked, reveal={"x0": -1.0}),)))
    card = figure.page.locator("[data-challenge]")
    card.get_by_text("Try it").click()
    box = figure.page.get_by_label("x₀, exact value")
    box.fill("0.95")
    box.press("Enter")
    card.get_by_text("This is my answer").click()
    assert "Right. You chose 0.95: near enough to 1." in card.inner_text()
    figure.frame()
    assert figure.value("x0") == 1


def test_the_microscope_tells_when_nothing_can_be_told_apart(stage: Open) -> None:
    figure = stage(slope_scene())
    figure.page.click("[data-toggle=microscope]")
    figure.page.get_by_label("x₀, exact value").fill("-1")
    figure.page.keyboard.press("Enter")
    lens = figure.page.locator("[data-microscope]")
    assert "still part" in lens.inner_text()
    figure.page.locator("[data-power]").fill("300")
    figure.frame()
    assert "×1000" in lens.inner_text()
    assert "indistinguishable at this magnification" in lens.inner_text()


def test_a_sketch_is_drawn_and_compared(stage: Open) -> None:
    figure = stage(slope_scene())
    answer = figure.page.locator("[data-toggle=derivative]")
    answer.click()
    expect(answer).to_have_attribute("aria-pressed", "true")
    figure.page.get_by_text("Sketch it first").click()
    expect(answer).to_have_attribute("aria-pressed", "false")
    expect(figure.page.locator(".live-mark--reveal")).to_have_css("visibility", "hidden")
    for i in range(7):
        place = -2.4 + 0.8 * i
        wanted = place * place - 1
        x, y = figure.press(f'[data-sketch-point="{i}"]')
        unit = figure.page.evaluate("document.querySelector('.live-panel__graph')._fullLayout.yaxis2._m")
        figure.page.mouse.move(x, y + unit * wanted)
        figure.page.mouse.up()
    figure.page.get_by_text("Reveal", exact=True).click()
    verdict = figure.page.locator("[data-sketch]").inner_text()
    assert "The sign is right at 7 of 7 points" in verdict
    expect(answer).to_have_attribute("aria-pressed", "true")


def test_present_fills_the_screen_and_pages_through_the_story(stage: Open) -> None:
    figure = stage(slope_scene(), query="?present=1")
    box = figure.page.locator(".live-box--present").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1440, "height": 900}
    size = "parseFloat(getComputedStyle(document.querySelector('[data-readout=slope]')).fontSize)"
    assert figure.page.evaluate(size) == 84
    figure.page.keyboard.press("PageDown")
    figure.page.keyboard.press("PageDown")
    figure.frame()
    assert figure.value("x0") == -1
    assert figure.page.get_by_text("At the top the slope is zero.").is_visible()
    figure.page.keyboard.press("h")
    assert not figure.page.locator("[data-readout=slope]").is_visible()
    figure.page.keyboard.press("r")
    figure.frame()
    assert figure.value("x0") == -0.5
    figure.page.keyboard.press("Escape")
    figure.frame()
    assert figure.page.locator(".live-box--present").count() == 0
    assert "present" not in figure.page.url


def test_the_address_keeps_what_it_does_not_know(stage: Open) -> None:
    figure = stage(slope_scene(), query="?embed=true&mystery=7&derivative=0")
    entries = figure.page.evaluate("history.length")
    figure.page.click("[data-toggle=derivative]")
    figure.page.click("[data-toggle=leibniz]")
    figure.page.click('[data-mark="1"]')
    query = parse_qs(urlsplit(figure.page.url).query)
    assert query == {"embed": ["true"], "mystery": ["7"], "derivative": ["1"], "notation": ["leibniz"],
                     "f": ["x^3/3 - x"], "x0": ["1"]}  # fmt: skip
    assert figure.page.evaluate("history.length") == entries
    assert figure.page.evaluate(
        "navigator.clipboard === undefined"
    )  # not a secure page: the clipboard refuses
    figure.page.click("[data-tool=link]")
    field = figure.page.get_by_label("Link to this state")
    expect(field).to_be_visible()
    copied = parse_qs(urlsplit(field.input_value()).query)
    assert "embed" not in copied
    assert copied["x0"] == ["1"]


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_pictures_can_be_saved(stage: Open, tmp_path: Path, kind: str) -> None:
    figure = stage(slope_scene())
    figure.page.click("[data-tool=export]")
    with figure.page.expect_download() as download:
        figure.page.click(f"[data-export={kind}]")
    content = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == f"x-3-3-x.{kind}"
    if kind == "png":
        assert content.startswith(b"\x89PNG")
        assert len(content) > 20_000
    else:
        assert content.startswith(b"<svg")
        assert "slope −0.75".encode() in content.replace(b"f\xe2\x80\xb2(x\xe2\x82\x80) ", b"")


def test_the_saved_page_drags_from_disk_without_a_network(
    stage: Open, browser: Browser, tmp_path: Path
) -> None:
    hostile = slope_scene(title="</script><b>tangent", url={"f": "x </script><!-- x"})
    figure = stage(hostile, controls={"x0": 1.25})
    figure.page.click("[data-tool=export]")
    with figure.page.expect_download() as download:
        figure.page.click("[data-export=html]")
    saved = tmp_path / "figure.html"
    download.value.save_as(saved)
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(saved.as_uri())
    page.wait_for_selector("[data-ready=true]")
    copy = Stage(page)
    assert copy.value("x0") == 1.25
    x, y = copy.press("[data-handle=x0]")
    page.mouse.move(x + 60, y, steps=4)
    copy.frame()
    assert copy.value("x0") > 1.4
    assert copy.readout("slope") == cubic_slope(copy.value("x0"))
    page.mouse.up()
    assert asked == [saved.as_uri()]
    assert page.title() == "</script><b>tangent"
    assert page.inner_text("h1") == "</script><b>tangent"
    context.close()


def test_a_click_on_a_marked_place_goes_there(stage: Open) -> None:
    figure = stage(slope_scene())
    place = """() => {
      const graph = document.querySelector(".live-panel__graph");
      const box = graph.getBoundingClientRect();
      const { xaxis, yaxis } = graph._fullLayout;
      return [box.left + xaxis._offset + xaxis.l2p(1), box.top + yaxis._offset + yaxis.l2p(-2 / 3)];
    }"""
    x, y = figure.page.evaluate(place)
    figure.page.mouse.click(x + 4, y - 3)
    figure.frame()
    assert figure.value("x0") == 1
    figure.page.mouse.click(x, y - 150)
    figure.frame()
    assert figure.value("x0") == 1


def test_a_late_answer_is_spoken_of_until_it_comes(stage: Open) -> None:
    figure = stage(slope_scene())
    notice = figure.page.locator(".live-sentence__notice")
    figure.page.evaluate("""() => {
      const sign = document.createElement("div");
      sign.id = "sign";
      sign.className = "answered-0";
      document.body.append(sign);
    }""")
    figure.page.clock.install()
    figure.page.click('[data-mark="1"]')
    figure.page.clock.fast_forward(2500)
    expect(notice).to_have_text("")
    figure.page.clock.fast_forward(700)
    expect(notice).to_have_text("The server is slow: the formulas wait, the picture goes on.")
    figure.page.evaluate("document.getElementById('sign').className = 'answered-1'")
    figure.page.clock.fast_forward(600)
    expect(notice).to_have_text("")


def test_a_scene_that_comes_during_a_drag_waits_for_its_end(stage: Open) -> None:
    figure = stage(slope_scene())
    x, y = figure.press("[data-handle=x0]")
    figure.page.mouse.move(x + 30, y, steps=3)
    figure.page.evaluate("(scene) => { show(scene); }", as_sent(slope_scene(sentence="New: {slope:2}.")))
    figure.page.mouse.move(x + 90, y, steps=5)
    figure.frame()
    value = figure.value("x0")
    assert value > -0.2
    assert "falling" in figure.sentence()
    figure.page.mouse.up()
    figure.frame()
    assert figure.value("x0") == value
    assert figure.sentence() == f"New: {cubic_slope(value)}."
