"""Parts named by the way down from the whole."""

import pytest
from hypothesis import given

from explorer.expression import parse, part_at, spans_of, text_of
from explorer.increments import path_of, read_way, walk, way_of_path, way_text
from tests.expression.trees import leaf, trees


@pytest.mark.parametrize(
    ("formula", "way", "part"),
    [
        ("(1+x)(2+x^2/4)", "2.1", "2"),
        ("(1+x)(2+x^2/4)", "2.2.1", "x^2"),
        ("x sin(x) + x", "1.2.1", "x"),
        ("x sin(x) + x", "2", "x"),
        ("1 + x - x^2 + 5", "3", "x^2"),
        ("2x e^x sin(x)", "3", "e^x"),
        ("1+(2+x)", "2.1", "2"),
        ("{x<0: -x, x^2}", "1.1", "x"),
        ("{x<0: -x, x^2}", "2.2", "2"),
        ("max(x, x^2, 1)", "3", "1"),
        ("x^2", "", "x^2"),
    ],
)
def test_a_way_leads_to_its_part(formula: str, way: str, part: str) -> None:
    root = parse(formula).root
    read = read_way(root, way)
    assert read is not None
    assert text_of(part_at(root, path_of(root, read))) == part
    assert way_text(read) == way


@pytest.mark.parametrize(
    "way", ["3", "0", "-1", "1..2", "1.1.1", "x", "1.", "٣", "1" * 50, ".".join(["1"] * 99)]
)
def test_a_way_that_leads_nowhere_is_none(way: str) -> None:
    assert read_way(parse("(1+x)(2+x)").root, way) is None


def test_the_walk_is_that_of_a_derivation() -> None:
    root = parse("(1+x)(2+x^2/4)").root
    assert [way_text(way) for way in walk(root)] == ["", "1", "1.1", "1.2", "2", "2.1", "2.2", "2.2.1"]
    assert [way_text(way) for way in walk(parse("sin((4x)^2)").root)] == ["", "1", "1.1"]


@given(trees(leaf, max_leaves=10))
def test_every_place_in_a_formula_has_a_way_to_it_or_to_what_is_around_it(root) -> None:
    for path in spans_of(root):
        way = way_of_path(root, path)
        found = path_of(root, way)
        assert path[: len(found)] == found or found[: len(path)] == path
        assert way_of_path(root, found) == way
    assert set(walk(root)) <= {way_of_path(root, path) for path in spans_of(root)}
