"""The surface page's scene, without a browser: numbers against closed forms, sizes, words."""

import json
import math
import re

import numpy as np
import pytest

from explorer.conditions import all_hold, is_at
from explorer.expression import parse
from explorer.figures.jacobian.scene import jacobian_scene
from explorer.figures.surface.quantities import TELLING_DIRECTIONS
from explorer.figures.surface.scene import start_on, surface_scene
from explorer.figures.surface.still import MOST_PIECES, choose_plane, critical_points
from explorer.figures.surface.words import ROUNDING, bending_words, neighbourhoods, said_of, without_noise
from explorer.numeric import Window
from explorer.presets import SURFACE_CHALLENGES, SURFACES, VECTORS

PLANE = ("x", "y")
SQUARE = Window((-2.0, 2.0), (-2.0, 2.0), equal=True)
HARD = (
    "1/(x^2+y^2)",
    "e^(x y)",
    "ln(x y)",
    "sqrt(1-x^2-y^2)",
    "floor(x) y",
    "|x|+|y|",
    "5",
    "ln(-1-x^2)",
    "1/(x-y)",
    "e^(e^(x^2+y^2))",
)


def scene_of(text, start=None, window=None):
    f = parse(text, PLANE)
    window = window or choose_plane(f)
    return surface_scene(f, window, start or start_on(f, window))


def quantities(scene, x, y, theta=0.0):
    return {name: float(value) for name, value in scene.tape.run(x, y, theta).items()}


@pytest.mark.parametrize("preset", SURFACES, ids=lambda preset: preset.formula)
def test_presets_show_their_facts(preset):
    f = parse(preset.formula, PLANE)
    scene = surface_scene(f, choose_plane(f), (preset.x0, preset.y0))
    for fact in preset.plane_facts:
        now = quantities(scene, *fact.at)
        assert now["f"] == pytest.approx(fact.value, abs=1e-12)
        assert (now["fx"], now["fy"]) == pytest.approx(fact.gradient, abs=1e-12)


@pytest.mark.parametrize("text", [preset.formula for preset in SURFACES] + list(HARD))
def test_a_scene_is_strict_json_and_stays_small(text):
    sent = json.dumps(scene_of(text).to_json(), allow_nan=False)
    assert len(sent) < 600_000


def test_the_directional_derivative_is_a_difference_quotient():
    text = "x^2 y + sin(x y)"
    f = parse(text, PLANE)
    now = quantities(scene_of(text), 0.7, -0.4, 37.0)
    ux, uy, h = math.cos(math.radians(37)), math.sin(math.radians(37)), 1e-6
    quotient = (float(f(0.7 + h * ux, -0.4 + h * uy)) - float(f(0.7 - h * ux, -0.4 - h * uy))) / (2 * h)
    assert now["du"] == pytest.approx(quotient, rel=1e-7)
    assert now["share"] == pytest.approx(quotient / math.hypot(now["fx"], now["fy"]), rel=1e-7)


@pytest.mark.parametrize("at", [(1.0, 1.0), (-1.0, 0.5), (-0.5, -1.5), (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0)])
def test_the_telling_directions_are_along_and_across_the_gradient(at):
    scene = scene_of("x^2 + 3y^2", window=SQUARE, start=(1.0, 1.0))
    uphill = math.degrees(math.atan2(6 * at[1], 2 * at[0]))
    steepest = math.hypot(2 * at[0], 6 * at[1])
    now = quantities(scene, *at)
    for name, turn, slope in (
        ("uphill", 0, steepest), ("downhill", 180, -steepest), ("level_left", 90, 0), ("level_right", 270, 0),
    ):  # fmt: skip
        assert 0 <= now[name] <= 360
        assert math.remainder(now[name] - uphill - turn, 360) == pytest.approx(0, abs=1e-5)
        assert quantities(scene, *at, now[name])["du"] == pytest.approx(slope, abs=1e-6)


def test_where_the_gradient_is_zero_no_direction_tells_more_than_another():
    now = quantities(scene_of("x^2 + 3y^2", window=SQUARE, start=(1.0, 1.0)), 0.0, 0.0)
    assert all(math.isnan(now[name]) for name in TELLING_DIRECTIONS)


def test_arrow_and_level_direction_are_perpendicular_in_the_plane():
    now = quantities(scene_of("x^2 + 3y^2"), 1.0, 1.0)
    gradient = np.array([now["g_x"] - 1.0, now["g_y"] - 1.0])
    level = np.array([now["level_x_high"] - now["level_x_low"], now["level_y_high"] - now["level_y_low"]])
    assert gradient @ level == pytest.approx(0, abs=1e-12)
    assert gradient[1] / gradient[0] == pytest.approx(3)


