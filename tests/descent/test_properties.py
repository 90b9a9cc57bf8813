"""What holds on every quadratic: exact bounds, closed-form paths, rates, and the optimum."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from explorer.descent import OPTIMISERS, descend, stability
from explorer.descent.newton import backtrack, backtracks, newton_direction, newton_directions
from explorer.descent.problems import PROBLEMS
from explorer.expression import parse

XY = ("x", "y")


def quadratic(matrix, centre=(0.0, 0.0)):
    """½(w − c)ᵀH(w − c) as a learner would type it."""
    (a, b), (_, d) = matrix
    p, q = centre
    u, v = f"(x - ({p:.6f}))", f"(y - ({q:.6f}))"
    return parse(f"{a / 2:.9f}{u}^2 + ({b:.9f}){u} {v} + {d / 2:.9f}{v}^2", XY)


def turned(low, high, angle):
    c, s = np.cos(angle), np.sin(angle)
    axes = np.array([[c, -s], [s, c]])
    return axes @ np.diag([low, high]) @ axes.T, axes


definite = st.tuples(
    st.floats(0.05, 20), st.floats(1, 40), st.floats(0, np.pi), st.floats(-3, 3), st.floats(-3, 3)
)
below, above = st.floats(0.05, 0.985), st.floats(1.015, 3)


@settings(max_examples=40, deadline=None)
@given(definite, st.one_of(below, above), st.floats(0.2, 1.3))
def test_gradient_descent_converges_exactly_below_two_over_the_largest_curvature(shape, part, direction):
    low, ratio, angle, p, q = shape
    matrix, axes = turned(low, low * ratio, angle)
    # A generic start: it has a part along each axis, neither of them small.
    start = np.array([p, q]) + 2 * axes @ [np.cos(direction), np.sin(direction)]
    path = descend("gd", quadratic(matrix, (p, q)), start, part * 2 / (low * ratio), 4000)
    assert path.outcome == ("converged" if part < 1 else "diverged"), path.reason
    if part < 1:
        assert path.points[-1] == pytest.approx([p, q], abs=5e-3)


@settings(max_examples=25, deadline=None)
@given(definite, st.one_of(below, above), st.sampled_from(["momentum", "nesterov"]), st.floats(0, 0.9))
def test_the_bounds_of_momentum_methods_are_exact(shape, part, name, momentum):
    low, ratio, angle, *_ = shape
    matrix, axes = turned(low, low * ratio, angle)
    loss, start = quadratic(matrix), axes @ [1.0, 1.5]
    bound = stability(loss, (0, 0)).bound(name, momentum=momentum)
    path = descend(name, loss, start, part * bound, 6000, momentum=momentum)
    assert path.outcome == ("converged" if part < 1 else "diverged"), path.reason


@settings(max_examples=25, deadline=None)
@given(definite, below, st.floats(0, 0.95))
def test_paths_on_quadratics_in_closed_form(shape, part, momentum):
    low, ratio, angle, *_ = shape
    values = np.array([low, low * ratio])
    matrix, axes = turned(*values, angle)
    loss, start = quadratic(matrix), axes @ [1.0, 1.5]
    rate = part * 2 / values[1]
    ours = descend("gd", loss, start, rate, 50).points
    powers = (1 - rate * values) ** np.arange(51)[:, None]
    np.testing.assert_allclose(ours, (powers * [1.0, 1.5]) @ axes.T, atol=1e-7)
    for name, transition in (
        ("momentum", lambda a: [[1 + momentum - a, -momentum], [1, 0]]),
        ("nesterov", lambda a: [[(1 + momentum) * (1 - a), -momentum * (1 - a)], [1, 0]]),
    ):
        path = descend(name, loss, start, rate / 2, 50, momentum=momentum).points @ axes
        for axis, value in enumerate(values):
            state = np.array(path[1::-1, axis])
            for point in path[2:, axis]:
                state = np.array(transition(rate / 2 * value)) @ state
                assert point == pytest.approx(state[0], abs=1e-6)


def test_best_asymptotic_rate_beats_its_neighbours_and_has_the_known_factor():
    loss = parse("x^2/2 + 12.5y^2", XY)
    best = stability(loss, (0, 0)).best_rate
    assert best == pytest.approx(2 / 26)
    norms = {
        rate: np.linalg.norm(descend("gd", loss, (1, 1), rate, 400).points[[300, 301]], axis=1)
        for rate in (best, best * 0.97, best * 1.03)
    }
    factors = {rate: after / before for rate, (before, after) in norms.items()}
    assert factors[best] == pytest.approx((25 - 1) / (25 + 1), rel=1e-6)
    assert all(factors[best] < factor for rate, factor in factors.items() if rate != best)


def test_heavy_ball_with_polyaks_constants_has_polyaks_rate():
    root = np.sqrt(25)
    momentum, rate = ((root - 1) / (root + 1)) ** 2, 4 / (root + 1) ** 2
    points = descend("momentum", parse("x^2/2 + 12.5y^2", XY), (1, 1), rate, 120, momentum=momentum).points
    norm = np.linalg.norm(points, axis=1)
    assert (norm[-1] / norm[60]) ** (1 / 60) == pytest.approx((root - 1) / (root + 1), abs=0.03)


@settings(max_examples=30, deadline=None)
@given(definite)
def test_newton_arrives_in_one_step_on_a_quadratic(shape):
    low, ratio, angle, p, q = shape
    loss = quadratic(turned(low, low * ratio, angle)[0], (p, q))
    path = descend("newton", loss, (5, -4), 1, 5)
    assert path.points[1] == pytest.approx([p, q], abs=1e-5)


entry = st.floats(-50, 50)


@settings(max_examples=100, deadline=None)
@given(entry, entry, entry, entry, entry)
def test_newtons_direction_is_downhill_and_newtons_own_where_that_is_safe(a, b, d, gx, gy):
    matrix, gradient = np.array([[a, b], [b, d]]), np.array([gx, gy])
    assume(np.abs(gradient).max() > 1e-3 and np.abs(matrix).max() > 1e-3)
    direction = np.array(newton_direction(gradient.tolist(), matrix.tolist()))
    values, vectors = np.linalg.eigh(matrix)
    terms = [np.abs(np.outer(v, v) * matrix).sum() for v in vectors.T]
    sizes = np.maximum(np.abs(values), np.maximum(1e-8 * np.array(terms), 1e-12))
    expected = -(vectors / sizes) @ (vectors.T @ gradient)
    tolerance = 1e-7 * np.abs(expected).max() + 1e-12
    if np.abs(values).min() > 1e-6:
        assert direction == pytest.approx(expected, abs=tolerance)
    assert direction @ gradient < 0
    many = newton_directions(gradient[:, None], matrix[:, :, None])
    assert np.array(many)[:, 0] == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("power", [2, 60])
def test_backtracking_many_points_is_backtracking_each_in_few_calls(power):
    """Along x^power from 1 a step of any length: some are fit at once, some after any number of halvings, or never."""
    rates = 2.0 ** np.arange(-3, 90)
    ways, calls = np.where(np.arange(len(rates)) % 9, -1.0, 1.0), []

    def loss_at(places):
        calls.append(places[0].size)
        return np.abs(places[0]) ** power

    given = np.ones((1, len(rates))), np.ones(len(rates)), ways[None], power * ways
    with np.errstate(over="ignore"):
        many = backtracks(loss_at, *given, rates=rates)
        each = [
            backtrack(
                lambda p: float(abs(np.float64(p[0])) ** power), (1.0,), 1.0, (way,), power * way, rate=rate
            )[0]
            for way, rate in zip(ways.tolist(), rates.tolist(), strict=True)
        ]
    assert many.tolist() == each
    assert len(calls) <= 8
    assert sum(calls) <= 80 * len(rates)


@settings(max_examples=100, deadline=None)
@given(definite, st.floats(-9, 9), st.floats(-9, 9))
def test_newtons_step_does_not_depend_on_the_units_of_the_coordinates(shape, p, q):
    """Whatever one coordinate is measured in: as beside a cusp, where the curvature in it is near infinite."""
    low, ratio, angle, gx, gy = shape
    basis, scale = turned(low, low * ratio, angle)[0], np.array([10.0**p, 10.0**q])
    least = np.linalg.eigvalsh(basis * np.outer(scale, scale))[0]
    assume(abs(least) > 1e-11)
    gradient = np.array([gx, gy])
    direction = newton_direction((gradient * scale).tolist(), (basis * np.outer(scale, scale)).tolist())
    wanted = -np.linalg.solve(basis, gradient)
    assert np.array(direction) * scale == pytest.approx(wanted, abs=1e-9 * np.abs(wanted).max())


@pytest.mark.parametrize(
    ("text", "lowest"),
    [("x^2+|y|^1.3", 0), ("|x|^1.3+3y^2", 0), ("(x-1)^4+|y|^1.4", 1), ("|x|^1.2+y^2", 0)],
)
@pytest.mark.parametrize("rate", [0.17, 0.7])
def test_beside_a_cusp_newton_goes_on_in_the_other_direction(text, lowest, rate):
    path = descend("newton", parse(text, XY), (1.5, 2.0), rate, 150)
    assert path.points[-1] == pytest.approx([lowest, 0], abs=1e-3)
    assert path.behaviour != "crawling" or path.losses[-1] < 1e-12


# A kink has no Newton step; from a ridge or between many dents each method has its own way.
SMOOTH = [problem for problem in PROBLEMS if problem.name not in ("kink", "rastrigin", "saddle")]


@pytest.mark.parametrize("problem", SMOOTH, ids=lambda problem: problem.name)
def test_newton_finds_a_minimum_as_low_as_scipys(problem):
    path = descend("newton", problem.loss, problem.start, 1, 300)

    def value_and_gradient(w):
        value, partials = problem.loss.value_and_gradient(*w)
        return float(value), np.array([float(part) for part in partials])

    theirs = minimize(value_and_gradient, path.points[-1], jac=True, method="BFGS", tol=1e-10)
    assert path.outcome == "converged", path.reason
    assert path.losses[-1] <= theirs.fun + 1e-8 * max(1.0, abs(theirs.fun))
    assert path.points[-1] == pytest.approx(theirs.x, abs=1e-3)


@pytest.mark.parametrize("name", OPTIMISERS)
def test_every_optimiser_finds_the_bottom_of_a_mild_quadratic(name):
    rate = OPTIMISERS[name].suggested_rate or 0.1
    path = descend(name, parse("x^2 + 3y^2 + x y", XY), (2, -1), rate, 3000)
    assert np.abs(path.points[-1]).max() < 0.05
    assert path.losses[-1] < 1e-2
