"""The likelihood of a coin's flips, g(p) = pʰ(1 − p)ᵗ, as a product and as a sum of logarithms.

Everything is an expression in p and in the counts, so that it moves with them: `heads` and `tails` of one row of flips,
and how many `times` the row is taken. Source: any course on maximum likelihood, e.g. Bishop, Pattern Recognition and
Machine Learning (2006), section 2.1.
"""

from __future__ import annotations

from functools import lru_cache

from explorer.expression import Expression, parse

__all__ = ["COIN_VARIABLES", "CURVE_VARIABLES", "MOST_FLIPS", "coin_curves", "coin_quantities"]

COIN_VARIABLES = ("p", "heads", "tails", "times")
CURVE_VARIABLES = ("at", "h", "t", "flips", "top")
MOST_FLIPS = 2000
"""The row is taken so often that there are no more flips than these."""

COUNTS = {
    "n": "heads + tails",
    "k": f"max(1, min(times, floor({MOST_FLIPS}/max(n, 1))))",
    "flips": "n k",
    "h": "heads k",
    "t": "tails k",
    "best": "{n <= 0: 1/2, heads/max(n, 1)}",
}
"""Each in those before it; without flips every p is as good, and the middle is taken."""

OF_P = {
    "u": "{h <= 0: 1, q^h}",
    "v": "{t <= 0: 1, (1-q)^t}",
    "product": "u v",
    "term_h": "{h <= 0: 0, h ln(q)}",
    "term_t": "{t <= 0: 0, t ln(1-q)}",
    "sum": "a + b",
    "slope": "{h <= 0: 0, {h <= 1: 1, h q^(h-1)}} v - u {t <= 0: 0, {t <= 1: 1, t (1-q)^(t-1)}}",
    "sum_slope": "{h <= 0: 0, h/q} - {t <= 0: 0, t/(1-q)}",
}
"""In q, h and t, and in u, v (the two powers) and a, b (the two terms). A power 0 is 1 at p = 0 and 1 too."""


PER_FLIP = {"each": "sum", "each_h": "term_h", "each_t": "term_t", "each_slope": "sum_slope"}


@lru_cache(maxsize=1)
def coin_quantities() -> dict[str, Expression]:
    """By name, in COIN_VARIABLES: the counts of all flips, g, ln g with its two terms, and both slopes.

    `top` is the greatest g, `share` the part of it that g is, and 0 where both vanish in double precision; `each` is
    ln g per flip, `loss` its negative.
    """
    found: dict[str, Expression] = {}
    for name, text in COUNTS.items():
        found[name] = _of(text, ("heads", "tails", "times", "n", "k"), found)
    counts = (found["h"], found["t"])
    top = _of_p(found["best"], *counts)["product"]
    return found | {"top": top} | _measured(_of_p(Expression.variable("p"), *counts), found["flips"], top)


@lru_cache(maxsize=1)
def coin_curves() -> dict[str, Expression]:
    """The same measures as functions of `at`, in CURVE_VARIABLES: what does not depend on p comes from outside."""
    at, h, t, flips, top = (Expression.variable(name) for name in CURVE_VARIABLES)
    return _measured(_of_p(at, h, t), flips, top)


def _measured(here: dict[str, Expression], flips: Expression, top: Expression) -> dict[str, Expression]:
    """What is drawn: g in parts of the greatest, ln g and its terms per flip, the loss, and their slopes."""
    found = dict(here)
    for name, part in (("share", "product"), ("share_slope", "slope")):
        found[name] = _of("{s <= 0: 0, g/s}", ("g", "s"), {"g": here[part], "s": top})
    for name, part in PER_FLIP.items():
        found[name] = _of("a/max(f, 1)", ("a", "f"), {"a": here[part], "f": flips})
    found["loss"] = _of("0 - a", ("a",), {"a": found["each"]})
    found["loss_slope"] = _of("0 - a", ("a",), {"a": found["each_slope"]})
    return found


def _of_p(q: Expression, h: Expression, t: Expression) -> dict[str, Expression]:
    parts = {"q": q, "h": h, "t": t}
    letters = {"u": "u", "v": "v", "term_h": "a", "term_t": "b"}
    found: dict[str, Expression] = {}
    for name, text in OF_P.items():
        found[name] = _of(text, ("q", "h", "t", "u", "v", "a", "b"), parts)
        if name in letters:
            parts[letters[name]] = found[name]
    return found


def _of(text: str, letters: tuple[str, ...], parts: dict[str, Expression]) -> Expression:
    """A formula of our own with expressions put in for its letters."""
    return parse(text, letters).substitute({name: parts[name] for name in letters if name in parts})
