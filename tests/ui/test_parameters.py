"""Links are hostile until judged."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.ui.parameters import LONGEST, Choice, Number, Several, Text, plus_places, read

ROWS = (
    Text("f", "x^2"),
    Number("x0", None, -10, 10),
    Choice("notation", "lagrange", ("lagrange", "leibniz")),
)


def test_a_link_without_values_leaves_every_choice_to_the_page():
    reading = read(ROWS, {})
    assert reading.values == {"f": "x^2", "x0": None, "notation": "lagrange"}
    assert reading.given == frozenset()
    assert reading.refused == ()


def test_good_values_are_taken_and_named_as_given():
    reading = read(ROWS, {"f": "sin x", "x0": "-2.5", "notation": "leibniz", "embed": "true"})
    assert reading.text("f") == "sin x"
    assert reading.number("x0") == -2.5
    assert reading.text("notation") == "leibniz"
    assert reading.given == {"f", "x0", "notation"}


@pytest.mark.parametrize(
    "text", ["", "abc", "nan", "inf", "-inf", "1e400", "11", "1" * 5000, "1;drop", "１０１"]
)
def test_a_bad_number_gets_the_default_and_a_sentence(text):
    reading = read(ROWS, {"x0": text})
    assert reading.number("x0") is None
    assert reading.refused == ("The link's value for x0 is not a number from −10 to 10; it was left out.",)


def test_unknown_choices_and_endless_texts_are_refused():
    reading = read(ROWS, {"notation": "<script>", "f": "x" * (LONGEST + 1)})
    assert reading.text("notation") == "lagrange"
    assert reading.text("f") == "x^2"
    assert len(reading.refused) == 2


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_formula_gets_the_default_and_a_sentence(text):
    reading = read((*ROWS, Text("window", "")), {"f": text, "window": ""})
    assert reading.text("f") == "x^2"
    assert reading.given == {"window"}
    (sentence,) = reading.refused
    assert sentence.startswith("The link's value for f is not a text of 1")


@pytest.mark.parametrize("text", ["", "a,", "a,a", "a,b,c", "d", "a, b", "a," * LONGEST])
def test_of_several_words_each_is_known_and_stands_once(text):
    reading = read((Several("race", ("a", "b", "c"), 2),), {"race": text})
    assert reading.text("race") == ""
    assert reading.refused == (
        "The link's value for race is not 1 to 2 of a, b, c, each once; it was left out.",
    )
    assert read((Several("race", ("a", "b", "c"), 2),), {"race": "c,a"}).text("race") == "c,a"


ANY_TEXT = st.text(max_size=60)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional={"f": ANY_TEXT, "x0": ANY_TEXT, "notation": ANY_TEXT}))
def test_no_text_ever_raises_or_echoes(query):
    reading = read(ROWS, query)
    number = reading.number("x0")
    assert number is None or (math.isfinite(number) and -10 <= number <= 10)
    assert reading.text("notation") in ("lagrange", "leibniz")
    assert all(len(sentence) < 120 for sentence in reading.refused)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", {"": set()}),
        ("f=x^2+y^2&x0=1", {"f": {3}, "x0": set()}),
        ("f=x%2B1+y", {"f": {3}}),
        ("f=%C2%BD+x++", {"f": {1, 3, 4}}),
        ("f=+x&f=x+", {"f": {1}}),
        ("a+b=%zz+", {"a b": {3}}),
    ],
)
def test_a_plain_plus_is_found_where_a_space_arrives(query, places):
    assert plus_places(query) == places
