"""Named steps: the right rule for each form, and together the derivative."""

import numpy as np
import pytest
from hypothesis import given, settings

from explorer.expression import Expression, Pending, fold, latex_of, parse
from tests.expression.trees import trees

RULES = [
    ("7", ["constant"]),
    ("x", ["identity"]),
    ("x^5", ["power"]),
    ("5x", ["constant multiple"]),
    ("5x^2", ["constant multiple", "power", "together"]),
    ("x^2/5", ["constant multiple", "power", "together"]),
    ("x^2 + x", ["sum", "power", "identity", "together"]),
    ("x^2 - x", ["difference", "power", "identity", "together"]),
    ("x^2 + x - 1", ["sum", "power", "identity", "constant", "together"]),
    ("x sin x", ["product", "identity", "trigonometric", "together"]),
    ("sin(x)/x", ["quotient", "trigonometric", "identity", "together"]),
    ("1/x", ["reciprocal", "identity", "together"]),
    ("(x^2)^3", ["chain", "power", "together"]),
    ("sin((4x)^2)", ["chain", "chain", "constant multiple", "together"]),
    ("e^x", ["exponential"]),
    ("2^x", ["exponential"]),
    ("e^(2x)", ["chain", "constant multiple", "together"]),
    ("x^x", ["general power", "identity", "together"]),
    ("ln x", ["logarithm"]),
    ("log_2 x", ["logarithm"]),
    ("√x", ["root"]),
    ("root(x,5)", ["root"]),
    ("cos x", ["trigonometric"]),
    ("arctan x", ["inverse trigonometric"]),
    ("cosh x", ["hyperbolic"]),
    ("arsinh x", ["inverse hyperbolic"]),
    ("|x|", ["absolute value"]),
    ("sign(x)", ["jump"]),
    ("{x<0: x^2, x}", ["piecewise", "power", "identity", "together"]),
    ("min(x, x^2)", ["minimum and maximum", "identity", "power", "together"]),
    ("-x^2", ["constant multiple", "power", "together"]),
    ("ln(3) x", ["constant multiple"]),
]


@pytest.mark.parametrize(("text", "rules"), RULES)
def test_rules(text, rules):
    assert [step.rule for step in parse(text).steps()] == rules


def test_the_chain_rule_takes_apart_what_was_typed():
    first, second, last = parse("(x²)³").steps()
    assert first.text == "d/dx((x^2)^3) = 3(x^2)^2*d/dx(x^2)"
    assert (latex_of(first.outer), latex_of(first.inner)) == ("u^{3}", "x^{2}")
    assert second.text == "d/dx(x^2) = 2x"
    assert last.text == "d/dx((x^2)^3) = 6x*(x^2)^2"
    assert (first.depth, second.depth, last.depth) == (0, 1, 0)


def test_the_chain_rule_twice():
    steps = parse("sin((4x)^2)").steps()
    assert [step.text for step in steps] == [
        "d/dx(sin((4x)^2)) = cos((4x)^2)*d/dx((4x)^2)",
        "d/dx((4x)^2) = 8x*d/dx(4x)",
        "d/dx(4x) = 4",
        "d/dx(sin((4x)^2)) = 32x*cos((4x)^2)",
    ]


def test_both_notations():
    step = parse("x^2 sin x").steps()[0]
    assert step.latex() == (
        r"\frac{d}{dx}\,\left( x^{2} \sin x \right) = "
        r"\frac{d}{dx}\,\left( x^{2} \right) \sin x+x^{2} \frac{d}{dx}\,\left( \sin x \right)"
    )
    assert r"\left( x^{2} \right)^{\prime} \sin x" in step.latex(primes=True)
    before, after = step.mathml()
    assert before.startswith("<math")
    assert after.endswith("</math>")


def test_other_variables_are_held_constant():
    steps = parse("2x^2 y + 3y^3", ("x", "y")).steps("x")
    assert [step.rule for step in steps] == [
        "sum",
        *["constant multiple"] * 2,
        "power",
        "constant",
        "together",
    ]
    assert steps[1].note.startswith("y is held constant.")
    assert steps[4].note.startswith("y is held constant.")
    assert r"\frac{\partial }{\partial x}" in steps[0].latex(primes=True)
    assert parse("x^y", ("x", "y")).steps("x")[0].rule == "power"
    assert parse("x^y", ("x", "y")).steps("y")[0].rule == "exponential"


def _settled(node, var):
    """The tree with every pending derivative taken."""
    return Expression(node.operand, (var, "y")).derivative(var).root if isinstance(node, Pending) else node


@settings(max_examples=150, deadline=None)
@given(trees(max_leaves=8))
def test_each_step_of_any_tree_is_an_equation(tree):
    expression = Expression(tree, ("x", "y"))
    steps = expression.steps("x")
    assert steps[-1].after == expression.derivative("x").root or len(steps) == 1
    at = np.array([-1.7, -0.6, 0.4, 1.3, 2.2]), np.array([0.7, 1.9, -0.8, 0.3, 1.1])
    for step in steps:
        left, right = (_numbers(side, at) for side in (step.before, step.after))
        both = np.isfinite(left) & np.isfinite(right) & (np.abs(left) < 1e100) & (np.abs(right) < 1e100)
        np.testing.assert_allclose(
            left[both], right[both], rtol=1e-6, atol=1e-6 * (1 + np.abs(left[both]).max(initial=0))
        )


def _numbers(node, at):
    from explorer.expression import with_children

    settled = fold(node, lambda part, below: _settled(with_children(part, below), "x"))
    return Expression(settled, ("x", "y"))(*at)


def test_the_number_of_steps_is_bounded_by_the_parts():
    assert len(parse("*".join(["x"] * 75)).steps()) <= 151
