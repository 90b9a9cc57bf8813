"""The descent page's scene, looked at as data: what it holds for every preset, and what it says."""

import json
import math

import numpy as np
import pytest

from explorer.conditions import is_at
from explorer.descent import OPTIMISERS, Behaviour, Entrant, descend, race, stability
from explorer.descent.problems import PROBLEMS
from explorer.descent.scalar import scalar_program
from explorer.expression import ExpressionError, parse
from explorer.figures.descent.challenges import CHOICES, descent_challenges
from explorer.figures.descent.maps import maps_scene
from explorer.figures.descent.panels import level_lines
from explorer.figures.descent.run import (
    BEHAVIOURS,
    LIVE_SETTINGS,
    OUTCOMES,
    Racer,
    race_address,
    sources_of,
)
from explorer.figures.descent.scene import descent_scene, rate_marks
from explorer.figures.descent.table import as_csv, columns, race_rows, race_words, update_lines
from explorer.figures.descent.view import DESCENTS, first_view, linked_view, loss_latex, read_loss, weighed
from explorer.figures.descent.words import headlines, reasons, sentences
from explorer.presets import DESCENT_CHALLENGES
from explorer.scene import marks

LOSSES = sorted({problem.formula for problem in PROBLEMS})
OWN = [
    "|x|",
    "ln(x)",
    "1/x",
    "e^(e^x)",
    "7",
    "x",
    "sin(x) cos(y)",
    "ln(x y)",
    "1/(x^2+y^2)",
    "sqrt(-1-x^2)",
    "tan(x)",
]
LARGEST = 150 * 1024


loss_of = read_loss


@pytest.mark.parametrize("text", [*LOSSES, *OWN])
def test_a_scene_for_every_loss_fits_on_the_wire(text):
    loss = loss_of(text)
    view = first_view(loss)
    scene = descent_scene(loss, view)
    sent = json.dumps(scene.to_json(), allow_nan=False)
    assert len(sent) < LARGEST
    assert all(low < high for low, high in (*view.windows, view.heights, view.rates))
    assert view.rates[1] / view.rates[0] >= 0.999e4
    assert view.rates[0] <= view.rate <= view.rates[1]
    assert {control.name for control in scene.controls} >= {"rate", "step", "x0"}
    assert ("y0" in {control.name for control in scene.controls}) == (len(loss.variables) == 2)


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_a_problem_keeps_its_own_start_rate_and_minima(problem):
    loss = problem.loss
    view = first_view(loss)
    first = next(p for p in PROBLEMS if p.formula == problem.formula)
    assert (view.start, view.rate, view.steps) == (first.start, first.rate, first.steps)
    for low_high, own in zip(view.windows, first.windows, strict=True):
        assert low_high[0] <= own[0] < own[1] <= low_high[1]
    for minimum in problem.minima[:1] if problem.name not in {"kink", "rastrigin"} else ():
        assert min(math.dist(minimum, found) for found in view.minima) < 1e-5
    assert view.lowest <= float(loss(*view.start))


@pytest.mark.parametrize(
    "text", ["x^2 - x", "x^4 - 3x^2 + x + 1", "sin(50x)", "(x-1000)^2", "(x-0.3)^2/1000"]
)
def test_a_first_place_is_a_round_number_in_the_address_too(text):
    (start,) = first_view(loss_of(text)).start
    assert len(repr(start)) <= 7


def test_one_sentence_writes_one_gradient_in_one_way():
    fresh = next(c for c in sentences(plane=True) if "Press Step" in c.text and "×" in c.text)
    assert fresh.text.count("({run_dx:g4}, {run_dy:g4})") == 2


