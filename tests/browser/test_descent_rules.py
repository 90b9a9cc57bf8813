"""The browser's descents against Python's, step by step: points, losses, endings and verdicts on every preset."""

import json
import math
from functools import cache

import numpy as np
import pytest

from explorer.descent import OPTIMISERS, descend
from explorer.descent.landscape import Landscape
from explorer.descent.noise import normal
from explorer.descent.problems import PROBLEMS
from explorer.descent.stability import minimum_below
from explorer.descent.verdicts import VERDICTS
from explorer.descent.walls import JUMP, first_crossing
from explorer.expression import parse
from explorer.figures.descent.run import (
    BEHAVIOURS,
    LIVE_SETTINGS,
    OUTCOMES,
    RULINGS,
    chosen_descent,
    rule_of,
    valley_of,
)
from explorer.scene.wire import to_wire
from tests.browser.stage import with_live_modules
from tests.descent import test_reasons as reasons
from tests.descent.test_outcomes import CASES, HOSTILE
from tests.descent.test_stability import FLOORS, MINIMA, SEAMED, TAILS
from tests.descent.test_verdicts import loss_of, measures_of
from tests.descent.test_walls import FAR_OUT, LEAPS, TORN

NAMES = (
    "Landscape",
    "Path",
    "walk",
    "Measures",
    "judge",
    "minimumBelow",
    "normalNoise",
    "Descent",
    "Rule",
)
RUN = """
([runs, table, names]) => runs.map(({ tapes, rules, optimiser, settings, start, rate, steps }) => {
  const landscape = new twins.Landscape(tapes);
  const path = new twins.Path(start.length, steps);
  twins.walk(landscape, new twins.Rule(rules[optimiser]), settings, start, rate, steps, path);
  const rule = new twins.Rule(rules[optimiser]);
  const onward = (most) => {
    const far = new twins.Path(start.length, most);
    twins.walk(landscape, rule, settings, start, rate, most, far);
    return far;
  };
  const watched = rule.watched(settings, landscape.seams);
  const measures = new twins.Measures(landscape, path, settings.noise || 0, onward, watched);
  const verdict = twins.judge(measures, table);
  const rows = Array.from({ length: path.count + 1 }, (_, row) => row);
  const text = (numbers) => Array.from(numbers, String);
  return {
    points: rows.map((row) => text(path.point(row))),
    losses: text(rows.map((row) => path.losses[row])),
    next: path.next === null ? null : text(path.next),
    spent: path.spent[path.count],
    outcome: names[0][verdict.outcome], behaviour: names[1][verdict.behaviour],
    row: table.indexOf(verdict), period: measures.period, settled: measures.settled,
  };
})
"""


@pytest.fixture(scope="module")
def twins(browser):
    yield from with_live_modules(browser, "twins", NAMES)


@cache
def landscape_of(loss, start):
    """The tapes and walls of a loss around a start, as the browser gets them; the same for every rate."""
    valley = valley_of(loss, start)
    tapes = {name: getattr(valley, name).to_json() for name in ("value", "gradient", "hessian")}
    return tapes | {"seams": valley.seams, "quadratic": valley.quadratic, "walls": valley.walls}


def run_of(loss, optimiser, start, rate, steps, settings):
    """What the browser needs for one descent, settings resolved as Python does."""
    return {
        "tapes": landscape_of(loss, tuple(float(place) for place in np.atleast_1d(start))),
        "rules": to_wire({optimiser: rule_of(optimiser)}),
        "optimiser": optimiser,
        "settings": OPTIMISERS[optimiser].resolve(settings),
        "start": [float(value) for value in np.atleast_1d(start)],
        "rate": float(rate),
        "steps": steps,
    }


TOLD = """([run, words, table]) => {
  const settings = { [run.optimiser]: run.settings };
  const spec = { ...run, landscape: run.tapes, settings, verdicts: table, fresh: {}, step: 0 };
  const descent = new twins.Descent(spec, (q) => () => q, () => run.optimiser);
  descent.evaluate();
  return words.map((word) => descent.told.get(word));
}"""


def told_of(twins, run, *words):
    """What the browser's descent tells its sentences of one run."""
    return twins.evaluate(TOLD, [run, words, to_wire(RULINGS)])


