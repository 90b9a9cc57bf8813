"""Sums over rows and the walks on them, in the browser's own modules against NumPy."""

import math
from fractions import Fraction

import numpy as np
import pytest
from mpmath import mp

from explorer.data import least_squares
from explorer.data.columns import sums_over
from explorer.data.losses import Setting, row_cost
from explorer.data.rows import as_sent
from explorer.data.sums import SUMS, fit_passes
from explorer.descent import Behaviour, Summed, descend
from explorer.descent.stability import minimum_below
from explorer.figures.descent.run import BEHAVIOURS
from explorer.figures.regression.classes import classes_scene
from explorer.figures.regression.classes_loss import Cost, class_loss
from explorer.figures.regression.features import features_scene
from explorer.figures.regression.line import regression_scene
from explorer.figures.regression.view import loss_of, valley_for
from tests.browser.stage import with_live_modules


@pytest.fixture(scope="module")
def twins(browser):  # type: ignore[no-untyped-def]
    yield from with_live_modules(browser, "twins", ("Columns", "Landscape", "Quantities"))


@pytest.mark.parametrize("loss", ["absolute", "huber"])
def test_sums_over_rows_are_those_of_numpy(twins, loss: str) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(500)
    shared = {"x_shift": 3.0, "x_width": 7.5, "delta": 40.0}
    for count in (1, 10, 500):
        rows = random.normal(0, 60, (count, 2))
        valley = valley_for(loss)
        tapes = {name: getattr(valley, name).to_json() for name in ("value", "gradient", "hessian")}
        spec = tapes | {"quadratic": False, "given": list(shared.values()), "rows": ["x", "y"]}
        points = random.normal(0, 20, (20, 2))
        found = twins.evaluate(
            """([spec, points, x, y]) => {
              // More numbers than there are rows: those behind the last row count for nothing.
              const arrays = [x, y].map((one) => Float64Array.from([...one, NaN, 1e9]));
              const columns = { letters: ["x", "y"], arrays, count: x.length, version: 1 };
              const landscape = new twins.Landscape(spec, (quantity) => () => quantity, columns);
              landscape.refresh();
              const slopes = new Float64Array(2);
              return points.map((at) => (
                [landscape.look(at, slopes), ...slopes, ...landscape.hessian(at), landscape.lossAt(at)]
              ));
            }""",
            [spec, points.tolist(), *rows.T.tolist()],
        )
        term = row_cost(loss)
        values = {name: term.number(value) for name, value in shared.items()}
        names = ("x", "y", "u", "v")
        summed = Summed(term.substitute(values, names), tuple(map(tuple, rows.tolist())))
        for at, told in zip(points, found, strict=True):
            terms = [abs(float(Summed(summed.term, (row,))(*at))) for row in summed.rows]
            landscape = summed.landscape()
            value, slopes = landscape.look(tuple(at))
            (a, b), (_, d) = landscape.hessian(tuple(at))
            assert told == pytest.approx([value, *slopes, a, b, d, value], rel=1e-11, abs=1e-11)
            assert abs(told[0] - value) <= 1e-12 * sum(terms) / count


PLAYED = """([scene, names, rows, state, held]) => {
  const { tape, controls, afterwards, columns, descents } = scene;
  const switches = { shows: (name) => name === "logloss" || !name, chosen: () => "gd" };
  const quantities = new twins.Quantities(tape, controls, descents, switches, afterwards, columns);
  const values = new Map([...controls.map((control) => [control.name, control.value]), ...Object.entries(state)]);
  const put = (rows) => {
    values.set(columns.count, rows.length);
    rows.forEach((row, k) => row.forEach((value, i) => values.set(`${columns.cells[i].name}${k + 1}`, value)));
  };
  return rows.map((these, turn) => {
    put(these);
    quantities.evaluate(values, held[turn]);
    return names.map((name) => quantities.reader(name)());
  });
}"""
"""What a scene's quantities are for some rows after each other, while a hand holds or not."""


@pytest.mark.parametrize("shift", [0.0, 2000.0])
@pytest.mark.parametrize("loss", ["absolute", "huber"])
def test_a_slope_that_only_rounding_makes_is_said_to_be_none(twins, loss: str, shift: float) -> None:  # type: ignore[no-untyped-def]
    """With the line below all points, far away, each pulls alike; and standardised x sum to nothing."""
    rows = tuple((shift + x, y) for x, y in ((0.3, 2.1), (1.7, 2.9), (3.1, 5.2), (0.9, 4.4), (2.3, 9.7)))
    scene = regression_scene(rows, 10, Setting(loss, "standard"))
    names = ("run_dx", "run_dy")
    (told,) = twins.evaluate(PLAYED, [scene.to_json(), names, [rows], {"c": -1000.0}, [False]])
    assert told[0] == 0
    assert told[1] < -0.5


