"""The rules of differentiation, applied to a whole tree at once.

Rules and their names are those of any first course (e.g. Stewart, Calculus, ch. 3). Where there is no
derivative the result is undefined too: |u|′ = u/|u|·u′ is 0/0 at a corner, sign(u)′ = 0/u at a jump.
"""

from __future__ import annotations

from collections.abc import Sequence

from explorer.expression.functions import FUNCTIONS
from explorer.expression.functions.row import chain, square
from explorer.expression.tidy import (
    ONE,
    ZERO,
    add,
    divide,
    exact,
    is_zero,
    multiply,
    negate,
    power,
    subtract,
)
from explorer.expression.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    Variable,
    fold,
    free_variables,
    rational_value,
)

__all__ = ["derivatives", "differentiate", "is_total", "local_derivative", "power_derivative"]

E = Constant("e")
DEEPEST = 8
"""Pieces within pieces that are told apart: so many stand in one min or max."""


def power_derivative(node: Power, du: Node, dv: Node) -> Node:
    """The derivative of base^exponent from those of base and exponent."""
    u, v = node.base, node.exponent
    if is_zero(dv):
        value = rational_value(v)
        lower = exact(value - 1, _written_with_decimals(v)) if value is not None else subtract(v, ONE)
        factor = v if value is None else exact(value, _written_with_decimals(v))
        return chain(multiply(factor, power(u, lower)), du)
    if u == E:
        return chain(node, dv)
    if is_zero(du) and rational_value(u) == 0:
        return ZERO  # 0ᵛ is 0 where it has a value, and ln 0 is none
    if is_zero(du):
        return chain(multiply(node, Call("ln", (u,))), dv)
    return multiply(node, add(multiply(dv, Call("ln", (u,))), divide(multiply(v, du), u)))


def _written_with_decimals(node: Node) -> bool:
    def decimal(part: Node, below: Sequence[bool]) -> bool:
        return any(below) or (isinstance(part, Number) and part.value.denominator != 1)

    return fold(node, decimal)


def _is_level(slope: Node) -> bool:
    """Whether a derivative is 0 wherever it has a value, as between the jumps of a step."""
    return is_zero(slope) or (isinstance(slope, Divide) and is_zero(slope.left))


def _has_level_piece(slope: Piecewise) -> bool:
    pieces: list[Node] = [slope]
    for _ in range(DEEPEST):
        pieces = [part for piece in pieces for part in _pieces(piece)]
    return any(map(_is_level, pieces))


def _pieces(slope: Node) -> list[Node]:
    """The values of a case distinction, or what is none."""
    if not isinstance(slope, Piecewise):
        return [slope]
    return [value for _, value in slope.branches] + ([slope.otherwise] if slope.otherwise else [])


def _around(node: Power | Call, below: Sequence[Node], deep: int = DEEPEST) -> Node:
    """The derivative of a power or a call; piece by piece where its one moving part is level on some pieces.

    There it is 0, though the slope outside may have no value, as that of √u at 0 has none for u = max(x, 0).
    """
    moving = [k for k, slope in enumerate(below) if not is_zero(slope)]
    inner = below[moving[0]] if len(moving) == 1 else None
    if inner is not None and _is_level(inner):
        return inner
    if isinstance(inner, Piecewise) and deep and _has_level_piece(inner):
        k = moving[0]

        def made(piece: Node) -> Node:
            return piece if is_zero(piece) else _around(node, [*below[:k], piece, *below[k + 1 :]], deep - 1)

        otherwise = None if inner.otherwise is None else made(inner.otherwise)
        return Piecewise(tuple((when, made(piece)) for when, piece in inner.branches), otherwise)
    if isinstance(node, Power):
        return power_derivative(node, below[0], below[1])
    return FUNCTIONS[node.function].slope(node, below)


def _derivative(node: Node, below: Sequence[Node], var: str) -> Node:
    if isinstance(node, Variable):
        return ONE if node.name == var else ZERO
    if all(is_zero(derivative) for derivative in below):
        return ZERO
    match node:
        case Negate():
            return negate(below[0])
        case Add():
            return add(*below)
        case Subtract():
            return subtract(*below)
        case Multiply(u, v):
            return add(multiply(below[0], v), multiply(u, below[1]))
        case Divide(u, v):
            if is_zero(below[1]):
                return divide(below[0], v)
            return divide(subtract(multiply(below[0], v), multiply(u, below[1])), square(v))
        case Power() | Call():
            return _around(node, below)
        case Piecewise(branches, otherwise):
            parts = tuple((branches[k][0], below[2 * k + 1]) for k in range(len(branches)))
            return Piecewise(parts, None if otherwise is None else below[-1])
    return ZERO


def differentiate(root: Node, var: str) -> Node:
    """The derivative of a tree with respect to `var`; every shared subtree is differentiated once."""
    return derivatives(root, var)[id(root)]


def derivatives(root: Node, var: str) -> dict[int, Node]:
    """The derivatives of a tree and of all its parts, by the parts' ids."""
    found: dict[int, Node] = {}

    def derive(node: Node, below: Sequence[Node]) -> Node:
        return found.setdefault(id(node), _derivative(node, below, var))

    fold(root, derive)
    return found


def local_derivative(node: Node, child: int) -> Node:
    """The derivative of an operation by one of its children, the others held: by u it is v for u·v."""
    return _derivative(node, [ONE if k == child else ZERO for k in range(len(node.children))], "")


def is_total(root: Node) -> bool:
    """Whether a tree is certainly defined for all real values of its variables."""

    def total(node: Node, below: Sequence[bool]) -> bool:
        if not all(below):
            return False
        match node:
            case Divide(_, bottom):
                return not free_variables(bottom)
            case Power(base, exponent):
                value = rational_value(exponent)
                if value is not None:
                    return value > 0 and value.denominator % 2 == 1
                return base == E
            case Call(function, arguments):
                row = FUNCTIONS[function]
                return row.total and (row.definition is None or total(row.definition(*arguments), below))
            case Piecewise(_, otherwise):
                return otherwise is not None
        return True

    return fold(root, total)
