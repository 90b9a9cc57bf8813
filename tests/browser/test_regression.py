"""The regression page as a learner meets it: the line held, a point dragged, steps taken, own data put there."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import PATIENCE, TouchGrip

# What a frame builds, and what it asks of the whole page.
WATCHED = """
() => {
  const found = (window.found = []);
  const built = new MutationObserver((changes) => found.push(...changes.map(({ target }) => target.className)));
  built.observe(document.body, { childList: true, subtree: true });
  const { querySelectorAll } = document;
  document.querySelectorAll = (asked) => { found.push(asked); return querySelectorAll.call(document, asked); };
  window.unwatch = () => { built.disconnect(); delete document.querySelectorAll; return found; };
}
"""
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def test_a_point_moves_everything_in_the_frame_and_the_link_holds_it(visit: Visit) -> None:
    figure = visit.figure("regression", best="1")
    page = figure.page
    expect(figure.sentence).to_have_text(
        "The line starts flat at 0: J = 385000. Press Step, or drag the line yourself."
    )
    bound = figure.root.get_by_text(re.compile("bound 0\\.0"))
    expect(bound).to_have_text("bound 0.025451")
    levels = [
        one.get_attribute("d")
        for one in figure.root.locator('[data-panel="pad"] .live-mark--trail path').all()
    ]
    sent = figure.sent
    with figure.dragging(figure.point(10), -40, 200):
        x, y = figure.value("x10"), figure.value("y10")
        rows = [(k, 100 * k) for k in range(1, 10)] + [(x, y)]
        assert figure.number("loss") == pytest.approx(sum(v * v for _, v in rows) / 10, rel=1e-4)
        expect(bound).not_to_have_text("bound 0.025451")
        expect(figure.readout("best")).not_to_contain_text("m = 100")
        now = [
            one.get_attribute("d")
            for one in figure.root.locator('[data-panel="pad"] .live-mark--trail path').all()
        ]
        assert len(now) == len(levels) > 3
        assert all(before != after for before, after in zip(levels, now, strict=True))
        assert figure.sent == sent
        # The bound's mark moves along its track as everything does: nothing is built anew.
        mark = bound.get_attribute("data-mark")
        page.evaluate(WATCHED)
        held = figure.centre(figure.point(10))
        for away in (20, 40):
            page.mouse.move(held[0] - away, held[1])
            figure.next_frame()
        assert bound.get_attribute("data-mark") != mark
        page.mouse.move(*held)
        figure.next_frame()
        assert page.evaluate("() => window.unwatch()") == []
    figure.await_condition(lambda: figure.sent == sent + 1, "one message for a point")
    expect(page).to_have_url(re.compile(rf"data=.*9%2C900%3B{re.escape(f'{x:g}')}%2C"))
    # What is saved says all of it in lines that end within the picture, in plain letters too.
    page.locator("[data-tool=export]").click()
    with page.expect_download() as saved:
        page.click("[data-export=svg]")
    drawing = Path(saved.value.path()).read_text(encoding="utf-8")
    # A row's own mark tells its class: no dot of a handle lies over it.
    dots = page.locator(".live-handle:not(.live-handle--row):visible")
    assert len(re.findall(r'<circle cx="\S+" cy="\S+" r="1[01]"', drawing)) == dots.count() == 3
    wide = float(drawing.split('width="', 1)[1].split('"')[0])
    lines = re.findall(r'<text x="24"[^>]*>([^<]*)</text>', drawing)
    assert "the best line" in " ".join(lines)
    widths = page.evaluate(
        "(lines) => { const pen = document.createElement('canvas').getContext('2d');"
        " pen.font = '20px sans-serif'; return lines.map((line) => pen.measureText(line).width); }",
        lines,
    )
    assert max(widths) <= wide - 48
    # The line is held at its ends, and in the plane.
    figure.drag(figure.handle("c"), 0, -60)
    assert figure.value("c") > 0
    assert figure.value("m") == 0
    figure.drag(figure.handle("m"), 0, -60)
    assert figure.value("m") > 0
    figure.drag(figure.handle("m-other"), 40, 30)
    figure.await_server()
    told, kept = page.url, {name: figure.value(name) for name in ("m", "c", "x10", "y10")}
    page.reload()
    figure.await_ready()
    assert page.url == told
    assert {name: figure.value(name) for name in kept} == kept


def test_what_is_left_of_the_points_and_what_the_line_says_for_eleven(visit: Visit) -> None:
    figure = visit.figure("regression", rest="1", areas="1", predict="1", m="50", c="100")
    root, sent = figure.root, figure.sent
    x = np.arange(1, 11)
    expect(figure.readout("guess")).to_have_text("price = 650 at bedrooms = 11")
    expect(figure.readout("outside")).to_contain_text("Extrapolated: the data go from 1 to 10")
    expect(figure.readout("outside")).to_contain_text("The best line says 1100.")

    def share(m: float, c: float) -> float:
        return 1 - float(np.mean((100 * x - m * x - c) ** 2) / np.var(100 * x))

    assert figure.number("explains") == pytest.approx(share(50, 100), abs=6e-4)
    # Point k is 50 k − 100 above the line: the squares are true to each other, and the second is none.
    squares = root.locator('[data-panel="data"] .live-mark--rows path[d*="z"]').get_attribute("d") or ""
    sides = [
        (abs(float(across)), abs(float(end) - float(start)))
        for start, across, end in re.findall(r"M[-\d.]+ ([-\d.]+)h([-\d.]+)V([-\d.]+)", squares)
    ]
    assert len(sides) == 9
    assert all(width == pytest.approx(height, abs=0.11) for width, height in sides)
    assert [width / sides[-1][0] for width, _ in sides] == pytest.approx(
        [abs(k - 2) / 8 for k in range(1, 11) if k != 2], abs=0.01
    )
    with figure.dragging(figure.handle("c"), 0, -60):
        assert figure.number("explains") == pytest.approx(share(50, figure.value("c")), abs=6e-4)
        expect(figure.readout("guess")).to_have_text(
            f"price = {550 + figure.value('c'):.4g} at bedrooms = 11"
        )
        assert figure.sent == sent
    with figure.dragging(figure.handle("at"), -120, 0):
        expect(figure.readout("outside")).to_contain_text("Among the data, which go from 1 to 10")
    figure.await_server()
    # One that lies outside the picture is told at the edge, of an x and of a height.
    outside, exact = (
        root.locator('[data-panel="data"] .live-mark--outside text:visible'),
        figure.page.get_by_role("textbox", name="predict at bedrooms, exact value"),
    )
    expect(outside).to_have_count(0)
    for far, said in ((16, "16"), (-4, "−4")):
        exact.fill(str(far))
        exact.press("Enter")
        expect(outside).to_have_text(f"ŷ = {50 * far + figure.value('c'):.4g} at {said}")
    figure.await_server()
    told, at = figure.page.url, figure.value("at")
    figure.page.reload()
    figure.await_ready()
    assert (figure.page.url, figure.value("at")) == (told, at)
    expect(root.locator('[data-panel="rest"]')).to_be_visible()


def test_points_are_added_and_taken_away_by_mouse_keys_and_table(visit: Visit) -> None:
    figure = visit.figure("regression")
    page, root, sent = figure.page, figure.root, figure.sent
    figure.await_points(10)
    box = root.locator('[data-panel="data"]').bounding_box()
    page.mouse.dblclick(box["x"] + 200, box["y"] + 100)
    figure.await_points(11)
    rows = [(k, 100 * k) for k in range(1, 11)] + [(figure.value("x11"), figure.value("y11"))]
    figure.await_condition(lambda: figure.sent == sent + 1, "one message for a new point")
    expect(page).to_have_url(re.compile(rf"data=.*10%2C1000%3B{rows[-1][0]:g}%2C"))
    assert figure.number("loss") == pytest.approx(sum(y * y for _, y in rows) / 11, rel=1e-4)
    figure.await_server()
    # The keys are those of the new point.
    ring = root.get_by_role("slider", name="Points of the data")
    expect(ring).to_be_focused()
    page.keyboard.press("Delete")
    figure.await_points(10)
    page.keyboard.press("Control+z")
    figure.await_points(11)
    root.locator('[data-tool="undo"]').click()
    figure.await_points(10)
    expect(figure.readout("loss")).to_have_text("385000")
    # The Tab key stops once at the points; the keys are those of the chosen one.
    ring.focus()
    expect(ring).to_have_attribute("aria-valuetext", "point 10 of 10: bedrooms = 10.00, price = 1000")
    for key in ("n", "n", "n", "Shift+n", "ArrowUp", "ArrowRight"):
        page.keyboard.press(key)
    expect(ring).to_have_attribute("aria-valuetext", "point 2 of 10: bedrooms = 2.10, price = 210")
    page.keyboard.press("Insert")
    expect(ring).to_have_attribute("aria-valuetext", re.compile("point 11 of 11: "))
    # A move by keys that is not told yet is a step of its own.
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Delete")
    expect(ring).to_have_attribute("aria-valuetext", re.compile("point 10 of 10: "))
    page.keyboard.press("Control+z")
    expect(ring).to_have_attribute("aria-valuemax", "11")
    figure.await_value("y11", lambda value: value == 220)
    page.keyboard.press("Control+z")
    figure.await_value("y11", lambda value: value == 210)
    page.keyboard.press("n")
    page.keyboard.press("Shift+n")
    expect(ring).to_have_attribute("aria-valuetext", re.compile("point 10 of 11: "))
    page.keyboard.press("n")
    page.keyboard.press("Delete")
    page.keyboard.press("n")
    page.keyboard.press("Delete")
    expect(ring).to_have_attribute("aria-valuetext", "point 1 of 9: bedrooms = 2.10, price = 210")
    # Ctrl+Z takes a move back, wherever in the figure the keys are.
    page.keyboard.press("ArrowUp")
    expect(ring).to_have_attribute("aria-valuetext", "point 1 of 9: bedrooms = 2.10, price = 220")
    page.keyboard.press("Control+z")
    expect(ring).to_have_attribute("aria-valuetext", "point 1 of 9: bedrooms = 2.10, price = 210")
    # The table follows and leads; what is no number is answered beside its cell.
    root.get_by_text("Table of points").click()
    cell = root.get_by_label("price of point 1, exact value")
    expect(cell).to_have_value("210")
    cell.fill("none")
    cell.press("Enter")
    expect(root.get_by_role("row", name=re.compile("^1 ")).get_by_role("status").last).to_contain_text(
        "“none” is no number"
    )
    # What is too large is put at the end and says so, though the picture is wider then, with other digits.
    cell.fill("1e12")
    cell.press("Enter")
    expect(cell).to_have_value("1000000000")
    figure.await_server()
    expect(root.get_by_role("row", name=re.compile("^1 ")).get_by_role("status").last).to_contain_text(
        "stays between −1000000000 and 1000000000"
    )
    cell.fill("250")
    cell.press("Enter")
    # (250² + 100² (3² + … + 10²)) / 9
    expect(figure.readout("loss")).to_have_text("429167")
    root.get_by_role("button", name="Take point 2 away").click()
    root.get_by_role("button", name="Add a point").click()
    figure.await_points(9)
    figure.await_server()
    told = page.url
    page.reload()
    figure.await_ready()
    figure.await_points(9)
    assert page.url.startswith(told)
    assert (figure.value("x1"), figure.value("y1"), figure.value("y2")) == (2.1, 250, 400)


def test_a_file_is_put_there_by_two_of_its_columns(visit: Visit) -> None:
    page = visit.figure("regression").page
    page.get_by_role("button", name="Own data").click()
    file = page.locator("input[type=file]")
    box = page.get_by_role("textbox", name="Rows of x and y")
    for content, says in (
        (b"one column\n1\n2", "one column only"),
        (b"x,y\n" + b"1,2\n" * 10_001, "10001 rows; 10000 can"),
    ):
        file.set_input_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": content})
        expect(page.get_by_text(re.compile(says))).to_be_visible(timeout=PATIENCE)
        expect(box).to_have_value(re.compile("^bedrooms,price\n1,100\n2,200"))
    text = "id;rooms (1);price (k€)\r1;1,5;100\r2;2;250\r3;4;420\r"
    file.set_input_files({"name": "homes.csv", "mimeType": "text/csv", "buffer": text.encode("utf-16")})
    # The first column only numbers the rows.
    expect(box).to_have_value("rooms\u00a0(1);price\u00a0(k€)\n1.5;100\n2;250\n4;420", timeout=PATIENCE)
    for name, column in (("x", "price (k€)"), ("y", "id"), ("x", "rooms (1)"), ("y", "price (k€)")):
        page.get_by_role("combobox", name=f"column of {name}").click()
        page.get_by_role("option", name=column).click()
    expect(box).to_have_value("rooms\u00a0(1);price\u00a0(k€)\n1.5;100\n2;250\n4;420", timeout=PATIENCE)
    page.get_by_role("button", name="Put them there").click()
    expect(page).to_have_url(re.compile("data=1.5%2C100%3B2%2C250%3B4%2C420"), timeout=PATIENCE)
    # What the columns are called stands at the axes, and in the link.
    titles = page.locator('[data-panel="data"] .infolayer [class*="title"] text')
    expect(titles).to_have_text(["rooms (1)", "price (k€)"])
    assert "head=rooms" in page.url


def test_steps_and_own_data_on_a_phone(visit: Visit) -> None:
    figure = visit.figure("regression", screen=PHONE, theme="dark", data="3,1;3,two", step="1")
    page = figure.page
    expect(page.get_by_text("Row 2: “two” is no number. The link's data were left out.")).to_be_visible()
    # The link's step was one on those data; one from the flat line: m = 77, c = 11.
    assert figure.value("step") == 0
    page.get_by_role("button", name="Step", exact=True).tap()
    figure.await_value("step", lambda step: step == 1)
    expected = sum((100 * k - 77 * k - 11) ** 2 for k in range(1, 11)) / 10
    assert figure.number("loss") == pytest.approx(expected, rel=1e-4)
    assert not serious_faults(page)
    page.get_by_role("button", name="Own data").tap()
    box = page.get_by_role("textbox", name="Rows of x and y")
    box.fill("4;1\n4;2\n4;3,5")
    box.press("Control+Enter")
    expect(page.get_by_text("All points have x = 4")).to_be_visible(timeout=PATIENCE)
    box.fill("x;y\n1,5;2\n3;4,5\n4;4")
    box.press("Control+Enter")
    page.get_by_role("button", name="Put them there").tap()
    expect(page).to_have_url(re.compile("data=1.5%2C2%3B3%2C4.5%3B4%2C4"), timeout=PATIENCE)
    figure.await_points(3)
    expect(page.get_by_text("The link's data were left out")).to_have_count(
        0
    )  # it took a line above the picture
    place = figure.root.locator('[data-panel="data"]').bounding_box()
    for _ in range(2):
        page.touchscreen.tap(place["x"] + 150, place["y"] + 60)
    figure.await_points(4)
    assert (figure.value("x1"), figure.value("y1")) == (1.5, 2)
    # A finger on a point takes it along upwards too, whatever point the handle stands at.
    x, y = re.findall(r"M([-\d.]+) ([-\d.]+)", figure.points.get_attribute("d") or "")[1]
    figure.await_server()  # the sentence above the picture has as many lines as it will have
    place, before = figure.root.locator('[data-panel="data"]').bounding_box(), page.evaluate(SCROLLED)
    finger = TouchGrip(page, place["x"] + float(x), place["y"] + float(y))
    figure.pull(finger, 0, -30)
    finger.release()
    figure.await_value("y2", lambda height: height > 4.5)
    assert page.evaluate(SCROLLED) == before


def test_another_loss_and_scale_keep_the_points(visit: Visit) -> None:
    figure = visit.figure("regression", loss="absolute", best="1")
    page = figure.page
    expect(figure.root.get_by_text("J, the mean absolute residual")).to_be_visible()
    expect(figure.readout("best")).to_contain_text("m = 100, c = 0, J = 0")
    expect(page.get_by_text("J has a corner wherever the line goes")).to_be_visible()
    sent = figure.sent
    with figure.dragging(figure.point(10), -40, 200):
        assert figure.sent == sent
        expect(figure.readout("best")).to_have_text(re.compile("follows when you let go"))
        rows = [(k, 100 * k) for k in range(1, 10)] + [(figure.value("x10"), figure.value("y10"))]
        assert figure.number("loss") == pytest.approx(sum(abs(y) for _, y in rows) / 10, rel=1e-4)
    expect(figure.readout("best")).to_contain_text("m = 100, c = 0", timeout=PATIENCE)
    moved = figure.value("x10"), figure.value("y10")
    page.get_by_role("button", name="Loss and scale").click()
    page.get_by_text("Standardised", exact=True).click()
    expect(page).to_have_url(re.compile("scale=standard"), timeout=PATIENCE)
    page.get_by_text("Squares", exact=True).click()
    expect(figure.root.get_by_text("bound 1", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile("loss=square"), timeout=PATIENCE)
    page.keyboard.press("Escape")
    figure.await_server()
    assert (figure.value("x10"), figure.value("y10")) == pytest.approx(moved)
    figure.drag(figure.handle("m"), 0, -60)
    assert figure.value("m") > 0
    assert figure.value("c") == 0
    # Another number of steps keeps points and line, and another scale the line among the points: its J is the same.
    figure.await_server()
    held, cost = figure.value("m"), figure.number("loss")
    page.get_by_role("button", name="100 steps").click()
    steps = page.get_by_label("Number of steps")
    steps.fill("60")
    steps.press("Enter")
    expect(page).to_have_url(re.compile("steps=60"), timeout=PATIENCE)
    page.keyboard.press("Escape")
    assert (figure.value("m"), figure.value("x10"), figure.value("y10")) == pytest.approx((held, *moved))
    page.get_by_role("button", name="Loss and scale").click()
    page.get_by_text("Normalised", exact=True).click()
    expect(figure.root.get_by_text("The line stays; m and c are counted on the new scale.")).to_be_visible(
        timeout=PATIENCE
    )
    assert figure.number("loss") == pytest.approx(cost, rel=1e-4)
    assert figure.value("m") != pytest.approx(held)


def test_a_line_crosses_its_picture_however_far_from_0_the_points_are(visit: Visit) -> None:
    """Where x is 0 is millions of pictures away."""
    figure = visit.figure("regression", data="100000000,1;100000001,3;100000002,2;100000005,6", step="100")
    drawn = figure.root.locator('[data-panel="data"] .live-mark--line line').last
    figure.await_condition(
        lambda: drawn.evaluate("(one) => one.x2.baseVal.value - one.x1.baseVal.value") > 300, "a line across"
    )


def test_the_path_ahead_is_there_at_a_press_before_the_first_step(visit: Visit) -> None:
    figure = visit.figure("regression")
    chip = figure.page.locator("[data-toggle=ahead]")
    path = figure.root.locator('[data-panel="pad"] [data-part=ahead]').nth(1)
    for pressed, way in (("false", "^$"), ("true", "L")):
        expect(chip).to_have_attribute("aria-pressed", pressed)
        expect(path).to_have_attribute("d", re.compile(way))
        chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")


def test_what_an_eta_will_do_is_said_before_it_is_seen(visit: Visit) -> None:
    figure = visit.figure("regression", challenge="1")
    page, verdict = figure.page, figure.readout("verdict")
    card = page.locator("[data-challenge]")
    expect(card).to_contain_text("From (m, c) = (0, 0) with η = 0.033: what will 100 steps do?")
    expect(verdict).to_be_hidden()
    chip, ahead = page.locator("[data-toggle=ahead]"), figure.root.locator("[data-part=ahead][d*=L]")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(ahead).to_have_count(0)
    card.get_by_role("button", name="diverge").click()
    expect(card).to_contain_text("You said: diverge", timeout=PATIENCE)
    expect(verdict).to_have_text("Diverges", timeout=PATIENCE)
    expect(chip).to_have_attribute("aria-pressed", "true")
    # The right one of the reasons is not said beside them before one is chosen.
    reason = figure.readout("reason")
    expect(reason).to_be_hidden()
    card.get_by_role("button", name=re.compile("every descent arrives|whoever overshoots")).first.click()
    expect(reason).to_be_visible()
    assert figure.value("rate") == pytest.approx(0.033)


def test_a_question_is_about_the_points_as_they_stand_and_leaving_it_stops_what_it_played(
    visit: Visit,
) -> None:
    figure = visit.figure("regression", data="1,2;2,3;3,5;4,4", m="0.7", c="0")
    page, root = figure.page, figure.root
    page.emulate_media(reduced_motion="no-preference")
    card = page.locator("[data-challenge]")
    expect(card).to_contain_text("η = 0.16")
    root.get_by_text("Table of points").click()
    cell = root.get_by_label("x of point 4, exact value")
    cell.fill("0.5")
    cell.press("Enter")
    expect(card).to_contain_text("η = 0.3:", timeout=PATIENCE)
    bound = root.get_by_role("button", name=re.compile(r"Go to .*bound"))
    expect(bound).to_be_visible()
    card.get_by_role("button", name="Try it").click()
    figure.await_value("m", lambda value: value == 0)
    assert figure.value("x4") == 0.5
    # On which side of the bound η lies is the answer.
    expect(bound).to_have_count(0)
    # Another point goes while it is asked: it is put away with what it had set.
    figure.drag(figure.point(4), 80)
    figure.await_value("m", lambda value: value == 0.7)
    assert figure.value("x4") > 0.6
    expect(card.get_by_role("button", name="diverge")).to_have_count(0)
    figure.await_server()
    # Undo takes the point's move back, and nothing of the question that went with it.
    root.locator("[data-tool=undo]").click()
    figure.await_value("x4", lambda value: value == 0.5)
    assert figure.value("m") == 0.7
    figure.drag(figure.point(4), 80)
    card.get_by_role("button", name="Try it").click()
    card.get_by_role("button", name="diverge").click()
    figure.await_value("step", lambda step: step > 0)
    # What was told stays to be read while points move.
    root.get_by_role("button", name="Pause").click()
    cell.fill("4.5")
    cell.press("Enter")
    expect(card).to_contain_text("You said: diverge")
    # Asked once more before the page has made it of the points as they stand now.
    card.get_by_role("button", name="Again").click()
    card.get_by_role("button", name="diverge").click()
    figure.await_value("step", lambda step: step > 0)
    card.get_by_role("button", name="Leave it").click()
    figure.await_value("m", lambda value: value == 0.7)
    figure.await_server()
    expect(root.get_by_role("button", name="Pause")).to_have_count(0)
    assert figure.value("step") == 0
    # The point is where the learner has put it since.
    assert figure.value("x4") == 4.5
    # One point has no line, and no question.
    for point in (4, 3, 2):
        root.get_by_role("button", name=f"Take point {point} away").click()
    expect(card.get_by_role("button", name="Try it")).to_have_count(0, timeout=PATIENCE)
