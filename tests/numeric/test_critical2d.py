"""Critical points in two variables against known lists, and honest words where there are infinitely many."""

import math

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric import critical2d
from explorer.numeric.critical2d import CriticalKind2D, critical_points
from explorer.numeric.curvature2d import bending_of
from explorer.numeric.families2d import FamilyKind
from explorer.numeric.plane import choose_plane

XY = ("x", "y")
MINIMUM, MAXIMUM, SADDLE, SILENT = CriticalKind2D


def found(text, size=2.0):
    return critical_points(parse(text, XY), (-size, size), (-size, size))


def test_himmelblau_has_four_minima_four_saddles_and_a_maximum():
    points = found("(x^2+y-11)^2 + (x+y^2-7)^2", 5).points
    expected = {
        MINIMUM: [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848127)],
        SADDLE: [(0.086678, 2.884255), (3.385154, 0.073852), (-3.073026, -0.081353), (-0.127961, -1.953715)],
        MAXIMUM: [(-0.270845, -0.923039)],
    }
    for kind, places in expected.items():
        ours = sorted((point.x, point.y) for point in points if point.kind is kind)
        assert np.array(ours) == pytest.approx(np.array(sorted(places)), abs=2e-6)
    assert len(points) == 9


# function, half the window, (x, y, kind) of every critical point there
LISTS = [
    ("x^2 - y^2", 2, [(0, 0, SADDLE)]),
    ("x^3 - 3x y^2", 2, [(0, 0, SILENT)]),
    ("x^4 + y^4", 2, [(0, 0, SILENT)]),
    ("x y^2 + x^3", 2, [(0, 0, SILENT)]),
    ("(x-0.1234567)^4 + (y-0.3)^2", 2, [(0.1234567, 0.3, SILENT)]),
    ("(1-x)^2 + 100(y-x^2)^2", 2, [(1, 1, MINIMUM)]),
    ("x^2 + y^2 + 3", 2, [(0, 0, MINIMUM)]),
    ("1 - x^2 - y^2", 2, [(0, 0, MAXIMUM)]),
    ("x^4 - x^2 + y^2", 2, [(-(0.5**0.5), 0, MINIMUM), (0.5**0.5, 0, MINIMUM), (0, 0, SADDLE)]),
    ("x^3 - 3x + y^2", 2, [(1, 0, MINIMUM), (-1, 0, SADDLE)]),
    ("e^(-x^2-y^2)", 5, [(0, 0, MAXIMUM)]),
    ("e^(x y)", 2, [(0, 0, SADDLE)]),
    ("sqrt(1-x^2-y^2)", 2, [(0, 0, MAXIMUM)]),
    ("x ln(x) + y^2", 2, [(np.exp(-1), 0, MINIMUM)]),
    ("ln(x)/x + y^2", 5, [(np.e, 0, SADDLE)]),
    ("x y (1 - x - y)", 2, [(0, 0, SADDLE), (1, 0, SADDLE), (0, 1, SADDLE), (1 / 3, 1 / 3, MAXIMUM)]),
    ("2x^2y + 3y^3x^2 + 3y", 2, []),
    ("ln(x y)", 2, []),
    ("1/(x^2+y^2)", 2, []),
    ("|x| + y^2", 2, []),
    ("x + y", 2, []),
    ("x/(x-x) + y", 2, []),
    ("floor(x) + y", 2, []),
]


def test_a_floor_between_walls_beyond_every_float_is_flat():
    answer = found("5^tan(x^2 + y)", 3)
    assert not answer.points
    assert {family.kind for family in answer.families} == {FamilyKind.FLAT}


@pytest.mark.parametrize(("text", "size", "expected"), LISTS, ids=[row[0] for row in LISTS])
def test_known_lists(text, size, expected):
    answer = found(text, size)
    assert answer.complete
    assert not answer.families
    ours = sorted((point.x, point.y, point.kind) for point in answer.points)
    assert [kind for *_, kind in ours] == [kind for *_, kind in sorted(expected)]
    for point, known in zip(ours, sorted(expected), strict=True):
        assert point[:2] == pytest.approx(known[:2], abs=1e-6)


