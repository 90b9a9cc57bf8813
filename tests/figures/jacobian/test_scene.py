"""The Jacobian's scene and its examples, without a browser: facts against closed forms and finite differences."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from explorer.conditions import all_hold
from explorer.expression import parse
from explorer.figures.jacobian.scene import jacobian_scene
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
    ((value, _),) = played.intervals
    low, high = value - played.tolerance, value + played.tolerance
    shown = quantities(scene, played.reveal["x0"], played.reveal["y0"])
    assert played.control == "factor"
    assert shown["factor"] == pytest.approx(1, abs=1e-12)
    assert low < shown["factor"] < high
    asked = quantities(scene, played.start["x0"], played.start["y0"])
    assert not low < asked["factor"] < high


def said(cases, scene, *at):
    """The text that is shown: the first case whose conditions hold."""
    told = scene.tape.run_with_errors(*at)

    def now(which):
        return lambda name: 0.0 if name == "switch:paper" else float(told[name][which])

    return next(case.text for case in cases if all_hold(case.when, now(0), error_of=now(1)))


SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
# u, v, the corner, the side; det J by hand; what is said
RANKS = [
    ("0.01x", "0.01y", (0.5, 0.5), 0.3, 1e-4, "exactly"),
    ("1000x", "0.001y", (0.5, 0.5), 0.3, 1, "exactly"),
    ("x", "0.0000001y", (0.5, 0.5), 0.3, 1e-7, "exactly"),
    ("1000000x", "1000000y", (0.5, 0.5), 0.3, 1e12, "exactly"),
    ("x + y", "2x + 2y", (0.5, 0.5), 0.3, 0, "onto a line"),
    ("(x+y)/3", "(x+y)/7", (0.5, 0.5), 0.3, 0, "onto a line"),
    ("sin(x+y)", "cos(x+y)", (0.5, 0.3), 0.3, 0, "onto a line"),
    ("e^x/(e^x+e^y)", "e^y/(e^x+e^y)", (0.5, 0.1), 0.3, 0, "onto a line"),
    ("e^x/(e^x+e^y)", "e^y/(e^x+e^y)", (1.9, -1.9), 0.1, 0, "onto a line"),
    ("e^(1000(x-y))", "y", (0.5, 0.5), 0.001, 1000, "only roughly"),
    ("x^2", "y^2", (0.0, 1.0), 0.3, 0, "onto a line"),
    ("x^2 - y^2", "2x y", (0.0, 0.0), 0.3, 0, "to a single point"),
    ("x", "x + 0.000000000001y", (0.5, 0.5), 0.3, 1e-12, "exactly"),
    ("x + y", "x + y + 10^-14 x", (0.5, 0.5), 0.3, -1e-14, "exactly"),
    ("x^2", "x^2 + y/10^15", (0.5, 0.5), 0.3, 1e-15, "too thin for doubles"),
    ("sin(x)^2 + y", "-cos(x)^2 + y", (0.5, 0.1), 0.3, 0, "onto a line"),
    ("ln(x y)", "x y", (0.7, 0.3), 0.1, 0, "onto a line"),
    ("3", "5", (0.0, 0.0), 0.3, 0, "to a single point"),
    ("x^3", "y^3", (0.0, 0.0), 0.3, 0, "to a single point"),
    ("0.000001x^2", "0.000001y^2", (0.5, 0.5), 0.02, 1e-12, "nearly"),
    ("x^2", "y^2", (1.0, 1.0), 0.3, 4, "only roughly"),
    ("floor(x) + x", "y", (0.8, 0.5), 0.4, 1, "A jump of the map may cross"),
    ("floor(x) + x", "y", (0.3, 0.5), 0.4, 1, "nearly"),
    ("mod(x,1)", "y", (0.77, 0.5), 0.3, 1, "A jump of the map may cross"),
    ("|x|", "y", (-0.1, 0.5), 0.4, -1, "folds over itself"),
    ("x^2", "y", (-0.1, 0.5), 0.4, -0.2, "folds over itself"),
    ("x", "y^2 - y", (0.5, 0.4), 0.3, -0.2, "folds over itself"),
    ("{x<0: -x, x}", "y", (0.1, 0.5), 0.4, 1, "nearly"),
]


@pytest.mark.parametrize(("first", "second", "at", "side", "det", "words"), RANKS)
def test_the_rank_is_told_from_the_sizes_of_the_matrix_itself(first, second, at, side, det, words):
    scene = jacobian_scene(*parts_of(first, second), at, SQUARE, side=side)
    (readout,) = [one for one in scene.readouts if one.name == "det"]
    flat = det == 0
    assert (said(readout.text, scene, *at, side) == "0") == flat
    assert quantities(scene, *at, side)["det"] == pytest.approx(
        det, rel=0.1 if det == -1e-14 else 1e-9, abs=1e-15 if flat else 0
    )
    assert words in said(scene.sentence, scene, *at, side)


@pytest.mark.parametrize(
    ("first", "second", "at", "side", "words"),
    [
        ("x/(x^2+y^2)", "-y/(x^2+y^2)", (1.0, 0.5), 0.6, "too large"),
        ("x/(x^2+y^2)", "-y/(x^2+y^2)", (1.0, 0.5), 0.05, "nearly"),
        ("e^x cos(y)", "e^x sin(y)", (0.0, 0.0), 0.01, "nearly"),
        ("e^x cos(y)", "e^x sin(y)", (0.0, 0.0), 1.0, "too large"),
        ("sqrt(x)", "y", (0.01, 1.0), 0.3, "too large"),
        ("sqrt(1-x)", "y", (0.9, 1.0), 0.3, "no image"),
    ],
)
def test_how_nearly_the_image_is_a_parallelogram_is_measured(first, second, at, side, words):
    """Against the shoelace formula on a fine walk along the boundary, and the farthest gap on it."""
    scene = jacobian_scene(*parts_of(first, second), at, SQUARE, side=side)
    now = quantities(scene, *at, side)
    assert words in said(scene.sentence, scene, *at, side)
    if words == "no image":
        return
    t, zero, one = np.linspace(0, 1, 401)[:-1], np.zeros(400), np.ones(400)
    dx = side * np.concatenate([t, one, 1 - t, zero])
    dy = side * np.concatenate([zero, t, one, 1 - t])
    u, v = (part(at[0] + dx, at[1] + dy) for part in parts_of(first, second))
    area = 0.5 * float(np.sum(u * np.roll(v, -1) - np.roll(u, -1) * v)) / (now["det"] * side**2)
    assert now["area"] == pytest.approx(area, rel=0.05, abs=0.02)
    flat = [now[n] + now[f"{n}x"] * dx + now[f"{n}y"] * dy for n in "uv"]
    jacobian = np.array([[now["ux"], now["uy"]], [now["vx"], now["vy"]]])
    diagonal = side * max(np.linalg.norm(jacobian @ [1, 1]), np.linalg.norm(jacobian @ [1, -1]))
    assert now["apart"] == pytest.approx(np.hypot(u - flat[0], v - flat[1]).max() / diagonal, rel=0.1)


def test_what_is_small_is_written_with_its_significant_digits():
    scene = jacobian_scene(*parts_of("1000x", "0.001y"), (0.5, 0.5), SQUARE, side=0.3)
    told = "".join(
        (readout.label_mathml or "") + "".join(c.text for c in readout.text if not isinstance(c, str))
        for readout in scene.readouts
    )
    assert ":2" not in told
    assert "vy:g4" in told
