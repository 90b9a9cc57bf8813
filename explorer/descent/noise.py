"""Seeded noise on the gradient, the same numbers in Python and in JavaScript.

`uniform(seed, k)` is the k-th output of mulberry32 (T. Ettinger, public domain): a 32-bit mixing of
seed + (k+1)·0x6D2B79F5, so any output is reached without those before it. Two of them make one standard
normal number by Box and Muller (1958). In JavaScript, `Math.imul` takes the place of `& MASK` products.
"""

import math

MASK = 0xFFFFFFFF
INCREMENT = 0x6D2B79F5


def uniform(seed: int, k: int) -> float:
    """The k-th number of the seed's stream, in [0, 1)."""
    state = (seed + (k + 1) * INCREMENT) & MASK
    mixed = ((state ^ (state >> 15)) * (state | 1)) & MASK
    mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & MASK)) & MASK
    return (mixed ^ (mixed >> 14)) / 4294967296


def normal(seed: int, k: int) -> float:
    """The k-th standard normal number of the seed's stream: √(−2 ln(1−u₂ₖ))·cos(2πu₂ₖ₊₁)."""
    return math.sqrt(-2 * math.log(1 - uniform(seed, 2 * k))) * math.cos(
        2 * math.pi * uniform(seed, 2 * k + 1)
    )
