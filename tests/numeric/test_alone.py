"""Points at which a function has a value, and beside them none."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import BreakKind, Description, analyse, choose_window

PI = np.pi
WINDOW = (-3.1, 3.3)

# Values where f is undefined on both sides: text → (x, f(x)) within WINDOW
ALONE = {
    "(-3)^x": [(k, (-3.0) ** k) for k in range(-3, 4)],
    "(-1/2)^(2x)": [(k / 2, (-0.5) ** k) for k in range(-6, 7)],
    "(-e)^x": [(k, (-math.e) ** k) for k in range(-3, 4)],
    "sqrt(-x^2)": [(0, 0)],
    "sqrt(cos(x)-1)": [(0, 0)],
    "sqrt(-sin(x)^2)": [(0, 0), (PI, 0)],
    "sqrt(sin(x)-1)": [(PI / 2, 0)],
    "sqrt(-(x-1)^2(x+2)^2)": [(-2, 0), (1, 0)],
    "sqrt(-|x^2-2|)": [(-math.sqrt(2), 0), (math.sqrt(2), 0)],
    "x^4-5x^2+sqrt(-(x-1/3)^2)": [(1 / 3, 1 / 81 - 5 / 9)],
    "arcsin(1+x^2)": [(0, PI / 2)],
    "arccos(cosh(x))": [(0, 0)],
    "{x=0: 5}": [(0, 5)],
    "{x=1: 2, x=2: 3}": [(1, 2), (2, 3)],
    "sqrt(-1-x^2)": [],
    "ln(-x^2)": [],
}


@pytest.mark.parametrize("text", ALONE)
def test_points_that_stand_alone_are_found(text):
    found = analyse(parse(text), WINDOW)
    assert {b.kind for b in found.breaks} <= {BreakKind.ISOLATED}
    assert [(b.x, b.value) for b in found.breaks] == [
        (pytest.approx(x, abs=1e-12), pytest.approx(y)) for x, y in ALONE[text]
    ]
    assert found.description is (Description.POINTS if ALONE[text] else Description.NOWHERE_DEFINED)
    assert found.domain == ()
    window = choose_window(parse(text))
    assert not ALONE[text] or any(
        window.x[0] < x < window.x[1] and window.y[0] <= y <= window.y[1] for x, y in ALONE[text]
    )


@pytest.mark.parametrize("text", ["sqrt(x^4-x^2)", "sqrt(x^2(x-2))", "x sqrt(x-1) + sqrt(x^3-x^2)"])
def test_a_curve_may_have_a_point_that_stands_alone_beside_it(text):
    found = analyse(parse(text), WINDOW)
    alone = [b for b in found.breaks if b.kind is BreakKind.ISOLATED]
    assert [(b.x, b.value) for b in alone] == ([(0, 0)] if "x sqrt" not in text else [])
    assert found.description is Description.ORDINARY
    assert not alone or choose_window(parse(text)).x[0] < 0 < choose_window(parse(text)).x[1]
