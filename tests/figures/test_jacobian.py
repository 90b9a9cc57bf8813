"""The Jacobian's scene and its examples, without a browser: facts against closed forms and finite differences."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.jacobian import jacobian_scene
from explorer.figures.thumbnail import image_thumbnail
from explorer.numeric import Window
from explorer.presets import VECTOR_CHALLENGES, VECTORS

PLANE = ("x", "y")
STEP = 1e-5


def parts_of(first, second):
    return parse(first, PLANE), parse(second, PLANE)


def scene_of(preset, challenges=()):
    window = Window((-preset.half, preset.half), (-preset.half, preset.half), equal=True)
    parts = parts_of(preset.first, preset.second)
    start = (preset.x0, preset.y0)
    return jacobian_scene(*parts, start, window, side=preset.side, challenges=challenges)


def quantities(scene, x, y, s=0.1):
    return {name: float(value) for name, value in scene.tape.run(x, y, s).items()}


def quotients(preset, x, y):
    """The Jacobian by centred differences: the second road to it."""
    columns = []
    for dx, dy in ((STEP, 0.0), (0.0, STEP)):
        ends = [
            [float(part(x + sign * dx, y + sign * dy)) for part in parts_of(preset.first, preset.second)]
            for sign in (1, -1)
        ]
        columns.append((np.array(ends[0]) - np.array(ends[1])) / (2 * STEP))
    return np.array(columns).T


def ids(preset):
    return preset.title


@pytest.mark.parametrize("preset", VECTORS, ids=ids)
def test_an_example_shows_its_jacobian_at_its_place(preset):
    now = quantities(scene_of(preset), preset.x0, preset.y0)
    matrix = [[now["ux"], now["uy"]], [now["vx"], now["vy"]]]
    assert np.array(matrix) == pytest.approx(np.array(preset.jacobian), abs=1e-12)
    assert np.array(matrix) == pytest.approx(quotients(preset, preset.x0, preset.y0), abs=1e-8)


@pytest.mark.parametrize("preset", VECTORS, ids=ids)
def test_the_determinant_of_an_example_is_its_formula_everywhere(preset):
    scene, formula = scene_of(preset), parse(preset.determinant, PLANE)
    for x, y in np.random.default_rng(7).uniform(-preset.half, preset.half, (20, 2)):
        now = quantities(scene, x, y)
        assert now["det"] == pytest.approx(float(formula(x, y)), rel=1e-12, abs=1e-12)
        assert now["det"] == pytest.approx(np.linalg.det(quotients(preset, x, y)), rel=1e-6, abs=1e-6)
        assert now["factor"] == abs(now["det"])


@pytest.mark.parametrize("preset", VECTORS, ids=ids)
def test_a_tiny_square_is_mapped_to_an_area_of_that_size(preset):
    """The shoelace formula on the true image of a square's boundary, against det J · s²."""
    s, t = 1e-4, np.linspace(0, 1, 2)[:-1]
    x = preset.x0 + s * np.concatenate([t, 1 + 0 * t, 1 - t, 0 * t])
    y = preset.y0 + s * np.concatenate([0 * t, t, 1 + 0 * t, 1 - t])
    u, v = (part(x, y) for part in parts_of(preset.first, preset.second))
    area = 0.5 * float(np.sum((u - u[0]) * np.roll(v - v[0], -1) - np.roll(u - u[0], -1) * (v - v[0])))
    now = quantities(scene_of(preset), preset.x0, preset.y0)
    assert area / s**2 == pytest.approx(now["det"], rel=2e-3)


@pytest.mark.parametrize("preset", VECTORS, ids=ids)
def test_the_square_of_an_example_stands_in_its_window(preset):
    scene = scene_of(preset)
    x0, y0, side = scene.controls
    assert (x0.value, y0.value, side.value) == (preset.x0, preset.y0, preset.side)
    assert side.min <= side.value <= side.max
    assert max(abs(preset.x0), abs(preset.y0)) + preset.side <= preset.half


@pytest.mark.parametrize("preset", VECTORS, ids=ids)
def test_only_a_linear_map_lands_exactly_as_a_parallelogram(preset):
    linear = preset.first in {"x + y", "x - y", "y"}
    assert ("exactly" in scene_of(preset).sentence[-1].text) == linear


