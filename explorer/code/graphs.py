"""Programs that take a function apart: the sweeps over its graph, and the pieces of its increment."""

from __future__ import annotations

import math
from collections.abc import Mapping

from explorer.autodiff import Graph, graph_of
from explorer.autodiff.local import ONE, local_derivative_of, taken_of
from explorer.code.program import (
    Box,
    Program,
    curve_lines,
    derivable,
    each,
    exact,
    frame_lines,
    numbers_of,
    program,
)
from explorer.code.writing import JAX, NUMPY, SYMPY, write
from explorer.expression import Expression, Multiply, Node, Variable, tidied, with_children
from explorer.increments import Increment, slope

__all__ = ["chain_programs", "rules_programs"]

BACK = "# Back: slopes of the output; where one is used twice, its ways add."


def chain_programs(f: Expression, point: Mapping[str, float]) -> tuple[Program, ...]:
    """The value and the slopes by all letters: by SymPy, by the two sweeps written out, and by JAX's own sweep."""
    letters = f.variables
    values = [point[letter] for letter in letters]
    slopes = {f"df/d{letter}": f.derivative(letter)(*values) for letter in letters}
    numbers = numbers_of({"f": f(*values)} | slopes)
    symbols = ", ".join(letters)

    def with_sympy() -> Program:
        places = ", ".join(f"{letter}: {exact(point[letter])}" for letter in letters)
        lines = [
            f'{symbols} = sp.symbols("{" ".join(letters)}", real=True)',
            "formula = {0}",
            f"point = {{{places}}}",
            "",
        ]
        prints = {"f": "sp.N(formula.subs(point))"}
        prints |= {f"df/d{letter}": f"sp.N(sp.diff(formula, {letter}).subs(point))" for letter in letters}
        return program(SYMPY, [f.root], lines, prints, derivable(f, numbers, *slopes))

    def with_numpy() -> Program:
        start = [f"{letter} = np.float64({point[letter]!r})" for letter in letters]
        graph = graph_of(f)
        if any(_chooses(graph, k) for k in range(len(graph.nodes))):
            roots = [f.root, *(f.derivative(letter).root for letter in letters)]
            prints = {"f": "{0}"} | {f"df/d{letter}": f"{{{k}}}" for k, letter in enumerate(letters, 1)}
            texts = [write(root, NUMPY) for root in roots]
            named = {
                name: text.replace(f"{{{k}}}", texts[k].text) for k, (name, text) in enumerate(prints.items())
            }
            return program(NUMPY, roots, start, named, numbers)
        roots, lines, prints = _sweeps(graph)
        return program(NUMPY, roots, [*start, "", *lines], prints, numbers)

    def with_jax() -> Program:
        places = ", ".join(repr(value) for value in values)
        lines = [
            f"def formula({symbols}):",
            "    return {0}",
            "",
            "# One sweep back gives the slopes by all letters.",
            "# grad takes floats, 1.0 and not 1.",
            f"value, slopes = jax.value_and_grad(formula, argnums={tuple(range(len(letters)))!r})({places})",
        ]
        prints = {"f": "value"} | {f"df/d{letter}": f"slopes[{k}]" for k, letter in enumerate(letters)}
        return program(JAX, [f.root], lines, prints, numbers)

    return each(with_sympy, with_numpy, with_jax)


def _chooses(graph: Graph, k: int) -> bool:
    """Whether a node takes one of its inputs and leaves the others, which then may be undefined."""
    node = graph.nodes[k]
    inputs = [graph.nodes[below].tree for below in node.inputs]
    return any(
        taken_of(node.operation, inputs, node.tree, place) is not None
        for place, below in enumerate(node.inputs)
        if graph.moving[below]
    )


def _sweeps(graph: Graph) -> tuple[list[Node], list[str], dict[str, str]]:
    """The formulas, lines and prints of a sweep forward and one back; a node is a variable, named as its box is."""
    last = len(graph.nodes) - 1
    computed = [k for k, node in enumerate(graph.nodes) if node.inputs]
    boxes = {k: f"v{number}" for number, k in enumerate(computed, 1)} | {last: "f"}
    names = [node.letter or boxes.get(k, "") for k, node in enumerate(graph.nodes)]
    held: list[Node] = [
        node.tree if node.constant is not None else Variable(name)
        for node, name in zip(graph.nodes, names, strict=True)
    ]
    roots: list[Node] = []

    def placed(root: Node) -> str:
        roots.append(tidied(root))
        return f"{{{len(roots) - 1}}}"

    lines = ["# Forward: values, one operation a line."]
    for k, node in enumerate(graph.nodes):
        if node.inputs:
            own = with_children(node.tree, [held[below] for below in node.inputs])
            lines.append(f"{names[k]} = {placed(own)}")
    lines += ["", BACK, f"d_{names[last]} = np.float64(1)"]
    for k in reversed(range(last)):
        if not graph.moving[k]:
            continue
        ways = []
        for user, place in graph.uses[k]:
            node = graph.nodes[user]
            inputs = [held[below] for below in node.inputs]
            local = local_derivative_of(node.operation, inputs, Variable(names[user]), place)
            along = Variable(f"d_{names[user]}")
            ways.append(placed(along if local == ONE else Multiply(along, local)))
        lines.append(f"d_{names[k]} = {' + '.join(ways)}")
    prints = {"f": names[last]} | {f"df/d{letter}": f"d_{letter}" for letter in graph.letters}
    return roots, lines, prints


