"""What holds for all tests: those that need a browser carry its mark and run last."""

from pathlib import Path

import pytest

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    in_browser = [item for item in items if BROWSER_TESTS in item.path.parents]
    for item in in_browser:
        item.add_marker("browser")
    # The quick ones first; and Playwright keeps an event loop in this thread once it has started.
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)
