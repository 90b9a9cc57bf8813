"""The logarithm of a product by rule: against the product's own logarithm, and where it is greatest."""

import numpy as np
import pytest

from explorer.expression import parse
from explorer.numeric.logarithm import best_within, logarithm_of

LONG = "p^6(1-p)^2(3-p)^9(4-p)^13(10-p)^500"
WRITTEN = [
    ("p^7(1-p)^3", "7ln(p)+3ln(1-p)"),
    (LONG, "6ln(p)+2ln(1-p)+9ln(3-p)+13ln(4-p)+500ln(10-p)"),
    ("e^(3p)/(1+p)", "3p-ln(1+p)"),
    ("sqrt(p)(1-p)", "1/2*ln(p)+ln(1-p)"),
    ("(p(1-p))^3/(2p)^2", "3ln(p)+3ln(1-p)-2ln(2)-2ln(p)"),
    ("1/(p(1-p))", "-ln(p)-ln(1-p)"),
    ("(p-1)^2 p", "2ln(abs(p-1))+ln(p)"),
    ("exp(-p)", "-p"),
    ("2^p", "p*ln(2)"),
    ("5", "ln(5)"),
    ("1", "0"),
    ("p^p", "p*ln(p)"),
    ("1+p", "ln(1+p)"),
]
PLACES = np.linspace(0.01, 0.99, 23)


@pytest.mark.parametrize(("product", "written"), WRITTEN, ids=[product for product, _ in WRITTEN])
def test_the_logarithm_is_written_as_a_sum(product: str, written: str) -> None:
    g = parse(product, ("p",))
    found = logarithm_of(g)
    assert found.sum.text == parse(written, ("p",)).text
    values = g(PLACES)
    finite = np.isfinite(values)
    assert found.sum(PLACES)[finite] == pytest.approx(np.log(values[finite]), rel=1e-12, abs=1e-12)
    near = 1e-6
    rises = (found.sum(PLACES + near) - found.sum(PLACES - near)) / (2 * near)
    assert found.slope(PLACES) == pytest.approx(rises, rel=1e-5, abs=1e-6)


def test_a_product_that_overflows_has_a_plain_logarithm() -> None:
    g = parse(LONG, ("p",))
    assert np.isinf(g(0.1))
    found = logarithm_of(g)
    best = best_within(found.sum)
    assert best.p == pytest.approx(0.1013903, abs=5e-8)
    assert best.end is None
    assert found.slope(best.p) == pytest.approx(0, abs=1e-8)
    # The other zeros of the slope lie outside, where g has no logarithm or is no likelihood.
    slope = parse("6/p - 2/(1-p) - 9/(3-p) - 13/(4-p) - 500/(10-p)", ("p",))
    for outside in (1.0339, 3.1069, 4.1710):
        assert slope(outside - 1e-4) * slope(outside + 1e-4) < 0


@pytest.mark.parametrize(
    ("product", "p", "end"),
    [
        ("p^7(1-p)^3", 0.7, None),
        ("p(1-p)", 0.5, None),
        ("p", None, 1.0),
        ("exp(-p)", None, 0.0),
        ("5", None, None),
        ("-p", None, None),
        ("sqrt(p)(1-p)", 1 / 3, None),
        ("p(1-p)+100p^50", None, 1.0),  # 0.5 is a hill, and the end is higher
        ("p^2(1-1.5p)^2", None, 1.0),
        ("p^2(1-3p)^4(1-p)", 0.8933978962, None),  # the higher of two hills
        ("{p<1/2: p, 1-p}", 0.5, None),
    ],
)
def test_best_places_are_sought_within(product: str, p: float | None, end: float | None) -> None:
    best = best_within(logarithm_of(parse(product, ("p",))).sum)
    assert best.end == end
    assert best.p == (None if p is None else pytest.approx(p, abs=1e-9))


@pytest.mark.parametrize(
    "product", ["-p", "p(p-1)", "-1", "(p-2)^3 p", "-p^2", "p-1", "0", "0 p", "(2p-1)(1-2p)", "sqrt(-1-p^2)"]
)
def test_what_is_not_positive_has_no_logarithm(product: str) -> None:
    found = logarithm_of(parse(product, ("p",)))
    assert not np.isfinite(found.sum(PLACES)).any()
    assert np.isnan(found.slope(PLACES)).all()
    assert not found.exists


SIGNED = [
    ("p(1-2p)", "ln(p)+ln(1-2p)", False),
    ("-(p-1)", "ln(1-p)", False),
    ("-(2p-1)(p-1)^2", "ln(1-2p)+2ln(abs(p-1))", False),
    ("(1-2)(p-1)p", "ln(abs(1-2))+ln(1-p)+ln(p)", False),
    ("1/(1-2p)^3", "-3ln(1-2p)", False),
    ("(p-1)(p-1/2)", "ln(abs(p-1))+ln(abs(p-1/2))", True),
    ("(p-1/2)^3 (p-3/4)", "3ln(abs(p-1/2))+ln(abs(p-3/4))", True),
    ("(p-0.001)(p-0.002)", "ln(abs(p-0.001))+ln(abs(p-0.002))", True),
    ("sin(9p)cos(5p)", "ln(abs(sin(9p)))+ln(abs(cos(5p)))", True),
    ("(p-1/2)^(2/3)", "2/3*ln(abs(p-1/2))", False),
    ("(p-1/2)^(1/3)", "1/3*ln(p-1/2)", False),
    ("p-0.999", "ln(p-0.999)", False),
    ("1/10^9-(p-1/2)^2", "ln(1/10^9-(p-1/2)^2)", False),
]


@pytest.mark.parametrize(("product", "written", "sized"), SIGNED, ids=[row[0] for row in SIGNED])
def test_signs_decide_where_there_is_a_logarithm(product: str, written: str, sized: bool) -> None:
    g = parse(product, ("p",))
    found = logarithm_of(g)
    assert (found.sum.text, found.sized, found.exists) == (parse(written, ("p",)).text, sized, True)
    places = np.append(np.linspace(0.0, 1.0, 1001), [0.0015, 0.5 + 1e-5])
    heights = g(places)
    assert np.array_equal(np.isfinite(found.sum(places)), heights > 0)
    positive = heights > 0
    assert found.sum(places)[positive] == pytest.approx(np.log(heights[positive]), rel=1e-9, abs=1e-9)
    bare = parse(written, ("p",))(places)
    assert np.isfinite(bare[heights < 0]).any() == sized, "the words “where g > 0” are needed, or are not"


@pytest.mark.parametrize("product", ["sqrt(p-1/2)^4", "sqrt(2p-1)^2 (p-3/4)", "((p-1/2)^(1/4))^8"])
def test_where_a_root_is_undefined_there_is_no_logarithm(product: str) -> None:
    g = parse(product, ("p",))
    places = np.linspace(0.0, 1.0, 101)
    assert np.array_equal(np.isfinite(logarithm_of(g).sum(places)), g(places) > 0)
