"""What a teacher pages through: nothing is said that does not hold at the place where the story is told."""

import json
import math

import numpy as np
import pytest

from explorer.data.losses import LOSSES, Setting
from explorer.expression import parse
from explorer.figures.check.asked import asked_of
from explorer.figures.check.scene import check_scene
from explorer.figures.costs.coins import coins_scene
from explorer.figures.costs.houses import houses_scene
from explorer.figures.costs.products import product_scene
from explorer.figures.curve import choose_window
from explorer.figures.descent.scene import descent_scene
from explorer.figures.descent.view import first_view, read_loss
from explorer.figures.limit.scene import limit_scene
from explorer.figures.limit.start import start_for
from explorer.figures.regression.classes import classes_scene
from explorer.figures.regression.line import regression_scene
from explorer.figures.regression.view import regression_view, with_a_line
from explorer.figures.slope.scene import slope_scene, start_in
from explorer.figures.surface.scene import start_on, surface_scene
from explorer.figures.surface.still import choose_plane
from explorer.numeric import derivative_values
from tests.figures.finite import outputs_of
from tests.figures.limit.test_scene import quantities, said
from tests.figures.played import said as played_said
from tests.figures.rules.test_scene import scene_of as rule_scene_of

LEARNERS_OWN = {"x", "x0", "y0", "p", "heads", "tails", "w", "b", "lam", "m", "c", "a1", "a2", "houses"}
"""Controls by which a page is somebody's own: a story goes from where they stand, not to where we do."""


def test_a_story_leaves_the_learners_own_numbers_and_leads_only_to_where_theirs_do():
    derivative = asked_of(parse("x^3"), "x")
    scenes = [
        coins_scene(),
        houses_scene(),
        houses_scene((1.0, 2.0, 9.0)),
        product_scene(parse("p^2 (1-p)", ("p",)), 0.3),
        classes_scene(((0.0, 0.0), (1.0, 1.0), (2.0, 0.0))),
        regression_scene(((0.0, 0.0), (1.0, 1.0))),
        check_scene(derivative, parse("3x^2"), None),
        *(rule_scene_of(text) for text in ("x^2 sin(x)", "3x")),
    ]
    for scene in scenes:
        fixed = {
            name
            for stage in scene.story
            for name, value in stage.controls.items()
            if not isinstance(value, str)
        }
        assert scene.story
        # A product's best p is found once and for all: nothing but p moves there.
        assert not fixed & LEARNERS_OWN - ({"p"} if scene.page == "product" else set())


@pytest.mark.parametrize(
    ("heads", "tails", "flat", "rows"),
    [(7, 3, 0.0, 122), (5, 13, 0.0, 71), (1, 5, 1.0, 200), (1000, 1000, 0.0, 1), (3, 0, 0.0, 200)],
)
def test_the_story_of_coins_is_about_the_row_that_lies_there(heads, tails, flat, rows):
    scene = coins_scene()
    state = {"heads": float(heads), "tails": float(tails), "p": 0.42}
    found = outputs_of(scene, state)
    best = heads / (heads + tails)
    assert (found["best"], found["level"], found["often"]) == (pytest.approx(best), flat, rows)
    asked, told, level, many = scene.story
    assert asked.asks
    assert played_said(scene, asked.text, state).startswith("{h:0} heads in {flips:0} flips")
    assert ("share of heads" in played_said(scene, told.text, state | {"p": best})) == (0 < best < 1)
    assert f"p = {flat:.0f} is flat" in played_said(scene, level.text, state | {"p": flat})
    # Of so many rows, and of no fewer, the product is 0 for every p, where they are not the most that can be.
    gone = heads * math.log(max(best, 1e-9)) + (tails * math.log(1 - best) if tails else 0)
    words = played_said(scene, many.text, state | {"times": float(rows)})
    assert ("the product is gone" in words) == (rows * gone < -745.13)
    assert (rows - 1) * gone > -745.14


def test_the_story_of_two_classes_is_told_under_the_links_own_shrinking():
    scene = classes_scene(((0.5, 0.0), (0.75, 1.0), (1.2, 0.0), (2.0, 1.0)))
    last = scene.story[-1]
    for now, more in ((0.0, 0.1), (0.05, 0.2), (3.0, 10.0)):
        assert outputs_of(scene, {"lam": now})[last.controls["lam"]] == pytest.approx(more)


def limit_of(text):
    f = parse(text)
    window = choose_window(f)
    return limit_scene(f, window, start_for(f, window))


@pytest.mark.parametrize("text", ["x^2", "x^4", "|x|", "-x^2", "e^x", "cos(x)", "x^4/4-x^2", "x^2+10y^2"])
def test_the_story_of_a_loss_says_a_bound_where_there_is_one_and_leaves_the_verdict_to_the_path(text):
    loss = read_loss(text)
    view = first_view(loss)
    story = descent_scene(loss, view).story
    predicted = [stage for stage in story if stage.tells]
    assert all(stage.asks and not stage.answer for stage in predicted)
    assert all(stage.controls["step"] == 0 and stage.shows == {"step": view.steps} for stage in predicted)
    assert {name for stage in predicted for name in stage.tells} == {"verdict", "reason"}
    bounded = [stage for stage in predicted if "bound" in stage.text or "above it" in stage.text]
    assert len(bounded) == (3 if view.curvatures else 0)
    bounds = [2 / largest for _, largest in view.curvatures]
    for stage, share in zip(bounded, (0.01, 0.95, 1.05), strict=False):
        assert any(stage.controls["rate"] == pytest.approx(share * bound, rel=0.01) for bound in bounds)
    assert not story[-1].asks
    assert story[-1].text.startswith("Next: ")
    # Until it is asked where the path ends, none is seen ahead of the step that stands.
    last = max(i for i, stage in enumerate(story) if stage.asks)
    assert all(stage.toggles["ahead"] is False for stage in story[:last])


