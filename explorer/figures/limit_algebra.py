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
        shown.append(FormulaLine(_begun(line.expression, start), _plain(f"{line.title}. {line.sentence}")))
    return tuple(shown)


def rules_instead(f: Expression, why: str) -> tuple[FormulaLine, ...]:
    """The quotient as it stands, and the derivative by the rules, where the algebra is not to be had."""
    x, h = Expression.variable("x"), Expression.variable("h")
    quotient = (f.substitute({"x": x + h}) - f) / h
    return (
        FormulaLine(_begun(quotient, QUOTIENT), "Substitute. Put x + h and x into f."),
        FormulaLine(
            _begun(f.derivative(), PRIME),
            _plain(f"{why} The rules of differentiation give this."),
        ),
    )


def _begun(side: Expression, start: str) -> str:
    """A line's MathML behind what stands on its left; h has the colour that it has in the figure."""
    return begun(side.mathml(), start).replace("<mi>h</mi>", '<mi class="live-increment">h</mi>')


def _plain(words: str) -> str:
    """Words that hold no quantity."""
    return words.replace("{", "(").replace("}", ")")
