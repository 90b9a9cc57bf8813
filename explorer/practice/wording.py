"""What is said of a mistake at the very part where it was made, where that depends on the part: a root, an arctan."""

from __future__ import annotations

from collections.abc import Callable

from explorer.expression import Call, Constant, Divide, Multiply, Node, Number, Power, free_variables

__all__ = ["NAMES", "SIGNED", "SLOPES"]

SLOPES = {
    "sin": "cos u", "cos": "−sin u", "tan": "1/cos²u", "cot": "−1/sin²u", "sec": "sin u/cos²u", "csc": "−cos u/sin²u",
    "sinh": "cosh u", "cosh": "sinh u", "tanh": "1 − tanh²u", "ln": "1/u",
    "arcsin": "1/√(1 − u²)", "arccos": "−1/√(1 − u²)", "arctan": "1/(1 + u²)",
    "arcsinh": "1/√(u² + 1)", "arccosh": "1/√(u² − 1)", "arctanh": "1/(1 − u²)",
}  # fmt: skip
SIGNED = SLOPES | {"tan": "1 + tan²u", "cot": "−(1 + cot²u)"}
"""The same, written so that there is a sign inside."""
NAMES = {"arcsinh": "arsinh", "arccosh": "arcosh", "arctanh": "artanh", "log2": "log₂", "log10": "log₁₀"}
"""By functions, how they are written where that is not as they are typed."""


def _root(node: Node) -> tuple[str, str, str] | None:
    """What a root is, its exponent, and that less 1."""
    match node:
        case Call("sqrt"):
            return "A square root is the power 1/2", "1/2", "−1/2"
        case Call("cbrt"):
            return "A cube root is the power 1/3", "1/3", "−2/3"
        case Call("root", (_, Number(n))) if n.denominator == 1 and n > 1:
            return f"This root is the power 1/{n}", f"1/{n}", f"−{n - 1}/{n}"
    return None


def _of_root(sentence: str) -> Callable[[Node], str | None]:
    """Of a root, a sentence with what it is, its exponent, and that less 1."""

    def told(node: Node) -> str | None:
        root = _root(node)
        return sentence.format(*root) if root else None

    return told


power_not_lowered = _of_root("{0}: that came down as a factor, but it has to be lowered as well, to {2}.")
power_raised = _of_root("{0}, and the exponent goes down by 1: after {1} comes {2}.")
factor_not_brought_down = _of_root(
    "{0}: the exponent was lowered to {2}, but {1} has to come down as a factor as well."
)
factor_lowered = _of_root("{0}: the factor is {1}, and only the new exponent is {2}.")


def trigonometric_sign(node: Node) -> str | None:
    """Of a wave or cosh, with the slope as it is."""
    match node:
        case Call(g) if g in SLOPES:
            minus = "with" if SLOPES[g].startswith("−") else "without"
            return f"The sign is turned: the slope of {g} u is {SLOPES[g]}, {minus} a minus."
    return None


def sign_inside(node: Node) -> str | None:
    """Of an inverse function, tan or tanh."""
    match node:
        case Call(g) if g in SIGNED:
            return f"The sign inside is the other one: the slope of {_name(g)} u is {SIGNED[g]}."
    return None


def other_function(node: Node) -> str | None:
    """Of a function whose slope was taken for another's."""
    match node:
        case Call(g) if g in SLOPES:
            return f"This is the slope of another function: that of {_name(g)} u is {SLOPES[g]}."
    return None


def sum_taken_apart(node: Node) -> str | None:
    """Of a root, power, exponential, reciprocal or function of a sum."""
    match node:
        case Call("sqrt"):
            example = "√(u + v) is not √u + √v"
        case Call("abs"):
            example = "|u + v| is not |u| + |v|"
        case Call("cbrt" | "root"):
            example = "a root of u + v is not the sum of both roots"
        case Call(g):
            example = f"{_name(g)}(u + v) is not {_name(g)} u + {_name(g)} v"
        case Divide():
            example = "1/(u + v) is not 1/u + 1/v"
        case Power(Number() | Constant()):
            example = "aᵘ⁺ᵛ is not aᵘ + aᵛ"
        case _:
            example = "(u + v)ⁿ is not uⁿ + vⁿ"
    return f"The sum inside was taken apart: {example}."


def product_taken_apart(node: Node) -> str | None:
    """Of a logarithm, a product of logarithms, an exponential, or another function."""
    match node:
        case Call("ln" | "log2" | "log10" as g):
            name = _name(g)
            said = f"{name}(u·v) is {name} u + {name} v, and {name}(u/v) is {name} u − {name} v"
            return f"A product or quotient was taken apart: {said}."
        case Call(g):
            return f"A product or quotient was taken apart: {_name(g)}(u·v) is not {_name(g)} u·{_name(g)} v."
        case Multiply() | Divide():
            return "Two logarithms became one: ln u·ln v is not ln(u·v), which is ln u + ln v."
        case Power():
            return "A product or quotient was taken apart: aᵘᵛ is (aᵘ)ᵛ, not aᵘ·aᵛ."
    return None


def power_moved(node: Node) -> str | None:
    """Of a function of a power, or the power of a function."""
    match node:
        case Power(Call(g)):
            return f"The power belongs elsewhere: ({_name(g)} u)ⁿ is a power of {_name(g)} u, not {_name(g)}(uⁿ)."
        case Call(g):
            return f"The power belongs elsewhere: {_name(g)}(uⁿ) has it inside and is not ({_name(g)} u)ⁿ."
    return None


def absolute_value_dropped(node: Node) -> str | None:
    """Of a root of an even power."""
    match node:
        case Call("sqrt"):
            return "√(u²) is |u|: its slope is u′ only where u is above 0; below it is −u′, and at 0 there is none."
    return None


def base_logarithm_missing(node: Node) -> str | None:
    """Of a logarithm, where it is a divisor."""
    match node:
        case Call() | Divide():
            return "Another base than e brings the divisor ln a, (logₐu)′ = u′/(u·ln a): it is missing here."
    return None


def constant_factor_lost(node: Node) -> str | None:
    """Of what is divided by a number."""
    match node:
        case Divide(_, below) if not free_variables(below):
            return "A constant divisor was lost: it stays below the line."
    return None


def _name(function: str) -> str:
    return NAMES.get(function, function)