def test_beale():
    minima = found("(1.5-x+x y)^2 + (2.25-x+x y^2)^2 + (2.625-x+x y^3)^2", 4.5).of_kind(MINIMUM)
    assert [(point.x, point.y) for point in minima] == [pytest.approx((3, 0.5))]


def test_values_and_eigenvalues_are_those_of_the_function():
    (point,) = found("3x^2 + 4x y + 6y^2 - 7").points
    assert point.value == -7
    assert point.eigenvalues == pytest.approx(np.linalg.eigvalsh([[6, 4], [4, 12]]))


@pytest.mark.parametrize(
    ("text", "kinds", "isolated"),
    [
        ("x^2", [(FamilyKind.VALLEY, 0)], 0),
        ("-y^2", [(FamilyKind.RIDGE, 0)], 0),
        ("(x y)^2", [(FamilyKind.VALLEY, 0)], 0),
        ("sin(x)", [(FamilyKind.VALLEY, -1), (FamilyKind.RIDGE, 1)], 0),
        ("(x^2+y^2-1)^2", [(FamilyKind.VALLEY, 0)], 1),
        ("3", [(FamilyKind.FLAT, 3)], 0),
        ("(x+2y)^4", [(FamilyKind.FLAT, 0)], 0),
    ],
)
def test_infinite_families_are_said_not_listed(text, kinds, isolated):
    answer = found(text)
    assert [(family.kind, round(family.value, 9)) for family in answer.families] == kinds
    assert len(answer.points) == isolated
    assert "level" in answer.sentence
    f = parse(text, XY)
    for family in answer.families:
        assert np.abs(np.array(f.value_and_gradient(*family.points.T)[1])).max() < 1e-6


# Of degree 0: the value is that of the angle alone, critical on whole rays through the gap at the origin.
RAYS = [
    ("x y/(x^2+y^2)", {FamilyKind.VALLEY: (-0.5, (1, -1)), FamilyKind.RIDGE: (0.5, (1, 1))}),
    ("(x^2-y^2)/(x^2+y^2)", {FamilyKind.VALLEY: (-1, (0, 1)), FamilyKind.RIDGE: (1, (1, 0))}),
    ("x^2/(x^2+y^2)", {FamilyKind.VALLEY: (0, (0, 1)), FamilyKind.RIDGE: (1, (1, 0))}),
    ("(x^2-4x y+y^2)/(x^2+y^2)", {FamilyKind.VALLEY: (-1, (1, 1)), FamilyKind.RIDGE: (3, (1, -1))}),
]


@pytest.mark.parametrize(("text", "expected"), RAYS)
@pytest.mark.parametrize("size", [2.0, 5.0])
def test_rays_through_a_gap_are_found_on_both_sides(text, expected, size):
    answer = found(text, size)
    assert not answer.points
    assert {family.kind for family in answer.families} == set(expected)
    assert len(answer.families) == len(expected)
    for family in answer.families:
        value, (along_x, along_y) = expected[family.kind]
        assert family.value == pytest.approx(value, abs=1e-9)
        x, y = family.points.T
        assert along_x * y == pytest.approx(along_y * x, abs=1e-6)
        along = along_x * x + along_y * y
        assert along.min() < -size / 2 < size / 2 < along.max()


# Across x = 0 they bend by 2y, 2sin y, 2(y−1); across y = 0 by 2x: up on one side, down on the other.
@pytest.mark.parametrize("text", ["x^2 y", "x y^2", "x^2 sin(y)", "x^2(y-1)", "-x^2 y"])
@pytest.mark.parametrize("size", [2.0, 5.0])
def test_a_floor_that_turns_into_a_crest_is_said_to_be_both(text, size):
    answer = found(text, size)
    (family,) = answer.families
    assert family.kind is FamilyKind.MIXED
    assert not answer.points
    assert answer.sentence == "a level line that is a valley on one part and a ridge on another."
    fixed = family.points[:, 1 if "y^2" in text else 0]
    assert fixed == pytest.approx(np.zeros(len(fixed)), abs=1e-6)


