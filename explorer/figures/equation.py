"""Equations in MathML: a left side put in front of a formula that the expression tree printed."""

from __future__ import annotations

PRIME = "<mi>f</mi><mo>′</mo><mo>(</mo><mi>x</mi><mo>)</mo><mo>=</mo>"
SECOND = "<mi>f</mi><mo>″</mo><mo>(</mo><mi>x</mi><mo>)</mo><mo>=</mo>"
LEIBNIZ = "<mfrac><mrow><mi>d</mi><mi>f</mi></mrow><mrow><mi>d</mi><mi>x</mi></mrow></mfrac><mo>=</mo>"
VALUE = "<mi>f</mi><mo>(</mo><mi>x</mi><mo>)</mo><mo>=</mo>"


def begun(mathml: str, start: str) -> str:
    """The <math> element with `start`, MathML of our own, in front."""
    head, rest = mathml.split(">", 1)
    return f"{head}>{start}{rest}"
