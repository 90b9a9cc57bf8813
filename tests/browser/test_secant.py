"""From secant to tangent, driven as a learner would: two points close in, a table is edited, a computer subtracts."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE, Screen
from tests.browser.conftest import Visit
from tests.browser.live_figure import PATIENCE, LiveFigure
from tests.browser.pages import put_measurements
from tests.browser.played import played_links
from tests.browser.stage import Stage, stage

__all__ = ["stage"]


def quotient(figure: LiveFigure) -> float:
    return figure.number("quotient")


def test_the_first_state_is_an_average_of_three_and_follows_hand_and_keys(visit: Visit) -> None:
    figure = visit.figure("secant")
    assert (figure.value("x0"), figure.value("h")) == (1, 1)
    assert figure.text("quotient") == "3.00/1.00 = 3.00"
    expect(figure.sentence).to_have_text(
        "From x = 1 to 2 the average slope is 3. Drag the ringed point closer: what number is it heading for?"
    )
    # The fixed point takes the secant along.
    with figure.dragging(figure.handle("x0"), 80):
        x0 = figure.value("x0")
        assert x0 > 1.2
        assert figure.value("h") == 1
        assert quotient(figure) == pytest.approx(2 * x0 + 1, abs=0.01)
    # Keys walk by tenths of a decade.
    for _ in range(10):
        figure.control("h").press("ArrowLeft")
    figure.await_value("h", lambda h: h == pytest.approx(0.1, rel=0.01))
    figure.control("h").press("End")
    figure.await_value("h", lambda h: h == 2)


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "finger"])
def test_the_ringed_point_closes_in_and_goes_through_to_the_other_side(visit: Visit, touch: bool) -> None:
    figure = visit.figure("secant", **({"screen": PHONE} if touch else {}))
    ring = figure.handle("h")
    place = figure.centre(ring)[0] - figure.centre(figure.handle("x0"))[0]
    before = figure.sent
    with figure.dragging(ring, -0.5 * place, touch=touch):
        h = figure.value("h")
        assert h == pytest.approx(0.5, abs=0.03)
        assert quotient(figure) == pytest.approx(2 + h, abs=2e-3)
        assert figure.value("x0") == 1
    assert figure.value("h") == h
    figure.await_condition(lambda: figure.sent > before, "a message after the release")
    figure.drag(ring, -place, touch=touch)
    beyond = figure.value("h")
    assert beyond == pytest.approx(h - 1, abs=0.03)
    assert quotient(figure) == pytest.approx(2 + beyond, abs=2e-3)


def test_h_plays_to_zero_from_either_side(visit: Visit) -> None:
    figure = visit.figure("secant")
    figure.root.get_by_role("button", name="Speed").first.click()  # twice as fast
    figure.root.locator('[data-play="left"]').click()
    figure.await_condition(lambda: -0.5 < figure.value("h") < 0, "on its way from the left")
    assert quotient(figure) == pytest.approx(2 + figure.value("h"), abs=0.5)
    expect(figure.control("h")).to_have_attribute("data-value", "-0.000001", timeout=PATIENCE)


@pytest.mark.parametrize(
    ("width", "h"),
    [(1440, 0.1), (1440, -0.7), (1440, 1e-5), (1280, 0.1), (1280, -0.7), (1920, 0.1), (1024, -0.7)],
)
def test_the_whole_quotient_is_seen_from_the_last_row(visit: Visit, width: int, h: float) -> None:
    figure = visit.figure("secant", screen=Screen(width, 900), f="cbrt(x^2-1)", x0=1, h=h, present=1)
    number = figure.readout("quotient")
    assert number.evaluate("node => node.scrollWidth <= node.clientWidth")
    right = number.evaluate("node => node.getBoundingClientRect().right")
    assert right <= width


def test_at_zero_there_is_no_quotient(visit: Visit) -> None:
    figure = visit.figure("secant", f="x^2", x0=1, h=0)
    assert figure.text("quotient") == "0/0"
    expect(figure.sentence).to_contain_text("With h = 0 both points are one")


def test_a_row_of_the_table_moves_h(visit: Visit) -> None:
    figure = visit.figure("secant")
    figure.root.get_by_text("Table of h").click()
    row = figure.root.locator('[data-table="steps"] tbody tr', has_text="0.001").first
    row.click()
    figure.await_value("h", lambda h: h == 0.001)
    expect(row).to_have_attribute("aria-current", "true")
    expect(row.locator("td").nth(1)).to_have_text("0.002001")
    expect(row.locator("td").nth(2)).to_have_text("2.001")


def test_the_curve_of_slopes_moves_with_x0_and_its_axes_only_change_for_logarithmic_ones(
    visit: Visit,
) -> None:
    figure = visit.figure("secant")
    curve = figure.root.locator('[data-panel="quotient"] .live-mark--curve path')
    ticks = figure.root.locator('[data-panel="quotient"] .ytick text')
    before, marks = curve.get_attribute("d"), ticks.all_inner_texts()
    with figure.dragging(figure.handle("x0"), 60):
        assert curve.get_attribute("d") != before
        assert ticks.all_inner_texts() == marks
    # The logarithmic axis takes the place of the linear one.
    figure.root.locator('[data-toggle="log"]').click()
    expect(figure.root.locator('[data-panel="quotient"]')).to_be_hidden()
    panel = figure.root.locator('[data-panel="quotient_log"]')
    expect(panel.locator(".xtick text").first).to_be_visible()
    expect(panel.locator(".live-mark--curve path")).to_have_attribute("d", re.compile("^M"))


def test_at_rest_the_quotient_is_on_its_axis_and_held_beyond_it_its_number_is(visit: Visit) -> None:
    figure = visit.figure("secant", f="x^(1/3)", x0=0, h=0.5)
    panel = figure.root.locator('[data-panel="quotient"]')
    ticks, arrow = panel.locator(".ytick text"), panel.locator(".live-mark--outside path:visible")
    expect(ticks.filter(has_text="1.6")).to_be_visible()
    with figure.dragging(figure.handle("h"), -30):
        expect(arrow).to_be_visible()
    expect(arrow).to_be_hidden()
    expect(ticks.filter(has_text="1.6")).to_be_hidden()
    figure.page.get_by_role("textbox", name="h, exact value").fill("1")
    figure.page.keyboard.press("Enter")
    expect(ticks.filter(has_text="1.2")).to_be_visible()


WORTH = (
    ("|x|", 0, 0.5, "there is no derivative and no tangent"),
    ("cbrt(x)", 0, 0.5, "There is a tangent, but no derivative"),
    ("1/x", 1, -2, "The pole at x = 0 lies between the two points"),
    ("sqrt(x)", 1, -1.5, "lies outside the domain"),
    ("floor(x)", 1, 0.5, "Δy does not shrink with Δx"),
    ("(x^2-1)/(x-1)", 1, 0.5, "Without f(x₀) there is no first point"),
)


def test_what_a_secant_is_worth_is_said(visit: Visit, stage: Callable[..., Stage]) -> None:
    links = [{"f": formula, "x0": x0, "h": h} for formula, x0, h, _ in WORTH]
    for (*_, says), (figure, _) in zip(WORTH, played_links(visit, stage, "secant", links), strict=True):
        expect(figure.page.locator("[data-sentence]")).to_contain_text(says)


def test_the_algebra_opens_line_by_line(visit: Visit) -> None:
    figure = visit.figure("secant")
    card = figure.root.locator('[data-derivation="algebra"]')
    lines = card.locator("li:visible")
    expect(card.get_by_role("button")).to_be_visible(timeout=PATIENCE)
    expect(lines).to_have_count(0)
    for count in range(1, 4):
        card.get_by_role("button").click()
        expect(lines).to_have_count(count)
    while card.get_by_role("button").is_visible():
        card.get_by_role("button").click()
    expect(lines.last).to_contain_text("Let h → 0")
    assert "2x" in (lines.last.locator("math").text_content() or "").replace("\u2062", "")


def test_open_folds_and_a_running_challenge_stay_when_the_colours_change(visit: Visit) -> None:
    figure = visit.figure("secant")
    page = figure.page
    figure.root.get_by_text("Table of h").click()
    algebra = '[data-derivation="algebra"]'
    expect(figure.root.locator(f"{algebra} button")).to_be_visible(timeout=PATIENCE)
    figure.root.locator(f"{algebra} button").click()
    figure.root.locator(f"{algebra} button").click()
    figure.root.get_by_role("button", name="Try it").click()
    for theme in ("dark", "light"):
        page.get_by_role("button", name="Light or dark").click()
        page.wait_for_url(re.compile(f"{theme}_theme"))
        figure = LiveFigure(page)
        if theme == "dark":
            figure.root.get_by_text("This is my answer").click()
            figure.root.get_by_text("Not yet").wait_for()
            figure.root.get_by_text("This is my answer").click()
        expect(figure.root.get_by_text("…because…")).to_be_visible()
        expect(figure.root.locator('[data-table="steps"] tbody tr').first).to_be_visible()
        expect(figure.root.locator(f"{algebra} li:visible")).to_have_count(2, timeout=PATIENCE)
    page.reload()
    figure = LiveFigure(page)
    expect(figure.root.get_by_role("button", name="Try it")).to_be_visible()
    expect(figure.root.locator('[data-table="steps"] tbody tr').first).to_be_hidden()


def test_a_refused_text_keeps_the_last_picture(visit: Visit) -> None:
    figure = visit.figure("secant")
    box = figure.page.get_by_role("textbox").first
    box.fill("x^2 +")
    expect(figure.page.locator(".st-key-refusal")).to_be_visible()
    assert figure.text("quotient") == "3.00/1.00 = 3.00"
    box.fill("x^3")
    expect(figure.page.locator(".st-key-refusal")).to_have_count(0)
    figure.await_condition(lambda: figure.text("quotient") == "7.00/1.00 = 7.00", "the new function")


def test_a_hostile_link_opens_the_default_and_says_so(visit: Visit) -> None:
    figure = visit.figure("secant", f="__import__('os')", x0="<script>", h="1e999", source="nowhere")
    assert figure.value("x0") == 1
    assert figure.value("h") == 1
    body = figure.page.locator("body")
    for name in ("x0", "h", "source"):
        expect(body).to_contain_text(f"value for {name} is not")


def test_a_link_beyond_the_picture_is_brought_home(visit: Visit) -> None:
    figure = visit.figure("secant", f="x^2", x0=50, h=0.5)
    assert (figure.value("x0"), figure.value("h")) == (1, 0.5)
    expect(figure.page.locator("body")).to_contain_text("The link's value for x₀ lies outside this picture")


def test_a_linked_step_below_the_least_is_no_step_of_zero(visit: Visit) -> None:
    figure = visit.figure("secant", f="x^2", h="1e-20")
    assert figure.value("h") == 1
    expect(figure.page.locator("body")).to_contain_text("The link's value for h is closer to 0 than 0.000001")


def test_the_error_of_subtraction_is_felt(visit: Visit) -> None:
    figure = visit.figure("secant")
    figure.page.get_by_text("When computers subtract").click()
    tiny = figure.page.locator('input[data-control="tiny"]')
    expect(tiny).to_be_visible(timeout=PATIENCE)
    figure.page.get_by_text("this function at x₀ = 1").click()
    exact = figure.page.locator('[data-readout="slope_exact"]')
    expect(exact).to_have_text("2")
    tiny.press("Home")
    forward = figure.page.locator('[data-readout="forward"]')
    expect(forward).to_have_text("0")
    drawer = figure.page.locator('[data-table="subtraction"]')
    drawer.get_by_text("Every power of ten").click()
    for power, value in (("10⁻⁸", "1.99999999"), ("10⁻¹²", "2.0001778"), ("10⁻¹⁶", "0")):
        row = drawer.locator("tbody tr", has=figure.page.get_by_text(power, exact=True))
        expect(row.locator("td").nth(1)).to_have_text(value)
    assert "tiny" not in figure.page.url


@pytest.mark.parametrize(
    ("formula", "x0", "says"),
    [
        ("5", 1, "there is no error to draw"),
        ("|x|", 0, "has no derivative at x₀"),
        ("x|x|", 0, "10 times smaller"),
    ],
)
def test_the_error_of_subtraction_in_special_functions(
    visit: Visit, formula: str, x0: float, says: str
) -> None:
    page = visit.figure("secant", f=formula, x0=x0, h=0.5).page
    page.get_by_text("When computers subtract").click()
    page.get_by_text(f"this function at x₀ = {x0}").click()
    expect(page.locator("body")).to_contain_text(says, timeout=PATIENCE)


def test_the_car_by_table(visit: Visit) -> None:
    figure = visit.figure("secant", source="table")
    assert figure.text("velocity") == "16 m/s"
    with figure.dragging(figure.handle("to"), 200):
        assert figure.value("to") == 19, "it takes the times of the table only"
    figure.control("to").press("ArrowLeft")
    to = figure.control("to")
    to.press("ArrowLeft")
    figure.await_value("to", lambda time: time == 13)
    figure.control("from").press("ArrowRight")
    expect(figure.readout("velocity")).to_have_text("15 m/s")
    expect(figure.sentence).to_contain_text("the table does not say")


def test_an_interval_ends_on_rows_only(visit: Visit) -> None:
    figure = visit.figure("secant", **{"source": "table", "from": 11})
    assert (figure.value("from"), figure.value("to")) == (10, 15)
    expect(figure.page.locator("body")).to_contain_text("The link's value for from is none of those")
    for rows, velocity, to in (("0,0\n1.5,5", "3.333", 1.5), ("0,0\n2,100", "50", 2)):
        put_measurements(figure.page, rows)
        expect(figure.readout("velocity")).to_have_text(velocity)
        assert (figure.value("from"), figure.value("to")) == (0, to)


def test_a_file_of_measurements_is_read_or_refused(visit: Visit, tmp_path: Path) -> None:
    """With its names and units; and the car comes back."""
    figure = visit.figure("secant", source="table")
    page, title = figure.page, figure.page.locator(".st-key-reading")
    expect(title).to_contain_text("Where a car was")
    page.get_by_role("button", name="Own data").click()
    for name, content, says in (
        ("backwards.csv", "t,s\n1,2\n1,3\n", "Row 2: t is not more than"),
        ("words.csv", "t,s\n1,=cmd()\n2,3\n", "Row 1: s is not a number"),
    ):
        bad = tmp_path / name
        bad.write_text(content)
        page.locator('input[type="file"]').set_input_files(bad)
        expect(page.locator(".st-key-file-refusal")).to_contain_text(says)
        assert figure.text("velocity") == "16 m/s"
    page.keyboard.press("Escape")
    good = tmp_path / "trip.csv"
    good.write_bytes("\ufefftime (h);height (km)\r\n0;0,5\r\n1;60,5\r\n3;100\r\n".encode("utf-16"))
    put_measurements(page, good)
    expect(figure.readout("velocity")).to_have_text("33.17 km/h")
    expect(figure.sentence).to_contain_text("the height changes by 99.5 km")
    expect(title).to_have_text("Your table: height at each time. How fast does it change?")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.path().read_text() == "time (h),height (km)\n0,0.5\n1,60.5\n3,100\n"
    page.get_by_role("button", name="Units").click()
    page.get_by_label("height in").fill("m")
    page.keyboard.press("Enter")
    expect(figure.readout("velocity")).to_have_text("33.17 m/h")
    page.get_by_role("button", name="The car again").click()
    expect(figure.readout("velocity")).to_have_text("16 m/s")
    expect(title).to_contain_text("Where a car was")


def test_the_points_of_a_table_are_dragged_and_typed_and_all_else_follows(visit: Visit) -> None:
    figure = visit.figure("secant", source="table")
    page, root, sent = figure.page, figure.root, figure.sent
    between = root.locator('[data-panel="quotient"] .live-mark--rows path')
    steps = between.get_attribute("d") or ""
    assert steps.count("M") == 5
    # A point goes as far as the rows around it; the end of the interval goes along.
    with figure.dragging(figure.point(4), 400, -60):
        time, place = figure.value("x4"), figure.value("y4")
        assert 18.9 < time < 19
        assert place > 202
        assert figure.value("to") == time
        assert figure.number("velocity") == pytest.approx((place - 122) / (time - 10), rel=1e-3)
        assert between.get_attribute("d") != steps
        assert figure.sent == sent
    figure.await_condition(lambda: figure.sent == sent + 1, "one message for a point")
    expect(page).to_have_url(re.compile(rf"data=.*%3B{time:g}%2C{place:g}%3B19%2C265"))
    root.locator('[data-tool="undo"]').click()
    expect(figure.readout("velocity")).to_have_text("16 m/s")
    # The table leads; what would break the order of the times is answered beside its cell.
    cell = root.get_by_label("time (s) of point 2, exact value")
    cell.fill("13")
    cell.press("Enter")
    row = root.get_by_role("row", name=re.compile("^2 "))
    expect(row.get_by_role("status").first).to_contain_text("stays between 10 and 13")
    cell.fill("11.5")
    cell.press("Enter")
    expect(cell).to_have_value("11.50")
    place_cell = root.get_by_label("place (m) of point 4, exact value")
    place_cell.fill("222")
    place_cell.press("Enter")
    expect(figure.readout("velocity")).to_have_text("20 m/s")
    # A new row stands where its time belongs, and one that goes takes no end of the interval with it.
    root.locator('[data-panel="curve"]').evaluate("node => node.scrollIntoView({ block: 'center' })")
    box = root.locator('[data-panel="curve"]').bounding_box()
    page.mouse.dblclick(box["x"] + 0.8 * box["width"], box["y"] + 0.6 * box["height"])
    expect(root.get_by_label("place (m) of point 7, exact value")).to_have_value("265.0")
    times = [figure.value(f"x{k}") for k in range(1, 8)]
    assert times == sorted(times)
    # Where nobody has pointed, it stands on the chord.
    before = [(figure.value(f"x{k}"), figure.value(f"y{k}")) for k in range(1, 8)]
    root.get_by_role("button", name="Add a point").click()
    expect(root.get_by_text(re.compile(r"Point \d is added"))).to_be_visible()
    now = [(figure.value(f"x{k}"), figure.value(f"y{k}")) for k in range(1, 9)]
    ((time, place),) = set(now) - set(before)
    assert place == pytest.approx(np.interp(time, *zip(*before, strict=True)), abs=0.1)
    root.locator('[data-tool="undo"]').click()
    expect(root.get_by_label("place (m) of point 8, exact value")).to_be_hidden()
    root.get_by_role("button", name="Take point 1 away").click()
    figure.await_value("from", lambda value: value == 11.5)
    figure.await_server()
    told, kept = page.url, [figure.value(name) for name in ("from", "to", "x1", "y3", "x6")]
    page.reload()
    figure.await_ready()
    assert page.url == told
    assert [figure.value(name) for name in ("from", "to", "x1", "y3", "x6")] == kept


def test_switching_to_the_table_and_back(visit: Visit) -> None:
    figure = visit.figure("secant", f="x^3", x0=1, h=1)
    figure.page.get_by_role("radio", name="Table").click()
    expect(figure.readout("velocity")).to_be_visible(timeout=PATIENCE)
    expect(figure.page).to_have_url(re.compile("source=table"))
    figure.page.get_by_role("radio", name="Function").click()
    expect(figure.readout("quotient")).to_be_visible(timeout=PATIENCE)
    expect(figure.page).not_to_have_url(re.compile("source"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_serious_is_wrong_for_those_who_cannot_see(visit: Visit, theme: str) -> None:
    figure = visit.figure("secant", theme=theme)
    figure.root.locator('[data-toggle="limit"]').click()
    assert not serious_faults(figure.page)
