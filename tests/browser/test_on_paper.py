"""A page on paper is a worksheet: everything within the sheet, what answers left blank, nothing to press."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chromium import PHONE, Screen
from tests.browser.conftest import Visit

UPRIGHT = (8.27 * 96 - 2 * 12 / 25.4 * 96, 8.5 * 96 - 2 * 12 / 25.4 * 96)
"""What the margins leave of A4's and Letter's width, in CSS pixels."""

STANDING = Screen(width=900, height=1200)
"""Higher than wide, as an upright sheet is: a print that is only emulated asks the screen."""


def said(link: str) -> tuple[str, dict[str, list[str]]]:
    """A link's path and what it says, in whatever order."""
    parts = urlsplit(link)
    return parts.path, parse_qs(parts.query)


def within(part: Locator, left: float, right: float) -> None:
    box = part.bounding_box()
    assert box, "it is not on the sheet"
    assert box["width"] > 0
    assert left <= box["x"]
    assert box["x"] + box["width"] <= right


def test_a_descent_is_whole_on_either_paper(visit: Visit) -> None:
    figure = visit.figure(
        "gradient_descent", f="x^2", x0=4, rate=0.2, step=8, played=1, theme="dark", screen=STANDING
    )
    page = figure.page
    for paper in ("A4", "Letter"):
        for landscape in (False, True):
            sheet = page.pdf(format=paper, landscape=landscape, print_background=False)
            assert 1 <= len(re.findall(rb"/Type\s*/Page\b", sheet)) <= 2
    page.emulate_media(media="print")
    expect(page.locator("html.live-paper")).to_have_count(1)
    expect(page.locator("section.live--light")).to_have_count(1)  # ink on white, whatever the screen shows
    for selector in (
        "[data-panel=curve] .nsewdrag >> nth=0",
        "[data-panel^=loss] .nsewdrag >> nth=0",
        "[data-sentence]",
        ".live-paper__link",
    ):
        within(page.locator(selector), 0, min(UPRIGHT))
    curve = page.locator("[data-panel=curve]").bounding_box()
    assert curve
    for handle in page.locator("[data-panel=curve] .live-handle").all():
        within(handle.locator(".live-handle__dot"), curve["x"], curve["x"] + curve["width"])
    for away in (".live-top", ".live-control__track", ".st-key-menu", ".st-key-code", ".live-play"):
        assert page.locator(away).locator("visible=true").count() == 0, away
    assert said(page.locator(".live-paper__link").inner_text()) == said(page.url)
    page.emulate_media(media="screen")
    expect(page.locator("html.live-paper")).to_have_count(0)
    expect(page.locator("section.live--dark")).to_have_count(1)
    figure.await_condition(
        lambda: (page.locator("[data-panel=curve]").bounding_box() or {"width": 0})["width"] > 700,
        "the picture as wide as the screen again",
    )


def test_a_question_on_paper_leaves_blanks_for_its_answer(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^3-2x", challenge=1, screen=PHONE)
    page = figure.page
    expect(page.locator("[data-challenge]").get_by_text("This is my answer")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("html.live-paper")).to_have_count(1)
    slope = page.locator("[data-readout=slope]")
    within(slope, 0, min(UPRIGHT))
    expect(slope).to_have_css("color", "rgba(0, 0, 0, 0)")
    expect(page.locator(".live-challenge__question")).to_be_visible()
    expect(page.get_by_text("This is my answer")).to_be_hidden()
    expect(page.locator("[data-readout=derivative]")).to_be_hidden()
    assert "challenge=1" in page.locator(".live-paper__link").inner_text()
    within(page.locator("[data-panel=curve] .nsewdrag >> nth=1"), 0, min(UPRIGHT))  # f′ too


def test_what_fits_one_sheet_takes_one_and_a_page_without_a_formula_begins_at_its_top(visit: Visit) -> None:
    figure = visit.figure("regression", screen=STANDING)
    page = figure.page
    for across in (False, True):
        sheet = page.pdf(format="A4", landscape=across, print_background=False)
        assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    page.emulate_media(media="print")
    expect(page.locator("html.live-paper")).to_have_count(1)
    box = figure.root.bounding_box()
    assert box
    assert box["y"] < 8
    first, second = (page.locator(f"[data-readout={name}]").bounding_box() for name in ("update", "update_y"))
    assert first
    assert second
    assert first["y"] == second["y"]  # m and c stand in one line


@pytest.mark.parametrize("path", ["rules", "partial_derivatives", ""])
def test_a_page_with_much_to_say_is_as_small_as_one_sheet_asks(visit: Visit, path: str) -> None:
    page = visit.figure(path, screen=STANDING).page
    sheets = [
        page.pdf(format=paper, landscape=across, print_background=False)
        for paper, across in (("Letter", False), ("A4", True))  # the lowest sheet of each way
    ]
    assert [len(re.findall(rb"/Type\s*/Page\b", sheet)) for sheet in sheets] == [1, 1]


def test_a_graph_is_whole_on_paper_and_what_is_not_computed_yet_is_a_blank(visit: Visit) -> None:
    page = visit.figure("chain", f="(2x+y)^2*z", screen=STANDING).page
    page.emulate_media(media="print")
    expect(page.locator("html.live-paper")).to_have_count(1)
    panel = page.locator(".live-panel--graph").bounding_box()
    assert panel
    for box in page.locator(".live-graph__box rect").all():
        within(box, panel["x"], panel["x"] + panel["width"])
    expect(page.locator("[data-sentence]")).to_have_text("Four boxes from x, y and z to f.")
    expect(page.locator("[data-readout=line]")).to_have_text("")
