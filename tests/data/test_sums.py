"""The fit as expressions in the rows, against sums that are exact."""

import math
from fractions import Fraction

import numpy as np
import pytest

from explorer.data import least_squares
from explorer.data.columns import sums_over
from explorer.data.losses import SCALES
from explorer.data.sums import GIVEN, SUMS, fit_passes, fit_quantities, mean_square
from explorer.expression import compile_tape

ROUNDING = 1e-12


def fitted(rows: list[tuple[float, float]], scale: str = "raw") -> dict[str, float]:
    sums = sums_over(fit_passes(), list(np.array(rows, dtype=float).T))
    values = compile_tape(fit_quantities(scale), SUMS).run(*(sums[name] for name in SUMS))
    return {name: float(value) for name, value in values.items()}


@pytest.mark.parametrize("count", [2, 3, 10, 500, 10_000])
@pytest.mark.parametrize("middle", [0.0, 5.0, -2000.0])
def test_the_best_line_is_that_of_least_squares(count: int, middle: float) -> None:
    random = np.random.default_rng(count)
    x, y = random.normal(middle, 3.0, count), random.normal(7.0, 20.0, count)
    found, line = fitted(list(zip(x.tolist(), y.tolist(), strict=True))), least_squares(x, y)
    scale = 20.0 * (1 + abs(middle))
    assert found["m_best"] == pytest.approx(line.slope, rel=1e-9)
    assert found["c_best"] == pytest.approx(line.intercept, abs=1e-9 * scale)
    assert found["j_best"] == pytest.approx(line.loss, rel=1e-9, abs=1e-18)
    for name, values in (("x_mean", x), ("y_mean", y)):
        assert abs(found[name] - math.fsum(values) / count) <= ROUNDING * math.fsum(abs(values)) / count
    exact = sum((Fraction(v) for v in x.tolist()), Fraction()) / count
    spread = float(sum((Fraction(v) - exact) ** 2 for v in x.tolist()) / count)
    assert found["spread"] == pytest.approx(spread, rel=1e-10)
    assert found["explained"] == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2, rel=1e-9)


@pytest.mark.parametrize("x", [0.0, 0.1, 3.0, 2023.7])
def test_points_above_each_other_have_no_line(x: float) -> None:
    found = fitted([(x, 1.0), (x, 2.0), (x, 4.0)])
    assert all(math.isnan(found[name]) for name in ("slope_best", "height_best", "explained"))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("x", [0.0, 0.1, 3.0, 2023.7])
def test_the_mean_square_of_points_above_each_other_is_a_valley(x: float, scale: str) -> None:
    y = np.array([1.0, 2.0, 4.0])
    found = fitted([(x, value) for value in y.tolist()], scale)
    counted = (x - found["x_shift"]) / found["x_width"]
    loss = mean_square()
    for m, c in np.random.default_rng(3).normal(0, 20, (20, 2)):
        value, slopes = loss.value_and_gradient(m, c, *(found[name] for name in GIVEN))
        residuals = y - (m * counted + c)
        assert float(value) == pytest.approx(float(np.mean(residuals**2)), rel=1e-11)
        size = max(1.0, abs(x)) * float(np.max(np.abs(residuals)))
        assert float(slopes[0]) == pytest.approx(float(-2 * np.mean(residuals) * counted), abs=1e-11 * size)
        assert float(slopes[1]) == pytest.approx(float(-2 * np.mean(residuals)), abs=1e-11 * size)


def test_the_mean_square_is_that_of_the_residuals_with_its_slopes() -> None:
    random = np.random.default_rng(16)
    x, y = random.uniform(-3, 9, 12), random.uniform(-50, 80, 12)
    found = fitted(list(zip(x.tolist(), y.tolist(), strict=True)))
    loss = mean_square()
    for m, c in random.normal(0, 20, (20, 2)):
        given = [np.array(found[name]) for name in GIVEN]
        value, slopes = loss.value_and_gradient(np.array(m), np.array(c), *given)
        residuals = y - (m * x + c)
        assert float(value) == pytest.approx(float(np.mean(residuals**2)), rel=1e-11)
        assert float(slopes[0]) == pytest.approx(float(-2 * np.mean(residuals * x)), rel=1e-9)
        assert float(slopes[1]) == pytest.approx(float(-2 * np.mean(residuals)), rel=1e-9)


def test_the_slopes_of_lines_far_from_where_x_is_0_keep_their_digits() -> None:
    rows = [(1e8 + k, y) for k, y in enumerate((3.0, 4.5, 4.0, 7.0, 8.0, 9.0))]
    given = [fitted(rows)[name] for name in GIVEN]
    for m, c in ((5.869333250959994e-08, 5.869333017226671e-16), (3e-8, 1.0), (0.0, 0.0), (-2e-7, 4.0)):
        left = [Fraction(y) - (Fraction(m) * Fraction(x) + Fraction(c)) for x, y in rows]
        _, slopes = mean_square().value_and_gradient(m, c, *given)
        pull = -2 * sum(r * Fraction(x) for r, (x, _) in zip(left, rows, strict=True)) / len(rows)
        assert [float(one) for one in slopes[:2]] == pytest.approx(
            [float(pull), float(-2 * sum(left) / len(rows))], rel=1e-12
        )
