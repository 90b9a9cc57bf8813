"""Makes the moving picture at the top of README.md from the running pages: `make picture`.

A point is dragged along the slope page's first curve, then a rate is drawn past its bound on the descent page.
"""

from __future__ import annotations

import io
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import Screen, launch  # noqa: E402
from tests.browser.live_figure import LiveFigure  # noqa: E402
from tests.browser.server import Server  # noqa: E402

PLACE = ROOT / "assets" / "images" / "moving.webp"
SCREEN = Screen(1280, 720)
WIDTH = 960
FRAMES = 36
FRAME_MS = 80
REST_MS = 900
MOST_BYTES = 1_500_000


def frames_of(page: Page, selector: str, reach: float) -> Iterator[Image.Image]:
    """A drag there and back, one picture for each place of the hand."""
    figure = LiveFigure(page)
    x, y = figure.centre(page.locator(selector))
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(FRAMES + 1):
        page.mouse.move(x + reach * (1 - math.cos(2 * math.pi * k / FRAMES)) / 2, y)
        figure.next_frame()
        yield Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.mouse.up()


def smaller(picture: Image.Image) -> Image.Image:
    """As wide as it stands on the page of the repository."""
    return picture.resize((WIDTH, round(WIDTH * picture.height / picture.width)), Image.Resampling.LANCZOS)


def main() -> None:
    """Serve, drag, and write the picture; a file that is too heavy is refused."""
    taken: list[Image.Image] = []
    rests: list[int] = []
    with Server() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(**SCREEN.options("light")).new_page()
        for address, selector, reach in (
            (server.url("tangent"), "[data-handle=x0]", 225.0),
            (
                server.url("gradient_descent", f="x^2", rate=0.2, played=1, step=40),
                "[data-control=rate]",
                260.0,
            ),
        ):
            page.goto(address)
            LiveFigure(page).await_ready()
            shown = [smaller(one) for one in frames_of(page, selector, reach)]
            taken += shown
            rests += [REST_MS, *[FRAME_MS] * (len(shown) - 2), REST_MS]
        browser.close()
    taken[0].save(
        PLACE,
        save_all=True,
        append_images=taken[1:],
        duration=rests,
        loop=0,
        quality=72,
        method=6,
        minimize_size=True,
    )
    size = PLACE.stat().st_size
    print(f"{PLACE.relative_to(ROOT)}: {len(taken)} frames, {size / 1000:.0f} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"More than {MOST_BYTES / 1000:.0f} kB.")


if __name__ == "__main__":
    main()
