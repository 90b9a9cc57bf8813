"""No loop without a bound, and no reason for one that is gone; the rule is shown what breaks it."""

from pathlib import PurePosixPath

import pytest

from tests.architecture.loops import excused, unbounded, without_a_reason
from tests.architecture.test_walls import PRODUCT

HERE = PurePosixPath("explorer/numeric/places.py")


def test_every_loop_has_a_bound_or_a_reason():
    faults = [fault for path, source in PRODUCT.items() for fault in without_a_reason(path, source)]
    assert not faults, "\n" + "\n".join(faults)


def test_no_reason_outlives_its_loop():
    standing = {(place, name) for path, text in PRODUCT.items() for place, name, _ in unbounded(path, text)}
    assert set(excused()) <= standing


@pytest.mark.parametrize(
    "source",
    [
        "def thin(pieces):\n    while len(pieces) > 5000:\n        pieces = pieces[::2]",
        "def down(n):\n    return down(n - 1)",
        "class A:\n    def down(self):\n        return self.down()",
        "import itertools\nfor k in itertools.count():\n    pass",
        "from itertools import repeat\nfor k in repeat(1):\n    pass",
        "for line in iter(read, 0):\n    pass",
    ],
)
def test_the_rule_notices_a_loop_without_a_bound(source):
    assert without_a_reason(HERE, source)


def test_the_rule_lets_a_bounded_loop_pass():
    source = "def f(x):\n    for k in range(9):\n        x = g(x)\n    return repeat(x, 3)"
    assert without_a_reason(HERE, source) == []
