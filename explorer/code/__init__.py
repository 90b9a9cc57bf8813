"""Programs in Python that give the numbers on the screen, written from the expression tree."""

from explorer.code.costs import Houses, house_programs
from explorer.code.program import Program
from explorer.code.slopes import limit_programs, slope_programs, surface_programs
from explorer.code.walks import Walk, descent_programs
from explorer.code.writing import LONGEST, NUMPY, SYMPY, Language, TooLongError, Writing, write

__all__ = [
    "LONGEST",
    "NUMPY",
    "SYMPY",
    "Houses",
    "Language",
    "Program",
    "TooLongError",
    "Walk",
    "Writing",
    "descent_programs",
    "house_programs",
    "limit_programs",
    "slope_programs",
    "surface_programs",
    "write",
]
