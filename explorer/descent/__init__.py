"""Descents: optimisers, trajectories with an outcome and its reason, stability, maps, problems."""

from .landscape import gradient_tape, hessian_tape
from .maps import Band, Basins, Progress, RateMap, basins, map_basins, rate_map
from .optimiser import Optimiser, Setting
from .race import Entrant, Result, race
from .registry import OPTIMISERS, find_optimiser, live_settings
from .stability import Stability, as_known, round_down, stability
from .summed import Summed, bends_of_a_row, slopes_of_a_row, value_of_a_row
from .trajectory import Behaviour, Outcome, Trajectory
from .walk import descend
from .wording import number, place

__all__ = [
    "OPTIMISERS",
    "Band",
    "Basins",
    "Behaviour",
    "Entrant",
    "Optimiser",
    "Outcome",
    "Progress",
    "RateMap",
    "Result",
    "Setting",
    "Stability",
    "Summed",
    "Trajectory",
    "as_known",
    "basins",
    "bends_of_a_row",
    "descend",
    "find_optimiser",
    "gradient_tape",
    "hessian_tape",
    "live_settings",
    "map_basins",
    "number",
    "place",
    "race",
    "rate_map",
    "round_down",
    "slopes_of_a_row",
    "stability",
    "value_of_a_row",
]
