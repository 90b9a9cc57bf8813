"""Which Chromium is driven, on which screens."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Playwright

from tests.browser.server import ROOT

# Software rendering, no sandbox (the tests may run as root), and no talk to anyone outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP stage.test 127.0.0.1",  # this machine, but no secure origin
    "--process-per-site",  # pages of a profile share what has been compiled
    "--font-render-hinting=none",  # a Chromium without windows sets words as wide as one with them
]


@dataclass(frozen=True)
class Screen:
    width: int
    height: int
    touch: bool = False

    def options(self, theme: str) -> dict[str, Any]:
        """What a Playwright context needs to be this screen in a "light" or "dark" system."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": theme,
            "has_touch": self.touch,
            "is_mobile": self.touch,
            "device_scale_factor": 2 if self.touch else 1,
            "locale": "en-GB",
        }


DESKTOP = Screen(1440, 900)
LAPTOP = Screen(1280, 720)
PROJECTOR = Screen(1920, 1080)
TABLET = Screen(820, 1180, touch=True)
PHONE = Screen(390, 844, touch=True)


def find_chromium() -> str:
    """The path of an installed Chromium; an error with what to do where there is none."""
    found = subprocess.run(
        [ROOT / "scripts" / "find-chromium"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise FileNotFoundError(found.stderr.strip())
    return found.stdout.strip()


def launch(playwright: Playwright, arguments: Sequence[str] = ARGUMENTS) -> Browser:
    return playwright.chromium.launch(executable_path=find_chromium(), args=list(arguments))