def test_the_first_state_is_the_one_of_the_design():
    loss = loss_of("x^2")
    scene = descent_scene(loss, first_view(loss))
    values = {control.name: control.value for control in scene.controls}
    assert (values["x0"], values["rate"], values["step"]) == (4.0, 0.1, 0.0)
    assert next(c for c in scene.controls if c.name == "step").max == 40
    fresh = next(case for case in scene.sentence if is_at("run_fresh", 1.0) in case.when)
    assert (
        fresh.text
        == "Slope {run_dx:g4} here, so the next step is −{run_rate:o5} × {run_dx:q4} = {run_sx:g4}. Press Step."
    )


def marked(text, optimiser, **controls):
    """The marked rates of an optimiser, those on the tape computed."""
    view = first_view(loss_of(text))
    scene = descent_scene(loss_of(text), view)
    values = {control.name: control.value for control in scene.controls} | controls
    registers = scalar_program(scene.tape)([values[name] for name in scene.tape.variables])
    told = {name: registers[place] for name, place in scene.tape.outputs}
    shown = [m for m in rate_marks(view) if (m.toggle or "").split("&")[0] == optimiser]
    return [told.get(m.value, m.value) for m in shown]


def test_minima_that_share_a_bound_share_its_mark():
    for text, label in (
        ("x^4 - 4x^2", "2 minima"),
        ("x^4 - 4x^2 + y^2", "2 minima"),
        ("x^2 y^2 + (x-1)^2", "(1, 0)"),
    ):
        view = first_view(loss_of(text))
        shown = [mark for mark in rate_marks(view) if mark.toggle.startswith("gd")]
        assert [mark.label for mark in shown] == [f"bound at {label}"]
        assert shown[0].value == pytest.approx(2 / view.curvatures[0][1], rel=1e-3)


def test_marked_rates_are_the_bounds():
    assert marked("x^2", "gd") == [0.5, 1.0]
    assert marked("0.5x^2 + 12.5y^2", "gd") == [0.08]
    quartic = loss_of("3x^4 - 5x^2 + 2x")
    bounds = sorted(stability(quartic, x).bound() for x in (-1.0, (3 + math.sqrt(3)) / 6))
    found = marked(quartic.text, "gd")
    assert found == pytest.approx(bounds, rel=1e-4)
    assert all(value <= bound for value, bound in zip(found, bounds, strict=True))


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9, 0.999])
def test_marked_rates_are_those_of_the_optimiser_that_is_on(name, momentum):
    for text, places in (("x^2", [0.0]), ("3x^4 - 5x^2 + 2x", [-1.0, (3 + math.sqrt(3)) / 6])):
        own = {s.name: momentum for s in OPTIMISERS[name].settings if s.name == "momentum"}
        bounds = [stability(loss_of(text), x).bound(name, **own) for x in places]
        bounds = sorted(bound for bound in bounds if bound is not None)
        found = marked(text, name, momentum=momentum)
        if name == "gd" and text == "x^2":
            bounds = [0.5, *bounds]
        assert found == pytest.approx(bounds, rel=1e-3)
        assert all(value <= bound * (1 + 1e-12) for value, bound in zip(found, bounds, strict=True))


def test_a_link_widens_the_controls():
    view = first_view(loss_of("x^2"))
    linked = linked_view(view, (1e6,), 300.0, 7.0)
    assert (linked.start, linked.rate, linked.steps) == ((1e6,), 300.0, 7)
    assert linked.rates[0] <= 300 <= linked.rates[1]
    scene = descent_scene(loss_of("x^2"), linked)
    x0 = next(control for control in scene.controls if control.name == "x0")
    assert x0.min <= 1e6 <= x0.max


@pytest.mark.parametrize(
    ("text", "start", "place"),
    [("-1/(x-150)^2", None, 150.0), ("1/(x+1200)^2 + x^2", -1199.0, -1200.0), ("1/x", 1e9, 0.0)],
)
def test_the_walls_around_the_window_and_the_start_are_known(text, start, place):
    loss = loss_of(text)
    scene = descent_scene(
        loss, linked_view(first_view(loss), (start,), None, None), racers=(Racer("adam", 0.2),)
    )
    for descent in scene.descents:
        assert descent.landscape.walls == ((pytest.approx(place, abs=1e-9), True),)


