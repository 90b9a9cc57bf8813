"""The mistakes that learners make, one row each: a rule gone wrong at one place of the formula.

The list is that of any first course (power, product, quotient, chain, the table of functions). The more specific a
mistake is, the higher it stands: where several explain a line, the first one names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from explorer.expression import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Path,
    Power,
    Subtract,
    Variable,
    differentiate,
    free_variables,
    local_derivative,
    part_at,
    with_children,
)
from explorer.numeric.results import Array
from explorer.practice.parts import Part

__all__ = ["MISTAKES", "Mistake", "Slip"]

LOGARITHMS = ("ln", "log2", "log10")
SUMS = Add | Subtract | Negate
WAVES = ("sin", "cos", "tan", "cot", "sec", "csc", "cosh")


@dataclass(frozen=True, eq=False)
class Slip:
    """The slope that a wrong rule gives a part, and which of its children the place is (the part itself: none)."""

    slope: Array
    at: Path = ()


Slips = Iterator[Slip]


@dataclass(frozen=True, eq=False)
class Mistake:
    """A wrong rule: how it reads, a sentence for the learner, an example (function, wrong line).

    `slips` gives the slopes that come out at a part where the rule goes wrong so. `joins` says whether it is looked
    for beside a second mistake; what explains nearly anything is not.
    """

    name: str
    rule: str
    sentence: str
    example: tuple[str, str]
    slips: Callable[[Part], Slips] = field(repr=False)
    joins: bool = True


def _logarithm_inner_missing(part: Part) -> Slips:
    match part.node:
        case Call(function) if function in LOGARITHMS and part.is_chain:
            yield Slip(part.local[0])


def _base_logarithm_missing(part: Part) -> Slips:
    match part.node:
        case Power() if part.base is not None:
            yield Slip(part.value * part.du[1])
        case Call("log2" | "log10") if part.moves:
            yield Slip(part.du[0] / part.u[0])


def _power_rule_on_exponential(part: Part) -> Slips:
    if part.base is not None and part.inner is not None:
        v, dv = part.u[part.inner], part.du[part.inner]
        lowered = part.value / part.base
        yield Slip(v * lowered)
        yield Slip(v * lowered * dv)
        yield Slip(dv * lowered)


def _power_rule_on_moving_exponent(part: Part) -> Slips:
    """The power rule, or that of exponentials, where base and exponent both move."""
    if isinstance(part.node, Power) and all(part.moving):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(v * part.value / u)
        yield Slip(v * part.value / u * du)
        yield Slip(part.value * np.log(u))
        yield Slip(part.value * np.log(u) * dv)


def _trigonometric_sign(part: Part) -> Slips:
    match part.node:
        case Call(function) if function in WAVES and part.moves:
            yield Slip(-part.slope)


def _last_link_missing(part: Part) -> Slips:
    outside = part.parent
    if part.is_chain and part.inner is not None and outside is not None and outside.is_chain:
        yield Slip(part.local[part.inner])


def _inner_derivative_missing(part: Part) -> Slips:
    if part.is_chain and part.inner is not None:
        yield Slip(part.local[part.inner])


def _inner_derivative_inside(part: Part) -> Slips:
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


def _product_of_derivatives(part: Part) -> Slips:
    if _is_product(part):
        yield Slip(part.du[0] * part.du[1])


def _product_minus(part: Part) -> Slips:
    if _is_product(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(du * v - u * dv)
        yield Slip(u * dv - du * v)


def _one_factor_only(part: Part) -> Slips:
    if _is_product(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip(du * v)
        yield Slip(u * dv)


def _quotient_turned(part: Part) -> Slips:
    if _is_quotient(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip((u * dv - du * v) / v**2)


def _quotient_minus(part: Part) -> Slips:
    if _is_quotient(part):
        (u, v), (du, dv) = part.u, part.du
        yield Slip((du * v + u * dv) / v**2)


def _quotient_denominator(part: Part) -> Slips:
    if _is_quotient(part):
        (u, v), (du, dv) = part.u, part.du
        top = du * v - u * dv
        yield Slip(top / v)
        yield Slip(top)


def _quotient_of_derivatives(part: Part) -> Slips:
    if _is_quotient(part):
        top = part.du[0] if part.moving[0] else part.u[0]
        yield Slip(top / part.du[1])


def _power_not_lowered(part: Part) -> Slips:
    if part.exponent is not None:
        yield Slip(part.exponent * part.value * part.du[0])


def _power_raised(part: Part) -> Slips:
    if part.exponent is not None and np.all(part.exponent < 0):
        yield Slip(part.exponent * part.value * part.u[0] * part.du[0])


def _factor_not_brought_down(part: Part) -> Slips:
    if part.exponent is not None:
        yield Slip(part.slope / part.exponent)


def _only_inner_derivative(part: Part) -> Slips:
    if part.is_chain and part.inner is not None:
        yield Slip(part.du[part.inner])


def _held_variable_dropped(part: Part) -> Slips:
    for at, slip in _without_factor(part):
        if free_variables(part_at(part.node, at)):
            yield slip


def _held_variable_derived(part: Part) -> Slips:
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


def _constant_factor_lost(part: Part) -> Slips:
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


def _constant_kept(part: Part) -> Slips:
    if part.parent is None and not part.moves:
        yield Slip(part.value)
    if isinstance(part.node, Add | Subtract):
        signs = (1, 1 if isinstance(part.node, Add) else -1)
        for k, moves in enumerate(part.moving):
            if not moves:
                yield Slip(part.slope + signs[k] * part.u[k], (k,))


def _constant_as_variable(part: Part) -> Slips:
    if isinstance(part.node, Constant):
        yield Slip(np.ones_like(part.value))


def _minus_lost(part: Part) -> Slips:
    match part.node:
        case Negate() if part.moves:
            yield Slip(part.du[0])
        case Subtract() if part.moving[1]:
            yield Slip(part.du[0] + part.du[1])


def _integrated(part: Part) -> Slips:
    tree = part.integrals[id(part.node)]
    if (
        tree is not None
        and part.moves
        and (part.parent is None or not isinstance(part.node, SUMS | Variable))
    ):
        yield Slip(part.run(tree))


def _not_derived(part: Part) -> Slips:
    if part.moves:
        yield Slip(part.value)


def _derived_twice(part: Part) -> Slips:
    if part.moves and _is_term(part):
        yield Slip(part.run(differentiate(part.slopes[id(part.node)], part.variable)))


def _term_lost(part: Part) -> Slips:
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


MISTAKES = (
    Mistake("logarithm_inner_missing", "(ln u)′ = 1/u",
            "The logarithm of something gives u′/u, not 1/u: the slope of the inside is missing.",
            ("ln(x^2+1)", "1/(x^2+1)"), _logarithm_inner_missing),
    Mistake("base_logarithm_missing", "(aᵘ)′ = aᵘ·u′",
            "Another base than e brings the factor ln a: it is missing here.",
            ("2^x", "2^x"), _base_logarithm_missing),
    Mistake("power_rule_on_exponential", "(aᵘ)′ = u·aᵘ⁻¹",
            "The power rule is for x in the base. Here x is in the exponent: aᵘ stays as it is, times ln a, times u′.",
            ("e^(2x)", "2x e^(2x-1)"), _power_rule_on_exponential),
    Mistake("power_rule_on_moving_exponent", "(uᵛ)′ = v·uᵛ⁻¹·u′",
            "Base and exponent both move: the power rule is for a fixed exponent, that of exponentials for a fixed "
            "base. Here both take part: uᵛ = e^(v·ln u).",
            ("x^x", "x*x^(x-1)"), _power_rule_on_moving_exponent),
    Mistake("trigonometric_sign", "(sin u)′ = −cos u·u′, (cos u)′ = sin u·u′",
            "The sign is turned: sine gives cosine, cosine gives minus sine.",
            ("cos(x)", "sin(x)"), _trigonometric_sign),
    Mistake("last_link_missing", "f(g(h))′ = f′(g(h))·g′(h)",
            "The chain is longer: its last link, the slope of what is innermost, is missing.",
            ("sin(cos(3x))", "-cos(cos(3x)) sin(3x)"), _last_link_missing),
    Mistake("inner_derivative_missing", "g(h)′ = g′(h)",
            "The inner derivative is missing: the slope outside has to be multiplied by the slope inside.",
            ("sin(3x)", "cos(3x)"), _inner_derivative_missing),
    Mistake("product_of_derivatives", "(u·v)′ = u′·v′",
            "The slope of a product is not the product of the slopes: it is u′·v + u·v′.",
            ("x^2 sin(x)", "2x cos(x)"), _product_of_derivatives),
    Mistake("product_minus", "(u·v)′ = u′·v − u·v′",
            "The product rule has a plus between its two terms.",
            ("x^2 sin(x)", "2x sin(x) - x^2 cos(x)"), _product_minus),
    Mistake("quotient_turned", "(u/v)′ = (u·v′ − u′·v)/v²",
            "The numerator is the wrong way round: u′·v comes first, then minus u·v′.",
            ("sin(x)/x", "(sin(x) - x cos(x))/x^2"), _quotient_turned),
    Mistake("quotient_minus", "(u/v)′ = (u′·v + u·v′)/v²",
            "The quotient rule has a minus between its two terms.",
            ("sin(x)/x", "(x cos(x) + sin(x))/x^2"), _quotient_minus),
    Mistake("quotient_denominator", "(u/v)′ = (u′·v − u·v′)/v",
            "In the quotient rule the denominator is squared.",
            ("sin(x)/x", "(x cos(x) - sin(x))/x"), _quotient_denominator),
    Mistake("quotient_of_derivatives", "(u/v)′ = u′/v′",
            "The slope of a quotient is not the quotient of the slopes: it is (u′·v − u·v′)/v².",
            ("sin(x)/x^2", "cos(x)/(2x)"), _quotient_of_derivatives),
    Mistake("one_factor_only", "(u·v)′ = u′·v",
            "Only one factor was derived: each of them takes its turn, u′·v + u·v′.",
            ("x^2 sin(x)", "2x sin(x)"), _one_factor_only),
    Mistake("power_raised", "(uⁿ)′ = n·uⁿ⁺¹·u′",
            "The exponent goes down by 1, also where it is negative: after −2 comes −3.",
            ("x^(-2)", "-2x^(-1)"), _power_raised),
    Mistake("power_not_lowered", "(uⁿ)′ = n·uⁿ·u′",
            "The exponent came down as a factor, but it has to be lowered by 1 as well.",
            ("x^3", "3x^3"), _power_not_lowered),
    Mistake("factor_not_brought_down", "(uⁿ)′ = uⁿ⁻¹·u′",
            "The exponent was lowered, but it has to come down as a factor as well.",
            ("x^3", "x^2"), _factor_not_brought_down),
    Mistake("inner_derivative_inside", "g(h)′ = g′(h′)",
            "The inner derivative was put inside: the inside stays as it is, and its slope is a factor.",
            ("sin(x^2)", "cos(2x)"), _inner_derivative_inside),
    Mistake("only_inner_derivative", "g(h)′ = h′",
            "Only the inside was derived: the slope outside, at the inside, is missing.",
            ("sin(x^2)", "2x"), _only_inner_derivative),
    Mistake("held_variable_dropped", "∂(u·c)/∂x = ∂u/∂x",
            "The variable that is held is a constant factor here, and such a factor stays.",
            ("x^2 y", "2x"), _held_variable_dropped),
    Mistake("held_variable_derived", "∂(u·c)/∂x = u′·c′",
            "The variable that is held was derived as well: it stands still, so its own slope takes no part.",
            ("x^2 y^3", "2x*3y^2"), _held_variable_derived),
    Mistake("constant_factor_lost", "(c·u)′ = u′",
            "A constant factor was lost: it stays in front.",
            ("5x^2", "2x"), _constant_factor_lost),
    Mistake("constant_as_variable", "e and π taken for variables",
            "e and π are numbers: as they do not change, their slope is 0.",
            ("x^2 + e^2", "2x + 2e"), _constant_as_variable, joins=False),
    Mistake("constant_kept", "(u + c)′ = u′ + c",
            "A constant does not change: its slope is 0, so it vanishes.",
            ("x^2 + 5", "2x + 5"), _constant_kept),
    Mistake("minus_lost", "(−u)′ = u′",
            "A minus was lost on the way.",
            ("x^3 - x^2", "3x^2 + 2x"), _minus_lost),
    Mistake("integrated", "∫u instead of u′",
            "This is an antiderivative: the way back.",
            ("x^2", "x^3/3"), _integrated, joins=False),
    Mistake("not_derived", "u′ = u",
            "This was left as it stands: it is not derived.",
            ("x^2", "x^2"), _not_derived, joins=False),
    Mistake("derived_twice", "u″ instead of u′",
            "This was derived twice.",
            ("x^3", "6x"), _derived_twice, joins=False),
    Mistake("term_lost", "(u + v)′ = u′",
            "The slope of a term is missing: every term of a sum has its own.",
            ("x^2 + x^3", "2x"), _term_lost, joins=False),
)  # fmt: skip
"""The more specific first."""