@pytest.mark.parametrize(("x", "width"), [(0.0, 1.0), (1e8, 1.0), (0.0, 1e-9), (-2e5, 1e6)])
def test_curvatures_are_those_of_exact_numbers_wherever_the_points_lie(twins, x: float, width: float) -> None:  # type: ignore[no-untyped-def]
    """Of the Hessian's own doubles nothing would be left far from 0: it is no flat spot, and no kink, but a crawl."""
    rows = tuple((x + width * k, y) for k, y in enumerate((1.0, 3.0, 2.0, 5.0, 4.0, 6.0)))
    scene = regression_scene(rows, 100)
    names = (
        "run_condition",
        "run_bound",
        "run_minimum_x",
        "run_minimum_y",
        "run_dx",
        "run_dy",
        "run_behaviour",
    )
    state = {"step": 100.0}
    (told,) = twins.evaluate(PLAYED, [scene.to_json(), names, [rows], state, [False]])
    condition, bound, m, c, *slopes, behaviour = told
    exact = [(Fraction(one), Fraction(y)) for one, y in rows]
    middle, height = (sum(column) / 6 for column in zip(*exact, strict=True))
    spread = sum((one - middle) ** 2 for one, _ in exact) / 6
    steepest = sum((one - middle) * (y - height) for one, y in exact) / 6 / spread
    trace, determinant = 2 * (spread + middle**2 + 1), 4 * spread
    largest = float(trace) / 2 * (1 + math.sqrt(1 - float(4 * determinant / trace**2)))
    assert condition == pytest.approx(largest * largest / float(determinant), rel=1e-7)
    assert bound == pytest.approx(2 / largest, rel=1e-8)
    assert (m, c) == pytest.approx((float(steepest), float(height - steepest * middle)), rel=1e-6)
    assert BEHAVIOURS[int(behaviour)] is (Behaviour.CRAWLING if condition > 100 else Behaviour.UNFINISHED)
    # Of a slope that is said at least the first digits are sure.
    (at,) = twins.evaluate(PLAYED, [scene.to_json(), ("run_x", "run_y"), [rows], state, [False]])
    run = [Fraction(one) for one in at]
    left = [run[0] * one + run[1] - y for one, y in exact]
    for said, terms in zip(
        slopes, ([r * one for r, (one, _) in zip(left, exact, strict=True)], left), strict=True
    ):
        assert said == 0 or said == pytest.approx(float(2 * sum(terms) / 6), rel=0.5)


@pytest.mark.parametrize("far", [60.0, 2000.0, 1e7, 1e9 - 10])
def test_rows_far_from_0_bend_as_they_do_about_their_middle(twins, far: float) -> None:  # type: ignore[no-untyped-def]
    """Huber's costs and log losses: neither a valley nor a flat spot, in Python as in the browser."""
    heights = {
        "huber": (2.0, 3.5, 3.0, 5.0, 9.0),
        "log": (0.0, 0.0, 1.0, 0.0, 1.0),
        "held": (0.0, 0.0, 1.0, 1.0, 1.0),
    }
    names = ("run_condition", "run_bound", "run_minimum_x", "run_minimum_y", "run_behaviour")
    for kind, column in heights.items():
        rows = tuple(zip((far, far + 1, far + 2, far + 3, far + 5), column, strict=True))
        if kind == "huber":
            setting = Setting("huber")
            scene, state, ways = regression_scene(rows, 100, setting), {}, ("m", "c")
            delta = next(control.value for control in scene.controls if control.name == "delta")
            loss = loss_of(rows, ways, setting, delta)
            assert isinstance(loss, Summed)

            def cost(z, y, delta=delta):  # type: ignore[no-untyped-def]
                """Slope and bend by z."""
                left = z - y
                return (left, 1) if abs(left) <= delta else (mp.sign(left) * mp.mpf(delta), 0)
        else:
            shrinking = 0.05 if kind == "held" else 0.0
            scene, state, ways = classes_scene(rows), {"lam": shrinking}, ("w", "b")
            loss = class_loss(rows, Cost(False, shrinking))

            def cost(z, y):  # type: ignore[no-untyped-def]
                p = 1 / (1 + mp.exp(-z))
                return p - y, p * (1 - p)

        found = minimum_below(loss.landscape(), (0.0, 0.0))
        assert found is not None
        with mp.workdps(60):
            (m, c), (a, b, d) = _by_newton(rows, cost, 2 * mp.mpf(state.get("lam", 0.0)), found.point)
            largest = (a + d + mp.sqrt((a - d) ** 2 + 4 * b * b)) / 2
            condition = float(largest * largest / (a * d - b * b))
            bound, middle = float(2 / largest), sum(mp.mpf(x) for x, _ in rows) / 5
            height = m * middle + c
        (told,) = twins.evaluate(PLAYED, [scene.to_json(), names, [rows], state, [False]])
        for point, says in ((found.point, found.condition_number), (told[2:4], told[0])):
            assert says == pytest.approx(condition, rel=1e-5)
            # What a double for c leaves of the line's height is all that is asked.
            assert point[0] == pytest.approx(float(m), abs=1e-7)
            with mp.workdps(60):
                off = float(mp.mpf(point[0]) * middle + mp.mpf(point[1]) - height)
            assert off == pytest.approx(0, abs=1e-6)
        assert told[1] == pytest.approx(bound, rel=1e-6)
        assert BEHAVIOURS[int(told[4])] is not Behaviour.VALLEY


