"""A page of the app without a browser: its script runs, its widgets can be used, nothing is drawn."""

from streamlit.testing.v1 import AppTest

from tests.browser.server import ROOT


def opened(path: str, **query: str) -> AppTest:
    """The page at a link, run until nothing more is to be done at once; spaces stand in the link as pluses."""
    page = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    page.switch_page(f"pages/{path}.py")
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page
