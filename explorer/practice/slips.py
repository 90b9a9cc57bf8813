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
    local_derivative,
    with_children,
)
from explorer.numeric.results import Array
from explorer.practice.parts import Part

__all__ = ["Others", "Slip", "Slips", "is_term", "taken_for"]

LOGARITHMS = ("ln", "log2", "log10")
SUMS = Add | Subtract | Negate
MOST_DENOMINATOR = 100
"""Of an exponent that is written as a fraction."""
FALLING = ("cos", "cot", "csc")
"""Waves in whose slope a minus stands, and others."""
RISING = ("sin", "tan", "sec", "cosh")
Others = dict[str, tuple[Callable[[Array], Array], ...]]
"""By functions, slopes that are taken for theirs."""
OTHER_SIGN: Others = {
    "tan": (lambda u: 1 - np.tan(u) ** 2,),
    "cot": (lambda u: 1 / np.tan(u) ** 2 - 1, lambda u: 1 - 1 / np.tan(u) ** 2),
    "tanh": (lambda u: 1 + np.tanh(u) ** 2,),
    "arctan": (lambda u: 1 / (1 - u**2),),
    "arctanh": (lambda u: 1 / (1 + u**2),),
    "arcsin": (lambda u: 1 / np.sqrt(1 + u**2),),
    "arccos": (lambda u: -1 / np.sqrt(1 + u**2),),
    "arcsinh": (lambda u: 1 / np.sqrt(1 - u**2), lambda u: 1 / np.sqrt(u**2 - 1)),
    "arccosh": (lambda u: 1 / np.sqrt(1 + u**2),),
}
"""By functions, their slopes with the other sign inside."""


@dataclass(frozen=True, eq=False)
class Slip:
    """The slope that a wrong rule gives a part, and which of its children the place is (the part itself: none).

    `hands_on`: the ways down to parts that are none of its children whose slopes it takes over, and how many times as
    much of them as is right.
    """

    slope: Array
    at: Path = ()
    hands_on: tuple[tuple[Path, Array], ...] = ()


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
        case Divide(Call("ln"), Call("ln")) if part.moving == (True, False):
            yield Slip(part.du[0])


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


def trigonometric_minus_lost(part: Part) -> Slips:
    """(cos u)′ = sin u·u′."""
    match part.node:
        case Call(function) if function in FALLING and part.moves:
            yield Slip(-part.slope)


def trigonometric_minus_put(part: Part) -> Slips:
    """(sin u)′ = −cos u·u′."""
    match part.node:
        case Call(function) if function in RISING and part.moves:
            yield Slip(-part.slope)


def sign_inside(part: Part) -> Slips:
    """(tanh u)′ = (1 + tanh²u)·u′, (arctan u)′ = u′/(1 − u²)."""
    return taken_for(part, OTHER_SIGN)


def taken_for(part: Part, others: Others) -> Slips:
    """A function's slope taken for each of those that a table has for it."""
    match part.node:
        case Call(function) if part.moves:
            for slope in others.get(function, ()):
                yield Slip(slope(part.u[0]) * part.du[0])


def last_link_missing(part: Part) -> Slips:
    """f(g(h))′ = f′(g(h))·g′(h), with numbers beside g as well."""
    outside = part.parent
    while outside is not None and isinstance(outside.node, SUMS) and sum(outside.moving) == 1:
        outside = outside.parent
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
    value, outer = part.around_slope
    yield Slip(outer)
    yield Slip(outer * part.du[part.inner])
    yield Slip(value)


def inside_lost(part: Part) -> Slips:
    """g(h)′ = g′(x), g′(x)·h′."""
    if not part.is_chain or part.inner is None:
        return
    _, outer = part.around_letter
    yield Slip(outer)
    yield Slip(outer * part.du[part.inner])


def product_of_derivatives(part: Part) -> Slips:
    """(u·v)′ = u′·v′, and (u·v·w)′ = u′·v′·w′."""
    if _is_product(part):
        yield Slip(part.du[0] * part.du[1])
        outermost = part.parent is None or not _is_product(part.parent)
        if outermost and len(factors := _factors(part)) > 2:
            slopes = [part.run(part.slopes[id(factor)]) for _, factor in factors[:-1]]
            slopes.append(part.du[1])
            values = [part.run(factor) for _, factor in factors]
            shares = (_all_but(k, slopes) / _all_but(k, values) for k in range(len(factors) - 1))
            ways = (path for path, _ in factors)
            yield Slip(
                math.prod(slopes[1:], start=slopes[0]), hands_on=tuple(zip(ways, shares, strict=False))
            )


def _all_but(k: int, factors: list[Array]) -> Array:
    """The product of all factors but one."""
    first, *rest = factors[:k] + factors[k + 1 :]
    return math.prod(rest, start=first)


