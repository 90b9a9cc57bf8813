"""Derivatives: against published ones, against differences, and undefined where there is none."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from mpmath import mpf
from scipy.differentiate import derivative as scipy_derivative

from explorer.expression import Expression, compile_tape, parse
from tests.expression.oracle import evaluate
from tests.expression.trees import decimal, places, trees, whole, x, y

POINTS = np.array([-2.3, -1.1, -0.4, 0.3, 0.9, 1.6, 2.7])

# f and f′ as in the course or in a table of derivatives; both are only compared as numbers.
PUBLISHED = [
    ("x^2", "2x"),
    ("x^3", "3x^2"),
    ("1/x", "-1/x^2"),
    ("3x^4 - 5x^2 + 2x", "12x^3 - 10x + 2"),
    ("e^(2x) cos x", "e^(2x)(2cos x - sin x)"),
    ("x e^x", "e^x(x+1)"),
    ("e^(2x)", "2e^(2x)"),
    ("1/(1+e^(-x))", "1/(1+e^(-x)) (1 - 1/(1+e^(-x)))"),
    ("ln(x)/x", "(1 - ln x)/x^2 + 0·ln x"),
    ("(x-3)^2 + x^4", "4x^3 + 2x - 6"),
    ("|x|", "sign(x)"),
    ("x^(2/3)", "2/(3∛x)"),
    ("cbrt(x)", "1/(3∛(x²))"),
    ("sign(x)", "0"),
    ("7", "0"),
    ("2x + 3", "2"),
    ("(x^2)^3", "6x^5"),
    ("sin((4x)^2)", "32x cos(16x^2)"),
    ("x^3/3 - x", "x^2 - 1"),
    ("sin x", "cos x"),
    ("cos x", "-sin x"),
    ("tan x", "1 + tan^2 x"),
    ("sec x", "sin x/cos^2 x"),
    ("csc x", "-cos x/sin^2 x"),
    ("cot x", "-1/sin^2 x"),
    ("arcsin(x/3)", "1/√(9 - x²)"),
    ("arccos(x/3)", "-1/√(9 - x²)"),
    ("arctan x", "1/(1+x²)"),
    ("sinh x", "cosh x"),
    ("cosh x", "sinh x"),
    ("tanh x", "1/cosh² x"),
    ("arsinh x", "1/√(x²+1)"),
    ("arcosh(x²+2)", "2x/√((x²+2)² - 1)"),
    ("artanh(x/3)", "3/(9-x²)"),
    ("exp(x²)", "2x e^(x²)"),
    ("ln(x²)", "2/x"),
    ("log_10(x²)", "2/(x ln 10)"),
    ("log_2(x²)", "2/(x ln 2)"),
    ("√(x²+1)", "x/√(x²+1)"),
    ("root(x,5)", "1/(5 root(x,5)^4)"),
    ("root(x²,4)", "x/(2 root(x²,4)^3)"),
    ("2^x", "2^x ln 2"),
    ("(x²+1)^x", "(x²+1)^x (ln(x²+1) + 2x²/(x²+1))"),
    ("(x²)^π", "2π (x²)^π/x"),
    ("floor(x)", "0"),
    ("ceil(x)", "0"),
    ("min(x, x²)", "{x < 0: 1, x < 1: 2x, 1}"),
    ("√(max(x, 0))", "{x < 0: 0, 1/(2√x)}"),
    ("|{x < 1: 0, 1 - x}|", "{x < 1: 0, 1}"),
    ("max(0, max(0, x))", "{x < 0: 0, 1}"),
    ("arccos(min(x, 1))", "{x < 1: -1/√(1 - x²), 0}"),
    ("(max(1, min(x, 2)) - 1)^(1/3)", "{x < 1: 0, x < 2: 1/(3∛((x-1)²)), 0}"),
    ("√⌊x+3⌋", "0"),
    ("max(x, x², 2)", "{x < -√2: 2x, x < √2: 0, 2x}"),
    ("{x < 0: -x, x < 2: x^2, 4x - 4}", "{x < 0: -1, x < 2: 2x, 4}"),
    ("1/x^2", "-2/x^3"),
    ("x/(x²+1)", "(1-x²)/(x²+1)²"),
    ("5!x", "120"),
    ("x^7 (1-x)^3", "x^6 (1-x)^2 (7-10x)"),
    ("x|x|", "2|x|"),
]


@pytest.mark.parametrize(("f", "slope"), PUBLISHED)
def test_published_derivative(f, slope):
    function, expected = parse(f), parse(slope)(POINTS)
    np.testing.assert_allclose(function.derivative()(POINTS), expected, rtol=1e-12, atol=1e-13)
    values, (partial,) = function.value_and_gradient(POINTS)
    np.testing.assert_allclose(partial, expected, rtol=1e-12, atol=1e-13)
    np.testing.assert_array_equal(values, function(POINTS))


SECOND = [
    ("3x^4 - 5x^2 + 2x", "36x^2 - 10"),
    ("e^(2x) cos x", "e^(2x)(3cos x - 4sin x)"),
    ("x^3/3 - x", "2x"),
    ("sin x", "-sin x"),
    ("ln(x²)", "-2/x²"),
    ("x^(5/3)", "10/(9∛x)"),
    ("√(x²+1)", "1/(x²+1)^(3/2)"),
]


@pytest.mark.parametrize(("f", "second"), SECOND)
def test_second_derivative(f, second):
    twice = parse(f).derivative().derivative()
    np.testing.assert_allclose(twice(POINTS), parse(second)(POINTS), rtol=1e-11, atol=1e-12)


def test_facts_of_the_course():
    f = parse("e^(2x) cos x").derivative().derivative()
    assert float(f(math.pi / 2)) == pytest.approx(-92.563, abs=5e-4)
    assert float(parse("sin((4x)^2)").derivative()(1)) == pytest.approx(-30.6451, abs=5e-5)
    assert float(parse("ln(x)/x").derivative()(math.e)) == pytest.approx(0, abs=1e-16)
    assert float(parse("1/(1+e^(-x))").derivative()(0)) == 0.25
    quartic = parse("3x^4 - 5x^2 + 2x")
    assert float(quartic(-1)) == -4
    assert float(quartic.derivative()(-1)) == 0
    inflection = math.sqrt(10) / 6
    assert float(quartic.derivative().derivative()(inflection)) == pytest.approx(0, abs=1e-13)
    coin = parse("7ln x + 3ln(1-x)").derivative().derivative()
    assert float(coin(0.7)) == pytest.approx(-1000 / 21, rel=1e-13)
    long = parse("6ln x + 2ln(1-x) + 9ln(3-x) + 13ln(4-x) + 500ln(10-x)").derivative()
    assert float(long(0.10139)) == pytest.approx(0, abs=0.01)


def test_the_coin():
    g = parse("p^7 (1-p)^3", ("p",))
    assert float(g(0.7)) == pytest.approx(0.00222357, abs=5e-9)
    assert float(g.derivative("p")(0.7)) == pytest.approx(0, abs=1e-17)
    assert float(g.derivative("p")(0.5)) == pytest.approx(0.5**6 * 0.5**2 * 2, rel=1e-14)


def test_the_cost_of_a_line_through_the_bedrooms():
    m, c = Expression.variable("m"), Expression.variable("c")
    cost = sum((100 * k - (m * k + c)) ** 2 for k in range(1, 11)) / 10
    assert cost.variables == ("m", "c")
    value, (in_m, in_c) = cost.value_and_gradient(0, 0)
    assert (float(value), float(in_m), float(in_c)) == (385000, -7700, -1100)
    least, (in_m, in_c) = cost.value_and_gradient(100, 0)
    assert (float(least), float(in_m), float(in_c)) == (0, 0, 0)


PARTIAL = [
    ("x^2 + y^2 + 3", (1, 2), 8, (2, 4)),
    ("2x^2 y + 3y^3 x^2 + 3y", (1, 1), 8, (10, 14)),
    ("2x^2y + 3y^3x^2 + 3y", (1, 1), 8, (10, 14)),
    ("x y^2 + x^3", (1, 2), 5, (7, 4)),
    ("2x^2 - x y", (-1, 2), 4, (-6, 1)),
    ("x^2 y", (1, 0), 0, (0, 1)),
    ("5x + sin y", (1, 0), 5, (5, 1)),
    ("x^2 - y^2", (1, 0.5), 0.75, (2, -1)),
    ("x^3 - 3x y^2", (1, 1), -2, (0, -6)),
    ("x^2 + 3y^2", (1, 1), 4, (2, 6)),
    ("x^4 + y^4", (0, 0), 0, (0, 0)),
    ("x^y", (2, 3), 8, (12, 8 * math.log(2))),
]


@pytest.mark.parametrize(("text", "at", "value", "gradient"), PARTIAL)
def test_partial_derivatives(text, at, value, gradient):
    f = parse(text, ("x", "y"))
    got, partials = f.value_and_gradient(*at)
    assert float(got) == pytest.approx(value, rel=1e-14)
    assert [float(part) for part in partials] == pytest.approx(list(gradient), rel=1e-14)
    assert [float(f.derivative(name)(*at)) for name in ("x", "y")] == pytest.approx(list(gradient), rel=1e-14)


NO_DERIVATIVE = [
    ("|x|", 0),
    ("||x|-1|", 1),
    ("x^(2/3)", 0),
    ("cbrt(x)", 0),
    ("√x", 0),
    ("sign(x)", 0),
    ("floor(x)", 2),
    ("ceil(x)", -1),
    ("1/x", 0),
    ("min(x,1)", 1),
    ("ln(x)", -1),
    ("log_2(x)", -3),
    ("arcosh(x)", -2),
    ("artanh(x)", 2),
    ("arcsin(x)", 1),
    ("x ln(x)", -1),
    ("0·ln(x)", -1),
    ("ln(x) - ln(x)", -1),
    ("{x < 0: 1}", 2),
    ("tan(x)", math.pi / 2),
    ("x^x", -0.5),
]


@pytest.mark.parametrize(("text", "at"), NO_DERIVATIVE)
def test_no_derivative(text, at):
    f = parse(text)
    assert math.isnan(float(f.derivative()(at)))
    assert math.isnan(float(f.value_and_gradient(at)[1][0]))
    assert math.isnan(float(f.derivative().derivative()(at)))


def test_a_derivative_is_undefined_where_the_function_is_in_another_variable_too():
    f = parse("ln(y) + x", ("x", "y"))
    assert math.isnan(float(f.derivative("x")(1, -1)))
    assert float(f.derivative("x")(1, 1)) == 1
    composed = f.derivative("x") + 1
    assert math.isnan(float(composed(1, -1)))


def test_derivatives_that_overflow_are_undefined_in_a_gradient():
    values, (slope,) = parse("e^x").value_and_gradient(np.array([1000.0]))
    assert values[0] == math.inf
    assert math.isnan(slope[0])


TIDY = [
    ("x", "1"),
    ("3", "0"),
    ("2x", "2"),
    ("x^2", "2x"),
    ("3x^4 - 5x^2 + 2x", "12x^3-10x+2"),
    ("x^3/3 - x", "x^2-1"),
    ("x^2/5", "2x/5"),
    ("0.1x^2", "0.2x"),
    ("½x²", "x"),
    ("x^2 + 1", "2x"),
    ("1 - x", "-1"),
    ("-x^2", "-2x"),
    ("sin(3x)", "3cos(3x)"),
    ("cos(2x)", "-2sin(2x)"),
    ("e^-x", "-e^(-x)"),
    ("e^(2x) cos x", "2e^(2x)*cos(x)-e^(2x)*sin(x)"),
    ("x e^x", "e^x+x*e^x"),
    ("(x^2)^3", "6x*(x^2)^2"),
    ("sin((4x)^2)", "32x*cos((4x)^2)"),
    ("1/x", "-1/x^2"),
    ("1/(1+e^(-x))", "e^(-x)/(1+e^(-x))^2"),
    ("ln(2x)", "1/x"),
    ("√x", "1/(2sqrt(x))"),
    ("|x|", "x/abs(x)"),
    ("x^(2/3)", "2x^(-1/3)/3"),
    ("2^x", "2^x*ln(2)"),
    ("ln(3)", "0"),
    ("x^2 sin(3x)", "2x*sin(3x)+3x^2*cos(3x)"),
    ("x e^(-x^2/2)", "e^(-x^2/2)-x*x*e^(-x^2/2)"),
    ("sin(x cos x)", "cos(x*cos(x))*(cos(x)-x*sin(x))"),
    ("(x e^x)^2", "2x*e^x*(e^x+x*e^x)"),
]


@pytest.mark.parametrize(("text", "slope"), TIDY)
def test_tidy(text, slope):
    assert parse(text).derivative().text == slope


def test_polynomial_derivatives_read_back():
    for text in ("3x^4 - 5x^2 + 2x", "x^3/3 - x", "(x^2)^3", "x^2 sin(3x)", "1/(1+e^(-x))"):
        slope = parse(text).derivative()
        assert parse(slope.text).root == slope.root


GROWING = [
    "*".join(["x"] * 75),
    "*".join(["sin(x)"] * 28),
    "sin(" * 28 + "x" + ")" * 28,
    "√(1+" * 14 + "x" + ")" * 14,
    "/".join(["(x+1)"] * 33),
    "(1+x" * 9 + "^2)" * 9,
    "x^x^x^x",
    "+".join(["x^2 sin(x)"] * 16),
]


@pytest.mark.parametrize("text", GROWING, ids=range(len(GROWING)))
def test_tapes_of_derivatives_stay_small(text):
    f = parse(text)
    slope = f.derivative()
    tape = compile_tape({"f": f, "slope": slope, "second": slope.derivative()}, ("x",))
    assert len(tape.code) + len(tape.constants) < 2000


@pytest.mark.parametrize(
    "text", ["x^2 sin(3x)", "1/(1+e^(-x))", "ln(x^2+1)/(x^2+2)", "e^(-x^2/2)", "arctan(x)^3"]
)
def test_against_scipy(text):
    f = parse(text)
    estimate = scipy_derivative(f, POINTS)
    np.testing.assert_allclose(f.derivative()(POINTS), estimate.df, rtol=1e-8, atol=1e-9)


smooth_leaves = st.one_of(st.just(x), st.just(x), st.just(y), whole, decimal)


@settings(max_examples=250, deadline=None)
@given(trees(smooth_leaves, max_leaves=6), places, places)
def test_random_trees_against_central_differences_in_fifty_digits(tree, at_x, at_y):
    def f(offset):
        return evaluate(tree, {"x": mpf(at_x) + offset, "y": mpf(at_y)})

    h = mpf("1e-12")
    samples = [f(k * h) for k in (-2, -1, 0, 1, 2)]
    assume(all(value is not None and abs(value) < mpf("1e60") for value in samples))
    wide, narrow = (samples[4] - samples[0]) / (4 * h), (samples[3] - samples[1]) / (2 * h)
    estimate = narrow + (narrow - wide) / 3
    # A corner, a jump or a stiff place within 2h: no estimate.
    sides = (samples[3] - samples[2]) / h, (samples[2] - samples[1]) / h
    assume(max(abs(sides[0] - sides[1]), abs(narrow - wide)) <= mpf("1e-6") * (1 + abs(estimate)))
    slope = float(Expression(tree, ("x", "y")).derivative("x")(at_x, at_y))
    if not math.isfinite(slope):
        event("undefined by rule")
        return
    event("compared")
    assert abs(mpf(slope) - estimate) <= mpf("1e-5") * (1 + abs(estimate))


def test_the_oracle_itself():
    assert evaluate(parse("x^2 ln x").root, {"x": 2}) == 4 * mpmath.log(2)
    assert evaluate(parse("1/x").root, {"x": 0}) is None
