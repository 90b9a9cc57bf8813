"""The promise about texts: nothing but an ExpressionError, and a canonical text that reads back to the same."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from explorer.expression import ExpressionError, parse, text_of
from explorer.expression import tree as t
from tests.expression.test_reader import READINGS, TWO_VARIABLES
from tests.expression.trees import trees, x, y

FORMULAS = [text for text, _ in READINGS + TWO_VARIABLES]
PAGES = st.sampled_from(
    [("x",), ("x", "y"), ("t",), ("w", "b"), ("e", "E"), ("s", "i", "n"), ("w1", "w2"), ()]
)
WORDS = "log log10 log2 log_ sin ln lg min( root( otherwise and pi 1E300 12E300 E-300 0.00001 f(x)= ℯ sen 𝐥𝐨𝐠"
PIECES = st.sampled_from([*"xyetE0129.+-−*/^!(){}|<>=,:;√²⁻½π₂_' ", *WORDS.split()])


def answer(text, variables):
    try:
        return parse(text, variables)
    except ExpressionError as error:
        return error


def check(text, variables):
    """The expression, if the text means one; in any case the promise is kept."""
    read = answer(text, variables)
    if isinstance(read, ExpressionError):
        assert 0 <= read.position <= len(text)
        assert read.message
        assert read.suggestion is None or parse(read.suggestion, variables)
        return None
    again = parse(read.text, variables)
    assert again.root == read.root
    assert again.text == read.text
    return read


@pytest.mark.parametrize("start", range(0, len(FORMULAS), 40))
def test_a_formula_may_be_looked_at_before_it_is_finished(start):
    for formula in FORMULAS[start : start + 40]:
        for end in range(len(formula) + 1):
            check(formula[:end], ("x", "y"))
            check(formula[end:], ("x",))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FORMULAS), st.integers(0, 40), st.integers(0, 3), st.lists(PIECES, max_size=3), PAGES)
@example("log x", 3, 3, [], ("x",))
@example("x", 0, 0, ["12E300"], ("x",))
@example("x", 1, 0, ["ℯ", "E"], ("e", "E"))
def test_a_changed_formula_keeps_the_promise(formula, place, dropped, put, variables):
    check(formula[:place] + "".join(put) + formula[place + dropped :], variables)


digits = st.integers(1, 10**15 - 1)
powers_of_ten = st.integers(-330, 310).map(lambda n: Fraction(10) ** n)
numbers = st.builds(lambda d, p: t.Number(d * p), digits, powers_of_ten)
short = st.builds(lambda d, p: t.Number(d * p), st.integers(1, 99), powers_of_ten)
extremes = trees(st.one_of(numbers, short, st.sampled_from([x, y, t.Constant("e")])), max_leaves=5)


@settings(max_examples=300, deadline=None)
@given(extremes)
@example(t.Multiply(t.Number(Fraction(12) * 10**300), x))
def test_extreme_numbers_are_refused_or_read_back_with_the_same_values(tree):
    read = check(text_of(tree), ("x", "y"))
    if read is not None:
        places = np.array([-2.5, 0.0, 0.3, 1e6])
        again = parse(read.text, ("x", "y"))
        assert np.array_equal(read(places, 1.5), again(places, 1.5), equal_nan=True)


UNFINISHED = [
    ("log", "log(x)"),
    ("log(", "log(x)"),
    ("x+log", "x+log(x)"),
    ("2 log", "2 log(x)"),
    ("log10", "log10(x)"),
    ("x log2", "x log2(x)"),
    ("log10 + 1", "log10(x) + 1"),
    ("log_10", "log_10(x)"),
    ("log₂", "log₂(x)"),
    ("sin", "sin(x)"),
    ("1 - sin^2", "1 - sin^2(x)"),
    ("cos⁻¹", "cos⁻¹(x)"),
    ("lg", "lg(x)"),
]


@pytest.mark.parametrize(("text", "finished"), UNFINISHED)
def test_an_unfinished_function_is_answered_by_its_finished_form(text, finished):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.suggestion == finished
    assert "needs something to work on" in caught.value.message or "not finished" in caught.value.message
