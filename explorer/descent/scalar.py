"""A tape run on plain floats, for one point at a time.

A descent asks for one point after another, and for a single point NumPy's bookkeeping costs ten times the
arithmetic. Each instruction becomes a closure over its registers.
"""

from collections.abc import Callable, Sequence

from explorer.expression import OPERATIONS, Tape
from explorer.expression.operations import ADD, MULTIPLY, SUBTRACT

Registers = list[float]
Program = Callable[[Sequence[float]], Registers]


def _closure(code: int, a: int, b: int, c: int) -> Callable[[Registers], float]:
    operation = OPERATIONS[code]
    if operation is ADD:
        return lambda r: r[a] + r[b]
    if operation is SUBTRACT:
        return lambda r: r[a] - r[b]
    if operation is MULTIPLY:
        return lambda r: r[a] * r[b]
    perform = operation.scalar
    if operation.arity == 1:
        return lambda r: perform(r[a])
    if operation.arity == 2:
        return lambda r: perform(r[a], r[b])
    return lambda r: perform(r[a], r[b], r[c])


def scalar_program(tape: Tape) -> Program:
    """A function from the variables' values to all registers of the tape, as floats."""
    constants = [float(constant) for constant in tape.constants]
    closures = [_closure(code, a, b, c) for code, a, b, c in tape.code]

    def run(values: Sequence[float]) -> Registers:
        registers = [*values, *constants]
        push = registers.append
        for closure in closures:
            push(closure(registers))
        return registers

    return run