@pytest.mark.parametrize(
    "rows",
    [((1, 5), (2, 3), (4, -6)), ((-100, 1), (3, 2)), ((1, 1), (1, 2)), ((0, 0), (1e-3, 5e4), (2e-3, 7))],
)
@pytest.mark.parametrize("setting", [Setting(loss, "raw") for loss in LOSSES])
def test_the_story_of_a_line_leaves_the_verdict_to_the_path_of_the_data_as_they_stand(rows, setting):
    rows = tuple((float(x), float(y)) for x, y in rows)
    story = regression_scene(rows, setting=setting).story
    usual, large = [stage for stage in story if stage.tells]
    assert all(stage.toggles["ahead"] is False for stage in story[: story.index(large)])
    for stage in (usual, large):
        assert stage.asks
        assert not stage.answer
        assert (stage.controls["step"], stage.shows) == (0, {"step": 100.0})
        assert stage.text.endswith("{rate:g3}. What will 100 steps do?")
    assert large.controls["rate"] > usual.controls["rate"]
    view = regression_view(with_a_line(rows), 100, setting)
    if view.curvatures:
        assert large.controls["rate"] == pytest.approx(2.1 / view.curvatures[0][1], rel=0.01)
    assert story[-1].text.startswith("Next: ")


@pytest.mark.parametrize(
    ("text", "x0", "starts"),
    [
        ("|x|", 0.0, "There is no one number here"),
        ("|x|", 1.0, "The number that both sides head for"),
        ("floor(x)", 1.0, "There is no one number here"),
        ("sqrt(x)", 0.0, "There is no one number here"),
        ("1/x", 0.0, "f has no value here"),
        ("x^2", -1.0, "The number that both sides head for"),
    ],
)
def test_a_limit_is_told_where_there_is_one(text, x0, starts):
    scene = limit_of(text)
    (headed,) = [stage for stage in scene.story if isinstance(stage.text, tuple)]
    assert said(headed.text, quantities(scene, x0, 0.1)).startswith(starts)


def test_before_the_limit_is_told_the_sentence_and_the_graph_say_the_average_alone():
    scene = limit_of("|x|")
    early = [stage for stage in scene.story if stage.toggles.get("blind")]
    assert [stage.controls["h"] > 0 for stage in early] == [True, True, True, True, False]
    assert all("x0" not in stage.controls for stage in early)  # the story is told where the learner stands
    here = quantities(scene, 0.0, 0.5) | {"switch:blind": 1.0}
    blind = [case for case in scene.sentence if any(c[0] == "switch:blind" for c in case.when)]
    assert said(blind, here).endswith("the average slope is {q:g7}.")
    panel = next(panel for panel in scene.panels if panel.name == "quotient")
    at_zero = [mark for mark in panel.marks if getattr(mark, "at", (1,))[0] == 0.0 or mark.type == "line"]
    assert len(at_zero) == 5
    assert all("!blind" in (mark.toggle or "") for mark in at_zero)
    (curve,) = [mark for mark in panel.marks if mark.type == "curve"]
    assert (curve.whole, curve.seen) == ("!blind", "h")


@pytest.mark.parametrize("text", ["x^3/3-x", "x^3-2x", "sin(x)", "x/(1+x^2)"])
def test_what_is_said_of_an_inflection_holds_beside_it(text):
    f = parse(text)
    window = choose_window(f)
    story = slope_scene(f, window, start_in(f, window)).story
    (bent,) = [stage for stage in story if "bends" in stage.text]
    x = bent.controls["x0"]
    near = x + 0.02 * np.linspace(-1, 1, 41) * (window.x[1] - window.x[0])
    slopes, here = derivative_values(f, near, 1), float(derivative_values(f, x, 1))
    least = "least" in bent.answer
    assert least == bent.answer.startswith("Larger")
    assert (slopes.min() if least else slopes.max()) == pytest.approx(here, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("x^2/4+y^2-x*y/2", (1.0, 0.5)),
        ("x^2-y^2", (-1.3, 0.7)),
        ("sin(x)*y", (0.4, -1.1)),
        ("-x-y", (0.0, 0.0)),
    ],
)
def test_the_directions_that_a_story_takes_are_exact(text, at):
    """Rounded to hundredths of a degree the slope along the level line was 0.00004828 and no 0."""
    f = parse(text, ("x", "y"))
    window = choose_plane(f)
    scene = surface_scene(f, window, start_on(f, window))
    turned = [
        stage.controls["theta"] for stage in scene.story if isinstance(stage.controls.get("theta"), str)
    ]
    assert turned == ["uphill", "level_left"]
    place = [np.float64(value) for value in (*at, 0.0)]
    found = scene.tape.run(*place)
    for quantity, share in zip(turned, (1.0, 0.0), strict=True):
        there = scene.tape.run(*place[:2], found[quantity])
        assert float(there["du"]) == pytest.approx(
            share * float(found["norm"]), abs=1e-14 * float(found["norm"])
        )
    assert math.isfinite(float(found["uphill"]))


def test_a_story_shows_what_it_is_about_and_travels():
    f = parse("x^2/4+y^2-x*y/2", ("x", "y"))
    window = choose_plane(f)
    for scene in (limit_of("x^2"), surface_scene(f, window, start_on(f, window))):
        wire = scene.to_json()
        assert wire["formula"].startswith("<math")
        assert "eigenvalue" not in json.dumps(wire["sentence"], ensure_ascii=False)
        assert wire["story"][-1]["text"].startswith("Next: ")
