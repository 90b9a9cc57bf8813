"""axe-core, the accessibility checker, asked about a page as it stands."""

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

RUN = "(context) => axe.run(context, {resultTypes: ['violations']})"


@cache
def script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def serious_faults(page: Page, within: str = "body") -> list[str]:
    """One sentence for each element that axe-core calls a serious or critical fault."""
    page.evaluate(script())
    result = page.evaluate(RUN, within)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


# What can be used and is seen, but is called by no word: a sign or a digit alone names nothing. A letter of the
# mathematics is the name of its slider; a chip or a row of a table may show the sign that it switches or chooses.
NAMELESS = """
() => [...document.querySelectorAll("button, input, select, summary, svg[role=img], canvas[role=img]")]
  .filter((e) => e.checkVisibility() && !e.matches("input[type=range], .live-chip, .live-table__choose"))
  .filter((e) => !/\\p{L}{2}/u.test(e.getAttribute("aria-label") || (e.labels && e.labels[0] || e).textContent))
  .map((e) => e.outerHTML.slice(0, 160))
"""
HEADINGS = """
() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((e) => e.checkVisibility())
  .map((e) => Number(e.tagName[1]))
"""
# The least contrast between the edges of what can be used and what is around it.
EDGES = """
() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = (rgb) => rgb.slice(0, 3).map((v) => (v <= 10 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = (e) => {
    while (e && rgba(getComputedStyle(e).backgroundColor)[3] < 250) e = e.parentElement;
    return rgba(e ? getComputedStyle(e).backgroundColor : "white");
  };
  const seen = (e) => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) > 0
    && rgba(getComputedStyle(e).borderTopColor)[3] > 200 && !e.disabled;
  const used = 'button, input:not([type=range]), [data-testid="stTextInputRootElement"]';
  return [...document.querySelectorAll(used)].filter(seen)
    .map((e) => {
      const both = [light(rgba(getComputedStyle(e).borderTopColor)), light(paper(e.parentElement))];
      const [dark, pale] = both.sort((a, b) => a - b);
      return [(pale + 0.05) / (dark + 0.05), e.outerHTML.slice(0, 120)];
    }).filter(([contrast]) => contrast < 3).map(([contrast, html]) => `${contrast.toFixed(2)}: ${html}`)
}
"""


def nameless(page: Page) -> list[str]:
    """The controls and pictures that are called by no word."""
    return list(page.evaluate(NAMELESS))


def heading_order(page: Page) -> list[int]:
    """The orders of the page's headings, from the top."""
    return list(page.evaluate(HEADINGS))


def faint_edges(page: Page) -> list[str]:
    """The controls whose edge has less than 3 : 1 against what is around it."""
    return list(page.evaluate(EDGES))


# What a finger presses, and its size; marks stand on a track, whose thumb is large, and a link
# in a paragraph is as high as its line.
TARGETS = """
() => [...document.querySelectorAll("button, a[href], input:not([type=range]), select, textarea, summary")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled)
  .filter((e) => !e.matches(".live-tick, [data-testid=stSkipLink], .katex *") && !e.closest("p"))
  .map((e) => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width > 1 && Math.min(box.width, box.height) < 43.5)
  .map(([box, e]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${e.outerHTML.slice(0, 120)}`)
"""


def small_targets(page: Page) -> list[str]:
    """What a finger presses, but is less than 44 px high or wide."""
    return list(page.evaluate(TARGETS))
