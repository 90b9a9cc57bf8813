"""The curve that the browser samples while the window moves is the one that Python knows: its values and its breaks."""

import random
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from explorer.expression import compile_tape, parse
from explorer.figures.curve import LOST, analyse
from tests.browser.stage import bare

__all__ = ["bare"]

SAMPLE = """async ([tape, gaps, windows]) => {
  const { Mapping } = await import("/modules/document/adapter.js");
  const { functionOf } = await import("/modules/tape/machine.js");
  const { sampled } = await import("/modules/marks/sampling.js");
  const valueAt = functionOf(tape);
  return windows.map(([left, right, bottom, top]) => {
    const mapping = Object.assign(new Mapping(), { left: 60, width: 900, top: 10, height: 400 });
    mapping.spread([left, right], [bottom, top]);
    const { x, y } = sampled(valueAt, mapping, gaps, 300);
    return [x, y.map((value) => (Number.isFinite(value) ? value : null))];
  });
}"""

FORMULAS = (
    "x^2",
    "sin(3x) e^(-x/4)",
    "tan(x)",
    "1/(x-1) + 1/(x+2)",
    "sqrt(4-x^2)",
    "floor(x)",
    "{x<0: -x, x^2+1}",
    "|x^2-1|",
    "ln(x)",
    "x^(1/3)",
    "(x^2-1)/(x-1)",
    "asin(x/3)",
    "e^(1/x)",
)


def windows(seed: int) -> list[list[float]]:
    """Home, and where a learner goes from there: nearer, farther, and to the sides."""
    chance = random.Random(seed)
    found = [[-5.0, 5.0, -4.0, 4.0]]
    for _ in range(6):
        wide = 10 ** chance.uniform(-1, 1.3)
        middle = chance.uniform(-4, 4)
        found.append([middle - wide, middle + wide, -wide, wide])
    return found


@pytest.mark.parametrize("text", FORMULAS)
def test_the_browser_draws_what_python_knows(bare: Page, text: str) -> None:
    f = parse(text)
    seen = windows(len(text))
    known = [b.x for b in analyse(f, (-5.0, 5.0)).breaks if b.kind not in LOST]
    curves: list[Any] = bare.evaluate(SAMPLE, [compile_tape({"f": f}, ("x",)).to_json(), known, seen])
    for window, (xs, ys) in zip(seen, curves, strict=True):
        judge(f, window, xs, [np.nan if y is None else float(y) for y in ys])


def judge(f: Any, window: list[float], xs: list[float], ys: list[float]) -> None:
    left, right, bottom, top = window
    drawn = np.isfinite(ys)
    x, y = np.array(xs)[drawn], np.array(ys)[drawn]
    assert y == pytest.approx(f(x), rel=1e-9, abs=1e-12)
    # Wherever f has a value in the picture, a point of the curve is near.
    places = np.linspace(left, right, 201)
    heights = f(places)
    for place in places[np.isfinite(heights) & (heights >= bottom) & (heights <= top)]:
        assert np.abs(x - place).min() < 0.01 * (right - left), f"nothing at {place} in {window}"
    # No line is drawn over a step or a pole.
    breaks = [b.x for b in analyse(f, (left, right)).breaks if b.kind not in LOST]
    for (x1, y1), (x2, y2) in pairwise(zip(xs, ys, strict=True)):
        if not np.isfinite([y1, y2]).all() or max(y1, y2) < bottom or min(y1, y2) > top:
            continue
        over = [b for b in breaks if x1 < b < x2]
        assert not over or abs(y1 - y2) < 0.02 * (top - bottom), f"joined at {over} in {window}"


BAND = """async ([tape, left, right]) => {
  const { functionOf } = await import("/modules/tape/machine.js");
  const { banded } = await import("/modules/marks/sampling.js");
  const { low, high } = banded(functionOf(tape), left, right, 200, 24);
  return [low, high].map((ends) => ends.map((value) => (Number.isFinite(value) ? value : null)));
}"""


@pytest.mark.parametrize("text", ["sin(300x)", "sin(300x) + x^2", "ln(x) sin(500x)", "x"])
def test_a_band_reaches_from_the_least_to_the_greatest_value_in_each_column(bare: Page, text: str) -> None:
    f = parse(text)
    tape = compile_tape({"f": f}, ("x",)).to_json()
    low, high = (np.array(ends, dtype=float) for ends in bare.evaluate(BAND, [tape, -2.0, 2.0]))
    columns = np.linspace(-2, 2, 201)
    dense = f(np.linspace(columns[:-1], columns[1:], 2001))
    known = np.isfinite(dense).all(axis=0)
    assert np.isfinite(low[known]).all()
    assert np.isnan(low[np.isnan(dense).all(axis=0)]).all()
    least, greatest = dense[:, known].min(axis=0), dense[:, known].max(axis=0)
    for end, true in ((low[known], least), (-high[known], -greatest)):
        assert (end >= true - 1e-4 * (greatest - least)).all()
        assert (end <= true + 0.1 * (greatest - least)).all()
