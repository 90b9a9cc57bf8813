"""What steps need that are more than an update: noise, a rate that decays, halving, and Newton's method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.code.arrived import Walk
from explorer.code.writing import JAX, NUMPY, Language
from explorer.descent import OPTIMISERS

__all__ = ["body", "helpers", "searches"]

NOISE = """\
def uniform(k):  # mulberry32: the k-th number of a stream, the same in every language
    a = ({seed} + (k + 1)*0x6D2B79F5) & 0xFFFFFFFF
    b = ((a ^ (a >> 15))*(a | 1)) & 0xFFFFFFFF
    b ^= (b + (((b ^ (b >> 7))*(b | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
    return (b ^ (b >> 14))/2**32

def normal(k):  # two of them make a normal number, by Box and Muller
    return {0}.sqrt(-2*{0}.log(1 - uniform(2*k)))*{0}.cos(2*{0}.pi*uniform(2*k + 1))
"""
HALVING = """\
def halved(w, d, slope, rate):  # until the loss falls enough (Armijo)
    here = loss(*w)
    for _ in range(80):
        after = loss(*(w + rate*d))
        if after < here and after <= here + 1e-4*rate*slope:
            return rate
        rate = rate/2
    return 0.0
"""
NEWTON = """\
def newton(g, h):  # by the sizes of the curvatures, so that it leads down
    bends, v = {0}.linalg.eigh(h)
    terms = {0}.sum({0}.abs(v)*({0}.abs(h) @ {0}.abs(v)), axis=0)
    sizes = {0}.maximum({0}.abs(bends), {0}.maximum(1e-8*terms, 1e-12))
    return -v @ ((v.T @ g)/sizes)
"""


def searches(walk: Walk[Any]) -> bool:
    """Whether each step is halved until the loss falls."""
    return OPTIMISERS[walk.optimiser].second_order or bool(walk.settings.get("backtracking"))


def helpers(walk: Walk[Any], language: Language) -> list[str]:
    """The functions that the steps call."""
    prefix = _arrays(language)
    texts = [
        NOISE.replace("{seed}", f"{walk.settings.get('seed', 0):.0f}") if walk.settings.get("noise") else "",
        NEWTON if OPTIMISERS[walk.optimiser].second_order else "",
        HALVING if searches(walk) else "",
    ]
    return [line for text in texts for line in text.replace("{0}", prefix).split("\n") if text]


def body(walk: Walk[Any], language: Language, step: str, size: int) -> Sequence[str]:
    """How a step is made from the slopes g, whose update is `step`; a point has so many coordinates."""
    prefix, decay, noise = _arrays(language), walk.settings.get("decay"), walk.settings.get("noise")
    second = OPTIMISERS[walk.optimiser].second_order
    curvature = {"SymPy": "np.array(hessian(*w), dtype=float)", "NumPy": "hessian(*w)", "JAX": "hessian(w)"}
    drawn = f"[normal({size}*(k - 1) + i) for i in range({size})]"
    return [
        *([f"rate = {walk.rate!r}/(1 + {float(decay)!r}*(k - 1))"] if decay else []),
        *([f"g = g + {float(noise)!r}*{prefix}.array({drawn})"] if noise else []),
        *([f"d = newton(g, {curvature[language.name]})" if second else "d = -g"] if searches(walk) else []),
        "step = halved(w, d, sum(g*d), rate)*d" if searches(walk) else f"step = {step}",
    ]


def _arrays(language: Language) -> str:
    """What computes with arrays: SymPy has NumPy do it."""
    return JAX.prefix if language is JAX else NUMPY.prefix