def judged(twins, runs):
    """The browser's walk and verdict of each run."""
    return twins.evaluate(RUN, [runs, to_wire(RULINGS), [list(OUTCOMES), list(BEHAVIOURS)]])


def numbers(texts):
    return np.array([[float(t.replace("Infinity", "inf")) for t in row] for row in texts])


def assert_alike(theirs, ours, tolerance=1e-12):
    """The same rows to 1e−12 of the path's size.

    A line search that has arrived asks rounding whether there is anything lower; from there on only the place counts.
    """
    points = numbers(theirs["points"])
    scale = np.abs(ours.points).max(axis=0) + 1e-300
    searches = ours.optimiser == "newton" or dict(ours.settings).get("backtracking")
    if searches:
        away = (np.abs(ours.points - ours.points[-1]) > 1e-6 * scale).any(axis=1)
        kept = int(np.flatnonzero(away)[-1]) + 1 if away.any() else 1
        assert (np.abs(points[kept:] - ours.points[-1]) <= 1e-5 * scale).all()
        points = points[:kept]
    else:
        assert points.shape == ours.points.shape
        assert theirs["spent"] == ours.evaluations
        assert (theirs["next"] is None) == (ours.next_step is None)
    own, losses = ours.points[: len(points)], ours.losses[: len(points)]
    assert (np.abs(points - own) <= tolerance * scale).all()
    found = numbers([theirs["losses"]])[0][: len(points)]
    known = np.isfinite(losses)
    assert (np.isfinite(found) == known).all()
    size = np.abs(losses[known]).max(initial=0.0) + 1e-300
    assert (np.abs(found - losses)[known] <= 10 * tolerance * size).all()


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_every_optimiser_walks_as_in_python_on_every_problem(twins, optimiser):
    runs, paths = [], []
    for problem in PROBLEMS:
        # A third of the rate: where a descent is chaotic the last bit would decide after some steps.
        for share, steps in ((1 / 3, 60), (1.0, 12)):
            rate = share * (OPTIMISERS[optimiser].suggested_rate or problem.rate)
            runs.append(run_of(problem.loss, optimiser, problem.start, rate, steps, {}))
            paths.append(descend(optimiser, problem.loss, problem.start, rate, steps))
    for theirs, ours in zip(judged(twins, runs), paths, strict=True):
        assert_alike(theirs, ours)
        assert (theirs["outcome"], theirs["behaviour"]) == (ours.outcome, ours.behaviour), ours.reason


def test_every_kind_of_ending_is_judged_as_in_python(twins):
    cases = [case for case in CASES if case[5] <= 5000]
    runs = [
        run_of(parse(text, tuple(variables)), optimiser, start, rate, steps, settings)
        for optimiser, text, variables, start, rate, steps, settings, *_ in cases
    ]
    for case, theirs in zip(cases, judged(twins, runs), strict=True):
        assert (theirs["outcome"], theirs["behaviour"]) == (case[7], case[8]), case


def test_plateaus_flat_spots_and_what_is_underway_are_told_apart_as_in_python(twins):
    placed = (reasons.FLAT_SPOTS, reasons.SLIDES, reasons.MET, reasons.JUMPED)
    plain = (
        *(reasons.PLATEAUS, reasons.UNDERWAY, reasons.ENDLESS, reasons.BENT, reasons.HOPPING),
        *(reasons.STRAYED, reasons.FADES, reasons.SHALLOW, reasons.SMOOTH_SWINGS, reasons.CANCELLED),
        *(
            reasons.LEVEL,
            reasons.RAISED,
            [(name, f"{text} + {c}", *more) for name, text, *more, c in reasons.LIFTED],
        ),
    )
    named = [*reasons.TORN, *reasons.HIDDEN]
    cases = [
        *(case[:5] for group in placed for case in group),
        *(case for group in plain for case in group),
        *named,
    ]
    runs, paths = [], []
    for optimiser, text, start, rate, steps in cases:
        loss = parse(text, ("x", "y")[: np.size(start)])
        runs.append(run_of(loss, optimiser, start, rate, steps, {}))
        paths.append(descend(optimiser, loss, start, rate, steps))
    for case, theirs, ours in zip(cases, judged(twins, runs), paths, strict=True):
        assert (theirs["outcome"], theirs["behaviour"]) == (ours.outcome, ours.behaviour), case


