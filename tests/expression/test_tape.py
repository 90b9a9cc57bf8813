"""The tape: the same numbers as walking the tree, strictly undefined where a textbook says so."""

import json
import math

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from mpmath import mpf
from scipy import special

from explorer.expression import FUNCTIONS, OPERATIONS, Expression, compile_tape, parse
from explorer.expression.operations import MULTIPLY
from tests.expression.oracle import evaluate
from tests.expression.trees import decimal, places, trees, whole, x, y

plain = st.one_of(st.just(x), st.just(x), st.just(y), whole, decimal)


def agree(value, exact, scale):
    return abs(mpf(float(value)) - exact) <= 1e-12 * scale


@settings(max_examples=400, deadline=None)
@given(trees(plain, max_leaves=8), places, places)
def test_the_tape_agrees_with_the_tree_walked_in_fifty_digits(tree, at_x, at_y):
    exact = evaluate(tree, {"x": at_x, "y": at_y})
    value = float(Expression(tree, ("x", "y"))(at_x, at_y))
    if exact is None:
        assert not math.isfinite(value) or _defined_nearby(tree, at_x, at_y)
        return
    assume(mpf("1e-200") < abs(exact) < mpf("1e200") or exact == 0)
    # Conditioning: how much the exact value moves when the arguments move by one part in 10¹⁵.
    moved = evaluate(tree, {"x": at_x * (1 + 2e-15) + 1e-300, "y": at_y * (1 - 2e-15)})
    assume(moved is not None and abs(moved - exact) <= mpf("1e-13") * abs(exact))
    assume(math.isfinite(value))
    event("compared")
    assert agree(value, exact, abs(exact) + _largest_part(tree, at_x, at_y))


def _defined_nearby(tree, at_x, at_y):
    """Rounding may carry an edge of the domain across a point; then it is defined right beside it."""
    beside = [(1 + k * 1e-14, 1 + m * 1e-14) for k in (-1, 0, 1) for m in (-1, 0, 1)]
    return any(evaluate(tree, {"x": at_x * u, "y": at_y * v}) is not None for u, v in beside)


def _largest_part(tree, at_x, at_y):
    """The size of the largest intermediate value: what cancellation is measured against."""
    sizes = [mpf(1)]
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        if type(node).__name__ not in ("Comparison", "And"):
            value = evaluate(node, {"x": at_x, "y": at_y})
            sizes.append(abs(value) if value is not None else mpf(0))
    return max(sizes) ** 2


UNDEFINED = [
    ("1/x", 0),
    ("ln(x)", 0),
    ("ln(x)", -1),
    ("log_10(x)", -1),
    ("log_2(x)", 0),
    ("x^-2", 0),
    ("x^0", 0),
    ("x^x", 0),
    ("√x", -1e-300),
    ("x^0.5", -1),
    ("arcsin(x)", 1.0000000001),
    ("arccos(x)", -2),
    ("arccosh(x)", 0.5),
    ("arctanh(x)", 1),
    ("arctanh(x)", -1),
    ("tan(x)", math.pi / 2),
    ("tan(x)", -3 * math.pi / 2),
    ("sec(x)", math.pi / 2),
    ("csc(x)", math.pi),
    ("cot(x)", 2 * math.pi),
    ("1/sin(x)", math.pi),
    ("x/x", 0),
    ("|x|/x", 0),
    ("0·(1/x)", 0),
    ("(1/x)^0", 0),
    ("min(1/x, 1)", 0),
    ("{1/x < 0: 1, 2}", 0),
    ("{x < 0: 1}", 1),
    ("x^(-1/3)", 0),
    ("root(x,4)", -1),
    ("x", math.nan),
    ("sin(x)", math.inf),
]


@pytest.mark.parametrize(("text", "at"), UNDEFINED)
def test_undefined(text, at):
    assert math.isnan(float(parse(text)(at)))


