"""Expressions as values: equal, hashable, composable."""

import pickle
from fractions import Fraction

import numpy as np
import pytest

from explorer.expression import Expression, Number, Variable, fold, free_variables, parse
from explorer.expression.tree import tree_size

x, h = Expression.variable("x"), Expression.variable("h")


def test_equal_texts_are_equal_expressions():
    assert parse("x^2+1") == parse(" x² + 1")
    assert hash(parse("x^2+1")) == hash(parse("x**2 + 1"))
    assert parse("x^2+1") != parse("1+x^2")
    assert parse("x") != parse("x", ("x", "y"))
    assert {parse("2x"): 1}[parse("2·x")] == 1


def test_expressions_are_immutable_and_travel():
    f = parse("{x<0: sin(x), ln x}").derivative()
    assert pickle.loads(pickle.dumps(f)) == f
    with pytest.raises(AttributeError):
        f.variables = ("y",)
    with pytest.raises(AttributeError):
        f.root.branches = ()


def test_operators_build_expressions():
    e = (x**2 + 3) / (2 * x) - (1 - x) * -x
    assert e.text == "(x^2+3)/(2x)-(1-x)*(-x)"
    assert float(e(2)) == 7 / 4 - 2
    assert (2**x).text == "2^x"
    assert (1 / x + 0.5).text == "1/x+0.5"
    assert (x + h).variables == ("x", "h")
    assert (h - x).variables == ("h", "x")
    assert (x * -2).text == "x*(-2)"


def test_numbers():
    assert Expression.number(0.1).root == Number(Fraction(1, 10))
    assert Expression.number(Fraction(1, 3)).text == "1/3"
    assert Expression.number(-2.5).text == "-2.5"
    assert Expression.number(np.float64(1e-20)).text == "1E-20"
    for bad in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="finite"):
            Expression.number(bad)


@pytest.mark.parametrize("value", [2.3e-308, 5e-324, 1.7e308 / 3])
def test_a_fraction_keeps_its_value_where_its_denominator_has_no_float(value):
    assert float(Expression.number(Fraction(value))()) == value
    third = Fraction(value) / 3
    assert float(Expression.number(-third)()) == -float(third)


def test_substitution():
    f = parse("x^2 + x")
    shifted = f.substitute({"x": x + h})
    assert shifted.text == "(x+h)^2+(x+h)"
    assert shifted.variables == ("x", "h")
    assert f.substitute({"x": 3}).variables == ()
    assert float(f.substitute({"x": 3})()) == 12
    assert f.substitute({"x": Expression.variable("x0")}, variables=("x0", "h")).variables == ("x0", "h")
    swapped = parse("x - y", ("x", "y")).substitute({"x": parse("y", ("y",)), "y": x})
    assert swapped.text == "y-x"
    with pytest.raises(ValueError, match="h"):
        f.substitute({"x": x + h}, variables=("x",))


def test_substitution_keeps_where_a_derivative_is_undefined():
    slope = parse("ln x").derivative().substitute({"x": Expression.variable("t")})
    assert slope.variables == ("t",)
    assert np.isnan(slope(-1.0))


def test_substituting_into_pieces():
    f = parse("{x<0: -x, x>1: x^2}")
    assert f.substitute({"x": x + 1}).text == "{x+1<0:-(x+1),x+1>1:(x+1)^2}"


def test_the_difference_quotient():
    f = parse("x^2")
    quotient = (f.substitute({"x": x + h}) - f.over(("x", "h"))) / h
    assert float(quotient(1, 0.5)) == 2.5
    assert np.isnan(quotient(1, 0))


def test_walks_share_and_do_not_recurse():
    long = x
    for _ in range(3000):
        long = long + 1
    assert tree_size(long.root) == 6001
    assert free_variables(long.root) == {"x"}
    assert float(long(0)) == 3000
    doubled = Expression(Variable("x"), ("x",))
    for _ in range(60):
        doubled = doubled + doubled
    assert float(doubled(1.0)) == 2.0**60
    visits = []
    fold(doubled.root, lambda node, below: visits.append(node))
    assert len(visits) == 61
    again = Expression(Variable("x"), ("x",))
    for _ in range(60):
        again = again + again
    assert doubled == again


def test_derivatives_are_cached():
    f = parse("x^2 sin x")
    assert f.derivative() is parse("x^2 sin x").derivative()
