"""Marks on single occurrences in a typeset formula."""

import re

import pytest
from hypothesis import given

from explorer.expression import Mark, marked_mathml, mathml_of, parse, part_at, places_of, spans_of
from tests.expression.trees import leaf, trees


def test_one_x_of_three_is_marked() -> None:
    root = parse("x sin(x) + x").root
    marked = marked_mathml(root, {(0, 1, 0): Mark(part="1.2.1", role="f")})
    assert marked.count('<mrow data-part="1.2.1" data-role="f"><mi>x</mi></mrow>') == 1
    assert marked.count("<mi>x</mi>") == 3


def test_a_square_of_a_sine_can_be_marked_as_one_thing() -> None:
    root = parse("sin(x)^2").root
    assert "<mo" not in mathml_of(root).split("<mn>2</mn>")[0]
    assert '<mrow data-part="1">' in marked_mathml(root, {(0,): Mark(part="1")})


@pytest.mark.parametrize("name", ['"', "<b>", "a b", "1;2"])
def test_a_mark_cannot_write_markup(name: str) -> None:
    with pytest.raises(ValueError, match="a mark is named by"):
        marked_mathml(parse("x").root, {(): Mark(part=name)})


@given(trees(leaf, max_leaves=10))
def test_marks_change_nothing_else(root) -> None:
    marked = marked_mathml(root, {path: Mark(part=".".join(map(str, path))) for path in spans_of(root)})
    assert re.sub(r"<[^>]*>", "", marked).replace("(", "").replace(")", "") == re.sub(
        r"<[^>]*>", "", mathml_of(root, primes=True)
    ).replace("(", "").replace(")", "")


def test_places_of_a_factor_in_the_product_rule() -> None:
    step = parse("x sin(x)").steps()[0]
    x, sine = step.before.operand.children
    found = places_of(step.after, [x, sine])
    # u′·v + u·v′ with v = sin x, whose own x is not the factor x.
    assert [part_at(step.after, path) for path in found].count(x) == 2
    assert list(found.values()).count(sine) == 2