@pytest.mark.parametrize(("low", "kind"), [(0.5, FamilyKind.VALLEY), (-2.5, FamilyKind.RIDGE)])
def test_a_window_with_one_part_of_it_shows_one_kind(low, kind):
    (family,) = critical_points(parse("x^2 y", XY), (-2, 2), (low, low + 2)).families
    assert family.kind is kind


# text, the direction of its one line of critical points, the sum a·x + b·y that is constant on it
LINES = [
    ("(x-y)^4", (1, -1), 0),
    ("(x+y)^3", (1, 1), 0),
    ("(x+y)^4", (1, 1), 0),
    ("(x+y-1)^4", (1, 1), 1),
    ("(x-2y)^4", (1, -2), 0),
    ("(2x+y)^4 + 3", (2, 1), 0),
]


@pytest.mark.parametrize(("text", "across", "constant"), LINES)
@pytest.mark.parametrize("size", [2.0, 5.0])
def test_a_line_without_any_curvature_is_one_family(text, across, constant, size):
    answer = found(text, size)
    assert not answer.points
    (family,) = answer.families
    assert family.kind is FamilyKind.FLAT
    x, y = family.points.T
    assert across[0] * x + across[1] * y == pytest.approx(np.full(len(x), constant), abs=3e-3 * size)
    assert np.ptp(across[1] * x - across[0] * y) > 1.5 * size


def test_very_many_points_are_cut_and_said():
    answer = found("sin(x) sin(y)", 40)
    assert not answer.complete
    assert len(answer.points) <= 120
    assert "Very many" in answer.sentence


@pytest.mark.parametrize("shift", [0.0, 1e3, -4e5])
@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_scales_and_places_do_not_matter(shift, scale):
    f = parse(f"{scale:.7f}((x-({shift:.0f}))^2 - (y-({shift:.0f}))^2)", XY)
    (point,) = critical_points(f, (shift - 2, shift + 2), (shift - 2, shift + 2)).points
    assert (point.x, point.y) == pytest.approx((shift, shift), abs=1e-6)
    assert point.kind is SADDLE


@pytest.mark.parametrize("ratio", [10.0**power for power in range(8)])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("turned", ["{large}x^2 + {small}y^2", "{small}x^2 + {large}y^2"])
def test_a_narrow_valley_is_a_minimum_or_a_saddle_all_the_same(ratio, sign, turned):
    (point,) = found(turned.format(large=f"{ratio:.0f}", small=f"({sign})")).points
    assert (point.x, point.y) == pytest.approx((0, 0), abs=1e-9)
    assert point.kind is (MINIMUM if sign > 0 else SADDLE)
    assert sorted(point.eigenvalues) == pytest.approx(sorted((2.0 * sign, 2 * ratio)), rel=1e-6)


def test_a_turned_narrow_valley_is_a_minimum():
    # By hand: (x+y)² and (x−y)² bend by 4 along the diagonals.
    (point,) = found("100000(x+y-1)^2 + (x-y)^2").points
    assert (point.x, point.y, point.kind) == (pytest.approx(0.5), pytest.approx(0.5), MINIMUM)
    assert point.eigenvalues == pytest.approx((4, 400000), rel=1e-6)


def test_the_sentence_counts():
    assert found("x^2 - y^2").sentence == "1 saddle."
    assert found("x + y").sentence == "No critical point in this window."
    assert "test is silent" in found("x^4 + y^4").sentence


def test_what_is_refused():
    with pytest.raises(ValueError, match="two variables"):
        critical_points(parse("x^2"), (-1, 1), (-1, 1))
    with pytest.raises(ValueError, match="window"):
        critical_points(parse("x^2+y^2", XY), (1, 1), (-1, 1))


@pytest.mark.parametrize("text", ["(x+1)^(1/y)", "x^(1/y)", "y^(1/x)"])
def test_a_region_where_a_power_vanishes_is_walked_with_few_looks(text, monkeypatch):
    """Each look at points costs the same for one as for hundreds: what counts is how many looks there are."""
    looks = []

    def counted(f):
        at = bending_of(f)
        return lambda points: (looks.append(len(points)), at(points))[1]

    monkeypatch.setattr(critical2d, "bending_of", counted)
    assert {family.kind for family in found(text, 4).families} == {FamilyKind.FLAT}
    assert len(looks) < 1600


