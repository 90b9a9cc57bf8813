"""Programs in Python that give the numbers on the screen, written from the expression tree."""

from explorer.code.programs import (
    Program,
    Walk,
    descent_programs,
    limit_programs,
    slope_programs,
    surface_programs,
)
from explorer.code.writing import LONGEST, NUMPY, SYMPY, Language, TooLongError, Writing, write

__all__ = [
    "LONGEST",
    "NUMPY",
    "SYMPY",
    "Language",
    "Program",
    "TooLongError",
    "Walk",
    "Writing",
    "descent_programs",
    "limit_programs",
    "slope_programs",
    "surface_programs",
    "write",
]