def test_modifiers_and_settings_are_the_same(twins):
    loss = parse("x^2 + 25y^2 + x y", ("x", "y"))
    settings = [
        ("gd", {"decay": 0.05}),
        ("gd", {"backtracking": 1}),
        ("gd", {"noise": 0.7, "seed": 5}),
        ("momentum", {"momentum": 0.5}),
        ("nesterov", {"momentum": 0.99}),
        ("rmsprop", {"smoothing": 0.9}),
        ("adam", {"beta1": 0.5, "beta2": 0.9}),
        *((name, {"epsilon": 0.3}) for name in ("adagrad", "rmsprop", "adam")),
    ]
    runs = [run_of(loss, name, (2, 1), 0.02, 80, given) for name, given in settings]
    for (name, given), theirs in zip(settings, judged(twins, runs), strict=True):
        ours = descend(name, loss, (2, 1), 0.02, 80, **given)
        assert_alike(theirs, ours)
        assert (theirs["outcome"], theirs["behaviour"]) == (ours.outcome, ours.behaviour)


def test_a_budget_of_gradients_ends_a_race_alike(twins):
    """A Hessian and every trial of a line search are paid for: racers stop at the same row as in Python."""
    loss = parse("(1-x)^2 + 100(y-x^2)^2", ("x", "y"))
    script = """({ tapes, rules, optimiser, settings, start, rate, steps }) => {
      const path = new twins.Path(start.length, steps);
      twins.walk(new twins.Landscape(tapes), new twins.Rule(rules[optimiser]), settings, start, rate, steps, path, 61);
      return [path.count, path.spent[path.count]];
    }"""
    for optimiser, rate in (("gd", 0.001), ("adam", 0.1), ("newton", 1.0)):
        ours = descend(optimiser, loss, (-1.2, 1), rate, 60, max_evaluations=61)
        found = twins.evaluate(script, run_of(loss, optimiser, (-1.2, 1), rate, 60, {}))
        assert found == [len(ours.steps), ours.evaluations]


@pytest.mark.parametrize("optimiser", ["gd", "momentum", "nesterov"])
def test_the_bound_is_pythons_and_said_rounded_down(twins, optimiser):
    from explorer.descent import round_down, stability

    script = """({ spec, values }) => {
      const reader = (q) => () => (typeof q === "number" ? q : values[q]);
      const descent = new twins.Descent(spec, reader, () => spec.optimiser);
      descent.evaluate();
      return ["bound", "told", "share", "condition"].map((word) => descent.told.get(word));
    }"""
    for text, start in (("x^2", (4.0,)), ("3x^4 - 5x^2 + 2x", (-1.2,)), ("0.5x^2 + 12.5y^2", (4.0, 1.0))):
        loss = parse(text, ("x", "y")[: len(start)])
        names = ("x0", "y0")[: len(start)]
        settings = {name: OPTIMISERS[optimiser].resolve({}).get(name, 0.0) for name in LIVE_SETTINGS}
        spec = json.loads(json.dumps(to_wire(chosen_descent(valley_of(loss), names, 40, 0.0, {}))))
        spec = spec | {"group": None, "optimiser": optimiser}
        values = (
            dict(zip(names, start, strict=True))
            | settings
            | {"rate": 0.01, "step": 0, "switch:backtracking": 0}
        )
        bound, said, share, condition = twins.evaluate(script, {"spec": spec, "values": values})
        end = descend(optimiser, loss, start, 0.01, 40)
        lowest = end.points[int(np.argmin(end.losses))]
        ours = stability(loss, minimum_below(Landscape(loss), tuple(lowest.tolist())).point)
        assert bound == pytest.approx(ours.bound(optimiser), rel=1e-9)
        assert said == pytest.approx(round_down(bound), rel=1e-12)
        assert share == pytest.approx(0.01 / ours.bound(optimiser), rel=1e-6)
        assert condition == pytest.approx(ours.condition_number, rel=1e-6)


def test_a_bound_belongs_to_a_loss_that_is_twice_differentiable_there_as_in_python(twins):
    for text, start, smooth in SEAMED:
        (bound,) = told_of(twins, run_of(parse(text), "gd", start, 0.1, 40, {}), "bound")
        assert math.isfinite(bound) is smooth, text


