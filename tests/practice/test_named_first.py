"""Of what explains a line the slip that made it leads, at the place where it was made; below a right line, the step."""

import pytest

from explorer.expression import parse
from explorer.figures.check.asked import read_check
from explorer.practice import REWRITINGS, bracketed, diagnose, rewritten
from explorer.practice.rewriting import Rewriting
from explorer.presets import RIDDLES, Riddle
from tests.practice.test_diagnose import judged
from tests.practice.wrong_lines import WRONG

PLACES_OF_RIDDLES = {
    "e^(2x) cos(x)": "cos(x)", "3x^4 - 5x^2 + 2x": "5", "x*3^x": "3^x", "sin(cos(3x))": "cos(3x)", "x^3 + 5": "5",
    "x^4 - x^2": "x^4", "x^2 + e^2": "e", "2x^2 y + 3x^2 y^3 + 3y": "y", "x^3 + 2x": "x^3",
}  # fmt: skip
"""Where the mistake of a riddle was made, if not in the whole."""


@pytest.mark.parametrize("riddle", [one for one in RIDDLES if one.wrong == 0], ids=lambda one: one.formula)
def test_of_a_riddle_the_slip_that_it_is_about_is_named_first_where_it_was_made(riddle: Riddle) -> None:
    function, found = judged(riddle.formula, riddle.lines[0])
    assert found.mistake == riddle.mistake
    part = PLACES_OF_RIDDLES.get(riddle.formula)
    assert function.text[slice(*found.place)] == (part or function.text)


@pytest.mark.parametrize("riddle", [one for one in RIDDLES if one.wrong > 0], ids=lambda one: one.formula)
def test_of_a_riddle_that_goes_wrong_below_a_right_line_the_step_is_named(riddle: Riddle) -> None:
    before, line = (parse(text) for text in riddle.lines[riddle.wrong - 1 : riddle.wrong + 1])
    found = rewritten(before, line)
    assert found is not None
    assert found.name == riddle.mistake
    assert before.text[slice(*found.place)] == {"(3x+1)^2": "6(3x+1)", "(x-3)^2 + x^4": "x-3"}[riddle.formula]


def test_of_no_riddle_brackets_under_a_bar_are_all_that_is_missing() -> None:
    for riddle in RIDDLES:
        f = read_check(riddle.formula)
        meant = bracketed(parse(riddle.lines[riddle.wrong], f.variables))
        assert meant is None or not diagnose(f, meant).right
    assert bracketed(parse("x^2 + 3/(2x)")) is None
    assert bracketed(parse("3/x*(x+1)*e^x")) == parse("3/(x*(x+1)*e^x)")


@pytest.mark.parametrize("row", REWRITINGS, ids=lambda row: row.name)
def test_a_wrong_step_is_named_and_a_right_or_an_odd_one_is_not(row: Rewriting) -> None:
    before, after = row.example
    found = rewritten(parse(before), parse(after))
    assert found is not None
    assert found.name == row.name
    # Within another formula too.
    found = rewritten(parse(f"arctan(x) - 2({before})/7"), parse(f"arctan(x) - 2({after})/7"))
    assert found is not None
    assert row.name in (found.name, *found.also)
    assert rewritten(parse(before), parse(f"({before})*(1 + 0)")) is None
    assert rewritten(parse(before), parse(f"{after} + 0.37")) is None


