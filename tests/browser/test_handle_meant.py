"""Which handle a finger takes where several lie over each other."""

import pytest
from playwright.sync_api import Page

from tests.browser.stage import bare

__all__ = ["bare"]


@pytest.mark.parametrize(("x", "meant"), [(98, "x0"), (111, "h")])
def test_of_two_handles_that_lie_over_each_other_the_nearer_one_is_meant(
    bare: Page, x: float, meant: str
) -> None:
    script = """async (x) => {
      const { Handle } = await import("/modules/controls/handles.js");
      const panel = { layer: document.body, handles: [] };
      const handle = (name, at, more) => Object.assign(Object.create(Handle.prototype), {
        name, panel, place: [at, 50], node: { style: {} }, everyWay: false, turns: false, ...more });
      panel.handles.push(handle("x0", 100), handle("h", 110), handle("plane", 98, { everyWay: true }));
      const { left, top } = document.body.getBoundingClientRect();
      return panel.handles[1].meantBy({ clientX: left + x, clientY: top + 50 }).name;
    }"""
    assert bare.evaluate(script, x) == meant
