"""Whatever the reader accepts: finite, well-formed results in bounded time, and no break overlooked."""

import time

import numpy as np
from hypothesis import assume, given, settings

from explorer.expression import Expression, ExpressionError, parse
from explorer.numeric import analyse, choose_window, difference_quotient, one_sided, sample
from tests.expression.trees import leaf, trees
from tests.numeric.wellformed import check_analysis, check_sample, check_window

WINDOW = (-3.3, 4.1)
PATIENCE = 2.0
"""Seconds for everything at once; 50 ms are usual, a busy machine needs more."""


def readable(tree):
    """The expression, if its text is within the reader's limits."""
    try:
        return parse(Expression(tree, ("x",)).text)
    except ExpressionError:
        assume(False)


@given(trees(leaf, max_leaves=10))
@settings(max_examples=150, deadline=None)
def test_results_are_well_formed_and_prompt(tree):
    f = readable(tree)
    start = time.process_time()
    window = choose_window(f)
    check_window(window)
    check_analysis(analyse(f, window.x), window.x)
    for order in (0, 1, 2):
        check_sample(sample(f, window.x, order=order), window.x)
    one_sided(f, 0.5)
    difference_quotient(f, 0.5, np.array([1.0, 1e-8, 0.0]))
    assert time.process_time() - start < PATIENCE


def overlooked(f, known):
    """Neighbours of a fine grid between which f jumps, or begins or ends, however closely one looks."""
    x = np.linspace(*WINDOW, 2001) + 1e-6
    y = f(x)
    undefined = np.isnan(y)
    finite = np.isfinite(y)
    if not finite.any():
        return
    with np.errstate(all="ignore"):
        steps = np.where(finite[1:] & finite[:-1], np.abs(np.diff(y)), 0.0)
    wide = (steps > 20 * np.median(steps)) & (steps > 1e-9 * np.abs(y[finite]).max())
    for k in np.flatnonzero(wide | (undefined[1:] != undefined[:-1]))[:20]:
        place = narrowed(f, x[k], x[k + 1])
        if place is not None and not any(abs(place - b) < 1e-6 for b in known):
            yield place


def narrowed(f, a, b):
    """Bisection towards the greater change; None when the change shrinks with the distance."""
    fa, fb = float(f(a)), float(f(b))
    first = abs(fb - fa)
    while a < (middle := (a + b) / 2) < b:
        fm = float(f(middle))
        if np.isinf(fm):
            return None
        left = np.isnan(fm) != np.isnan(fa) if np.isnan(first) else abs(fm - fa) >= abs(fb - fm)
        if np.isnan(fm) and not np.isnan(first):
            return middle
        if left:
            b, fb = middle, fm
        else:
            a, fa = middle, fm
    return a if np.isnan(first) or abs(fb - fa) > 0.1 * first else None


@given(trees(leaf, max_leaves=8))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_break_is_overlooked(tree):
    """Found by bisection on values alone, without a look at the formula.

    The examples are always the same: one in a thousand turns on overflow or on comparing two roundings, where
    bisection sees breaks that the function does not have.
    """
    f = readable(tree)
    found = analyse(f, WINDOW)
    assume(not found.too_many_breaks and not found.crowded)
    assert list(overlooked(f, [b.x for b in found.breaks])) == []
