"""The descent page as a learner and a teacher use it: a live learning rate, a dragged start, play, step, scrub."""

import json
import math
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from explorer.descent import descend
from explorer.expression import parse
from tests.browser.chromium import LAPTOP, PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import LiveFigure
from tests.browser.played import played_links
from tests.browser.server import Server
from tests.browser.stage import Stage, stage

__all__ = ["stage"]

PAGE = "gradient_descent"


def path_of(figure: LiveFigure) -> str:
    return figure.root.locator('[data-part="line"]').nth(1).get_attribute("d") or ""


def racers_of(figure: LiveFigure) -> Locator:
    return figure.root.locator('[data-panel="curve"] .legendtext')


def test_the_first_state_is_the_one_of_the_design_and_is_stepped_by_mouse(visit: Visit) -> None:
    figure = visit.figure(PAGE)
    assert (figure.value("x0"), figure.value("rate"), figure.value("step")) == (4, 0.1, 0)
    expect(figure.sentence).to_have_text("Slope 8 here, so the next step is −0.1 × 8 = −0.8. Press Step.")
    expect(figure.readout("update")).to_have_text("w ← 4 − 0.1 · 8 = 3.2")
    # Step and step back by mouse.
    figure.root.get_by_role("button", name="Step", exact=True).click()
    figure.await_value("step", lambda step: step == 1)
    expect(figure.readout("update")).to_have_text("w ← 3.2 − 0.1 · 6.4 = 2.56")
    figure.root.get_by_role("button", name="Step", exact=True).click()
    figure.await_value("step", lambda step: step == 2)
    figure.root.get_by_role("button", name="Step back").click()
    figure.await_value("step", lambda step: step == 1)


def test_scrub_by_mouse_and_keyboard(visit: Visit) -> None:
    figure = visit.figure(PAGE)
    with figure.dragging(figure.control("step"), 150):
        scrubbed = figure.value("step")
        assert scrubbed == int(scrubbed)
        assert 15 < scrubbed < 40
    figure.control("step").press("Home")
    figure.await_value("step", lambda step: step == 0)
    for _ in range(3):
        figure.control("step").press("ArrowRight")
    figure.await_value("step", lambda step: step == 3)
    figure.control("step").press("End")
    figure.await_value("step", lambda step: step == 40)


