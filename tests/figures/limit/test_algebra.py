"""The algebra's lines as the live figure shows them."""

from xml.etree import ElementTree

from explorer.expression import parse
from explorer.figures.limit.algebra import algebra_lines, rules_instead
from explorer.symbolic import AlgebraLine, LineKind


def nothing(_formula):
    return ""


def words_of(mathml):
    return "".join(ElementTree.fromstring(mathml).itertext()).replace("\u2062", "")


def line(kind, title, text):
    return AlgebraLine(title, "Said {so}.", kind, parse(text, ("x", "h")))


SQUARE = (
    line(LineKind.ALGEBRA, "Substitute", "((x+h)^2 - x^2)/h"),
    line(LineKind.ALGEBRA, "Cancel h", "2x + h"),
    line(LineKind.LIMIT, "Let h → 0", "2x"),
)


def test_lines_go_from_the_quotient_to_the_derivative():
    first, middle, last = algebra_lines(SQUARE, nothing)
    assert words_of(first.mathml).startswith("ΔyΔx=")
    assert words_of(middle.mathml) == "=2x+h"
    assert words_of(last.mathml) == "f′(x)=2x"
    assert 'class="live-increment"' in first.mathml
    assert "live-increment" not in last.mathml
    assert first.says == "Substitute. Said (so)."


def test_where_algebra_stops_the_derivative_is_named_all_the_same():
    stopped = algebra_lines((SQUARE[0], line(LineKind.WORD, "Here algebra stops", "2x")), nothing)
    assert words_of(stopped[-1].mathml) == "f′(x)=2x"


def test_without_algebra_the_rules_are_named():
    lines = rules_instead(parse("x^2"), "That took too long.", nothing)
    assert words_of(lines[0].mathml).startswith("ΔyΔx=")
    assert "That took too long." in lines[-1].says
