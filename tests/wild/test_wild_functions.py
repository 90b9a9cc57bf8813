"""Whatever the function: every page has its scene, of bounded work and bounded weight, and nothing is raised."""

import pytest
from hypothesis import assume, given, settings

from explorer.expression import ExpressionError
from explorer.numeric import Window
from tests.wild.functions import texts
from tests.wild.scenes import SCENES, counted, limit, slope, surface, weight

KILOBYTES = {"slope": 150, "limit": 150, "surface": 600, "jacobian": 600, "descent": 600}
POINTS = 4_000_000
CALLS = 4_000
SINGLE = 40_000
OPERATIONS = 80_000_000
LONGEST = 120_000
"""Points of one call on arrays: the longest time for which other learners have to wait."""

WORST = {
    "slope": (
        "{x<1: x, 5^tan(x^2)}",
        "{x^x/x>=170x^2: x, 5^tan(x^2)}",
        "sign(sec({x^2-2<cos(7(x-1)): sign(10(e^x)), ceil(0.01(x))}))",
        "((50(|x|))+(sin(2(1/x))))*(1E-300*(floor(170(x))))",
        "{x<1E-100: x^2-2, sec(100(x^3))}",
        "max((floor(7(x^2)))/(sec(2(x-1))),(10)+(2(x)))",
        "min(max(sec(1E300(1/x)),(x^2)^(1/x)),e^x)",
    ),
    "limit": (
        "{x^x/x>=170x^2: x, 5^tan(x^2)}",
        "((50(|x|))+(sin(2(1/x))))*(1E-300*(floor(170(x))))",
        "x+2^min(1000,x)",
        "2((floor(2(x^x)))^(10))",
        "{x^2<floor(0.5(x)): 2^(x^2), 2^(x^2)}",
        "{sqrt(x)<sec(0.5(x^2)): sec(0.5(x^2)), 1E-300(sqrt(x))}",
        "arcsin((cot(170(x^x)))^(-2))",
        "floor(0.2 cos(1E6 x)) sign(sin(e^(-x)/7))/max(arcsin(1E150 x)-mod(x,1/7), arctan(1E299(x-floor(x))))",
    ),
    "surface": (
        "sin(50x)",
        "cos(100x)",
        "sin(10(x^2+y^2))",
        "sin(1E10 x y)",
        "1/(sin(20x)sin(20y))",
        "floor((1E10(y))*(cos(12.5(x+y))))",
        "100*(abs(1E300(sqrt(x^2+y^2))))",
        "{y<(csc(pi(x^y)))/(0.5^(e^(x y))): (sin(1E10(x/y)))^(-2), 170(sin(1E-100(sqrt(x^2+y^2))))}",
        "(((sqrt(x^2+y^2))^(x^2-y^2))*(cos(170(x y))))^(200)",
        "(((sqrt(x^2+y^2))^(x^2-y^2))*((sqrt(x^2+y^2))^(x^2-y^2)))^(200)",
        "{x+y<(cot(1E300(x^y)))^(10): (sin(1E-100(e^(x y))))-((x^2+y^2)^(x y)), (1E-10(3x-7y))^(-1)}",
        "1E-100(min({x+y<sec(1E-10(x^y)): 0.5^(x^2+y^2), 2^(sqrt(x^2+y^2))},csc(1E-300(x+y))))",
        "arctan({x/y<csc(170(sqrt(x^2+y^2))): max(csc(50(x/y)),1E-100(y)), (cbrt(1E-300(x^2+y^2)))^(200)})",
        "{x/y<min(sin(0.01(x^2-y^2)),csc(1000(y))): min((x/y)^(200),csc(1000(y))), arctan((x)^(3x-7y))}",
        "10^(tan(1E150(x/(x^2+y^2))))",
        "root((2^(x^2+2y^2-1))+((x^2+2y^2-1)^(-200)),5)",
    ),
    "jacobian": (
        "1/(sin(20x)sin(20y))",
        "x^y^2",
        "(1/(x^2+y^2))/(1E-300(y))",
        "cos(1E-150(tanh(x^2+2y^2-1)))",
    ),
    "descent": (
        "tan(50x)*tan(50y)",
        "tan(tan(0.5^(x^2-y^2)))",
        "({x+y<cos(pi(sqrt(x^2+y^2))): cos(1E10(sqrt(x^2+y^2))), cos(1E10(sqrt(x^2+y^2)))})^(200)",
        "arctan({x/y<csc(170(sqrt(x^2+y^2))): max(csc(50(x/y)),1E-100(y)), (cbrt(1E-300(x^2+y^2)))^(200)})",
        "({x<tan(1E-10(x^3)): tan(2(e^x)), sign(100(x))})+(sign(sec(1000(x-1))))",
        "(cot(1E-10(x-1)))/(floor(1E10(x)))",
        "{1/x<1: (0.01(e^x))^(100), (tan(100(|x|)))*((x^2)^(-1))}",
        "{x y-1>1: ln(x^2+y^2), |x|+|y|}",
    ),
}
UPRIGHT = (
    "sqrt(max(x,0))",
    "{x<0: 0, sqrt(x)}",
    "max(0,cbrt(x))",
    "arccos(min(1,x))",
    "{x<0: 0, ln(x)}",
    "max(0,x^(1/3)) - max(0,(1-x)^(1/5))",
)
"""Functions with a side on which the slope grows without bound."""


