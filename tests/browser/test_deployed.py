"""The app as it is deployed elsewhere: below a path of the site, from a tree that is only read."""

import gzip
import json
import re
import shutil
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import expect

from explorer.ui.static_files import scripts
from tests.browser.conftest import Visit
from tests.browser.live_figure import LiveFigure
from tests.browser.pages import menu_link
from tests.browser.server import ROOT, Server

BASE = "courses/calculus"
COPIED = ("app.py", "pages", "explorer", "assets", ".streamlit")


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy of the tree in whose `static` nothing can be laid: a file stands in its place.

    Permissions would not do: whoever runs the tests may be root, who is refused nothing.
    """
    tree = tmp_path_factory.mktemp("deployed")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tree / name)
    (tree / "static").write_text("nothing can be laid here")
    with Server(tree / "app.py", **{"server.baseUrlPath": BASE}) as server:
        yield server


def fetch(server: Server, path: str) -> tuple[Message, bytes]:
    request = urllib.request.Request(server.url(path), headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers, answer.read()


def test_the_server_says_that_it_cannot_lay_its_scripts_out_and_keeps_them(deployed: Server) -> None:
    log = deployed.read_log()
    for name in scripts().names:
        assert f"{name} is handed out from memory" in log
        headers, packed = fetch(deployed, f"app/static/{name}")
        assert headers["Content-Encoding"] == "gzip"
        assert "immutable" in headers["Cache-Control"]
        assert headers["Content-Type"].startswith("text/javascript")
        assert len(gzip.decompress(packed)) > 2 * len(packed)


def test_the_head_of_a_page_names_the_scripts_below_its_path(deployed: Server) -> None:
    assert fetch(deployed, "tangent")[0]["Link"].count("preload") == 4
    assert fetch(deployed, "")[0]["Link"].count("preload") == 2


def test_everything_works_below_a_path(visit: Visit, deployed: Server, tmp_path: Path) -> None:
    visit.servers[deployed] = 0
    visit.allow("is handed out from memory")
    visit.allow("no static folder found")
    context = visit.context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(deployed.url("tangent", f="x^3 - x", x0=0.5))
    figure = LiveFigure(page)
    expect(figure.readout("slope")).to_contain_text("0.25")
    [script] = {url for url in asked if "/app/static/live" in url}
    assert script.startswith(f"{deployed.address}/app/static/")
    figure.drag(figure.handle("x0"), 40)
    assert page.url.startswith(f"{deployed.address}/tangent?")
    page.get_by_role("button", name="Copy link to exactly this").click()
    expect(page.get_by_text("copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    with page.expect_download() as download:
        page.locator('[data-tool="export"]').click()
        page.locator('[data-export="html"]').click()
    saved = tmp_path / "figure.html"
    download.value.save_as(saved)
    assert json.dumps("x^3-x")[1:-1] in saved.read_text(encoding="utf-8")
    menu_link(page, "secant").click()
    page.wait_for_url(f"{deployed.address}/secant*")
    LiveFigure(page)
    page.go_back()
    expect(figure.readout("slope")).to_be_visible()
    expect(page).to_have_url(link)
    page.get_by_role("link", name="Calculus Explorer").click()
    expect(page.get_by_role("link", name="Start with Slope")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"{re.escape(deployed.address)}/?$"))
