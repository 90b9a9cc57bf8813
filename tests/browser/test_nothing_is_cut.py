"""What is said can be read: tall formulas, long sentences, at the size of a laptop and of a phone."""

from playwright.sync_api import expect

from tests.browser.chromium import LAPTOP, PHONE
from tests.browser.conftest import Visit
from tests.browser.live_figure import LiveFigure

# Words that stand out of a box which hides what stands out; pictures and unseen copies aside.
CUT = """
() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter((e) => {
  if (!e.clientHeight || !e.textContent.trim()) return false;
  if (e.closest(".live-unseen, .katex-mathml, .live-panel, style")) return false;
  const { overflowX, overflowY } = getComputedStyle(e);
  const hides = (way) => way === "hidden" || way === "clip";
  return (hides(overflowY) && e.scrollHeight > e.clientHeight + 1)
    || (hides(overflowX) && e.scrollWidth > e.clientWidth + 1);
}).map((e) => `${e.className}: ${e.textContent.slice(0, 60)}`)
"""
# How far the reading's lowest sign lies below the row that it stands in.
BELOW_ROW = """
() => {
  const signs = [...document.querySelectorAll(".st-key-reading .katex-html *")]
    .filter((e) => !e.childElementCount && e.textContent.trim() && e.getClientRects().length);
  const lowest = Math.max(...signs.map((e) => e.getBoundingClientRect().bottom));
  return lowest - document.querySelector(".st-key-formula").getBoundingClientRect().bottom;
}
"""
# Formulas that scroll, but only for those who have a mouse or a finger.
UNREACHED = """
() => [...document.querySelectorAll(".katex-display, .live-readout__label")]
  .filter((e) => e.scrollWidth > e.clientWidth && e.tabIndex < 0).map((e) => e.textContent.slice(0, 60))
"""
REACHED = """
() => [".katex-display", ".live-readout__label"].every((e) => document.querySelector(`${e}[tabindex='0']`))
"""
TALL = (
    "1/(1+1/(1+1/(1+x)))",
    "{x<0: x^2/(1+x^2), x<1: sin(x)/x, sqrt(x^2+1)/(1+e^-x)}",
    "sqrt(max(x,0))+|x-1|/(x-1)+floor(x)/3",
)
LONG = "x*sin(x)*e^x*cos(2x)*ln(x^2+1)*tanh(x)"
"""Its derivative is longer than its place, simplified or not."""


def judge(figure: LiveFigure) -> None:
    figure.await_condition(lambda: figure.page.evaluate(BELOW_ROW) <= 1, "the whole reading in its row")
    figure.await_condition(lambda: not figure.page.evaluate(UNREACHED), "keys scroll what is too wide")
    assert not figure.page.evaluate(CUT)


def test_tall_formulas_stand_whole_in_row_and_rail(visit: Visit) -> None:
    figure = visit.figure("tangent", screen=LAPTOP)
    box = figure.page.get_by_role("textbox", name="Your function of x")
    heading = figure.root.get_by_role("heading", level=1)

    def read(formula: str) -> None:
        before = heading.text_content() or ""
        box.fill(formula)
        expect(heading).not_to_have_text(before)
        figure.await_server()

    for formula in TALL:
        read(formula)
        judge(figure)
        sentence = figure.sentence.bounding_box()
        assert sentence is not None
        assert sentence["height"] <= 3 * 23
    # Beside the drawer of code the rail is narrow: formulas scroll there as well as around the figure.
    code = figure.page.locator("[data-tool=code]")
    code.click()
    read(LONG)
    figure.await_condition(lambda: figure.page.evaluate(REACHED), "both are reached by keys")
    figure.await_condition(lambda: not figure.page.evaluate(UNREACHED), "so are all others")
    read(TALL[-1])
    code.click()
    expect(figure.page.locator(":root[data-code-drawer]")).to_have_count(0)
    figure.await_condition(lambda: not figure.page.evaluate(CUT), "the fold of the code lies below again")
    figure.page.set_viewport_size({"width": PHONE.width, "height": PHONE.height})
    figure.next_frame()
    judge(figure)
    # What goes on beyond the edge fades there, until it is scrolled to its end.
    reading = figure.page.locator(".st-key-reading .katex-display")
    mask = "(e) => getComputedStyle(e).maskImage"
    assert "gradient" in reading.evaluate(mask)
    reading.evaluate("(e) => { e.scrollLeft = e.scrollWidth; }")
    figure.await_condition(lambda: reading.evaluate(mask) == "none", "the end of the reading is clear")


WIDE_READOUTS = """
() => [...document.querySelectorAll("[data-readout]")].filter((e) => e.offsetParent && (e.scrollWidth > e.clientWidth
  || e.getBoundingClientRect().right > e.closest(".live-readout").getBoundingClientRect().right + 1))
  .map((e) => `${e.dataset.readout}: ${e.textContent}`)
"""


def test_a_long_number_is_written_smaller(visit: Visit) -> None:
    for page, x0 in (("tangent", 100.2), ("secant", 100.3)):
        figure = visit.figure(
            page, screen=LAPTOP, f="e^x/(x-100)", x0=x0, **({} if page == "tangent" else {"h": 0.00001})
        )
        name = "slope" if page == "tangent" else "quotient"
        readout = figure.page.locator(f"[data-readout={name}]")
        expect(readout).to_contain_text("·10⁴")
        figure.await_condition(
            lambda figure=figure: not figure.page.evaluate(WIDE_READOUTS), "no readout is cut"
        )
        size = float(readout.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)"))
        assert size >= 28
    # Beside the box of its control a slope has less room than the rail is wide.
    surface = visit.figure("partial_derivatives", screen=LAPTOP, f="x/2+e^(-1000(x^2+y^2))", x0=0.5, y0=0.5)
    expect(surface.page.locator("[data-readout=fy]")).to_contain_text("·10")
    surface.await_condition(
        lambda: not surface.page.evaluate(WIDE_READOUTS), "no slope reaches beyond its room"
    )
