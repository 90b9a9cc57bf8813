"""Programs in Python that give the numbers on the screen, written from the expression tree."""

from explorer.code.arrived import Walk
from explorer.code.classes import class_programs, features_programs
from explorer.code.costs import Houses, coin_programs, house_programs, product_programs
from explorer.code.graphs import chain_programs, rules_programs
from explorer.code.notebook import notebook
from explorer.code.program import POINTS, Box, Program
from explorer.code.slopes import (
    check_programs,
    jacobian_programs,
    limit_programs,
    slope_programs,
    surface_programs,
)
from explorer.code.tables import table_programs
from explorer.code.walks import descent_programs, regression_programs
from explorer.code.writing import (
    JAX,
    LANGUAGES,
    LONGEST,
    NUMPY,
    SYMPY,
    Language,
    TooLongError,
    Writing,
    write,
)

__all__ = [
    "JAX",
    "LANGUAGES",
    "LONGEST",
    "NUMPY",
    "POINTS",
    "SYMPY",
    "Box",
    "Houses",
    "Language",
    "Program",
    "TooLongError",
    "Walk",
    "Writing",
    "chain_programs",
    "check_programs",
    "class_programs",
    "coin_programs",
    "descent_programs",
    "features_programs",
    "house_programs",
    "jacobian_programs",
    "limit_programs",
    "notebook",
    "product_programs",
    "regression_programs",
    "rules_programs",
    "slope_programs",
    "surface_programs",
    "table_programs",
    "write",
]
