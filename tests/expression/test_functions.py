"""Every function by its row: read, written down, differentiated, computed, and broken where the row says."""

import math
from xml.etree import ElementTree

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from explorer.expression import (
    FUNCTIONS,
    Call,
    Expression,
    ExpressionError,
    Number,
    Variable,
    latex_of,
    mathml_of,
    parse,
)
from explorer.expression.functions import WORDS, Abbreviation
from explorer.expression.operations import ARITHMETIC
from explorer.numeric.breaks import find_breaks
from explorer.numeric.singularities import triggers_of
from tests.expression.oracle import evaluate
from tests.expression.trees import UNARY

x = Variable("x")
ROWS = [FUNCTIONS[name] for name in UNARY]
GRID = [k / 64 for k in range(-255, 256, 6)]

by_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
by_word = pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.name)


def brackets(word):
    """What may stand behind a function's name."""
    return "(3)" if word.name == "factorial" else "(x)" if word.arity == (1, 1) else "(x,3)"


def of_x(row):
    return Expression(Call(row.name, (x,)))


def test_no_two_rows_claim_the_same():
    spellings = [name for word in WORDS.values() for name in (word.name, *word.aliases, *word.near)]
    signs = [row.sign for row in FUNCTIONS.values() if row.sign]
    codes = [
        operation.code
        for operation in (*ARITHMETIC, *(row.operation for row in FUNCTIONS.values() if row.operation))
    ]
    for claimed in (spellings, signs, codes):
        assert len(claimed) == len(set(claimed))


@by_word
def test_every_spelling_is_read(word):
    meaning = parse(word.name + brackets(word))
    assert parse(meaning.text) == meaning
    if not isinstance(word, Abbreviation):
        assert meaning.root == Call(word.name, meaning.root.children)
        assert meaning.text == word.name + brackets(word) or word.name == "factorial"
    spellings = [name + brackets(word) for name in (*word.aliases, word.name.capitalize())]
    if word.arity == (1, 1) and word.name != "factorial":
        spellings += [f"{name} x" for name in (word.name, *word.aliases)]
    assert [parse(spelling).root for spelling in spellings] == [meaning.root] * len(spellings)


@by_word
def test_what_is_misspelt_is_suggested(word):
    wrong = [*word.near, *([f"{word.name}k"] if word.name.isalpha() else [])]
    for name in wrong:
        with pytest.raises(ExpressionError) as refused:
            parse(name + brackets(word))
        assert refused.value.suggestion == word.name + brackets(word)


@by_word
def test_a_wrong_number_of_arguments_is_refused(word):
    few, many = word.arity[0] - 1, word.arity[1] + 1
    for count in (few, many):
        with pytest.raises(ExpressionError, match=r"\.$"):
            parse(f"{word.name}({','.join(['x'] * count)})")


@pytest.mark.parametrize("row", FUNCTIONS.values(), ids=lambda row: row.name)
def test_signs_and_inverses(row):
    if row.sign:
        assert parse(f"{row.sign}x").root.function == row.name
    if row.inverse:
        assert parse(f"{row.name}^-1(x)") == parse(f"{row.name}⁻¹ x") == parse(f"{row.inverse}(x)")
        assert "^{2}" in parse(f"{row.name}(x)^2").latex().split("x")[0]


@by_row
def test_every_function_is_typeset(row):
    tree = of_x(row).root
    markup = ElementTree.fromstring(mathml_of(tree))
    latex = latex_of(tree)
    assert latex.count("{") == latex.count("}")
    assert latex.replace("x", "").strip(), "more than the argument"
    assert "x" in "".join(markup.itertext())


@by_row
def test_values_against_fifty_digits(row):
    f, derivative = of_x(row), of_x(row).derivative()
    exact = [evaluate(f.root, {"x": at}) for at in GRID]
    values, scalars = f(GRID), [float(f(at)) for at in GRID]
    for at, value, scalar, truth in zip(GRID, values, scalars, exact, strict=True):
        assert np.isfinite(value) == (truth is not None), at
        assert truth is None or abs(mpf(float(value)) - truth) <= 2e-15 * abs(truth), at
        assert scalar == value or truth is None
    _slopes_agree(row, derivative, exact)