def test_dragging_the_rate_moves_path_and_verdict_without_a_message(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", x0=4, rate=0.3, step=40)
    expect(figure.readout("verdict")).to_have_text("Converges")
    before = path_of(figure)
    with figure.dragging(figure.control("rate"), 330):
        held = figure.value("rate")
        assert held > 1
        assert path_of(figure) != before
        expect(figure.readout("verdict")).to_have_text("Diverges")
        assert "exceeds the bound 2/f″ = 1" in figure.text("reason")
    figure.await_server()
    assert figure.value("rate") == held
    expect(figure.page.get_by_text("Gradient descent, η =")).to_contain_text("Diverged")


def test_the_figures_numbers_are_pythons(visit: Visit, stage: Callable[..., Stage]) -> None:
    words = {
        "converged": "Converges",
        "cycling": "Cycles",
        "diverged": "Diverges",
        "stopped": "Still on its way",
    }
    rates = (0.05, 0.5, 0.9, 1.0, 1.1)
    links = [{"f": "x^2", "x0": 4, "rate": rate, "step": 3} for rate in rates]
    for rate, (figure, _) in zip(rates, played_links(visit, stage, PAGE, links), strict=True):
        ours = descend("gd", parse("x^2"), 4, rate, 40)
        loss = float(ours.losses[min(3, len(ours.losses) - 1)])
        assert figure.number("loss") == pytest.approx(loss, rel=1e-4, abs=1e-12)
        expect(figure.page.locator("[data-readout=verdict]")).to_have_text(words[ours.outcome])


def test_the_marked_rate_is_reached_exactly(visit: Visit) -> None:
    figure = visit.figure(PAGE)
    figure.root.locator('[data-mark="0.5"]').click()
    figure.await_value("rate", lambda rate: rate == 0.5)
    figure.control("step").press("ArrowRight")
    expect(figure.readout("loss")).to_have_text("0")


def test_marked_rates_are_those_of_the_optimiser_that_is_on(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", optimiser="momentum")
    marks = figure.root.locator('.live-control:has([data-control="rate"]) [data-mark]')
    expect(marks).to_have_text(["bound 1.9"])
    figure.control("momentum").press("PageDown")
    expect(marks).to_have_text(["bound 1.8"])
    marks.click()
    figure.await_value("rate", lambda rate: rate == 1.8)
    assert "2(1+β)/f″ = 1.8" in figure.text("reason")
    figure.root.locator('[data-toggle="adam"]').click()
    expect(marks).to_have_count(0)
    figure.root.locator('[data-toggle="gd"]').click()
    expect(marks).to_have_text(["0.5", "bound 1"])
    figure.root.locator('[data-toggle="backtracking"]').click()
    expect(marks).to_have_count(0)


def test_the_start_is_dragged_on_the_curve(visit: Visit) -> None:
    figure = visit.figure(PAGE, step=5)
    before = path_of(figure)
    with figure.dragging(figure.handle("x0"), -150):
        assert figure.value("x0") < 3
        assert path_of(figure) != before


def test_the_start_is_dragged_in_the_plane(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2 + 4y^2", x0=1.5, y0=0.5, rate=0.05, step=6)
    with figure.dragging(figure.handle("x0"), -60, 40):
        assert figure.value("x0") < 1.5
        assert figure.value("y0") < 0.5


def test_beside_the_surface_the_start_is_dragged_on_the_level_lines(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2 + 4y^2", x0=1.5, y0=0.5, rate=0.05, step=6, view="solid", drawn=True)
    surface, pad = (figure.root.locator(f'[data-panel="{name}"]') for name in ("space", "pad"))
    expect(surface).to_be_visible()
    left, right = surface.bounding_box(), pad.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert left["width"] > right["width"]
    with figure.dragging(figure.handle("x0"), -40, 25):
        assert figure.value("x0") < 1.5
        assert figure.value("y0") < 0.5


def test_play_runs_to_the_end_and_sends_one_message(visit: Visit) -> None:
    figure = visit.figure(PAGE, steps=5)
    before = figure.sent
    figure.root.get_by_role("button", name="Play", exact=True).click()
    figure.await_value("step", lambda step: step >= 1)
    assert figure.sent == before
    figure.root.get_by_role("button", name="Pause").click()
    paused = figure.value("step")
    figure.await_condition(lambda: figure.sent > before, "a message after the pause")
    figure.root.get_by_role("button", name="Play", exact=True).click()
    figure.await_value("step", lambda step: step == 5 and step >= paused)


def test_what_leaves_the_window_is_an_arrow_with_its_distance(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", x0=4, rate=1.1, step=5)
    arrow = figure.root.locator('[data-panel="curve"] .live-mark--outside text')
    expect(arrow).to_have_text("w = −9.953, 4.95 beyond the edge")
    figure.control("step").press("Home")
    expect(figure.root.locator('[data-panel="curve"] .live-mark--outside')).to_have_attribute(
        "display", "none"
    )


def test_in_a_small_picture_the_distance_is_whole(visit: Visit) -> None:
    figure = visit.figure(PAGE, screen=LAPTOP, f="x^3-3x y^2", x0=2, y0=1, rate=0.005, view="solid", step=40)
    words = figure.root.locator('[data-panel="pad"] .live-mark--outside text')
    expect(words).to_contain_text("21.1 beyond")
    graph = figure.root.locator('[data-panel="pad"] .js-plotly-plot')
    left, width = graph.evaluate(
        "g => [g.getBoundingClientRect().x + g._fullLayout.xaxis._offset, g._fullLayout.xaxis._length]"
    )
    box = words.bounding_box()
    assert box is not None
    assert left - 2 <= box["x"]
    assert box["x"] + box["width"] <= left + width + 2


def test_the_view_that_follows_holds_the_next_step(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", x0=4, rate=1.1, step=20, follow=1)
    lands = float(descend("gd", parse("x^2"), 4, 1.1, 40).points[21, 0])
    graph = figure.root.locator('[data-panel="curve"] .js-plotly-plot')
    figure.await_condition(
        lambda: graph.evaluate("g => g._fullLayout.xaxis.range[0]") < lands,
        "an axis that holds the next step",
    )


def test_the_view_follows_a_drag_without_a_message(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", x0=4, rate=0.3, step=20, follow=1)
    graph = figure.root.locator('[data-panel="curve"] .js-plotly-plot')
    reach = "g => g._fullLayout.xaxis.range[1]"
    first = graph.evaluate(reach)
    with figure.dragging(figure.control("rate"), 330):
        figure.await_condition(lambda: graph.evaluate(reach) > 10 * first, "an axis that holds the path")


def test_optimisers_unfold_with_their_settings(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", x0=4, rate=0.1, step=3)
    assert figure.control("momentum").is_hidden()
    figure.root.locator('[data-toggle="optimisers"]').click()
    figure.root.locator('[data-toggle="momentum"]').click()
    expect(figure.control("momentum")).to_be_visible()
    ours = descend("momentum", parse("x^2"), 4, 0.1, 3)
    assert figure.number("loss") == pytest.approx(ours.losses[3], rel=1e-4)
    figure.await_server()
    assert "optimiser=momentum" in figure.page.url


def test_a_cold_link_brings_every_parameter(visit: Visit, fresh_server: Server) -> None:
    link = {
        "f": "x^2 + 9y^2",
        "x0": 1.25,
        "y0": -0.5,
        "rate": 0.02,
        "optimiser": "momentum",
        "steps": 25,
        "step": 7,
    }
    figure = visit.figure(PAGE, server=fresh_server, **link, momentum=0.8)
    for name in ("x0", "y0", "rate", "step"):
        assert figure.value(name) == link[name]
    assert figure.value("momentum") == 0.8
    loss = parse("x^2 + 9y^2", ("x", "y"))
    ours = descend("momentum", loss, (1.25, -0.5), 0.02, 25, momentum=0.8)
    assert figure.number("loss") == pytest.approx(ours.losses[7], rel=1e-4)
    expect(figure.root.get_by_text("of 25")).to_be_visible()


HOSTILE = (
    {"rate": "-1"},
    {"rate": "1e999"},
    {"steps": "1000000000"},
    {"optimiser": "__import__"},
    {"f": "ln(x)", "x0": "-3"},
    {"f": "|x|", "x0": "0"},
    {"f": "cbrt(x)", "x0": "0"},
    {"f": "1/0"},
    {"f": "e^(e^x)", "x0": "100"},
    {"f": "7"},
    {"f": "|x|+|y|", "optimiser": "newton", "rate": "0.05", "step": "40"},
    {"f": "sqrt(-1-x^2)"},
    {"f": "sqrt(x)", "x0": "1", "rate": "0.5", "step": "40"},
)


def test_hostile_links_and_losses_get_a_sentence(visit: Visit, stage: Callable[..., Stage]) -> None:
    """What the server sends for each is played by itself; what stands around the figure is tried on every page."""
    for figure, listener in played_links(visit, stage, PAGE, HOSTILE):
        assert math.isfinite(figure.value("rate")), listener.query
        assert len(figure.sentence()) > 10, listener.query
        assert "undefined," not in figure.sentence(), listener.query
        said = figure.page.get_by_test_id("live-figure").inner_text()
        assert "NaN" not in said, listener.query
    assert "of 40, ended at 4" in said  # and "step 4 lands at": the counter and the words agree


def test_a_link_whose_loss_cannot_be_read_leaves_its_start_and_rate_out(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x y z", x0="1e12", y0="-1e12", rate=5, steps=7, step=3, optimiser="adam")
    assert (figure.value("x0"), figure.value("rate"), figure.value("step")) == (4, 0.1, 0)
    expect(figure.page.get_by_text("The picture shows ")).to_be_visible()
    expect(figure.page.get_by_text("The link's value for")).to_have_count(0)
    expect(figure.root.get_by_text("of 40")).to_be_visible()


def test_a_challenge_hides_the_answer_and_then_plays(visit: Visit) -> None:
    figure = visit.figure(PAGE)
    figure.page.emulate_media(reduced_motion="no-preference")
    figure.root.get_by_role("button", name="Another").click()
    figure.root.get_by_role("button", name="Try it").click()
    expect(figure.readout("verdict")).to_be_hidden()
    # What would be played to answer it waits too, for buttons and for keys.
    waiting = figure.root.locator('.live-control[inert] [data-control="step"]')
    expect(waiting).to_have_count(1)
    figure.root.get_by_role("button", name="converge", exact=True).click()
    expect(figure.root.get_by_text("Right.")).to_be_visible()
    expect(waiting).to_have_count(0)
    figure.await_value("step", lambda step: step > 2)
    expect(figure.readout("verdict")).to_have_text("Converges")


def test_a_question_about_ones_own_loss_is_made_when_it_is_asked_for(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^4/4 - 2x^2 + x")
    card = figure.root.locator("[data-challenge]")
    expect(card).to_contain_text("A question about this function")
    card.get_by_role("button", name="Try it").click()
    expect(card).to_contain_text("what will 40 steps do?")
    expect(figure.readout("verdict")).to_be_hidden()
    assert "challenge=1" in figure.page.url
    figure.page.reload()
    figure = LiveFigure(figure.page)
    card = figure.root.locator("[data-challenge]")
    expect(card.get_by_role("button", name="diverge", exact=True)).to_be_visible()
    expect(figure.readout("verdict")).to_be_hidden()
    box = figure.page.get_by_role("textbox").first
    box.fill("x^4/4 - 2x^2 + 2x")
    expect(card).to_contain_text("A question about this function")
    expect(figure.readout("verdict")).to_be_visible()


def test_steps_in_numbers_and_the_race(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", x0=4, rate=0.1, step=2)
    figure.page.get_by_text("Steps in numbers").click()
    expect(figure.page.get_by_text("w ← 3.2 − 0.1·6.4 = 2.56")).to_be_visible()
    figure.await_server()
    with figure.page.expect_download() as download:
        figure.page.locator('[data-testid="stDownloadButton"] button').click()
    rows = download.value.path().read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("step,w,loss")
    assert len(rows) == 42
    figure.page.get_by_text("Race of optimisers").click()
    for name in ("Adam", "Newton"):
        figure.page.get_by_role("button", name=name, exact=True).last.click()
        figure.await_server()
    expect(racers_of(figure)).to_have_text(["you", "Adam", "Newton"])


def test_a_link_brings_the_race_and_the_address_keeps_it(visit: Visit, fresh_server: Server) -> None:
    figure = visit.figure(
        PAGE, server=fresh_server, f="x^2", x0=4, rate=0.1, step=3, race="momentum,adam", race_adam=0.05
    )
    expect(racers_of(figure)).to_have_text(["you", "Momentum", "Adam"])
    figure.page.get_by_text("Race of optimisers").click()
    expect(figure.page.get_by_label("η of Adam")).to_have_value("0.05")
    figure.page.get_by_role("button", name="Momentum", exact=True).last.click()
    figure.page.wait_for_url(lambda url: "race=adam" in url and "race_adam=0.05" in url)
    figure.page.reload()
    figure.await_ready()
    expect(racers_of(figure)).to_have_text(["you", "Adam"])
    figure.page.get_by_text("Race of optimisers").click()
    figure.page.get_by_role("button", name="Adam", exact=True).last.click()
    figure.page.wait_for_url(lambda url: "race" not in url)


def test_a_race_that_is_none_is_refused_with_a_sentence(visit: Visit, stage: Callable[..., Stage]) -> None:
    refusal = "The link's value for race is not 1 to 4 of gd"
    figure = visit.figure(PAGE, f="x^2", race="<b>")
    expect(figure.page.get_by_text(refusal)).to_be_visible()
    expect(racers_of(figure)).to_have_count(0)
    races = ("", "sgd", "gd,gd", "gd,momentum,nesterov,adam,newton", "gd,", "a," * 5000)
    for played, listener in played_links(visit, stage, PAGE, [{"f": "x^2", "race": race} for race in races]):
        assert any(refusal in text for text in listener.said), listener.query[:80]
        expect(played.page.locator('[data-panel="curve"] .main-svg').first).to_be_visible()
        expect(played.page.locator('[data-panel="curve"] .legendtext')).to_have_count(0)


def test_another_loss_leaves_the_optimiser_and_its_settings(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="x^2", x0=4, rate=0.2, step=3, optimiser="rmsprop", epsilon=0.001)
    expect(figure.control("epsilon")).to_be_visible()
    ours = descend("rmsprop", parse("x^2"), 4, 0.2, 3, epsilon=0.001)
    assert figure.number("loss") == pytest.approx(ours.losses[3], rel=1e-4)
    figure.page.get_by_role("textbox").first.fill("(x-1)^2")
    figure.page.wait_for_url(lambda url: "x-1" in url)
    assert "optimiser=rmsprop" in figure.page.url
    assert "epsilon=0.001" in figure.page.url
    figure.await_value("step", lambda step: step == 0)  # the address is told before the scene comes
    assert figure.value("epsilon") == 0.001


def test_the_maps_follow_and_lead(visit: Visit) -> None:
    figure = visit.figure(PAGE, f="3x^4 - 5x^2 + 2x", x0=0.5, rate=0.01, step=20)
    page = figure.page
    page.get_by_text("Maps: every learning rate").click()
    expect(page.locator('[data-panel="basins"]')).to_be_visible()
    figure.await_server()
    main, maps = (page.locator('[data-testid="live-figure"]').nth(i) for i in (0, 1))
    figure.root = main
    expect(maps).to_have_attribute("data-ready", "true")
    handle = maps.locator('[data-panel="basins"] [data-handle="x0"]')
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 24, box["y"] + 24)
    page.mouse.down()
    page.mouse.move(box["x"] - 76, box["y"] + 24, steps=8)
    figure.next_frame()
    moved = json.loads(main.locator('input[data-control="x0"]').get_attribute("data-value") or "0")
    assert moved < 0.45
    page.mouse.up()
    figure.await_server()
    said = maps.locator("[data-sentence]")
    expect(said).to_contain_text("at η = 0.01 within 300 steps, 2 minima")
    place = maps.locator('[data-panel="basins"]').bounding_box()
    assert place is not None
    page.mouse.click(place["x"] + 0.8 * place["width"], place["y"] + 60)
    figure.await_value("x0", lambda x: x > 0.5)
    figure.control("rate").press("PageUp")
    faster = figure.await_value("rate", lambda rate: rate > 0.01)
    expect(said).to_contain_text(f"at η = {faster:.4g} within")
    assert figure.value("x0") > 0.5


def test_on_a_phone_the_rate_is_within_reach(visit: Visit) -> None:
    figure = visit.figure(PAGE, screen=PHONE)
    box = figure.control("rate").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844
    with figure.dragging(figure.handle("x0"), -60, touch=True):
        assert figure.value("x0") < 4
