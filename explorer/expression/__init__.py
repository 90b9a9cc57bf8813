"""Typed text to bounded expression trees that print, differentiate and compile themselves."""

from explorer.expression.expression import Expression
from explorer.expression.functions import FUNCTIONS, OPERATIONS
from explorer.expression.operations import Operation
from explorer.expression.parsing import parse
from explorer.expression.pluses import with_pluses
from explorer.expression.printing import text_of
from explorer.expression.refusal import ExpressionError
from explorer.expression.steps import Step
from explorer.expression.tape import Tape, compile_tape
from explorer.expression.tree import (
    Add,
    And,
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
from explorer.expression.typesetting import latex_of, mathml_of

__all__ = [
    "FUNCTIONS",
    "OPERATIONS",
    "Add",
    "And",
    "Call",
    "Comparison",
    "Constant",
    "Divide",
    "Expression",
    "ExpressionError",
    "Multiply",
    "Negate",
    "Node",
    "Number",
    "Operation",
    "Piecewise",
    "Power",
    "Step",
    "Subtract",
    "Tape",
    "Variable",
    "compile_tape",
    "fold",
    "free_variables",
    "latex_of",
    "mathml_of",
    "parse",
    "rational_value",
    "text_of",
    "with_pluses",
]
