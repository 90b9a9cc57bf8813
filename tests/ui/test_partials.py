"""The numbers below the surface's picture: gradient, Hessian and what its eigenvalues say."""

import pytest
from streamlit.testing.v1 import AppTest


def numbers(text):
    from explorer.expression import parse
    from explorer.numeric import Window
    from explorer.ui.partials import numbers_at

    numbers_at(parse(text, ("x", "y")), Window((-2.0, 2.0), (-2.0, 2.0), True), (0.0, 0.0))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x^2+10^(-12) y^2", "the surface bends up in every direction"),
        ("x^2-10^(-9) y^2", "it bends down one way and up another"),
        ("x^2+y^4", "the test is silent"),
        ("(x-y)^2", "the test is silent"),
    ],
)
def test_a_curvature_however_small_is_one_where_the_place_is_given(text, says):
    """By hand: the eigenvalues at 0 are 2 and 2·10⁻¹²; 2 and −2·10⁻⁹; 2 and 0; 4 and 0."""
    page = AppTest.from_function(numbers, args=(text,)).run()
    assert says in page.caption[0].value
