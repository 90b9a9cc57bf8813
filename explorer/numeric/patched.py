"""The derivative as one expression, with a value exactly where there is a derivative."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from explorer.expression import Expression
from explorer.expression.tree import And, Comparison, Divide, Node, Number, Piecewise, Variable
from explorer.numeric.calculus import values
from explorer.numeric.results import Analysis

__all__ = ["patched_derivative"]

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
    if not places:
        return slope
    variable = Variable(f.variables[0])
    branches = tuple((_exactly(variable, x), value) for x, value in places.items())
    return Expression(Piecewise(branches, slope.root), f.variables, slope.guards)


def _exactly(variable: Variable, x: float) -> Node:
    place = Expression.number(x).root
    return And(Comparison("<=", variable, place), Comparison(">=", variable, place))