# function, half the window, (x, y, kind) of each critical point: on seams the kind is known by values, holes are none
SEAMS_AND_HOLES = [
    ("|x y|", 2, [(0, 0, MINIMUM)]),
    ("-|x y|", 2, [(0, 0, MAXIMUM)]),
    ("|x^2-y^2|", 2, [(0, 0, MINIMUM)]),
    ("x|x| + y^2", 2, [(0, 0, SILENT)]),
    ("x|x| + y|y|", 2, [(0, 0, SILENT)]),
    ("|x|^3 + y^2", 2, [(0, 0, MINIMUM)]),
    ("|x|^1.5 + y^2", 2, [(0, 0, MINIMUM)]),
    ("(x^2+y^2)^(3/4)", 2, [(0, 0, MINIMUM)]),
    ("{x<0: x^2, 2x^2} + y^2", 2, [(0, 0, MINIMUM)]),
    ("{x<0: -x^2, 2x^2} - y^2", 2, [(0, 0, SILENT)]),
    ("{x<0: x^2+y^2, x+y^2}", 2, []),
    ("|x| + |y|", 2, []),
    ("sqrt(|x y|)", 2, []),
    ("sqrt(x^2+y^2)", 2, []),
    ("max(x^2, y^2)", 2, [(0, 0, MINIMUM)]),
    ("{x^2+y^2>0: x y/(x^2+y^2)*(x^2-y^2), 0}", 2, [(0, 0, SILENT)]),
    ("(x^4+y^4)/(x^2+y^2)", 2, []),
    ("sin(x)/x + y^2", 2, []),
    ("(1-cos(x))/x^2 + y^2", 2, []),
    ("(e^x-1)/x - x/2 + y^2", 2, []),
    ("sin(x-1/3)/(x-1/3) + y^2", 2, []),
    ("(x^2-y^2)^2/(x-y)^2", 1, []),
    ("(x^3-x)/x + y^2", 2, []),
    ("(x^2+y^2)/sqrt(x^2+y^2)", 2, []),
]


@pytest.mark.parametrize(("text", "size", "expected"), SEAMS_AND_HOLES)
def test_points_on_seams_are_known_by_values_and_holes_are_none(text, size, expected):
    points = found(text, size).points
    assert sorted((round(p.x, 9), round(p.y, 9), p.kind) for p in points) == expected
    f = parse(text, XY)
    for point in points:
        assert point.eigenvalues is None
        assert float(f(point.x, point.y)) == point.value


def test_each_hole_between_hills_is_left_out():
    """tan x = x at ±4.4934: there sin(x)/x is lowest; sin(x) = 0 in both at (±π, ±π). On the axes f has no value."""
    answer = found("sin(x)sin(y)/(x y)", 4.6)
    assert len(answer.points) == 8
    for kind, at in ((MAXIMUM, 4.493409457909064), (SADDLE, np.pi)):
        places = {(p.x, p.y) for p in answer.of_kind(kind)}
        corners = sorted((a * at, b * at) for a in (-1, 1) for b in (-1, 1))
        assert np.array(sorted(places)) == pytest.approx(np.array(corners))


# One isolated point each, however flat or narrow: where it is, and the kind that the second derivatives tell.
ALONE = [
    ("10000x^2 + 0.0001y^2", (0, 0), MINIMUM),
    ("0.0001x^2 - 10000y^2", (0, 0), SADDLE),
    ("1000000(x-y)^2 + 0.001(x+y-1)^2", (0.5, 0.5), MINIMUM),
    ("(y-2x)^2 - x^7", (0, 0), SILENT),
    ("(y-x)^2 + x^8", (0, 0), SILENT),
    ("(y-x^2)(y-1.05x^2)", (0, 0), SILENT),
    ("(x-1/3)^6 + (y-0.2)^2", (1 / 3, 0.2), SILENT),
    ("1/(1+25(x^2+y^2))", (0, 0), MAXIMUM),
    ("1/(0.01+x^2+y^2)", (0, 0), MAXIMUM),
    ("1/(1+2500((x-0.71)^2+(y+1.13)^2))", (0.71, -1.13), MAXIMUM),
    ("e^(-20(x^2+y^2))", (0, 0), MAXIMUM),
    ("e^(-10000((x-1.234)^2+(y-1)^2))", (1.234, 1), MAXIMUM),
    ("x^2 + y^2 - 3e^(-200((x-1)^2+y^2))/10^9", (0, 0), MINIMUM),
    ("3 - 2/(1+400(x^2+(y-1)^2))", (0, 1), MINIMUM),
    ("ln(1+1000(x^2+y^2))", (0, 0), MINIMUM),
    ("tanh(30(x^2+y^2))", (0, 0), MINIMUM),
]


