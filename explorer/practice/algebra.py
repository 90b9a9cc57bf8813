"""Wrong steps of algebra: what comes out of a part where a rule of reckoning goes wrong there.

Products are seen as their factors above and below the bar, sums as their terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import gcd

from explorer.expression import (
    Add,
    Call,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Path,
    Power,
    Subtract,
    free_variables,
    part_at,
    rational_value,
    with_children,
)
from explorer.practice.flat import Monomial, Term, factors_of, monomial, sum_of, terms_of, with_parts, written

__all__ = ["Forms", "Wrong"]

ZERO, ONE, TWO = (Number(Fraction(n)) for n in range(3))
MOST_TERMS = 4
"""Of longer sums it is not asked which of their terms went wrong."""
MOST_RUN = 3
"""So many factors that stand side by side may be lost at once."""
MOST_DIVISORS = 16
"""So many common factors are tried for one factored out wrongly."""


@dataclass(frozen=True)
class Wrong:
    """What comes out, between which parts it happened (the whole where there are none), and what is said of them.

    In `said`, {part} stands for those parts as they are written.
    """

    node: Node
    at: tuple[Path, ...] = ()
    said: str = ""


Forms = Iterator[Wrong]


def _some(count: int) -> Iterator[tuple[int, ...]]:
    """Some of so many, neither none nor all: those of which only one is missing or there come first."""
    if count <= MOST_TERMS:
        for size in (1, *range(2, count)):
            yield from combinations(range(count), size)


def _bracket_of(node: Node) -> Iterator[tuple[Term, list[Term], list[Term]]]:
    """Each sum among the factors above, its terms, and the other factors."""
    factors = factors_of(node)
    for one in factors:
        if one.plus and isinstance(one.node, Add | Subtract) and len(factors) > 1:
            yield one, terms_of(one.node), [other for other in factors if other is not one]


def bracket_half_multiplied(node: Node) -> Forms:
    """c(u + v) = cu + v, (u + v)/c = u/c + v; of more factors before the bracket one is left out in a term."""
    for bracket, terms, others in _bracket_of(node):
        for some in _some(len(terms)):
            parts = [
                (with_parts(node, {bracket.path: term.node}) if k in some else term.node, term.plus)
                for k, term in enumerate(terms)
            ]
            yield Wrong(sum_of(parts))
        for other, (k, _) in product(others if len(others) > 1 else (), enumerate(terms)):
            yield Wrong(
                sum_of(
                    [
                        (
                            with_parts(
                                node, {bracket.path: term.node} | ({other.path: ONE} if j == k else {})
                            ),
                            term.plus,
                        )
                        for j, term in enumerate(terms)
                    ]
                )
            )


def cancelled_in_one_term(node: Node) -> Forms:
    """(gu + v)/(gw) = (u + v)/w: what is cancelled is divided out of some terms only."""
    for bracket, terms, others in _bracket_of(node):
        for below in (other for other in others if not other.plus):
            for divisor in _powers_in(below.node):
                for some in _some(len(terms)):
                    parts = [
                        (Divide(term.node, divisor) if k in some else term.node, term.plus)
                        for k, term in enumerate(terms)
                    ]
                    left = Divide(below.node, divisor)
                    yield Wrong(with_parts(node, {bracket.path: sum_of(parts), below.path: left}))


def _powers_in(node: Node) -> Iterator[Node]:
    """What can be cancelled of a factor: u of u³, and u²."""
    yield node
    match node:
        case Power(base, Number(n)) if n.denominator == 1:
            for k in range(1, min(int(n), MOST_RUN + 1)):
                yield Power(base, Number(Fraction(k)))


def factored_out_wrongly(node: Node) -> Forms:
    """In the next line gu + gv = g(u + gv): one term is not divided by what stands in front, or not by all of it."""
    terms = terms_of(node)
    if not 1 < len(terms) <= MOST_TERMS:
        return
    told = [monomial(term.node) for term in terms]
    for number, bases in _divisors(told):
        front = written(number, bases)
        for wrong, (its, has) in enumerate(told):
            if any(not _divides(number, bases, one) for k, one in enumerate(told) if k != wrong):
                continue
            common = {base: min(exp, has.get(base, Fraction(0))) for base, exp in bases.items()}
            halves: list[Node] = [ONE]
            if not _divides(number, bases, told[wrong]):
                halves.append(
                    written(
                        Fraction(gcd(number.numerator, its.numerator)),
                        {b: e for b, e in common.items() if e > 0},
                    )
                )
            halves += [written(Fraction(1), {base: Fraction(1)}) for base in bases if sum(bases.values()) > 1]
            halves += [Number(number)] if number != 1 and bases else []
            for half in dict.fromkeys(halves):
                parts = [
                    (Divide(term.node, half if k == wrong else front), term.plus)
                    for k, term in enumerate(terms)
                ]
                yield Wrong(Multiply(front, sum_of(parts)))


def _divides(number: Fraction, bases: Mapping[Node, Fraction], term: Monomial) -> bool:
    whole = (term[0] / number).denominator == 1 or number == 1
    return whole and all(term[1].get(base, Fraction(0)) >= exp for base, exp in bases.items())


def _divisors(told: Sequence[Monomial]) -> list[tuple[Fraction, dict[Node, Fraction]]]:
    """What may have been factored out: of one term at least a part."""
    found: list[tuple[Fraction, dict[Node, Fraction]]] = []
    whole = [one[0] for one in told if one[0].denominator == 1]
    numbers = {Fraction(1), *whole, *((Fraction(gcd(*map(int, whole))),) if len(whole) > 1 else ())}
    exponents: dict[Node, set[Fraction]] = {}
    for _, bases in told:
        for base, exponent in bases.items():
            if exponent > 0:
                exponents.setdefault(base, {Fraction(0)}).update((Fraction(1), exponent, exponent - 1))
    for powers in product(*(sorted(e for e in some if e >= 0) for some in exponents.values())):
        bases = {base: exp for base, exp in zip(exponents, powers, strict=True) if exp}
        found += [
            (number, bases)
            for number in sorted(numbers)
            if (bases or number != 1) and any(_divides(number, bases, one) for one in told)
        ]
        if len(found) > MOST_DIVISORS:
            break
    return found[:MOST_DIVISORS]


def minus_before_bracket(node: Node) -> Forms:
    """In the next line u − c(v + w) = u − cv + cw, −(v + w) = −v + w."""
    match node:
        case Subtract(_, behind):
            way: Path = (1,)
        case Negate(behind):
            way = (0,)
        case Multiply(Negate(_), behind):
            way = (1,)
        case _:
            return
    for one in factors_of(behind):
        terms = terms_of(one.node) if one.plus else []
        for some in _some(len(terms)):
            if some[0]:
                turned = [(term.node, term.plus ^ (k in some)) for k, term in enumerate(terms)]
                yield Wrong(with_parts(node, {(*way, *one.path): sum_of(turned)}))


def power_of_sum(node: Node) -> Forms:
    """(u + v)ⁿ = uⁿ + vⁿ, √(u + v) = √u + √v, (u + v)² = u² + uv + v², (u − v)² = u² − v²."""
    match node:
        case Power((Add(u, v) | Subtract(u, v)) as bracket, n):
            yield Wrong(type(bracket)(Power(u, n), Power(v, n)))
            yield Wrong(Add(Power(u, n), Power(v, n)))
            if n == TWO:
                ends, middle = Add(Power(u, TWO), Power(v, TWO)), Multiply(u, v)
                yield Wrong(type(bracket)(ends, middle))
                yield Wrong(type(bracket)(Power(u, TWO), Add(Multiply(TWO, middle), Power(v, TWO))))
        case Call("sqrt", ((Add(u, v) | Subtract(u, v)) as bracket,)):
            yield Wrong(type(bracket)(Call("sqrt", (u,)), Call("sqrt", (v,))))
            yield Wrong(type(bracket)(_root_of(u), _root_of(v)))


def _root_of(node: Node) -> Node:
    match node:
        case Power(base, n) if n == TWO:
            return base
    return Call("sqrt", (node,))


def power_of_product(node: Node) -> Forms:
    """(c·u)ⁿ = c·uⁿ, √(c·u) = c·√u: one factor stays outside."""
    match node:
        case Power(inside, _) | Call("sqrt" | "cbrt", (inside,)):
            factors = factors_of(inside)
            for one in factors if len(factors) > 1 else ():
                rest = with_parts(node, {(0, *one.path): ONE})
                yield Wrong((Multiply if one.plus else Divide)(rest, one.node))


def factor_into_power(node: Node) -> Forms:
    """c·uⁿ = (c·u)ⁿ, c·√u = √(c·u)."""
    factors = factors_of(node)
    for other in factors:
        match other.node:
            case Power(inside, _) | Call("sqrt" | "cbrt", (inside,)):
                pass
            case _:
                continue
        outside = [one for one in factors if one.plus and one is not other and one.node != ONE]
        numbers = [one for one in outside if isinstance(one.node, Number)]
        for put in (*((one,) for one in outside), *([numbers] if len(numbers) > 1 else ())):
            for one in put:
                inside = Multiply(one.node, inside)
            grown = with_parts(other.node, {(0,): inside})
            yield Wrong(with_parts(node, {other.path: grown} | {one.path: ONE for one in put}))
            inside = other.node.children[0]


def exponents_mixed(node: Node) -> Forms:
    """uᵃ·uᵇ = uᵃᵇ, uᵃ/uᵇ = uᵃᐟᵇ, (uᵃ)ᵇ = uᵃ⁺ᵇ."""
    for one, other in combinations(factors_of(node), 2):
        match one.node, other.node:
            case Power(u, a), Power(v, b) if u == v:
                pass
            case Power(u, a), v if u == v:
                b = ONE
            case v, Power(u, b) if u == v:
                a = ONE
            case _:
                continue
        if one.plus and other.plus:
            yield Wrong(with_parts(node, {one.path: Power(u, Multiply(a, b)), other.path: ONE}))
        elif ONE not in (a, b):
            first, second = (a, b) if one.plus else (b, a)
            for mixed in (Divide(first, second), Add(first, second)):
                turned = Power(u, mixed if one.plus else Negate(mixed))
                yield Wrong(with_parts(node, {one.path: turned, other.path: ONE}))
    match node:
        case Power(Power(u, a), b):
            yield Wrong(Power(u, Add(a, b)))
            yield Wrong(Power(u, Power(a, b)))


def exponent_misread(node: Node) -> Forms:
    """u⁻ⁿ = −uⁿ, u^(1/n) = 1/uⁿ, uⁿ = n·u."""
    match node:
        case Power(u, exponent) if (n := rational_value(exponent)) is not None and n not in (0, 1):
            if n < 0:
                yield Wrong(Negate(Power(u, Number(-n))))
                yield Wrong(Power(u, Number(-n)))
            if n.denominator > 1:
                yield Wrong(Power(u, Number(1 / n)))
                yield Wrong(Power(u, Number(-1 / n)))
            yield Wrong(Multiply(Number(n), u))


def function_taken_apart(node: Node) -> Forms:
    """g(u + v) = g(u) + g(v), g(c·u) = c·g(u) and back, aᵘ⁺ᵛ = aᵘ + aᵛ."""
    factors = factors_of(node)
    numbers = [one for one in factors if one.plus and isinstance(one.node, Number) and one.node != ONE]
    for one, other in product(numbers, factors):
        way = _into(other.node)
        if way is not None:
            grown = with_parts(other.node, {way: Multiply(one.node, part_at(other.node, way))})
            yield Wrong(with_parts(node, {one.path: ONE, other.path: grown}))
    at = _into(node)
    if at is None:
        return
    inside = part_at(node, at)
    if isinstance(inside, Add | Subtract):
        yield Wrong(with_children(inside, [with_parts(node, {at: side}) for side in inside.children]))
    factors = factors_of(inside)
    for one in factors if len(factors) > 1 else ():
        if not free_variables(one.node):
            rest = with_parts(node, {(*at, *one.path): ONE})
            yield Wrong((Multiply if one.plus else Divide)(rest, one.node))


def _into(node: Node) -> Path | None:
    """The way to what a function or an exponential is taken of; roots and logarithms have rows of their own."""
    match node:
        case Call(g, (_,)) if g not in ("ln", "log2", "log10", "sqrt", "cbrt", "abs"):
            return (0,)
        case Power(base, inside) if not free_variables(base) and free_variables(inside):
            return (1,)
    return None


def logarithm_taken_apart(node: Node) -> Forms:
    """ln(u·v) = ln u·ln v, ln(u/v) = ln u/ln v, ln(u + v) = ln u + ln v, and the way back."""
    match node:
        case Call("ln" | "log2" | "log10" as g, ((Multiply() | Divide() | Add() | Subtract()) as inside,)):
            yield Wrong(with_children(inside, [Call(g, (side,)) for side in inside.children]))
        case Multiply(Call("ln", (u,)), Call("ln", (v,))) | Divide(Call("ln", (u,)), Call("ln", (v,))):
            yield Wrong(Call("ln", (with_children(node, [u, v]),)))
            yield Wrong((Add if isinstance(node, Multiply) else Subtract)(Call("ln", (u,)), Call("ln", (v,))))


def denominator_split(node: Node) -> Forms:
    """u/(v + w) = u/v + u/w."""
    for one in factors_of(node):
        if not one.plus and isinstance(one.node, Add | Subtract):
            sides = [with_parts(node, {one.path: side}) for side in one.node.children]
            yield Wrong(with_children(one.node, sides))


def fractions_added(node: Node) -> Forms:
    """a/b + c/d = (a + c)/(b + d), or (a + c)/(bd); a/b + c = (a + c)/b."""
    terms = terms_of(node)
    for one, other in combinations(terms, 2) if len(terms) <= MOST_TERMS else ():
        tops, bottoms = zip(*(_top_and_bottom(term) for term in (one, other)), strict=True)
        top = Add(*tops)
        known = [bottom for bottom in bottoms if bottom is not None]
        if len(known) == 2 and known[0] != known[1]:
            whole: list[Node] = [Divide(top, Add(*known)), Divide(top, Multiply(*known))]
        elif len(known) == 1:
            whole = [Divide(top, known[0])]
        else:
            continue
        for fraction in whole:
            put = fraction if one.plus else Negate(fraction)
            yield Wrong(with_parts(node, {one.path: put, other.path: ZERO}), (one.path, other.path))


def _top_and_bottom(term: Term) -> tuple[Node, Node | None]:
    below = {one.path: ONE for one in factors_of(term.node) if not one.plus}
    top = with_parts(term.node, below)
    bottom = Divide(top, term.node) if below else None
    return (top if term.plus else Negate(top)), bottom


def other_side_of_the_bar(node: Node) -> Forms:
    """a·(b/c) = b/(a·c), a/(b/c) = a/(b·c): a factor goes to the other side of the bar."""
    factors = factors_of(node)
    for one in factors if len(factors) > 1 else ():
        if one.node != ONE:
            said = (
                f"{{part}} belongs {'above' if one.plus else 'below'} the bar: it has gone to the other side."
            )
            yield Wrong(with_parts(node, {one.path: Divide(ONE, one.node)}), (one.path,), said)


def unlike_terms(node: Node) -> Forms:
    """In the next line ax + bx² = (a + b)x³: terms put together that are not alike."""
    terms = terms_of(node)
    for one, other in combinations(terms, 2) if len(terms) <= MOST_TERMS else ():
        (a, u), (b, v) = (monomial(term.node) for term in (one, other))
        if u == v or not (u or v):
            continue
        total = Number((a if one.plus else -a) + (b if other.plus else -b))
        left, right = (written(Fraction(1), bases) for bases in (u, v))
        for both in (left, right, Multiply(left, right)):
            if both == ONE:
                continue
            whole = Multiply(total, both)
            put = whole if one.plus else Negate(whole)
            yield Wrong(with_parts(node, {one.path: put, other.path: ZERO}), (one.path, other.path))


def minus_lost(node: Node) -> Forms:
    """−u = u, u − v = u + v."""
    match node:
        case Negate(u):
            yield Wrong(u)
        case Subtract(u, v):
            yield Wrong(Add(u, v))


def sign_put(node: Node) -> Forms:
    """In the next line u + v = u − v, u = −u."""
    match node:
        case Add(u, v):
            yield Wrong(Subtract(u, v))
            yield Wrong(Subtract(v, u))
        case Multiply() | Divide():
            yield Wrong(Negate(node))


def factors_added(node: Node) -> Forms:
    """a·b = a + b, of numbers."""
    numbers = [
        one for one in factors_of(node) if one.plus and isinstance(one.node, Number) and one.node != ONE
    ]
    for one, other in combinations(numbers, 2):
        total = Add(one.node, other.node)
        said = f"{_text(one)} and {_text(other)} are multiplied, not added."
        yield Wrong(with_parts(node, {one.path: total, other.path: ONE}), (), said)


def _text(one: Term) -> str:
    assert isinstance(one.node, Number)
    return str(one.node.value)


def factor_lost(node: Node) -> Forms:
    """c·u = u, u/c = u: one factor, or some that stand side by side on one side of the bar."""
    factors = factors_of(node)
    for length in range(1, MOST_RUN + 1):
        for start in range(len(factors) - length + 1) if len(factors) > length else ():
            run = factors[start : start + length]
            if len({one.plus for one in run}) > 1 or all(one.node == ONE for one in run):
                continue
            called = "The factor {part}" if run[0].plus else "The divisor {part}"
            lost = with_parts(node, {one.path: ONE for one in run})
            yield Wrong(lost, tuple(one.path for one in run), f"{called} was lost on the way.")


def term_lost(node: Node) -> Forms:
    """In the next line u + v = u."""
    terms = terms_of(node)
    for one in terms if len(terms) > 1 else ():
        yield Wrong(with_parts(node, {one.path: ZERO}), (one.path,), "The term {part} was lost on the way.")


def exponent_off(node: Node) -> Forms:
    """uⁿ = u, uⁿ⁺¹, uⁿ⁻¹."""
    match node:
        case Power(u, exponent) if (n := rational_value(exponent)) is not None:
            yield Wrong(Power(u, Number(n + 1)))
            yield Wrong(Power(u, Number(n - 1)))
            yield Wrong(u)