def _slopes_agree(row, derivative, exact):
    h = mpf("1e-20")
    for at, truth in zip(GRID, exact, strict=True):
        sides = [evaluate(of_x(row).root, {"x": at + k * h}) for k in (-1, 1)]
        if (
            truth is None
            or None in sides
            or abs(sides[1] + sides[0] - 2 * truth) > mpf("1e-22") * (1 + abs(truth))
        ):
            continue  # an edge: no slope on both sides
        slope, estimate = mpf(float(derivative(at))), (sides[1] - sides[0]) / (2 * h)
        assert abs(slope - estimate) <= 1e-13 * (abs(estimate) + 1), at


@by_row
def test_every_step_has_the_rule_of_the_row(row):
    (step,) = of_x(row).steps()
    assert (step.rule, step.note) == (row.rule.name, row.rule.note)
    first, *_ = Expression(Call(row.name, (Call("sin", (x,)),))).steps()
    assert first.rule == "chain"
    assert row.rule.name in first.note


@by_row
def test_the_domain_is_that_of_the_row(row):
    f, (low, high) = of_x(row), (row.domain.low, row.domain.high)
    assert all(math.isfinite(float(f(at))) == edge.defined for edge in row.edges for at in (edge.at,))
    for end, outwards in ((low, -math.inf), (high, math.inf)):
        if math.isfinite(end):
            outside, inside = np.nextafter(end, outwards), np.nextafter(end, -outwards)
            assert math.isnan(float(f(outside)))
            assert math.isfinite(float(f(inside)))
            with pytest.raises(ExpressionError, match=row.outside):
                parse(f"{row.name}({end + math.copysign(1, outwards):g})")
    if row.total:
        assert np.isfinite(f(np.linspace(-50, 50, 401))).all()
    assert row.grows == (float(f(700.0)) > 1e100)


@pytest.mark.parametrize("row", [row for row in ROWS if row.rising], ids=lambda row: row.name)
def test_what_rises_never_falls(row):
    values = of_x(row)(np.linspace(-9, 9, 3601))
    assert (np.diff(values[np.isfinite(values)]) >= 0).all()


@by_row
def test_breaks_are_where_the_row_says(row):
    window = (-4.9, 4.95)
    told = {
        edge.at + k * edge.every
        for edge in row.edges
        for k in (range(-9, 10) if edge.every else (0,))
        if window[0] < edge.at + k * edge.every < window[1]
    }
    found = find_breaks(of_x(row), *window)
    places = sorted({b.x for b in found.breaks} | {place.x for place in found.smooth})
    assert places == pytest.approx(sorted(told), abs=1e-9)
    assert {t.level for t in triggers_of(of_x(row))} == {edge.at for edge in row.edges}


@by_row
def test_where_values_are_met_is_told_wholly(row):
    points = np.linspace(-7, 7, 5601)
    f, values = of_x(row), of_x(row)(points)
    for value in (k / 4 for k in range(-8, 9)):
        told = row.meets(value)
        if told is None:
            continue
        assert all(float(f(level.at)) == pytest.approx(value, abs=1e-15) for level in told)
        before, here, after = (values[k : len(values) - 2 + k] - value for k in range(3))
        met = (before * here < 0) & (np.abs(before - here) < 0.1) | (here == 0) & (before * after != 0)
        assert all(any(_meets(level, place) for level in told) for place in points[1:-1][met])


def _meets(level, place):
    off = place - level.at
    return abs(math.remainder(off, level.every) if level.every else off) < 0.01


@by_row
def test_numbers_are_worked_out_as_the_tape_does(row):
    inside = 0.75 if row.domain.low < 1 else 1.75
    value = parse(f"{row.name}({inside})").root
    assert float(Expression(value, ())()) == float(of_x(row)(inside))
    assert isinstance(value.children[0], Number)


def test_the_oracle_knows_every_function():
    assert evaluate(Call("arcsin", (x,)), {"x": 2}) is None
    assert evaluate(Call("csc", (x,)), {"x": 0}) is None
    assert evaluate(Call("ln", (x,)), {"x": 0}) is None
    assert evaluate(Call("cbrt", (x,)), {"x": -8}) == -2
    assert evaluate(Call("log2", (x,)), {"x": 8}) == pytest.approx(mpmath.mpf(3))
