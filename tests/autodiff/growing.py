"""Random trees whose parts are used again, from a seed."""

import random
from fractions import Fraction

from explorer.expression import FUNCTIONS, Expression
from explorer.expression import tree as t
from explorer.expression.functions import Behind

LETTERS = ("a", "t", "x")
SMOOTH = ("exp", "ln", "sqrt", "sin", "cos", "tan", "arctan", "sinh", "tanh", "sigmoid", "arcsinh", "cbrt")
UNARY = tuple(
    row.name for row in FUNCTIONS.values() if row.arity == (1, 1) and not isinstance(row.look, Behind)
)
OPERATIONS = (t.Add, t.Subtract, t.Multiply, t.Divide)


def grown(seed: int, size: int = 8, unary=UNARY, choices: bool = True) -> Expression:
    """So many operations, each taken of parts that stand already: a part is taken again as often as a new one."""
    draw = random.Random(seed)
    parts: list[t.Node] = [t.Variable(name) for name in LETTERS]

    def some() -> t.Node:
        number = t.Number(Fraction(draw.randint(1, 12), draw.choice((1, 2, 4))))
        return number if draw.random() < 0.15 else draw.choice(parts[-5:])

    def operation() -> t.Node:
        kind = draw.random()
        if kind < 0.45:
            return draw.choice(OPERATIONS)(some(), some())
        if kind < 0.6:
            exponent = draw.choice(("1/3", "2", "3", "2/3", "1/2", "1"))
            top, _, bottom = exponent.partition("/")
            number = t.Number(Fraction(int(top)))
            return t.Power(some(), t.Divide(number, t.Number(Fraction(int(bottom)))) if bottom else number)
        if kind < 0.65:
            return t.Power(t.Call("exp", (t.Call("sin", (some(),)),)), some())
        if kind < 0.75 and choices:
            u, v = some(), some()
            condition = t.Comparison(draw.choice(("<", ">", "<=")), u, some())
            return draw.choice(
                (
                    t.Call("max", (u, v, some())),
                    t.Call("min", (u, v)),
                    t.Call("mod", (u, t.Number(Fraction(2)))),
                    t.Piecewise(((condition, v),), some()),
                    t.Piecewise(((t.And(condition, t.Comparison("<", v, u)), v), (condition, u)), None),
                )
            )
        return t.Call(draw.choice(unary), (some(),))

    while len(parts) < len(LETTERS) + size:
        parts.append(operation())
    return Expression(t.Add(parts[-1], t.Multiply(parts[-2], parts[-3])), LETTERS)
