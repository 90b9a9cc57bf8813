"""A step over a pole or a gap of the domain is said, with its number and its place in closed form."""

import numpy as np
import pytest

from explorer.descent import OPTIMISERS, descend, walls
from explorer.expression import parse

# loss, start, rate, steps, the places of its walls near the path, what they are
TORN = [
    ("tan(x)", 4.0, 0.1, 100, np.pi / 2 + np.pi * np.arange(-40, 10), "a pole"),
    ("1/x", -1.0, 0.5, 40, [0.0], "a pole"),
    ("1/(x-2)^2", 1.5, 0.5, 20, [2.0], "a pole"),
    ("ln|x|", 0.5, 1.0, 20, [0.0], "a pole"),
    ("sqrt(x^2-1)", 1.2, 2.0, 9, [-1.0, 1.0], "a gap in the domain"),
]

# The same with walls farther out than usual.
FAR_OUT = [
    ("-1/(x-150)^2", 151.0, 1.0, 20, [150.0], "a pole"),
    ("1/(x+1200)^2", -1199.0, 2.0, 20, [-1200.0], "a pole"),
    ("sqrt((x-500)^2-1)", 501.2, 2.0, 9, [499.0, 501.0], "a gap in the domain"),
]


@pytest.mark.parametrize("case", [*TORN, *FAR_OUT], ids=str)
@pytest.mark.parametrize("name", ["gd", "momentum", "nesterov", "adam", "newton"])
def test_the_first_step_over_a_wall_is_said(name, case):
    text, start, rate, steps, walls, kind = case
    path = descend(name, parse(text), start, rate, steps)
    x = path.points[np.isfinite(path.losses), 0]
    low, high = np.minimum(x[:-1], x[1:])[:, None], np.maximum(x[:-1], x[1:])[:, None]
    over = ((low < np.array(walls)) & (np.array(walls) < high)).any(axis=1)
    if over.any():
        assert f"Step {int(np.argmax(over)) + 1} jumped over {kind} at x = " in path.reason
        said = float(path.reason.split(f"{kind} at x = ")[1].split(":")[0].replace("−", "-"))
        k = int(np.argmax(over))
        assert min(x[k], x[k + 1]) < said < max(x[k], x[k + 1])
        assert np.abs(np.array(walls) - said).min() < 1e-3
    else:
        assert "jumped over" not in path.reason


@pytest.mark.parametrize(("case", "place"), [(TORN[0], "x = 1.571"), (TORN[1], "x = 0")], ids=str)
def test_gradient_descent_on_the_tangent_and_the_hyperbola_crosses(case, place):
    assert f"jumped over a pole at {place}:" in descend("gd", parse(case[0]), *case[1:4]).reason


# loss, start, rate, steps, its first step up over a jump and the place of that, all by hand: 2.7 − 24·0.03 = 1.98.
LEAPS = [
    ("mod(x,1)", 2.7, 0.03, 100, 24, 2.0),
    ("{x<0: 3+x, x}", 2.3, 0.1, 60, 23, 0.0),
    ("-x-floor(-x)", 2.3, 0.01, 100, 71, 3.0),
    ("x/2 - floor(x/5)", 5.59, 0.06, 40, 20, 5.0),
]


@pytest.mark.parametrize("case", LEAPS, ids=str)
def test_a_step_up_over_a_jump_is_said_and_no_bottom_is_promised(case):
    text, start, rate, steps, leapt, place = case
    path = descend("gd", parse(text), start, rate, steps)
    assert path.losses[leapt] > path.losses[leapt - 1]
    assert (np.diff(path.losses[:leapt]) < 0).all()
    assert f"Step {leapt} went over a jump of the loss at x = {place:g} and came out higher" in path.reason
    assert "bottom" not in path.reason
    before = descend("gd", parse(text), start, rate, leapt - 3)
    assert before.behaviour == "unfinished", before.reason
    assert "jump" not in before.reason


@pytest.mark.parametrize(
    "loss", [("mod(x,1)", 2.7), ("mod(x,1)+y^2", (2.7, 1.0)), ("x-floor(x)", 2.95)], ids=str
)
def test_on_a_sawtooth_no_fall_without_end_is_claimed(loss):
    text, start = loss
    for steps in (5, 100, 1000):
        path = descend("gd", parse(text, ("x", "y")[: np.size(start)]), start, 0.03, steps)
        assert path.behaviour == "unfinished", path.reason


@pytest.mark.parametrize("name", OPTIMISERS)
@pytest.mark.parametrize(
    "text", ["x^2", "|x-1|", "sin(x)/x + x^2/9", "floor(x) + x^2", "sqrt(x^2)", "1/(1+x^2)", "cbrt(x)"]
)
def test_a_curve_in_one_piece_has_no_walls(name, text):
    for rate in (0.05, 0.9, 3.0):
        assert "jumped over" not in descend(name, parse(text), 2.3, rate, 30).reason


def test_landing_outside_is_leaving_and_no_crossing():
    path = descend("gd", parse("ln(x)"), 1.0, 0.3, 40)
    assert path.outcome == "left_domain"
    assert "jumped over" not in path.reason


def test_more_poles_than_can_be_listed_are_met_step_by_step():
    path = descend("gd", parse("tan(100x)"), 0.0, 0.05, 60)
    assert "Step 1 jumped over a pole" in path.reason
    assert np.abs(np.ptp(path.points)) * 100 / np.pi > 200


@pytest.mark.parametrize(
    ("name", "text", "start"),
    [("gd", "|sin(100x)| + sqrt(x+90)", 0.5), ("adam", "|sin(1000x)| + x^2 + ln(x+90)", 1.0)],
)
def test_corners_in_every_part_of_a_path_are_not_searched_for_ever(monkeypatch, name, text, start):
    searched = []

    def counted(loss, low, high):
        searched.append((low, high))
        return search(loss, low, high)

    search = walls.walls_between
    monkeypatch.setattr(walls, "walls_between", counted)
    assert "jumped over" not in descend(name, parse(text), start, 0.1, 500).reason
    assert 1 < len(searched) <= 16


@pytest.mark.parametrize(
    "text",
    [
        "|sin(100x)|",
        "min(max(5^x,cos(1000x)),(cos(pi x^2))^2)",
        "0.5^|x| + floor(200x)",
        "{sin(300x)<0: x, 2x}",
    ],
)
def test_nothing_is_searched_where_every_place_has_a_value(monkeypatch, text):
    monkeypatch.setattr(walls, "find_breaks", pytest.fail)
    assert walls.walls_between(parse(text), -3.0, 3.0) == ()
    assert "jumped over" not in descend("gd", parse(text), 0.5, 0.1, 100).reason


@pytest.mark.parametrize(
    "text",
    ["1/x", "x^-1", "sqrt(x)", "ln(x)", "tan(x)", "arcsin(x)", "x^x", "(-2)^x", "0^x", "{x<0: x}", "2^(1/x)"],
)
def test_what_has_no_value_somewhere_is_searched(monkeypatch, text):
    searched = []
    search = walls.find_breaks
    monkeypatch.setattr(walls, "find_breaks", lambda *asked: searched.append(asked) or search(*asked))
    walls.walls_between(parse(text), -3.0, 3.0)
    assert searched
