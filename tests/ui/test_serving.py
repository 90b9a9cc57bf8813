"""The documents name both scripts, and the scripts are handed out packed, under names that are their content's."""

import gzip
import hashlib
import re
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
import streamlit as st

from explorer.ui.serving import ROUTES
from explorer.ui.static_files import PACKED, STATIC, scripts
from tests.browser.server import Server

SCRIPTS = scripts().names


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as one:
        yield one


def fetch(
    server: Server, path: str, encoding: str = "identity", accept: str = "*/*"
) -> tuple[Message, bytes]:
    headers = {"Accept-Encoding": encoding, "Accept": accept}
    request = urllib.request.Request(server.url(path), headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers, answer.read()


@pytest.mark.parametrize("page", ["tangent", "secant", "partial_derivatives", "gradient_descent"])
def test_a_page_with_a_figure_names_its_scripts_and_fonts_in_its_head(server: Server, page: str) -> None:
    plotly, live = SCRIPTS
    links = fetch(server, page)[0]["Link"]
    script, module, *fonts = links.split(", ")
    assert script == f"<app/static/{plotly}>; rel=preload; as=script"
    assert module == f"<app/static/{live}>; rel=modulepreload"
    assert len(fonts) == 2
    for font in fonts:
        path, _, rest = font.removeprefix("<").partition(">")
        assert rest == "; rel=preload; as=font; crossorigin"
        assert (Path(st.__file__).parent / "static" / path).is_file()


def test_the_start_page_has_a_figure_and_no_formula(server: Server) -> None:
    links = fetch(server, "")[0]["Link"]
    assert links.count("preload; as=script") == links.count("modulepreload") == 1
    assert "font" not in links


@pytest.mark.parametrize("path", ["_stcore/health", *(f"app/static/{name}" for name in SCRIPTS)])
def test_what_is_no_document_names_nothing(server: Server, path: str) -> None:
    assert fetch(server, path)[0]["Link"] is None


@pytest.mark.parametrize("page", ["", "tangent"])
def test_a_document_holds_the_style_sheet_and_is_never_an_old_one(server: Server, page: str) -> None:
    headers, document = fetch(server, page, accept="text/html", encoding="gzip")
    assert b"st-key-menu" in document[: document.index(b"</head>")]
    assert int(headers["Content-Length"]) == len(document)
    assert headers["ETag"] is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_handed_out_packed_and_kept(server: Server, name: str) -> None:
    plain_headers, plain = fetch(server, f"app/static/{name}")
    packed_headers, packed = fetch(server, f"app/static/{name}", "gzip")
    assert plain_headers["Content-Encoding"] is None
    assert packed_headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain == (STATIC / name).read_bytes()
    assert len(packed) < len(plain) / 3
    for headers in (plain_headers, packed_headers):
        assert headers["Content-Type"].startswith("text/javascript")
        assert "immutable" in headers["Cache-Control"]
        assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_name_is_its_contents(name: str) -> None:
    stated = re.fullmatch(r"(?:live|plotly-[\d.]+)-([0-9a-f]{12})\.js", name)
    assert stated
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest().startswith(stated[1])
    assert (STATIC / (name + PACKED)).exists()


def test_each_script_has_a_route() -> None:
    served = [*(f"/app/static/{name}" for name in SCRIPTS), "/app/code.svg"]
    assert [route.path for route in ROUTES] == served