@pytest.mark.parametrize(("text", "reach"), [("tan(10x)", 10), ("tan(100x)", 1)])
def test_too_many_walls_around_the_window_are_listed_near_the_origin(text, reach):
    walls = descent_scene(loss_of(text), first_view(loss_of(text))).descents[0].landscape.walls
    assert len(walls) >= 2 * int(reach * float(text[4:-2]) / np.pi)
    assert all(pole and math.cos(float(text[4:-2]) * x) == pytest.approx(0, abs=1e-9) for x, pole in walls)


def test_steps_and_racers_leave_the_identity_alone():
    loss = loss_of("x^2")
    view = first_view(loss)
    once = descent_scene(loss, view)
    assert descent_scene(loss, linked_view(view, (None,), None, 90)).id == once.id
    raced = descent_scene(loss, view, (Racer("adam", 0.2), Racer("gd")))
    assert raced.id == once.id
    assert [d.name for d in raced.descents] == ["run", "raceadam", "racegd"]
    assert {d.budget for d in raced.descents[1:]} == {41}
    named = [trace["name"] for trace in raced.panels[0].figure.data if trace.get("name")]
    assert named[1:] == ["Adam", "Gradient descent"]
    shapes = {m.shape for m in raced.panels[0].marks if isinstance(m, marks.Point)}
    assert len(shapes) == 2


@pytest.mark.parametrize("text", ["x^2", "x^4 + y^4 - 4x y"])
def test_a_race_leaves_the_descent_that_the_rail_speaks_of_in_every_picture(text):
    loss = loss_of(text)
    alone = descent_scene(loss, first_view(loss), solid=True)
    raced = descent_scene(loss, first_view(loss), racers=(Racer("adam", 0.2), Racer("gd")), solid=True)
    for before, after in zip(alone.panels, raced.panels, strict=True):
        assert after.marks[: len(before.marks)] == before.marks
        names = [trace["name"] for trace in after.figure.data if trace.get("name")]
        holds = {"curve"} if len(loss.variables) == 1 else {"loss", "loss_log"}
        assert names == (["you", "Adam", "Gradient descent"] if after.name in holds else [])
        ran = {m.descent for m in after.marks if isinstance(m, marks.Path)}
        assert ran == {"run", "raceadam", "racegd"}


def test_every_optimiser_is_offered_with_its_settings():
    scene = descent_scene(loss_of("x^2"), first_view(loss_of("x^2")))
    group = [toggle.name for toggle in scene.toggles if toggle.group == "optimiser"]
    assert group == list(OPTIMISERS)
    controls = {control.name for control in scene.controls}
    for name, row in OPTIMISERS.items():
        settings = sources_of(name)
        assert set(settings) == {s.name for s in (*row.settings, *row.modifiers)}
        assert {q for q in settings.values() if q in LIVE_SETTINGS} <= controls


def test_every_setting_starts_at_its_default():
    controls = {c.name: c.value for c in descent_scene(loss_of("x^2"), first_view(loss_of("x^2"))).controls}
    for name, row in OPTIMISERS.items():
        defaults = {s.name: s.default for s in (*row.settings, *row.modifiers)}
        for setting, source in sources_of(name).items():
            assert controls.get(source, 0.0) == defaults[setting], (name, setting)


def test_a_race_stands_in_the_address():
    loss = loss_of("x^2")
    url = descent_scene(loss, first_view(loss), racers=(Racer("gd"), Racer("adam", 0.05))).url
    assert (url["race"], url["race_adam"], url["race_newton"]) == ("gd,adam", "0.05", None)
    usual = tuple(Racer(name, OPTIMISERS[name].suggested_rate) for name in ("newton", "adam"))
    assert {name: text for name, text in race_address(usual).items() if text} == {"race": "newton,adam"}
    assert descent_scene(loss, first_view(loss)).url["race"] is None


