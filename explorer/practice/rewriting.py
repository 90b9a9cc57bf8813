"""What went wrong between a right line and the next one: a step of algebra at one place, not a rule of derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from explorer.expression import (
    Add,
    Call,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Number,
    Path,
    Power,
    Span,
    Subtract,
    compile_tape,
    part_at,
    spans_of,
    with_children,
)
from explorer.numeric.results import Array
from explorer.practice.points import places

__all__ = ["REWRITINGS", "Rewriting", "Rewritten", "rewritten"]

MOST_TRIED = 500
"""So many wrong forms of a line are tried."""
AGREES, TELLING, LEAST = 1e-9, 1e3, 6
SUMS = Add | Subtract

Forms = Iterator[Node]


@dataclass(frozen=True, eq=False)
class Rewriting:
    """A wrong step of algebra: its name, what a learner calls it, how it reads, a sentence, an example (two lines)."""

    name: str
    short: str
    rule: str
    sentence: str
    example: tuple[str, str]
    forms: Callable[[Node], Forms] = field(repr=False)


@dataclass(frozen=True)
class Rewritten:
    """A wrong step, where it stands in the text of the line before, and the names of others that give the same line."""

    name: str
    sentence: str
    place: Span
    also: tuple[str, ...]


def bracket_half_multiplied(node: Node) -> Forms:
    """c(u + v) = cu + v, (u + v)/c = u/c + v."""
    match node:
        case Multiply(c, (Add(u, v) | Subtract(u, v)) as bracket):
            yield type(bracket)(Multiply(c, u), v)
            yield type(bracket)(u, Multiply(c, v))
        case Multiply((Add(u, v) | Subtract(u, v)) as bracket, c):
            yield type(bracket)(Multiply(u, c), v)
            yield type(bracket)(u, Multiply(v, c))
        case Divide((Add(u, v) | Subtract(u, v)) as bracket, c):
            yield type(bracket)(Divide(u, c), v)
            yield type(bracket)(u, Divide(v, c))


def minus_before_bracket(node: Node) -> Forms:
    """In the next line u − (v + w) = u − v + w, −(v + w) = −v + w."""
    match node:
        case Subtract(u, Add(v, w)):
            yield Add(Subtract(u, v), w)
        case Subtract(u, Subtract(v, w)):
            yield Subtract(Subtract(u, v), w)
        case Negate(Add(v, w)):
            yield Add(Negate(v), w)
        case Negate(Subtract(v, w)):
            yield Subtract(Negate(v), w)


def power_of_sum(node: Node) -> Forms:
    """(u + v)ⁿ = uⁿ + vⁿ, √(u + v) = √u + √v."""
    match node:
        case Power((Add(u, v) | Subtract(u, v)) as bracket, n):
            yield type(bracket)(Power(u, n), Power(v, n))
        case Call("sqrt", ((Add(u, v) | Subtract(u, v)) as bracket,)):
            yield type(bracket)(Call("sqrt", (u,)), Call("sqrt", (v,)))


def power_of_product(node: Node) -> Forms:
    """(c·u)ⁿ = c·uⁿ."""
    match node:
        case Power(Multiply(c, u), n):
            yield Multiply(c, Power(u, n))


def exponents_mixed(node: Node) -> Forms:
    """uᵃ·uᵇ = uᵃᵇ, (uᵃ)ᵇ = uᵃ⁺ᵇ."""
    match node:
        case Multiply(Power(u, a), Power(v, b)) if u == v:
            yield Power(u, Multiply(a, b))
        case Power(Power(u, a), b):
            yield Power(u, Add(a, b))


def logarithm_taken_apart(node: Node) -> Forms:
    """ln(u·v) = ln u·ln v, ln(u/v) = ln u/ln v, ln(u + v) = ln u + ln v, and the way back."""
    match node:
        case Call("ln" | "log2" | "log10" as g, ((Multiply() | Divide() | Add() | Subtract()) as inside,)):
            yield with_children(inside, [Call(g, (side,)) for side in inside.children])
        case Multiply(Call("ln", (u,)), Call("ln", (v,))) | Divide(Call("ln", (u,)), Call("ln", (v,))):
            yield Call("ln", (with_children(node, [u, v]),))
            yield (Add if isinstance(node, Multiply) else Subtract)(Call("ln", (u,)), Call("ln", (v,)))


def minus_lost(node: Node) -> Forms:
    """−u = u, u − v = u + v."""
    match node:
        case Negate(u):
            yield u
        case Subtract(u, v):
            yield Add(u, v)


def sign_put(node: Node) -> Forms:
    """In the next line u + v = u − v."""
    match node:
        case Add(u, v):
            yield Subtract(u, v)
            yield Subtract(v, u)


def factors_added(node: Node) -> Forms:
    """a·b = a + b, of numbers."""
    match node:
        case Multiply(Number() as a, Number() as b):
            yield Add(a, b)


def factor_lost(node: Node) -> Forms:
    """c·u = u."""
    match node:
        case Multiply(u, v):
            yield v
            yield u
        case Divide(u, _):
            yield u


def term_lost(node: Node) -> Forms:
    """In the next line u + v = u."""
    match node:
        case Add(u, v):
            yield u
            yield v
        case Subtract(u, v):
            yield u
            yield Negate(v)


def exponent_off(node: Node) -> Forms:
    """uⁿ = u, uⁿ⁺¹, uⁿ⁻¹."""
    match node:
        case Power(u, Number(n)) if n.denominator == 1:
            yield Power(u, Number(n + 1))
            yield Power(u, Number(max(n - 1, Fraction(0))))


REWRITINGS = (
    Rewriting("bracket_half_multiplied", "a bracket of which one term was multiplied", "c(u + v) = cu + v",
              "Each term of the bracket is multiplied, or divided: here only one was.",
              ("6(3x+1)", "18x + 1"), bracket_half_multiplied),
    Rewriting("minus_before_bracket", "a minus before a bracket", "u − (v + w) = u − v + w",
              "A minus before a bracket turns the sign of each term in it.",
              ("3x^2 - (2x + 1)", "3x^2 - 2x + 1"), minus_before_bracket),
    Rewriting("power_of_sum", "a power of a sum, taken apart", "(u + v)ⁿ = uⁿ + vⁿ",
              "A power or root of a sum is not the sum of those of its terms: (u + v)² = u² + 2uv + v².",
              ("2x(x^2+1)^2", "2x(x^4 + 1)"), power_of_sum),
    Rewriting("power_of_product", "a power that does not take every factor", "(c·u)ⁿ = c·uⁿ",
              "A power takes every factor: (2x)² is 4x², not 2x².",
              ("3(2x)^2", "6x^2"), power_of_product),
    Rewriting("exponents_mixed", "exponents added for multiplied", "uᵃ·uᵇ = uᵃᵇ, (uᵃ)ᵇ = uᵃ⁺ᵇ",
              "In a product of powers the exponents are added; in a power of a power they are multiplied.",
              ("x^2*x^3 + 1", "x^6 + 1"), exponents_mixed),
    Rewriting("logarithm_taken_apart", "a logarithm taken apart", "ln(u·v) = ln u·ln v",
              "The logarithm of a product is a sum, ln(u·v) = ln u + ln v, and that of a quotient ln u − ln v; "
              "of a sum there is no such rule.",
              ("ln(2x) + 1", "ln(2) ln(x) + 1"), logarithm_taken_apart),
    Rewriting("minus_lost", "a lost minus", "u − v = u + v", "A minus was lost on the way.",
              ("2(x-3) + 4x^3", "4x^3 + 2x + 6"), minus_lost),
    Rewriting("sign_put", "a plus that became a minus", "u + v = u − v",
              "A plus has become a minus on the way.",
              ("2(x+3)", "2x - 6"), sign_put),
    Rewriting("factors_added", "numbers that were added", "a·b = a + b",
              "These two numbers are multiplied, not added.",
              ("3*4x^2", "7x^2"), factors_added),
    Rewriting("factor_lost", "a lost factor", "c·u = u", "A factor was lost on the way.",
              ("2(3x+1)*3", "2(3x+1)"), factor_lost),
    Rewriting("term_lost", "a lost term", "u + v = u", "A term was lost on the way.",
              ("2x + 3x^2 + 4", "2x + 3x^2"), term_lost),
    Rewriting("exponent_off", "another exponent", "uⁿ = uⁿ⁺¹", "An exponent has changed on the way.",
              ("3x^2 + 1", "3x^3 + 1"), exponent_off),
)  # fmt: skip
"""The more specific first."""


def rewritten(before: Expression, typed: Expression) -> Rewritten | None:
    """What wrong step leads from a right line to the next; None where no single one does."""
    tried: list[tuple[Rewriting, Path, Node]] = []
    paths = sorted(spans_of(before.root), key=lambda path: (len(path), path))
    for row in REWRITINGS:
        for path in paths:
            forms = row.forms(part_at(before.root, path))
            tried += [(row, path, _with_part(before.root, path, form)) for form in forms]
    tried = tried[:MOST_TRIED]
    names = before.variables
    outputs = {str(k): Expression(root, names) for k, (_, _, root) in enumerate(tried)}
    at = places(len(names))
    with np.errstate(all="ignore"):
        found = compile_tape({"line": typed, "before": before} | outputs, names).run(*at)
        line, right = found["line"], found["before"]
        size = np.abs(line) + np.abs(right)
        telling = np.isfinite(size) & (np.abs(line - right) > TELLING * AGREES * size)

        def fits(values: Array) -> bool:
            known = telling & np.isfinite(values)
            near = np.abs(values - line) <= AGREES * (size + np.abs(values))
            return bool(known.sum() >= LEAST and (near | ~np.isfinite(values + size)).all())

        fitting = [one for k, one in enumerate(tried) if fits(np.broadcast_to(found[str(k)], line.shape))]
    if not fitting:
        return None
    first, path, _ = fitting[0]
    also = tuple(dict.fromkeys(row.name for row, _, _ in fitting if row is not first))
    return Rewritten(first.name, first.sentence, spans_of(before.root)[path], also)


def _with_part(root: Node, path: Path, part: Node) -> Node:
    """The tree with another part at a path."""
    if not path:
        return part
    children = list(root.children)
    children[path[0]] = _with_part(children[path[0]], path[1:], part)
    return with_children(root, children)
