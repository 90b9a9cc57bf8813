"""Houses and products worth a look on the costs page."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.presets.records import Preset


@dataclass(frozen=True)
class Houses:
    """Houses at `places`, what to look for, and the facts: the least sum of squares and of distances, and where.

    `median` is where the sum of distances is least, from … to.
    """

    title: str
    places: tuple[float, ...]
    look_for: str
    squares: tuple[float, float]
    distances: float
    median: tuple[float, float]

    @property
    def text(self) -> str:
        """The places as a link holds them."""
        return ",".join(f"{place:g}" for place in self.places)

    @property
    def formula(self) -> str:
        """The sum of the squares, for a small picture."""
        return " + ".join(f"(x-{place:g})^2" for place in self.places)


HOUSES = (
    Houses("Two houses", (1, 2), "Two squares: where is their sum least?", (1.5, 0.5), 1, (1, 2)),
    Houses(
        "Three houses", (1, 2, 6), "Mean or middle house? Try squares, then distances.", (3, 14), 5, (2, 2)
    ),
    Houses(
        "One far out", (1, 2, 3, 4, 10), "Drag the house at 10 farther: who follows it?", (4, 50), 11, (3, 3)
    ),
    Houses("An even number", (1, 2, 5, 8), "With distances many hubs are best.", (4, 30), 10, (2, 5)),
)

PRODUCTS = (
    Preset(
        "A product that overflows",
        "p^6 (1-p)^2 (3-p)^9 (4-p)^13 (10-p)^500",
        "Multiplied out it is too large for a double; its logarithm is a plain number.",
        0.3,
        variables=("p",),
    ),
    Preset(
        "Four powers",
        "p^2 (1-p)^3 (2-p)^4 e^(3p)",
        "Each factor pulls at p in its own way. Where do they balance?",
        0.7,
        variables=("p",),
    ),
    Preset(
        "A product that vanishes",
        "(p(1-p))^600",
        "Multiplied out it is 0 in double precision, everywhere.",
        0.3,
        variables=("p",),
    ),
    Preset(
        "Greatest at an end",
        "p^3/(2-p)",
        "There is no best place within 0 < p < 1: it rises up to the end.",
        0.5,
        variables=("p",),
    ),
)
