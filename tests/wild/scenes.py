"""The five scenes as their pages build them, and what is evaluated on the way.

`build(page, text)` gives the scenes that a page shows for a formula; `counted()` counts, while they are built, the
points at which a tape is run (in arrays and one at a time) and the operations that this took.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np

from explorer.descent import descend, landscape, scalar
from explorer.expression import Expression, Tape, parse
from explorer.figures.curve import choose_window
from explorer.figures.descent.scene import descent_scene
from explorer.figures.descent.view import first_view, read_loss, weighed
from explorer.figures.jacobian.scene import jacobian_scene, start_of
from explorer.figures.limit.scene import limit_scene
from explorer.figures.limit.start import start_for
from explorer.figures.slope.scene import slope_scene, start_in
from explorer.figures.surface.scene import start_on, surface_scene
from explorer.figures.surface.still import choose_plane
from explorer.numeric import Window
from explorer.scene.scene import Scene

PLANE = ("x", "y")


@dataclass
class Count:
    """Evaluated points, in arrays and one at a time, and the operations on them."""

    points: int = 0
    calls: int = 0  # on arrays: one costs as much as a thousand points
    single: int = 0
    operations: int = 0
    longest: int = 0  # operations of one call on arrays, during which no other learner is served


@contextmanager
def counted() -> Iterator[Count]:
    """What is evaluated within; results that are cached already cost nothing."""
    count, run, program = Count(), Tape.run, scalar.scalar_program

    def counting_run(tape: Tape, *arrays: object) -> dict[str, np.ndarray]:
        points = int(np.prod(np.broadcast_shapes(*(np.shape(array) for array in arrays))))
        count.points += points
        count.calls += 1
        count.operations += points * len(tape.code)
        count.longest = max(count.longest, points)
        return run(tape, *arrays)

    def counting_program(tape: Tape) -> scalar.Program:
        look = program(tape)

        def counting_look(values: Sequence[float]) -> scalar.Registers:
            count.single += 1
            count.operations += len(tape.code)
            return look(values)

        return counting_look

    with patch.object(Tape, "run", counting_run), patch.object(landscape, "scalar_program", counting_program):
        yield count


def weight(scene: Scene) -> int:
    """Bytes on the wire."""
    return len(json.dumps(scene.to_json(), allow_nan=False, ensure_ascii=False).encode())


def slope(text: str, window: Window | None = None) -> Scene:
    """A function of x."""
    f = parse(text)
    window = window or choose_window(f)
    return slope_scene(f, window, start_in(f, window))


def limit(text: str, window: Window | None = None) -> Scene:
    """A function of x."""
    f = parse(text)
    window = window or choose_window(f)
    return limit_scene(f, window, start_for(f, window))


def surface(text: str, window: Window | None = None) -> Scene:
    """A function of x and y."""
    f = parse(text, PLANE)
    window = window or choose_plane(f)
    return surface_scene(f, window, start_on(f, window))


def jacobian(text: str) -> Scene:
    """A function of x and y, and the same with x and y exchanged."""
    u = parse(text, PLANE)
    turned = {"x": Expression.variable("y"), "y": Expression.variable("x")}
    v = u.substitute(turned, PLANE)
    return jacobian_scene(u, v, start_of(u, v))


def descent(text: str) -> Scene:
    """A loss in x, or in x and y, with its surface and questions; and the words for the path that stands."""
    loss = read_loss(text)
    view = first_view(loss)
    assert descend("gd", weighed(loss), view.start, view.rate, view.steps).reason
    return descent_scene(loss, view, solid=True, questioned=True)


SCENES: dict[str, Callable[[str], Scene]] = {
    "slope": slope,
    "limit": limit,
    "surface": surface,
    "jacobian": jacobian,
    "descent": descent,
}
