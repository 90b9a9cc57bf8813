"""Pasted LaTeX and decimal commas: what is offered in their place says the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.expression import ExpressionError, parse, read_lines
from explorer.expression.latex_input import without_latex
from explorer.presets import LIMITS, SLOPES

X = np.array([0.3, 0.7, 1.9, 2.6])

PASTED = {
    r"\frac{1}{2\sqrt{x}}": "1/(2*sqrt(x))",
    r"-\dfrac{1}{x^{2}}": "-(1/x^2)",
    r"\sin\frac{x}{2}": "sin(x/2)",
    r"x^{-\tfrac12}": "x^(-1/2)",
    r"x^\frac{3}{2}": "x^(3/2)",
    r"\frac{\frac{1}{x}}{1+\frac{1}{x^2}}": "(1/x)/(1+1/x^2)",
    r"\frac{x^2-1}{\sqrt{\frac{x}{1+\sqrt[3]{x}}}}": "(x^2-1)/sqrt(x/(1+cbrt(x)))",
    r"\frac{2}{3}x\cdot\frac1x": "(2/3)*x*(1/x)",
    r"$2x$": "2x",
    r"$$\left(3x+1\right)^{2}$$": "(3x+1)^2",
    r"\(2x\)": "2x",
    r"\[2x\times\cos{3x}\]": "2x*cos(3x)",
    r"\left|x-2\right|": "|x-2|",
    r"$x^{2}3$": "3*x^2",
    r"\mathrm{e}^{2x}\,\ln x": "e^(2x)*ln(x)",
    r"\log_{10}\left(x\right)": "log10(x)",
    r"$2{,}5x$": "2.5*x",
    "2,5x^1,5": "2.5*x^1.5",
}  # fmt: skip


@pytest.mark.parametrize("text", PASTED)
def test_what_is_offered_for_latex_means_the_same(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.suggestion is not None
    assert not set("\\${}") & set(refused.value.suggestion.replace("cos{3x}", ""))
    np.testing.assert_allclose(parse(refused.value.suggestion)(X), parse(PASTED[text])(X), rtol=1e-13)


def test_our_own_latex_is_read_back() -> None:
    own = (
        "arctan(x)/x",
        "sqrt(1+sqrt(x))",
        "x^x",
        "log_2(x)",
        "-x^2e^(-x/2)",
        "|x|/x",
        "cbrt(x^2+1)",
        "x(x+1)/2",
    )
    for formula in (*own, *(preset.formula for preset in (*SLOPES, *LIMITS))):
        f = parse(formula)
        for e in (f, f.derivative()):
            with np.errstate(all="ignore"):
                read = parse(without_latex(e.latex()))(X)
                np.testing.assert_allclose(read, e(X), rtol=1e-9, err_msg=e.latex())


@given(
    st.lists(
        st.sampled_from(["\\frac", "\\sqrt", "^{", "{", "}", "x", "\\", "[", "$", "2", " "]), max_size=60
    )
)
def test_no_text_is_too_broken_or_too_deep(pieces: list[str]) -> None:
    without_latex("".join(pieces))
    read_lines("^{" * 150 + "".join(pieces))


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        (r"$f'(x) = 2x$", "f'(x) = 2x"),
        (r"\frac{dy}{dx} = \frac{1}{x}", "dy/dx = 1/x"),
        (r"\frac{d}{dx}[x^2] = $2x$", "d/dx[x^2] = 2x"),
        (r"2x; \[f^{\prime}(x)=2x\]", "2x; f'(x)=2x"),
    ],
)
def test_a_lines_name_is_freed_of_latex_too(text: str, mend: str) -> None:
    refusal = read_lines(text)[-1].refusal
    assert refusal is not None
    assert (refusal.suggestion or "").replace(";", "; ").replace(";  ", "; ") == mend
