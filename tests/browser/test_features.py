"""The tab of two features as a learner meets it: the line held, points turned, own data on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import PATIENCE


def test_the_line_is_held_a_point_is_turned_and_the_link_keeps_both(visit: Visit) -> None:
    figure = visit.figure("regression", tab="features")
    page = figure.page
    expect(figure.sentence).to_contain_text(
        "Filled points are class 1. 6 of 20 points, ringed, lie on the wrong side"
    )
    sent, before = figure.sent, figure.number("loss")
    with figure.dragging(figure.handle("w1"), -150, 80):
        assert figure.value("w2") > 0.2
        assert figure.number("loss") != before
        assert figure.sent == sent
    norm = (figure.value("w1") ** 2 + figure.value("w2") ** 2) ** 0.5
    assert norm == pytest.approx(0.69, rel=1e-3), "turned, it stays as steep"
    figure.drag(figure.handle("w0"), -30, 20)
    figure.drag(figure.handle("w2"), -30, 20)
    assert (figure.value("w1") ** 2 + figure.value("w2") ** 2) ** 0.5 > 1.05 * norm
    figure.await_server()
    # The best line is that of the points as they are let go.
    figure.root.get_by_role("button", name="Best line").click()
    expect(figure.readout("best")).to_have_text("w = (1.6876, 1.77), w₀ = −18.968, J = 0.26111")
    figure.await_server()
    # The points of class 0 are rings; those around points on the wrong side come before.
    rings = page.locator('[data-panel="data"] .live-mark--rows g + g path').nth(1)
    first = re.match(r"M([-\d.]+) ([-\d.]+)", rings.get_attribute("d") or "")
    box = page.locator('[data-panel="data"]').bounding_box()
    assert first is not None
    assert box is not None
    page.mouse.click(box["x"] + float(first[1]), box["y"] + float(first[2]))
    figure.await_value("k1", lambda value: value == 1)
    expect(figure.readout("best")).not_to_contain_text("1.6876")
    expect(figure.readout("best")).to_contain_text("J = ", timeout=PATIENCE)
    expect(page.get_by_text("Exactly: w = (")).not_to_contain_text("1.6876", timeout=PATIENCE)
    page.mouse.dblclick(box["x"] + 0.9 * box["width"], box["y"] + 60)
    ring = figure.root.get_by_role("slider", name="Points of the data")
    expect(ring).to_have_attribute("aria-valuetext", re.compile("^point 21 of 21: "))
    figure.await_server()
    ring.press("n")  # the first point, and with it the first page of the table
    told, kept = page.url, {name: figure.value(name) for name in ("w1", "w2", "w0", "k1")}
    page.reload()
    figure.await_ready()
    assert page.url == told
    assert {name: figure.value(name) for name in kept} == kept
    # Presented, the picture has the room of the rail.
    expect(figure.root.locator(".live-rail")).to_be_visible()
    page.get_by_role("button", name="Present").click()
    expect(figure.root.locator(".live-rail")).to_be_hidden()


def test_own_data_are_pasted_on_a_phone(visit: Visit) -> None:
    figure = visit.figure("regression", screen=PHONE, theme="dark", tab="features", data="1,2,a;3,x,b")
    page = figure.page
    expect(page.get_by_text("Row 2: “x” is no number. The link's data were left out.")).to_be_visible()
    assert not serious_faults(page)
    page.get_by_role("button", name="Own data").tap()
    box = page.get_by_role("textbox", name="Rows of x₁, x₂ and a class")
    box.fill("1;2;no\n1;4;yes")
    box.press("Control+Enter")
    expect(page.get_by_text("x₁ is 1 in all rows")).to_be_visible(timeout=PATIENCE)
    box.fill("size;weight;ripe\n1,5;2;no\n3;1;no\n4;5;yes\n2;5;yes")
    box.press("Control+Enter")
    expect(page.get_by_text("“no” is class 0 and “yes” is class 1.").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Put them there").tap()
    expect(page).to_have_url(re.compile("data=1.5%2C2%2C0%3B3%2C1%2C0%3B4%2C5%2C1"), timeout=PATIENCE)
    expect(figure.readout("best")).to_contain_text("A line parts the classes", timeout=PATIENCE)