def quantities_of(text):
    return [part.split("}")[0].split(":")[0] for part in text.split("{")[1:]]


@pytest.mark.parametrize("plane", [False, True])
def test_there_is_a_word_for_every_behaviour(plane):
    assert {b.value for b in Behaviour} == set(BEHAVIOURS)
    places = {float(i) for i in range(len(BEHAVIOURS))}
    said = {c.when[0][1] for c in headlines(False) if c.when}
    assert said == places
    whole = reasons(False, plane)
    assert {c.when[0][1] for c in whole if len(c.when) == 1 and c.when[0][0] == "run_behaviour"} == places
    for case in (*whole, *sentences(plane)):
        for name in quantities_of(case.text):
            assert name.startswith("run_") or name in {"rate", "noise"}, case.text
    assert set(OUTCOMES) == {"converged", "stopped", "cycling", "diverged", "left_domain"}


@pytest.mark.parametrize("plane", [False, True])
def test_level_ground_is_not_said_to_be_a_plateau_above_something(plane):
    on_plateaus = ("run_behaviour", *2 * (float(BEHAVIOURS.index("plateau")),), "closed")
    for cases, word in ((headlines(False), "On level ground"), (reasons(False, plane), "exactly 0")):
        level, above = (case for case in cases if on_plateaus in case.when)
        assert is_at("run_level", 1.0) in level.when
        assert word in level.text
        assert "lateau" in above.text or "not yet a minimum" in above.text


@pytest.mark.parametrize("challenge", DESCENT_CHALLENGES, ids=lambda c: c.question[:40])
def test_the_courses_challenges_are_right(challenge):
    loss = loss_of(challenge.formula)
    sets = dict(challenge.sets) | {challenge.control: challenge.start}
    start = tuple(sets[name] for name in ("x0", "y0")[: len(loss.variables)] if name in sets)
    if challenge.control == "x0":
        low, high = challenge.places[0]
        ends = {
            descend("gd", loss, x, sets["rate"], 600).points[-1, 0].round(4)
            for x in np.linspace(low, high, 9)[:-1]
        }
        assert ends == {-1.0}
        assert descend("gd", loss, high + 0.01, sets["rate"], 600).points[-1, 0] == pytest.approx(
            0.7887, abs=1e-3
        )
        return
    if challenge.value is not None:
        assert descend("gd", loss, start, challenge.value, 1).points[-1] == pytest.approx([0.0])
        return
    path = descend("gd", loss, start, sets["rate"], first_view(loss).steps)
    end = float(path.points[-1, 0])
    holds = {
        "converge": path.outcome == "converged",
        "cycle": path.outcome == "cycling",
        "diverge": path.outcome == "diverged",
        "at 0.789": abs(end - 0.789) < 1e-2,
        "bouncing around 0": path.outcome != "converged" and 0.05 < abs(end) < 0.25,
    }
    assert holds[challenge.choices[0]]


@pytest.mark.parametrize("text", ["x^2 + y^2 + 3", "x^4 + x", "|x| + x^2", "ln(x)", "sin(x) cos(y)"])
def test_a_loss_of_ones_own_gets_challenges_with_true_answers(text):
    loss = loss_of(text)
    view = first_view(loss)
    for challenge in descent_challenges(loss, view):
        start = tuple(challenge.start[name] for name in ("x0", "y0")[: len(loss.variables)])
        path = descend("gd", weighed(loss), start, challenge.start["rate"], view.steps)
        assert CHOICES[challenge.choice] == path.outcome
        assert [reason.text for reason in challenge.reasons if reason.right] == [path.reason]
        assert challenge.plays == "step"
        assert challenge.start_toggles["verdict"] is False


