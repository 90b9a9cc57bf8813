"""How an operation of the chain page's graph is written, in one line of plain signs."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.autodiff import GraphNode
from explorer.expression import FUNCTIONS
from explorer.expression.functions import Fences, Name, Radical

__all__ = ["COMPARISONS", "SUBSCRIPTS", "SUPERSCRIPTS", "function_name", "keeps_signs_apart", "written"]

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
SIGNS = {"add": " + ", "subtract": " − ", "multiply": " · ", "divide": "/", "and": " and "}
COMPARISONS = {"<": " < ", "<=": " ≤ ", ">": " > ", ">=": " ≥ ", "=": " = ", "!=": " ≠ "}


def function_name(operation: str) -> str:
    """What a function is called beside what it works on, or in words where it has a sign of its own."""
    look = FUNCTIONS[operation].look
    match look:
        case Name(text, _, index):
            return text + index.translate(SUBSCRIPTS)
        case Radical("3"):
            return "cube root"
        case Radical():
            return "root"
    return {"abs": "absolute value", "floor": "rounded down", "ceil": "rounded up"}.get(operation, operation)


def keeps_signs_apart(node: GraphNode) -> bool:
    """Whether a negative operand needs no brackets: |−1|, max(−1, 2), −1 < 0."""
    if node.operation not in FUNCTIONS:
        return node.operation in COMPARISONS
    look = FUNCTIONS[node.operation].look
    return isinstance(look, Fences) or (len(node.inputs) > 1 and not isinstance(look, Radical))


def _whole(exponent: str) -> str:
    """What is raised, in brackets where it is more than a name: those are not drawn."""
    if exponent.startswith("{"):
        return f"({exponent.replace(':q4', ':g4')})"
    return exponent if exponent.isalnum() else f"({exponent})"


def _fenced(operand: str, operation: str, place: int) -> str:
    """A constant of several signs in brackets, where it would be read otherwise: x/(2π), (2/3)^x, x − (e−1)."""
    if operand.startswith("{"):
        return operand  # a number to come has its own brackets
    behind, base = place > 0, operation == "power"
    is_sum = bool({"+", "−"} & {*(operand if behind or base else operand.removeprefix("−"))})
    apart = {
        "add": behind and operand.startswith("−"),
        "subtract": behind and is_sum,
        "multiply": is_sum,
        "divide": is_sum or (behind and _is_product(operand)),
        "power": is_sum or "^" in operand or _is_product(operand),
    }
    return f"({operand})" if apart.get(operation) else operand


def _is_product(constant: str) -> bool:
    """Whether a constant is written as a product or quotient: 2π, 1/3, 3·10⁵."""
    return bool({"·", "/"} & {*constant}) or (constant[0].isdigit() and constant[-1] in "πe")


def written(node: GraphNode, operands: Sequence[str], exponent: str) -> str:
    """An operation of its operands, written in one line of plain signs."""
    sign = (SIGNS | COMPARISONS).get(node.operation)
    if sign is not None:
        return sign.join(_fenced(one, node.operation, place) for place, one in enumerate(operands))
    if node.operation == "negate":
        return f"−{operands[0]}"
    if node.operation == "power":
        return _fenced(operands[0], "power", 0) + (exponent or f"^{_whole(operands[1])}")
    if node.operation == "piecewise":
        pairs = [": ".join(operands[k : k + 2]) for k in range(0, len(operands), 2)]
        return f"{{{', '.join(pairs)}}}"
    look = FUNCTIONS[node.operation].look
    match look:
        case Fences(left, right):
            return f"{left}{operands[0]}{right}"
        case Radical(index):
            root = (
                {"": "√", "3": "∛"}[index]
                if len(operands) == 1
                else f"{operands[1].translate(SUPERSCRIPTS)}√"
            )
            return f"{root}{operands[0]}"
    name = function_name(node.operation)
    return f"{name} {operands[0]}" if len(operands) == 1 else f"{name}({', '.join(operands)})"
