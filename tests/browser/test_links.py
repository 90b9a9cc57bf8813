"""Links as people write them by hand, and links to what does not travel."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.pages import put_measurements

TAKES_FILES = """(stale) => {
  const [part, place] = [document.createElement("div"), document.createElement("div")];
  Object.assign(part.dataset, { stale });
  place.dataset.testid = "stFileUploader";
  part.append(place);
  document.body.append(part);
  const taking = getComputedStyle(place).pointerEvents !== "none";
  part.remove();
  return taking;
}"""
"""Whether a place for files can be pressed, in a part of the page that Streamlit is laying anew, or is not."""


def test_a_plus_in_a_link_is_offered_in_one_click(visit: Visit) -> None:
    page = visit.page()
    page.goto(f"{visit.server.address}/tangent?f=x^2%20cos%20x+e^x")
    expect(page.get_by_text("read as x^2*cos(x)*e^x")).to_be_visible()
    page.get_by_role("button", name="Use this instead").click()
    expect(page.get_by_role("textbox", name="Your function of")).to_have_value("x^2 cos x+e^x")
    expect(page.get_by_text("came as a space")).to_have_count(0)


def test_a_table_of_ones_own_survives_a_reload_or_is_missed_aloud_and_gives_the_next_file_no_names(
    visit: Visit, tmp_path: Path
) -> None:
    figure = visit.figure("secant", source="table")
    page = figure.page
    for name, content, velocity in (
        ("trip.csv", "time (h),height (km)\r0,0\r1,60\r3,100\r", "33.33 km/h"),
        ("walk.csv", "0,0\n1e-300,1e9\n3,6\n", "2"),
    ):
        (tmp_path / name).write_text(content, newline="")
        put_measurements(page, tmp_path / name)
        expect(figure.readout("velocity")).to_have_text(velocity)
    expect(page.get_by_role("textbox", name="x of point 2")).to_be_visible()
    # A file would be lost that is chosen where files are asked for anew in a moment.
    assert [page.evaluate(TAKES_FILES, stale) for stale in (False, True)] == [True, False]
    figure.control("to").press("ArrowLeft")
    expect(figure.readout("velocity")).to_have_text("too large")
    expect(figure.sentence).to_contain_text("too large to be shown")
    expect(page).to_have_url(re.compile("to=1e-300.*data=0%2C0%3B1e-300%2C1000000000%3B3%2C6"))
    figure.await_server()
    page.reload()
    expect(figure.readout("velocity")).to_have_text("too large")
    expect(page.locator(".st-key-reading")).to_contain_text("Your table: y at each x.")
    # More rows than a link holds are missed aloud.
    long = tmp_path / "long.csv"
    long.write_text("hour (h),height (km)\n" + "".join(f"{k},{k * k}\n" for k in range(61)))
    put_measurements(page, long)
    expect(figure.readout("velocity")).to_have_text("3 km/h")
    expect(page.get_by_text("This table is here only")).to_be_visible()
    expect(page).to_have_url(re.compile("table=own"))
    page.reload()
    expect(page.get_by_text("made with a table of its own")).to_be_visible()
    expect(figure.readout("velocity")).to_have_text("16 m/s")
    expect(page.get_by_text("The link's value for")).to_have_count(0)
