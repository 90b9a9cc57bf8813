"""Formula, algebra and sentence agree on where there is a derivative, and what the one-sided slopes are elsewhere."""

import math
from functools import partial

import pytest

from explorer.expression import parse
from explorer.figures.curve import analyse, choose_window, span_of
from explorer.figures.limit.algebra import algebra_lines
from explorer.figures.slopeless import slopeless
from explorer.numeric import Window, corrected_derivative
from explorer.symbolic import AlgebraLine, LineKind, OverBudget, Quotient, Reason, request
from tests.figures.limit.test_algebra import words_of

MOST_TRIES = 20
WINDOW = Window((-3.2, 3.2), (-3.0, 3.0), False)

# text → (places without a derivative, {places where the formula of f′ is silent: the slope there})
SLOPELESS = {
    "x|x|": ((), {0: 0}),
    "x^2|x|": ((), {0: 0}),
    "|x|^3": ((), {0: 0}),
    "x^4/|x|": ((0,), {}),
    "{x<0: -x, x>=0: x^2}": ((0,), {}),
    "{x<0: x^2, x>=0: x^3}": ((), {0: 0}),
    "{x<1: x^2, x>=1: 2x-1}": ((), {1: 2}),
    "{x<1: x^2, 2x-1}": ((), {1: 2}),
    "{x<1: x^2, 3x-1}": ((1,), {}),
    "{x<=0: e^x, 1+x}": ((), {0: 1}),
    "floor(x)": ((-3, -2, -1, 0, 1, 2, 3), {}),
    "|x|": ((0,), {}),
    "sin|x|": ((0,), {}),
    "cos|x|": ((), {0: 0}),
    "|x|sin(x)": ((), {0: 0}),
    "|x-1|(x-1) + 2x": ((), {1: 2}),
    "|x|^(5/2)": ((), {0: 0}),
    "max(x,0)": ((0,), {}),
    "max(x,0)^2": ((), {0: 0}),
    "relu(x) x": ((), {0: 0}),
    "cbrt(x)": ((0,), {}),
    "cbrt(x)^4": ((), {0: 0}),
    "sign(x)": ((0,), {}),
    "x^2 sign(x)": ((), {0: 0}),
    "sqrt(x^4)": ((), {0: 0}),
    "|x^2-1|": ((-1, 1), {}),
    "|x^3|": ((), {0: 0}),
    "x/(1+|x|)": ((), {0: 1}),
    "e^(-|x|)": ((0,), {}),
    "1/x": ((0,), {}),
    "x^2": ((), {}),
}  # fmt: skip


def places_in(text):
    """The numbers behind "x = " in a sentence."""
    listed = text.split("x = ")[1].split(" and ") if "x = " in text else []
    words = ", ".join(listed).replace("−", "-").split(", ")
    return [float(word) for word in words if word]


@pytest.mark.parametrize("text", SLOPELESS)
def test_what_a_formula_leaves_out_is_said(text):
    f = parse(text)
    broken, silent = SLOPELESS[text]
    said = slopeless(analyse(f, span_of(f, WINDOW)), WINDOW, f.derivative())
    sentences = {part.split(" ")[0]: part.rstrip(".") for part in said.replace(". ", ".|").split("|") if part}
    none = sentences.get("There", "")
    if len(broken) > 5:
        assert "and 2 more places" in none
    else:
        assert places_in(none) == pytest.approx(broken)
    assert ("this formula is silent" in said) == bool(silent)
    if silent:
        (place, slope), *_ = silent.items()
        assert said.endswith(f"At x = {place} this formula is silent, yet the slope is {slope}.")


@pytest.mark.parametrize("text", SLOPELESS)
def test_the_rooms_agree_on_where_there_is_a_slope(text):
    f = parse(text)
    analysis = analyse(f, span_of(f, WINDOW))
    slope = corrected_derivative(f, analysis)
    for x in SLOPELESS[text][0]:
        assert math.isnan(float(slope(x)))
    for x, value in SLOPELESS[text][1].items():
        assert float(slope(x)) == pytest.approx(value, abs=1e-9)


def patiently(question: Quotient) -> tuple[AlgebraLine, ...]:
    """What SymPy answers when it has time for it: on a busy machine the formulas of other tests come before."""
    for _ in range(MOST_TRIES):
        try:
            return request(question).result()
        except OverBudget as refusal:
            if refusal.reason is not Reason.BUSY:
                raise
    raise AssertionError("SymPy has had no time")


@pytest.mark.parametrize(
    "text", ["x|x|", "x^2|x|", "|x|^3", "|x|sin(x)", "relu(x)", "|x|+x^2", "floor(x)", "|x|"]
)
def test_a_remark_of_the_algebra_is_true(text):
    f = parse(text)
    window = choose_window(f)
    lines = patiently(Quotient(f))
    remark = partial(slopeless, analyse(f, span_of(f, window)), window)
    shown = algebra_lines(lines, remark)
    left_with_h = any("h" in words_of(line.mathml).split("=")[-1] for line in shown[-2:-1])
    assert not (left_with_h and "No h is left" in shown[-1].says)
    assert shown[-1].says.count("Now let h shrink") <= 1
    assert "no limit there" not in shown[-1].says or text == "|x|"
    has_slope = not SLOPELESS.get(text, ((0,) if text in ("relu(x)", "|x|+x^2") else (), {}))[0]
    assert ("There is no derivative at x = " in shown[-1].says) == (not has_slope)
    assert lines[-1].kind is not LineKind.ALGEBRA


def test_a_formula_with_pieces_is_open_at_its_joints_in_the_algebra_too():
    f = parse("{x<0: -x, x>=0: x^2}")
    lines = algebra_lines(patiently(Quotient(f)), lambda _: "")
    assert "x>0" in words_of(lines[-1].mathml)
