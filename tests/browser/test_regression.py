"""The regression page as a learner meets it: the line held, a point dragged, steps taken, own data put there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import PATIENCE


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
    with figure.dragging(figure.handle("x10"), -40, 200):
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
    figure.await_condition(lambda: figure.sent == sent + 1, "one message for a point")
    expect(page).to_have_url(re.compile(rf"data=.*9%2C900%3B{re.escape(f'{x:g}')}%2C"))
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


def test_steps_and_own_data_on_a_phone(visit: Visit) -> None:
    figure = visit.figure("regression", screen=PHONE, theme="dark", data="3,1;3,two", step="1")
    page = figure.page
    expect(page.get_by_text("Row 2: a cell is not a number. The link's data were left out.")).to_be_visible()
    # One step from the flat line: m = 77, c = 11.
    expected = sum((100 * k - 77 * k - 11) ** 2 for k in range(1, 11)) / 10
    assert figure.number("loss") == pytest.approx(expected, rel=1e-4)
    assert not serious_faults(page)
    page.get_by_role("button", name="Own data").tap()
    box = page.get_by_role("textbox", name="Rows of x and y")
    box.fill("4;1\n4;2\n4;3,5")
    box.press("Control+Enter")
    expect(page.get_by_text("All points stand above each other")).to_be_visible(timeout=PATIENCE)
    box.fill("x;y\n1,5;2\n3;4,5\n4;4")
    box.press("Control+Enter")
    page.get_by_role("button", name="Put them there").tap()
    expect(page).to_have_url(re.compile("data=1.5%2C2%3B3%2C4.5%3B4%2C4"), timeout=PATIENCE)
    expect(figure.root.locator("[data-handle^=x]:visible")).to_have_count(3)
