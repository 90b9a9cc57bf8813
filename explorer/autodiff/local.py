"""Local derivatives: what a small rise of one input does to the value of one operation.

They are written down here once more, as text in the inputs u and v and the value w, so that the sweeps over a
graph do not lean on the rules of differentiation that the named steps take (any table of derivatives has them, e.g.
Abramowitz and Stegun, chapters 4 and 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce

from explorer.expression import (
    And,
    Comparison,
    Expression,
    Multiply,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    differentiate,
    free_variables,
    parse,
    rational_value,
)

__all__ = ["LOCALS", "ONE", "ZERO", "Local", "local_derivative_of", "taken_of"]

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
LETTERS = ("u", "v", "w")
CONDITIONS = ("<", "<=", ">", ">=", "=", "!=", "and")


@dataclass(frozen=True)
class Local:
    """The derivatives of an operation by its inputs, and why each may be missing where the operation has a value.

    Of the reasons the last one holds for all further inputs.

    `taken`, if there is one, says where the (only) input matters at all: where it does not, nothing flows through it.
    """

    by: tuple[str, ...]
    missing: tuple[str, ...] = ()
    taken: str = ""

    def why_none(self, place: int) -> str:
        """Why the derivative by an input may be missing; nothing where that cannot be."""
        return self.missing[min(place, len(self.missing) - 1)] if self.missing else ""


CORNER = "has a corner where the two sides meet: it has no slope"
JUMP = "jumps here: it has no slope"
UPRIGHT = "grows steeper without bound towards this point: it has no slope here"
ALONE = "has no values for exponents beside this one: by its exponent it has no slope"
SEAM = "changes its piece here, and the rules of both give no common slope"
NEAR = "abs(u-v) - 10^-9*(1+abs(u))"
"""Below 0 where two numbers are one, to rounding."""

LOCALS: dict[str, Local] = {
    "negate": Local(("-1",)),
    "add": Local(("1", "1")),
    "subtract": Local(("1", "-1")),
    "multiply": Local(("v", "u")),
    "divide": Local(("1/v", "-w/v")),
    "power": Local(("{v=1: 1, v u^(v-1)}", "{u=0: 0, w ln(u)}"), (UPRIGHT, ALONE)),
    "exp": Local(("w",)),
    "ln": Local(("1/u",)),
    "log10": Local(("1/(u ln(10))",)),
    "log2": Local(("1/(u ln(2))",)),
    "sqrt": Local(("1/(2w)",), (UPRIGHT,)),
    "cbrt": Local(("1/(3w^2)",), (UPRIGHT,)),
    "root": Local(("w/(u v)", "-w ln(u)/v^2"), (UPRIGHT,)),
    "sigmoid": Local(("sigmoid(u) sigmoid(-u)",)),
    "erf": Local(("2e^(-u^2)/sqrt(pi)",)),
    "softplus": Local(("sigmoid(u)",)),
    "normcdf": Local(("e^(-u^2/2)/sqrt(2pi)",)),
    "gelu": Local(("normcdf(u) + u e^(-u^2/2)/sqrt(2pi)",)),
    "sin": Local(("cos(u)",)),
    "cos": Local(("-sin(u)",)),
    "tan": Local(("1/cos(u)^2",)),
    "sec": Local(("sin(u)/cos(u)^2",)),
    "csc": Local(("-cos(u)/sin(u)^2",)),
    "cot": Local(("-1/sin(u)^2",)),
    "arcsin": Local(("1/sqrt((1-u)(1+u))",), (UPRIGHT,)),
    "arccos": Local(("-1/sqrt((1-u)(1+u))",), (UPRIGHT,)),
    "arctan": Local(("1/(1+u^2)",)),
    "sinh": Local(("cosh(u)",)),
    "cosh": Local(("sinh(u)",)),
    "tanh": Local(("1/cosh(u)^2",)),
    "arcsinh": Local(("1/sqrt(u^2+1)",)),
    "arccosh": Local(("1/sqrt((u-1)(u+1))",), (UPRIGHT,)),
    "arctanh": Local(("1/((1-u)(1+u))",)),
    "abs": Local(("{u>0: 1, u<0: -1}",), (CORNER,)),
    "sign": Local(("{u!=0: 0}",), (JUMP,)),
    "floor": Local(("{u!=w: 0}",), (JUMP,)),
    "ceil": Local(("{u!=w: 0}",), (JUMP,)),
    "round": Local(("{u-floor(u)!=1/2: 0}",), (JUMP,)),
    "heaviside": Local(("{u!=0: 0}",), (JUMP,)),
    "mod": Local(("{w!=0: 1}", "{w!=0: -floor(u/v), u=0: 0}"), (JUMP,)),
    "relu": Local(("{u>0: 1, u<0: 0}",), (CORNER,), taken="{u<0: 0, 1}"),
    "min": Local((), (CORNER,)),
    "max": Local((), (CORNER,)),
    "factorial": Local(("0",)),
    "piecewise": Local((), (SEAM,)),
    **dict.fromkeys(CONDITIONS, Local(("0", "0"))),
}
"""By the name of the operation. Those of min, max and pieces depend on how many inputs there are."""


def local_derivative_of(operation: str, inputs: Sequence[Node], value: Node, k: int) -> Node:
    """The tree of the derivative of an operation by input `k`; `inputs` and `value` are the trees of the values."""
    if operation in ("min", "max"):
        return _of_the_taken(operation, inputs, k)
    if operation == "piecewise":
        return Piecewise(((_agreed(tuple(inputs)), _mark(inputs, k)),), None)
    if operation == "power" and k == 0 and (exponent := rational_value(inputs[1])) is not None:
        return _of_a_power(inputs[0], inputs[1], exponent)
    return _filled(LOCALS[operation].by[k], inputs, value)


def taken_of(operation: str, inputs: Sequence[Node], value: Node, k: int) -> Node | None:
    """A tree that is 1 where input `k` matters and 0 where another is taken instead; None: it always matters."""
    if operation in ("min", "max"):
        return Piecewise(_beaten(operation, inputs, k), ONE) if len(set(inputs)) > 1 else ONE
    if operation == "piecewise":
        return Piecewise(((_agreed(tuple(inputs)), _mark(inputs, k)),), ONE)
    taken = LOCALS[operation].taken
    return _filled(taken, inputs, value) if taken else None


def _filled(text: str, inputs: Sequence[Node], value: Node) -> Node:
    """The tree of a text with the trees of u, v and w put in."""
    given = dict(zip(LETTERS, inputs, strict=False)) | {"w": value}
    trees = {name: Expression(tree, ()) for name, tree in given.items()}
    return parse(text, LETTERS).substitute(trees).root


def _of_a_power(base: Node, exponent: Node, exact: Fraction) -> Node:
    """n·uⁿ⁻¹ with the exact exponent, so that odd roots keep their negative side; 1 for u¹, at u = 0 too."""
    if exact in (0, 1):
        return ONE if exact else ZERO
    return Multiply(exponent, Power(base, Subtract(exponent, ONE)))


def _of_the_taken(operation: str, inputs: Sequence[Node], k: int) -> Node:
    """1 for the input that is taken, 0 for the others, nothing where two different ones are equal.

    The inputs are compared with each other: an input and the value taken from it are one number, and as two rounded
    ones they could not be told apart.
    """
    if inputs[k] in inputs[:k]:
        return ZERO  # the same thing twice counts once
    beaten = _beaten(operation, inputs, k)
    behind: list[Node] = [Comparison(test.operator, test.right, test.left) for test, _ in beaten]
    return Piecewise((*beaten, (reduce(And, behind), ONE)), None) if beaten else ONE


def _beaten(operation: str, inputs: Sequence[Node], k: int) -> tuple[tuple[Comparison, Node], ...]:
    """0 wherever another input is taken instead."""
    sign = "<" if operation == "max" else ">"
    return tuple((Comparison(sign, inputs[k], one), ZERO) for one in inputs if one != inputs[k])


def _mark(inputs: Sequence[Node], k: int) -> Node:
    """1 for the value that is taken of a formula in pieces, 0 for its others and for its conditions.

    Inputs are condition, value, …, and the last value without a condition.
    """
    if k % 2 == 0 and k < len(inputs) - 1:
        return ZERO
    own = 1 if k % 2 else 0
    earlier = tuple((inputs[j], ZERO) for j in range(0, k - own, 2))
    last: Node = Piecewise(((inputs[k - 1], ONE),), ZERO) if own else ONE
    return Piecewise(earlier, last) if earlier else last


@lru_cache(maxsize=256)
def _agreed(inputs: tuple[Node, ...]) -> Node:
    """1 but on a seam where the pieces of both sides do not meet, or not with one slope.

    A piece for a single place (x = 0) has no sides, and its rule says nothing of the slope there.
    """
    tests: list[tuple[Node, Node]] = []
    for k in range(0, len(inputs) - 1, 2):
        condition, value, rest = inputs[k], inputs[k + 1], inputs[k + 2 :]
        compared = _comparisons(condition)
        for test in compared:
            if not free_variables(test) or test.left == test.right:
                continue  # one side for good
            others = [one for one in compared if one is not test]
            meets: list[Node] = [Comparison("=", test.left, test.right), *map(_not_missed, others)]
            single = test.operator in ("=", "!=") or not rest
            tests.append((reduce(And, meets), ZERO if single else _one_slope(value, _of_pieces(rest))))
        tests.append((condition, ONE))
    return Comparison("=", Piecewise(tuple(tests), ONE), ONE)


def _comparisons(condition: Node) -> list[Comparison]:
    """Those that a condition is made of."""
    found = [condition]
    for one in found:  # grows by the sides of what it has come to
        if isinstance(one, And):
            found += one.children
    return [one for one in found if isinstance(one, Comparison)]


def _not_missed(test: Comparison) -> Node:
    """1 where a comparison holds, or its sides are equal."""
    return Piecewise(((test, ONE), (Comparison("=", test.left, test.right), ONE)), ZERO)


def _of_pieces(inputs: Sequence[Node]) -> Node:
    """The formula in pieces of conditions and values, the last of which may have no condition."""
    otherwise = inputs[-1] if len(inputs) % 2 else None
    branches = tuple((inputs[k], inputs[k + 1]) for k in range(0, len(inputs) - 1, 2))
    return Piecewise(branches, otherwise) if branches else inputs[-1]


def _one_slope(a: Node, b: Node) -> Node:
    """1 where two formulas have one value, and one slope by each letter."""
    letters = sorted(free_variables(a) | free_variables(b))
    pairs = [(a, b), *((differentiate(a, letter), differentiate(b, letter)) for letter in letters)]
    near: list[Node] = [Comparison("<", _filled(NEAR, pair, ZERO), ZERO) for pair in pairs]
    return Piecewise(((reduce(And, near), ONE),), ZERO)
