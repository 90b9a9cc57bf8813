"""The costs page as a learner meets it: houses and hub dragged, coins turned by hand, a product typed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import LAPTOP, PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import PATIENCE

UNDO = re.compile("Undo")


def test_the_hub_and_a_house_are_dragged(visit: Visit) -> None:
    figure = visit.figure("costs")
    page, root = figure.page, figure.root
    expect(figure.sentence).to_have_text("Two squares, 1 and 4. Drag the hub: where is their sum least?")
    squares = root.locator(".live-mark--square path:visible")
    assert squares.count() == 2
    sides = squares.evaluate_all(
        "all => all.map((one) => one.getBBox()).map(({ width, height }) => [width, height])"
    )
    assert sides == [pytest.approx([side, side], abs=0.11) for side, _ in sides], (
        "they are squares on the screen"
    )
    assert sides[1][0] == pytest.approx(2 * sides[0][0], rel=0.01)
    # From house to house it is 1, so far from the hub to the first: half a house farther is the mean.
    one = figure.centre(figure.handle("a2"))[0] - figure.centre(figure.handle("a1"))[0]
    figure.drag(figure.handle("x"), 1.5 * one)
    assert figure.value("x") == 1.5
    expect(figure.sentence).to_contain_text("The sum is least, 0.5. The hub is at the mean")
    assert figure.text("square_slope_arms") == "2 · (0.5 − 0.5) = 0"
    scale = root.locator(".live-mark--square_scale text:visible")
    expect(scale).to_have_count(0)
    # A house far out is followed by the mean, not by the median; the link says where it stands.
    root.get_by_role("button", name="Best hub").click()
    figure.drag(figure.handle("a2"), 3 * one)
    assert figure.text("places") == "3; 1 to 5"
    # Its square fits only smaller, and the picture says in which proportion.
    share = float(re.search(r"at (0\.\d+) of", scale.text_content() or "")[1])  # type: ignore[index]
    apart = figure.centre(figure.handle("a2"))[0] - figure.centre(figure.handle("x"))[0]
    assert squares.last.evaluate("(one) => one.getBBox().width") == pytest.approx(share * apart, rel=0.02)
    expect(page).to_have_url(re.compile("points=1%2C5"))
    root.get_by_role("button", name="Distances").click()
    expect(figure.sentence).to_contain_text("every hub between the middle two houses, from 1 to 5")
    # Another house; the state survives a reload.
    exact = page.get_by_role("textbox", name="houses, exact value")
    exact.fill("3")
    exact.press("Enter")
    expect(root.locator("[data-handle^=a]:visible")).to_have_count(3)
    expect(page).to_have_url(re.compile(r"points=1%2C5%2C"))
    figure.await_server()
    told = page.url
    page.reload()
    figure.await_ready()
    assert page.url == told
    expect(root.locator("[data-handle^=a]:visible")).to_have_count(3)
    assert figure.value("x") == 1.5


def test_houses_are_moved_added_and_taken_away_by_keys_and_by_touch(visit: Visit) -> None:
    figure = visit.figure("costs", points="1,2,6", x="3", screen=PHONE)
    page, root = figure.page, figure.root
    ring = root.get_by_role("slider", name="The houses, one by one")
    houses = root.locator("[data-handle^=a]:visible")

    def stand(*places: float) -> None:
        expect(houses).to_have_count(len(places))
        for k, place in enumerate(places, 1):
            figure.await_value(f"a{k}", lambda value, place=place: value == pytest.approx(place, abs=1e-12))

    # One stop of the Tab key for all of them.
    ring.focus()
    expect(ring).to_have_attribute("aria-valuetext", "house 1 of 3: 1.00")
    page.keyboard.press("n")
    expect(ring).to_have_attribute("aria-valuetext", "house 2 of 3: 2.00")
    page.keyboard.press("ArrowRight")
    moved = figure.await_value("a2", lambda value: value > 2)
    expect(page).to_have_url(re.compile(f"points=1%2C{moved:g}%2C6"))
    page.keyboard.press("Delete")
    stand(1, 6)
    expect(ring).to_have_attribute("aria-valuetext", "house 2 of 2: 6.00")
    expect(page).to_have_url(re.compile("points=1%2C6(&|$)"))
    page.keyboard.press("Shift+N")
    page.keyboard.press("Insert")
    stand(1, 6, 1 + 5 * (moved - 2))
    for left in ((1, 6), (1, moved, 6), (1, 2, 6)):
        page.keyboard.press("Control+z")
        stand(*left)
    # The house that a finger has moved is the one that the keys mean.
    figure.drag(figure.handle("a3"), -20, touch=True)
    expect(ring).to_be_focused()
    expect(ring).to_have_attribute("aria-valuetext", re.compile("house 3 of 3"))
    page.keyboard.press("Delete")
    stand(1, 2)
    page.keyboard.press("Delete")
    page.keyboard.press("Delete")
    stand(1)
    expect(root.get_by_text("The last one stays.")).to_be_visible()
    # Two taps on the axis add one there; elsewhere they do not.
    x, y = figure.centre(figure.handle("a1"))
    one = figure.centre(figure.handle("x"))[0] - x
    for up in (0, 150):
        for _ in range(2):
            page.touchscreen.tap(x + one, y - up)
        expect(houses).to_have_count(2)
        if up == 0:  # the keys are those of the new one
            expect(ring).to_be_focused()
    figure.await_value("a2", lambda value: value == pytest.approx(3, abs=0.03))


WORDS_IN_THE_PICTURE = """(words) => [...document.querySelectorAll(words)]
  .filter((one) => one.textContent && one.getClientRects().length && !one.closest("[display=none]"))
  .map((one) => one.getBoundingClientRect()).map(({ left, top, right, bottom }) => [left, top, right, bottom])"""


@pytest.mark.parametrize(
    ("link", "panel", "words", "count", "share"),
    [
        (
            "points=1,2,6&x=3.2",
            "houses",
            ".live-mark--square text, .live-mark--square_scale text",
            4,
            0.5,
        ),
        # Two terms and the title of their sum: who has no place of their own is not there.
        ("tab=log&heads=5&tails=9&p=0.22", "curves", ".live-mark--label text, .annotation text", 6, 0.6),
    ],
)
def test_on_a_wall_words_in_the_picture_are_whole_and_apart(
    visit: Visit, link: str, panel: str, words: str, count: int, share: float
) -> None:
    figure = visit.figure(f"costs?{link}&present=1", screen=LAPTOP)
    box = figure.root.locator(f"[data-panel={panel}]").bounding_box()
    assert box is not None
    # The picture has its share of a low wall.
    assert box["height"] > share * LAPTOP.height
    found = figure.page.evaluate(WORDS_IN_THE_PICTURE, words)
    assert len(found) >= count
    assert all(top >= box["y"] for _, top, _, _ in found)
    for k, (left, top, right, bottom) in enumerate(found):
        for other in found[:k]:
            # A line's box is higher than its letters.
            apart = 0.2 * (bottom - top)
            meet = (
                left < other[2] and other[0] < right and top + apart < other[3] and other[1] + apart < bottom
            )
            assert not meet, (found[k], other)


def test_the_number_of_a_distance_stands_at_its_own_bar(visit: Visit) -> None:
    """Many short distances beside each other: a number has a level of its own, or is not there."""
    places, x = (20, 22, 23.5, 24, 26, 55), 24.6
    figure = visit.figure("costs", points=",".join(map(str, places)), x=str(x), loss="absolute", screen=PHONE)
    shown = """(all) => all.filter((one) => one.getClientRects().length).map((one) => {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return [one.textContent, (top + bottom) / 2, right - left, bottom - top];
    })"""
    lines = figure.root.locator(".live-mark--segment line").evaluate_all(shown)
    numbers = figure.root.locator(".live-mark--label text").evaluate_all(shown)
    bars = [level for _, level, across, tall in lines if across > tall]
    assert len(bars) == len(places)
    assert len(numbers) >= len(places) - 1
    for text, level, _, _ in numbers:
        own = min(range(len(bars)), key=lambda k: abs(bars[k] - level))
        assert float(text) == pytest.approx(abs(places[own] - x)), (text, own)


def test_houses_are_typed(visit: Visit) -> None:
    figure = visit.figure("costs", points="1,2,zwei", x="0.5")
    page = figure.page
    expect(page.get_by_text("“zwei” is no number")).to_be_visible()
    page.get_by_role("button", name="Type houses").click()
    typed = page.get_by_role("textbox", name="Houses at")
    expect(typed).to_have_value("1,2")
    typed.fill("<b>3</b>")
    typed.press("Enter")
    expect(page.get_by_text("The picture keeps its houses.")).to_be_visible(timeout=PATIENCE)
    typed.fill("1; 2,5; 9")  # and no Enter: the button stands beside the refusal
    page.get_by_role("button", name="Put them there").click()
    expect(page).to_have_url(re.compile("points=1%2C2.5%2C9"), timeout=PATIENCE)


def test_coins_are_turned_and_three_curves_agree(visit: Visit) -> None:
    figure = visit.figure("costs", tab="log", screen=PHONE, theme="dark")
    page, root, sent = figure.page, figure.root, figure.sent
    coins = root.locator("[data-coin]")
    assert "".join(coins.all_inner_texts()) == "HHHHHHHTTT"
    assert figure.text("product") == "0.0003539"
    # The row is one stop of the Tab key: arrows go along it, Enter turns.
    coins.nth(0).focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(coins.nth(2)).to_have_text("T")
    figure.await_condition(lambda: figure.sent == sent + 1, "one message for a coin")
    expect(page).to_have_url(re.compile("heads=6&tails=4"))
    exact = page.get_by_role("textbox", name="p, exact value")
    exact.fill("0.6")
    exact.press("Enter")
    expect(figure.sentence).to_contain_text("is best for all three")
    assert figure.text("slope") == "10 − 10 = 0.00"
    assert not serious_faults(page)
    coins.nth(2).tap()
    expect(coins.nth(2)).to_have_text("H")
    assert "".join(coins.all_inner_texts()) == "HHHHHHHTTT"
    root.get_by_role("button", name="Add a coin").tap()
    expect(coins).to_have_count(11)
    # Many flips: the product is gone, the sum is not.
    root.get_by_role("button", name="More flips").tap()
    times = page.get_by_role("textbox", name="the row, times, exact value")
    times.fill("200")
    times.press("Enter")
    expect(figure.readout("product")).to_have_text("0 in double precision")
    expect(figure.readout("flips")).to_contain_text("1991: the row 181 times, not 200")
    assert figure.number("loss") == pytest.approx(0.6109, abs=0.05)
    page.locator("[data-tool=more]").tap()
    page.get_by_role("button", name=UNDO).tap()
    expect(figure.readout("flips")).to_have_text("11")


def test_a_product_is_typed(visit: Visit) -> None:
    figure = visit.figure("costs", tab="product")
    page = figure.page
    expect(figure.readout("product")).to_have_text("too large for a double")
    figure.root.get_by_text("The terms of ln g, one by one").click()
    expect(figure.root.get_by_role("cell", name="500ln(10−p)")).to_be_visible()
    box = page.get_by_role("textbox", name="Your function of p")
    box.fill("p^2 (1-x)")
    expect(page.get_by_text("The picture shows ")).to_be_visible(timeout=PATIENCE)
    expect(figure.readout("product")).to_have_text("too large for a double")
    box.fill("p^2 (1-p)^2")
    expect(figure.sentence).to_contain_text("g grows", timeout=PATIENCE)
    figure.await_server()
    sent = figure.sent
    figure.root.get_by_role("button", name="Best p").click()
    figure.await_condition(lambda: figure.sent > sent, "the best p is told")
    figure.await_server()
    assert "tab=product" in page.url
    assert "g=" in page.url
    assert "tails" not in page.url


def test_a_question_is_answered_before_its_answer_is_shown(visit: Visit) -> None:
    figure = visit.figure("costs", points="1,2,6", challenge="1")
    page, root = figure.page, figure.root
    card, slope = page.locator("[data-challenge]"), figure.readout("square_slope_arms")
    expect(card).to_contain_text("Where must the hub be so that the sum of the squares is least?")
    commit = card.get_by_role("button", name="This is my answer")
    expect(commit).to_be_visible()
    # Neither number nor curve tells it, and the hub does not hold on to the best place.
    expect(slope).to_be_hidden()
    curve, total = (
        root.locator(".live-mark--curve path:visible"),
        root.locator(".live-mark--line line:visible"),
    )
    expect(curve).to_have_count(0)
    expect(total).to_have_count(0)
    one = figure.centre(figure.handle("a2"))[0] - figure.centre(figure.handle("a1"))[0]
    figure.drag(figure.handle("x"), 3 * one + 3)
    figure.await_value("x", lambda value: 3 < value < 3.2)
    figure.drag(figure.handle("x"), -one)
    figure.await_value("x", lambda value: value < 2.5)
    commit.click()
    expect(card).to_contain_text("look some way to the right")
    figure.drag(figure.handle("x"), one)
    figure.await_value("x", lambda value: value > 3)
    commit.click()
    expect(card).to_contain_text("At the mean of the houses, 3")
    figure.await_value("x", lambda value: value == pytest.approx(3))
    expect(slope).to_have_text("2 · (3 − 3) = 0")
    expect(curve).to_have_count(1)
    expect(root.get_by_role("button", name="Best hub")).to_have_attribute("aria-pressed", "true")


def test_the_story_is_told_of_the_learners_own_row_and_leaves_the_cost_that_was_chosen(visit: Visit) -> None:
    figure = visit.figure("costs", tab="log", heads="5", tails="13", p="0.42", present="1", stage="1")
    page, words = figure.page, figure.page.locator(".live-presentbar__words")
    expect(words).to_have_text("5 heads in 18 flips: which p makes that most likely?")
    figure.await_value("p", lambda value: value == 0.42)
    for _ in range(2):
        page.keyboard.press("PageDown")
    expect(words).to_have_text("All three curves agree: p = 0.2778, the share of heads.")
    figure.await_value("p", lambda value: value == 5 / 18)
    for _ in range(2):
        page.keyboard.press("PageDown")
    expect(words).to_contain_text("flips: the product is gone, the sum is not.")
    figure.await_condition(lambda: figure.text("flips") == "1278", "so many that g is gone")
    page.keyboard.press("Escape")
    figure.await_value("p", lambda value: value == 0.42)
    figure.await_value("times", lambda value: value == 1)
    figure = visit.figure("costs", points="1,2,9", x="0.5", loss="huber", present="1", stage="1")
    page = figure.page
    chosen = figure.root.locator("[data-toggle=huber]")
    expect(chosen).to_have_attribute("aria-pressed", "false")
    for _ in range(2):
        page.keyboard.press("PageDown")
    figure.await_value("x", lambda value: value == 4)
    page.keyboard.press("Escape")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    figure.await_value("x", lambda value: value == 0.5)


def test_on_a_low_wall_both_terms_have_words(visit: Visit) -> None:
    """Smaller ones, where as large ones as a hall needs have no place."""
    figure = visit.figure("costs", tab="log", heads="5", tails="4", p="0.22")
    figure.page.set_viewport_size({"width": 1280, "height": 720})
    figure.page.get_by_role("button", name="Present").click()
    for words in ("5 ln p = −7.571", "4 ln(1−p) = −0.9938"):
        expect(figure.root.get_by_text(words, exact=True)).to_have_attribute("font-size", "20")


def test_words_on_a_wall_do_not_change_their_size_to_and_fro_while_something_is_dragged(visit: Visit) -> None:
    figure = visit.figure("costs", tab="log", heads="7", tails="3", p="0.5", present="1")
    page = figure.page
    page.set_viewport_size({"width": 1280, "height": 720})
    words = figure.root.get_by_text(re.compile("^7 ln p = "))
    expect(words).to_be_visible()
    box = figure.control("p").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.5 * box["width"], middle)
    page.mouse.down()
    sizes = []
    for k in range(60):
        page.mouse.move(box["x"] + 0.5 * box["width"] - 3 * k, middle)
        figure.next_frame()
        sizes.append(int(words.get_attribute("font-size")))
    page.mouse.up()
    assert 20 in sizes
    assert sizes == sorted(sizes, reverse=True)
