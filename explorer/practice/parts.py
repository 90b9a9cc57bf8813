"""A formula's parts with their values, slopes and adjoints: one forward and one backward pass for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from explorer.expression import (
    Call,
    Constant,
    Divide,
    Expression,
    Node,
    Path,
    Power,
    Variable,
    compile_tape,
    derivatives,
    fold,
    free_variables,
    local_derivative,
    with_children,
)
from explorer.numeric.results import Array
from explorer.practice.integrals import integrals

__all__ = ["Part", "parts_of"]

ROOTS = {"sqrt": 1 / 2, "cbrt": 1 / 3}
INSIDE = "inside"
"""The name of a child whose values are given: no letter of a formula."""


@dataclass(frozen=True, eq=False)
class Part:
    """One occurrence of a part, at the sample points.

    `u` are the values of its children, `du` their slopes and `local` the derivatives of the part by them (0 where a
    child is a plain number). `adjoint` is what a rise of 1 of this part does to the whole. `run` computes any tree,
    with given values of what is called INSIDE; `slopes` and `integrals` are the trees of the derivative and of an
    antiderivative, by the ids of f's parts. `right` is the part with the slopes below that are right, where others are
    supposed.
    """

    node: Node
    path: Path
    parent: Part | None
    variable: str
    value: Array
    slope: Array
    adjoint: Array
    u: tuple[Array, ...]
    du: tuple[Array, ...]
    local: tuple[Array, ...]
    moving: tuple[bool, ...]
    moves: bool
    run: Callable[..., Array]
    slopes: Mapping[int, Node]
    integrals: Mapping[int, Node | None]
    right: Part | None = None

    @cached_property
    def inner(self) -> int | None:
        """Which child is the inside where the chain rule applies: the only one that moves.

        That is of a power or a function, and of 1/u, which is u⁻¹.
        """
        moving = [k for k, moves in enumerate(self.moving) if moves]
        applies = isinstance(self.node, Power | Call) or (isinstance(self.node, Divide) and moving == [1])
        return moving[0] if applies and len(moving) == 1 else None

    @property
    def is_chain(self) -> bool:
        """Whether one function stands inside another here, and the inside is more than the variable itself."""
        return self.inner is not None and not isinstance(self.node.children[self.inner], Variable)

    @property
    def exponent(self) -> Array | float | None:
        """The exponent of a power of something that moves, roots as well; None for anything else."""
        match self.node:
            case Power() if self.inner == 0:
                return self.u[1]
            case Call("root") if self.inner == 0:
                return 1 / self.u[1]
            case Call(function) if function in ROOTS and self.inner == 0:
                return ROOTS[function]
        return None

    @property
    def base(self) -> Array | float | None:
        """The base of an exponential whose exponent moves; None for anything else."""
        match self.node:
            case Power() if self.inner == 1:
                return self.u[0]
            case Call("exp") if self.inner == 0:
                return np.e
        return None

    def around(self, inside: Array) -> tuple[Array, Array]:
        """The part where its inside has other values, and the slope outside there."""
        assert self.inner is not None
        children = list(self.node.children)
        children[self.inner] = Variable(INSIDE)
        outside = with_children(self.node, children)
        return self.run(outside, inside), self.run(local_derivative(outside, self.inner), inside)

    @cached_property
    def around_slope(self) -> tuple[Array, Array]:
        """The same where the slope of the inside stands for the inside itself."""
        if self.right is not None:
            return self.right.around_slope
        assert self.inner is not None
        return self.around(self.du[self.inner])

    @cached_property
    def around_letter(self) -> tuple[Array, Array]:
        """The same where the letter itself does."""
        if self.right is not None:
            return self.right.around_letter
        return self.around(self.run(Variable(self.variable)))

    @property
    def integral_outside(self) -> Array | None:
        """An antiderivative of the function outside, at the inside."""
        assert self.inner is not None
        children = list(self.node.children)
        children[self.inner] = Variable(INSIDE)
        outside = with_children(self.node, children)
        tree = integrals(outside, INSIDE)[id(outside)]
        return None if tree is None else self.run(tree, self.u[self.inner])

    def touches(self, node: Node) -> bool:
        """Whether the variable stands in a tree."""
        return self.variable in free_variables(node)

    def with_slopes(self, du: Sequence[Array]) -> Part:
        """The same part where the slopes below are taken to be others, and with them its own."""
        slope = sum(
            local * one for local, one, moves in zip(self.local, du, self.moving, strict=True) if moves
        )
        return replace(self, du=tuple(du), slope=np.asarray(slope, dtype=float), right=self.right or self)


def parts_of(f: Expression, variable: str, at: Array) -> list[Part]:
    """All occurrences in the order in which they are written, the whole first."""
    trees: dict[str, Node] = {}
    slopes, whole_integrals = derivatives(f.root, variable), integrals(f.root, variable)
    moves: dict[int, bool] = {}
    matters: dict[int, bool] = {}

    def note(node: Node, below: Sequence[Node]) -> Node:
        del below
        name = id(node)
        here = isinstance(node, Variable) and node.name == variable
        moves[name] = here or any(moves[id(child)] for child in node.children)
        matters[name] = (
            moves[name] or isinstance(node, Constant) or any(matters[id(c)] for c in node.children)
        )
        trees[f"v{name}"] = node
        trees[f"d{name}"] = slopes[name]
        for k, child in enumerate(node.children):
            if matters[id(child)]:
                trees[f"l{name}.{k}"] = local_derivative(node, k)
        return node

    fold(f.root, note)
    outputs = {name: Expression(tree, f.variables) for name, tree in trees.items()}
    results = compile_tape(outputs, f.variables).run(*at)
    zero, one = np.zeros(at.shape[1]), np.ones(at.shape[1])

    def run(tree: Node, inside: Array = zero) -> Array:
        return Expression(tree, (*f.variables, INSIDE))(*at, inside)

    def part(node: Node, path: Path, parent: Part | None) -> Part:
        name, below = id(node), node.children
        adjoint = one if parent is None else parent.adjoint * parent.local[path[-1]]
        return Part(
            node=node,
            path=path,
            parent=parent,
            variable=variable,
            value=results[f"v{name}"],
            slope=results[f"d{name}"],
            adjoint=adjoint,
            u=tuple(results[f"v{id(child)}"] for child in below),
            du=tuple(results[f"d{id(child)}"] for child in below),
            local=tuple(results.get(f"l{name}.{k}", zero) for k in range(len(below))),
            moving=tuple(moves[id(child)] for child in below),
            moves=moves[name],
            run=run,
            slopes=slopes,
            integrals=whole_integrals,
        )

    with np.errstate(all="ignore"):
        found = [part(f.root, (), None)]
        for whole in found:  # grows by the children of what it has come to
            for k, child in enumerate(whole.node.children):
                if matters[id(child)]:
                    found.append(part(child, (*whole.path, k), whole))
    return found