def rules_programs(
    part: Expression, increment: Increment, x0: float, h: float, box: Box | None = None
) -> tuple[Program, ...]:
    """What a part of the formula gains over an increment, in the pieces of its rule; divided by it, and the limit."""
    pieces = {f"{k}. {piece.name}": piece for k, piece in enumerate(increment.pieces, 1)}
    found = {"increment": increment.total, **{name: piece.value for name, piece in pieces.items()}}
    found["limit"] = slope(part)
    values = {name: one.over(("x0", "h"))(x0, h) for name, one in found.items()}
    quotient = float(values["increment"]) / h if h else math.nan
    numbers = numbers_of(values | {"divided by dx": quotient})
    roots = [part.root, *(tidied(piece.value.root) for piece in increment.pieces)]
    lost = 1e-16 * abs(float(part(x0))) / abs(h) if h else math.inf
    unsure = {"divided by dx", *pieces} if not lost <= 1e-11 * max(1.0, abs(quotient)) else set()
    rule = f"# {increment.rule}"

    def with_sympy() -> Program:
        lines = [
            'x, x0, h = sp.symbols("x x0 h", real=True)',
            "part = {0}",
            rule,
            *(f"piece_{k} = {{{k}}}" for k in range(1, len(roots))),
            f"here = {{x0: {exact(x0)}, h: {exact(h)}}}",
            "",
        ]
        increment_text = "(part.subs(x, x0 + h) - part.subs(x, x0))"
        prints = {"increment": f"sp.N({increment_text}.subs(here))"}
        prints |= {name: f"sp.N(piece_{k}.subs(here))" for k, name in enumerate(pieces, 1)}
        prints |= {
            "divided by dx": f"sp.N(({increment_text}/h).subs(here))",
            "limit": "sp.N(sp.diff(part, x).subs(x, x0).subs(here))",
        }
        return program(SYMPY, roots, lines, prints, derivable(part, numbers, "limit"), unsure=unsure)

    def with_numpy() -> Program:
        lines = [
            *("def part(x):", "    return {0}", ""),
            *("def slope(x):", f"    return {{{len(roots)}}}", ""),
            f"x0, h = np.float64({x0!r}), np.float64({h!r})",
            rule,
            *(f"piece_{k} = {{{k}}}" for k in range(1, len(roots))),
        ]
        picture = [
            *curve_lines("part", part, box),
            "secant = part(x0) + (part(x0 + h) - part(x0))/h*(xs - x0)",
            'plt.plot(xs, secant, "-.", color="#CC79A7", label="secant")',
            'plt.plot([x0, x0 + h], [part(x0), part(x0 + h)], "o", color="#CC79A7", markersize=10)',
            *frame_lines(box),
        ] if box else []  # fmt: skip
        both = [*roots, part.derivative().root]
        return program(NUMPY, both, lines, _prints(pieces, "slope(x0)"), numbers, picture=picture)

    def with_jax() -> Program:
        lines = [
            *("def part(x):", "    return {0}", ""),
            f"x0, h = jnp.float64({x0!r}), jnp.float64({h!r})",
            rule,
            *(f"piece_{k} = {{{k}}}" for k in range(1, len(roots))),
            "# grad takes floats: x0 is one.",
        ]
        return program(JAX, roots, lines, _prints(pieces, "jax.grad(part)(x0)"), numbers, unsure=unsure)

    return each(with_sympy, with_numpy, with_jax)


def _prints(pieces: Mapping[str, object], limit: str) -> dict[str, str]:
    increment = "part(x0 + h) - part(x0)"
    found = {"increment": increment} | {name: f"piece_{k}" for k, name in enumerate(pieces, 1)}
    return found | {"divided by dx": f"({increment})/h", "limit": limit}