def check(page: str, text: str) -> None:
    """The page's scene for a formula is within every bound."""
    try:
        with counted() as count:
            scene = SCENES[page](text)
    except ExpressionError:
        assume(False)
    found = (weight(scene) / 1000, count.points, count.calls, count.single, count.operations, count.longest)
    bounds = (KILOBYTES[page], POINTS, CALLS, SINGLE, OPERATIONS, LONGEST)
    names = ("KB", "points", "calls", "single points", "operations", "points in one call")
    over = [f"{n:.0f} {name}" for n, bound, name in zip(found, bounds, names, strict=True) if n > bound]
    assert not over, f"/{page} {text}: {', '.join(over)}"


@pytest.mark.parametrize(("page", "text"), [(page, text) for page, all_ in WORST.items() for text in all_])
def test_the_worst_that_was_found(page, text):
    check(page, text)


@pytest.mark.parametrize("page", SCENES)
def test_a_scene_is_bounded_whatever_the_function(page):
    variables = 1 if page in ("slope", "limit") else 2

    @given(texts(variables))
    @settings(max_examples=5, deadline=None, derandomize=True, database=None)
    def wild(text):
        check(page, text)

    wild()


def test_a_loss_in_one_variable_is_bounded_too():
    @given(texts(1))
    @settings(max_examples=5, deadline=None, derandomize=True, database=None)
    def wild(text):
        check("descent", text)

    wild()


@pytest.mark.parametrize("text", UPRIGHT)
def test_a_side_that_stands_upright_has_no_mark_and_is_spoken_of(text):
    scene = slope(text)
    assert weight(scene) < 150_000
    assert any("without bound" in case.text for case in scene.sentence)


@pytest.mark.parametrize("text", [*UPRIGHT, "x+2^min(1000,x)", "1E300 x^3", "x^1000", "e^(x^2)", "1E300|x|"])
@pytest.mark.parametrize("build", [slope, limit])
def test_far_windows_hold_finite_numbers_only(text, build):
    for reach in (1e-6, 1e9):
        assert weight(build(text, Window((-reach, reach), (-reach, reach), False))) < 200_000


@pytest.mark.parametrize(
    "text", ["cos(300x)sin(300y)", "tan(170x)+csc(90y)", "cos(1000(x^2+y^2))", "|sin(1E9/x)|y"]
)
def test_in_what_turns_too_often_to_be_shown_nothing_is_sought(text):
    with counted() as count:
        surface(text)
    assert count.points < 150_000  # a search takes as many once more
