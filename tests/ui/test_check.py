"""The check page without a browser: verdicts, refusals, what went wrong, and find the mistake."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from explorer.expression import read_lines
from explorer.figures.check.asked import asked_of, read_check
from explorer.practice import MISTAKES, diagnose
from explorer.presets import RIDDLES
from explorer.symbolic import OverBudget, Reason, Verdict, VerdictKind
from explorer.ui import check_parts
from explorer.ui.check_parts import judged_lines, sign_of
from explorer.ui.riddle_parts import missed_words, riddle_for
from tests.ui.app import opened


def words(page: AppTest) -> str:
    said = [unescape(re.sub("<[^>]*>", "", part.proto.body)) for part in page.get("html")]
    return "\n".join([*(part.value for part in (*page.text, *page.caption)), *said])


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def typeset(line: str) -> str:
    """What the button of a riddle's line says."""
    return rf"$\displaystyle {read_check(line).latex()}$".replace("\\", "")


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label.replace("\\", "") == label).click().run()
    assert not page.exception
    return page


def test_the_first_state_asks_what_went_wrong() -> None:
    page = opened("check")
    assert "At x = 1 this line gives −1.98, the slope is −2.688." in words(page)
    assert "product" not in words(page)
    press(page, "What went wrong?")
    assert "Two things went wrong." in words(page)
    assert [code.value for code in page.code] == ["x^2*sin(3x)\n^^^^^^^^^^^", "x^2*sin(3x)\n    ^^^^^^^"]
    assert "What went wrong?" not in labels(page)
    links = [link.proto.query_string for link in page.get("page_link") if "part" in link.proto.label]
    assert links == ["f=x%5E2%2Asin%283x%29", "f=x%5E2%2Asin%283x%29&part=2"]


def test_lines_of_a_link_are_judged_one_by_one() -> None:
    page = opened("check", f="x^2", lines="f'(x) = 2x;= x + x;= 3x;= 2 siin(x)")
    assert words(page).count("right") == 2
    assert "the first line that differs" in words(page)
    assert "“siin” is not known here. Did you mean sin?" in words(page)
    assert page.code[0].value == "2 siin(x)\n  ^"


def test_a_line_that_cannot_be_read_is_mended_by_a_tap() -> None:
    page = opened("check", f="5^x", lines="f'(x) = 5^x ln 5;= x5^(x-1)")
    assert "write ^ for a power, or * for a product" in words(page)
    press(page, "Use this instead")
    assert [box.value for box in page.text_input if box.label.startswith("Line")][:2] == [
        "f'(x) = 5^x ln 5",
        "= x*5^(x-1)",
    ]
    assert "Use this instead" not in labels(page)
    assert "the first line that differs" in words(page)


def test_a_right_line_in_another_form_is_right_and_its_domain_is_told() -> None:
    assert "This is the derivative." in words(opened("check", f="sin(x)^2", lines="dy/dx = sin(2x)"))
    page = opened("check", f="ln(x)", lines="1/x")
    assert "Equal where both are defined; the line has values where there is no derivative." in words(page)


def test_how_a_line_is_read_is_said_where_it_is_wrong_and_brackets_that_mend_it_are_why() -> None:
    assert "read as" not in words(opened("check", f="x^(1/3)", lines="1/3 x^(-2/3)"))
    assert "1/3 x^(2/3) is read as (1/3) x^(2/3)" in words(opened("check", f="x^(1/3)", lines="1/3 x^(2/3)"))
    said = words(opened("check", f="1/x^2", lines="-2/x*x^2", why="1"))
    assert "it needs brackets: -2/(x*x^2) is right." in said
    assert "quotient rule" not in said
    assert "needs brackets" not in words(opened("check", f="x^3", lines="x^2/2*3", why="1"))


@pytest.mark.parametrize(
    ("f", "line", "said"),
    [
        ("e^(2x)", "2e^2x", "e^2x is read as (e^2)*x: a longer exponent needs brackets, as in e^(2x)."),
        (
            "x^(5/2)",
            "5/2 x^3/2",
            "x^3/2 is read as (x^3)/2: a longer exponent needs brackets, as in x^(3/2).",
        ),
        ("2*sqrt(x)", "x^-1/2", "x^-1/2 is read as (x^(-1))/2: a longer"),
        ("2^(3x)", "3ln(2)*2^3x", "2^3x is read as (2^3)*x: a longer"),
        ("e^(2x)+e^(5x)", "2e^2x+5e^5x", "e^2x is read as (e^2)*x"),
    ],
)
def test_what_follows_an_exponent_is_told_where_it_was_meant_to_belong_to_it(
    f: str, line: str, said: str
) -> None:
    page = opened("check", f=f, lines=line)
    assert said in words(page)
    assert words(page).count("is read as") == 1
    press(page, "What went wrong?")
    assert words(page).count("is read as") == 1
    assert "With these brackets the line is right: nothing else went wrong." in words(page)
    assert "is read as" not in words(opened("check", f="x^4", lines="x^3/2"))


