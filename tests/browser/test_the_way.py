"""A view does not depend on the way to it: whoever walks there sees what its own link opens."""

import pytest

from tests.browser.chromium import DESKTOP, LAPTOP, Screen
from tests.browser.conftest import Visit
from tests.browser.walking import Walker, differences, settled

WALKS = (
    ("tangent", 3, 6, (), LAPTOP, "dark"),
    ("secant", 4, 6, (), DESKTOP, "light"),
    ("gradient_descent", 5, 6, (), LAPTOP, "dark"),
    ("gradient_descent", 6, 5, ("type", "example"), DESKTOP, "light"),
    ("partial_derivatives", 7, 4, ("chip", "key"), LAPTOP, "light"),
    ("tangent", 8, 7, ("view", "key", "size", "leave"), DESKTOP, "light"),
    ("secant", 9, 7, ("view", "key", "chip"), LAPTOP, "dark"),
)
"""Path, seed, number of deeds, which ones, and where; a long walk is a matter of many seeds."""


@pytest.mark.parametrize(("path", "seed", "steps", "deeds", "screen", "theme"), WALKS)
def test_a_walk_ends_where_its_link_begins(
    visit: Visit, path: str, seed: int, steps: int, deeds: tuple[str, ...], screen: Screen, theme: str
) -> None:
    page = visit.figure(path, screen=screen, theme=theme).page
    walker = Walker(page, path, seed)
    for _ in range(steps):
        walker.step(deeds)
    walked = settled(page)
    found = differences(walked, walker.open_link(visit.empty_page(screen, theme)))
    assert not found, "\n".join([f"after {walker.done}", *found])
