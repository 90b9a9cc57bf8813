"""The derivative as one expression, with the values that the formula of f′ leaves out."""

from __future__ import annotations

from explorer.expression import Expression
from explorer.expression.tree import And, Comparison, Piecewise, Variable
from explorer.numeric.results import Analysis

__all__ = ["patched_derivative"]


def patched_derivative(f: Expression, analysis: Analysis) -> Expression:
    """f′, taking the analysed slope at each smooth place.

    For x·|x| the formula x²/|x| + |x| is 0/0 at 0, though the slope there is 0.
    """
    slope = f.derivative(f.variables[0])
    if not analysis.smooth_places:
        return slope
    variable = Variable(f.variables[0])
    branches = []
    for place in analysis.smooth_places:
        exact = Expression.number(place.x).root
        here = And(Comparison("<=", variable, exact), Comparison(">=", variable, exact))
        branches.append((here, Expression.number(place.slope).root))
    return Expression(Piecewise(tuple(branches), slope.root), f.variables, slope.guards)
