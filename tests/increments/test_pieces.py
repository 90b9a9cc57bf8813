"""Every rule's pieces add up to the increment, and their limits to the derivative of the named steps."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.expression import Expression, compile_tape, parse
from explorer.increments import Increment, increment_of, moves, slope
from tests.expression.trees import leaf, trees

RULES = [
    ("5", "constant"),
    ("x", "line"),
    ("3x^2", "multiple"),
    ("x^3/7", "multiple"),
    ("-x^3", "multiple"),
    ("x^2+sin(x)-3", "sum"),
    ("x-x^2-x^3", "sum"),
    ("(1+x)(2+x^2/4)", "product"),
    ("2x e^x*5", "product"),
    ("x sin(x) cos(x)", "product"),
    ("x e^x sin(x) ln(x) (x+1)", "product"),
    ("x^2", "square"),
    ("x^3", "cube"),
    ("x^5", "bars"),
    ("x^17", "bars"),
    ("x^100", "curve"),
    ("x^(-1)", "quotient"),
    ("x^(-2)", "curve"),
    ("x^(2/3)", "curve"),
    ("x^(1/2)", "root"),
    ("sqrt(x)", "root"),
    ("ln(x)/x", "quotient"),
    ("1/x", "quotient"),
    ("3/(x^2+1)", "quotient"),
    ("(x^2)^3", "chain"),
    ("sin((4x)^2)", "chain"),
    ("e^(2x)", "chain"),
    ("2^(x^2)", "chain"),
    ("|x^2-1|", "chain"),
    ("root(x^2+1, 5)", "chain"),
    ("x^x", "chain"),
    ("e^x", "exponential"),
    ("2^x", "exponential"),
    ("exp(x)", "exponential"),
    ("ln(x)", "logarithm"),
    ("log_2(x)", "logarithm"),
    ("sin(x)", "circle"),
    ("cos(x)", "circle"),
    ("tan(x)", "tangent"),
    ("|x|", "curve"),
    ("cbrt(x)", "mirror"),
    ("arctan(x)", "mirror"),
    ("arcsin(x/3)", "chain"),
    ("sinh(x)", "sum"),
    ("tanh(x)", "quotient"),
    ("sec(x)", "quotient"),
    ("sigmoid(x)", "quotient"),
    ("max(x, x^2, 1)", "curve"),
    ("min(x, 1-x)", "curve"),
    ("{x<0: -x, x<1: x^2, 3x}", "curve"),
    ("relu(x)", "curve"),
    ("floor(x)", "curve"),
    ("mod(x, x+2)", "curve"),
    ("erf(x)", "curve"),
]
X0 = np.array([0.3, 0.7, 1.3, 2.4, -0.6, -1.7, 0.0, 5.1])
STEPS = np.array([1.0, -0.4, 0.01, -1e-4, 1e-6])


PLACE, STEP = Expression.variable("x0"), Expression.variable("h")


def agree(increment: Increment, part: Expression, x0: np.ndarray, h: np.ndarray) -> int:
    """Where pieces and increment are defined they agree to their rounding; how many places there were."""
    pieces = {f"p{k}": piece.value for k, piece in enumerate(increment.pieces)}
    limits = {f"l{k}": piece.limit for k, piece in enumerate(increment.pieces)}
    ends = [part.substitute({"x": end}, ("x0", "h")) for end in (PLACE + STEP, PLACE)]
    whole = {
        "total": increment.total,
        "difference": ends[0] - ends[1],
        "slope": part.derivative().substitute({"x": Expression.variable("x0")}),
    }
    found = compile_tape(pieces | limits | whole, ("x0", "h")).run_with_errors(x0, h)
    places = 0
    for names, sought in ((pieces, "total"), (pieces, "difference"), (limits, "slope")):
        terms = [found[name] for name in names]
        total, bound = found[sought]
        with np.errstate(all="ignore"):
            added = sum(value for value, _ in terms)
            allowed = 4 * (bound + sum(error for _, error in terms))
            size = np.max([np.abs(value) for value, _ in terms], axis=0)
            known = np.isfinite(added) & np.isfinite(total) & np.isfinite(allowed) & (size < 1e100)
            off = np.abs(added - total)
            wrong = known & (off > allowed + 8 * np.finfo(float).eps * size)
        assert not wrong.any(), (part.text, sought, x0[wrong], h[wrong], off[wrong], allowed[wrong])
        places += int(np.count_nonzero(known))
    return places


@pytest.mark.parametrize(("text", "kind"), RULES)
def test_the_pieces_of_each_rule_add_up(text: str, kind: str) -> None:
    part = parse(text)
    increment = increment_of(part.root)
    assert increment.kind == kind
    x0, h = (grid.ravel() for grid in np.meshgrid(X0, STEPS))
    assert agree(increment, part, x0, h) >= 20
    assert increment.rule
    assert increment.law
    assert all(piece.name and piece.formula for piece in increment.pieces)


@settings(max_examples=300)
@given(trees(leaf, max_leaves=9), st.floats(-3, 3), st.floats(-1, 1).filter(lambda h: abs(h) > 1e-9))
def test_the_pieces_of_random_functions_add_up(root, x0: float, h: float) -> None:
    increment = increment_of(root)
    assert increment.pieces
    agree(increment, Expression(root, ("x",)), np.array([x0]), np.array([h]))


def test_a_step_that_is_not_small_is_told_exactly() -> None:
    """The house: 3 + 3.75 + 1.25 at 2 with a step of 1, and 3 + 3.075 + 0.1025 with 0.1."""
    increment = increment_of(parse("(1+x)(2+x^2/4)").root)
    tape = compile_tape({f"p{k}": piece.value for k, piece in enumerate(increment.pieces)}, ("x0", "h"))
    wide, narrow = (tape.run(2.0, h) for h in (1.0, 0.1))
    assert [float(wide[f"p{k}"]) for k in range(3)] == [3.0, 3.75, 1.25]
    assert [10 * float(narrow[f"p{k}"]) for k in range(3)] == pytest.approx([3, 3.075, 0.1025], rel=1e-12)


@pytest.mark.parametrize("n", [2, 3, 5, 6, 7, 12, 40])
def test_a_power_has_all_its_pieces_at_0_too(n: int) -> None:
    increment = increment_of(parse(f"x^{n}").root)
    found = [float(piece.value.over(("x0", "h"))(0.0, 0.5)) for piece in increment.pieces]
    assert sum(found) == 0.5**n


def test_constants_do_not_blur_a_small_step() -> None:
    rise = increment_of(parse("3x + 100000").root).total
    assert float(compile_tape({"r": rise}, ("x0", "h")).run(2.0, 1e-6)["r"]) == 3e-6


@pytest.mark.parametrize(
    ("text", "x0", "h", "exact"),
    [
        ("(x+10^9)(x-10^9)", 1, 1, 3),
        ("x^2", 10**9, 0.5, 10**9 + 0.25),
        ("(x-10^6)^3/(x+1)", 10**6 + 1, 1, 8 / (10**6 + 3) - 1 / (10**6 + 2)),
        ("1/x", 10**9, 1, -1 / (10**9 * (10**9 + 1))),
        ("x^5", 10**4, -1, 9999**5 - 10**20),
        ("5 - x (x+10^8)", 0, 0.25, -0.25 * (10**8 + 0.25)),
    ],
)
def test_large_values_do_not_blur_what_they_gain(text: str, x0: float, h: float, exact: float) -> None:
    rise = increment_of(parse(text).root).total
    found, error = compile_tape({"r": rise}, ("x0", "h")).run_with_errors(float(x0), h)["r"]
    assert abs(found - exact) <= error < 1e-6 * abs(exact)


def test_a_chain_knows_all_its_links() -> None:
    texts = [link.text for link in increment_of(parse("sin((4x)^2)").root).links]
    assert texts == ["4x", "(4x)^2", "sin((4x)^2)"]


def test_where_there_is_no_derivative_a_piece_heads_for_nothing() -> None:
    increment = increment_of(parse("|x|").root)
    limits = compile_tape({"l": increment.pieces[0].limit}, ("x0", "h")).run(0.0, 0.5)
    assert math.isnan(float(limits["l"]))
    assert moves(parse("x+1").root)
    assert not moves(parse("2^3").root)


SEAMS = [
    ("{x<0: 1, x^2}", 0.0, None),
    ("{x<0: 0, x^2}", 0.0, 0.0),
    ("{x<1: x^2, 2x-1}", 1.0, 2.0),
    ("{x<1: x^2, x}", 1.0, None),
    ("3{x<0: -x, x^2} + x", 0.0, None),
    ("{0<=x<=1: x^2, 2x-1}", 1.0, 2.0),
    ("{x<0: 1, x^2}", 0.5, 1.0),
    ("min(x,1-x)", 0.5, None),
]


@pytest.mark.parametrize(("text", "x0", "expected"), SEAMS)
def test_at_a_seam_there_is_a_slope_only_where_both_sides_agree(
    text: str, x0: float, expected: float | None
) -> None:
    increment = increment_of(parse(text).root)
    for h in (0.25, -0.25):
        values = {
            name: float(e.over(("x0", "h"))(x0, h))
            for name, e in {"slope": slope(increment.part), "total": increment.total}.items()
        }
        assert np.isnan(values["slope"]) if expected is None else values["slope"] == pytest.approx(expected)
        pieces = [float(piece.value.over(("x0", "h"))(x0, h)) for piece in increment.pieces]
        assert sum(pieces) == pytest.approx(values["total"], abs=1e-12)
        # The first piece is that of the branch on the side to which the step goes, where it stays on that side.
        assert pieces[1:] == pytest.approx([0.0] * (len(pieces) - 1), abs=1e-9) or text.startswith("3")
