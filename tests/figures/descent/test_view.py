"""What of an own loss is seen: its hollows, and the loss of every start that stands in the picture."""

import numpy as np
import pytest

from explorer.figures.descent.panels import loss_panels
from explorer.figures.descent.scene import descent_scene
from explorer.figures.descent.view import first_view, holding_start, linked_view, read_loss, sees_start
from explorer.scene.frame import Frame


@pytest.mark.parametrize("text", ["x^4/4-x^2", "x^6-3x^2", "x^4-3x^2+x", "(x-3)^2 (x+2)^2", "x^4-x^2+0.1x"])
def test_the_hollows_of_an_own_loss_are_seen_and_so_is_the_loss_of_every_start_on_it(text):
    loss = read_loss(text)
    view = first_view(loss)
    (low, high), (left, right) = view.heights, view.windows[0]
    between = np.linspace(min(m[0] for m in view.minima), max(m[0] for m in view.minima), 101)
    assert loss(between).max() - view.lowest >= 0.15 * (high - low)
    starts = np.linspace(left, right, 101)
    losses = loss(starts)
    linear = loss_panels(loss, linked_view(view, (float(starts[60]),), None, None))[0]
    bottom, top = linear.figure.layout["yaxis"]["range"]
    assert bottom <= losses[losses <= high].min()
    assert losses[losses <= high].max() <= top


def test_the_surface_is_that_of_the_window_that_is_seen():
    loss, near = read_loss("x^2 + 4y^2"), (-0.1, 0.1, -0.05, 0.05)
    home = first_view(loss).window
    frame = Frame("pad", (*home.x, *home.y), near, equal=True)
    spaces = [
        next(panel for panel in scene.panels if panel.name == "space").figure.layout["scene"]
        for scene in (descent_scene(loss, first_view(loss), solid=True, frame=one) for one in (frame, None))
    ]
    (left, right), (_, top) = spaces[0]["xaxis"]["range"], spaces[0]["zaxis"]["range"]
    assert -0.12 < left < -0.1 < 0.1 < right < 0.12
    assert 0.01 < top < 0.04  # the highest in it is 0.02
    assert spaces[1]["xaxis"]["range"][1] > home.x[1]


STARTS = [
    ("x^4-2x^2", (2.0,)),
    ("x^4-2x^2", (-2.1,)),
    ("x^2", (9.0,)),
    ("sqrt(x)", (1.0,)),
    ("x^2+9y^2", (-7.0, 2.0)),
    ("sin(x) cos(y)", (4.0, 9.5)),
]


@pytest.mark.parametrize(("text", "start"), STARTS)
def test_the_first_window_holds_the_start_of_a_link(text, start):
    loss = read_loss(text)
    own = first_view(loss)
    view = holding_start(loss, linked_view(own, start, None, None))
    window = view.window
    height = start[1] if len(start) > 1 else float(loss(*start))
    assert window.x[0] < start[0] < window.x[1]
    assert window.y[0] < height < window.y[1]
    # What was seen before is seen still, and not too small.
    for now, before in ((window.x, own.window.x), (window.y, own.window.y)):
        assert now[0] <= before[0] < before[1] <= now[1]
        assert now[1] - now[0] <= 12 * (before[1] - before[0])
    assert holding_start(loss, linked_view(own, own.start, None, None)).window == own.window
    first = descent_scene(loss, view).story[0]
    assert "follow" not in first.toggles


@pytest.mark.parametrize(("text", "start"), [("x^4-2x^2", (40.0,)), ("x^2+9y^2", (1e9, 0.0))])
def test_a_start_far_out_leaves_the_window_and_the_story_follows_it(text, start):
    loss = read_loss(text)
    view = linked_view(first_view(loss), start, None, None)
    assert holding_start(loss, view) == view
    assert not sees_start(loss, view)
    assert descent_scene(loss, view).story[0].toggles["follow"]