@pytest.mark.parametrize(("text", "place", "kind"), ALONE)
def test_one_flat_or_narrow_place_is_one_finding(text, place, kind):
    answer = found(text)
    (point,) = answer.points
    assert (point.x, point.y) == pytest.approx(place, abs=2e-5)
    assert point.kind is kind
    # Where doubles know of no change there is nothing to tell from level ground.
    assert {family.kind for family in answer.families} <= {FamilyKind.FLAT}


def test_a_narrow_peak_beside_level_ground_is_found():
    answer = found("e^(-100((x-1)^2+(y-1)^2))")
    (point,) = answer.points
    assert (point.x, point.y, point.kind) == (1, 1, MAXIMUM)
    assert point.eigenvalues == pytest.approx((-200, -200))
    assert {family.kind for family in answer.families} <= {FamilyKind.FLAT}


def test_none_is_said_for_sure_only_where_a_slope_is_bounded_away_from_zero():
    assert found("x + sin(y)/2").nowhere
    assert found("e^x + x + y^2").nowhere
    for text in ("e^x + e^y", "(x-5)^2 + (y-3)^2"):
        assert found(text).sentence == "No critical point was found in this window."


@pytest.mark.parametrize("text", ["x^2 y/(x^4+y^2)", "{x^2+y^2>0: x^2 y/(x^4+y^2), 0}"])
def test_a_curved_crest_reaches_through_the_window(text):
    """On y = x² the value is ½ and on y = −x² it is −½: from the hole in the middle to the window's border."""
    answer = found(text)
    for kind, sign in ((FamilyKind.RIDGE, 1), (FamilyKind.VALLEY, -1)):
        (family,) = [one for one in answer.families if one.kind is kind]
        x, y = family.points.T
        assert y == pytest.approx(sign * x**2, abs=1e-6)
        assert x.min() < -1.35 < 1.35 < x.max()
        assert np.abs(x).min() < 0.25


@pytest.mark.parametrize(
    "text", ["sin(x^2+y^2)/(x^2+y^2)", "(1-cos(x^2+y^2))/(x^2+y^2)^2", "(x^4+y^4)/(x^2+y^2)"]
)
def test_a_very_flat_hole_is_no_critical_point(text):
    assert all(math.hypot(point.x, point.y) > 0.1 for point in found(text).points)


@pytest.mark.parametrize("text", ["gelu(x)+y^2", "x e^(-x^2-y^2)", "x^2+2x y+5y^2+e^x"])
def test_a_coordinate_that_is_rounding_is_zero(text):
    answer = found(text)
    assert answer.points
    for point in answer.points:
        assert all(value == 0 or abs(value) > 1e-9 for value in (point.x, point.y))


def turns_of_the_gradient(f, size, points=40_000):
    """How often ∇f turns on the way around a square: extrema less saddles within it (Poincaré and Hopf)."""
    side = np.linspace(-size, size, points)
    far = np.full(points, size)
    x, y = np.hstack([side, far, side[::-1], -far]), np.hstack([-far, side, far, side[::-1]])
    _, (dx, dy) = f.value_and_gradient(x, y)
    angle = np.unwrap(np.arctan2(dy, dx))
    return round(float(angle[-1] - angle[0]) / (2 * math.pi))


