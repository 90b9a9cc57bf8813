"""Formulas worth walking as a graph: nested, shared, in several letters."""

from __future__ import annotations

from explorer.presets.records import Preset

CHAIN_LETTERS = tuple("abckmnptuvwxyz")
"""What a formula of the chain page may be in, six of them at most; e is a number, and f, g, h are functions."""


def _chain(title: str, formula: str, look_for: str, **point: float) -> Preset:
    return Preset(title, formula, look_for, 0.0, variables=CHAIN_LETTERS, point=tuple(sorted(point.items())))


CHAINS = (
    _chain(
        "Three boxes",
        "(3x+1)^2",
        "Values flow right: 3, 4, 16. Slopes flow back: 8, 8, 24.",
        x=1.0,
    ),
    _chain("A power of a power", "(x^2)^3", "3 · 2 = 6: the slopes of the links multiply.", x=1.0),
    _chain("Three links", "sin((4x)^2)", "cos 16 · 8 · 4: no link may be left out.", x=1.0),
    _chain(
        "Used twice",
        "(x^2 + x) * x^2",
        "x² goes two ways to f. The ways add: 44 = 10 · 4 + 4 · 1.",
        x=2.0,
    ),
    _chain(
        "Two letters",
        "ln(x) + x y - sin(y)",
        "One backward sweep gives both slopes: 5.5 and 1.716.",
        x=2.0,
        y=5.0,
    ),
    _chain(
        "A neuron, square loss",
        "(1/(1+e^(-(w x + b))) - y)^2",
        "The slope by the sum is multiplied by σ(1 − σ): small where the neuron is sure.",
        w=2.0,
        x=1.0,
        b=-1.0,
        y=0.0,
    ),
    _chain(
        "A neuron, log loss",
        "-y ln(sigmoid(w x + b)) - (1-y) ln(1 - sigmoid(w x + b))",
        "The slope by the sum is σ − y: it does not fade where the neuron is sure and wrong.",
        w=2.0,
        x=1.0,
        b=-1.0,
        y=0.0,
    ),
    _chain(
        "A corner on the way",
        "sqrt(|x - 1|)",
        "Drag x to 1: the slope of |u| has two sides there, and the root's is without bound.",
        x=3.0,
    ),
)
