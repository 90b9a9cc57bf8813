"""Text that reads back, and the formula typeset as it was typed."""

from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.expression import latex_of, mathml_of, parse, part_at, spans_of, text_of
from explorer.expression import tree as t
from explorer.expression.printing import number_text
from explorer.expression.reader import read
from explorer.expression.vocabulary import Vocabulary
from tests.expression.trees import trees, x

VOCABULARY = Vocabulary(("x", "y"))


@settings(max_examples=400, deadline=None)
@given(trees())
def test_the_text_of_any_tree_reads_back_to_it(tree):
    assert read(text_of(tree), VOCABULARY).root == tree


@settings(max_examples=150, deadline=None)
@given(trees())
def test_any_tree_is_typeset_with_balanced_markup(tree):
    ElementTree.fromstring(mathml_of(tree))
    latex = latex_of(tree)
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left") - latex.count(r"\left(") == latex.count(r"\right") - latex.count(r"\right)")
    assert latex.count(r"\begin{cases}") == latex.count(r"\end{cases}")


one = t.Number(Fraction(1))
WRAPPERS = [
    t.Negate,
    lambda u: t.Add(x, u),
    lambda u: t.Multiply(x, u),
    lambda u: t.Divide(one, u),
    lambda u: t.Power(x, u),
    lambda u: t.Power(u, one),
    lambda u: t.Call("abs", (u,)),
    lambda u: t.Call("root", (u, one)),
    lambda u: t.Piecewise(((t.Comparison("<", u, x), one),), None),
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WRAPPERS), min_size=29, max_size=29))
def test_the_deepest_trees_read_back(wrappers):
    tree = x
    for wrap in wrappers:
        tree = wrap(tree)
    assert read(text_of(tree), VOCABULARY).root == tree


LATEX = [
    ("(x²)³", r"\left( x^{2} \right)^{3}"),
    ("2x", "2 x"),
    ("x/2", r"\frac{x}{2}"),
    ("1/2x", r"\frac{1}{2} x"),
    ("e^2x", "e^{2} x"),
    ("sin 2x", r"\sin 2 x"),
    ("sin x/2", r"\frac{\sin x}{2}"),
    ("sin x(x+1)", r"\sin x \cdot \left( x+1 \right)"),
    ("sin x cos x", r"\sin x \cos x"),
    ("sin^2 x", r"\sin^{2} x"),
    ("sin(x^2)", r"\sin \left( x^{2} \right)"),
    ("ln(x)^2", r"\left( \ln x \right)^{2}"),
    ("√x²", r"\sqrt{x^{2}}"),
    ("(√x)²", r"\left( \sqrt{x} \right)^{2}"),
    ("root(x,5)", r"\sqrt[5]{x}"),
    ("∛x", r"\sqrt[3]{x}"),
    ("|x-1|", r"\left| x-1 \right|"),
    ("floor(x)", r"\left\lfloor x \right\rfloor"),
    ("log_2 x", r"\log_{2} x"),
    ("arsinh x", r"\operatorname{arsinh} x"),
    ("2·3", r"2 \cdot 3"),
    ("x·2", r"x \cdot 2"),
    ("2πx", r"2 \pi x"),
    ("x·(-2)", r"x \left( -2 \right)"),
    ("x-(1-x)", r"x-\left( 1-x \right)"),
    ("-(x+1)", r"-\left( x+1 \right)"),
    ("2^3^2", "2^{3^{2}}"),
    ("(1/x)^2", r"\left( \frac{1}{x} \right)^{2}"),
    ("5!x", "5! x"),
    ("1E21x", r"1 \cdot 10^{21} x"),
    ("min(x,1)", r"\min \left( x, 1 \right)"),
    ("{x<0: -x, x}", r"\begin{cases} -x & x < 0 \\ x & \text{otherwise} \end{cases}"),
    ("{0<x<=1: x}", r"\begin{cases} x & 0 < x \le 1 \end{cases}"),
]


@pytest.mark.parametrize(("text", "latex"), LATEX)
def test_latex(text, latex):
    assert parse(text).latex() == latex


def test_mathml():
    markup = parse("x^2/2").mathml()
    assert markup == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML">'
        "<mfrac><msup><mi>x</mi><mn>2</mn></msup><mn>2</mn></mfrac></math>"
    )


def test_a_typeset_formula_never_holds_what_was_typed():
    assert "<script" not in parse("{x<0: 1, 2}").mathml()
    assert "x &lt; 0" not in parse("{x<0: 1, 2}").mathml()
    assert "<mo>&lt;</mo>" in parse("{x<0: 1, 2}").mathml()


def test_colours():
    assert parse("x^2").latex(colour="#0072B2") == r"\textcolor{#0072B2}{x^{2}}"
    assert 'style="color:var(--f)"' in parse("x^2").mathml(colour="var(--f)")
    inner = parse("x^2").root
    coloured = latex_of(parse("sin(x^2)").root, {inner: "#D55E00"})
    assert coloured == r"\sin \left( \textcolor{#D55E00}{x^{2}} \right)"
    with pytest.raises(ValueError, match="colour"):
        parse("x").mathml(colour='red" onload="x')


@pytest.mark.parametrize(
    "digits", ["0", "7", "0.5", "12.25", "1E15", "123456789012345", "1.5E300", "1E-6", "0.00001", "2.5E-12"]
)
def test_numbers_are_written_briefly_and_exactly(digits):
    value = parse(digits).root.value
    assert number_text(value) == digits


SPANS = [
    "x sin(x)+x",
    "{x<0: -x, 0<=x<1: x^2, 3}",
    "(x+1)(x^2-3)/sqrt(2x)",
    "5! x",
    "max(x, 2x, 3)",
    "2(x+1)^(2x)",
]


@pytest.mark.parametrize("text", SPANS)
def test_every_occurrence_has_its_span_in_the_text(text):
    expression = parse(text)
    spans = spans_of(expression.root)
    assert len(spans) == expression.size
    for path, (start, end) in spans.items():
        assert text_of(part_at(expression.root, path)) == expression.text[start:end]


def test_equal_parts_have_spans_of_their_own():
    spans = spans_of(parse("x sin(x)+x").root)
    assert {path: span for path, span in spans.items() if span[1] - span[0] == 1} == {
        (0, 0): (0, 1),
        (0, 1, 0): (6, 7),
        (1,): (9, 10),
    }