def test_the_table_says_each_step_in_numbers():
    square = weighed(parse("x^2"))
    path = descend("gd", square, 4, 0.1, 40)
    assert update_lines(path)[0].strip() == "1   w ← 4 − 0.1·8 = 3.2"
    table = columns(path)
    assert table["predicted drop"][0] == pytest.approx(0.1 * 64)
    assert table["actual drop"][0] == pytest.approx(16 - 10.24)
    rows = as_csv(path).splitlines()
    assert rows[0].split(",")[:3] == ["step", "w", "loss"]
    assert [float(value) for value in rows[2].split(",")[:3]] == [1, 3.2, pytest.approx(10.24)]
    momentum = descend("momentum", square, -4, 0.1, 2)
    assert update_lines(momentum)[0].strip() == "1   w ← −4 + 0.8 = −3.2"
    plane = descend("gd", parse("x^2 + y^2 + 3", ("x", "y")), (2, 1), 0.1, 1)
    assert update_lines(plane)[0].strip() == "1   x ← 2 − 0.1·4 = 1.6,  y ← 1 − 0.1·2 = 0.8"


@pytest.mark.parametrize("text", ["x^2", "(x^2+y-11)^2 + (x+y^2-7)^2"])
def test_the_maps_follow_the_main_figure(text):
    from explorer.descent import basins, rate_map

    loss = loss_of(text)
    view = first_view(loss)
    rates = rate_map("gd", loss, view.start, 20, np.geomspace(*view.rates, 41))
    found = basins("gd", loss, view.windows, view.rate, max_steps=60, size=40)
    scene = maps_scene(loss, view, view.start, (rates, found), "a note")
    assert scene.follows
    assert not scene.main
    main = {control.name for control in descent_scene(loss, view).controls}
    assert {control.name for control in scene.controls} <= main
    json.dumps(scene.to_json(), allow_nan=False)
    known = {control.name for control in scene.controls} | {name for name, _ in scene.tape.outputs}
    for control in scene.controls:
        assert all(not isinstance(mark.value, str) or mark.value in known for mark in control.marks)
    line = next(t for t in scene.panels[0].figure.data if t.get("mode") == "lines")
    settled = [o == "converged" for o in rates.outcomes]
    ended = rates.losses[settled] - view.lowest
    shown = np.asarray(line["y"])[settled]
    assert np.all((shown >= 0.999 * ended) | (ended <= 0))
    assert np.ptp(np.log10(np.asarray(line["y"]))) > 1
    other = maps_scene(loss, view, view.start, (rates, found), "another note")
    assert other.id == scene.id
    stars = next(t for t in scene.panels[1].figure.data if t["type"] == "scatter")
    assert len(stars["x"]) == len(found.minima)


def test_examples_are_the_problems_each_formula_once():
    assert len({preset.formula for preset in DESCENTS}) == len(DESCENTS)
    assert {preset.formula for preset in DESCENTS} == {problem.formula for problem in PROBLEMS}


def test_in_one_variable_everything_speaks_of_w():
    loss = loss_of("x^2 + e^x")
    assert weighed(loss)(np.array(1.5)) == loss(np.array(1.5))
    assert " x " not in " ".join(case.text for case in (*reasons(False, False), *sentences(False)))
    scene = descent_scene(loss, first_view(loss))
    assert next(c.label for c in scene.controls if c.name == "x0") == "start w₀"
    plane = loss_of("x^2 + y^2")
    assert weighed(plane) is plane


def test_a_loss_in_a_third_variable_is_refused():
    with pytest.raises(ExpressionError):
        loss_of("x^2 + z^2")


@pytest.mark.parametrize(("text", "read"), [("|w-1|", "|x-1|"), ("w^2 + ln(w)", "x^2 + ln(x)")])
def test_a_loss_typed_in_w_is_read_in_x(text, read):
    loss = read_loss(text)
    assert (loss.text, loss.variables) == (read_loss(read).text, ("x",))
    # Whichever letter was typed, the page's reading has the one of the update: w ← w − η L′(w).
    assert loss_latex(loss) == loss_latex(read_loss(read))
    assert loss_latex(loss).startswith("L(w) = ")
    assert "x" not in loss_latex(loss)
    places = np.array([-2.0, 0.5, 3.0])
    np.testing.assert_array_equal(loss(places), parse(read)(places))


