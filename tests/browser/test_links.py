"""Links as people write them by hand: a plain + arrives as a space, and the page offers what was meant."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

OFFER = "Use this instead"


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label)


@pytest.mark.parametrize(
    ("link", "says", "meant"),
    [
        ("gradient_descent?f=x^2+y^2&rate=0.1", "read as x^2*y^2", "x^2+y^2"),
        ("secant?f=sin%20x+x^2", "read as sin(x*x^2)", "sin x+x^2"),
        ("tangent?f=x^2+1", "came as a space", "x^2+1"),
    ],
)
def test_a_plus_in_a_link_is_offered_in_one_click(visit: Visit, link: str, says: str, meant: str) -> None:
    page = visit.page()
    page.goto(f"{visit.server.address}/{link}")
    expect(page.get_by_text(says)).to_be_visible()
    page.get_by_role("button", name=OFFER).click()
    expect(box(page, "Your function of")).to_have_value(meant)
    expect(page.get_by_role("button", name=OFFER)).to_have_count(0)


def test_both_components_of_a_map_offer_their_own(visit: Visit) -> None:
    page = visit.page()
    page.goto(f"{visit.server.address}/partial_derivatives?tab=jacobian&u=x+y&v=x^2+1")
    offers = page.get_by_role("button", name=OFFER)
    expect(offers).to_have_count(2)
    offers.first.click()
    expect(box(page, "Component u")).to_have_value("x+y")
    expect(offers).to_have_count(1)
    offers.click()
    expect(box(page, "Component v")).to_have_value("x^2+1")
    expect(offers).to_have_count(0)


def test_a_table_of_ones_own_is_missed_aloud_and_gives_the_next_file_no_names(
    visit: Visit, tmp_path: Path
) -> None:
    figure = visit.figure("secant", source="table")
    page = figure.page
    upload = page.locator('input[type="file"]')
    for name, content, velocity in (
        ("trip.csv", "time (h),height (km)\r0,0\r1,60\r3,100\r", "33.33 km/h"),
        ("walk.csv", "0,0\n1e-300,1e9\n3,6\n", "2 m/s"),
    ):
        (tmp_path / name).write_text(content, newline="")
        upload.set_input_files(tmp_path / name)
        expect(figure.readout("velocity")).to_have_text(velocity)
        expect(page.get_by_text("This table is here only")).to_be_visible()
    expect(page.get_by_text("What the file does not name")).to_be_visible()
    figure.control("to").press("ArrowLeft")
    expect(figure.readout("velocity")).to_have_text("too large")
    expect(figure.sentence).to_contain_text("too large to be shown")
    expect(page).to_have_url(re.compile("table=own"))
    page.reload()
    expect(page.get_by_text("made with a table of its own")).to_be_visible()
    expect(figure.readout("velocity")).to_have_text("16 m/s")
    expect(page.get_by_text("The link's value for")).to_have_count(0)