def test_the_drawn_normal_stands_upright_on_the_drawn_plane():
    scene = scene_of("x^2 - y^2", window=SQUARE, start=(1.0, 0.5))
    layout = scene.panels[0].figure.layout["scene"]
    scale = [
        layout["aspectratio"][k] / (layout[f"{k}axis"]["range"][1] - layout[f"{k}axis"]["range"][0])
        for k in "xyz"
    ]
    now = quantities(scene, 1.0, 0.5)
    normal = np.array([now["n_x"] - 1.0, now["n_y"] - 0.5, now["n_z"] - now["f"]]) * scale
    for edge in ([1.0, 0.0, now["fx"]], [0.0, 1.0, now["fy"]]):
        assert normal @ (np.array(edge) * scale) == pytest.approx(0, abs=1e-12)


def test_the_surface_leaves_the_plane_of_a_quadratic_by_a_quarter_at_half_the_distance():
    now = quantities(scene_of("x^2 - y^2", window=SQUARE, start=(1.0, 0.5)), 1.0, 0.5)
    assert now["gap"] == pytest.approx(1.0)
    assert now["half_gap"] == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("text", "at"),
    [("x y^2 + x^3", (1.0, 2.0)), ("x^3 - 3x y^2", (1.0, 0.5)), ("sin(x) cos(2y)", (0.3, -0.4))],
)
def test_the_surface_leaves_its_plane_by_the_most_of_all_directions(text, at):
    f = parse(text, PLANE)
    value, slopes = f.value_and_gradient(*at)
    angle = np.linspace(0, 2 * np.pi, 100_001)
    dx, dy = np.cos(angle), np.sin(angle)
    most = np.abs(f(at[0] + dx, at[1] + dy) - value - dx * slopes[0] - dy * slopes[1]).max()
    scene = scene_of(text, window=SQUARE, start=at)
    assert "At distance 1 " in "".join(case.text for case in scene.sentence)
    assert quantities(scene, *at)["gap"] == pytest.approx(most, rel=1e-2)


def test_a_linear_function_never_leaves_its_plane():
    now = quantities(scene_of("2x - 3y + 1"), 0.3, 0.2)
    assert now["gap"] == pytest.approx(0, abs=1e-12)


def silent_point(text):
    f = parse(text, PLANE)
    (point,) = critical_points(f, (-2.0, 2.0), (-2.0, 2.0)).points
    return f, point


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x^4 + y^4", "so it is a minimum"),
        ("-x^4 - y^4", "so it is a maximum"),
        ("x^3 - 3x y^2", "rises and falls three times"),
        ("x^4 - y^4", "rises and falls twice"),
    ],
)
def test_a_silent_test_is_answered_by_a_walk_around(text, words):
    f, point = silent_point(text)
    around = neighbourhoods(f, SQUARE, [point])
    assert "the test is silent" in said_of(point, around)
    assert words in around[point]


def test_the_lens_around_is_there_where_the_test_is_silent():
    silent, told = (scene_of(text, window=SQUARE) for text in ("x^4 + y^4", "x^2 - y^2"))
    assert "around" in {toggle.name for toggle in silent.toggles}
    assert "around" in {panel.name for panel in silent.panels}
    assert "around" not in {toggle.name for toggle in told.toggles} | {panel.name for panel in told.panels}


def test_critical_points_stand_in_the_table_with_their_eigenvalues():
    (table,) = scene_of("x^2 - y^2", window=SQUARE, start=(1.0, 0.5)).tables
    (row,) = table.rows
    assert row.cells[:4] == ("(0, 0)", "0", "−2", "2")
    assert row.sets == {"x0": 0.0, "y0": 0.0}


def test_an_eigenvalue_in_the_noise_of_the_other_is_zero():
    """sqrt(x² + y²) is straight along its rays: there its Hessian has the eigenvalues 0 and 1/r."""
    f = parse("sqrt(x^2+y^2)", PLANE)
    xx, xy, yy = (
        float(f.derivative(a).derivative(b)(1.0, 0.5)) for a, b in (("x", "x"), ("x", "y"), ("y", "y"))
    )
    raw = [float(value) for value in np.linalg.eigvalsh([[xx, xy], [xy, yy]])]
    assert raw[0] != 0
    low, high = without_noise(*raw)
    assert low == 0
    assert high == pytest.approx(1 / math.hypot(1.0, 0.5))
    assert without_noise(1e-6, 1.0) == (1e-6, 1.0)
    assert without_noise(*raw, ROUNDING)[0] == 0


