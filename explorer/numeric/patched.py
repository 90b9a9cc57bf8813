"""The derivatives as one expression each, with a value exactly where there is a derivative."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from explorer.expression import Expression
from explorer.expression.tree import And, Comparison, Divide, Node, Number, Piecewise, Variable
from explorer.numeric.breaks import find_breaks, one_sided
from explorer.numeric.calculus import values
from explorer.numeric.results import Analysis

__all__ = ["patched_derivative", "patched_second"]

_NOTHING = Divide(Number(Fraction(0)), Number(Fraction(0)))


def patched_derivative(f: Expression, analysis: Analysis) -> Expression:
    """f′ with a value exactly where the difference quotient has a limit, whatever the formula of f′ says.

    For x·|x| that formula, x²/|x| + |x|, is 0/0 at 0, though the slope there is 0; for the corner of
    {x<0: -x, x^2} it is 0 at 0, though there is no slope.
    """
    slope = f.derivative(f.variables[0])
    places: dict[float, Node] = {p.x: Expression.number(p.slope).root for p in analysis.smooth_places}
    if analysis.breaks:
        x = np.array([place.x for place in analysis.breaks])
        places |= {float(wrong): _NOTHING for wrong in x[np.isfinite(values(slope, x))]}
    return _with_places(slope, places)


def patched_second(f: Expression, analysis: Analysis) -> Expression:
    """f″ with a value exactly where the difference quotient of f′ has a limit."""
    slope = f.derivative(f.variables[0])
    bend = slope.derivative(f.variables[0])
    patched = patched_derivative(f, analysis)
    findings = find_breaks(slope, *analysis.window)
    places: dict[float, Node] = {place.x: _NOTHING for place in analysis.breaks}
    doubtful = {place.x for place in findings.breaks}
    doubtful |= {place.x for place in findings.smooth + analysis.smooth_places}
    for x in sorted(doubtful - set(places)):
        found = one_sided(patched, x)
        left, right = found.left_quotient, found.right_quotient
        same = np.isfinite([left, right]).all() and abs(left - right) <= 1e-6 * (1 + abs(left) + abs(right))
        places[x] = Expression.number((left + right) / 2).root if same else _NOTHING
    # Where f′ has a value by its limit only, the formula's own guard would take that of f″ away.
    guards = (*patched.guards, patched.root) if bend.guards else ()
    return _with_places(Expression(bend.root, bend.variables, guards), places)


def _with_places(formula: Expression, places: dict[float, Node]) -> Expression:
    """The formula, and what is known better at single places."""
    if not places:
        return formula
    variable = Variable(formula.variables[0])
    branches = tuple((_exactly(variable, x), value) for x, value in places.items())
    return Expression(Piecewise(branches, formula.root), formula.variables, formula.guards)


def _exactly(variable: Variable, x: float) -> Node:
    place = Expression.number(x).root
    return And(Comparison("<=", variable, place), Comparison(">=", variable, place))
