"""What goes wrong in a page without anybody looking: error messages, missing files, requests to elsewhere."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Response


def watch(page: Page, seen: list[str]) -> None:
    """From now on a sentence is added to `seen` for each thing that goes wrong in the page."""

    def note(wrong: bool, sentence: str) -> None:
        if wrong:
            seen.append(sentence)

    page.on("console", lambda message: note(is_error(message), f"console: {message.text}"))
    page.on("pageerror", lambda error: note(True, f"page error: {error}"))
    page.on("response", lambda answer: note(is_missing(answer), f"{answer.status} for {answer.url}"))
    page.on("request", lambda request: note(is_outside(request.url), f"asked outside: {request.url}"))


def is_error(message: ConsoleMessage) -> bool:
    """Failed requests are told by `is_missing`, with their address."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")


def is_missing(response: Response) -> bool:
    """On a deep link Streamlit first looks for its server below the page's path."""
    path = urlsplit(response.url).path
    return response.status >= 400 and not re.fullmatch(r"/(\w+/)+_stcore/(health|host-config)", path)


def is_outside(url: str) -> bool:
    """Whether a request leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob", "about", "file"} and parts.hostname not in {
        "127.0.0.1",
        "localhost",
        "stage.test",
    }