@pytest.mark.parametrize("order", ["second", "2"])
def test_a_second_derivative_is_judged_as_one(order: str) -> None:
    page = opened("check", f="x^3", lines="y'' = 6x", order=order)
    assert "This is the second derivative." in words(page)
    assert page.session_state["check.memory"]["order"] == "second"


@pytest.mark.parametrize(
    ("order", "true", "said"),
    [
        ("second", "f'(x) = 4x^3", "this is f′; asked is f″"),
        ("second", "y' = 4x^3", "this is f′; asked is f″"),
        ("second", "dy/dx = 4x^3", "this is f′; asked is f″"),
        ("second", "d/dx x^4 = 4x^3", "this is f′; asked is f″"),
        ("second", "(4x^3)' = 12x^2", "right"),
        ("second", "d/dx f'(x) = 12x^2", "right"),
        ("second", "d/dx (y') = 12x^2", "right"),
        ("second", "d/dx f(x) = 4x^3", "this is f′; asked is f″"),
        ("second", "(f')' = 12x^2", "right"),
        ("second", "d/dx what = 12x^2", "right"),
        ("first", "f''(x) = 12x^2", "this is f″; asked is f′"),
        ("first", "d^2y/dx^2 = 12x^2", "this is f″; asked is f′"),
        ("first", "y = x^4", "this is f; asked is f′"),
        ("first", "y = 4x^3", "right"),
    ],
)
def test_a_line_is_judged_by_what_its_name_says(order: str, true: str, said: str) -> None:
    asked = asked_of(read_check("x^4"), order)
    (one,) = judged_lines(asked, true)
    assert one.found is not None
    assert one.found.right
    assert sign_of(asked, one) == ("✓", said)
    (wrong,) = judged_lines(asked, f"{true} + x")
    assert wrong.found is not None
    assert not wrong.found.right


OTHERS = ("f‴(x)", "f'''(x)", "y″′", "f^(3)(x)", "f⁽⁴⁾(x)", "d^3y/dx^3", "d³/dx³ x^4", "d/dx f″(x)", "f_xxx")
OTHERS_IN_SPACE = ("f_xy(x,y)", "f_xx", "∂²f/∂x∂y", "∂^2f/(∂x^2)", "d²f/dx²")


@pytest.mark.parametrize(
    ("f", "front"), [("x^4", one) for one in OTHERS] + [("x^4 y", one) for one in OTHERS_IN_SPACE[:3]]
)
def test_a_line_that_says_that_it_is_what_is_not_compared_here_gets_no_verdict(f: str, front: str) -> None:
    asked = asked_of(read_check(f), "")
    (one,) = judged_lines(asked, f"{front} = 24x")
    assert one.found is None
    assert one.line.refusal is not None
    signs = "∂f/∂x and ∂f/∂y" if "y" in f else "f′ and f″"
    assert one.line.refusal.message.endswith(f"here lines are compared with {signs}.")


def test_where_f_is_its_own_derivative_a_name_means_the_first() -> None:
    asked = asked_of(read_check("e^x"), "first")
    for line in judged_lines(asked, "y = e^x;d/dx e^x = e^x;(e^x)' = e^x"):
        assert sign_of(asked, line) == ("✓", "right")


def test_a_derivation_through_the_first_derivative_is_right_to_its_end() -> None:
    page = opened("check", f="x^4", order="second", lines="y = x^4;f'(x) = 4x^3;f''(x) = 12x^2")
    signs = [part.value for part in page.markdown if part.value.strip("*") in "✓✗"]
    assert signs == ["**✓**"] * 6, "each stands in its box and beside the line as it is read"
    assert "this is f′; asked is f″" in words(page)
    assert "Every line is" not in words(page)
    page.text_input(key="check.lines.1").set_value("y' = 4x^2").run()
    assert "the slope is" in words(page)


def test_the_letter_by_which_a_line_is_derived_is_read_too() -> None:
    asked = asked_of(read_check("x^2 y^3"), "y")
    by_x, by_y = judged_lines(asked, "f_x = 2x y^3;∂f/∂y = 3x^2 y^2")
    assert sign_of(asked, by_x) == ("✓", "this is ∂f/∂x; asked is ∂f/∂y")
    assert sign_of(asked, by_y) == ("✓", "right")


def test_what_is_said_of_a_links_order_goes_when_an_order_is_chosen() -> None:
    page = opened("check", f="x^3", lines="6x", order="3")
    assert "The link's value for order is not one of first, second; it was left out." in words(page)
    assert "the first line that differs" in words(page)
    page.button_group(key="check.order").set_value("second").run()
    assert "left out" not in words(page)
    assert "This is the second derivative." in words(page)


