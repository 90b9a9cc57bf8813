"""The table of verdicts: each row is reached by its example, and every behaviour is spoken of in whole templates."""

import re

import numpy as np
import pytest

from explorer.conditions import (
    all_hold,
    is_above,
    is_at,
    is_at_least,
    is_at_most,
    is_below,
    is_known,
    is_unknown,
)
from explorer.descent import OPTIMISERS, Behaviour, Outcome, descend
from explorer.descent.crossings import CROSSED, CROSSING
from explorer.descent.landscape import Landscape
from explorer.descent.measures import Measures
from explorer.descent.reasons import _PHRASES, Facts
from explorer.descent.sentences import WORDS
from explorer.descent.verdicts import VERDICTS, judge
from explorer.descent.walk import walk
from explorer.expression import parse
from tests.descent.long_runs import Run, contradiction, random_runs


def loss_of(example):
    return parse(example.loss, ("x", "y")[: len(example.start)])


def measures_of(example):
    row, landscape = OPTIMISERS[example.optimiser], Landscape(loss_of(example))
    values = row.resolve(dict(example.settings))

    def onward(steps):
        return walk(landscape, row, values, example.start, example.rate, max_steps=steps)

    watched = row.watched(values, seams=landscape.has_seams())
    return Measures(landscape, onward(example.steps), values.get("noise", 0.0), onward, watched=watched)


@pytest.mark.parametrize("row", VERDICTS, ids=lambda row: f"{row.behaviour} {row.example.loss}")
def test_the_example_of_a_row_ends_in_it(row):
    with np.errstate(all="ignore"):
        assert judge(measures_of(row.example)) is row
    path = descend(
        row.example.optimiser,
        loss_of(row.example),
        row.example.start,
        row.example.rate,
        row.example.steps,
        **dict(row.example.settings),
    )
    assert (path.outcome, path.behaviour) == (row.outcome, row.behaviour)
    assert "{" not in path.reason
    assert path.reason.endswith(".")


def test_every_behaviour_has_its_row_and_its_words():
    assert set(WORDS) == set(Behaviour) == {row.behaviour for row in VERDICTS}
    assert {row.outcome for row in VERDICTS} == set(Outcome)
    assert VERDICTS[-1].when == ()
    assert all(row.when for row in VERDICTS[:-1])


def lists():
    for words in WORDS.values():
        yield from (words.headline, words.line, *words.reason)
    yield CROSSING


def test_of_every_list_something_is_said_and_every_named_value_and_number_exists():
    for says in lists():
        assert not says[-1].when
    for sentence in (*(part for words in WORDS.values() for part in words.reason), CROSSING):
        for say in sentence:
            assert set(re.findall(r"{(\w+)}", say.text)) <= set(_PHRASES), say.text
            for name, *_ in say.when:
                assert hasattr(Facts, name) or hasattr(Measures, name), name
    for row in VERDICTS:
        assert all(hasattr(Measures, name) or name == "noise" for name, *_ in row.when)


def test_texts_are_whole_sentences():
    for says in (*lists(), CROSSED):
        for say in says:
            headline = any(says is words.headline for words in WORDS.values())
            assert say.text == say.text.strip()
            assert headline or say.text == "" or say.text.endswith((".", "{no_bound}")), say.text


def test_conditions():
    value = {"a": 2.0, "b": float("inf"), "c": float("nan")}.__getitem__
    for condition in (
        is_at("a", 2),
        is_above("a", 1),
        is_below("a", 3),
        is_at_least("a", 2),
        is_at_most("a", 2),
        is_above("b", 1),
    ):
        assert all_hold([condition], value), condition
    for condition in (
        is_at("a", 1),
        is_above("a", 2),
        is_below("a", 2),
        is_at_least("c", 0),
        is_at_most("c", 9),
        is_known("b"),
    ):
        assert not all_hold([condition], value), condition
    assert all_hold([is_known("a"), is_unknown("b"), is_unknown("c")], value)
    assert not all_hold([is_unknown("a"), is_at("missing", 0)], value)


@pytest.mark.parametrize("steps", [7, 10, 20, 40])
def test_a_passing_dip_is_no_rest(steps):
    """RMSProp on x² from 1.6 at 0.6 lies within 0.002 of 0 from step 7 on, and leaves it a hundred steps later."""
    path = descend("rmsprop", parse("x^2"), 1.6, 0.6, steps)
    assert (path.outcome, path.behaviour) == ("stopped", "lull")
    assert "a lull is no rest" in path.reason
    later = descend("rmsprop", parse("x^2"), 1.6, 0.6, steps + 400)
    assert np.abs(later.points[steps:]).max() > 0.01


