"""Rows for which a link has no room: it says how many they were, and not what was made for them."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit


def test_the_row_that_a_link_has_no_room_for_is_spoken_of(visit: Visit) -> None:
    figure = visit.figure("regression", data=";".join(f"{k},{k % 7}" for k in range(60)))
    page = figure.page
    assert "data=" in page.url
    figure.root.get_by_role("slider", name="Points of the data").focus()
    page.keyboard.press("Insert")
    expect(page.get_by_text("61 points: a link holds up to 60")).to_be_visible()
    assert "data=" not in page.url
    assert "points=61" in page.url
    page.keyboard.press("Delete")
    expect(page.get_by_text("61 points: a link holds up to 60")).to_be_hidden()
    assert "points=" not in page.url
    # Whoever loads it anew hears which data stand there, and gets them without the line of those that are lost.
    page.keyboard.press("Insert")
    expect(page).to_have_url(re.compile("points=61"))
    figure.control("m").press("ArrowRight")
    expect(page).to_have_url(re.compile("[?&]m=0\\.01"))
    page.reload()
    figure.await_ready()
    expect(page.get_by_text("The link was made with 61 points")).to_be_visible()
    assert (figure.value("m"), figure.value("x10")) == (0, 10)
    assert "points=" not in page.url