def test_where_nothing_can_be_compared_there_is_no_verdict() -> None:
    page = opened("check", f="ln(-x^2)", lines="2/x")
    assert "nothing to compare" in words(page)
    assert not [part for part in page.markdown if "✗" in part.value or "✓" in part.value]


def test_a_line_that_a_second_program_refutes_is_not_called_right(monkeypatch: pytest.MonkeyPatch) -> None:
    refuted = Verdict(VerdictKind.REFUTED, "A second program found another derivative.")
    monkeypatch.setattr(check_parts, "answered", lambda _: refuted)
    page = opened("check", f="x^2", lines="2x")
    assert "no difference found by numbers" in words(page)
    assert "This is the derivative." not in words(page)
    assert not [part for part in page.markdown if "✓" in part.value]


def test_a_lost_factor_leads_to_the_product_that_it_stands_in() -> None:
    """The rule of the factor alone says nothing: a constant's slope is 0."""
    for f, line, marked, query in (
        ("x^3 + 5x^2", "3x^2 + 2x", "5", "&part=2"),
        ("sin(x) + 7x", "cos(x) + 1", "7", "&part=2"),
    ):
        page = opened("check", f=f, lines=line, why="1")
        formula, carets = page.code[-1].value.split("\n")
        assert formula[carets.index("^") : len(carets)] == marked
        (link,) = [link for link in page.get("page_link") if "part" in link.proto.label]
        assert link.proto.query_string.endswith(query)


def test_a_partial_derivative_holds_the_other_letter() -> None:
    page = opened("check", f="2x^2 y + y^3", by="y", lines="f_y = 2 + 3y^2;2x^2 + 3y^2")
    assert "At x = 2, y = 1 this line gives 5, ∂f/∂y is 11." in words(page)
    press(page, "What went wrong?")
    assert "The variable that is held is a constant factor here" in words(page)
    assert page.code[-1].value == "2x^2*y+y^3\n ^^^"
    (link,) = [link for link in page.get("page_link") if "part" in link.proto.label]
    assert link.proto.label.endswith(", x held at 2")
    # A line that fails where a held letter is 0 is led to a picture in which something moves.
    for f, line, held in (
        ("x^2 e^(x y)", "2x e^(x y) + x^2 e^(x y)", "1"),
        ("x sin(3x y) + ln(1-y)", "sin(3x y) + x cos(3x y)", "0"),
    ):
        page = opened("check", f=f, by="x", lines=line, why="1")
        (link,) = [link for link in page.get("page_link") if "part" in link.proto.label]
        assert link.proto.label.endswith(f", y held at {held}")
    page.text_input(key="check.f").set_value("t^2").run()
    page.text_input(key="check.lines.0").set_value("2t").run()
    assert not page.exception
    assert page.session_state["check.order"] == "first"


def test_every_mistake_can_be_sent_as_a_riddle() -> None:
    for mistake in MISTAKES:
        posed = riddle_for(mistake.name)
        assert posed is not None
        f = read_check(posed.formula)
        found = [diagnose(f, line.expression) for line in read_lines(";".join(posed.lines), f.variables)]
        assert not all(one.right for one in found)
    page = opened("check", mistake="term_lost")
    assert page.text_input(key="check.f").value == "x^2 + x^3"
    assert typeset("2x") in [label.replace("\\", "") for label in labels(page)]
    assert "differs" not in words(page)


def test_below_a_right_line_the_step_from_there_is_told() -> None:
    page = opened("check", f="x^3 - x^2", lines="3x^2 - 2x;x(3x - 2);3x^2 - 2", why="1")
    assert "The line above is right: what went wrong is a step from there. Each term of the bracket" in words(
        page
    ).replace("\n", " ")
    assert [code.value for code in page.code] == ["x*(3x-2)\n^^^^^^^^"]


def test_below_a_right_line_no_rule_is_blamed_that_gives_the_same_line_from_the_start() -> None:
    for f, lines, sentence, besides in (
        (
            "sqrt(3x+1)",
            "1/(2sqrt(3x+1))*3;3/sqrt(3x+1)",
            "The divisor 2 was lost on the way.",
            "an exponent that did not",
        ),
        (
            "ln(x^2+4)",
            "1/(x^2+4)*2x;1/(x^2+4)",
            "The factor 2·x was lost on the way.",
            "a missing slope inside",
        ),
        ("x^3 e^x", "3x^2 e^x + x^3 e^x;5x^2 e^x + x e^x - 7", "No single known step of algebra", ""),
    ):
        said = words(opened("check", f=f, lines=lines, why="1")).replace("\n", " ")
        assert f"The line above is right: what went wrong is a step from there. {sentence}" in said
        also = "From the start the same line also comes out with "
        assert f"{also}{besides}" in said if besides else also not in said