def test_no_bound_is_told_where_a_slope_only_touches_0(twins):
    for text, start in (("x+sin(x)", 4.0), ("2x+cos(2x)", 2.0)):
        (bound,) = told_of(twins, run_of(parse(text), "gd", start, 0.1, 40, {}), "bound")
        assert math.isnan(bound)


def test_a_kink_is_told_where_the_slope_jumps_and_no_tiny_place_is_rounded_into_a_gap(twins):
    for text, start, rate, steps, kink in reasons.KINKS:
        told = told_of(twins, run_of(parse(text), "newton", start, rate, steps, {}), "kink", "minimum_x")
        assert told == pytest.approx([1, kink], abs=1e-12)
    for _, text, start, rate, steps, *_ in reasons.MET[:4]:
        told = told_of(twins, run_of(parse(text), "gd", start, rate, steps, {}), "kink", "minimum_x")
        assert told == pytest.approx([1, int("-1" in text)], abs=1e-12)
        assert "-1" in text or told[1] == 0
    # Undefined at 0, where the kink is: the iterate 1.4·10⁻¹⁶ is said as it is.
    for steps in (10, 40):
        ours = descend("gd", parse("|x| x/x"), 1.0, 0.1, steps)
        told = told_of(twins, run_of(parse("|x| x/x"), "gd", 1.0, 0.1, steps, {}), "kink", "minimum_x")
        assert told == [1, ours.points[10, 0]]
    (final,) = told_of(twins, run_of(parse("ln(x)"), "newton", 4.0, 1.0, 40, {}), "final_x")
    assert final == descend("newton", parse("ln(x)"), 4.0, 1.0, 40).points[-1, 0]


def test_the_steps_left_on_a_constant_slope_are_told(twins):
    for optimiser, text, start, rate, steps, left in reasons.SLIDES:
        loss = parse(text, ("x", "y")[: np.size(start)])
        assert told_of(twins, run_of(loss, optimiser, start, rate, steps, {}), "ahead") == [left]


def test_level_ground_is_told_from_other_plateaus(twins):
    cases = (*reasons.LEVEL, *reasons.CONSTANT, *reasons.RAISED, *reasons.PLATEAUS, *reasons.SHALLOW)
    for optimiser, text, start, rate, steps in cases:
        loss = parse(text, ("x", "y")[: np.size(start)])
        said = "is exactly 0" in descend(optimiser, loss, start, rate, steps).reason
        assert told_of(twins, run_of(loss, optimiser, start, rate, steps, {}), "level") == [said]


def test_the_first_step_over_a_pole_or_a_gap_is_told(twins):
    for text, start, rate, steps, *_ in (*TORN, *FAR_OUT, ("x^2", 4.0, 0.9, 20), ("ln(x)", 1.0, 0.3, 20)):
        for optimiser in OPTIMISERS:
            ours = descend(optimiser, parse(text), start, rate, steps)
            met = first_crossing(parse(text), ours)
            run = run_of(parse(text), optimiser, start, rate, steps, {})
            told = told_of(twins, run, "crossed", "wall", "torn")
            if met is None or abs(met[1].x) > max(100, 10 * abs(start)):
                assert math.isnan(told[0])
            else:
                assert told == [met[0], pytest.approx(met[1].x, abs=1e-12), met[1].torn]
    for text, start, rate, steps, leapt, place in LEAPS:
        run = run_of(parse(text), "gd", start, rate, steps, {})
        assert told_of(twins, run, "crossed", "wall", "torn") == [leapt, pytest.approx(place, abs=1e-9), JUMP]
        assert (
            judged(twins, [run])[0]["behaviour"] == descend("gd", parse(text), start, rate, steps).behaviour
        )


def test_hostile_losses_end_alike(twins):
    runs, paths = [], []
    for text in HOSTILE:
        for start in (0.0, 1.0, -0.5):
            for optimiser in ("gd", "adam", "newton"):
                runs.append(run_of(parse(text), optimiser, start, 0.3, 20, {}))
                paths.append((text, descend(optimiser, parse(text), start, 0.3, 20)))
    for (text, ours), theirs in zip(paths, judged(twins, runs), strict=True):
        assert theirs["outcome"] == ours.outcome, (text, ours.optimiser, ours.points[:3], ours.reason)


