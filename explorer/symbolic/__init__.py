"""SymPy within a budget: derivatives, verification, the difference quotient's algebra, limits.

Every function here answers within the budget or raises `OverBudget`; `request` asks without waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from explorer.expression import Expression
from explorer.symbolic.budget import OverBudget, Reason
from explorer.symbolic.pool import Pool, shared_pool
from explorer.symbolic.questions import (
    AlgebraLine,
    Derivative,
    Formula,
    Limit,
    LineKind,
    OneSidedLimit,
    Quotient,
    Ticket,
    Verdict,
    VerdictKind,
    Verification,
    place,
    request,
)

__all__ = [
    "AlgebraLine",
    "Derivative",
    "Formula",
    "Limit",
    "LineKind",
    "OneSidedLimit",
    "OverBudget",
    "Pool",
    "Quotient",
    "Reason",
    "Ticket",
    "Verdict",
    "VerdictKind",
    "Verification",
    "derivative",
    "difference_quotient",
    "gradient",
    "hessian",
    "jacobian",
    "limit",
    "request",
    "shared_pool",
    "verify",
]


def derivative(e: Expression, var: str = "x", order: int = 1) -> Formula:
    """The derivative of the given order, simplified as far as the budget allows. Raises OverBudget."""
    return request(Derivative(e, (var,) * order)).result()


def gradient(e: Expression) -> tuple[Formula, ...]:
    """The partial derivatives, in the order of the variables. Raises OverBudget."""
    tickets = [request(Derivative(e, (name,))) for name in e.variables]
    return tuple(ticket.result() for ticket in tickets)


def hessian(e: Expression) -> tuple[tuple[Formula, ...], ...]:
    """The second partial derivatives, row by row (symmetric). Raises OverBudget."""
    order = {name: k for k, name in enumerate(e.variables)}
    pairs = {tuple(sorted((a, b), key=order.__getitem__)) for a in e.variables for b in e.variables}
    tickets = {pair: request(Derivative(e, pair)) for pair in sorted(pairs)}
    entries = {pair: ticket.result() for pair, ticket in tickets.items()}
    return tuple(
        tuple(entries[tuple(sorted((a, b), key=order.__getitem__))] for b in e.variables) for a in e.variables
    )


def jacobian(components: Sequence[Expression]) -> tuple[tuple[Formula, ...], ...]:
    """The gradients of several functions of the same variables, one row each. Raises OverBudget."""
    return tuple(gradient(component) for component in components)


def verify(e: Expression, derivative: Expression, var: str = "x") -> Verdict:
    """Whether `derivative` is the derivative of `e`. Never raises OverBudget: that is a verdict too."""
    try:
        return request(Verification(e, derivative, (var,))).result()
    except OverBudget as reason:
        return Verdict.over_budget(reason)


def difference_quotient(e: Expression, var: str = "x") -> tuple[AlgebraLine, ...]:
    """(f(x + h) − f(x))/h rewritten line by line up to its limit. Raises OverBudget."""
    return request(Quotient(e, var)).result()


def limit(e: Expression, var: str, at: float | Fraction, side: str = "+") -> OneSidedLimit:
    """The limit at `at` (±inf allowed) from the right ("+") or the left ("-"). Raises OverBudget."""
    return request(Limit(e, var, place(at), side)).result()
