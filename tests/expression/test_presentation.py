"""A derivative as it is shown: open between joints, a plain 0 between jumps."""

import numpy as np
import pytest

from explorer.expression import Expression, parse, text_of
from explorer.expression.presentation import shown_derivative
from explorer.numeric import values


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("{x<0: x^2, 2x}", "{x<0:2x,x>0:2}"),
        ("{x<=1/2: x^2}", "{x<1/2:2x}"),
        ("{x<0: x^2, x<1: 3, 2x}", "{x<0:2x,0<x and x<1:0,x>1:2}"),
        ("{x<0: x^2, x<=0: 1, x}", "{x<0:2x,x>0:1}"),
        ("{0<x<1: x, 2x^2}", "{0<x and x<1:1,x<0:4x,x>1:4x}"),
        ("{x<pi: x, 2x}", "{x<pi:1,x>pi:2}"),
        ("{x^2<=1: x, 2x}", "{x^2<1:1,x^2>1:2}"),
        ("floor(x)", "0"),
        ("sign(x^2-3)", "0"),
        ("x sign(x)", "sign(x)"),
        ("x^2 - 3ceil(x)", "2x"),
        ("|x|", "x/abs(x)"),
        ("x^3", "3x^2"),
    ],
)
def test_what_a_derivative_leaves_out_is_not_asserted(formula, shown):
    assert text_of(shown_derivative(parse(formula).derivative().root)) == shown


@pytest.mark.parametrize(
    "formula", ["{x<0: x^2, x<1: 3, 2x}", "{0<x<1: x, 2x^2}", "x sign(x) + {x>1: x, x^2}"]
)
def test_what_is_shown_has_the_values_of_the_derivative(formula):
    slope = parse(formula).derivative()
    x = np.linspace(-2.013, 2.017, 101)
    assert values(Expression(shown_derivative(slope.root)), x) == pytest.approx(values(slope, x))


def test_the_condition_is_said_in_words_and_the_steps_show_no_guard():
    slope = parse("sign(x^2-3)").derivative()
    assert slope.derivative_mathml().endswith("<mn>0</mn><mtext>\u2002between the jumps</mtext></math>")
    assert slope.derivative_latex() == "0"
    assert parse("x^2").derivative().left_out == ""
    steps = [step.latex() for step in parse("sign(x^2-3)").steps()]
    assert not any(r"\frac{0}" in step for step in steps)
    assert r"= 0 \frac{d}{dx}" in steps[0]


def test_steps_keep_the_function_as_typed():
    first = parse("{x<0: x^2, 2x}").steps()[0]
    left, right = first.latex().split(" = ")
    assert "otherwise" in left
    assert "otherwise" not in right


def test_the_same_letter_twice_has_a_dot_between():
    assert parse("x e^(-x^2/2)").derivative().latex().count(r"x \cdot x") == 1
    assert parse("x x^2").latex() == r"x \cdot x^{2}"
    assert r"\cdot" not in parse("x y", ("x", "y")).latex()
    (step, *_) = [one for one in parse("x^(2x)").steps() if one.rule == "general power"]
    assert r"2 x \cdot x" in step.latex(primes=True)