DEFINED = [
    ("1/(1+e^(-x))", -1000, 0.0),
    ("1/(1+e^(-x))", 1000, 1.0),
    ("tanh(x)", 1000, 1.0),
    ("e^x", 1000, math.inf),
    ("-e^x", 1000, -math.inf),
    ("cos(x)", math.pi / 2, 0.0),
    ("sin(x)", math.pi, 0.0),
    ("sin(x)", 1e-300, 1e-300),
    ("tan(x)", math.pi, 0.0),
    ("√x", 0, 0.0),
    ("arcsin(x)", 1, math.pi / 2),
    ("arccosh(x)", 1, 0.0),
    ("{x < 0: ln(x), 5}", 1, 5.0),
    ("{x < 0: 7, 1/x}", -1, 7.0),
    ("{0 <= x < 1: 1, 2}", 0, 1.0),
    ("{0 <= x < 1: 1, 2}", 1, 2.0),
    ("x^3", -2, -8.0),
    ("x^-3", -2, -0.125),
    ("x^(2/3)", 0, 0.0),
    ("sign(x)", -3, -1.0),
    ("sign(x)", 0, 0.0),
    ("max(x, 2, -x)", -3, 3.0),
]


@pytest.mark.parametrize(("text", "at", "value"), DEFINED)
def test_defined(text, at, value):
    assert float(parse(text)(at)) == value


REFERENCE = {
    "sinh(x)": np.sinh,
    "arcsinh(x)": np.arcsinh,
    "cbrt(x)": special.cbrt,
    "exp(x)": np.exp,
    "x^5": lambda v: v**5,
    "arctan(x)": np.arctan,
    "1/(1+e^(-x))": special.expit,
    "x^2 sin(3x)": lambda v: v**2 * np.sin(3 * v),
}


@pytest.mark.parametrize("text", REFERENCE)
def test_arrays_against_scipy(text):
    points = np.linspace(-3, 3, 241)
    np.testing.assert_allclose(parse(text)(points), REFERENCE[text](points), rtol=1e-13, atol=1e-15)


def test_shapes_broadcast():
    e = parse("x y + 1", ("x", "y"))
    result = e(np.ones((3, 1)), np.arange(4))
    assert result.shape == (3, 4)
    assert result.dtype == np.float64
    assert parse("7")(np.zeros((2, 5))).tolist() == [[7.0] * 5] * 2
    assert parse("x")(3).shape == ()
    values, (dx, dy) = e.value_and_gradient(np.ones((3, 1)), np.arange(4))
    assert values.shape == dx.shape == dy.shape == (3, 4)
    assert parse("x")(np.array([1, 2], dtype=np.int32)).dtype == np.float64


def test_a_result_is_a_fresh_array():
    points = np.arange(3.0)
    result = parse("x")(points)
    result[0] = 99
    assert points[0] == 0


def test_a_wrong_number_of_arrays_is_a_type_error():
    with pytest.raises(TypeError, match="x"):
        parse("x")(1, 2)


def test_common_subexpressions_are_computed_once_across_outputs():
    f = parse("sin(x^2) + cos(x^2)")
    tape = compile_tape({"f": f, "g": parse("sin(x^2)")}, ("x",))
    operations = [code for code, *_ in tape.code]
    assert operations.count(MULTIPLY.code) == 1
    assert operations.count(FUNCTIONS["sin"].operation.code) == 1
    assert [name for name, _ in tape.outputs] == ["f", "g"]


def test_constants_are_folded_and_unused_ones_dropped():
    tape = compile_tape({"f": parse("2·3·x + sin(0) + 5!")}, ("x",))
    assert sorted(tape.constants) == [0.0, 6.0, 120.0]


def test_json_is_plain_and_finite():
    f = parse("{x < 0: ln(-x), x^x}")
    tape = compile_tape({"f": f, "slope": f.derivative()}, ("x",))
    wire = json.loads(json.dumps(tape.to_json(), allow_nan=False))
    assert wire["variables"] == ["x"]
    assert len(wire["code"]) == 4 * len(tape.code)
    assert set(wire["outputs"]) == {"f", "slope"}
    count = 1 + len(wire["constants"])
    for index, (code, *operands) in enumerate(tape.code):
        assert all(0 <= register < count + index for register in operands[: OPERATIONS[code].arity])


def test_a_constant_beyond_the_largest_float_overflows_at_run_time():
    huge = Expression.number(10) ** 400
    tape = compile_tape({"f": huge * Expression.variable("x")}, ("x",))
    json.dumps(tape.to_json(), allow_nan=False)
    assert tape.run(1.0)["f"] == math.inf


def test_the_codes_of_operations_are_those_that_the_browser_counts():
    assert sorted(OPERATIONS) == list(range(len(OPERATIONS)))


def test_a_foreign_variable_is_refused():
    with pytest.raises(ValueError, match="y"):
        compile_tape({"f": Expression.variable("y")}, ("x",))
