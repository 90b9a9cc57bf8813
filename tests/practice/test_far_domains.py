"""A slip is the same wherever a function lives, and the place that is said is the one that was computed with."""

import mpmath
import numpy as np
import pytest

from explorer.expression import parse
from explorer.figures.check.words import counterexample_words
from explorer.practice import diagnose

SLIPS = (
    ("sqrt(u)", "1/sqrt(u)"),
    ("arcsin(u)", "1/sqrt(1+u^2)"),
    ("ln(u)", "1/(u+1)"),
    ("u*ln(u)", "1/u"),
    ("arccos(u)", "1/sqrt(1-u^2)"),
    ("sqrt(1-u^2)", "u/sqrt(1-u^2)"),
)


@pytest.mark.parametrize(("f", "line"), SLIPS)
def test_a_slip_has_its_name_wherever_the_domain_lies(f: str, line: str) -> None:
    for inside in ("(x-1000.3)", "(x-9876.5)", "(x+54321)", "(3-10^4*x)", "(x/7-20)"):
        near, far = (
            diagnose(parse(f.replace("u", inner)), parse(line.replace("u", inner)))
            for inner in (inside.replace("-9876.5", "-7.3"), inside)
        )
        assert far.counterexample is not None
        if inside == "(x-9876.5)":
            assert (far.mistake, far.also) == (near.mistake, near.also)
        typed = parse(line.replace("u", inside))
        assert far.counterexample[1] == pytest.approx(typed(far.counterexample[0]), rel=1e-12)
    shifted = [
        diagnose(parse(f.replace("u", f"(x-{by})")), parse(line.replace("u", f"(x-{by})")))
        for by in (5, 777.7)
    ]
    assert len({(one.mistake, one.also) for one in shifted}) == 1


def test_a_root_a_million_away_has_its_slip_named() -> None:
    assert diagnose(parse("sqrt(x-10^6)"), parse("1/sqrt(x-10^6)")).mistake == "factor_not_brought_down"


def test_the_place_said_is_the_place_computed_with() -> None:
    for f, line, slope in (
        ("ln(x-1000)", "1/(x-999)", lambda x: 1 / (x - 1000)),
        ("ln(1000-x)", "1/(1000-x)", lambda x: -1 / (1000 - x)),
        ("ln(x-10^9)", "2/(x-10^9)", lambda x: 1 / (x - 10**9)),
        ("sqrt(x-pi*1000)", "1/sqrt(x-pi*1000)", lambda x: 1 / (2 * mpmath.sqrt(x - 1000 * mpmath.pi))),
    ):
        found = diagnose(parse(f), parse(line))
        said = counterexample_words(found)
        at, _, told = said.removeprefix("At x = ").partition(" this line gives ")
        true = float(slope(mpmath.mpf(at.replace("·10⁹", "e9"))))
        assert float(told.rpartition(" is ")[2].rstrip(".").replace("−", "-")) == pytest.approx(
            true, rel=1e-2
        )
        assert len(at) <= 15
    assert counterexample_words(diagnose(parse("ln(x-1000)"), parse("1/(x-999)"))).startswith("At x = 1001 ")


def test_in_two_letters_a_far_domain_is_found_too() -> None:
    found = diagnose(parse("sqrt(x+y-1000)", ("x", "y")), parse("1/sqrt(x+y-1000)", ("x", "y")))
    assert not found.nowhere
    assert found.mistake == "factor_not_brought_down"
    assert np.isfinite(found.counterexample[1])  # type: ignore[index]
