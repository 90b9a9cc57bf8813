"""A learner's derivation is read line by line, whatever stands in front of the equals sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.expression import parse, read_lines
from explorer.expression.lines import MAX_LINES

FRONTS = (
    "f'(x) = ", "f’(x)=", "f′(x) =", "f' =", "y' = ", "y′=", "dy/dx = ", "df/dx=", "df(x)/dx =", "df/dx(x) = ", "= ",
    " =", "", "d/dx (x^2 sin(3x)) = ", "d/dx x^2 = ", "d/dx[x^2] =", "f''(x) =", "f″(x) = ", "d^2y/dx^2 = ",
    "d²y/dx² =", "∂f/∂x = ", "∂/∂x x^2 = ", "f_x = ", "f_x(x, y) =", "(x^2 sin 3x)' = ", "g'(t) = ",
    "y = ", "f(x) = ", "Z=",
)  # fmt: skip


@pytest.mark.parametrize("front", FRONTS)
def test_what_names_the_derivative_is_left_out(front: str) -> None:
    (line,) = read_lines(f"{front}2x sin(3x)")
    assert line.expression == parse("2x sin(3x)")
    assert line.text_in(f"{front}2x sin(3x)") == "2x sin(3x)"


def texts(text: str) -> list[str]:
    return [line.text_in(text) for line in read_lines(text)]


def test_a_bare_equals_sign_continues_the_line_before() -> None:
    assert texts("f'(x) = 2x*1\n= 2x; = x + x") == ["2x*1", "2x", "x + x"]
    assert texts("dy/dx = 3*x^2 = 3x^2\n\n;  \n") == ["3*x^2", "3x^2"]


def test_comparisons_are_no_equals_signs() -> None:
    text = "f'(x) = {x<=0: -1, x=2: 3, 1}"
    (line,) = read_lines(text)
    assert line.expression == parse("{x<=0: -1, x=2: 3, 1}")


def test_a_refusal_points_into_the_whole_text() -> None:
    text = "f'(x) = 2x\n= 2x + siin(x)"
    first, second = read_lines(text)
    assert first.refusal is None
    assert second.expression is None
    assert text[second.refusal.position :].startswith("siin")
    assert second.refusal.suggestion == "f'(x) = 2x\n= 2x + sin(x)"
    (missing,) = read_lines("f'(x) =")
    assert missing.expression is None
    assert missing.refusal.position == len("f'(x) =")


@pytest.mark.parametrize("tail", ["+ C", "+c", " - C", "+ const", "+ k"])
def test_a_slope_has_no_constant_of_integration(tail: str) -> None:
    text = f"f'(x) = 2x {tail}"
    (line,) = read_lines(text)
    assert line.refusal is not None
    assert line.refusal.message.startswith("A slope has no constant of integration")
    assert text[line.refusal.position] in "Cck"
    assert line.refusal.suggestion == "f'(x) = 2x"
    (other,) = read_lines(f"2x {tail}", ("x", "c", "k"))
    assert (other.expression is None) == ("const" in tail)


@pytest.mark.parametrize("front", ["yy", "y_1", "y2", "s t", "foo(x)", "-y", "2x y"])
def test_where_a_side_cannot_be_read_no_other_of_its_line_is_judged_and_no_mend_begins_with_a_variable_alone(
    front: str,
) -> None:
    (line,) = read_lines(f"{front} = 4x^3")
    assert line.refusal is not None
    assert not (line.refusal.suggestion or "").replace(" ", "").startswith("x=")


def test_a_letter_that_means_something_is_no_name() -> None:
    for letter in "xtXe":
        first, _ = read_lines(f"{letter} = 2x t", ("x", "t"))
        assert first.text_in(letter) == letter


def test_lines_are_counted() -> None:
    assert len(read_lines("x;" * 500)) == MAX_LINES


@given(st.text(alphabet="xyfd'=/();\n ^2+-∂′{}<", max_size=60))
def test_any_text_is_answered(text: str) -> None:
    for line in read_lines(text, ("x", "y")):
        assert 0 <= line.start <= line.end <= len(text)
        assert (line.expression is None) == (line.refusal is not None)
        assert line.refusal is None or 0 <= line.refusal.position <= len(text)
