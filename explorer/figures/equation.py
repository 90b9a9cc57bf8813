"""Equations in MathML: a left side put in front of a formula that the expression tree printed."""

from __future__ import annotations

from explorer.expression import Expression

# The brackets do not grow with a tall formula behind them.
OF_X = '<mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo><mo>=</mo>'
PRIME = f"<mi>f</mi><mo>′</mo>{OF_X}"
SECOND = f"<mi>f</mi><mo>″</mo>{OF_X}"
LEIBNIZ = "<mfrac><mrow><mi>d</mi><mi>f</mi></mrow><mrow><mi>d</mi><mi>x</mi></mrow></mfrac><mo>=</mo>"
VALUE = f"<mi>f</mi>{OF_X}"


LONGEST = 60
"""Nodes of a formula that is still read at a glance."""


def of(f: Expression, name: str = "f") -> str:
    """`f(x, y) = …` as MathML; empty where it is too long to be read at a glance."""
    arguments = "<mo>,</mo>".join(f"<mi>{variable}</mi>" for variable in f.variables)
    start = f'<mi>{name}</mi><mo stretchy="false">(</mo>{arguments}<mo stretchy="false">)</mo><mo>=</mo>'
    return begun(f.mathml(), start) if f.size <= LONGEST else ""


def begun(mathml: str, start: str) -> str:
    """The <math> element with `start`, MathML of our own, in front."""
    head, rest = mathml.split(">", 1)
    return f"{head}>{start}{rest}"