def restless_runs(count):
    random = np.random.default_rng(12)
    losses = (
        "x^2",
        "x^4",
        "sqrt(x^2+1)",
        "sin(x)+x^2/10",
        "3x^4-5x^2+2x",
        "ln(1+x^2)",
        "x^2+10y^2",
        "x^2+y^4",
    )
    for _ in range(count):
        text = str(random.choice(losses))
        start = random.uniform(-3, 3, 2 if "y" in text else 1).round(3).tolist()
        yield (
            str(random.choice(["rmsprop", "adam", "amsgrad"])),
            parse(text, ("x", "y")[: len(start)]),
            start,
            float(10 ** random.uniform(-2, 0)),
            int(random.integers(20, 200)),
        )


def test_what_is_said_to_have_converged_is_still_there_ten_times_as_long():
    said = 0
    for optimiser, loss, start, rate, steps in restless_runs(60):
        path = descend(optimiser, loss, start, rate, steps)
        if path.outcome == "converged":
            said += 1
            later = descend(optimiser, loss, start, rate, 10 * steps).points[steps:]
            away = np.abs(later - path.points[-1]).max() / (1 + np.abs(path.points[-1]).max())
            assert away <= 0.01, (optimiser, loss.text, start, rate, steps)
    assert said >= 5


def test_verdicts_hold_for_ten_times_as_many_steps():
    """A sample of what the benchmark measures on 3,000 runs: every optimiser, losses in one and in two variables."""
    wrong = [
        (str(run), path.behaviour, against)
        for run in random_runs(48, 1)
        for path in [run.judged()]
        if (against := contradiction(path, run.walked_on()))
    ]
    assert not wrong


def test_swings_that_narrow_slowly_close_in():
    """Momentum 0.98 on x² shrinks by √β a step: after 500 steps it is at a loss of 0.0004 and has never settled."""
    path = descend("momentum", parse("x^2"), 4, 0.5, 500, momentum=0.98)
    assert (path.outcome, path.behaviour) == ("stopped", "overshooting")
    assert "the last swings are the smallest" in path.reason
    assert "below the bound" in path.reason


def test_a_fall_without_end_is_no_crawling():
    """Past the pole of x + 1/x momentum falls by 3.2 a step for ever."""
    path = descend("momentum", parse("1/x + x"), 0.46, 0.32, 400)
    assert float(np.abs(path.steps[-1, 0])) > 3
    assert (path.outcome, path.behaviour) == ("stopped", "falling")
    assert "jumped over a pole at x = 0" in path.reason


@pytest.mark.parametrize(
    ("loss", "start", "rate", "steps", "settings"),
    [
        # The rate decays below its bound after forty steps, millions away: what is a trifle of that is far from 0.
        ("1.63x^2+sin(x)^2", -1.76, 0.886, 86, {"decay": 0.01}),
        ("5x^2", 2.0, 0.5, 60, {"decay": 0.05}),
        ("abs(x^2-2.1)", -2.45, 1.51, 172, {"decay": 0.01, "noise": 0.5}),
    ],
)
def test_after_an_excursion_rest_is_measured_by_the_place(loss, start, rate, steps, settings):
    f = parse(loss, ("x",))
    path = descend("gd", f, start, rate, steps, **settings)
    assert np.ptp(path.points) > 1e3 * (1 + abs(path.points[-1, 0]))
    away = np.abs(
        descend("gd", f, start, rate, 10 * steps, **settings).points[steps:] - path.points[-1]
    ).max()
    assert away > 0.01 * (1 + abs(path.points[-1, 0]))
    assert path.outcome is not Outcome.CONVERGED


