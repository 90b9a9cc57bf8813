"""Descents: optimisers, trajectories with an outcome and its reason, stability, maps, problems."""

from .landscape import gradient_tape, hessian_tape
from .optimiser import Optimiser, Setting
from .reasons import number, place
from .registry import OPTIMISERS, find_optimiser
from .stability import Stability, round_down, stability
from .trajectory import Behaviour, Outcome, Trajectory
from .walk import descend

__all__ = [
    "OPTIMISERS",
    "Behaviour",
    "Optimiser",
    "Outcome",
    "Setting",
    "Stability",
    "Trajectory",
    "descend",
    "find_optimiser",
    "gradient_tape",
    "hessian_tape",
    "number",
    "place",
    "round_down",
    "stability",
]
