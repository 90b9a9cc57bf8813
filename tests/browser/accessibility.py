"""axe-core, the accessibility checker, asked about a page as it stands."""

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

RUN = "(context) => axe.run(context, {resultTypes: ['violations']})"


@cache
def script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def serious_faults(page: Page, within: str = "body") -> list[str]:
    """One sentence for each element that axe-core calls a serious or critical fault."""
    page.evaluate(script())
    result = page.evaluate(RUN, within)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
        for violation in result["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
