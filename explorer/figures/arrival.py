"""A function that is new leaves the point where it is seen; else it moves to the nearest place that suits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression
from explorer.numeric import Window, number_text
from explorer.numeric.results import Array
from explorer.scene.digits import step_for


@dataclass(frozen=True)
class Arrival:
    """What stood on another function, as it can stand on this one; `words` say of a control why it has moved.

    A control for which no place suits is left out: it starts anew.
    """

    controls: Mapping[str, float]
    words: Mapping[str, str] = field(default_factory=dict)


def on_curve(f: Expression, window: Window, stood: Mapping[str, float]) -> Arrival:
    """The point x₀ where f has a value in the picture; h = 0, which is no step, is left out."""
    stood = {name: value for name, value in stood.items() if name != "h" or value != 0}
    if "x0" not in stood:
        return Arrival(stood)
    return _arrival(f, window, stood, ("x0",), (_round_places(window.x),))


def on_surface(f: Expression, window: Window, stood: Mapping[str, float]) -> Arrival:
    """The point (x₀, y₀) where f has a value in the window."""
    if not {"x0", "y0"} <= stood.keys():
        return Arrival(stood)
    across, up = np.meshgrid(_round_places(window.x), _round_places(window.y))
    return _arrival(f, window, stood, ("x0", "y0"), (across.ravel(), up.ravel()))


def _arrival(
    f: Expression,
    window: Window,
    stood: Mapping[str, float],
    names: tuple[str, ...],
    places: tuple[Array, ...],
) -> Arrival:
    """Stay where f has a value in the picture, else go to the nearest of `places` where it has slopes as well."""
    point = tuple(np.array([stood[name]]) for name in names)
    if _seen(f, window, point)[0]:
        return Arrival(stood)
    _, slopes = f.value_and_gradient(*places)
    suits = _seen(f, window, places) & np.logical_and.reduce([np.isfinite(slope) for slope in slopes])
    if not suits.any():
        return Arrival({name: value for name, value in stood.items() if name not in names})
    away = sum((place - at) ** 2 for place, at in zip(places, point, strict=True))
    nearest = int(np.argmin(np.where(suits, away, np.inf)))
    moved = {name: round(float(place[nearest]), 12) + 0.0 for name, place in zip(names, places, strict=True)}
    return Arrival({**stood, **moved}, {names[0]: _why(f, window, point)})


def _seen(f: Expression, window: Window, places: tuple[Array, ...]) -> NDArray[np.bool_]:
    """Where f has a value in the picture: above a curve's x the window has a height, a surface's is the plane."""
    heights = f(*places)
    seen = np.isfinite(heights) & _within(places[0], window.x)
    return seen & _within(heights if len(places) == 1 else places[1], window.y)


def _within(values: Array, ends: tuple[float, float]) -> NDArray[np.bool_]:
    return (values >= ends[0]) & (values <= ends[1])


def _round_places(ends: tuple[float, float]) -> Array:
    """What the arrow keys reach: 25 to 250 places over the width."""
    step = step_for(ends[1] - ends[0])
    return step * np.arange(math.ceil(ends[0] / step - 1e-9), math.floor(ends[1] / step + 1e-9) + 1.0)


def _why(f: Expression, window: Window, point: tuple[Array, ...]) -> str:
    told = ", ".join(number_text(float(at[0])) for at in point)
    told = f"({told})" if len(point) > 1 else told
    missing = not np.isfinite(f(*point))[0]
    reason = f"f has no value at {told}" if missing else f"At {told} f is not in this picture"
    return f"{reason}: this is the nearest place where it is seen."
