"""Typed text to bounded expression trees that print, differentiate and compile themselves."""

from explorer.expression.expression import Expression
from explorer.expression.operations import ARITY, Operation
from explorer.expression.parsing import parse
from explorer.expression.refusal import ExpressionError
from explorer.expression.tape import Tape, compile_tape

__all__ = [
    "ARITY",
    "Expression",
    "ExpressionError",
    "Operation",
    "Tape",
    "compile_tape",
    "parse",
]
