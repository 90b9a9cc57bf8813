"""What Newton's method in two variables is helped by."""

import numpy as np
import pytest

from explorer.numeric import newton2d


@pytest.mark.parametrize("reach", [0.0, 0.0625, 0.4])
def test_which_points_are_apart_from_a_family_is_told_without_comparing_each_with_each(reach):
    rng = np.random.default_rng(11)
    points, family = rng.integers(-32, 33, (300, 2)) / 32, rng.integers(-32, 33, (900, 2)) / 32
    family = family[family[:, 0] < 0.5]
    beside = np.abs(points[:, None] - family[None]).max(axis=2) <= reach
    assert (newton2d._apart(points, family, reach) == ~beside.any(axis=1)).all()
    assert newton2d._apart(points[:0], family, reach).shape == (0,)
    assert newton2d._apart(points, family[:0], reach).all()
