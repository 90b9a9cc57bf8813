"""What each way to a gradient costs, in elementary operations of one graph."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.autodiff.graph import Graph

__all__ = ["Counts", "counts_of"]


@dataclass(frozen=True)
class Counts:
    """Operations, each a value or one product with a local derivative on an edge.

    `values` computes the output once. `backward` gives the derivatives by all letters: all values, then one product on
    each edge. `forward` does the same for every letter, `differences` is two outputs for every letter.
    """

    values: int
    edges: int
    letters: int

    @property
    def backward(self) -> int:
        """One forward run and one backward sweep."""
        return self.values + self.edges

    @property
    def forward(self) -> int:
        """One forward run, and one sweep of tangents for each letter."""
        return self.values + self.letters * self.edges

    @property
    def differences(self) -> int:
        """(f(a + h) − f(a − h))/2h for each letter."""
        return 2 * self.letters * self.values


def counts_of(graph: Graph) -> Counts:
    """The counts for one graph."""
    return Counts(
        values=sum(bool(node.inputs) for node in graph.nodes),
        edges=len(graph.locals),
        letters=len(graph.letters),
    )