@pytest.mark.parametrize(
    ("optimiser", "loss", "start", "rate", "steps", "settings", "said"),
    [
        # A rate that decays like 1/k comes nearer like a power of k: at 6·10⁻⁶ of its way it has arrived.
        ("gd", "x^2+1000000", (-2.88,), 1.07, 112, {"decay": 1}, ("converged", "minimum")),
        ("momentum", "x^2 y^2", (-1.8, -0.67), 0.0833, 88, {"momentum": 0.7469}, ("converged", "valley")),
        # On a slope of 1, 10¹² away from where its excursion began, nothing has arrived.
        (
            *("gd", "max(|x|, x^2)", (3.25,), 2.79, 190),
            *({"decay": 0.1, "noise": 0.3}, ("stopped", "noisy")),
        ),
        # What it divides by has grown too large, so that every further step is 0.
        ("adam", "e^x", (500.0,), 3, 40, {}, ("diverged", "growing")),
        ("adagrad", "x^100", (100.0,), 3, 40, {}, ("diverged", "growing")),
        # Ten times as long, and the decayed rate has caught it.
        ("gd", "x^2+1000y^2", (-3.79, 1.02), 0.00234, 74, {"decay": 0.01}, ("stopped", "bouncing")),
        # Steps of 0.16 a piece, though on a flat slope, lead on for ever: that is slow, not stuck.
        ("amsgrad", "arctan(x)", (-2.41,), 3.76, 49, {}, ("stopped", "crawling")),
    ],
)
def test_what_other_losses_taught(optimiser, loss, start, rate, steps, settings, said):
    f = parse(loss, ("x", "y")[: len(start)])
    path = descend(optimiser, f, start, rate, steps, **settings)
    assert (path.outcome, path.behaviour) == said
    assert "undefined" not in path.reason


SEAMED = (
    (
        "{x<1.64: 0.86(x-1.64)^2, 1.03(x-1.64)}",
        1.18,
        0.438,
        52,
        "lull",
    ),  # arrives on the seam, and is thrown off it
    ("{x<0: x^2, 7.78x}", -1.0, 0.5, 20, "cycle"),
    ("|sin(5.21x)|", -2.03, 0.00958, 199, "bouncing"),  # a drift that looks like a cycle of eight
    ("|sin(4.93x)|", -2.03, 0.00958, 199, "bouncing"),
    ("|x-1|", 3.5, 0.3, 40, "cycle"),
    ("relu(x)^2 + x^2", 3.5, 0.1, 100, "minimum"),
    ("max(x^2, 1)", 3.5, 0.1, 100, "valley"),
)


@pytest.mark.parametrize(("loss", "start", "rate", "steps", "behaviour"), SEAMED)
def test_beside_a_seam_a_descent_is_watched(loss, start, rate, steps, behaviour):
    run = Run("gd", parse(loss), (start,), rate, steps, ())
    path = run.judged()
    assert contradiction(path, run.walked_on()) == ""
    assert path.behaviour == behaviour


@pytest.mark.parametrize(
    ("loss", "start", "rate", "steps"),
    [("x^(2/3) + 2.46x^2/9", (2.64,), 0.114, 183), ("x^2 + |y|^1.3", (-3.29, 1.82), 0.137, 82)],
)
def test_what_has_arrived_at_a_cusp_does_not_crawl(loss, start, rate, steps):
    run = Run("newton", parse(loss, ("x", "y")[: len(start)]), start, rate, steps, ())
    path = run.judged()
    assert (path.outcome, path.behaviour) == ("converged", "minimum")
    assert "too sharp a bottom" in path.reason
    assert contradiction(path, run.walked_on()) == ""


def test_after_an_excursion_the_judge_calls_a_crawl_by_its_name():
    """Its rate decays below the bound five thousand away; at a slope of 0.6 it then has 0.2 to go, and goes on."""
    run = Run("gd", parse("x^2+y^2+17.2(x+y-0.4)^2", ("x", "y")), (0.16, -3.18), 0.098, 50, (("decay", 0.3),))
    path, far = run.judged(), run.walked_on()
    extent, away = np.ptp(path.points), np.abs(far.points[-1] - path.points[-1]).max()
    assert path.behaviour == "crawling"
    assert 0.1 < away < 1e-3 * extent
    assert contradiction(path, far) == ""


@pytest.mark.parametrize(
    ("text", "still", "moved", "rate"),
    [
        ("x^2-y^2", (1.0, 0.0), (1.0, 1e-9), 0.1),
        ("x y", (1.0, 1.0), (1.0, 1.0 + 1e-8), 0.2),
        ("x^2-y^2+y^4/100", (1.0, 0.0), (1.0, -1e-9), 0.1),
    ],
)
def test_what_leaves_a_saddle_later_has_not_converged_to_it(text, still, moved, rate):
    """By hand: the small part along the downward axis grows by 1 + 2η, or 1 + η, a step."""
    loss = parse(text, ("x", "y"))
    assert descend("gd", loss, still, rate, 80).outcome == "converged"
    assert descend("gd", loss, moved, rate, 45).outcome == "stopped"
