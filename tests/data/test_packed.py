"""Rows packed into five bytes each: what arrives is what was sent, as far as twenty bits go."""

import numpy as np
import pytest

from explorer.data.packed import packed

RANDOM = np.random.default_rng(20)
COLUMNS = {
    "whole": np.arange(999.0) - 17,
    "cents": np.round(RANDOM.normal(500, 100, 999), 2),
    "equal": np.full(999, 1 / 3),
    "normal": RANDOM.normal(0, 1, 999),
    "far": RANDOM.normal(1e9, 1e-3, 999),
    "huge": RANDOM.uniform(-1e9, 1e9, 999),
    "tiny": RANDOM.uniform(1e-20, 3e-20, 999),
    "both": np.where(RANDOM.random(999) < 0.5, 1e-20, 1e9),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_arrives_to_a_millionth_of_its_range_and_stays_so(name: str) -> None:
    x, y = COLUMNS[name], COLUMNS["normal"]
    sent = packed(x, y)
    assert len(sent.bytes) == 5 * len(x)
    for column, arrived in zip((x, y), sent.columns(), strict=True):
        assert np.max(np.abs(arrived - column)) <= 1e-6 * np.ptp(column)
    again = packed(*sent.columns())
    assert all(np.array_equal(a, b) for a, b in zip(sent.columns(), again.columns(), strict=True))


@pytest.mark.parametrize("name", ["whole", "cents", "equal"])
def test_decimals_of_few_digits_arrive_as_they_were_typed(name: str) -> None:
    column = COLUMNS[name]
    for sent in (packed(column, COLUMNS["normal"]).columns()[0], packed(COLUMNS["far"], column).columns()[1]):
        assert np.array_equal(sent, column)
