"""A term in what the figure says: tapped, or reached by keys, it opens its sentence and picture."""

from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit


def test_a_term_is_explained_where_it_stands(visit: Visit) -> None:
    figure = visit.figure(
        "gradient_descent", screen=PHONE, theme="dark", f="x^2+8y^2", rate=0.1, steps=12, step=12, played=1
    )
    page = figure.page
    term = page.get_by_role("button", name="Gradient norm")
    card = page.locator(".live-term__card")
    expect(term).to_have_count(1)
    expect(card).to_be_hidden()
    term.tap()
    expect(card).to_contain_text("the length of the gradient arrow")
    expect(card.locator("path")).to_have_count(4)
    figure.next_frame()
    box, word = card.bounding_box(), term.bounding_box()
    assert box
    assert word
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE.width
    assert box["y"] + box["height"] <= PHONE.height
    assert box["y"] >= word["y"] + word["height"] or box["y"] + box["height"] <= word["y"]
    assert not serious_faults(page)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.get_by_role("button", name="λmax").focus()
    page.keyboard.press("Enter")
    expect(card).to_contain_text("the largest curvature")
