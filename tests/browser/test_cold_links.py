"""Fifty links that nobody has opened before, at once: each a load for the others, and all must come whole.

Most are opened by what speaks to the server as a browser does and holds the page as a browser does, which costs a
tenth of one.
"""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.listener import Listener, arriving

LINKS, SEEN = 50, 2
LAST = {"tangent": "How f′ is obtained", "secant": "When computers subtract"}
"""What stands last on each page."""


def link(k: int) -> tuple[str, dict[str, object]]:
    """A page and a formula that takes SymPy little, but with so many at once longer than a page waits."""
    return ("tangent", "secant")[k % 2], {"f": f"sqrt({k + 2}x+5)"}


def lacking(listener: Listener) -> str:
    """The algebra, where it did not come with the page."""
    missing = listener.page == "secant" and not listener.scene.get("derivations")
    return f"{listener.query}: no algebra" if missing else ""


def test_fifty_cold_links_come_whole(visit: Visit) -> None:
    with arriving(visit.server.port, [link(k) for k in range(SEEN, LINKS)], lacking) as everybody_else:
        opened = []
        for k in range(SEEN):
            path, query = link(k)
            page = visit.empty_page()
            page.goto(visit.server.url(path, **query), wait_until="commit")
            opened.append((page, path))
        assert everybody_else() == [""] * (LINKS - SEEN)
    for page, path in opened:
        expect(page.get_by_text(LAST[path])).to_be_visible()
        expect(page.get_by_text("is being worked out")).to_have_count(0)
