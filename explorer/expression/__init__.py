"""Typed text to bounded expression trees that print, differentiate and compile themselves."""

from explorer.expression.expression import Expression
from explorer.expression.functions import FUNCTIONS, OPERATIONS
from explorer.expression.limits import MAX_CHARACTERS
from explorer.expression.lines import Line, Naming, read_lines
from explorer.expression.marked import Mark, marked_mathml, places_of
from explorer.expression.operations import Operation
from explorer.expression.parsing import parse
from explorer.expression.pluses import with_pluses
from explorer.expression.printing import Path, Span, part_at, spans_of, text_of
from explorer.expression.rebuild import with_children
from explorer.expression.refusal import ExpressionError
from explorer.expression.rules import derivatives, differentiate, is_total, local_derivative
from explorer.expression.steps import Step
from explorer.expression.tape import Tape, compile_tape
from explorer.expression.tidy import tidied
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
    Pending,
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
    "MAX_CHARACTERS",
    "OPERATIONS",
    "Add",
    "And",
    "Call",
    "Comparison",
    "Constant",
    "Divide",
    "Expression",
    "ExpressionError",
    "Line",
    "Mark",
    "Multiply",
    "Naming",
    "Negate",
    "Node",
    "Number",
    "Operation",
    "Path",
    "Pending",
    "Piecewise",
    "Power",
    "Span",
    "Step",
    "Subtract",
    "Tape",
    "Variable",
    "compile_tape",
    "derivatives",
    "differentiate",
    "fold",
    "free_variables",
    "is_total",
    "latex_of",
    "local_derivative",
    "marked_mathml",
    "mathml_of",
    "parse",
    "part_at",
    "places_of",
    "rational_value",
    "read_lines",
    "spans_of",
    "text_of",
    "tidied",
    "with_children",
    "with_pluses",
]
