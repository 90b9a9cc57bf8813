"""The heights in which a part's curve is shown beside its rule's picture."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.rules.heights import heights_of
from explorer.figures.rules.scene import Stand, shown, window_for


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("(2-x)^3 e^(x/2)", [-4.0, 2.0]),
        ("e^x (x^2-4)", [-1 - np.sqrt(5), np.sqrt(5) - 1, 2.0]),
        ("x^4 e^(-x)", [0.0, 4.0]),
        ("(x^2-1) e^(-x)", [1 - np.sqrt(2), 1 + np.sqrt(2)]),
        ("sin(x) + x^2", [-1.0, 1.0]),
    ],
)
def test_where_a_curve_turns_can_be_told_apart_though_it_climbs_far(text: str, features: list[float]) -> None:
    f = parse(text)
    low, high = heights_of(f, window_for(f, ()).x, (0.0, 1.0))
    at = f(np.array(features))
    assert low < at.min() < at.max() < high
    assert np.ptp(at) > 0.03 * (high - low)


def test_a_point_far_up_is_held_once_it_has_been_let_go_there() -> None:
    f = parse("(2-x)^3 e^(x/2)")
    part = shown(f, (), window_for(f, ()))
    first, far = Stand(-2.0, 1.0), Stand(7.0, 0.5)
    assert not part.fits(first, far)
    assert part.fits(far, far)
    low, high = part.heights(far)
    assert low < f(7.5) < f(7.0) < high
