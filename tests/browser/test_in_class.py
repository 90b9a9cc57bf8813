"""The present link as a QR code, read as a phone reads it."""

from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import numpy as np
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from explorer.ui.in_class import LONGEST_LINK, link_code
from tests.browser.accessibility import serious_faults
from tests.browser.chromium import PHONE
from tests.browser.conftest import Visit


def read(sheet: Locator) -> str:
    """What the code says, from a photograph of the screen."""
    code = sheet.locator("img[data-ready]")
    expect(code).to_be_visible()
    seen = np.array(Image.open(BytesIO(code.screenshot())).convert("L"))
    found = zxingcpp.read_barcodes(seen)
    return str(found[0].text) if found else ""


def opened(page: Page, within: str = ".live-tools--page") -> Locator:
    page.locator(within).get_by_role("button", name="In class: this link as a QR code").click()
    return page.get_by_role("dialog", name="This link as a QR code")


def test_a_class_is_led_to_exactly_what_stands_on_the_wall(visit: Visit) -> None:
    figure = visit.figure("tangent", f="x^2*sin(x)", x0=1.25, theme="dark")
    page = figure.page
    sheet = opened(page)
    assert read(sheet) == page.url
    assert "x0=1.25" in page.url
    assert not serious_faults(page)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    # Another state is another code; in Present too, where Escape shuts the code alone.
    figure.control("x0").press("ArrowRight")
    figure.await_condition(lambda: "x0=1.25" not in page.url, "another address")
    page.locator("[data-tool=present]").click()
    page.keyboard.press("PageDown")
    figure.await_condition(lambda: "stage=1" in page.url, "the first stage in the address")
    sheet = opened(page, ".live-presentbar")
    assert read(sheet) == page.url
    assert "present=1" in page.url
    box = sheet.get_by_role("img").bounding_box()
    assert box
    assert box["width"] > 0.75 * 900  # of the screen's height
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(page.locator("html.live-presenting")).to_have_count(1)


def test_on_a_phone_the_code_fits_and_a_link_too_long_for_one_is_said_to_be(visit: Visit) -> None:
    visit.allow("414")
    figure = visit.figure("tangent", screen=PHONE, f="x^3-2x", junk="1" * LONGEST_LINK)
    figure.page.locator("[data-tool=more]").tap()
    sheet = opened(figure.page)
    expect(sheet.get_by_text("too long for a code")).to_be_visible()
    expect(sheet.locator("img")).to_be_hidden()
    sheet.get_by_role("button", name="Close").tap()
    figure.page.evaluate("history.replaceState(history.state, '', location.href.replace(/&?junk=1+/, ''))")
    figure.page.locator("[data-tool=more]").tap()
    sheet = opened(figure.page)
    assert read(sheet) == figure.page.url
    box = sheet.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE.width
    assert box["y"] + box["height"] <= PHONE.height


def test_a_link_that_does_not_fit_below_its_code_is_cut_with_a_sign_and_copied_whole(visit: Visit) -> None:
    rows = ";".join(f"{k}.125,{k * k}.0625" for k in range(40))
    page = visit.figure("regression", data=rows).page
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    sheet = opened(page)
    link = sheet.locator(".live-class__link")
    cut = link.evaluate(
        "(node) => node.scrollHeight > node.clientHeight && getComputedStyle(node).webkitLineClamp"
    )
    assert cut == "3"
    sheet.get_by_role("button", name="Copy link").click()
    expect(sheet.get_by_text("copied", exact=True)).to_be_visible()
    whole = link.text_content()
    assert page.evaluate("window.copied") == whole
    assert parse_qs(urlsplit(str(whole)).query)["data"] == [rows]
    box = sheet.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    # Where the clipboard refuses, all of it is marked.
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    sheet.get_by_role("button", name="Copy link").click()
    expect(sheet.get_by_text("copy it from here")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == whole


def test_a_code_holds_modules_and_nothing_of_the_text() -> None:
    hostile = '"><script>alert(1)</script>'
    assert b"script" not in (link_code(hostile) or b"script")
    assert link_code("") is None
    assert link_code("x" * (LONGEST_LINK + 1)) is None
    assert link_code("ü" * LONGEST_LINK) is None
    assert link_code("😀" * (LONGEST_LINK // 4))
