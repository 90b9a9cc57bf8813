"""The control of an increment: the same way for every power of ten on each side of 0, and played to 0."""

from __future__ import annotations

import math

from explorer.figures.limit.quotient import SMALLEST
from explorer.numeric import power_of_ten, significant_text
from explorer.scene.scene import Control, Handle, MarkedValue, Play, Run


def power_text(size: float) -> str:
    """A power of ten as it stands under a track: 0.1, 10⁻³."""
    exponent = round(math.log10(size))
    return significant_text(size) if exponent >= -2 else power_of_ten(exponent)


def increment_control(label: str, largest: float, first: float, handle: Handle) -> Control:
    """The control h, from −`largest` to `largest`; it is played from `first` towards 0 from both sides."""
    sizes = tuple(float(f"1e{k}") for k in range(-6, math.floor(math.log10(largest) + 1e-9) + 1))
    marked = [MarkedValue(0.0, "0")]
    every = 2 if len(sizes) < 8 else 4
    for size in sizes:
        captioned = size > SMALLEST and round(math.log10(size)) % every == 0
        words = (power_text(size), "−" + power_text(size)) if captioned else ("", "")
        marked += [MarkedValue(size, words[0]), MarkedValue(-size, words[1])]
    right, left = ((first, SMALLEST),), ((-first, -SMALLEST),)
    return Control(
        name="h",
        label=label,
        min=-largest,
        max=largest,
        value=first,
        scale="symlog",
        smallest=SMALLEST,
        step=0.1,
        role="step",
        marks=tuple(sorted(marked, key=lambda mark: mark.value)),
        handle=handle,
        play=Play(
            seconds=7.0,
            runs=(Run(f"{label} → 0 right", right), Run("left", left), Run("both", right + left)),
        ),
    )
