"""The browser's word is hostile until judged: no JSON raises, and nothing stands where the scene has no room."""

import itertools
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.expression import parse
from explorer.figures.curve import choose_window
from explorer.figures.descent.scene import descent_scene
from explorer.figures.descent.view import first_view
from explorer.figures.limit.scene import limit_scene
from explorer.figures.limit.start import Start
from explorer.figures.limit.table import measured_scene
from explorer.numeric.measurements import measurements
from explorer.presets import CAR
from explorer.ui import live_figure
from explorer.ui.live_figure import _address
from explorer.ui.release import MOST_RELEASES, Release, Word, judged
from tests.ui.app import opened

SQUARE = parse("x^2")
SCENES = {
    "limit": limit_scene(SQUARE, choose_window(SQUARE), Start(1.0, 1.0)),
    "table": measured_scene(measurements(CAR)),
    "descent": descent_scene(SQUARE, first_view(SQUARE)),
}
NUMBERS = st.floats() | st.integers() | st.sampled_from([10**400, -(10**400), math.nan, math.inf, 2**53])
LEAVES = st.none() | st.booleans() | NUMBERS | st.sampled_from(["", "1", "\0", "x" * 10**5])
KEYS = st.sampled_from(["h", "x0", "__class__", "\0", ""])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


def forged(scene):
    """A message that begins well: each of its parts is of the right form, or any JSON."""
    controls = st.dictionaries(st.sampled_from([c.name for c in scene.controls]) | KEYS, JSON)
    toggles = st.dictionaries(st.sampled_from([t.name for t in scene.toggles]) | KEYS, JSON)
    parts = {
        "id": st.just(scene.id) | JSON,
        "seq": NUMBERS | JSON,
        "controls": controls | JSON,
        "toggles": toggles | JSON,
        "failed": JSON,
    }
    return JSON | st.fixed_dictionaries({}, optional=parts)


@pytest.mark.parametrize("name", SCENES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_message_raises_or_moves_a_control_beyond_its_ends(name, data):
    scene = SCENES[name]
    word = judged(data.draw(forged(scene)), scene)
    stands = {control.name: control for control in scene.controls}
    for control, value in word.release.controls.items():
        assert stands[control].min <= value <= stands[control].max
        assert not stands[control].values or value in stands[control].values
    assert word.release.toggles.keys() <= {toggle.name for toggle in scene.toggles}
    assert all(isinstance(on, bool) for on in word.release.toggles.values())
    assert 0 <= word.seq <= MOST_RELEASES
    assert isinstance(word.failed, bool)
    standing = {c.name: c.value for c in scene.controls} | dict(word.release.controls)
    switched = {t.name: t.on for t in scene.toggles} | dict(word.release.toggles)
    json.dumps(_address(scene, Release(standing, switched)), allow_nan=False)


@pytest.mark.parametrize("name", SCENES)
def test_what_the_figure_says_is_taken_as_it_is(name):
    scene = SCENES[name]
    controls = {control.name: control.max for control in scene.controls}
    toggles = {toggle.name: not toggle.on for toggle in scene.toggles}
    message = {"id": scene.id, "seq": 7, "controls": controls, "toggles": toggles}
    assert judged(json.loads(json.dumps(message)), scene) == Word(Release(controls, toggles), seq=7)
    assert judged({**message, "id": "another"}, scene) == Word()


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ('{"h": 1e999}', {}),
        ('{"h": NaN}', {}),
        ('{"h": true, "x0": "1"}', {}),
        ('{"h": {"h": 1}, "x0": [1]}', {}),
        (f'{{"h": {10**399}, "x0": 0.5}}', {"x0": 0.5}),
        ('{"x0": 0.5, "y0": 1, "__class__": 3}', {"x0": 0.5}),
    ],
)
def test_what_is_no_number_was_not_said(said, stands):
    scene = SCENES["limit"]
    assert judged({"id": scene.id, "controls": json.loads(said)}, scene).release.controls == stands


FORGED = [math.nan, math.inf, 10**400, 1e308, "1", None, True, {"x": [0]}]
PAGES = [
    ("tangent", {"f": "x^3"}),
    ("secant", {"f": "sqrt(x)"}),
    ("secant", {"source": "table"}),
    ("partial_derivatives", {"f": "x^2 y"}),
    ("partial_derivatives", {"tab": "jacobian"}),
    ("gradient_descent", {"f": "ln x"}),
    ("gradient_descent", {"f": "x^2 + y^2"}),
    ("rules", {"f": "x sin(x)"}),
    ("chain", {"f": "x y + ln(x)"}),
    ("check", {"f": "x^2"}),
    ("costs", {"points": "1,2,6"}),
    ("costs", {"tab": "log"}),
    ("regression", {"data": "1,2;2,3;4,4"}),
]


@pytest.mark.parametrize(("path", "query"), PAGES)
def test_no_page_raises_at_what_is_said_to_it(path, query, monkeypatch):
    component = live_figure.live_component()

    def says(*, data, **options):
        component(data=data, **options)
        if "controls" not in data:  # the parts of a formula
            return {"part": next(iter(FORGED))}
        forged = itertools.cycle(FORGED)
        controls = {control["name"]: next(forged) for control in data["controls"]}
        toggles = {toggle["name"]: next(forged) for toggle in data["toggles"]}
        return {"release": {"id": data["id"], "seq": math.nan, "controls": controls, "toggles": toggles}}

    monkeypatch.setattr(live_figure, "live_component", lambda: says)
    opened(path, **query)
