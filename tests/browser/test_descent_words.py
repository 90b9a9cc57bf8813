"""What the descent page says of a state: Python's cases, told by the browser's walk."""

import json
import re
from functools import cache

import numpy as np
import pytest

from explorer.descent import descend
from explorer.expression import parse
from explorer.figures.descent.scene import descent_scene
from explorer.figures.descent.view import first_view, linked_view, read_loss
from tests.browser.stage import with_live_modules

NAMES = ("LiveState", "compileCases")
PARTS = ("verdict", "reason")
# A scene travels as one text: number by number it would cost many times what is asked of it.
EXCESS = """
({ text, start }) => {
  const scene = { ...JSON.parse(text), start };
  const state = new words.LiveState(scene, { changed() {}, released() {}, idle() {} });
  return state.quantities.reader("run_excess")();
}
"""
TELL = """
({ text, start, part }) => {
  const scene = { ...JSON.parse(text), start };
  const state = new words.LiveState(scene, { changed() {}, released() {}, idle() {} });
  const cases = part === "sentence" ? scene.sentence : scene.readouts.find((row) => row.name === part).text;
  return words.compileCases(cases, state.quantities, state.controls)();
}
"""


@pytest.fixture(scope="module")
def words(browser):
    yield from with_live_modules(browser, "words", NAMES)


@cache
def scene_of(text, start, rate, steps):
    """The scene as the page would hand it over, as a text, and its view; the same for every optimiser."""
    loss = read_loss(text)
    view = linked_view(first_view(loss), start, rate, steps)
    return json.dumps(descent_scene(loss, view).to_json(), allow_nan=False), view


def said(words, part, text, start, rate, *, optimiser="gd", steps=None, backtracking=False, **controls):
    """A readout or the sentence, as it stands once something has been touched."""
    scene, view = scene_of(text, start, rate, steps)
    placed = dict(zip(("x0", "y0"), start, strict=False)) | {"rate": rate, "step": view.steps} | controls
    toggles = {"gd": False, optimiser: True, "backtracking": backtracking}
    started = {"controls": placed, "toggles": toggles}
    return words.evaluate(TELL, {"text": scene, "start": started, "part": part})


def test_a_decayed_rate_is_said_as_it_has_become(words):
    reason = said(words, "reason", "x^2", (4.0,), 1.1, steps=60, decay=0.1)
    assert "η = 0.159 (decayed) is below the bound 2/f″ = 1." in reason
    assert "decayed" not in said(words, "reason", "x^2", (4.0,), 0.3, steps=60)
    assert "decayed" not in said(
        words, "reason", "x^2", (4.0,), 0.05, optimiser="momentum", steps=400, decay=0.1
    )
    sentence = said(words, "sentence", "x^2", (4.0,), 0.1, steps=60, decay=0.1, step=10)
    assert "so the next step is −0.05 × " in sentence


def test_a_rate_beside_the_bound_has_the_digits_that_tell_them_apart(words):
    assert "η = 1.0000001 exceeds the bound 2/f″ = 1:" in said(
        words, "reason", "x^2", (4.0,), 1.0000001, steps=60
    )
    assert "η = 0.99999" in said(words, "reason", "x^2", (4.0,), 0.99999, steps=2000)
    assert "η = 0.07692 equals the bound 2/f″ = 0.07692" in said(
        words, "reason", "13x^2", (4.0,), 1 / 13, steps=60
    ).replace("0.076923", "0.07692")
    assert "η = 0.333 is below" in said(words, "reason", "x^2", (4.0,), 1 / 3, steps=60)


def test_arriving_above_the_bound_is_no_backtracking(words):
    valley = ("x^2 + 100y^2", (1.0, 0.0), 0.5)
    plain = said(words, "reason", *valley, steps=60)
    assert "Backtracking" not in plain
    assert "though η = 0.5 is not below the bound 2/λmax = 0.01: it came in exactly along a flatter" in plain
    assert "Backtracking halves" in said(words, "reason", *valley, steps=60, backtracking=True)
    assert (
        said(words, "reason", "x^2", (0.0,), 3.0)
        == "The start is the minimum: the slope is 0, so there is no step."
    )


