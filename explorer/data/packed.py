"""Many rows of two numbers in five bytes each, 20 bits a number: how they travel to the browser.

A column's numbers are (first + k) / per with a whole k from 0 to 2²⁰ − 1. Where all of them are decimals that fit, per
is that power of ten, and they arrive as they were typed; others are rounded to steps of a power of two, so that they
are off by a millionth of their range at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

BITS = 20
MOST = 2**BITS - 1
BYTES = 5
DECIMALS = 12
EXACT = 2.0**53


@dataclass(frozen=True)
class Packed:
    """The `bytes` of n rows, of shape (5n,), and of each column its least number, in steps, and the steps per unit."""

    bytes: NDArray[np.uint8]
    first: tuple[float, float]
    per: tuple[float, float]

    def columns(self) -> tuple[Numbers, Numbers]:
        """Both columns, of shape (n,), as the browser reads them."""
        words = np.zeros((len(self.bytes) // BYTES, 8), dtype=np.uint8)
        words[:, :BYTES] = self.bytes.reshape(-1, BYTES)
        both = words.view("<u8")[:, 0]
        steps = (both & MOST).astype(np.float64), (both >> BITS).astype(np.float64)
        x, y = ((first + k) / per for k, first, per in zip(steps, self.first, self.per, strict=True))
        return x, y


def packed(x: NDArray[Any], y: NDArray[Any]) -> Packed:
    """The rows (x, y), columns of finite numbers of shape (n,). What is unpacked packs as the same again."""
    (kx, *of_x), (ky, *of_y) = _steps(x), _steps(y)
    both = kx.astype(np.uint64) | ky.astype(np.uint64) << np.uint64(BITS)
    octets = both.astype("<u8").view(np.uint8).reshape(-1, 8)[:, :BYTES]
    return Packed(np.ascontiguousarray(octets).ravel(), (of_x[0], of_y[0]), (of_x[1], of_y[1]))


def _steps(column: Numbers) -> tuple[Numbers, float, float]:
    """How many steps each number is beyond the first one, the first one in steps, and how many steps are a unit."""
    for decimals in range(DECIMALS + 1):
        per = 10.0**decimals
        counted = np.rint(column * per)
        if counted.max() - counted.min() > MOST or abs(counted).max() > EXACT:
            break
        if np.array_equal(counted / per, column):
            return counted - counted.min(), float(counted.min()), per
    width = float(column.max() - column.min())
    per = 2.0 ** -math.ceil(math.log2(width / MOST)) if width > 0 else 1.0
    counted = column * per if width == 0 else np.rint(column * per)
    return counted - counted.min(), float(counted.min()), per
