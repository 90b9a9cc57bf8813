"""Rules of differentiation as what they make of an increment: named pieces, of which some vanish in the limit."""

from explorer.increments.pieces import X0, H, Increment, Operand, Piece, Tone, here, made, rise, slope, there
from explorer.increments.rules import increment_of
from explorer.increments.ways import Way, below, moves, path_of, read_way, walk, way_of_path, way_text

__all__ = [
    "X0",
    "H",
    "Increment",
    "Operand",
    "Piece",
    "Tone",
    "Way",
    "below",
    "here",
    "increment_of",
    "made",
    "moves",
    "path_of",
    "read_way",
    "rise",
    "slope",
    "there",
    "walk",
    "way_of_path",
    "way_text",
]