@pytest.mark.parametrize(
    ("text", "shape", "way"),
    [
        ("sqrt(x^2+y^2)", "a tip", "lowest"),
        ("|x|+|y|", "a tip", "lowest"),
        ("1-|x|-y^2", "a crease", "highest"),
    ],
)
def test_a_lowest_or_highest_place_without_a_gradient_is_marked_and_spoken_of(text, shape, way):
    scene = scene_of(text, window=SQUARE, start=(1.0, 0.5))
    (said,) = [case.text for case in scene.sentence if case.when == (is_at("x0", 0), is_at("y0", 0))]
    assert shape in said
    assert way in said
    (row,) = scene.tables[0].rows
    assert row.sets == {"x0": 0.0, "y0": 0.0}
    assert f"1 {way} place without a gradient" in scene.tables[0].label
    symbol = {"lowest": "minimum", "highest": "maximum"}[way]
    for control in scene.controls[:2]:
        assert [(mark.value, mark.symbol) for mark in control.marks] == [(0, symbol)]
    for panel in scene.panels[:2]:
        assert any(len(trace["x"]) == 1 and trace["x"][0] == 0 for trace in panel.figure.data)


@pytest.mark.parametrize("text", HARD)
def test_the_first_point_has_a_value_where_there_is_one(text):
    f = parse(text, PLANE)
    window = choose_plane(f)
    x, y = start_on(f, window)
    side = np.linspace(-2, 2, 41)
    assert np.isfinite(float(f(x, y))) or not np.isfinite(f(*np.meshgrid(side, side))).any()


def test_every_challenge_is_about_a_preset_and_is_played():
    formulas = {parse(preset.formula, PLANE).text for preset in SURFACES}
    for challenge in SURFACE_CHALLENGES:
        f = parse(challenge.formula, PLANE)
        assert f.text in formulas
        played = surface_scene(f, choose_plane(f), (1.0, 1.0), (challenge,)).challenges
        assert len(played) == 1


def test_the_jacobian_of_the_course_at_its_point():
    preset = VECTORS[0]
    u, v = parse(preset.first, PLANE), parse(preset.second, PLANE)
    scene = jacobian_scene(u, v, (preset.x0, preset.y0))
    now = {name: float(value) for name, value in scene.tape.run(1.0, 0.0, 0.1).items()}
    assert [now[name] for name in ("ux", "uy", "vx", "vy")] == [0, 1, 5, 1]
    assert now["det"] == -5
    corners = np.array([[now["u"], now["v"]], [now["a_u"], now["a_v"]], [now["b_u"], now["b_v"]]])
    a, b = corners[1] - corners[0], corners[2] - corners[0]
    assert a[0] * b[1] - a[1] * b[0] == pytest.approx(-5 * 0.1**2)


@pytest.mark.parametrize(
    ("u", "v"), [("x", "y"), ("1/x", "ln y"), ("x y", "x/y"), ("ln(-1-x^2)", "y"), ("0", "0")]
)
def test_a_jacobian_scene_is_strict_json_and_stays_small(u, v):
    scene = jacobian_scene(parse(u, PLANE), parse(v, PLANE), (0.5, 0.5))
    assert len(json.dumps(scene.to_json(), allow_nan=False)) < 150_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x^2 - y^2", None),
        ("sin(18x) sin(18y)", "too many level lines to draw"),
        ("sin(6(x^2+y^2))", "too many level lines to draw: every eighth is shown"),
    ],
)
def test_level_lines_that_are_too_many_are_left_out_in_words(text, words):
    space = scene_of(text, window=SQUARE).panels[0].figure
    lines = next(trace for trace in space.data if trace["type"] == "scatter3d" and trace["mode"] == "lines")
    assert len(lines["x"]) <= 3 * MOST_PIECES
    said = [note["text"] for note in space.layout["annotations"] if "level lines" in note["text"]]
    assert said == ([words] if words else [])


def test_of_too_many_critical_points_none_is_marked_and_that_is_said():
    """Those near the middle alone would look like all that there are."""
    for half, marks in ((3, True), (36, False)):
        scene = scene_of("sin(x)cos(y) + x/4", window=Window((-half, half), (-half, half), equal=True))
        for panel in scene.panels[:2]:
            drawn = [trace for trace in panel.figure.data if "markers" in trace.get("mode", "")]
            assert any(len(trace["x"]) for trace in drawn) == marks
            said = [note["text"] for note in panel.figure.layout.get("annotations", ())]
            said += [note["text"] for note in panel.figure.layout.get("scene", {}).get("annotations", ())]
            assert ("Too many critical points to mark: zoom in" in said) != marks


