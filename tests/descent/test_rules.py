"""Each update rule against PyTorch's recorded paths, textbook recurrences and itself on arrays."""

import json
from pathlib import Path

import numpy as np
import pytest

from explorer.descent import OPTIMISERS, descend, live_settings
from explorer.descent.noise import normal, uniform
from explorer.descent.problems import PROBLEMS
from explorer.descent.scalar import scalar_program
from explorer.expression import parse
from tests.descent.reference import textbook_path

REFERENCE = json.loads(Path(__file__).with_name("pytorch_reference.json").read_text(encoding="utf-8"))
FIRST_ORDER = [name for name, row in OPTIMISERS.items() if not row.second_order]


@pytest.mark.parametrize("run", REFERENCE["runs"], ids=lambda run: f"{run['optimiser']} on {run['loss']}")
def test_agrees_with_pytorch_over_200_steps(run):
    loss = parse(run["loss"], ("x", "y")[: len(run["start"])])
    ours = descend(run["optimiser"], loss, run["start"], run["rate"], 200, **run["settings"])
    recorded = np.array(run["points"])
    assert ours.points.shape == (201, len(run["start"]))
    assert np.abs(ours.points[REFERENCE["steps"]] - recorded).max() < 1e-10


def test_the_reference_covers_every_first_order_optimiser():
    assert {run["optimiser"] for run in REFERENCE["runs"]} == set(FIRST_ORDER)


@pytest.mark.parametrize("name", FIRST_ORDER)
@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_agrees_with_the_textbook_on_every_problem(name, problem):
    row, loss = OPTIMISERS[name], problem.loss
    settings = row.resolve({})
    # A third of the rate: where a descent is chaotic or diverges, rounding would decide after some steps.
    rate = (row.suggested_rate or problem.rate) / 3
    ours = descend(name, loss, problem.start, rate, 40)

    def gradient_at(w):
        return np.array(loss.value_and_gradient(*w)[1])

    taken = len(ours.steps)
    theirs = textbook_path(name, gradient_at, problem.start, rate=rate, steps=taken, settings=settings)
    assert taken == 40 or not ours.gradients[-1].all()
    np.testing.assert_allclose(ours.points, theirs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", FIRST_ORDER)
def test_a_rule_is_pure_and_the_same_for_floats_and_arrays(name):
    row = OPTIMISERS[name]
    values = [setting.default for setting in row.settings]
    (_, move), *kept = row.tape.outputs
    run = scalar_program(row.tape)
    memory = row.initial
    many = tuple(np.full(2, part) for part in row.initial)
    for gradient in (3.0, -0.25, 1e-3, 0.0, 40.0):
        registers = run((gradient, 0.1, *memory, *values))
        assert run((gradient, 0.1, *memory, *values)) == registers
        memory = tuple(registers[register] for _, register in kept)
        both = row.tape.run(np.array([gradient, -gradient]), np.array([0.1, 0.1]), *many, *values)
        steps, *many = both.values()
        assert steps[0] == registers[move]
        assert steps[1] == -registers[move]
        assert tuple(part[0] for part in many) == memory


@pytest.mark.parametrize("name", OPTIMISERS)
def test_a_row_has_ranges_that_hold_their_defaults_and_a_look_of_its_own(name):
    row = OPTIMISERS[name]
    for setting in (*row.settings, *row.modifiers):
        assert setting.low <= setting.default <= setting.end <= setting.high
        assert setting.explanation
    assert (row.bound is None) == (row.bound_formula == "")
    assert row.idea
    assert [(other.colour, other.shape) for other in OPTIMISERS.values()].count((row.colour, row.shape)) == 1


def test_settings_that_share_a_control_share_its_range_and_default():
    known = {setting.control: setting for setting in live_settings()}
    for row in OPTIMISERS.values():
        for setting in (*row.settings, *row.modifiers):
            assert setting.switch or known[setting.control] == setting
    with pytest.raises(ValueError, match=r"The momentum β must lie between 0 and 0\.999, not 1"):
        descend("momentum", parse("x^2"), 4, 0.1, 5, momentum=1)


def test_first_steps_in_closed_form():
    loss, start = parse("x^2"), 4.0
    step = {name: descend(name, loss, start, 0.1, 1).steps[0, 0] for name in OPTIMISERS}
    assert step["gd"] == step["momentum"] == pytest.approx(-0.8, abs=1e-15)
    assert step["nesterov"] == pytest.approx(-0.8 * 1.9, abs=1e-15)
    assert step["adagrad"] == pytest.approx(-0.1, rel=1e-9)  # every first step has length η
    assert step["adam"] == pytest.approx(-0.1, rel=1e-8)
    assert step["rmsprop"] == pytest.approx(-0.1 / np.sqrt(1 - 0.99), rel=1e-7)
    assert step["newton"] == pytest.approx(-0.1 * 4, abs=1e-15)  # η of the way to the minimum


def test_uniform_numbers_are_those_of_mulberry32():
    # The widely published JavaScript generator with seed 1 gives these first outputs.
    assert [uniform(1, k) for k in range(3)] == [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]


def test_noise_is_standard_normal_and_repeatable():
    draws = np.array([normal(7, k) for k in range(5000)])
    assert abs(draws.mean()) < 0.05
    assert abs(draws.std() - 1) < 0.05
    assert abs(np.mean(draws**3)) < 0.2
    loss = parse("x^2")
    first, again, other = (descend("gd", loss, 4, 0.1, 30, noise=1, seed=s).points for s in (3, 3, 4))
    assert (first == again).all()
    assert (first[1:] != other[1:]).all()


def test_decay_divides_the_rate_by_the_step_number():
    path = descend("gd", parse("x^2"), 4, 0.5, 5, decay=1)
    assert path.rates == pytest.approx([0.5, 0.25, 0.5 / 3, 0.125, 0.1][: len(path.rates)])


def test_backtracking_halves_until_armijo_holds():
    loss = parse("x^2 + 25y^2", ("x", "y"))
    path = descend("gd", loss, (2, 1), 1, 60, backtracking=1)
    powers = np.log2(path.rates)
    assert (powers == np.round(powers)).all()
    assert (path.rates <= 1).all()
    squares = (path.gradients[:-1] ** 2).sum(axis=1)
    assert (path.losses[1:] <= path.losses[:-1] - 1e-4 * path.rates * squares).all()
    # One halving fewer would not have been enough.
    for point, gradient, rate, value in zip(
        path.points, path.gradients, path.rates, path.losses, strict=False
    ):
        if rate < 1:
            longer = float(loss(*(point - 2 * rate * gradient)))
            assert not longer <= value - 1e-4 * 2 * rate * (gradient @ gradient)
