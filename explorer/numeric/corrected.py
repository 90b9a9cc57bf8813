"""The derivatives as one expression each, with a value exactly where there is a derivative."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from explorer.expression import Comparison, Divide, Expression, Number, Piecewise, Variable
from explorer.numeric.breaks import MAX_BREAKS, find_breaks, probe_distances, sides_of
from explorer.numeric.calculus import steps, values
from explorer.numeric.places import find_places
from explorer.numeric.results import Analysis, Array, SmoothPlace
from explorer.numeric.steps import Steps

__all__ = ["Mended", "corrected", "corrected_derivative", "corrected_second"]

MOST_PLACES = MAX_BREAKS
"""So many single places are told in a formula; the others fall on one double among 10¹⁶ each."""

SHORT = 9
"""Digits behind the point of a place to which a round step from another such place leads exactly."""

SAME, UNSURE = 1e-9, 1e-8

_NOTHING = Divide(Number(Fraction(0)), Number(Fraction(0)))


def corrected(f: Expression, analysis: Analysis, *, short: bool = False) -> Expression:
    """The function with its values at breaks that doubles miss: ⌊x²⌋ is 3 at √3, and 2 at the double next to it.

    With `short` only at those that are short decimals: no round step leads to another one.
    """
    x = np.array([place.x for place in analysis.breaks])
    known = np.array([place.value for place in analysis.breaks])
    y = values(f, x)
    wrong = ~(np.isnan(known) & np.isnan(y)) & ~(np.abs(known - y) <= SAME * (1 + np.abs(known)))
    if short:
        wrong &= np.abs(np.round(x, SHORT) - x) <= np.spacing(x)
    return _with_places(f, dict(zip(x[wrong].tolist(), known[wrong].tolist(), strict=True)))


def corrected_derivative(f: Expression, analysis: Analysis, slope: Expression | None = None) -> Expression:
    """f′ with a value exactly where the difference quotient has a limit, whatever the formula of f′ says.

    For x·|x| that formula, x²/|x| + |x|, is 0/0 at 0, though the slope there is 0; for the corner of
    {x<0: -x, x^2} it is 0 at 0, though there is no slope. Of places at which the formula is only silent the
    innermost are mended: all breaks, and together with them at most `MOST_PLACES`. `slope` is another formula of f′.
    """
    slope = slope or f.derivative(f.variables[0])
    return _with_places(slope, _slopes(slope, analysis))


@np.errstate(all="ignore")
def corrected_second(f: Expression, analysis: Analysis) -> Expression:
    """f″ with a value exactly where the difference quotient of f′ has a limit; mended as many times as f′."""
    slope = f.derivative(f.variables[0])
    bend = slope.derivative(f.variables[0])
    slopes = _slopes(slope, analysis)
    corrected = _with_places(slope, slopes)
    findings = find_breaks(slope, *analysis.window)
    places: dict[float, float] = {place.x: math.nan for place in analysis.breaks}
    doubtful = {place.x for place in findings.breaks}
    doubtful |= {place.x for place in (*_untold(slope, bend, findings.smooth), *analysis.smooth_places)}
    x = _innermost(doubtful - set(places), analysis, MOST_PLACES - len(places))
    if x.size:
        left, right = _quotients_of_slope(slope, slopes, x, sorted(doubtful | set(places)), analysis.window)
        same = np.isfinite(left + right) & (np.abs(left - right) <= 1e-6 * (1 + np.abs(left) + np.abs(right)))
        places |= dict(zip(x.tolist(), np.where(same, (left + right) / 2, np.nan).tolist(), strict=True))
    # Where f′ has a value by its limit only, the formula's own guard would take that of f″ away.
    guards = (*corrected.guards, corrected.root) if bend.guards else ()
    return _with_places(Expression(bend.root, bend.variables, guards), places)


def _untold(slope: Expression, bend: Expression, smooth: tuple[SmoothPlace, ...]) -> tuple[SmoothPlace, ...]:
    """Places where f′ has a slope that the formula of f″ does not tell; it tells 0 at the middle of erf(1000x)."""
    x, known = np.array([place.x for place in smooth]), np.array([place.slope for place in smooth])
    # A quotient of f′ is no surer than f′.
    unsure = SAME * (1 + np.abs(known)) + UNSURE * np.abs(values(slope, x))
    same = np.abs(values(bend, x) - known) <= unsure
    return tuple(place for place, is_same in zip(smooth, same.tolist(), strict=True) if not is_same)


def _slopes(slope: Expression, analysis: Analysis) -> dict[float, float]:
    """The slope where its formula does not tell it, NaN where there is none though the formula gives one."""
    x = np.array([place.x for place in analysis.breaks])
    wrong = x[~np.isnan(values(slope, x))].tolist()
    known = {place.x: place.slope for place in analysis.smooth_places if np.isfinite(place.slope)}
    mended = _innermost(set(known), analysis, MOST_PLACES - len(wrong)).tolist()
    return {at: known[at] for at in mended} | dict.fromkeys(wrong, math.nan)


def _innermost(places: set[float], analysis: Analysis, most: int) -> Array:
    """At most so many of the places, those nearest to the middle of the window, in increasing x."""
    middle = sum(analysis.window) / 2
    return np.array(sorted(sorted(places, key=lambda x: (abs(x - middle), x))[: max(most, 0)]))


def _quotients_of_slope(
    slope: Expression, slopes: dict[float, float], x: Array, near: list[float], window: tuple[float, float]
) -> tuple[Array, Array]:
    """What the difference quotients of f′ approach from both sides, with the slopes that are known better.

    All places at once, and f′ by its own formula: a tape with a branch for every place, run around every place,
    would be work multiplied by work.
    """
    around = sorted({*near, *(place.x for place in find_places(slope, *window) or ())})
    start = probe_distances(np.array(around), window[1] - window[0])[np.searchsorted(around, x)]
    none = np.zeros(x.shape, dtype=bool)
    sides = sides_of(Mended(steps(slope), slopes), x, start, none, none)
    return sides.left.slope, sides.right.slope


@dataclass(frozen=True, eq=False)
class Mended:
    """A function, and what is known better at single places."""

    function: Steps
    known: Mapping[float, float]

    def at(self, x: Array, doubt: Array | float) -> Array:
        """See Function."""
        y = self.function.at(x, doubt)
        if not self.known:
            return y
        places = np.array(sorted(self.known))
        place = np.searchsorted(places, x).clip(max=places.size - 1)
        return np.where(places[place] == x, np.array([self.known[at] for at in places.tolist()])[place], y)

    def beside(self, x: Array) -> Array:
        """See Function."""
        return self.function.beside(x)

    def along(self, x: Array) -> Array:
        """See Function."""
        return self.function.along(x)


def _with_places(formula: Expression, places: Mapping[float, float]) -> Expression:
    """The formula, and what is known better at single places; NaN is no value."""
    if not places:
        return formula
    variable = Variable(formula.variables[0])
    branches = tuple(
        (
            Comparison("=", variable, Expression.number(x).root),
            _NOTHING if math.isnan(value) else Expression.number(value).root,
        )
        for x, value in places.items()
    )
    return Expression(Piecewise(branches, formula.root), formula.variables, formula.guards)
