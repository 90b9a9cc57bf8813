"""What comes out at a part where a rule of differentiation goes wrong: the slopes that `mistakes` gives names to."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from explorer.expression import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Path,
    Power,
    Subtract,
    Variable,
    differentiate,
    fold,
    free_variables,
    local_derivative,
    part_at,
    with_children,
)
from explorer.numeric.results import Array
from explorer.practice.parts import Part

__all__ = ["Slip", "Slips"]

LOGARITHMS = ("ln", "log2", "log10")
SUMS = Add | Subtract | Negate
MOST_DENOMINATOR = 100
"""Of an exponent that is written as a fraction."""
WAVES = ("sin", "cos", "tan", "cot", "sec", "csc", "cosh")


@dataclass(frozen=True, eq=False)
class Slip:
    """The slope that a wrong rule gives a part, and which of its children the place is (the part itself: none)."""

    slope: Array
    at: Path = ()


Slips = Iterator[Slip]


def logarithm_inner_missing(part: Part) -> Slips:
    """(ln u)′ = 1/u."""
    match part.node:
        case Call(function) if function in LOGARITHMS and part.is_chain:
            yield Slip(part.local[0])


def base_logarithm_missing(part: Part) -> Slips:
    """(aᵘ)′ = aᵘ·u′."""
    match part.node:
        case Power() if part.base is not None:
            yield Slip(part.value * part.du[1])
        case Call("log2" | "log10") if part.moves:
            yield Slip(part.du[0] / part.u[0])


def power_rule_on_exponential(part: Part) -> Slips:
    """(aᵘ)′ = u·aᵘ⁻¹."""
    if part.base is not None and part.inner is not None:
        v, dv = part.u[part.inner], part.du[part.inner]
        lowered = part.value / part.base
        yield Slip(v * lowered)
        yield Slip(v * lowered * dv)
        yield Slip(dv * lowered)


def power_rule_on_moving_exponent(part: Part) -> Slips:
    """The power rule, or that of exponentials, where base and exponent both move."""
    if isinstance(part.node, Power) and all(part.moving):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(v * part.value / u)
        yield Slip(v * part.value / u * du)
        yield Slip(part.value * np.log(u))
        yield Slip(part.value * np.log(u) * dv)


def trigonometric_sign(part: Part) -> Slips:
    """(sin u)′ = −cos u·u′, (cos u)′ = sin u·u′."""
    match part.node:
        case Call(function) if function in WAVES and part.moves:
            yield Slip(-part.slope)


def last_link_missing(part: Part) -> Slips:
    """f(g(h))′ = f′(g(h))·g′(h)."""
    outside = part.parent
    if part.is_chain and part.inner is not None and outside is not None and outside.is_chain:
        yield Slip(part.local[part.inner])


def inner_derivative_missing(part: Part) -> Slips:
    """g(h)′ = g′(h)."""
    if part.is_chain and part.inner is not None:
        yield Slip(part.local[part.inner])


def inner_derivative_added(part: Part) -> Slips:
    """g(h)′ = g′(h) + h′."""
    if part.is_chain and part.inner is not None:
        yield Slip(part.local[part.inner] + part.du[part.inner])


def inner_derivative_inside(part: Part) -> Slips:
    """g′(h′), g′(h′)·h′ and g(h′) for g(h)."""
    if not part.is_chain or part.inner is None:
        return
    children = list(part.node.children)
    children[part.inner] = part.slopes[id(children[part.inner])]
    inside = with_children(part.node, children)
    outer = part.run(local_derivative(inside, part.inner))
    yield Slip(outer)
    yield Slip(outer * part.du[part.inner])
    yield Slip(part.run(inside))


def inside_lost(part: Part) -> Slips:
    """g(h)′ = g′(x), g′(x)·h′."""
    if not part.is_chain or part.inner is None:
        return
    children = list(part.node.children)
    children[part.inner] = Variable(part.variable)
    outer = part.run(local_derivative(with_children(part.node, children), part.inner))
    yield Slip(outer)
    yield Slip(outer * part.du[part.inner])


def product_of_derivatives(part: Part) -> Slips:
    """(u·v)′ = u′·v′."""
    if _is_product(part):
        yield Slip(part.du[0] * part.du[1])


def product_minus(part: Part) -> Slips:
    """(u·v)′ = u′·v − u·v′."""
    if _is_product(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(du * v - u * dv)
        yield Slip(u * dv - du * v)


def one_factor_only(part: Part) -> Slips:
    """(u·v)′ = u′·v."""
    if _is_product(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(du * v)
        yield Slip(u * dv)


def factor_left_out(part: Part) -> Slips:
    """(u·v)′ = u′·v + v′, u′ + u·v′, u′ + v′."""
    if _is_product(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(du * v + dv)
        yield Slip(du + u * dv)
        yield Slip(du + dv)


def quotient_turned(part: Part) -> Slips:
    """(u/v)′ = (u·v′ − u′·v)/v²."""
    if _is_quotient(part) and part.moving[0]:
        (u, v), (du, dv) = part.u, part.du
        yield Slip((u * dv - du * v) / v**2)


def quotient_minus(part: Part) -> Slips:
    """(u/v)′ = (u′·v + u·v′)/v²."""
    if _is_quotient(part) and part.moving[0]:
        (u, v), (du, dv) = part.u, part.du
        yield Slip((du * v + u * dv) / v**2)


def quotient_denominator(part: Part) -> Slips:
    """(u/v)′ = (u′·v − u·v′)/v."""
    if _is_quotient(part):
        (u, v), (du, dv) = part.u, part.du
        top = du * v - u * dv
        yield Slip(top / v)
        yield Slip(top)


def reciprocal_minus_lost(part: Part) -> Slips:
    """(1/u)′ = u′/u², (u⁻ⁿ)′ = n·u⁻ⁿ⁻¹·u′."""
    below = isinstance(part.node, Divide) and part.moving == (False, True)
    if below or (part.exponent is not None and np.all(part.exponent < 0)):
        yield Slip(-part.slope)


def quotient_of_derivatives(part: Part) -> Slips:
    """(u/v)′ = u′/v′."""
    if _is_quotient(part):
        top = part.du[0] if part.moving[0] else part.u[0]
        yield Slip(top / part.du[1])


def power_not_lowered(part: Part) -> Slips:
    """(uⁿ)′ = n·uⁿ·u′."""
    if part.exponent is not None:
        yield Slip(part.exponent * part.value * part.du[0])


def power_raised(part: Part) -> Slips:
    """(uⁿ)′ = n·uⁿ⁺¹·u′."""
    if part.exponent is not None and np.all(part.exponent < 0):
        yield Slip(part.exponent * part.value * part.u[0] * part.du[0])


def factor_not_brought_down(part: Part) -> Slips:
    """(uⁿ)′ = uⁿ⁻¹·u′."""
    if part.exponent is not None:
        yield Slip(part.slope / part.exponent)


def factor_lowered(part: Part) -> Slips:
    """(uⁿ)′ = (n − 1)·uⁿ⁻¹·u′.

    Of a root this is the other sign, which a chain has more often lost in its inside.
    """
    if part.exponent is not None and not (part.is_chain and np.all(part.exponent == 1 / 2)):
        yield Slip(part.slope * (part.exponent - 1) / part.exponent)


def exponent_without_brackets(part: Part) -> Slips:
    """n·uᵖ⁻ᑫ/q where n·u^((p−q)/q) is meant: written without brackets, only the numerator is the exponent."""
    if part.exponent is None:
        return
    exponent = float(np.ravel(part.exponent)[0])
    if not np.all(part.exponent == exponent) or not np.isfinite(exponent):
        return
    fraction = Fraction(exponent).limit_denominator(MOST_DENOMINATOR)
    if fraction.denominator > 1 and math.isclose(fraction, exponent, rel_tol=1e-12):
        lowered = part.u[0] ** (fraction.numerator - fraction.denominator) / fraction.denominator
        yield Slip(exponent * lowered * part.du[0])


def power_without_brackets(part: Part) -> Slips:
    """c·uⁿ where (c·u)ⁿ is meant, in the slope outside."""
    if not part.is_chain or part.inner is None:
        return
    inside = part.node.children[part.inner]
    if not isinstance(inside, Multiply) or all(moving := [*map(part.touches, inside.children)]):
        return
    factor, rest = inside.children[moving.index(False)], inside.children[moving.index(True)]

    def written(node: Node, below: Sequence[Node]) -> Node:
        if isinstance(node, Power) and node.base == inside:
            return Multiply(factor, Power(rest, below[1]))
        return with_children(node, below)

    yield Slip(part.run(fold(local_derivative(part.node, part.inner), written)) * part.du[part.inner])


def absolute_value_dropped(part: Part) -> Slips:
    """|u|′ = u′; √(uⁿ) for n = 2, 4, … taken for u^(n/2)."""
    match part.node:
        case Call("abs") if part.moves:
            yield Slip(part.du[0])
        case Call("sqrt", (Power(base, Number(value)),)) if part.moves and value and value % 2 == 0:
            yield Slip(part.run(differentiate(Power(base, Number(value / 2)), part.variable)))


def only_inner_derivative(part: Part) -> Slips:
    """g(h)′ = h′."""
    if part.is_chain and part.inner is not None:
        yield Slip(part.du[part.inner])


def other_variable(part: Part) -> Slips:
    """∂f/∂y for ∂f/∂x."""
    if part.parent is None:
        for letter in sorted(free_variables(part.node) - {part.variable}):
            yield Slip(part.run(differentiate(part.node, letter)))


def held_variable_dropped(part: Part) -> Slips:
    """∂(u·c)/∂x = ∂u/∂x."""
    for at, slip in _without_factor(part):
        if free_variables(part_at(part.node, at)):
            yield slip


def held_variable_derived(part: Part) -> Slips:
    """A factor or term that is held gets the slope by its own letter: u′·c′, u′·c + u·c′, and u′ + c′."""
    if not isinstance(part.node, Multiply | Add | Subtract) or all(part.moving) or not any(part.moving):
        return
    k = part.moving.index(False)
    still = part.node.children[k]
    for letter in sorted(free_variables(still)):
        slope = part.run(differentiate(still, letter))
        if isinstance(part.node, Multiply):
            yield Slip(part.du[1 - k] * slope, (k,))
            yield Slip(part.slope + part.u[1 - k] * slope, (k,))
        else:
            yield Slip(part.slope + (-slope if isinstance(part.node, Subtract) and k == 1 else slope), (k,))


def constant_factor_lost(part: Part) -> Slips:
    """(c·u)′ = u′."""
    for at, slip in _without_factor(part):
        if not free_variables(part_at(part.node, at)):
            yield slip


def _without_factor(part: Part) -> Iterator[tuple[Path, Slip]]:
    """A factor or divisor that stands still is left out: which it is, and the slope without it."""
    match part.node, part.moving:
        case Multiply(), (False, True) | (True, False):
            still = part.moving.index(False)
            for at, _, rest in _left_out(part.node.children[still], (still,)):
                kept = 1.0 if rest is None else part.run(rest)
                yield at, Slip(part.du[1 - still] * kept, at)
        case Divide(), (True, False):
            yield (1,), Slip(part.du[0], (1,))
        case Divide(), (False, True):
            yield (0,), Slip(part.slope / part.u[0], (0,))


def _left_out(product: Node, at: Path) -> list[tuple[Path, Node, Node | None]]:
    """A product, and each of its factors, as what is left out: where and what that is, and what is kept."""
    found: list[tuple[Path, Node, Node | None]] = [(at, product, None)]
    for path, factor, rest in found:  # grows by the two factors of each product: no longer than the tree
        if isinstance(factor, Multiply):
            for k, other in ((0, factor.right), (1, factor.left)):
                kept = other if rest is None else Multiply(rest, other)
                found.append(((*path, k), factor.children[k], kept))
    return found


def constant_kept(part: Part) -> Slips:
    """(u + c)′ = u′ + c."""
    yield from _still_terms(part, lambda value: value)


def constant_slope_one(part: Part) -> Slips:
    """(u + c)′ = u′ + 1."""
    yield from _still_terms(part, np.ones_like)


def _still_terms(part: Part, slope: Callable[[Array], Array]) -> Slips:
    """What does not move, as the whole or a term of a sum, has a slope after all: which, is made of its value."""
    if part.parent is None and not part.moves:
        yield Slip(slope(part.value))
    if isinstance(part.node, Add | Subtract):
        signs = (1, 1 if isinstance(part.node, Add) else -1)
        for k, moves in enumerate(part.moving):
            if not moves:
                yield Slip(part.slope + signs[k] * slope(part.u[k]), (k,))


def constant_as_variable(part: Part) -> Slips:
    """Taking e and π for variables: 1 each."""
    if isinstance(part.node, Constant):
        yield Slip(np.ones_like(part.value))


def power_rule_on_constant(part: Part) -> Slips:
    """(cⁿ)′ = n·cⁿ⁻¹, as the whole, a term or a factor: with it c′, c′·u, c′·u′ or c′·u + c·u′ come out."""
    if part.parent is None and isinstance(part.node, Power) and not part.moves:
        yield Slip(part.run(_lowered(part.node)))
    for k, child in enumerate(part.node.children):
        if not isinstance(child, Power) or free_variables(child):
            continue
        slope = part.run(_lowered(child))
        match part.node, part.moving:
            case ((Add() | Subtract()), (True, False) | (False, True)):
                yield Slip(part.slope + (-slope if isinstance(part.node, Subtract) and k else slope), (k,))
            case Multiply(), (True, False) | (False, True):
                u, du = part.u[1 - k], part.du[1 - k]
                for wrong in (slope * u, slope * du, part.slope + slope * u):
                    yield Slip(wrong, (k,))
            case Divide(), (True, False):
                yield Slip(part.du[0] / slope, (k,))
                yield Slip(part.slope - part.u[0] * slope / part.u[1] ** 2, (k,))


def _lowered(power: Power) -> Node:
    """N·cⁿ⁻¹."""
    return Multiply(power.exponent, Power(power.base, Subtract(power.exponent, Number(Fraction(1)))))


def minus_lost(part: Part) -> Slips:
    """(−u)′ = u′."""
    match part.node:
        case Negate() if part.moves:
            yield Slip(part.du[0])
        case Subtract() if part.moving[1]:
            yield Slip(part.du[0] + part.du[1])


def integrated(part: Part) -> Slips:
    """∫u instead of u′."""
    tree = part.integrals[id(part.node)]
    if (
        tree is not None
        and part.moves
        and (part.parent is None or not isinstance(part.node, SUMS | Variable))
    ):
        yield Slip(part.run(tree))


def not_derived(part: Part) -> Slips:
    """u′ = u; the letter itself only as the whole or a term."""
    if part.moves and (_is_term(part) or not isinstance(part.node, Variable)):
        yield Slip(part.value)


def derived_twice(part: Part) -> Slips:
    """u″ instead of u′."""
    if part.moves and _is_term(part):
        yield Slip(part.run(differentiate(part.slopes[id(part.node)], part.variable)))


def term_lost(part: Part) -> Slips:
    """(u + v)′ = u′."""
    if isinstance(part.node, Add | Subtract) and all(part.moving):
        sign = 1 if isinstance(part.node, Add) else -1
        yield Slip(part.du[0], (1,))
        yield Slip(sign * part.du[1], (0,))


def _is_product(part: Part) -> bool:
    return isinstance(part.node, Multiply) and all(part.moving)


def _is_quotient(part: Part) -> bool:
    return isinstance(part.node, Divide) and part.moving[1]


def _is_term(part: Part) -> bool:
    """Whether it is the whole, or a term of a sum."""
    outside = part.parent
    return outside is None or (isinstance(outside.node, SUMS) and not isinstance(part.node, SUMS))
