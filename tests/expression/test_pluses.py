"""Which spaces of a linked formula may have been pluses."""

from urllib.parse import unquote, unquote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.expression import ExpressionError, parse, text_of, with_pluses
from tests.expression.trees import trees

XY = ("x", "y")


def arrives(link):
    """A formula as it stands in a link, as it arrives, and with its pluses found again."""
    text = unquote_plus(link)
    places = {k for k, character in enumerate(unquote(link)) if character == "+"}
    return text, with_pluses(text, places, XY)


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("x^2+y^2", "x^2+y^2"),
        ("x^2+1", "x^2+1"),
        ("e^x+1", "e^x+1"),
        ("|x|+|y|", "|x|+|y|"),
        ("||x|+1|+|x+|y||", "||x|+1|+|x+|y||"),
        ("x^2+%201", "x^2+1"),
        ("x^2%20+%20y+1", "x^2+y+1"),
        ("sin%20x+1", "sin x+1"),
        ("sin+x+1", "sin x+1"),
        ("2%20sin%20x+cos%20x", "2 sin x+cos x"),
        ("x^2%20y+y^2", "x^2 y+y^2"),
        ("sin^2+x+cos^2+x", "sin^2 x+cos^2 x"),
        ("sin^-1+x+1", "sin^-1 x+1"),
        ("sin^(-1)+x+1", "sin^(-1) x+1"),
        ("sin%C2%B2+x+x%C2%B2+1", "sin² x+x²+1"),
        ("{x<0:+-x,+x+1}", "{x<0: -x, x+1}"),
        ("{x<0:+x+1,+0<x+and+x<1:+2+x,+x}", "{x<0: x+1, 0<x and x<1: 2+x, x}"),
        ("max(x,+1)+min(x+1,+2)", "max(x, 1)+min(x+1, 2)"),
        ("f(x,y)+=+x+y", "f(x,y) = x+y"),
        ("3+4x+5!+x", "3+4x+5!+x"),
        ("(x+1)+(y+1)", "(x+1)+(y+1)"),
        ("√x+√y", "√x+√y"),
        ("log_2+x+1", "log_2 x+1"),
        ("½+x", "½+x"),
        ("1/(1+e^-x)+{x}", "1/(1+e^-x)+{x}"),
        ("+x+-+y+*+2+", " x - y * 2 "),
        ("x+%2B+1", "x + 1"),
        ("x%20y", "x y"),
        ("x+q+1", "x q 1"),
        ("|", "|"),
        ("x||+y", "x|| y"),
        ("", ""),
    ],
)
def test_a_space_that_puts_two_things_beside_each_other_was_a_plus(link, meant):
    assert arrives(link)[1] == meant


@settings(max_examples=60, deadline=None)
@given(trees(max_leaves=8), st.booleans())
def test_a_formula_written_into_a_link_by_hand_is_found_again(tree, spaced):
    """Its canonical text, of which only the pluses are not encoded."""
    text = text_of(tree).replace("+", " + ") if spaced else text_of(tree)
    found = arrives(text.replace("%", "%25").replace(" ", "%20"))[1]
    try:
        meant = parse(text, XY)
    except ExpressionError:
        return  # beyond the limits
    assert parse(found, XY) == meant
    assert with_pluses(meant.text, range(len(meant.text)), XY) == meant.text, "a link of our own"


@given(st.text(alphabet="xy12 +-*/^()|{}<:,!√²½sinlogmax_=e", max_size=24))
def test_any_text_is_left_readable_or_as_it_was(text):
    found = with_pluses(text, range(len(text)), XY)
    assert found.replace("+", "").replace(" ", "") == text.replace("+", "").replace(" ", "")
    try:
        parse(found, XY)
    except ExpressionError:
        return
