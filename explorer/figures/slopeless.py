"""Where there is no derivative, and where there is one that its formula does not tell: one sentence for every room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.expression import Expression
from explorer.figures.curve import within
from explorer.numeric import Analysis, Window, number_text, place_text, values

__all__ = ["slopeless"]

MOST = 5
"""So many places are named; of more, the first ones."""


def slopeless(analysis: Analysis, window: Window, formula: Expression) -> str:
    """What a formula of f′ in x does not say of the places in the window; empty where it says all.

    The places are those of the picture, proven by what f approaches from each side.
    """
    if analysis.too_many_breaks:
        return "There is no derivative at the breaks, which are too many here to be named."
    broken = [place.x for place in analysis.breaks if within(place.x, window)]
    smooth = [place for place in analysis.smooth_places if within(place.x, window)]
    there = np.array([place.x for place in smooth])
    told = values(formula, there) + values(formula.shown, there)
    silent = [place for place, slope in zip(smooth, told.tolist(), strict=True) if np.isnan(slope)]
    parts = []
    if broken:
        parts.append(f"There is no derivative at {_named(broken)}.")
    if silent:
        slopes = dict.fromkeys(number_text(place.slope) for place in silent)
        verb = "slope is" if len(silent) == 1 else "slopes are"
        parts.append(
            f"At {_named([place.x for place in silent])} this formula is silent, "
            f"yet the {verb} {_listed(list(slopes))}."
        )
    return " ".join(parts)


def _named(places: Sequence[float]) -> str:
    shown = [place_text(x) for x in places[:MOST]]
    more = len(places) - len(shown)
    return "x = " + (", ".join(shown) + f" and {more} more places" if more else _listed(shown))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