STEPS = {
    "factor_lost": (
        ("1/(2sqrt(3x+1))*3", "3/sqrt(3x+1)", "2"),
        ("1/(x^2+4)*2x", "1/(x^2+4)", "2*x"),
        ("4(x^2+1)^3*2x", "8(x^2+1)^3", "x"),
        ("x^2*(1/x) + 3", "x^2 + 3", "x"),
    ),
    "factors_added": (
        ("5(2x+1)^4*2", "7(2x+1)^4", None),
        ("x + 4(x^2+1)^3*2x", "x + 6x(x^2+1)^3", "4(x^2+1)^3*2*x"),
    ),
    "minus_lost": (("-2x/(20+x^2)^2", "2x/(20+x^2)^2", None),),
    "factored_out_wrongly": (
        ("2x sin(x) + x^2 cos(x)", "2x(sin(x) + x cos(x))", None),
        ("e^x x^3 + 3x^2 e^x", "x^2 e^x (x + 3x^2)", None),
        ("3x^2 ln(x) + x^2", "x^2 (3ln(x) + x^2)", None),
    ),
    "cancelled_in_one_term": (
        ("(cos(x) x - sin(x))/x^2", "(cos(x) - sin(x))/x", None),
        ("(2x(x^2+1) - 2x^3)/(x^2+1)^2", "(2x - 2x^3)/(x^2+1)", None),
    ),
    "exponent_misread": (("-3x^(-4)", "3x^4", "x^(-4)"), ("1/2 x^(-1/2)", "1/(2x^2)", "x^(-1/2)")),
    "factor_into_power": (("3(2x-5)^2*2", "(12x-30)^2", None),),
    "function_taken_apart": (("cos(2x)*2", "4cos(x)", "cos(2x)"), ("e^(2x)*2", "e^(4x)", None)),
    "minus_before_bracket": (("2(x+3) - 3(x-2)", "2x + 6 - 3x - 6", None),),
    "number_off": (("5(x^2+1)^4*2x", "12x(x^2+1)^4", None), ("x^2/3 + 6x", "x^2/3 + 5x", "6x")),
}
"""Two lines of a derivation that go wrong by one step, and where."""


def test_wrong_steps_are_seen_among_factors_that_stand_apart_below_the_bar_and_in_brackets() -> None:
    for name, steps in STEPS.items():
        for above, below, part in steps:
            before = parse(above)
            found = rewritten(before, parse(below))
            assert found is not None, (above, below)
            assert (found.name, before.text[slice(*found.place)]) == (name, part or before.text), (
                above,
                below,
            )


@pytest.mark.parametrize(
    ("f", "line", "name", "part"),
    [
        ("(x^2)^3", "3(x^2)^2*2x^3", "power_raised", "x^2"),
        ("(x^2)^3", "3(x^2)^3*2x", "power_not_lowered", None),
        ("sin((x^3)^2)", "cos((x^3)^2)*2(x^3)^2*3x^2", "power_not_lowered", "(x^3)^2"),
        ("e^(2^x)", "e^(2^x) 2^x", "base_logarithm_missing", "2^x"),
        ("x sin(2x)", "sin(2x) - 2x cos(2x)", "product_minus", None),
        ("e^x/tan(x)", "(e^x tan(x) + e^x/cos(x)^2)/tan(x)^2", "quotient_minus", None),
        ("x cot(x)", "cot(x) + x/sin(x)^2", "trigonometric_sign", "cot(x)"),
    ],
)
def test_of_several_slips_that_give_a_line_first_the_one_that_gives_its_form(
    f: str, line: str, name: str, part: str | None
) -> None:
    function, found = judged(f, line)
    assert found.mistake == name
    assert function.text[slice(*found.place)] == (part or function.text)


def test_a_product_of_more_factors_with_all_of_them_derived_is_one_slip() -> None:
    for f, line in (
        ("x sin(x) e^x", "cos(x) e^x"),
        ("5 + x^2 ln(x) cos(x) e^(3x)", "2x (1/x) (-sin(x)) * 3e^(3x)"),
        ("3x^2 (x+1) tan(x)", "6x/cos(x)^2"),
    ):
        _, found = judged(f, line)
        assert (found.mistake, len(found.found)) == ("product_of_derivatives", 1)


def test_within_a_product_of_more_factors_a_second_slip_is_found_in_any_of_them() -> None:
    for f, line, factor in (
        ("x sin(2x) e^x", "cos(2x) e^x", "sin(2x)"),
        ("x^2 e^(3x) cos(x)", "-2x e^(3x) sin(x)", "e^(3x)"),
        ("4 + x sin(5x) e^x sqrt(x)", "cos(5x) e^x/(2sqrt(x))", "sin(5x)"),
    ):
        function, found = judged(f, line)
        names = {name: function.text[slice(*place)] for name, place in found.mistakes}
        assert list(names) == ["product_of_derivatives", "inner_derivative_missing"]
        assert names["inner_derivative_missing"] == factor