@pytest.mark.parametrize("optimiser", ["gd", "momentum", "nesterov"])
def test_at_the_mark_of_the_bound_a_rate_is_said_to_equal_it_and_beside_it_not(words, optimiser):
    """Of a quadratic: what is below or above swings ever less or more, however slowly, and does not cycle."""
    text, start = "39.290023x^2 + 0.2099770y^2", (1.0, 1.0)
    scene, _ = scene_of(text, start, 0.01, 100)
    mark = words.evaluate(
        """({ text, optimiser }) => {
          const scene = { ...JSON.parse(text), start: { toggles: { gd: false, [optimiser]: true } } };
          const state = new words.LiveState(scene, { changed() {}, released() {}, idle() {} });
          return state.marksOf("rate").at(-1);
        }""",
        {"text": scene, "optimiser": optimiser},
    )
    exact = mark["value"]
    shown = mark["label"].split()[-1]
    tight = float(shown)
    assert 0 < exact - tight < 10 ** np.floor(np.log10(exact) - 4)
    for rate, side in ((exact, "equals"), (tight, "is below"), (exact * (1 + 1e-5), "")):
        for steps in (40, 100, 500):
            ends = {
                part: said(words, part, text, start, rate, optimiser=optimiser, steps=steps) for part in PARTS
            }
            reason = ends["reason"].replace("exceeds", "is above").replace("just ", "")
            found = re.search(r"η = ([\d.]*\d) .*bound [^=]* = ([\d.]*\d)", reason)
            assert (ends["verdict"] == "Cycles") <= (side == "equals")
            if found is None:
                assert (side, reason[:14]) == ("is below", "Back and forth")
                continue
            eta, bound = map(float, found.groups())
            assert f"η = {eta:.12g} {side or 'is above'} the" in reason
            assert (eta > bound) - (eta < bound) == {"equals": 0, "is below": -1, "": 1}[side]


def test_at_its_bound_momentum_is_not_said_to_be_below_it(words):
    for optimiser, rate in (("momentum", 1.9), ("nesterov", 3.8 / 2.8 / 2)):
        reason = said(words, "reason", "x^2", (4.0,), rate, optimiser=optimiser, steps=60)
        assert "equals the bound" in reason
        assert "not above" not in reason
        verdict = said(words, "verdict", "x^2", (4.0,), rate, optimiser=optimiser, steps=60)
        assert verdict in {"Swings without end", "Cycles"}


@pytest.mark.parametrize(("text", "start"), [("x^3", (-0.1,)), ("-e^(x^2)", (1.0,)), ("x^4", (9.0,))])
def test_a_step_too_large_to_compute_with_is_not_one_that_was_tried(words, text, start):
    sentence = said(words, "sentence", text, start, 0.1, steps=400)
    assert "the next one is too large to compute with" in sentence


def test_a_rise_that_is_predicted_is_no_drop(words):
    # Momentum carries on past the minimum: uphill in the prediction and in truth.
    uphill = said(words, "sentence", "x^2", (4.0,), 0.1, optimiser="momentum", step=4)
    assert "A rise of" in uphill
    assert "is predicted, and the loss rises by" in uphill
    # Over a crest: uphill where it stands, and lower where it lands.
    leap = descend("momentum", parse("cos(3x)"), 0.3, 0.7, 40)
    predicted = -(leap.gradients[:-1] * leap.steps).sum(axis=1)
    step = int(np.flatnonzero((predicted < 0) & (np.diff(leap.losses) < 0))[0])
    lower = said(words, "sentence", "cos(3x)", (0.3,), 0.7, optimiser="momentum", step=step)
    assert "is predicted, but the loss drops by" in lower
    assert "too far" in said(words, "sentence", "x^2", (4.0,), 1.1, step=3)


@pytest.mark.parametrize(
    ("text", "start", "rate", "step"),
    [
        ("sin(x)+x/3", (0.0,), 0.5, 40),
        ("x^2-2x+1", (3.0,), 0.3, 23),
        ("(x-3)^2+1", (0.0,), 0.3, 23),
        ("e^x-2x+(y-1)^2+5", (0.0, 0.0), 0.3, 23),
    ],
)
def test_what_rounding_does_to_the_loss_is_no_step_that_is_too_far(words, text, start, rate, step):
    sentence = said(words, "sentence", text, start, rate, step=step, steps=100)
    assert sentence.endswith("; but for rounding the loss stays the same.")
    early = said(words, "sentence", text, start, rate, step=2, steps=100)
    assert "rounding" not in early


@pytest.mark.parametrize(("text", "start", "rate"), [("cosh(x)-x", 0.5, 1.5), ("x^4-3x^2+x", 1.5, 0.3)])
def test_only_on_a_quadratic_each_step_is_said_to_overshoot_farther(words, text, start, rate):
    """Computed by hand: every second step of these overshoots less than the one before."""
    assert "farther and farther out" in said(words, "reason", text, (start,), rate, steps=100)
    assert "overshoots" in said(words, "reason", "x^2", (4.0,), 1.1)


