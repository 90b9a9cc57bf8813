"""The plane of the descent page: which minima have a star, and which level lines are drawn around them."""

import json

import numpy as np
import pytest

from explorer.figures.descent.panels import BEYOND, level_lines, line_heights
from explorer.figures.descent.scene import descent_scene
from explorer.figures.descent.view import first_view, read_loss


def stars_of(text):
    scene = descent_scene(read_loss(text), first_view(read_loss(text)))
    data = next(panel for panel in scene.panels if panel.name == "pad").figure.data
    (trace,) = (trace for trace in data if trace.get("marker", {}).get("symbol") == "star")
    return {
        (round(float(x), 3) + 0.0, round(float(y), 3) + 0.0)
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }


def test_the_stars_of_many_minima_are_whole_rings():
    """Of Rastrigin's the lowest and the two rings around it, not some of those farther out."""
    near = {(x, y) for x in (-0.995, 0.0, 0.995) for y in (-0.995, 0.0, 0.995)}
    assert stars_of("20 + x^2 + y^2 - 10cos(2πx) - 10cos(2πy)") == near
    assert (1.033, 1.033) in stars_of("cos(3x) + cos(3y) + 0.1(x-0.4)^2 + 0.1(y-0.4)^2")


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("|x|+|y|", (0.0, 0.0)),
        ("max(|x-1|, |x-2y|)", (1.0, 0.5)),
        ("|x-0.3| + (y+1)^2", (0.3, -1.0)),
        ("20 + e - 20e^(-0.2sqrt((x^2+y^2)/2)) - e^((cos(2πx)+cos(2πy))/2)", (0.0, 0.0)),
    ],
)
def test_a_minimum_without_a_gradient_has_its_star(text, tip):
    loss = read_loss(text)
    assert tip in stars_of(text)
    assert first_view(loss).lowest == pytest.approx(float(loss(*tip)), abs=1e-9)


@pytest.mark.parametrize("stiffness", [20, 50, 100])
def test_a_level_line_closes_around_the_bottom_of_a_long_valley(stiffness):
    loss = read_loss(f"(1-x)^2 + {stiffness}(y-x^2)^2")
    view = first_view(loss)
    trace = level_lines(loss, view)
    first = trace["contours"]["start"]
    inside = trace["z"][BEYOND:-BEYOND, BEYOND:-BEYOND]
    border = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
    assert first < border.min()
    assert (inside < first).sum() > 40
    lowest = line_heights(loss, view)[0]
    assert 0 < lowest < float(loss(np.sqrt(view.windows[1][1]), view.windows[1][1]))


@pytest.mark.parametrize(
    "text",
    [
        "(1-x)^2 + 100(y-x^2)^2",
        "400(y-x^2)^2 + (1-x)^2",
        "1000(x+3y)^2 + 0.01x^2",
        "1000(2x-y)^2 + 0.1(y-1)^2",
        "300(y - sin(2x))^2 + 0.2x^2",
        "500(x^2+y^2-4)^2 + (x-2)^2",
    ],
)
def test_lines_of_a_valley_narrower_than_the_grid_are_whole_and_on_their_level(text):
    loss = read_loss(text)
    view = first_view(loss)
    scene = descent_scene(loss, view)
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 150_000
    pad = next(panel for panel in scene.panels if panel.name == "pad")
    (lines,) = (trace for trace in pad.figure.data if trace["type"] == "scatter" and trace["mode"] == "lines")
    x, y = (np.asarray(lines[name], dtype=float) for name in "xy")
    ends = np.flatnonzero(np.isnan(x))
    width = view.windows[0][1] - view.windows[0][0]
    for first, last in zip([0, *(ends[:-1] + 1)], ends, strict=True):
        a, b = np.array([x[first], y[first]]), np.array([x[last - 1], y[last - 1]])
        on_border = [
            any(abs(v - end) < 1e-6 * width for v, span in zip(p, view.windows, strict=True) for end in span)
            for p in (a, b)
        ]
        assert all(on_border) or np.hypot(*(a - b)) < 1e-6 * width, "closed, or from border to border"
    levels = loss(x, y)
    _, (fx, fy) = loss.value_and_gradient(x, y)
    for first, last in zip([0, *(ends[:-1] + 1)], ends, strict=True):
        own = levels[first:last]
        away = np.abs(own - np.median(own)) / np.hypot(fx, fy)[first:last]
        assert np.median(away) < 1e-4 * width
