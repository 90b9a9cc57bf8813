"""How many digits numbers are written with in one picture: as many as its axes ask for."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

from explorer.numeric import Window

MOST_DECIMALS = 6
SIGNIFICANT = 4
FADED = 1e-300
"""An error below this is none of rounding: what is so near to 0 is too small for a double."""


@dataclass(frozen=True)
class Form:
    """How a quantity is written in templates: with fixed decimals, or None for significant digits."""

    decimals: int | None

    @property
    def plain(self) -> str:
        """The format as it stands in a template."""
        return f"g{SIGNIFICANT}" if self.decimals is None else str(self.decimals)

    @property
    def signed(self) -> str:
        """The same with the sign set apart."""
        return f"t{SIGNIFICANT}" if self.decimals is None else f"s{self.decimals}"

    @property
    def least(self) -> float:
        """Half a unit of the last digit: what is smaller would be written as 0, which it is not."""
        return 0.0 if self.decimals is None else 0.5 * 10.0**-self.decimals


def form_for(extent: float) -> Form:
    """For values on an axis so long: two decimals, and more where a hundredth would be a fifth of it."""
    decimals = max(2, 2 - math.floor(math.log10(max(extent, 1e-12) / 0.05)))
    return Form(decimals if decimals <= MOST_DECIMALS else None)


def decimals_for(width: float) -> int:
    """Decimals of x in a window so wide: two, and more where a hundredth is over a twentieth of the window."""
    return max(2, 2 - math.floor(math.log10(max(width, 1e-12) / 5)) - 1)


def step_for(width: float) -> float:
    """What an arrow key moves in a window so wide: a power of ten, from a 250th of it to a 25th.

    No narrower one is looked at than doubles of full precision can tell apart.
    """
    return 10.0 ** math.floor(math.log10(max(width / 25, sys.float_info.min)))


def axis_decimals(span: tuple[float, float]) -> int:
    """So many that a tenth of an arrow key's step along the axis is seen."""
    return max(0, 1 - round(math.log10(step_for(span[1] - span[0]))))


def axis_digits(span: tuple[float, float]) -> dict[str, Any]:
    """What a control along the axis needs: an arrow key's step, and as many decimals as show a tenth of it."""
    return {"step": step_for(span[1] - span[0]), "decimals": axis_decimals(span)}


def short(value: float) -> float:
    """The number without the last digits that computing has left: as an end of a control it goes into links."""
    return float(f"{value:.12g}")


def place_format(window: Window) -> str:
    """Significant digits that tell places in the window apart."""
    return f"g{place_digits(window.x)}"


def place_digits(span: tuple[float, float]) -> int:
    """So many significant digits tell places along an axis apart, far from the origin too."""
    return SIGNIFICANT + max(0, math.floor(math.log10(max(map(abs, span)) / (span[1] - span[0]))))


def line_digits(*spans: tuple[float, float]) -> int:
    """So many significant digits of slope and height draw a line again to where its picture shows it: far off more."""
    return max(SIGNIFICANT, *(place_digits(span) for span in spans)) + 1


def length_format(extent: float) -> str:
    """How a length beside an axis so long is written: to its hundredth at least, else with significant digits."""
    if not 1e-4 <= extent < 1000:
        return f"g{SIGNIFICANT}"
    return str(max(2, 2 - math.floor(math.log10(extent))))
