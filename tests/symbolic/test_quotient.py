"""Every line of the algebra has the quotient's values, the last one the derivative's."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.symbolic import LineKind, OverBudget, difference_quotient
from tests.symbolic.formulas import LEARNERS

# Both signs of h, x on both sides of 0 and x, x + h inside (−1, 1) as well.
X = np.array([-6.7, -2.4, -0.83, -0.41, 0.37, 0.71, 1.93, 3.2, 9.1, 0.5, -0.5, 2.0])
H = np.array([0.3, -0.2, 0.05, -0.1, 0.25, -0.06, 0.4, 1.1, -0.7, 1e-2, 1e-2, -1e-2])


def quotient(e):
    return (e(X + H) - e(X)) / H


@pytest.mark.parametrize("text", LEARNERS)
def test_each_line_equals_the_quotient(text):
    e = parse(text)
    *rewritten, last = difference_quotient(e)
    expected = quotient(e)
    for line in rewritten:
        assert line.kind is LineKind.ALGEBRA
        values = line.expression(X, H)
        both = np.isfinite(values) & np.isfinite(expected)
        assert both.sum() == np.isfinite(expected).sum() > 0
        np.testing.assert_allclose(values[both], expected[both], rtol=1e-9, atol=1e-10, err_msg=line.title)
    slope, ours = last.expression(X, H), e.derivative()(X)
    assert last.kind in (LineKind.LIMIT, LineKind.WORD)
    both = np.isfinite(slope) & np.isfinite(ours)
    assert both.any()
    np.testing.assert_allclose(slope[both], ours[both], rtol=1e-9, atol=1e-10)
    assert all(line.title and line.sentence.endswith((".", "it", "is")) for line in rewritten)


COMPLETE = """7|3x-2|x^2|x^3|x^3/3-x|3x^4-5x^2+2x|(x-3)^2+x^4|(x^2)^3|1/x|1/x^2|1/(x-2)|x/(x+1)|(x^2-1)/(x-1)
|(x^2-1)/(x^2+1)|x+1/x|sqrt(x)|1/sqrt(x)|sqrt(1-x^2)|3sqrt(2x+1)+4|cbrt(x)|x^(2/3)|x^1.5||x||x^2+sqrt(x)"""


@pytest.mark.parametrize("text", [*COMPLETE.replace("\n", "").replace("||x||", "|abs(x)|").split("|")])
def test_h_is_cancelled_by_algebra_alone(text):
    """In the last line before the limit h = 0 can simply be put in."""
    e = parse(text)
    *_, before, last = difference_quotient(e)
    assert last.kind is LineKind.LIMIT
    assert last.aside == ""
    places = np.array([0.37, 0.71, 0.9])
    np.testing.assert_allclose(before.expression(places, 0 * places), e.derivative()(places), rtol=1e-9)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "x^2",
            ["((x+h)^2-x^2)/h", "(x^2+2x h+h^2-x^2)/h", "(2x h+h^2)/h", "h(2x+h)/h", "2x+h", "2x"],
        ),
        (
            "x^3",
            [
                *("((x+h)^3-x^3)/h", "(x^3+3x^2h+3x h^2+h^3-x^3)/h", "(3x^2h+3x h^2+h^3)/h"),
                *("h(3x^2+3x h+h^2)/h", "3x^2+3x h+h^2", "3x^2"),
            ],
        ),
        (
            "1/x",
            [
                *("(1/(x+h)-1/x)/h", "(x-(x+h))/(h x(x+h))", "-h/(h x (x+h))"),
                *("-1/(x (x+h))", "-1/x^2"),
            ],
        ),
    ],
)
def test_the_lines_of_the_course(text, lines):
    found = [line.expression.text for line in difference_quotient(parse(text))]
    assert found == [parse(line, ("x", "h")).text for line in lines]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("sin x", r"\sin h"),
        ("cos(3x)", r"\cos h"),
        ("e^x", "e^{h}"),
        ("2^x", "a^{h}"),
        ("ln x", r"\ln(1 + t)"),
    ],
)
def test_limits_that_algebra_does_not_give_are_named(text, limit):
    last = difference_quotient(parse(text))[-1]
    assert last.kind is LineKind.LIMIT
    assert limit in last.aside
    assert "not algebra" in last.sentence


@pytest.mark.parametrize("text", ["e^(-x^2)", "x^x", "arctan x", "floor(x)", "sin(sin(x))", "x^100"])
def test_an_honest_word_where_h_does_not_cancel(text):
    first, last = difference_quotient(parse(text))
    assert first.title == "Substitute"
    assert last.kind is LineKind.WORD


def test_a_constant_slope_needs_no_limit():
    *_, before, last = difference_quotient(parse("4x + 1"))
    assert before.expression.text == last.expression.text == "4"
    assert "same for every h" in last.sentence


def test_a_corner_is_named():
    last = difference_quotient(parse("|x|"))[-1]
    assert last.expression.text == parse("x/|x|").text
    assert "no limit there" in last.sentence


@pytest.mark.parametrize(
    "text", ["|x^2|", "|x^3|", "|x^2-2x+1|", "x|x|", "x^2|x|", "|x|^3", "(x-1)|x-1|", "|x|+x^2"]
)
def test_no_corner_is_named_where_it_was_not_looked_at(text):
    """|x³| has the slope 0 at 0; of a sum or a product the bars alone prove nothing."""
    assert "no limit there" not in difference_quotient(parse(text))[-1].sentence


@pytest.mark.parametrize("text", ["|2x-1|", "3|x^2-2|", "|x^2-x|+1"])
def test_a_corner_at_each_simple_zero_is_named(text):
    assert "no limit there" in difference_quotient(parse(text))[-1].sentence


def test_another_variable_and_a_variable_called_h():
    assert difference_quotient(parse("t^2", ("t",)), "t")[-1].expression.text == "2t"
    with pytest.raises(OverBudget):
        difference_quotient(parse("h^2", ("h",)), "h")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("e^x", "(e^h-1)/h, which depends on h alone, heads for 1: the limit that defines e, not algebra."),
        (
            "e^(2x)",
            "(e^(2h)-1)/h, which depends on h alone, heads for 2: the limit that defines e, not algebra.",
        ),
        ("2^x", "(2^h-1)/h, which depends on h alone, heads for ln(2): a known limit, not algebra."),
        (
            "2^x-x^2",
            "(2^h-1)/h, which depends on h alone, heads for ln(2): a known limit, not algebra. Every other term with h "
            "shrinks with it.",
        ),
    ],
)
def test_the_limit_is_named_that_finishes_an_exponential(text, says):
    assert difference_quotient(parse(text))[-1].sentence == says


def test_bars_are_not_called_roots():
    titles = [line.title for line in difference_quotient(parse("|x^2-4|"))]
    assert "The bars above go" in titles
    assert "The roots go" not in titles
    assert "The roots go" in [line.title for line in difference_quotient(parse("sqrt(x)"))]
