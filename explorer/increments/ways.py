"""The parts of a formula as they are chosen: by the way down from the whole, sums and products of many terms flat.

In a + b·c the way (2, 1) leads to b: the second term, and of that the first factor. Numbers count from 1, as written,
constants too. A link says "2.1". A tree's own paths count the children of its binary nodes from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.expression import (
    Add,
    Call,
    Divide,
    Multiply,
    Node,
    Path,
    Piecewise,
    Power,
    Subtract,
    Variable,
    free_variables,
    part_at,
)

__all__ = ["Way", "below", "moves", "path_of", "read_way", "walk", "way_of_path", "way_text"]

Way = tuple[int, ...]
DEEPEST = 40
"""Ways of links are no longer than a formula can be deep."""


@dataclass(frozen=True)
class Child:
    """A part directly below another: its path from that one, and whether it is subtracted."""

    path: Path
    node: Node
    minus: bool = False


def moves(node: Node) -> bool:
    """Whether a part changes with x."""
    return "x" in free_variables(node)


def below(node: Node) -> tuple[Child, ...]:
    """The parts directly below, in the order in which they are written; conditions are no parts."""
    match node:
        case Add() | Subtract():
            return tuple(_flat(node, (Add, Subtract)))
        case Multiply():
            return tuple(_flat(node, (Multiply,)))
        case Piecewise(branches, _):
            values = [2 * k + 1 for k in range(len(branches))]
            rest = [] if len(node.children) == 2 * len(branches) else [2 * len(branches)]
            return tuple(Child((k,), node.children[k]) for k in values + rest)
    return tuple(Child((k,), child) for k, child in enumerate(node.children))


def _flat(node: Node, kinds: tuple[type[Node], ...]) -> list[Child]:
    """The terms of a + b − c, which is (a + b) − c: those down the left side, and the right one of each."""
    found: list[Child] = []
    path: Path = ()
    while isinstance(node, kinds):
        found.append(Child((*path, 1), node.children[1], isinstance(node, Subtract)))
        node, path = node.children[0], (*path, 0)
    return [Child(path, node), *reversed(found)]


def path_of(root: Node, way: Way) -> Path:
    """The path in the tree at the end of a way. Raises IndexError where there is none."""
    path: Path = ()
    for number in way:
        children = below(part_at(root, path))
        if not 1 <= number <= len(children):
            raise IndexError("no such part")
        path = (*path, *children[number - 1].path)
    return path


def way_of_path(root: Node, path: Path) -> Way:
    """The way to the part at a path, or to the smallest part around it that can be chosen."""
    way: Way = ()
    here: Path = ()
    while here != path:
        children = below(part_at(root, here))
        inside = [
            k
            for k, child in enumerate(children, 1)
            if (*here, *child.path) == path[: len(here) + len(child.path)]
        ]
        if not inside:
            break
        here = (*here, *children[inside[0] - 1].path)
        way = (*way, inside[0])
    return way


def way_text(way: Way) -> str:
    """A way as a link says it: "2.1", and nothing for the whole."""
    return ".".join(map(str, way))


def read_way(root: Node, text: str) -> Way | None:
    """The way that a link's text says; None where it leads nowhere."""
    numbers = text.split(".") if text else []
    if len(numbers) > DEEPEST or not all(n.isascii() and n.isdigit() and len(n) <= 3 for n in numbers):
        return None
    way = tuple(int(number) for number in numbers)
    try:
        path_of(root, way)
    except IndexError:
        return None
    return way


def walk(root: Node) -> tuple[Way, ...]:
    """The parts that a derivation meets, in its order: a rule before the parts that it calls for, the whole first."""
    return tuple(_walk(root, ()))


def _walk(node: Node, way: Way) -> Iterator[Way]:
    yield way
    children = below(node)
    terms = isinstance(node, Add | Subtract | Piecewise) or (isinstance(node, Call) and len(children) > 1)
    for number, child in enumerate(children, 1):
        if not moves(node) or not (terms or moves(child.node)):
            continue
        # The table of functions of x itself ends there, but the factors and terms are each derived.
        if isinstance(child.node, Variable) and isinstance(node, Power | Call) and not terms:
            continue
        if isinstance(child.node, Variable) and isinstance(node, Multiply | Divide) and _one_moves(node):
            continue
        yield from _walk(child.node, (*way, number))


def _one_moves(node: Node) -> bool:
    return sum(moves(child.node) for child in below(node)) == 1
