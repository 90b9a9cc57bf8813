"""An expression: a tree, the order of its variables, and all that can be done with it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike

from explorer.expression.operations import Array
from explorer.expression.presentation import leaves_out_jumps, shown_derivative
from explorer.expression.printing import text_of
from explorer.expression.rebuild import with_children
from explorer.expression.rules import differentiate, is_total
from explorer.expression.steps import Step, steps_of
from explorer.expression.tape import Tape, as_float, compile_tape
from explorer.expression.tree import (
    Add,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Power,
    Subtract,
    Variable,
    fold_all,
    free_variables,
    is_short,
    tree_size,
)
from explorer.expression.typesetting import latex_of, mathml_of

__all__ = ["Expression"]


@dataclass(frozen=True)
class Expression:
    """An immutable formula in named variables.

    `guards` are trees that must be defined for the value to be: the derivative 1/x of ln x keeps ln x as its
    guard, so it is undefined for negative x although 1/x is not. They are not printed. `remarks` are sentences
    for the learner on how a two-way text was read: log as the natural logarithm, 1/2x as (1/2)x.
    """

    root: Node
    variables: tuple[str, ...] = ("x",)
    guards: tuple[Node, ...] = field(default=(), repr=False)
    remarks: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @staticmethod
    def variable(name: str) -> Expression:
        """The expression that is just a variable."""
        return Expression(Variable(name), (name,))

    @staticmethod
    def number(value: float | Fraction) -> Expression:
        """A constant expression without variables. Raises ValueError when `value` is not finite as a float."""
        return Expression(_number_node(value), ())

    @cached_property
    def text(self) -> str:
        """The canonical text; what the reader makes of it is this expression again."""
        return text_of(self.root)

    def latex(self, colour: str | None = None) -> str:
        """LaTeX of the formula, as typed; the whole in a colour (#rrggbb) if one is given."""
        return latex_of(self.root, _whole(self.root, colour))

    def mathml(self, colour: str | None = None) -> str:
        """A <math> element with the formula, as typed; `colour` is #rrggbb or var(--name)."""
        return mathml_of(self.root, _whole(self.root, colour))

    def derivative_latex(self) -> str:
        """LaTeX of this derivative where it holds; `left_out` says in words where it does not."""
        return latex_of(self.shown.root)

    @property
    def shown(self) -> Expression:
        """This derivative as it is typeset: it says nothing of the joints between its pieces."""
        return Expression(shown_derivative(self.root), self.variables, self.guards)

    def derivative_mathml(self, colour: str | None = None) -> str:
        """The same as a <math> element, words included."""
        root = self.shown.root
        words = f"<mtext>\u2002{self.left_out}</mtext>" if self.left_out else ""
        return mathml_of(root, _whole(root, colour)).removesuffix("</math>") + words + "</math>"

    @property
    def left_out(self) -> str:
        """What is to be said beside this derivative: "between the jumps", or nothing."""
        return "between the jumps" if leaves_out_jumps(self.root) else ""

    @property
    def size(self) -> int:
        """Number of nodes written out."""
        return tree_size(self.root)

    def __call__(self, *arrays: ArrayLike) -> Array:
        """Values at arrays of the variables: float64 of the broadcast shape, NaN where undefined."""
        return _tape_of(self).run(*arrays)["value"]

    def value_and_gradient(self, *arrays: ArrayLike) -> tuple[Array, tuple[Array, ...]]:
        """Values and partial derivatives, of the broadcast shape; a derivative that is not finite is NaN."""
        results = _gradient_tape_of(self).run(*arrays)
        partials = tuple(results[f"d{k}"] for k in range(len(self.variables)))
        return results["value"], tuple(np.where(np.isfinite(part), part, np.nan) for part in partials)

    def derivative(self, var: str = "x") -> Expression:
        """The derivative with respect to `var`, tidied but not simplified, undefined where this is."""
        return _derivative_of(self, var)

    def steps(self, var: str = "x") -> tuple[Step, ...]:
        """How the derivative is found, rule by rule; the last step puts the results together."""
        return steps_of(self.root, self.variables, var, self.derivative(var).root)

    def substitute(
        self, mapping: Mapping[str, Expression | float], variables: tuple[str, ...] | None = None
    ) -> Expression:
        """Every variable named in `mapping` replaced, all at once.

        The variables of the result are `variables`, or else those that are left and then those that come in.
        """
        given = {name: _as_expression(value) for name, value in mapping.items()}
        names = [name for name in self.variables if name not in given]
        for expression in given.values():
            names.extend(name for name in expression.variables if name not in names)

        new: dict[int, Node] = {}
        for node in self._walk:
            if isinstance(node, Variable):
                new[id(node)] = given[node.name].root if node.name in given else node
            else:
                new[id(node)] = with_children(node, [new[id(child)] for child in node.children])
        root, *guards = [new[id(old)] for old in (self.root, *self.guards)]
        guarded = [name for name, e in given.items() if e.guards]
        used = free_variables(self.root) if guarded else ()
        guards += [guard for name in guarded if name in used for guard in given[name].guards]
        result = Expression(root, tuple(names), _unique(guards))
        return result if variables is None else result.over(variables)

    @cached_property
    def _walk(self) -> tuple[Node, ...]:
        """The nodes of the formula and its guards, each once and after those below it."""
        met: list[Node] = []
        fold_all((self.root, *self.guards), lambda node, _: met.append(node))
        return tuple(met)

    def over(self, variables: tuple[str, ...]) -> Expression:
        """The same formula as a function of `variables`. Raises ValueError when one is missing."""
        missing = free_variables(self.root) - set(variables)
        if missing:
            raise ValueError(f"not among the variables: {', '.join(sorted(missing))}")
        return replace(self, variables=variables)

    def __add__(self, other: Expression | float) -> Expression:
        return _combine(Add, self, other)

    def __radd__(self, other: float) -> Expression:
        return _combine(Add, other, self)

    def __sub__(self, other: Expression | float) -> Expression:
        return _combine(Subtract, self, other)

    def __rsub__(self, other: float) -> Expression:
        return _combine(Subtract, other, self)

    def __mul__(self, other: Expression | float) -> Expression:
        return _combine(Multiply, self, other)

    def __rmul__(self, other: float) -> Expression:
        return _combine(Multiply, other, self)

    def __truediv__(self, other: Expression | float) -> Expression:
        return _combine(Divide, self, other)

    def __rtruediv__(self, other: float) -> Expression:
        return _combine(Divide, other, self)

    def __pow__(self, other: Expression | float) -> Expression:
        return _combine(Power, self, other)

    def __rpow__(self, other: float) -> Expression:
        return _combine(Power, other, self)

    def __neg__(self) -> Expression:
        return Expression(Negate(self.root), self.variables, self.guards)


def _whole(root: Node, colour: str | None) -> dict[Node, str] | None:
    return None if colour is None else {root: colour}


def _number_node(value: float | Fraction) -> Node:
    exact = value if isinstance(value, Fraction) and _is_written_out(value) else _shortest(value)
    if exact < 0:
        return Negate(_number_node(-exact))
    if 10**400 % exact.denominator:
        return Divide(Number(Fraction(exact.numerator)), Number(Fraction(exact.denominator)))
    return Number(exact)


def _is_written_out(value: Fraction) -> bool:
    """Whether the fraction is a decimal, or one of two numbers short enough to be floats themselves."""
    return not 10**400 % value.denominator or is_short(value)


def _shortest(value: float | Fraction) -> Fraction:
    """The shortest decimals that name the float: 0.1 stays 1/10."""
    rounded = as_float(value) if isinstance(value, Fraction) else float(value)
    if not math.isfinite(rounded):
        raise ValueError("a constant must be finite")
    return Fraction(repr(rounded))


def _as_expression(value: Expression | float | Fraction) -> Expression:
    return value if isinstance(value, Expression) else Expression.number(value)


def _combine(
    kind: type[Add] | type[Subtract] | type[Multiply] | type[Divide] | type[Power],
    left: Expression | float,
    right: Expression | float,
) -> Expression:
    a, b = _as_expression(left), _as_expression(right)
    variables = a.variables + tuple(name for name in b.variables if name not in a.variables)
    return Expression(kind(a.root, b.root), variables, _unique((*a.guards, *b.guards)))


def _unique(guards: tuple[Node, ...] | list[Node]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(guards))


@lru_cache(maxsize=1024)
def _derivative_of(expression: Expression, var: str) -> Expression:
    root = differentiate(expression.root, var)
    guards = expression.guards if is_total(expression.root) else (*expression.guards, expression.root)
    return Expression(root, expression.variables, _unique(guards))


@lru_cache(maxsize=1024)
def _tape_of(expression: Expression) -> Tape:
    return compile_tape({"value": expression}, expression.variables)


@lru_cache(maxsize=1024)
def _gradient_tape_of(expression: Expression) -> Tape:
    outputs = {"value": expression}
    for k, name in enumerate(expression.variables):
        outputs[f"d{k}"] = expression.derivative(name)
    return compile_tape(outputs, expression.variables)
