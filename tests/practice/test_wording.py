"""What is said of a mistake is said of the part at which it was made, in a learner's words."""

import numpy as np
import pytest

from explorer.expression import Call, Variable, parse
from explorer.practice import MISTAKES, REWRITINGS
from explorer.practice.misread import TAKEN_FOR
from explorer.practice.slips import FALLING, OTHER_SIGN, RISING
from explorer.practice.wording import NAMES, SIGNED, SLOPES
from tests.practice.test_diagnose import judged

ROWS = {mistake.name: mistake for mistake in MISTAKES}
AT = np.array([0.31, 0.57, 0.83, 1.4, 2.2])


@pytest.mark.parametrize("told", [SLOPES, SIGNED])
def test_a_slope_that_is_told_is_the_slope(told: dict[str, str]) -> None:
    for function, text in told.items():
        true = parse(f"{function}(x)").derivative()(AT)
        line, known = parse(text.replace("u", "x"))(AT), np.isfinite(true)
        assert known.sum() >= 2
        np.testing.assert_allclose(line[known], true[known], rtol=1e-12)


def test_every_function_that_can_be_taken_for_another_is_named_alone() -> None:
    for name, functions in (
        ("trigonometric_sign", (*FALLING, *RISING)),
        ("sign_inside", tuple(OTHER_SIGN)),
        ("other_function", tuple(TAKEN_FOR)),
    ):
        for function in functions:
            said = ROWS[name].said_of(Call(function, (Variable("x"),)))
            assert said != ROWS[name].sentence
            assert f"{NAMES.get(function, function)} u is" in said
            assert sum(f" {NAMES.get(one, one)} u is" in said for one in SLOPES) == 1


@pytest.mark.parametrize(
    ("f", "line", "said"),
    [
        ("sqrt(x)", "1/sqrt(x)", "A square root is the power 1/2: the exponent was lowered to −1/2, but 1/2"),
        ("cbrt(x)", "cbrt(x)/3", "A cube root is the power 1/3: that came down as a factor"),
        (
            "root(x,5)",
            "1/5 root(x,5) x",
            "This root is the power 1/5, and the exponent goes down by 1: after 1/5",
        ),
        ("x^3", "x^2", "The exponent was lowered, but"),
        ("arctan(2x)", "2/sqrt(1-4x^2)", "that of arctan u is 1/(1 + u²)."),
        ("log_2(x)", "1/x", "brings the divisor ln a"),
        ("3^x", "3^x", "brings the factor ln a"),
        ("x^2/4", "2x", "A constant divisor was lost"),
        ("ln(x)^3", "3/x", "(ln u)ⁿ is a power of ln u, not ln(uⁿ)."),
        ("sqrt(x^2+9)", "1", "√(u + v) is not √u + √v."),
        ("1/(x+x^3)", "-1/x^2 - 3/x^4", "1/(u + v) is not 1/u + 1/v."),
        ("sqrt(x^2)", "1", "√(u²) is |u|"),
    ],
)
def test_what_is_said_suits_the_part(f: str, line: str, said: str) -> None:
    (one,) = judged(f, line)[1].found
    assert said in ROWS[one.name].said_of(one.part.root)


def test_every_mistake_and_every_wrong_step_has_a_learners_name() -> None:
    for rows in (MISTAKES, REWRITINGS):
        shorts = {row.name: row.short for row in rows}
        assert len(set(shorts.values())) == len(shorts)
        for row in rows:
            assert row.short == shorts[row.name]  # one name, one word
            assert row.short.split()[0] in ("a", "an", "the", "e", "another", "one", "exponents", "numbers")
            assert "_" not in row.short
            assert len(row.short) <= 48
