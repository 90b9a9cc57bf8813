"""The picture that suits each rule of differentiation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from explorer.figures.rules.areas import cube, quotient, rectangle, square
from explorer.figures.rules.columns import stack
from explorer.figures.rules.curves import (
    bars,
    circle,
    curve,
    lines,
    logarithm,
    mirror,
    multiple,
    tangent,
)
from explorer.figures.rules.drawing import Drawing, Span
from explorer.increments import Increment

__all__ = ["drawing_of"]

_DRAWN: Mapping[str, Callable[[Increment, Span], Drawing]] = {
    "constant": stack,
    "line": stack,
    "multiple": multiple,
    "sum": stack,
    "product": rectangle,
    "quotient": quotient,
    "square": square,
    "root": square,
    "cube": cube,
    "bars": bars,
    "chain": lines,
    "circle": circle,
    "tangent": tangent,
    "logarithm": logarithm,
    "mirror": mirror,
}


def drawing_of(increment: Increment, window: Span) -> Drawing:
    """The picture that suits the rule; `window` is the span of x in the curve beside it."""
    draw = _DRAWN.get(increment.kind)
    return curve(increment, window) if draw is None else draw(increment, window)
