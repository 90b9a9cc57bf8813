"""What holds for all tests: those that need a browser carry its mark and run last."""

import os
from pathlib import Path

import hypothesis
import pytest

BROWSER_TESTS = Path(__file__).parent / "browser"

# The same examples in every run, so that a red run means that something was broken; `make search` looks for new ones.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", derandomize=False, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("EXAMPLES", "same"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_browser = [item for item in items if BROWSER_TESTS in item.path.parents]
    for item in in_browser:
        item.add_marker("browser")
    # The quick ones first; and Playwright keeps an event loop in this thread once it has started.
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests had to say though they held, such as a page that came late."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.section(f"{report.nodeid}: {name}")
            terminalreporter.line(str(value))