def test_no_state_predicts_a_negative_drop(words):
    for optimiser in ("momentum", "nesterov", "adam"):
        for step in range(1, 20):
            sentence = said(words, "sentence", "x^2", (4.0,), 0.3, optimiser=optimiser, step=step)
            assert "Predicted drop −" not in sentence
            assert "rise of −" not in sentence


def test_overshooting_is_just_below_the_bound_only_beside_it(words):
    near = said(words, "reason", "x^2", (4.0,), 0.97)
    assert "is just below" in near
    assert "just below" not in said(words, "reason", "x^2", (4.0,), 1.0, optimiser="momentum")


@pytest.mark.parametrize("start", [(2.0, 1.0), (-2.0, 1.0)])
def test_the_logarithmic_loss_stands_above_the_minimum_of_its_own_valley(words, start):
    loss = read_loss("(x^2-1)^2 + 0.3x + 2y^2")
    flat = np.roots([4, 0, -4, 0.3])
    bottom = float(flat.max() if start[0] > 0 else flat.min())
    floor = (bottom**2 - 1) ** 2 + 0.3 * bottom
    scene, _ = scene_of(loss.text, start, 0.05, 60)
    losses = descend("gd", loss, start, 0.05, 60).losses
    for step in (0, 5, 20):
        placed = dict(zip(("x0", "y0"), start, strict=True)) | {"rate": 0.05, "step": step}
        started = {"controls": placed, "toggles": {"gd": True}}
        assert words.evaluate(EXCESS, {"text": scene, "start": started}) == pytest.approx(
            losses[step] - floor, rel=1e-6, abs=1e-12
        )
    titles = [
        panel["figure"]["layout"]["yaxis"]["title"]["text"] for panel in json.loads(scene)["panels"][1:3]
    ]
    assert titles == ["loss", "above minimum"]


# loss, start, rate, steps, optimiser, the headline, words of the reason
STATES = [
    (
        "|x-1|",
        (3.5,),
        0.01,
        100,
        "gd",
        "Still on its way",
        "slope is constant; steps left at this pace: about 150.",
    ),
    ("|x|+|y|", (2.0, 1.0), 0.005, 100, "gd", "Still on its way", "steps left at this pace: about 300."),
    ("2x", (1.0,), 0.1, 50, "gd", "Still falling", "no minimum in sight"),
    (
        "|x-1|",
        (3.5,),
        0.1,
        25,
        "gd",
        "On the kink, not at rest",
        "At w = 1 it lands on the kink, to rounding.",
    ),
    ("|x-1|", (3.5,), 0.1, 40, "gd", "Cycles", "At w = 1 it lands on the kink, to rounding."),
    ("|x|+|y|", (2.0, 1.0), 0.1, 40, "gd", "Cycles", "At (x, y) = (0, 0) it lands on the kink, to rounding."),
    ("|x-1|", (3.5,), 0.3, 40, "gd", "Cycles", "each step jumps back over the bottom"),
    ("|x-1|+(x-1)/2", (3.52,), 0.1, 80, "gd", "Cycles", "within about 0.15 of one another"),
    ("x^2+sin(10x)", (2.0,), 0.2, 100, "gd", "Bounces, not settled", "η = 0.2 is above the local bound"),
    ("x^2", (1.0,), 1e6, 40, "adam", "Higher than it began", "more than at the start"),
    ("x^4", (1.0,), 0.49, 300, "gd", "Creeps to a flat bottom", "the curvature fades out towards the bottom"),
    ("tan(x)", (4.0,), 0.1, 100, "gd", "Still on its way", "Step 16 jumped over a pole at w = 1.571:"),
    ("1/x", (-1.0,), 0.5, 40, "gd", "Higher than it began", "Step 2 jumped over a pole at w = 0:"),
    ("sqrt(x^2-1)", (1.2,), 2.0, 9, "gd", None, "Step 1 jumped over a gap in the domain at w = 1:"),
]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_state_is_called_what_it_is(words, state):
    text, start, rate, steps, optimiser, headline, reason = state
    assert reason in said(words, "reason", text, start, rate, optimiser=optimiser, steps=steps)
    if headline is not None:
        assert said(words, "verdict", text, start, rate, optimiser=optimiser, steps=steps) == headline
