"""The scalar machine means exactly what the NumPy tape means, special values included."""

import math

import numpy as np
import pytest

from explorer.descent import gradient_tape
from explorer.descent.landscape import Landscape
from explorer.descent.problems import PROBLEMS
from explorer.descent.scalar import scalar_program
from explorer.expression import compile_tape, parse
from tests.expression.trees import UNARY

SPECIAL = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, math.pi, -math.pi / 2, 1e-300, -1e-9]
SPECIAL += [710.0, -745.0, 1e8, -1e155, 1e308, math.inf, -math.inf, math.nan, 0.1234567, -3.75]

FORMULAS = """x+1/x; x^3-x^2; -x; x^x; x^2.5; x^(1/3); x^(2/3); x^(-2/3); root(x,5); e^x; exp(x)-1
min(x,1-x); max(x,x^2); {x<0: -x, x}; {x<=0: x, x>1 and x<3: x^2, 7}
2^x; (-2)^x; 1^x; e^(e^x); 1/(1+e^(-x)); x/x; 0^x"""
TEXTS = [text.strip() for text in FORMULAS.replace("\n", ";").split(";")]


@pytest.mark.parametrize("text", [*TEXTS, *(f"{name}(x)" for name in UNARY)])
def test_agrees_with_the_tape_everywhere(text):
    formula = parse(text)
    for expression in (formula, formula.derivative("x")):
        tape = compile_tape({"f": expression}, ("x",))
        run, register = scalar_program(tape), tape.outputs[0][1]
        ours = np.array([run([x])[register] for x in SPECIAL])
        theirs = tape.run(np.array(SPECIAL))["f"]
        np.testing.assert_allclose(ours, theirs, rtol=1e-13, atol=0, equal_nan=True)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_value_and_gradient_are_those_of_the_expression(problem):
    landscape = Landscape(problem.loss)
    rng = np.random.default_rng(5)
    for point in rng.uniform(*np.array(problem.windows).T, size=(20, len(problem.variables))):
        value, gradient = landscape.look(point.tolist())
        expected, partials = problem.loss.value_and_gradient(*point)
        assert value == pytest.approx(float(expected), rel=1e-13, abs=1e-13)
        assert gradient == pytest.approx([float(part) for part in partials], rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_hessian_against_central_differences_of_the_gradient(problem):
    landscape = Landscape(problem.loss)
    point = [value + 0.013 for value in problem.start]
    matrix = np.array(landscape.hessian(point))
    assert (matrix == matrix.T).all()
    for i in range(len(point)):
        step = np.zeros(len(point))
        step[i] = 1e-6 * max(1.0, abs(point[i]))
        up, down = (np.array(landscape.look(point + sign * step)[1]) for sign in (1, -1))
        scale = 1 + np.abs(matrix).max()
        np.testing.assert_allclose((up - down) / (2 * step[i]), matrix[i], rtol=0, atol=1e-6 * scale)


def test_gradient_tape_names_its_outputs():
    tape = gradient_tape(parse("x^2 y", ("x", "y")))
    assert [name for name, _ in tape.outputs] == ["loss", "d_x", "d_y"]
    assert {name: float(value) for name, value in tape.run(3.0, 2.0).items()} == {
        "loss": 18,
        "d_x": 12,
        "d_y": 9,
    }


def test_overflow_is_told_from_a_gap_in_the_domain():
    polynomial, logarithm = Landscape(parse("x^4 - x^3")), Landscape(parse("ln(x)"))
    assert polynomial.overflows([1e200])
    assert math.isnan(logarithm.loss_at([-1.0]))
    assert not logarithm.overflows([-1.0])
