"""What comes out where something that stands still is derived wrongly: constants, and the variables that are held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from explorer.expression import (
    Add,
    Constant,
    Divide,
    Multiply,
    Node,
    Number,
    Path,
    Power,
    Subtract,
    differentiate,
    free_variables,
    part_at,
)
from explorer.numeric.results import Array
from explorer.practice.parts import Part
from explorer.practice.slips import Slip, Slips, is_term


def other_variable(part: Part) -> Slips:
    """∂f/∂y for ∂f/∂x, of all, of a term, or of any part that moves: of the inside of a chain, say."""
    if part.moves or is_term(part):
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