@pytest.mark.parametrize(
    "text",
    [
        "x/2 + e^(-1000((x-0.5)^2+(y-0.3)^2))",
        "x^2 - y^2 + 2e^(-2000((x-0.7)^2+(y-0.4)^2))",
        "e^(-x^2-y^2) + 0.5e^(-3000((x-0.8)^2+(y-0.2)^2))",
        "(x-1)^2 + (y+1)^2 - 0.5/(1+2000(x^2+y^2))",
        "x^3 - 3x + y^2 + 0.24/(1+726((x+0.75)^2+2.1(y+0.3)^2))",
        "x^2 - y^2 - 0.27/(1+1346((x+0.92)^2+1.9(y+0.09)^2)) + 1.71e^(-1782((x+1.1)^2+(y-0.44)^2))",
        "x + y/2 - 0.36/(1+2565((x-0.42)^2+2.8(y-1.45)^2)) - 1.44e^(-14((x+0.34)^2+(y-0.69)^2))",
        "x y + 0.3e^(-400((x+1)^2+y^2)) - 0.4/(1+900((x-0.6)^2+(y-1)^2))",
    ],
)
def test_a_needle_on_a_slope_has_a_saddle_at_its_foot(text):
    kinds = [point.kind for point in found(text).points]
    assert SADDLE in kinds
    assert len(kinds) - 2 * kinds.count(SADDLE) == turns_of_the_gradient(parse(text, XY), 2.0)


@pytest.mark.parametrize("text", ["e^(20x)+y^2", "erf(4x)+y^2", "tanh(30x)+y^2", "softplus(20x)+y^2"])
def test_a_tail_has_no_critical_point_though_its_slope_is_lost_in_rounding(text):
    """∂f/∂x is positive everywhere; what looks level is said to look so."""
    answer = found(text)
    assert answer.points == ()
    assert "as far as can be seen" in answer.sentence


@pytest.mark.parametrize(
    "text", ["sigmoid(20x)sigmoid(20y)", "sigmoid(20x)+sigmoid(20y)", "1/(1+e^(-30x-20y))"]
)
@pytest.mark.parametrize("size", [2.0, 20.0])
def test_where_a_slope_only_fades_no_single_place_is_flat(text, size):
    assert found(text, size).points == ()
    assert choose_plane(parse(text, ("x", "y"))).x == (-2.0, 2.0)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{x<0: x^4+y^2, x^2+y^2}", (0, 0)),
        ("{x<0: x^6+y^4, x^4+y^2}", (0, 0)),
        ("{y<0: y^2+x^4, 3y^2+x^4}", (0, 0)),
        ("{x<1: (x-1)^4+y^2, (x-1)^2+y^2}", (1, 0)),
        ("{x+y<0: (x+y)^4+(x-y)^2, (x+y)^2+(x-y)^2}", (0, 0)),
    ],
)
def test_a_minimum_on_a_seam_is_one_however_flat_one_side_is(text, place):
    """The pieces meet in value and slope, not in curvature: there is no Hessian to have eigenvalues of."""
    (point,) = found(text).points
    assert (point.x, point.y) == pytest.approx(place, abs=1e-6)
    assert (point.kind, point.eigenvalues) == (MINIMUM, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("sqrt(|x|-x) + y^2", FamilyKind.VALLEY),  # 0 on the whole of y = 0, x ≥ 0
        ("max(0,x)^2 + y^2", FamilyKind.VALLEY),  # 0 on y = 0, x ≤ 0: its end is no minimum beside it
        ("(x-1)^2 + sqrt(|y|-y)", FamilyKind.VALLEY),
        ("-max(0,x-1)^2 - (y-1)^2", FamilyKind.RIDGE),
    ],
)
def test_a_level_line_on_seams_is_one_finding(text, kind):
    found = critical_points(parse(text, ("x", "y")), (-2.0, 2.0), (-2.0, 2.0))
    assert [family.kind for family in found.families] == [kind]
    assert not found.points


def test_minima_at_one_height_with_higher_ground_between_stay_apart():
    found = critical_points(parse("max(sin(πx)^2, |sin(πx)|^3) + y^2", ("x", "y")), (-2.3, 2.3), (-2.3, 2.3))
    assert len(found.of_kind(CriticalKind2D.MINIMUM)) == 5