def test_another_line_asks_for_another_tap() -> None:
    page = press(opened("check"), "What went wrong?")
    page.text_input(key="check.lines.0").set_value("2x sin(3x)").run()
    assert "What went wrong?" in labels(page)
    assert "Only one factor" not in words(page)


def test_a_riddle_keeps_its_verdicts_back_until_a_line_and_a_reason_are_chosen() -> None:
    page = opened("check", f="x*e^x", lines="1*e^x;e^x", riddle="1")
    assert "differs" not in words(page)
    assert "slope of a product" not in words(page)
    press(page, typeset("1*e^x"))
    assert "That is it." in words(page)
    press(page, "Because eˣ has to be derived as well: 1·x·e^(x − 1).")
    assert "No: eˣ is its own slope" in words(page)
    assert "The reason: the factors take turns" in words(page)
    assert "Next" in labels(page)


def test_a_missed_riddle_comes_back_at_the_end() -> None:
    page = opened("check", mistake="inner_derivative_missing")
    press(page, "All are right")
    press(page, f"Because {RIDDLES[0].reasons[0]}.")
    for riddle in RIDDLES[1:]:
        press(page, "Next")
        assert page.text_input(key="check.f").value == riddle.formula
        press(page, typeset(riddle.lines[riddle.wrong]))
        press(page, f"Because {riddle.reasons[0]}.")
    press(page, "Next")
    assert page.text_input(key="check.f").value == RIDDLES[0].formula


def test_a_teachers_riddle_needs_no_row() -> None:
    page = opened("check", f="x^2+x", lines="2x+1;2x", riddle="1")
    press(page, typeset("2x+1"))
    assert "Not quite: line 1 is right, line 2 is the first that differs." in words(page)
    press(page, "What went wrong?")
    assert "A constant" in words(page) or "term" in words(page)


def test_a_link_with_too_many_lines_says_what_was_left_out() -> None:
    page = opened("check", f="x^2", lines=";".join(["2x"] * 12))
    assert "There is room for 8 lines: those that follow in the link were left out." in words(page)
    assert "left out" not in words(opened("check", f="x^2", lines=";".join(["2x"] * 8)))


def test_what_went_wrong_stays_in_the_link_and_never_in_a_riddle() -> None:
    page = opened("check", f="x^3", lines="3x^3")
    assert page.session_state["check.memory"]["why"] is None
    press(page, "What went wrong?")
    assert page.session_state["check.memory"]["why"] == "1"
    page.text_input(key="check.lines.0").set_value("x^2").run()
    assert page.session_state["check.memory"]["why"] is None
    told = opened("check", f="x^3", lines="3x^2;= 3x^3", why="1")
    assert "An exponent has changed on the way." in words(told)
    assert told.session_state["check.memory"]["why"] == "1"
    posed = opened("check", f="x^3", lines="3x^3", riddle="1", why="1")
    assert "lowered" not in words(posed)
    assert posed.session_state["check.memory"]["why"] is None


def test_a_link_that_tells_tells_of_its_own_line_only() -> None:
    page = opened("check", f="x^3", lines="3x^2", why="1")
    page.text_input(key="check.lines.0").set_value("3x^3").run()
    assert "What went wrong?" in labels(page)


@pytest.mark.parametrize("reason", Reason)
def test_a_line_that_no_second_program_has_checked_hears_of_no_other_formula(reason: Reason) -> None:
    said = Verdict.over_budget(OverBudget(reason)).sentence
    assert said.startswith("Not checked by a second program: ")
    assert "simpl" not in said
    assert "Picture" not in said


def test_a_riddle_begins_at_its_own_point() -> None:
    page = opened("check", mistake="inner_derivative_missing", x0="1.2")
    assert page.session_state["check.figure.start"][1]["controls"]["x0"] == 1.2
    press(page, "All are right")
    press(page, f"Because {RIDDLES[0].reasons[0]}.")
    press(page, "Next")
    assert page.text_input(key="check.f").value == RIDDLES[1].formula
    assert "x0" not in page.session_state["check.figure.start"][1].get("controls", {})


def test_every_reason_of_a_riddle_says_why_the_line_would_be_wrong_and_hears_what_is_so_instead() -> None:
    for riddle in RIDDLES:
        assert len({*riddle.reasons, *riddle.replies}) == 5
        assert not any(said.endswith(".") for said in (*riddle.reasons, *riddle.replies))
        assert not any("is right" in reason or "nothing is missing" in reason for reason in riddle.reasons)
    assert missed_words(-1, 1) == "line 2 differs."
    assert missed_words(2, 1) == "it went wrong before that, in line 2."
    assert missed_words(0, None) == "every line is right."
