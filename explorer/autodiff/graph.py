"""The graph of an expression, and its sweeps: values forward, derivatives of the output backward, tangents forward.

The method is automatic differentiation by accumulation (Griewank and Walther, Evaluating Derivatives, ch. 3). A sweep
is itself written as trees that share their parts, so that one tape runs it, in NumPy and in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.autodiff.local import ONE, ZERO, local_derivative_of, taken_of
from explorer.expression import (
    Add,
    And,
    Call,
    Comparison,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Piecewise,
    Power,
    Subtract,
    Variable,
    compile_tape,
    free_variables,
)

__all__ = ["Graph", "GraphNode", "graph_of"]

Array = NDArray[np.float64]
Point = Mapping[str, ArrayLike]

NAMES: dict[type[Node], str] = {
    Negate: "negate",
    Add: "add",
    Subtract: "subtract",
    Multiply: "multiply",
    Divide: "divide",
    Power: "power",
    And: "and",
    Piecewise: "piecewise",
}


@dataclass(frozen=True, eq=False)
class GraphNode:
    """An elementary operation, a letter or a constant.

    `operation` is the name of an operation or function ("letter" and "constant" for the two others), `inputs` are
    indices of earlier nodes in the order in which they are written. `constant` is the value of what holds no letter:
    such a part is one node, however it is written. `tree` is the part of the formula.
    """

    operation: str
    inputs: tuple[int, ...]
    tree: Node
    letter: str | None = None
    constant: float | None = None


@dataclass(frozen=True, eq=False)
class Graph:
    """Nodes in an order in which they can be computed; the last is the output."""

    nodes: tuple[GraphNode, ...]
    letters: tuple[str, ...]
    """The letters that occur, in the order of the expression's variables."""

    @cached_property
    def uses(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """By node, where it is used: (the node that uses it, which of that one's inputs it is)."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.nodes]
        for k, node in enumerate(self.nodes):
            for place, below in enumerate(node.inputs):
                found[below].append((k, place))
        return tuple(tuple(uses) for uses in found)

    @cached_property
    def moving(self) -> tuple[bool, ...]:
        """By node, whether it can change at all: all but the constants."""
        return tuple(node.constant is None for node in self.nodes)

    @cached_property
    def locals(self) -> Mapping[tuple[int, int], Expression]:
        """The local derivative on each edge, (node, which input), undefined where the node's value is."""
        return {edge: self._expression(tree, self.nodes[edge[0]].tree) for edge, tree in self._edges.items()}

    @cached_property
    def adjoints(self) -> tuple[Expression, ...]:
        """The derivative of the output by each node: the sum over its uses of (derivative by the user) · (local)."""
        output = _double(self.nodes[-1].tree)
        return tuple(self._expression(tree, output) for tree in self._adjoint_trees)

    @cached_property
    def values(self) -> tuple[Expression, ...]:
        """The value of each node in the letters."""
        return tuple(Expression(node.tree, self.letters) for node in self.nodes)

    def tangents(self, letter: str) -> tuple[Expression, ...]:
        """The derivative of each node by a letter: the sum over its inputs of (local) · (the input's tangent)."""
        found: list[Node] = []
        for k, node in enumerate(self.nodes):
            terms = [
                self._through((k, place), Multiply(self._edges[k, place], found[below]))
                for place, below in enumerate(node.inputs)
                if self.moving[below] and found[below] is not ZERO
            ]
            found.append(ONE if node.letter == letter else _sum(terms))
        return tuple(
            self._expression(tree, _double(node.tree)) for tree, node in zip(found, self.nodes, strict=True)
        )

    def forward(self, point: Point) -> Array:
        """The value of every node, shape (nodes, *shape of the point's arrays), NaN where undefined.

        Raises KeyError when a letter has no value.
        """
        return self._run(self.values, point)

    def backward(self, point: Point) -> Array:
        """The derivative of the output by every node, in the same shape; 0 by constants, which do not vary."""
        return self._run(self.adjoints, point)

    def tangent(self, point: Point, letter: str) -> Array:
        """The derivative of every node by one letter, in the same shape: forward mode."""
        return self._run(self.tangents(letter), point)

    @cached_property
    def _edges(self) -> dict[tuple[int, int], Node]:
        """The trees of the local derivatives; none towards constants."""
        return {
            (k, place): local_derivative_of(node.operation, self._inputs(k), node.tree, place)
            for k, node in enumerate(self.nodes)
            for place, below in enumerate(node.inputs)
            if self.moving[below]
        }

    @cached_property
    def _taken(self) -> dict[tuple[int, int], Node | None]:
        """By edge, a tree that is 1 where the input matters; None where it always does."""
        return {
            (k, place): taken_of(self.nodes[k].operation, self._inputs(k), self.nodes[k].tree, place)
            for k, place in self._edges
        }

    @cached_property
    def _adjoint_trees(self) -> list[Node]:
        """Nothing flows through a node that is not reached: 0 even where its own derivative is undefined."""
        last = len(self.nodes) - 1
        found: list[Node] = [*[ZERO] * last, ONE]
        reached: list[Node | None] = [None] * len(self.nodes)
        for k in reversed(range(last)):
            if not self.moving[k]:
                continue
            edges, ways = self.uses[k], []
            for user, place in edges:
                way = self._through((user, place), Multiply(found[user], self._edges[user, place]))
                ways.append(_where(reached[user], way))
            found[k] = _sum(ways)
            reached[k] = _any([_both(reached[user], self._taken[user, place]) for user, place in edges])
        return found

    def _through(self, edge: tuple[int, int], tree: Node) -> Node:
        """What flows along an edge: 0 where another input is taken."""
        return _where(self._taken[edge], tree)

    def _inputs(self, k: int) -> list[Node]:
        return [self.nodes[below].tree for below in self.nodes[k].inputs]

    def _expression(self, tree: Node, given: Node) -> Expression:
        return Expression(tree, self.letters, (given,))

    def _run(self, outputs: Sequence[Expression], point: Point) -> Array:
        missing = [letter for letter in self.letters if letter not in point]
        if missing:
            raise KeyError(f"no value for {', '.join(missing)}")
        tape = compile_tape({str(k): one for k, one in enumerate(outputs)}, self.letters)
        found = tape.run(*(point[letter] for letter in self.letters))
        return np.stack([np.where(np.isfinite(one), one, np.nan) for one in found.values()])


def graph_of(e: Expression, share: bool = True) -> Graph:
    """The graph of an expression, read from its tree as it is written, without simplifying.

    Equal parts are one node when `share` is set; otherwise each occurrence has its own, and the graph is the tree.
    """
    nodes: list[GraphNode] = []
    known: dict[Node, int] = {}

    def place(node: Node) -> int:
        """From the leaves up, in the order in which they are written; no deeper than the reader's limits."""
        if share and node in known:
            return known[node]
        below = tuple(map(place, node.children)) if free_variables(node) else ()
        nodes.append(_graph_node(node, below))
        known[node] = len(nodes) - 1
        return known[node]

    place(e.root)
    used = free_variables(e.root)
    return Graph(tuple(nodes), tuple(name for name in e.variables if name in used))


def _graph_node(node: Node, inputs: tuple[int, ...]) -> GraphNode:
    match node:
        case Variable(name):
            return GraphNode("letter", (), node, letter=name)
        case _ if not inputs:
            return GraphNode("constant", (), node, constant=float(Expression(node, ())()))
        case Call(function):
            return GraphNode(function, inputs, node)
        case Comparison(sign):
            return GraphNode(sign, inputs, node)
    return GraphNode(NAMES[type(node)], inputs, node)


def _double(tree: Node) -> Node:
    """What is undefined where a tree has no value, or one beyond the doubles: of that no slope is known."""
    return Subtract(tree, tree)


def _sum(terms: Sequence[Node]) -> Node:
    total: Node = ZERO
    for term in terms:
        total = term if total is ZERO else Add(total, term)
    return total


def _where(condition: Node | None, tree: Node) -> Node:
    return tree if condition is None else Piecewise(((condition, tree),), ZERO)


def _both(a: Node | None, b: Node | None) -> Node | None:
    """1 where both are; b is not asked where a is 0."""
    if a is None or b is None:
        return b if a is None else a
    return Piecewise(((a, b),), ZERO)


def _any(conditions: Sequence[Node | None]) -> Node | None:
    """1 where one of them is; None, which always is, if one is None."""
    total: Node | None = ZERO
    for condition in conditions:
        if condition is None:
            return None
        assert total is not None
        total = Piecewise(((condition, ONE),), total)
    return total
