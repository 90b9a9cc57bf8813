"""What a measurement hands back, and how it is printed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, its value, and the bound it is held to (None: only told)."""

    what: str
    value: float
    unit: str = ""
    bound: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.bound is None:
            return ""
        return "holds" if self.value <= self.bound else "MISSED"


def in_digits(value: float) -> str:
    """Three significant digits."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{2 - math.floor(math.log10(abs(value)))}f}"


def render(title: str, rows: Iterable[Row]) -> str:
    """A table in Markdown."""
    lines = [f"### {title}", "", "| what | value | bound | |", "|---|---:|---:|---|"]
    for row in rows:
        bound = "" if row.bound is None else f"≤ {in_digits(row.bound)} {row.unit}"
        cells = [row.what, f"{in_digits(row.value)} {row.unit}", bound, f"{row.verdict} {row.note}"]
        lines.append("| " + " | ".join(cell.strip() for cell in cells) + " |")
    return "\n".join(lines)


def percentile(values: Sequence[float], percent: float) -> float:
    """By linear interpolation between the ordered values."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Sequence[float]) -> float:
    return percentile(values, 50)
