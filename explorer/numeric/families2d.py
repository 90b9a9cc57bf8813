"""Whole curves and regions of critical points, each one finding: valleys, ridges and level stretches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from explorer.numeric.newton2d import Search, truly_level
from explorer.numeric.results import Array

__all__ = ["Family", "FamilyKind", "families_of"]

MOST_FAMILIES = 12
MOST_LEVELS = 60
SPOT, STEP = 0.05, 0.01
"""Critical points at one height that reach no farther than this, in parts of the window, are one; a step is wider."""

ALIKE = 1e-12
"""Heights that differ by no more than this part of what is usual in the window are one."""


class FamilyKind(StrEnum):
    """What a whole curve (or region) of critical points is."""

    VALLEY = "valley"
    RIDGE = "ridge"
    MIXED = "mixed"
    FLAT = "flat"


@dataclass(frozen=True, eq=False)
class Family:
    """A curve, several curves or a region where the gradient is zero throughout, all at one height.

    `points` (k, 2) are some of its points in the window.
    """

    kind: FamilyKind
    value: float
    points: Array


_FAMILY_OF = {
    (True, False): FamilyKind.VALLEY,
    (False, True): FamilyKind.RIDGE,
    (True, True): FamilyKind.MIXED,
    (False, False): FamilyKind.FLAT,
}
"""Whether some of its points bend up across it, and whether some bend down."""


def families_of(search: Search, points: Array) -> tuple[tuple[Family, ...], Array]:
    """Points on curves, grouped by height; the signs of the other curvature say valley, ridge or both.

    And spots: what does not reach far is no family, but one place that is very flat.
    """
    points, spots = truly_level(search, points), [np.empty((0, 2))]
    if not len(points):
        return (), spots[0]
    now = search.at(points)
    height = 1e-6 * search.height or 1.0
    levels = np.round(now.value / height)
    families = []
    known, sizes = np.unique(levels, return_counts=True)
    # A fine staircase has as many levels as points: only the fullest are looked at.
    fullest = np.sort(known[np.argsort(-sizes, kind="stable")[:MOST_LEVELS]])
    for level in fullest:
        members = levels == level
        # A step of stairs, cut by the window, may be as narrow: it does not bend at all along itself.
        reach = float(np.hypot(*np.ptp(points[members], axis=0))) / search.size
        is_one = np.ptp(now.value[members]) <= ALIKE * search.height
        steps = is_one and now.least_bend[members].max() == 0 and reach > STEP
        if not steps and reach < SPOT:
            least = np.argmin(now.slope[members])
            spots.append(points[members][least : least + 1])
            continue
        bend = np.where(np.abs(now.high) >= np.abs(now.low), now.high, now.low)[members]
        kind = _FAMILY_OF[bool((bend > search.flat).any()), bool((bend < -search.flat).any())]
        _, first = np.unique(np.round(points[members] / (1e-5 * search.size)), axis=0, return_index=True)
        families.append(Family(kind, float(np.median(now.value[members])), points[members][first]))
    # Steps and stairs have a level for each tread: the widest ones stand for them.
    widest = sorted(families, key=lambda family: -len(family.points))[:MOST_FAMILIES]
    return tuple(sorted(widest, key=lambda family: family.value)), np.vstack(spots)
