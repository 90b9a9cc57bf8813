"""What the room hands out: frozen records of numbers, one word and one sentence for a learner."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Analysis",
    "Array",
    "Band",
    "Break",
    "BreakKind",
    "CriticalKind",
    "CriticalPoint",
    "Curve",
    "Description",
    "OneSided",
    "Point",
    "SmoothPlace",
    "Span",
    "Window",
]

Array = NDArray[np.float64]
Span = tuple[float, float]

HUGE = 1e302
"""Values beyond it, of either sign, are on no axis: lengths, margins and zooms must stay numbers."""


class BreakKind(StrEnum):
    """Why the derivative is missing at a place."""

    POLE = "pole"
    JUMP = "jump"
    HOLE = "hole"
    CORNER = "corner"
    CUSP = "cusp"
    VERTICAL_TANGENT = "vertical_tangent"
    DOMAIN_EDGE = "domain_edge"
    OSCILLATION = "oscillation"
    ISOLATED = "isolated"


class CriticalKind(StrEnum):
    """What the function does at a critical point; `FLAT` is neither minimum nor maximum."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    FLAT = "flat"


class Description(StrEnum):
    """The picture as a whole, in one word; `.sentence` says it to a learner."""

    ORDINARY = "ordinary"
    CONSTANT = "constant"
    NOWHERE_DEFINED = "nowhere_defined"
    POINTS = "points"
    TOO_MANY_BREAKS = "too_many_breaks"
    CROWDED = "crowded"
    TOO_MANY_TURNS = "too_many_turns"
    ROUNDED = "rounded"

    @property
    def sentence(self) -> str:
        """A sentence for a learner; empty when there is nothing to say."""
        return {
            Description.ORDINARY: "",
            Description.CONSTANT: "The function is constant here: its slope is 0 everywhere.",
            Description.NOWHERE_DEFINED: "The function is nowhere defined in this window: there is no curve.",
            Description.POINTS: "The function has a value at single points only in this window: there is no curve.",
            Description.TOO_MANY_BREAKS: "The function breaks too often in this window to draw each piece: "
            "the band shows the range of its values. Zoom in to see the pieces.",
            Description.CROWDED: "Where the curve is a band, the function breaks too often to draw each piece: the "
            "band shows the range of its values. Zoom in to see the pieces.",
            Description.TOO_MANY_TURNS: "The curve turns too often in this window to mark where it rises and "
            "where it falls. Zoom in to see each turn.",
            Description.ROUNDED: "Doubles end in this window: rises and falls of the curve, if any, are smaller "
            "than the rounding of its formula. A wider window may show more.",
        }[self]


@dataclass(frozen=True)
class Point:
    """A marked point (x, f(x))."""

    x: float
    y: float


@dataclass(frozen=True)
class OneSided:
    """What f and its difference quotient approach at a point from either side.

    ±inf where they grow beyond all bounds, NaN where they approach nothing (or f is undefined on that side).
    The quotients are measured from f(x0) where the values approach it, else from the one-sided value itself.
    """

    left_value: float
    right_value: float
    left_quotient: float
    right_quotient: float


@dataclass(frozen=True)
class Break:
    """A place without a derivative.

    `value` is f(x) or NaN. `left_slope` and `right_slope` are limits of one-sided difference quotients,
    never of f′: measured from f(x) where f is continuous from that side, else from the one-sided value (so
    both are 0 for sign(x) at 0). `sentence` names the place and proves it.
    """

    x: float
    kind: BreakKind
    value: float
    left_value: float
    right_value: float
    left_slope: float
    right_slope: float
    sentence: str

    @property
    def continuous(self) -> bool:
        """Whether the curve runs through the place unbroken (corner, cusp, vertical tangent)."""
        return self.kind in (BreakKind.CORNER, BreakKind.CUSP, BreakKind.VERTICAL_TANGENT)

    @property
    def sided(self) -> bool:
        """Whether the curve reaches f(x), from one side at least: there it may have a tangent of that side."""
        return self.continuous or (self.kind is BreakKind.DOMAIN_EDGE and math.isfinite(self.value))

    @property
    def upright(self) -> bool:
        """Whether the tangent there, of one side or both, is vertical."""
        slopes = [slope for slope in (self.left_slope, self.right_slope) if not math.isnan(slope)]
        return self.sided and bool(slopes) and all(math.isinf(slope) for slope in slopes)


@dataclass(frozen=True)
class SmoothPlace:
    """A place where f has the derivative `slope`, though the formula of f′ is silent there (x·|x| at 0)."""

    x: float
    y: float
    slope: float


@dataclass(frozen=True)
class CriticalPoint:
    """A minimum, maximum or flat point. `smooth` is False at corners, cusps and closed ends of the domain.

    `wild`: the curve turns ever more often towards it; a flat one then has both higher and lower neighbours on one
    side, however close.
    `is_global`: no lower (higher) value was found anywhere; several points may share it.
    """

    x: float
    y: float
    kind: CriticalKind
    smooth: bool
    is_global: bool
    wild: bool = False


@dataclass(frozen=True)
class Analysis:
    """Everything marked on a curve within `window`, in increasing x.

    `domain` holds the intervals on which f is defined; `monotone` holds (lo, hi, sign of f′) with sign −1,
    0 or 1, and nothing where turns are too dense to be told apart; `smooth_places` are values that the formula
    of f′ leaves out. Within the `crowded` stretches f breaks too often, and nothing is listed.
    """

    window: tuple[float, float]
    breaks: tuple[Break, ...]
    critical: tuple[CriticalPoint, ...]
    inflections: tuple[Point, ...]
    zeros: tuple[float, ...]
    domain: tuple[tuple[float, float], ...]
    monotone: tuple[tuple[float, float, int], ...]
    smooth_places: tuple[SmoothPlace, ...]
    description: Description
    crowded: tuple[tuple[float, float], ...] = ()

    @property
    def too_many_breaks(self) -> bool:
        """Whether the breaks are too many to be listed (then `breaks` is empty)."""
        return self.description is Description.TOO_MANY_BREAKS


@dataclass(frozen=True, eq=False)
class Curve:
    """A polyline in increasing x; NaN in y is a gap."""

    x: Array
    y: Array


@dataclass(frozen=True, eq=False)
class Band:
    """The least and greatest value met in each column; NaN where f is undefined throughout."""

    x: Array
    low: Array
    high: Array


@dataclass(frozen=True)
class Window:
    """What the axes show; `equal`: one unit is equally long on both, so that angles are true."""

    x: tuple[float, float]
    y: tuple[float, float]
    equal: bool
