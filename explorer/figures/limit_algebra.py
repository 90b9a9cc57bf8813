"""The lines of the difference quotient's algebra as the live figure shows them, one per click."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.expression import Expression
from explorer.figures.equation import PRIME, begun
from explorer.figures.scene import FormulaLine
from explorer.symbolic import AlgebraLine, LineKind

QUOTIENT = "<mfrac><mrow><mi>Δ</mi><mi>y</mi></mrow><mrow><mi>Δ</mi><mi>x</mi></mrow></mfrac><mo>=</mo>"
EQUALS = "<mo>=</mo>"


def algebra_lines(lines: Iterable[AlgebraLine]) -> tuple[FormulaLine, ...]:
    """Every line with what was done in it; the first names the quotient, the last the derivative."""
    shown = []
    for index, line in enumerate(lines):
        start = (EQUALS if index else QUOTIENT) if line.kind is LineKind.ALGEBRA else PRIME
        shown.append(
            FormulaLine(begun(line.expression.mathml(), start), _plain(f"{line.title}. {line.sentence}"))
        )
    return tuple(shown)


def rules_instead(f: Expression, why: str) -> tuple[FormulaLine, ...]:
    """The quotient as it stands, and the derivative by the rules, where the algebra is not to be had."""
    x, h = Expression.variable("x"), Expression.variable("h")
    quotient = (f.substitute({"x": x + h}) - f) / h
    return (
        FormulaLine(begun(quotient.mathml(), QUOTIENT), "Substitute. Put x + h and x into f."),
        FormulaLine(
            begun(f.derivative().mathml(), PRIME),
            _plain(f"{why} The rules of differentiation give this."),
        ),
    )


def _plain(words: str) -> str:
    """Words that hold no quantity."""
    return words.replace("{", "(").replace("}", ")")
