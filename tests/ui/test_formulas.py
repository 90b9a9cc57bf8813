"""A simplified formula stands under the typed one only where it is less to read."""

import pytest

from explorer.expression import parse
from explorer.symbolic import derivative
from explorer.ui.formulas import shorter


@pytest.mark.parametrize(
    ("text", "helps"),
    [
        ("x e^(-x^2/2)+0.2x", False),
        ("(x^2+1)^5", False),
        ("(2x+1)^3", False),
        ("arctan(x)", False),
        ("x^2 e^(-x)", True),
        ("x e^x", True),
        ("x ln(x) - x", True),
        ("(x^2-1)/(x-1)", True),
        ("x/(x^2+1)", True),
    ],
)
def test_a_simplified_derivative_is_shown_where_it_is_shorter(text: str, helps: bool) -> None:
    f = parse(text)
    shown = f.derivative().derivative_latex()
    assert (shorter(shown, derivative(f, "x")) != shown) == helps
