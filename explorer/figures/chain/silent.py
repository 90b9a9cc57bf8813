"""Slopes that are there though the rules give none: what the difference quotients tell of them at a point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from explorer.autodiff import graph_of
from explorer.caching import computed_once
from explorer.expression import Expression
from explorer.figures.letters import Point
from explorer.numeric import number_text
from explorer.numeric.slopes_at import slopes_at

__all__ = ["silent_words"]

ROOM = 0.1
"""f is supposed to be one formula so far to either side of the point."""
CLOSE = 1e-7
"""Beside the point, where f has to have values too."""


def silent_words(f: Expression, point: Mapping[str, float]) -> tuple[str, ...]:
    """A sentence for each letter of f by which it has a slope at the point, and the chain rule gives none."""
    place: Point = tuple((name, point[name]) for name in f.variables)
    return tuple(
        f"The chain rule gives no ∂f/∂{name} here. Yet from both sides Δf/Δ{name} heads for "
        f"{number_text(round(slope, 6))}: seen in numbers, not proved."
        for name, slope in _silent(f, place)
    )


@computed_once(256)
def _silent(f: Expression, place: Point) -> tuple[tuple[str, float], ...]:
    return tuple(_told(f, dict(place)))


def _told(f: Expression, point: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    graph = graph_of(f)
    slopes = graph.backward(point)
    if not np.isfinite(graph.forward(point)[-1]):
        return
    at = np.array([[point[name]] for name in f.variables])
    for k, node in enumerate(graph.nodes):
        if node.letter is None or np.isfinite(slopes[k]):
            continue
        along = f.variables.index(node.letter)
        step = CLOSE * np.eye(len(at))[:, [along]]
        slope = float(slopes_at(f, node.letter, at, np.array([ROOM]))[0])
        if np.isfinite([slope, float(f(*(at + step))[0]), float(f(*(at - step))[0])]).all():
            yield node.letter, slope