@pytest.mark.parametrize("text", ["log(x)", "1/2x + y^2", "1/2w"])
def test_what_is_said_of_a_two_way_text_is_said_of_a_loss_too(text):
    letters = ("w",) if "w" in text else ("x", "y")
    assert read_loss(text).remarks == parse(text, letters).remarks != ()


@pytest.mark.parametrize("text", ["w x", "w + y", "w +", "v^2"])
def test_a_loss_that_is_only_partly_in_w_is_refused_as_ever(text):
    with pytest.raises(ExpressionError) as ours:
        read_loss(text)
    with pytest.raises(ExpressionError) as plain:
        parse(text, ("x", "y"))
    assert ours.value.message == plain.value.message


@pytest.mark.parametrize("text", ["floor(x)", "ceil(x)", "sign(x)", "floor(x) + floor(y)", "{x<0: 1, 2}"])
def test_a_loss_of_steps_begins_where_it_has_a_gradient(text):
    loss = read_loss(text)
    value, slopes = loss.value_and_gradient(*map(np.array, first_view(loss).start))
    assert np.isfinite([value, *slopes]).all()


@pytest.mark.parametrize(
    "text", ["(1-x)^2 + 100(y-x^2)^2", "x^2 + 10y^2", "x^2 - y^2 + y^4/4", "ln(x)^2 + y^2"]
)
def test_level_lines_are_drawn_from_the_loss_at_their_grid(text):
    """The picture's heights are ln(1 + (L − lowest)/s) in some unit: two give s and the unit, the rest agree."""
    loss = read_loss(text)
    view = first_view(loss)
    trace = level_lines(loss, view)
    with np.errstate(all="ignore"):
        heights = loss(*np.meshgrid(trace["x"].astype(float), trace["y"].astype(float)))
    drawn = trace["z"].astype(float) / trace["contours"]["size"]
    whole = trace["z"].dtype == np.int16
    assert whole == bool(np.isfinite(heights).all())
    np.testing.assert_array_equal(np.isfinite(drawn), np.isfinite(heights))
    below = (
        np.isfinite(heights) & (drawn > 0.5) & (drawn < trace["contours"]["end"] / trace["contours"]["size"])
    )
    low, level = np.argmin(drawn[below]), np.argmax(drawn[below])
    excess = (heights - view.lowest)[below]
    first, last = excess[low], excess[level]
    ratio = drawn[below][low] / drawn[below][level]
    sizes = np.geomspace(1e-9, 1e9, 200_001) * last
    scale = sizes[np.argmin(np.abs(np.log1p(first / sizes) / np.log1p(last / sizes) - ratio))]
    unit = np.log1p(last / scale) / drawn[below][level]
    np.testing.assert_allclose(np.log1p(excess / scale) / unit, drawn[below], atol=0.02)


def test_a_race_says_in_a_line_who_arrives_first_and_who_ends_elsewhere():
    loss = loss_of("x^4-x^2+0.1x")
    results = race([Entrant("gd", 0.1), Entrant("momentum", 0.1)], loss, (1.2,), 200)
    assert {result.trajectory.outcome for result in results} == {"converged"}
    slow, other = (result.trajectory.points[:, 0] for result in results)
    assert (slow[-1] > 0.6, other[-1] < -0.6) == (True, True)
    near = next(k for k in range(len(slow)) if np.all(np.abs(slow[k:] - slow[-1]) < 0.01 * (1 + slow[-1])))
    said = f"First to arrive: Gradient descent, after {near + 1} gradients, at x = 0.6806."
    assert race_words(results) == f"{said} Momentum ends at another place: x = −0.7309."
    unfinished = race([Entrant("gd", 0.001)], loss, (0.25,), 5)
    assert "Nobody arrives within these steps." in race_words(unfinished)
    assert race_rows(unfinished)[0]["outcome"] == "out of steps"