def test_a_slope_where_one_row_bends_alone_is_no_valley(twins) -> None:  # type: ignore[no-untyped-def]
    """At the line of least squares only one of the points is nearer than δ: the gradient still leads on."""
    rows = tuple(zip((1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3, 1e6 + 5), (2.0, 3.5, 3.0, 5.0, 9.0), strict=True))
    setting, state = Setting("huber"), {"m": 1.64286, "c": -1642861.6}
    scene = regression_scene(rows, 100, setting)
    values = {control.name: control.value for control in scene.controls}
    walked = descend(
        "gd", loss_of(rows, ("m", "c"), setting, values["delta"]), tuple(state.values()), values["rate"], 100
    )
    (told,) = twins.evaluate(PLAYED, [scene.to_json(), ("run_behaviour",), [rows], state, [False]])
    assert walked.behaviour is Behaviour.CRAWLING
    assert BEHAVIOURS[int(told[0])] is Behaviour.CRAWLING


def _by_newton(rows, cost, ridge, near):  # type: ignore[no-untyped-def]
    """The place where the mean cost, a convex one, is least, and the second derivatives there, in many digits."""
    places, n = [(mp.mpf(x), mp.mpf(y)) for x, y in rows], len(rows)
    middle = sum(x for x, _ in places) / n
    point = mp.matrix([mp.mpf(near[0]), mp.mpf(near[0]) * middle + mp.mpf(near[1])])
    for _ in range(12):
        slopes, bends = mp.matrix([ridge * point[0], 0]), mp.matrix([[ridge, 0], [0, 0]])
        for x, y in places:
            t, (slope, bend) = x - middle, cost(point[0] * (x - middle) + point[1], y)
            slopes += mp.matrix([slope * t, slope]) / n
            bends += bend * mp.matrix([[t * t, t], [t, 1]]) / n
        point -= mp.lu_solve(bends, slopes)
    assert mp.norm(slopes) < 1e-40
    m, lift = point
    a, b, d = bends[0, 0], bends[0, 1], bends[1, 1]
    return (m, lift - middle * m), (a + 2 * middle * b + middle**2 * d, b + middle * d, d)


@pytest.mark.parametrize("scale", ["raw", "standard"])
def test_points_of_one_x_are_walked_into_the_nearest_minimum_of_their_valley(twins, scale: str) -> None:  # type: ignore[no-untyped-def]
    first = ((1.0, 2.0), (2.0, 5.0), (3.0, 9.0))
    scene = regression_scene(first, 60, Setting("square", scale))
    names = ("run_final_x", "run_final_y", "run_final_loss", "run_behaviour", "slope_best", "lane0")
    rows = [first, ((3.0, 6.0),), ((3.0, 9.0), (3.0, 1.0))]
    told = twins.evaluate(PLAYED, [scene.to_json(), names, rows, {"m": 1.0, "c": -8.0}, [False] * 3])
    assert np.isfinite(told[0][4])
    for (m, c, loss, behaviour, slope, lane), points in zip(told[1:], rows[1:], strict=True):
        height = float(np.mean([y for _, y in points]))
        at = 3.0 if scale == "raw" else 0.0
        # Straight across the valley at·m + c = height, from (1, −8).
        short = (height - (at - 8)) / (at * at + 1)
        assert (m, c) == pytest.approx((1 + short * at, -8 + short), abs=1e-4)
        assert loss == pytest.approx(float(np.var([y for _, y in points])), abs=1e-6)
        assert BEHAVIOURS[int(behaviour)] is Behaviour.VALLEY
        assert np.isnan(slope)
        assert np.isfinite(lane)


