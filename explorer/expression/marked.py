"""A formula typeset with marks on single occurrences: each by its path, so that one x of three can be pointed at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.expression.printing import Path
from explorer.expression.rebuild import with_children
from explorer.expression.tree import Node, Pending
from explorer.expression.typesetting import wrapped_mathml

NAMED = re.compile(r"[A-Za-z0-9._]*")

__all__ = ["Mark", "marked_mathml", "places_of"]


@dataclass(frozen=True)
class Mark:
    """What is marked at a place: `part` names it for whoever chooses it, `role` is its colour."""

    part: str | None = None
    role: str | None = None

    @property
    def attributes(self) -> str:
        """The mark as attributes of a row."""
        given = {"data-part": self.part, "data-role": self.role}
        if not all(NAMED.fullmatch(value) for value in given.values() if value is not None):
            raise ValueError("a mark is named by letters, digits, dots and low lines")
        return "".join(f' {name}="{value}"' for name, value in given.items() if value is not None)


def marked_mathml(root: Node, marks: Mapping[Path, Mark]) -> str:
    """A <math> element in which each marked part is a row with `data-part` and `data-role`.

    Raises ValueError where a mark is named by other signs than letters, digits, dots and low lines.
    """
    tree, places = _apart(root)
    return wrapped_mathml(tree, {places[path]: mark.attributes for path, mark in marks.items()})


def places_of(root: Node, wanted: Sequence[Node]) -> dict[Path, Node]:
    """Where the wanted nodes stand in a tree: the outermost places, nothing within another one that is wanted."""
    found: dict[Path, Node] = {}
    waiting: list[tuple[Path, Node]] = [((), root)]
    for path, node in waiting:  # grows by the children of what it has come to
        if node in wanted:
            found[path] = node
        else:
            waiting.extend(((*path, k), child) for k, child in enumerate(node.children))
    return found


def _apart(root: Node) -> tuple[Node, dict[Path, int]]:
    """The same tree in which every occurrence is a node of its own, and their ids by their paths."""
    places: dict[Path, int] = {}

    def copied(node: Node, path: Path) -> Node:
        children = [copied(child, (*path, k)) for k, child in enumerate(node.children)]
        if isinstance(node, Pending):
            copy: Node = Pending(children[0], node.variable, node.partial)
        else:
            copy = with_children(node, children) if children else type(node)(*node.parts)
        places[path] = id(copy)
        return copy

    return copied(root, ()), places