def product_minus(part: Part) -> Slips:
    """(u·v)′ = u′·v − u·v′."""
    if _is_product(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(du * v - u * dv)


def product_minus_first(part: Part) -> Slips:
    """(u·v)′ = u·v′ − u′·v."""
    if _is_product(part):
        (u, v), (du, dv) = part.u, part.du
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
        yield Slip((du * v - u * dv) / v)


def denominator_lost(part: Part) -> Slips:
    """(u/v)′ = u′·v − u·v′."""
    if _is_quotient(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(du * v - u * dv)


def reciprocal_minus_lost(part: Part) -> Slips:
    """(1/u)′ = u′/u², (u⁻ⁿ)′ = n·u⁻ⁿ⁻¹·u′."""
    below = isinstance(part.node, Divide) and part.moving == (False, True)
    if below or (part.exponent is not None and np.all(part.exponent < 0)):
        yield Slip(-part.slope)


def denominator_slope_lost(part: Part) -> Slips:
    """(u/v)′ = u′/v²."""
    if _is_quotient(part) and part.moving[0]:
        yield Slip(part.du[0] / part.u[1] ** 2)


def denominator_held(part: Part) -> Slips:
    """(u/v)′ = u′/v."""
    if _is_quotient(part) and part.moving[0]:
        yield Slip(part.du[0] / part.u[1])


def quotient_of_derivatives(part: Part) -> Slips:
    """(u/v)′ = u′/v′, which is 0 where the numerator is a number."""
    if _is_quotient(part):
        yield Slip(part.du[0] / part.du[1])


def numerator_not_derived(part: Part) -> Slips:
    """(u/v)′ = u/v′; of 1/x that is 1, and so the same as an inner derivative that is missing, where it is one."""
    inside = part.parent is not None and part.parent.is_chain
    if _is_quotient(part) and not (
        inside and part.node == Divide(Number(Fraction(1)), Variable(part.variable))
    ):
        yield Slip(part.u[0] / part.du[1])


def power_not_lowered(part: Part) -> Slips:
    """(uⁿ)′ = n·uⁿ·u′."""
    if part.exponent is not None:
        yield Slip(part.exponent * part.value * part.du[0])


def power_raised(part: Part) -> Slips:
    """(uⁿ)′ = n·uⁿ⁺¹·u′."""
    if part.exponent is not None:
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


def outside_not_derived(part: Part) -> Slips:
    """g(h)′ = g(h)·h′."""
    if part.is_chain and part.inner is not None and part.base is None:
        yield Slip(part.value * part.du[part.inner])


def minus_lost(part: Part) -> Slips:
    """(−u)′ = u′."""
    match part.node:
        case Negate() if part.moves:
            yield Slip(part.du[0])
        case Subtract() if part.moving[1]:
            yield Slip(part.du[0] + part.du[1])


def integrated(part: Part) -> Slips:
    """∫u instead of u′; of g(h) also ∫g at h alone, times h′ and divided by it.

    The sine's and the cosine's differ from the slopes by the sign: of these that is said.
    """
    tree = part.integrals[id(part.node)]
    if not part.moves or (part.parent is not None and isinstance(part.node, SUMS | Variable)):
        return
    if tree is not None:
        yield Slip(part.run(tree))
    if part.is_chain and part.inner is not None and (outside := part.integral_outside) is not None:
        yield Slip(outside / part.du[part.inner])
        if not isinstance(part.node, Call) or part.node.function not in ("sin", "cos"):
            yield Slip(outside)
            yield Slip(outside * part.du[part.inner])


def not_derived(part: Part) -> Slips:
    """u′ = u; the letter itself only as the whole or a term."""
    if part.moves and (is_term(part) or not isinstance(part.node, Variable)):
        yield Slip(part.value)


def derived_twice(part: Part) -> Slips:
    """u″ instead of u′."""
    if part.moves and is_term(part):
        yield Slip(part.run(differentiate(part.slopes[id(part.node)], part.variable)))


def term_lost(part: Part) -> Slips:
    """(u + v)′ = u′."""
    if isinstance(part.node, Add | Subtract) and all(part.moving):
        sign = 1 if isinstance(part.node, Add) else -1
        yield Slip(part.du[0], (1,))
        yield Slip(sign * part.du[1], (0,))


def sign_turned(part: Part) -> Slips:
    """u′ = −u′."""
    if part.moves and is_term(part):
        yield Slip(-part.slope)


def _factors(part: Part) -> list[tuple[Path, Node]]:
    """What is multiplied in a product from the left, where all of it moves, each with the way down to it."""
    found: list[tuple[Path, Node]] = []
    product: Node = part.node
    path: Path = ()
    while isinstance(product, Multiply) and all(map(part.touches, product.children)):
        found.append(((*path, 1), product.right))
        product, path = product.left, (*path, 0)
    return [(path, product), *reversed(found)]


def _is_product(part: Part) -> bool:
    return isinstance(part.node, Multiply) and all(part.moving)


def _is_quotient(part: Part) -> bool:
    return isinstance(part.node, Divide) and part.moving[1]


def is_term(part: Part) -> bool:
    """Whether it is the whole, or a term of a sum."""
    outside = part.parent
    return outside is None or (isinstance(outside.node, SUMS) and not isinstance(part.node, SUMS))