def test_a_second_slip_below_a_rule_that_went_wrong_is_found_where_slopes_are_large_too() -> None:
    for f, line in (
        ("(2x-5)^4/x", "(4(2x-5)^3 x + (2x-5)^4)/x^2"),
        ("(2x-5)^4/(x+1)", "(4(2x-5)^3 (x+1) + (2x-5)^4)/(x+1)^2"),
        ("x + (3x+1)^6/x^2", "1 + (6(3x+1)^5 x^2 + 2x(3x+1)^6)/x^4"),
    ):
        function, found = judged(f, line)
        names = {name: function.text[slice(*place)] for name, place in found.mistakes}
        assert list(names) == ["quotient_minus", "inner_derivative_missing"]
        assert names["inner_derivative_missing"] in ("(2x-5)^4", "(3x+1)^6")


def test_where_all_the_rest_of_a_line_is_right_a_term_was_lost() -> None:
    for f, line, term in (
        ("x^2 + 1/x", "2x", "1/x"),
        ("x^3 - 2/x^2 + 5x", "3x^2 + 5", "2/x^2"),
        ("3/x - cos(x)", "sin(x)", "3/x"),
    ):
        function, found = judged(f, line)
        assert (found.mistake, function.text[slice(*found.place)]) == ("term_lost", term)
    assert judged("1/x", "0")[1].mistake == judged("3 + 1/x", "0")[1].mistake == "quotient_of_derivatives"


def test_a_part_derived_by_the_letter_that_is_held_is_found_within_chains_products_and_quotients() -> None:
    for f, line, by, part in (
        ("y^2 cos(3x y)", "2y cos(3x y) - 3y^3 sin(3x y)", "y", "cos(3x*y)"),
        ("ln(x y + 1)^2", "2ln(x y + 1) x/(x y + 1)", "x", None),
        ("x y/(x^2+y^2)", "(y(x^2+y^2) - 2x y^2)/(x^2+y^2)^2", "x", "x^2+y^2"),
        ("x + x^2 e^(x y)", "1 + 2x e^(x y) + x^3 e^(x y)", "x", "e^(x*y)"),
    ):
        function = parse(f, ("x", "y"))
        found = diagnose(function, parse(line, ("x", "y")), by)
        assert found.mistake == "other_variable"
        assert function.text[slice(*found.place)] == (part or function.text)


def test_an_inner_derivative_that_is_missing_is_not_told_as_a_slope_of_1_too() -> None:
    _, found = judged("sin(1/x)", "cos(1/x)")
    assert (found.mistake, found.also) == ("inner_derivative_missing", ())
    assert judged("1/x", "1")[1].mistake == "numerator_not_derived"


HOSTS = (
    ("arctan(x) + ({f})", "1/(1+x^2) + ({line})"),
    ("e^({f})", "e^({f})*({line})"),
    ("({f})*sqrt(x+40)", "({line})*sqrt(x+40) + ({f})/(2sqrt(x+40))"),
)
OF_TERMS = {"constant_as_variable", "power_rule_on_constant", "constant_kept", "constant_slope_one"}
OF_TERMS |= {"not_derived", "derived_twice", "sign_turned"}
WITHIN = [
    (name, *HOSTS[0 if name in OF_TERMS else k % len(HOSTS)], *WRONG[name][k % 6])
    for k, name in enumerate(WRONG)
    if name not in ("other_variable", "integrated")  # which are of the whole
]


def test_a_slip_within_a_larger_formula_is_named_there_or_told_as_what_it_may_be_too() -> None:
    for name, around, slope, f, line in WITHIN:
        function, found = judged(around.format(f=f), slope.format(f=f, line=line))
        assert name in (found.mistake, *found.also), (f, line)
        part = parse(f, function.variables).text
        begins, (start, end) = function.text.rfind(part), found.place
        assert found.mistake != name or begins <= start < end <= begins + len(part), (f, line)
