"""The classes tab as a learner meets it: points turned and dragged, the curve held, own data put there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import PATIENCE


def test_points_and_the_curve_are_held_and_the_link_keeps_them(visit: Visit) -> None:
    figure = visit.figure("regression", tab="classes")
    page = figure.page
    expect(figure.sentence).to_have_text(
        "The curve starts flat at ½: J = 0.69315. Press Step, drag the curve, or tap a point to turn it."
    )
    level = page.locator('[data-panel="pad"] .contourlevel path').first
    drawn, sent = level.get_attribute("d"), figure.sent
    # A tap turns a point; its level lines follow when the page has answered.
    page.mouse.click(*figure.centre(figure.point(1)))
    figure.await_value("y1", lambda value: value == 1)
    figure.await_condition(lambda: figure.sent == sent + 1, "one message for a tap")
    expect(level).not_to_have_attribute("d", drawn or "", timeout=PATIENCE)
    # One in the hand moves J in the frame, without a message, and goes over to the other class.
    figure.root.get_by_role("button", name="Step", exact=True).click()
    figure.await_server()
    before, sent = figure.number("loss"), figure.sent
    with figure.dragging(figure.point(20), -120, 280):
        assert figure.value("y20") == 0
        assert figure.number("loss") != before
        assert figure.sent == sent
    figure.await_server()
    # A point is added by two taps, with the class at which it was tapped, turned by a key, and taken away again.
    box = figure.root.locator('[data-panel="data"]').bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + 160, box["y"] + 60)
    ring = figure.root.get_by_role("slider", name="Points of the data")
    expect(ring).to_have_attribute("aria-valuetext", re.compile("^point 21 of 21: x = .*, class = 1$"))
    figure.await_server()
    ring.focus()
    page.keyboard.press("Enter")
    expect(ring).to_have_attribute("aria-valuetext", re.compile("^point 21 of 21: x = .*, class = 0$"))
    figure.root.get_by_text("Table of points").click()
    figure.root.get_by_role("button", name="Take point 21 away").click()
    expect(ring).to_have_attribute("aria-valuemax", "20")
    figure.await_value("y1", lambda value: value == 1)
    # The curve is turned and carried: the boundary is where it was left.
    figure.drag(figure.handle("w"), -60, -120)
    assert figure.value("w") > 0.2
    figure.drag(figure.handle("b"), 60)
    figure.await_server()
    told, kept = page.url, {name: figure.value(name) for name in ("w", "b", "x20", "y20", "y1")}
    page.reload()
    figure.await_ready()
    assert page.url == told
    assert {name: figure.value(name) for name in kept} == kept


def test_separable_classes_and_own_labels_on_a_phone(visit: Visit) -> None:
    figure = visit.figure(
        "regression", screen=PHONE, theme="dark", tab="classes", data="1,no;2,no;3,yes;4,maybe", step="1"
    )
    page = figure.page
    expect(page.get_by_text("There are 3 different classes")).to_be_visible()
    assert not serious_faults(page)
    page.get_by_role("button", name="Own data").tap()
    box = page.get_by_role("textbox", name="Rows of x and a class")
    box.fill("1;no\n2;no")
    box.press("Control+Enter")
    expect(page.get_by_text("All points belong to class")).to_be_visible(timeout=PATIENCE)
    box.fill("hours;passed\n1,5;no\n3;yes\n4;yes")
    box.press("Control+Enter")
    expect(page.get_by_text("“no” is class 0 and “yes” is class 1.").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Put them there").tap()
    expect(page).to_have_url(re.compile("data=1.5%2C0%3B3%2C1%3B4%2C1"), timeout=PATIENCE)
    expect(figure.readout("verdict")).to_have_text("No minimum")
    expect(figure.readout("reason")).to_contain_text("hours = 2.25 parts the classes")
    shrinking = page.get_by_role("textbox", name="λ, exact value")
    shrinking.fill("0.1")
    shrinking.press("Enter")
    expect(figure.readout("verdict")).not_to_have_text("No minimum")
    expect(page.get_by_text("Exactly: w = ")).to_be_visible(timeout=PATIENCE)
    assert "lam=0.1" in page.url
    # From the other tab and back: each keeps its own data.
    page.get_by_role("radio", name="Line").or_(page.get_by_role("button", name="Line")).first.tap()
    expect(figure.sentence).to_contain_text("The line starts flat", timeout=PATIENCE)
    page.get_by_role("radio", name="Classes").or_(page.get_by_role("button", name="Classes")).first.tap()
    expect(figure.sentence).not_to_contain_text("The line", timeout=PATIENCE)
    expect(page).to_have_url(re.compile("tab=classes"), timeout=PATIENCE)
    figure.await_value("x1", lambda value: value == pytest.approx(1.5))  # the line has a first point too


def test_a_finger_turns_the_point_that_it_taps_and_two_taps_add_one(visit: Visit) -> None:
    figure = visit.figure("regression", screen=PHONE, tab="classes", data="1,0;1.2,0;1.4,0;4,1;5,1")
    page, box = figure.page, figure.root.locator('[data-panel="data"]').bounding_box()
    assert box is not None
    ring = figure.root.get_by_role("slider", name="Points of the data")
    # The second point, whose handle nobody has touched, and then the same at its new place, where the handle is.
    for label, others in ((1, 0), (0, 0)):
        places = re.findall(r"M([-\d.]+) ([-\d.]+)", figure.points.get_attribute("d") or "")
        page.touchscreen.tap(*(float(at) + box[side] for at, side in zip(places[1], ("x", "y"), strict=True)))
        figure.await_value("y2", lambda value, label=label: value == label)
        expect(ring).to_have_attribute("aria-valuetext", f"point 2 of 5: x = 1.20, class = {label}")
        figure.await_server()
        assert (figure.value("y1"), figure.value("y3")) == (others, others)
    # Where the curve's handle would come if it were called by a click.
    for _ in range(2):
        page.touchscreen.tap(box["x"] + 0.9 * box["width"], box["y"] + 60)
    expect(ring).to_have_attribute("aria-valuetext", re.compile("^point 6 of 6: x = .*, class = 1$"))
    expect(ring).to_be_focused()
    assert (figure.value("w"), figure.value("b")) == (0, 0)