@pytest.mark.parametrize("count", [2, 500])
def test_two_classes_are_summed_as_numpy_does(twins, count: int) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(count)
    label = (np.arange(count) % 2).astype(float)
    x, y = random.normal(0, 3, (2, count))
    curve, line = (
        tuple(zip(*(one.tolist() for one in of), strict=True)) for of in ((x, label), (x, y, label))
    )
    state = {"w": 0.7, "b": -1.2, "w1": 0.7, "w2": -0.4, "w0": 0.3}
    for scene, rows in ((classes_scene(curve), curve), (features_scene(line), line)):
        columns = scene.columns
        found = sums_over(columns.before, list(np.array(rows).T), state)
        wanted = {name: value for name, value in found.items() if name not in state}
        (told,) = twins.evaluate(PLAYED, [scene.to_json(), list(wanted), [rows], state, [False]])
        assert told == pytest.approx(list(wanted.values()), rel=1e-12, abs=1e-13)
    names = ("run_loss", "run_dx", "run_dy")
    scene = classes_scene(curve)
    (told,) = twins.evaluate(PLAYED, [scene.to_json(), names, [curve], state, [False]])
    value, slopes = class_loss(curve, Cost()).landscape().look((0.7, -1.2))
    assert told == pytest.approx([value, *slopes], rel=1e-12, abs=1e-13)


def test_what_takes_too_long_for_a_frame_waits_for_the_hand(twins) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(5)
    names = ("run_loss", "run_resting", "run_bound", "run_nloss")
    for count, resting in ((10, 0), (100, 1), (500, 2)):
        x = random.uniform(0, 10, count)
        first, second = (
            tuple(zip(x.tolist(), (100 * x + random.normal(0, 80, count)).tolist(), strict=True))
            for _ in range(2)
        )
        setting = Setting("huber")
        scene = regression_scene(first, 100, setting)
        told = twins.evaluate(
            PLAYED, [scene.to_json(), names, [first, second, second], {}, [False, True, False]]
        )
        delta = next(control.value for control in scene.controls if control.name == "delta")
        loss = float(loss_of(second, ("x", "y"), setting, delta)(0.0, 0.0))
        assert [state[0] for state in told[1:]] == pytest.approx([loss, loss], rel=1e-11)
        assert [state[1] for state in told] == [0, resting, 0]
        # The bound waits with the verdict, and where the next step leads with the path.
        assert np.isnan(told[1][2]) == (resting > 0)
        assert np.isnan(told[1][3]) == (resting == 2)
        assert told[2][2:] == pytest.approx(told[1][2:]) or resting
        assert np.isfinite(told[2][2:]).all()


def test_the_fit_of_ten_thousand_rows_is_that_of_numpy(twins) -> None:  # type: ignore[no-untyped-def]
    random = np.random.default_rng(16)
    for count in (2, 500, 10_000):
        x = random.normal(2000, 30, count)
        drawn = tuple(zip(x.tolist(), (3 * x - random.normal(0, 20, count)).tolist(), strict=True))
        rows = as_sent(drawn)
        scene = regression_scene(rows, 10)
        told = twins.evaluate(
            """([scene, names]) => {
              const { tape, controls, afterwards, columns } = scene;
              const quantities = new twins.Quantities(tape, controls, [], null, null, columns);
              const values = new Map(controls.map((control) => [control.name, control.value]));
              const sent = new twins.Columns({ ...columns, live: false });
              sent.arrays.forEach((array, i) => array.forEach((v, k) => values.set(`${"xy"[i]}${k + 1}`, v)));
              values.set(columns.count, sent.count);
              quantities.evaluate(values);
              return names.map((name) => [quantities.reader(name)(), quantities.errorReader(name)()]);
            }""",
            [scene.to_json(), [*SUMS, "m_best", "c_best", "j_best", "explained"]],
        )
        sums = sums_over(fit_passes(), list(np.array(rows).T))
        found = dict(zip((*SUMS, "m_best", "c_best", "j_best", "explained"), told, strict=True))
        sizes = {"cross": (sums["square_x"] * sums["square_y"]) ** 0.5}
        for name, value in sums.items():
            assert abs(found[name][0] - value) <= 1e-12 * sizes.get(name, abs(value)) + 1e-15, name
            assert found[name][1] <= 1e-9 * abs(value) + 1e-9
        line = least_squares(*zip(*rows, strict=True))
        for name, exact in (("m_best", line.slope), ("c_best", line.intercept), ("j_best", line.loss)):
            value, error = found[name]
            # It says itself how far it may be off.
            assert abs(value - exact) <= 4 * error + 1e-13 * abs(exact), name
            assert error <= 1e-6 * max(abs(exact), 1e-3)
