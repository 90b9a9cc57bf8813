"""Differentiation step by step, each step one named rule applied to the form as typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from explorer.expression.functions import FUNCTIONS
from explorer.expression.functions.row import TWO
from explorer.expression.presentation import shown_derivative
from explorer.expression.printing import text_of
from explorer.expression.rebuild import with_children
from explorer.expression.rules import power_derivative
from explorer.expression.tidy import ONE, ZERO, divide, multiply
from explorer.expression.tree import (
    Add,
    Call,
    Divide,
    Multiply,
    Negate,
    Node,
    Pending,
    Piecewise,
    Power,
    Subtract,
    Variable,
    free_variables,
)
from explorer.expression.typesetting import latex_of, mathml_of

__all__ = ["Step", "steps_of"]

NOTES: dict[str, str] = {
    "constant": "A constant does not change: its slope is 0.",
    "identity": "x itself rises by 1 for every 1 to the right.",
    "constant multiple": "A constant factor stays in front.",
    "sum": "A sum is differentiated term by term.",
    "difference": "A difference is differentiated term by term.",
    "product": "(u·v)′ = u′·v + u·v′",
    "quotient": "(u/v)′ = (u′·v − u·v′)/v²",
    "reciprocal": "(c/u)′ = −c·u′/u²",
    "power": "(uⁿ)′ = n·uⁿ⁻¹",
    "general power": "uᵛ is e^(v·ln u): both base and exponent change.",
    "piecewise": "Each piece is differentiated on its own; the joints need a look of their own.",
    "together": "Put together.",
} | {row.rule.name: row.rule.note for row in FUNCTIONS.values()}


@dataclass(frozen=True)
class Step:
    """One rule applied once: `before` = `after`, both trees in which derivatives may still be pending.

    `rule` is the name of the rule, `note` a sentence. For the chain rule `outer` (in u) and `inner` say what
    was taken apart. `depth` counts the steps that this one is a part of.
    """

    rule: str
    before: Node
    after: Node
    note: str
    depth: int = 0
    outer: Node | None = None
    inner: Node | None = None

    @property
    def text(self) -> str:
        """The equation as plain text."""
        return f"{text_of(self.before)} = {text_of(self.after)}"

    def latex(self, primes: bool = False, colours: Mapping[Node, str] | None = None) -> str:
        """The equation in LaTeX, in Leibniz's notation or, with `primes`, in Lagrange's."""
        return f"{latex_of(self.before, colours, primes)} = {latex_of(self.shown, colours, primes)}"

    def mathml(self, primes: bool = False, colours: Mapping[Node, str] | None = None) -> tuple[str, str]:
        """Both sides of the equation as <math> elements."""
        return mathml_of(self.before, colours, primes), mathml_of(self.shown, colours, primes)

    @property
    def shown(self) -> Node:
        """The right side as it is written.

        0 between the jumps is written 0: the guard is for the machine. Only the last step works it out.
        """
        return shown_derivative(self.after, whole=self.rule == "together")


def steps_of(root: Node, variables: tuple[str, ...], var: str, result: Node) -> tuple[Step, ...]:
    """The steps from the pending derivative of `root` to `result`, the same derivative put together.

    Equal derivatives are taken once. Outer rules come before the inner ones that they call for.
    """
    walker = _Walker(var, len(variables) > 1)
    steps: list[Step] = []
    waiting, met = [(root, 0)], set[Node]()
    while waiting:
        node, depth = waiting.pop()
        if node in met:
            continue
        met.add(node)
        step, parts = walker.step(node, depth)
        steps.append(step)
        waiting.extend((part, depth + 1) for part in reversed(parts))
    if len(steps) > 1 or steps[0].after != result:
        steps.append(Step("together", walker.pending(root), result, NOTES["together"]))
    return tuple(steps)


class _Walker:
    def __init__(self, var: str, partial: bool) -> None:
        self.var = var
        self.partial = partial

    def pending(self, node: Node) -> Node:
        return Pending(node, self.var, self.partial)

    def moves(self, node: Node) -> bool:
        return self.var in free_variables(node)

    def held(self, node: Node) -> str:
        """A word on other variables, which are constants here."""
        names = sorted(free_variables(node) - {self.var})
        if not names:
            return ""
        verb = "is" if len(names) == 1 else "are"
        return f"{' and '.join(names)} {verb} held constant. "

    def step(self, node: Node, depth: int) -> tuple[Step, Sequence[Node]]:
        """The rule for the outermost operation of a node, and what is left to be differentiated."""
        before = self.pending(node)

        def made(rule: str, after: Node, *parts: Node, held: str = "") -> tuple[Step, Sequence[Node]]:
            return Step(rule, before, after, held + NOTES[rule], depth), parts

        if not self.moves(node):
            return made("constant", ZERO, held=self.held(node))
        if isinstance(node, Variable):
            note = f"{node.name} itself rises by 1 for every 1 to the right."
            return Step("identity", before, ONE, note, depth), ()
        match node:
            case Negate(u):
                return made("constant multiple", Negate(self.pending(u)), u)
            case Add() | Subtract():
                return self.sum(node, depth)
            case Multiply(u, v) if not self.moves(u) or not self.moves(v):
                fixed, moving = (v, u) if self.moves(u) else (u, v)
                held = self.held(fixed)
                if isinstance(moving, Variable):
                    return made("constant multiple", fixed, held=held)
                after = multiply(fixed, self.pending(moving))
                return made("constant multiple", after, moving, held=held)
            case Multiply(u, v):
                after = Add(Multiply(self.pending(u), v), Multiply(u, self.pending(v)))
                return made("product", after, u, v)
            case Divide(u, v) if not self.moves(v):
                held = self.held(v)
                if isinstance(u, Variable):
                    return made("constant multiple", Divide(ONE, v), held=held)
                return made("constant multiple", Divide(self.pending(u), v), u, held=held)
            case Divide(u, v) if not self.moves(u):
                after = Negate(divide(multiply(u, self.pending(v)), Power(v, TWO)))
                return made("reciprocal", after, v, held=self.held(u))
            case Divide(u, v):
                top = Subtract(Multiply(self.pending(u), v), Multiply(u, self.pending(v)))
                return made("quotient", Divide(top, Power(v, TWO)), u, v)
            case Power(u, v) if self.moves(u) and self.moves(v):
                return made("general power", power_derivative(node, self.pending(u), self.pending(v)), v, u)
            case Power(u, v):
                return self.power(node, u, v, depth)
            case Piecewise(branches, otherwise):
                pieces = tuple((condition, self.pending(value)) for condition, value in branches)
                values = [value for _, value in branches]
                if otherwise is None:
                    return made("piecewise", Piecewise(pieces, None), *values)
                return made("piecewise", Piecewise(pieces, self.pending(otherwise)), *values, otherwise)
            case Call(function, arguments):
                row = FUNCTIONS[function]
                if not row.chooses and not any(self.moves(other) for other in arguments[1:]):
                    return self.outer(node, arguments[0], row.rule.name, depth)
                after = row.slope(node, [self.pending(u) for u in arguments])
                return made(row.rule.name, after, *arguments)
        raise TypeError(f"no rule for {type(node).__name__}")

    def sum(self, node: Node, depth: int) -> tuple[Step, Sequence[Node]]:
        """A + b − c is taken apart at once."""
        terms: list[tuple[bool, Node]] = []
        rest: Node = node
        while isinstance(rest, Add | Subtract):
            terms.append((isinstance(rest, Subtract), rest.right))
            rest = rest.left
        terms.reverse()

        def append(left: Node, term: tuple[bool, Node]) -> Node:
            minus, right = term
            return (Subtract if minus else Add)(left, self.pending(right))

        after = reduce(append, terms, self.pending(rest))
        rule = "difference" if all(minus for minus, _ in terms) else "sum"
        return Step(rule, self.pending(node), after, NOTES[rule], depth), [rest, *(term for _, term in terms)]

    def power(self, node: Power, u: Node, v: Node, depth: int) -> tuple[Step, Sequence[Node]]:
        if self.moves(u):
            return self.outer(node, u, "power", depth, held=self.held(v))
        return self.outer(node, v, "exponential", depth, held=self.held(u))

    def outer(
        self, node: Node, inner: Node, rule: str, depth: int, held: str = ""
    ) -> tuple[Step, Sequence[Node]]:
        """A function of something: a rule from the table, in the chain rule unless that something is x."""
        if isinstance(inner, Variable):
            after = self.outer_derivative(node, ONE)
            return Step(rule, self.pending(node), after, held + NOTES[rule], depth), ()
        after = self.outer_derivative(node, self.pending(inner))
        outside = _around(node, inner, Variable("u"))
        note = f"{held}One function inside another: the slope outside ({rule}) times the slope inside."
        step = Step("chain", self.pending(node), after, note, depth, outside, inner)
        return step, (inner,)

    def outer_derivative(self, node: Node, inner: Node) -> Node:
        match node:
            case Power(_, exponent) if not self.moves(exponent):
                return power_derivative(node, inner, ZERO)
            case Power():
                return power_derivative(node, ZERO, inner)
            case Call(function):
                return FUNCTIONS[function].slope(node, (inner,))
        raise TypeError(f"no table for {type(node).__name__}")


def _around(node: Node, inner: Node, by: Node) -> Node:
    """The outermost operation of a node with `by` in the place of `inner`."""
    children = list(node.children)
    children[next(k for k, child in enumerate(children) if child is inner)] = by
    return with_children(node, children)
