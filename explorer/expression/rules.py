"""The rules of differentiation, applied to a whole tree at once.

Rules and their names are those of any first course (e.g. Stewart, Calculus, ch. 3). Where there is no
derivative the result is undefined too: |u|′ = u/|u|·u′ is 0/0 at a corner, sign(u)′ = 0/u at a jump.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from explorer.expression.tidy import (
    ONE,
    ZERO,
    add,
    divide,
    exact,
    is_monomial,
    is_zero,
    multiply,
    negate,
    power,
    subtract,
)
from explorer.expression.tree import (
    Add,
    Call,
    Comparison,
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

__all__ = [
    "TWO",
    "choice_derivative",
    "differentiate",
    "is_total",
    "outer_derivative",
    "power_derivative",
    "root_derivative",
]

TWO = Number(Fraction(2))
E = Constant("e")


def _call(function: str, *arguments: Node) -> Node:
    return Call(function, arguments)


def _square(node: Node) -> Node:
    return Power(node, TWO)


FACTORS: dict[str, Callable[[Node], Node]] = {
    "sin": lambda u: _call("cos", u),
    "cos": lambda u: Negate(_call("sin", u)),
    "tan": lambda u: _square(_call("sec", u)),
    "sec": lambda u: Multiply(_call("sec", u), _call("tan", u)),
    "csc": lambda u: Negate(Multiply(_call("csc", u), _call("cot", u))),
    "cot": lambda u: Negate(_square(_call("csc", u))),
    "sinh": lambda u: _call("cosh", u),
    "cosh": lambda u: _call("sinh", u),
    "tanh": lambda u: subtract(ONE, _square(_call("tanh", u))),
    "exp": lambda u: _call("exp", u),
    "abs": lambda u: Divide(u, _call("abs", u)),
    # Flat between the jumps, undefined on them.
    "sign": lambda u: Divide(ZERO, u),
    "floor": lambda u: Divide(ZERO, Subtract(u, _call("floor", u))),
    "ceil": lambda u: Divide(ZERO, Subtract(_call("ceil", u), u)),
}
"""The outer derivative where it is written as a factor: (sin u)′ = cos u · u′."""

DENOMINATORS: dict[str, Callable[[Node], Node]] = {
    "ln": lambda u: u,
    "log10": lambda u: Multiply(u, _call("ln", exact(10))),
    "log2": lambda u: Multiply(u, _call("ln", TWO)),
    "sqrt": lambda u: Multiply(TWO, _call("sqrt", u)),
    "cbrt": lambda u: Multiply(exact(3), _square(_call("cbrt", u))),
    "arcsin": lambda u: _call("sqrt", subtract(ONE, _square(u))),
    "arccos": lambda u: _call("sqrt", subtract(ONE, _square(u))),
    "arctan": lambda u: add(ONE, _square(u)),
    "arcsinh": lambda u: _call("sqrt", add(_square(u), ONE)),
    "arccosh": lambda u: _call("sqrt", subtract(_square(u), ONE)),
    "arctanh": lambda u: subtract(ONE, _square(u)),
}
"""The outer derivative where it is written as a quotient: (ln u)′ = u′ / u."""


def chain(outer: Node, inner: Node) -> Node:
    """Outer derivative · inner derivative; a plain inner one such as 2x is written in front."""
    return multiply(inner, outer) if is_monomial(inner) else multiply(outer, inner)


def outer_derivative(function: str, u: Node, du: Node) -> Node:
    """The derivative of function(u), given u′ (chain rule included)."""
    if function in FACTORS:
        return chain(FACTORS[function](u), du)
    quotient = divide(du, DENOMINATORS[function](u))
    return negate(quotient) if function == "arccos" else quotient


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
    if is_zero(du):
        return chain(multiply(node, _call("ln", u)), dv)
    return multiply(node, add(multiply(dv, _call("ln", u)), divide(multiply(v, du), u)))


def _written_with_decimals(node: Node) -> bool:
    def decimal(part: Node, below: Sequence[bool]) -> bool:
        return any(below) or (isinstance(part, Number) and part.value.denominator != 1)

    return fold(node, decimal)


def root_derivative(node: Call, du: Node) -> Node:
    """The derivative of root(u, n) from that of u: u′/(n·root(u, n)ⁿ⁻¹)."""
    n = node.arguments[1]
    index = rational_value(n) or Fraction(1)
    below = power(node, exact(index - 1))
    return divide(du, multiply(n, below))


def choice_derivative(node: Call, derivatives: Sequence[Node]) -> Node:
    """Min and max: the derivative of whichever is taken, undefined on ties."""
    sign = "<" if node.function == "min" else ">"
    u, du = node.arguments[0], derivatives[0]
    for v, dv in zip(node.arguments[1:], derivatives[1:], strict=True):
        if u != v:
            du = Piecewise(((Comparison(sign, u, v), du), (Comparison(sign, v, u), dv)), None)
        u = _call(node.function, u, v)
    return du


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
            return divide(subtract(multiply(below[0], v), multiply(u, below[1])), _square(v))
        case Power():
            return power_derivative(node, below[0], below[1])
        case Call("root"):
            return root_derivative(node, below[0])
        case Call("min" | "max"):
            return choice_derivative(node, below)
        case Call(function, (u,)):
            return outer_derivative(function, u, below[0])
        case Piecewise(branches, otherwise):
            parts = tuple((branches[k][0], below[2 * k + 1]) for k in range(len(branches)))
            return Piecewise(parts, None if otherwise is None else below[-1])
    return ZERO


def differentiate(root: Node, var: str) -> Node:
    """The derivative of a tree with respect to `var`; every shared subtree is differentiated once."""
    return fold(root, lambda node, below: _derivative(node, below, var))


def is_total(root: Node) -> bool:
    """Whether a tree is certainly defined for all real values of its variables."""
    anywhere = {"sin", "cos", "arctan", "sinh", "cosh", "tanh", "arcsinh", "exp", "cbrt", "abs"}
    anywhere |= {"sign", "floor", "ceil", "min", "max", "factorial"}

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
            case Call(function, (_, index)) if function == "root":
                n = rational_value(index)
                return n is not None and n.denominator == 1 and n > 0 and n % 2 == 1
            case Call(function):
                return function in anywhere
            case Piecewise(_, otherwise):
                return otherwise is not None
        return True

    return fold(root, total)
