"""The best lines for absolute values and Huber's costs, against SciPy's, and what a change of scale may not change."""

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

from explorer.data import DataError
from explorer.data.columns import sums_over
from explorer.data.losses import SCALES, best_line, huber
from explorer.data.sums import SUMS, fit_passes, fit_quantities
from explorer.expression import compile_tape

OUTLIER = (np.arange(1.0, 11.0), np.array([*range(100, 1000, 100), 10000.0]))


def sample(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.normal(3, 5, count), random.standard_t(2, count) * 20 - 7


def test_one_slip_does_not_turn_the_absolute_line() -> None:
    line = best_line(*OUTLIER, "absolute", 1.0)
    assert (line.slope, line.intercept, line.loss) == pytest.approx((100, 0, 900))
    assert best_line(*OUTLIER, "square", 1.0).slope == pytest.approx(590.9091, abs=1e-4)


@pytest.mark.parametrize("count", [2, 3, 11, 60])
def test_the_least_absolute_line_is_that_of_linear_programming(count: int) -> None:
    x, y = sample(count, count)
    ones, unit = np.ones_like(x), np.eye(count)
    rows = np.block([[x[:, None], ones[:, None], -unit], [-x[:, None], -ones[:, None], -unit]])
    found = linprog(
        np.concatenate([[0, 0], ones / count]),
        A_ub=rows,
        b_ub=np.concatenate([y, -y]),
        bounds=[(None, None)] * 2 + [(0, None)] * count,
    )
    line = best_line(x, y, "absolute", 1.0)
    assert line.loss == pytest.approx(found.fun, rel=1e-9, abs=1e-9)
    assert np.mean(np.abs(y - line.slope * x - line.intercept)) == pytest.approx(line.loss)


@pytest.mark.parametrize("delta", [0.05, 3.0, 25.0, 1e4])
def test_hubers_line_is_that_of_scipy(delta: float) -> None:
    x, y = sample(5, 40)
    line = best_line(x, y, "huber", delta)

    def cost(at: np.ndarray) -> float:
        return float(np.mean(huber(y - at[0] * x - at[1], delta)))

    found = minimize(cost, [line.slope, line.intercept], method="Nelder-Mead", options={"xatol": 1e-9})
    assert line.loss == pytest.approx(cost(np.array([line.slope, line.intercept])))
    assert line.loss <= found.fun * (1 + 1e-8)
    if delta == 1e4:
        assert line.slope == pytest.approx(best_line(x, y, "square", delta).slope)


def test_points_above_each_other_have_no_line_by_any_loss() -> None:
    for loss in ("square", "absolute", "huber"):
        with pytest.raises(DataError):
            best_line(np.array([2.0, 2.0]), np.array([1.0, 5.0]), loss, 1.0)


@pytest.mark.parametrize("scale", SCALES)
def test_a_scale_of_x_leaves_the_line_where_it_is(scale: str) -> None:
    x, y = sample(9, 13)
    sums = sums_over(fit_passes(), (x, y))
    tape = compile_tape(fit_quantities(scale), SUMS)
    found = {name: float(value) for name, value in tape.run(*(sums[name] for name in SUMS)).items()}
    line = best_line(x, y, "square", 1.0)
    assert (found["slope_best"], found["height_best"]) == pytest.approx((line.slope, line.intercept))
    counted = (x - found["x_shift"]) / found["x_width"]
    again = best_line(counted, y, "square", 1.0)
    assert (found["m_best"], found["c_best"]) == pytest.approx((again.slope, again.intercept))
    assert found["spread"] == pytest.approx(np.var(counted))
    assert found["x_mean"] == pytest.approx(np.mean(counted), abs=1e-14)
    if scale == "standard":
        assert (np.mean(counted), np.std(counted)) == pytest.approx((0, 1), abs=1e-12)
    if scale == "normal":
        assert (counted.min(), counted.max()) == pytest.approx((0, 1))
