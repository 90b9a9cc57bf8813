"""The functions, a row each; `row` says what a row says."""

from __future__ import annotations

from explorer.expression.functions import angles, choices, growth
from explorer.expression.functions.row import Abbreviation, Behind, Fences, Function, Name, Radical, Word
from explorer.expression.operations import ARITHMETIC, Operation

__all__ = [
    "FUNCTIONS",
    "OPERATIONS",
    "WORDS",
    "Abbreviation",
    "Behind",
    "Fences",
    "Function",
    "Name",
    "Radical",
    "Word",
    "operation_of",
]

FUNCTIONS: dict[str, Function] = {row.name: row for row in (*angles.ROWS, *growth.ROWS, *choices.ROWS)}
"""The functions of trees by name."""

WORDS: dict[str, Word] = FUNCTIONS | {row.name: row for row in (*angles.ABBREVIATIONS, *growth.ABBREVIATIONS)}
"""All that may be typed as a function."""

OPERATIONS = {
    operation.code: operation
    for operation in (*ARITHMETIC, *(row.operation for row in FUNCTIONS.values() if row.operation))
}
"""The operations of a tape by code."""


def operation_of(name: str) -> Operation:
    """The operation of a function that has one of its own."""
    operation = FUNCTIONS[name].operation
    assert operation is not None
    return operation
