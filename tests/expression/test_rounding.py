"""What is said about rounding holds, against fifty digits."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings

from explorer.expression import Expression, compile_tape, parse
from tests.expression.oracle import evaluate
from tests.expression.trees import leaf, places, trees


def at(text, x, derivative=0):
    f = parse(text)
    for _ in range(derivative):
        f = f.derivative()
    value, error = compile_tape({"value": f}, ("x",)).run_with_errors(x)["value"]
    return f, float(value), float(error)


@settings(max_examples=400)
@given(trees(leaf, max_leaves=8), places)
def test_the_true_value_is_within_the_error(tree, x):
    f = Expression(tree, ("x",))
    truth = evaluate(tree, {"x": x})
    value, error = (float(v[()]) for v in compile_tape({"value": f}, ("x",)).run_with_errors(x)["value"])
    assume(truth is not None and math.isfinite(value) and abs(truth) < 1e300)
    # First order: the error of an error is left out, and so is what is smaller than any double.
    assert abs(truth - value) <= error * (1 + 1e-6) + 1e-300


@pytest.mark.parametrize(
    ("text", "x", "order"),
    [
        ("(1-cos(x))/x^2", 1e-6, 0),
        ("(1-cos(x))/x^2", 1e-6, 1),
        ("(x-sin(x))/x^3", 1e-4, 0),
        ("(x-sin(x))/x^3", 1e-4, 1),
        ("(e^x-1)/x", 1e-7, 0),
        ("(e^x-1)/x", 1e-7, 1),
        ("sqrt(x^2+1)-x", 1e8, 0),
        ("(ln(1+x)-x)/x^2", 1e-5, 0),
        ("tan(x)", 1.5707963, 0),
        ("x^20", 1.1, 0),
        ("cos(x)", 1e15, 0),
        ("sin(100000x)", 1234.5678, 0),
    ],
)
def test_cancellation_is_known_and_not_much_overstated(text, x, order):
    f, value, error = at(text, x, order)
    truth = evaluate(f.root, {"x": x})
    assert abs(truth - value) <= error
    assert error <= 200 * max(float(abs(truth - value)), 2.2e-16 * abs(value))


@pytest.mark.parametrize(
    "text", ["x^2 sin(3x)", "x^3/3-x", "e^(-x^2)", "1/(1+e^-x)", "sqrt(x)", "|x|", "gelu(x)"]
)
def test_everyday_values_keep_thirteen_digits(text):
    for x in (0.1, 0.7, 1.3, 2.9):
        _, value, error = at(text, x)
        assert error <= 1e-13 * abs(value)


@pytest.mark.parametrize(
    "text",
    ["floor(sin(x)/x)", "sign(1-cos(x))", "ceil(2-sin(x)/x)", "round(0.5sin(x)/x)", "{cos(x)<1: 0, 5}"],
)
def test_a_step_within_rounding_of_its_jump_is_not_known(text):
    _, _, near = at(text, 1e-9)
    _, value, far = at(text, 1e-2)
    assert near >= 1
    assert far < 1e-9 * max(1, abs(value))


@pytest.mark.parametrize("x", [0.3, 2.0, -4.0])
@pytest.mark.parametrize("text", ["{x!=1: 2x, x}", "{x^2-1!=7: 2-1, 5}", "{2*3-x!=0: 1, 5}"])
def test_whole_numbers_leave_no_doubt_which_branch_rules(text, x):
    _, value, error = at(text, x)
    assert error <= 1e-15 * abs(value)


@pytest.mark.parametrize(("text", "x"), [("x+1", 2.0**53), ("x*x", 94906267.0), ("x-0.1", 3.0)])
def test_a_sum_or_product_without_a_double_of_its_own_is_rounded(text, x):
    f, value, error = at(text, x)
    assert error > 0
    assert abs(evaluate(f.root, {"x": x}) - value) <= error


def test_what_has_no_digit_has_no_bound():
    _, _, error = at("1/(1-cos(x))", 1e-9)
    assert error == np.inf


@pytest.mark.parametrize(
    ("text", "most"), [("sin(x)", 2), ("cos(x)", 2), ("mod(x, 7)", 7), ("tan(x)", np.inf)]
)
def test_probes_a_period_apart_do_not_make_a_wave_sure(text, most):
    tape = compile_tape({"value": parse(text)}, ("x",))
    for x in np.geomspace(1e17, 1e200, 50):
        _, error = tape.run_with_errors(x, errors=[x * 2.0**-53])["value"]
        assert error >= min(most, 2)


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("{x!=0: sin(x)/x, 1}", 1.0),
        ("{x!=1: (x^2-1)/(x-1), 2}", 3.0),
        ("{x!=0: x^2}", 2.0),
        ("{x=0: 5, x!=1: x, 7}", 2.0),
    ],
)
def test_a_condition_of_inequality_loses_no_digit(text, x):
    _, value, error = at(text, x)
    assert error <= 1e-15 * abs(value)


def test_a_condition_that_rounding_may_turn_is_known_to_the_difference_of_its_branches():
    _, _, error = at("{x^2!=2: 1, 5}", math.sqrt(2))
    assert error >= 4