def test_a_sweep_of_rates_gets_the_same_verdicts(twins):
    """What a learner sees while dragging η: the classes change at the same rates."""
    differing = 0
    for problem in PROBLEMS[:9]:
        rates = np.geomspace(problem.rate / 30, problem.rate * 30, 41)
        runs = [run_of(problem.loss, "gd", problem.start, rate, 40, {}) for rate in rates]
        for rate, theirs in zip(rates, judged(twins, runs), strict=True):
            ours = descend("gd", problem.loss, problem.start, rate, 40)
            if (theirs["outcome"], theirs["behaviour"]) != (ours.outcome, ours.behaviour):
                # Only where a chaotic path makes the last bit decide.
                assert np.ptp(ours.points) > 0
                differing += 1
    assert differing <= 4


def test_the_minimum_below_is_the_same(twins):
    losses = [(problem.loss, problem.start) for problem in PROBLEMS]
    losses += [(parse(text), (start,)) for text, start, *_ in (*TAILS, *FLOORS, *MINIMA)]
    plane = ("x^2 + 1/y", "x^2 + y^4", "sqrt((x+y)^2 + 4(x-y)^2 + 1)", "x^2 + 10y^2 + sin(5x)")
    losses += [(parse(text, ("x", "y")), (1.0, 0.5)) for text in plane]
    for loss, start in losses:
        run = run_of(loss, "gd", start, 1, 1, {})
        theirs = twins.evaluate(
            "({tapes, start}) => twins.minimumBelow(new twins.Landscape(tapes), start)", run
        )
        ours = minimum_below(Landscape(loss), tuple(float(v) for v in start))
        assert (theirs is None) == (ours is None), loss.text
        if ours is not None:
            found = [theirs["point"][i] for i in range(len(start))]
            np.testing.assert_allclose(found, ours.point, atol=1e-8)
            assert math.isclose(theirs["largest"], ours.largest, rel_tol=1e-7)


def test_noise_is_the_same(twins):
    drawn = twins.evaluate("() => Array.from({ length: 50 }, (_, k) => twins.normalNoise(7, k))")
    np.testing.assert_allclose(drawn, [normal(7, k) for k in range(50)], rtol=1e-13)


def test_each_example_of_the_table_ends_in_its_row(twins):
    runs = [
        run_of(
            loss_of(example),
            example.optimiser,
            example.start,
            example.rate,
            example.steps,
            dict(example.settings),
        )
        for example in (row.example for row in VERDICTS)
    ]
    assert [theirs["row"] for theirs in judged(twins, runs)] == list(range(len(VERDICTS)))


MEASURES = """([{ tapes, rules, optimiser, settings, start, rate, steps }, names]) => {
  const landscape = new twins.Landscape(tapes);
  const path = new twins.Path(start.length, steps);
  twins.walk(landscape, new twins.Rule(rules[optimiser]), settings, start, rate, steps, path);
  const rule = new twins.Rule(rules[optimiser]);
  const onward = (most) => {
    const far = new twins.Path(start.length, most);
    twins.walk(landscape, rule, settings, start, rate, most, far);
    return far;
  };
  const watched = rule.watched(settings, landscape.seams);
  const measures = new twins.Measures(landscape, path, settings.noise || 0, onward, watched);
  return names.map((name) => String(Number(measures[name])));
}"""
MEASURED = sorted({name for row in VERDICTS for name, *_ in row.when} | {"settled", "next_length"})


def test_every_measure_is_pythons(twins):
    """On the examples of all rows that may go on: what ends in an overflow is not measured to its last digits."""
    for example in (row.example for row in VERDICTS):
        ours = measures_of(example)
        if ours.path.next_step is None or example.steps < 6:
            continue
        settings = dict(example.settings)
        run = run_of(
            loss_of(example), example.optimiser, example.start, example.rate, example.steps, settings
        )
        theirs = twins.evaluate(MEASURES, [run, MEASURED])
        with np.errstate(all="ignore"):
            for name, found in zip(MEASURED, theirs, strict=True):
                value = float(found.replace("Infinity", "inf"))
                assert value == pytest.approx(ours[name], rel=1e-6, abs=1e-9, nan_ok=True), (name, example)
