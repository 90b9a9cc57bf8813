"""The lines of the difference quotient's algebra as the live figure shows them, one per click."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from explorer.expression import Expression
from explorer.figures.equation import PRIME, begun
from explorer.scene.scene import FormulaLine
from explorer.symbolic import AlgebraLine, LineKind

QUOTIENT = "<mfrac><mrow><mi>Δ</mi><mi>y</mi></mrow><mrow><mi>Δ</mi><mi>x</mi></mrow></mfrac><mo>=</mo>"
EQUALS = "<mo>=</mo>"


Remark = Callable[[Expression], str]
"""What a formula of f′ does not say of single places."""


def algebra_lines(lines: Iterable[AlgebraLine], remark: Remark) -> tuple[FormulaLine, ...]:
    """Every line with what was done in it; the first names the quotient, the last the derivative."""
    shown = []
    for index, line in enumerate(lines):
        said = f"{line.title}. {line.sentence}"
        if line.kind is LineKind.ALGEBRA:
            start = EQUALS if index else QUOTIENT
            shown.append(FormulaLine(_begun(line.expression.mathml(), start), _plain(said)))
        else:
            shown.append(_derivative(line.expression, said, remark))
    return tuple(shown)


def rules_instead(f: Expression, why: str, remark: Remark) -> tuple[FormulaLine, ...]:
    """The quotient as it stands, and the derivative by the rules, where the algebra is not to be had."""
    x, h = Expression.variable("x"), Expression.variable("h")
    quotient = (f.substitute({"x": x + h}) - f) / h
    return (
        FormulaLine(_begun(quotient.mathml(), QUOTIENT), "Substitute. Put x + h and x into f."),
        _derivative(f.derivative(), f"{why} The rules of differentiation give this.", remark),
    )


def _derivative(formula: Expression, said: str, remark: Remark) -> FormulaLine:
    """The last line: the formula where it holds, and what it does not say."""
    more = remark(Expression(formula.root, ("x",), formula.guards))
    return FormulaLine(_begun(formula.derivative_mathml(), PRIME), _plain(f"{said} {more}".strip()))


def _begun(side: str, start: str) -> str:
    """A line's MathML behind what stands on its left; h has the colour that it has in the figure."""
    return begun(side, start).replace("<mi>h</mi>", '<mi class="live-increment">h</mi>')


def _plain(words: str) -> str:
    """Words that hold no quantity."""
    return words.replace("{", "(").replace("}", ")")