def test_a_minimum_has_no_eigenvalue_of_0_in_the_table():
    table = scene_of("x^2 + 10^(-12)y^2", window=SQUARE).tables[0]
    assert [row.cells[2:4] for row in table.rows] == [("2·10⁻¹²", "2")]


def shown(scene, at, theta=0.0, on=("slices",)):
    """The sentence and the texts of the readouts at a point, as the browser chooses them."""
    now = quantities(scene, *at, theta) | {"x0": at[0], "y0": at[1], "theta": theta}
    now |= {f"switch:{toggle.name}": float(toggle.name in on) for toggle in scene.toggles}

    told = scene.tape.run_with_errors(*(now[name] for name in scene.tape.variables))

    def chosen(cases):
        text = next(
            case.text
            for case in cases
            if all_hold(case.when, now.__getitem__, error_of=lambda name: float(told[name][1]))
        )
        return re.sub(r"\{(\w+):[a-z]?\d\}", lambda hole: f"{now[hole[1]] + 0.0:.4g}", text).replace("-", "−")

    readouts = {one.name: chosen(one.text) for one in scene.readouts if not isinstance(one.text, str)}
    return chosen(scene.sentence), readouts


# f, the point, what is read for ∂f/∂x and ∂f/∂y, a part of the sentence
SEAMS = [
    ("{x<0: -x, x} + y", (0, 1), "none: −1 | 1", "1", "No slope in x: from the left −1, from the right 1."),
    (
        "{x^2+y^2<1: 1-x^2-y^2, 0}",
        (1, 0),
        "none: −2 | 0",
        "0",
        "No slope in x: from the left −2, from the right 0.",
    ),
    ("x|x| + y", (0, 1), "0", "1", "in x it is level, in y you climb (1)"),
    ("sqrt(|x y|)", (0, 0), "0", "0", "no tangent plane"),
    ("|x y|", (1, 0), "0", "none: −1 | 1", "No slope in y"),
    ("cbrt(x) + y", (0, 1), "none: +∞ | +∞", "1", "from the left +∞, from the right +∞"),
    ("sqrt(x) + y", (0, 1), "none: none | +∞", "1", "from the left none, from the right +∞"),
    ("max(x, y)", (0.5, 0.5), "none: 0 | 1", "none: 0 | 1", "No slope in x (0 | 1) and none in y (0 | 1)"),
    ("sin(1E18 x) + y", (0, 1), "1e+18", "1", "in x you climb (1e+18)"),
    ("sqrt(1-x^2-y^2)", (0.6, 0.8), "none", "none", "To rounding this is the edge of the domain"),
    ("sqrt(1-x^2-y^2)", (0.7, 0.8), "none", "none", "a gap in the surface"),
    ("(x^2-0.09)/(x-0.3) + y", (0.3, 0.5), "none", "none", "a gap in the surface"),
    ("0.001(x^2+y^2)", (1, -1), "0.002", "−0.002", "in x you climb (0.002), in y you descend (−0.002)"),
]


@pytest.mark.parametrize(("text", "at", "in_x", "in_y", "words"), SEAMS)
def test_what_a_slice_has_at_a_seam_is_read_and_said(text, at, in_x, in_y, words):
    sentence, readouts = shown(scene_of(text, window=SQUARE, start=(1.0, 0.5)), at)
    assert (readouts["fx"], readouts["fy"]) == (in_x, in_y)
    assert words in sentence


# The plane is compared at distance 1. The nearest pole of 1/(x − y) is |x − y|/√2 away, that of tan(x y) beside x = y
# at (√(π/2), √(π/2)); of 1/sin(πx) at the next whole x.
NO_BOUND, GAP, LEFT = "heights have no bound", "ends or has a gap", "has left it by up to"
NEAR_BY = [
    ("1/(x-y)", (0.5, 0.0), NO_BOUND),
    ("1/(x-y)", (0.0, 1.35), NO_BOUND),
    ("1/(x-y)", (1.5, 0.0), LEFT),
    ("1/(x^2-y)", (0.0, -0.3), NO_BOUND),
    ("1/(x^2-y)", (0.0, -1.7), LEFT),
    ("tan(x y)", (1.2, 1.2), NO_BOUND),
    ("tan(x y)", (0.1, 0.2), LEFT),
    ("1/sin(pi x)+y^2", (0.3, 0.0), NO_BOUND),
    ("1/(x^2+y^2)", (0.5, 0.3), NO_BOUND),
    ("1/(x^2+y^2)", (1.5, 0.3), LEFT),
    ("e^(1/(x-y))", (0.2, 0.4), NO_BOUND),
    ("sqrt(1-x^2-y^2)", (0.8, 0.3), GAP),
    ("sin(x y)/y", (0.5, 0.5), GAP),
]


