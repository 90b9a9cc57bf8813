"""The graph of an expression: values forward, derivatives backward, and tangents of one letter."""

from explorer.autodiff.counts import Counts, counts_of
from explorer.autodiff.graph import Graph, GraphNode, graph_of
from explorer.autodiff.local import LOCALS, Local

__all__ = ["LOCALS", "Counts", "Graph", "GraphNode", "Local", "counts_of", "graph_of"]
