"""What went wrong between a right line and the next one: a step of algebra at one place, not a rule of derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from explorer.expression import (
    Add,
    Expression,
    Multiply,
    Node,
    Path,
    Span,
    Subtract,
    compile_tape,
    part_at,
    spans_of,
)
from explorer.numeric.results import Array
from explorer.practice import algebra
from explorer.practice.algebra import Forms, Wrong
from explorer.practice.flat import Term, monomial, terms_of, with_parts
from explorer.practice.points import places

__all__ = ["NUMBER_OFF", "REWRITINGS", "Rewriting", "Rewritten", "rewritten"]

MOST_TRIED = 1000
"""So many wrong forms of a line are tried."""
AGREES, TELLING, LEAST = 1e-9, 1e3, 6
LARGEST_BELOW = 60
"""A number that has changed is a fraction with at most this below its bar."""


@dataclass(frozen=True, eq=False)
class Rewriting:
    """A wrong step of algebra: its name, what a learner calls it, how it reads, a sentence, an example (two lines).

    `brackets`: what comes out has a bracket with something in front of it; of a line without it is said last.
    """

    name: str
    short: str
    rule: str
    sentence: str
    example: tuple[str, str]
    forms: Callable[[Node], Forms] = field(repr=False)
    brackets: bool = False


@dataclass(frozen=True)
class Rewritten:
    """A wrong step, where it stands in the text of the line before, and the names of others that give the same line."""

    name: str
    sentence: str
    place: Span
    also: tuple[str, ...]


REWRITINGS = (
    Rewriting("cancelled_in_one_term", "a factor cancelled in one term only", "(gu + v)/(gw) = (u + v)/w",
              "What is cancelled is divided out of every term above the bar: here not of all.",
              ("(2x sin(x) - cos(x))/(x e^x)", "(2sin(x) - cos(x))/e^x"), algebra.cancelled_in_one_term),
    Rewriting("bracket_half_multiplied", "a bracket of which one term was multiplied", "c(u + v) = cu + v",
              "Each term of the bracket is multiplied, or divided: here not all of them were.",
              ("6(3x+1)", "18x + 1"), algebra.bracket_half_multiplied),
    Rewriting("factored_out_wrongly", "a term not divided by what was factored out", "gu + gv = g(u + gv)",
              "Each term in the bracket is divided by what was put in front of it: here one was not.",
              ("2x sin(x) + x^2 cos(x)", "2x(sin(x) + x^2 cos(x))"), algebra.factored_out_wrongly, brackets=True),
    Rewriting("minus_before_bracket", "a minus before a bracket", "u − (v + w) = u − v + w",
              "A minus before a bracket turns the sign of each term in it.",
              ("3x^2 - (2x + 1)", "3x^2 - 2x + 1"), algebra.minus_before_bracket),
    Rewriting("power_of_sum", "a power of a sum, taken apart", "(u + v)ⁿ = uⁿ + vⁿ",
              "A power or root of a sum is not that of each term by itself: (u ± v)² = u² ± 2uv + v².",
              ("2x(x^2+1)^2", "2x(x^4 + 1)"), algebra.power_of_sum),
    Rewriting("power_of_product", "a power that does not take every factor", "(c·u)ⁿ = c·uⁿ",
              "A power or root takes every factor: (2x)² is 4x², not 2x².",
              ("3(2x)^2", "6x^2"), algebra.power_of_product),
    Rewriting("factor_into_power", "a factor put into a power", "c·uⁿ = (c·u)ⁿ",
              "The power is that of its base alone: 2(x + 1)² is not (2x + 2)², which is 4(x + 1)².",
              ("2(x+1)^2", "(2x+2)^2"), algebra.factor_into_power),
    Rewriting("exponents_mixed", "exponents added for multiplied", "uᵃ·uᵇ = uᵃᵇ, (uᵃ)ᵇ = uᵃ⁺ᵇ",
              "In a product of powers the exponents are added, in a quotient subtracted; in a power of a power "
              "they are multiplied.",
              ("x^2*x^3 + 1", "x^6 + 1"), algebra.exponents_mixed),
    Rewriting("logarithm_taken_apart", "a logarithm taken apart", "ln(u·v) = ln u·ln v",
              "The logarithm of a product is a sum, ln(u·v) = ln u + ln v, and that of a quotient ln u − ln v; "
              "of a sum there is no such rule.",
              ("ln(2x) + 1", "ln(2) ln(x) + 1"), algebra.logarithm_taken_apart),
    Rewriting("function_taken_apart", "a function taken apart", "g(u + v) = g(u) + g(v), g(c·u) = c·g(u)",
              "A function is taken of the whole inside: sin(2x) is not 2 sin x, and eᵘ⁺ᵛ is not eᵘ + eᵛ.",
              ("2sin(x) + cos(2x)", "2sin(x) + 2cos(x)"), algebra.function_taken_apart),
    Rewriting("denominator_split", "a denominator taken apart", "u/(v + w) = u/v + u/w",
              "A sum below the bar cannot be taken apart: u/(v + w) is not u/v + u/w.",
              ("2x/(x^2+4)", "2/x + x/2"), algebra.denominator_split),
    Rewriting("fractions_added", "a sum of fractions without a common bar", "a/b + c/d = (a + c)/(b + d)",
              "Fractions are added over a common denominator: a/b + c/d = (ad + cb)/(bd).",
              ("1/x + 2/(x+1)", "3/(2x+1)"), algebra.fractions_added),
    Rewriting("exponent_misread", "an exponent that was misread", "u⁻ⁿ = −uⁿ, uⁿ = n·u",
              "An exponent says how often a factor stands there: u⁻ⁿ is 1/uⁿ, u^(1/n) the n-th root, and uⁿ not n·u.",
              ("-2x^(-3)", "2x^3"), algebra.exponent_misread),
    Rewriting("factors_added", "numbers that were added", "a·b = a + b",
              "These two numbers are multiplied, not added.",
              ("3*4x^2", "7x^2"), algebra.factors_added),
    Rewriting("minus_lost", "a lost minus", "u − v = u + v", "A minus was lost on the way.",
              ("2(x-3) + 4x^3", "4x^3 + 2x + 6"), algebra.minus_lost),
    Rewriting("sign_put", "a minus that came in", "u + v = u − v",
              "A minus has come in on the way.",
              ("2(x+3)", "2x - 6"), algebra.sign_put),
    Rewriting("factor_lost", "a lost factor", "c·u = u", "A factor was lost on the way.",
              ("2(3x+1)*3", "2(3x+1)"), algebra.factor_lost),
    Rewriting("other_side_of_the_bar", "a factor on the other side of the bar", "u/(v/w) = u/(v·w)",
              "A factor has gone to the other side of the bar.",
              ("2x/3/(1/x)", "2/3"), algebra.other_side_of_the_bar),
    Rewriting("term_lost", "a lost term", "u + v = u", "A term was lost on the way.",
              ("2x + 3x^2 + 4", "2x + 3x^2"), algebra.term_lost),
    Rewriting("unlike_terms", "a sum of terms that are not alike", "ax + bx² = (a + b)x²",
              "Only terms that are alike can be put together: x + x² stays as it is.",
              ("2x + 3x^2", "5x^2"), algebra.unlike_terms),
    Rewriting("exponent_off", "another exponent", "uⁿ = uⁿ⁺¹", "An exponent has changed on the way.",
              ("3x^2 + 1", "3x^3 + 1"), algebra.exponent_off),
)  # fmt: skip
"""The more specific first."""
NUMBER_OFF = Rewriting(
    "number_off", "another number", "2·5 = 12", "A number has changed on the way.",
    ("sin(x) + 2*5x", "sin(x) + 12x"), lambda _: iter(()),
)  # fmt: skip
"""Read off the line itself, where nothing else explains it."""


def rewritten(before: Expression, typed: Expression) -> Rewritten | None:
    """What wrong step leads from a right line to the next; None where no single one does."""
    tried = _tried(before.root)
    names = before.variables
    outputs = {str(k): Expression(root, names) for k, root in enumerate(tried)}
    terms = terms_of(before.root)
    outputs |= {f"term{k}": Expression(one.node, names) for k, one in enumerate(terms)}
    at = places(len(names))
    with np.errstate(all="ignore"):
        found = compile_tape({"line": typed, "before": before} | outputs, names).run(*at)
        line, right = found["line"], found["before"]
        size = np.abs(line) + np.abs(right)
        telling = np.isfinite(size) & (np.abs(line - right) > TELLING * AGREES * size)

        def fits(values: Array) -> bool:
            values = np.broadcast_to(values, line.shape)
            known = telling & np.isfinite(values)
            near = np.abs(values - line) <= AGREES * (size + np.abs(values))
            return bool(known.sum() >= LEAST and (near | ~np.isfinite(values + size)).all())

        fitting = [one for k, ones in enumerate(tried.values()) if fits(found[str(k)]) for one in ones]
        brackets = _brackets(typed.root)
        fitting.sort(key=lambda one: (one.row.brackets and not brackets, one.rank))
        for k, term in enumerate(terms if not fitting else ()):
            part = found[f"term{k}"] * (1 if term.plus else -1)
            times = _times(line - right, part, telling)
            if fits(right + (times - 1.0) * part):
                fitting.append(_number_off(term, times))
    if not fitting:
        return None
    spans = spans_of(before.root)
    first, *others = fitting
    wrong = first.wrong
    also = tuple(dict.fromkeys(one.row.name for one in others if one.row is not first.row))
    where = [spans[(*first.path, *way)] for way in wrong.at or ((),)]
    place = min(start for start, _ in where), max(end for _, end in where)
    said = wrong.said.replace("{part}", before.text[slice(*place)].replace("*", "·"))
    return Rewritten(first.row.name, said or first.row.sentence, place, also)


@dataclass(frozen=True, eq=False)
class _Tried:
    """A wrong step at a part of the line before; its rank is how general it is, then how deep, then where."""

    rank: int
    row: Rewriting
    path: Path
    wrong: Wrong


def _brackets(root: Node) -> bool:
    """Whether somewhere a sum is multiplied."""
    return (
        isinstance(root, Multiply) and any(isinstance(side, Add | Subtract) for side in root.children)
    ) or any(map(_brackets, root.children))


def _tried(root: Node) -> dict[Node, list[_Tried]]:
    """All that may come out of a line, with the steps that lead there."""
    found: dict[Node, list[_Tried]] = {}
    paths = sorted(spans_of(root), key=lambda path: (len(path), path))
    steps = (
        (row, path, wrong) for row in REWRITINGS for path in paths for wrong in row.forms(part_at(root, path))
    )
    for rank, (row, path, wrong) in enumerate(steps):
        whole = with_parts(root, {path: wrong.node})
        if whole not in found and len(found) == MOST_TRIED:
            break
        found.setdefault(whole, []).append(_Tried(rank, row, path, wrong))
    return found


def _times(off: Array, part: Array, telling: Array) -> float:
    """How many times a term there would have to be for the line to be off by so much, a fraction."""
    times = 1.0 + (off / part)[telling & (part != 0)]
    middle = float(np.median(times)) if times.size else 1.0
    return float(Fraction(middle).limit_denominator(LARGEST_BELOW)) if np.isfinite(middle) else 1.0


def _number_off(term: Term, times: float) -> _Tried:
    number = monomial(term.node)[0]
    other = number * Fraction(times).limit_denominator(LARGEST_BELOW)
    said = f"The number in front of this term is {_said(number)}, not {_said(other)}."
    return _Tried(0, NUMBER_OFF, term.path, Wrong(term.node, (), said))


def _said(number: Fraction) -> str:
    return str(number).replace("-", "−")