@pytest.mark.parametrize(("text", "at", "words"), NEAR_BY)
def test_near_by_a_pole_is_told_from_an_edge(text, at, words):
    sentence, _ = shown(scene_of(text, window=SQUARE, start=(1.0, 0.5)), at, on=("plane",))
    assert words in sentence


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("ln(x^2+y^2)", (0.0, 0.0), "a pole"),
        ("1/(x-y)", (0.5, 0.5), "a pole"),
        ("1/(x-y)", (0.5, 0.25), "One point"),
        ("x y/(x^2+y^2)", (0.0, 0.0), "a gap"),
        ("(x^2-y^2)/(x-y)", (0.5, 0.5), "a gap"),
        ("ln(x)/(x-y)", (-0.5, 0.25), "a gap"),
    ],
)
def test_at_a_pole_it_is_no_mere_gap(text, at, words):
    assert words in shown(scene_of(text, window=SQUARE, start=(1.0, 0.5)), at)[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sin(1E17 x) - 2y", "no digit of the slope in x is sure. In y it is −2."),
        ("sin(1E17 x y)", "no digit of either slope is sure"),
        ("(1 - cos(x/10^7))/x^2 + y", "in y you climb"),
    ],
)
def test_slopes_without_a_sure_digit_are_not_said_to_climb(text, words):
    sentence, _ = shown(scene_of(text, window=SQUARE, start=(1.0, 0.5)), (0.7, 0.5))
    assert words in sentence


def test_without_a_plane_no_direction_follows_from_two_slopes():
    """√|xy| is 0 along both axes, and |u₁u₂|^½ steep along u."""
    scene = scene_of("sqrt(|x y|)", window=SQUARE, start=(1.0, 0.5))
    sentence, readouts = shown(scene, (0.0, 0.0), 45.0, on=("gradient",))
    assert (readouts["du"], readouts["gradient"], readouts["plane"]) == ("none", "none", "none")
    assert "no tangent plane" in sentence


@pytest.mark.parametrize(
    ("low", "high", "slopes", "words"),
    [
        (0, 0, (2, -1), "to second order it does not bend at all"),
        (0, 0, (0, 0), "to second order it does not bend at all: the test is silent"),
        (0, 2, (0, 3), "it bends up in one direction, and in the other, to second order, not"),
        (
            -2,
            0,
            (0, 0),
            "it bends down in one direction, and in the other, to second order, not: the test is silent",
        ),
        (-2, 2, (0, 0), "it bends down one way and up another"),
        (1, 2, (5, 0), "the surface bends up in every direction"),
    ],
)
def test_the_test_is_silent_at_critical_points_only(low, high, slopes, words):
    assert bending_words(low, high, slopes) == words


def test_a_height_that_only_rounding_makes_is_0():
    for text in ("sin(x)+sin(y)+sin(x+y)", "|sin(x)|+y^2", "1 - cos(πx/7) + (y-1/3)^2"):
        table = scene_of(text, window=Window((-4.5, 4.5), (-4.5, 4.5), equal=True)).tables[0]
        assert table.rows
        assert not [row.cells[1] for row in table.rows if "10⁻" in row.cells[1]]
    assert scene_of("x^2 + y^2 + 1E-20", window=SQUARE).tables[0].rows[0].cells[1] == "1·10⁻²⁰"


@pytest.mark.parametrize(
    ("text", "start", "touches"),
    [
        ("sqrt(y-x^2)", (0.6, 0.3), False),
        ("|x|+y^2", (0.0, 1.0), False),
        ("ln(x y)", (-1.0, 1.0), False),
        ("x^2+y", (0.6, 0.3), True),
    ],
)
def test_where_no_plane_touches_its_square_is_not_seen_from_above_either(text, start, touches):
    now = quantities(scene_of(text, start, SQUARE), *start)
    corners = [now[f"plane_{side}"] for side in ("left", "right", "near", "far")]
    assert np.isfinite(corners).tolist() == [touches] * 4


@pytest.mark.parametrize(("text", "said"), [("sin(5x)sin(5y)", True), ("x^3-3x+y^2", False)])
def test_of_a_long_table_of_critical_points_it_is_said_how_many_stand_in_it(text, said):
    (table,) = [table for table in scene_of(text, window=SQUARE).tables if table.name == "critical"]
    found = len(critical_points(parse(text, PLANE), SQUARE.x, SQUARE.y).points)
    assert (found > len(table.rows)) is said
    assert (f"; the first {len(table.rows)} of {found} stand here" in table.label) is said