@pytest.mark.parametrize("preset", VECTORS, ids=ids)
def test_the_whole_image_of_an_example_is_in_its_picture(preset):
    layout = scene_of(preset).panels[1].figure.layout
    grid = np.meshgrid(*[np.linspace(-preset.half, preset.half, 41)] * 2)
    for axis, part in zip("xy", parts_of(preset.first, preset.second), strict=True):
        low, high = layout[f"{axis}axis"]["range"]
        assert low <= part(*grid).min() + 1e-6
        assert part(*grid).max() - 1e-6 <= high


@pytest.mark.parametrize(
    ("first", "second", "start"),
    [
        ("tan(x)", "y", (0.6, 0.6)),
        ("1/x", "ln(y)", (0.6, 0.6)),
        ("e^(3x)", "y", (0.6, 0.6)),
        ("x y", "x/y", (1, 1)),
    ],
)
def test_beside_poles_the_first_square_is_large_enough_to_be_seen(first, second, start):
    """Axes have equal scales, so the longer one decides how large the image of the square is."""
    square = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
    scene = jacobian_scene(*parts_of(first, second), start, square)
    layout = scene.panels[1].figure.layout
    now = quantities(scene, *start, scene.controls[2].value)
    longest = max(np.ptp(layout[f"{axis}axis"]["range"]) for axis in "xy")
    for name, axis in (("u", "x"), ("v", "y")):
        low, high = layout[f"{axis}axis"]["range"]
        assert low <= now[name] <= high
    assert max(abs(now["a_u"] - now["u"]), abs(now["b_v"] - now["v"])) > longest / 40


def dotted(scene):
    return [trace for trace in scene.panels[0].figure.data if trace["line"].get("dash") == "dot"]


def test_where_there_is_no_image_the_grid_is_dotted():
    square = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
    half, whole = (jacobian_scene(*parts_of(first, "y"), (0.5, 0.5), square) for first in ("sqrt(x)", "x^2"))
    left = np.concatenate([trace["x"] for trace in dotted(half)])
    step = 4 / 80
    assert np.nanmin(left) == -2
    assert -step < np.nanmax(left) <= step
    for trace in half.panels[0].figure.data[2:]:
        assert np.nanmin(trace["x"]) >= -1e-9
    assert "no value" in half.panels[0].figure.layout["annotations"][0]["text"]
    assert not dotted(whole)
    assert not whole.panels[0].figure.layout.get("annotations")


@pytest.mark.parametrize("preset", VECTORS, ids=ids)
def test_a_small_picture_stays_in_its_frame(preset):
    root = ET.fromstring(image_thumbnail(preset.first, preset.second, preset.half))
    width, height = (float(side) for side in root.attrib["viewBox"].split()[2:])
    (path,) = root
    numbers = path.attrib["d"].replace("M", " ").replace("L", " ").split()
    places = np.array(numbers, dtype=float).reshape(-1, 2)
    assert len(places) > 500
    assert (places >= 0).all()
    assert (places <= [width, height]).all()


def test_every_question_is_about_an_example_and_is_played_there():
    for challenge in VECTOR_CHALLENGES:
        said = [part.text for part in parts_of(challenge.formula, challenge.second)]
        (preset,) = [p for p in VECTORS if [part.text for part in parts_of(p.first, p.second)] == said]
        (played,) = scene_of(preset, VECTOR_CHALLENGES).challenges
        assert played.question == challenge.question
        assert len(played.reasons) == 3
        assert sum(reason.right for reason in played.reasons) == 1


def test_a_question_about_areas_is_judged_by_the_area():
    (preset,) = [p for p in VECTORS if p.first == "x^2 - y^2"]
    scene = scene_of(preset, VECTOR_CHALLENGES)
    (played,) = scene.challenges
    ((low, high),) = played.intervals
    shown = quantities(scene, played.reveal["x0"], played.reveal["y0"])
    assert played.control == "factor"
    assert shown["factor"] == pytest.approx(1, abs=1e-12)
    assert low < shown["factor"] < high
    asked = quantities(scene, played.start["x0"], played.start["y0"])
    assert not low < asked["factor"] < high
