"""Shape is not made of rounding: where doubles end nothing is said to rise, fall or turn."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import Description, analyse

NOISE = [
    ("(1-cos(x))/x^2", (-1e-4, 1e-4)),
    ("(x-sin(x))/x^3", (-1e-4, 1e-4)),
    ("(tan(x)-x)/x^3", (-1e-4, 1e-4)),
    ("(e^x-1-x)/x^2", (-1e-6, 1e-6)),
    ("ln(1+x)/x", (-1e-9, 1e-9)),
    ("(sqrt(1+x)-1)/x", (-1e-8, 1e-8)),
    ("(x^3-1)/(x-1)", (1 - 1e-8, 1 + 1e-8)),
]


@pytest.mark.parametrize(("text", "window"), NOISE)
def test_noise_is_no_shape(text, window):
    found = analyse(parse(text), window)
    assert found.description is Description.ROUNDED
    assert not found.critical
    assert not found.inflections
    assert not any(sign for *_, sign in found.monotone)
    assert "rounding" in found.description.sentence


@pytest.mark.parametrize(("text", "window"), NOISE)
def test_the_same_function_has_its_shape_in_a_wide_window(text, window):
    middle = round(sum(window) / 2)
    found = analyse(parse(text), (middle - 0.4, middle + 0.4))
    assert found.description is Description.ORDINARY
    assert {sign for *_, sign in found.monotone} <= {-1, 1}


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("sin(x)/10^9", (-5, 5)),
        ("1+x/10^6", (0, 1)),
        ("x^199", (-1, 1)),
        ("e^(-x^2)", (4, 9)),
        ("10^15+x", (0, 99)),
    ],
)
def test_what_is_small_but_sure_keeps_its_shape(text, window):
    found = analyse(parse(text), window)
    assert found.description is Description.ORDINARY
    assert any(sign for *_, sign in found.monotone)


def test_a_line_under_its_rounding_is_seen_where_its_slope_is_sure():
    """f is rough, f′ is not: 1/2 is the slope of eˣ's quotient, though its values are noise."""
    found = analyse(parse("(e^x-1)/x"), (-1e-7, 1e-7))
    assert found.description is Description.ORDINARY
    assert np.all([sign == 1 for *_, sign in found.monotone])
