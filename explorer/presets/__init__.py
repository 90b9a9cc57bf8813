"""The course's functions and questions as data, each with the facts that it illustrates.

The facts are recomputed from the course notes and checked by the tests against closed forms.
"""

from explorer.presets.chains import CHAIN_LETTERS, CHAINS
from explorer.presets.costs import HOUSES, PRODUCTS, Houses
from explorer.presets.course import COURSE, Stop
from explorer.presets.descents import DESCENT_CHALLENGES
from explorer.presets.limits import CAR, CAR_HEAD, LIMIT_CHALLENGES, LIMITS
from explorer.presets.plane import SURFACE_CHALLENGES, SURFACES
from explorer.presets.records import Challenge, Fact, PlaneFact, Preset, Reason
from explorer.presets.riddles import RIDDLES, Riddle
from explorer.presets.rows import DATA_SETS, DataSet
from explorer.presets.rules import RULES
from explorer.presets.slopes import SLOPE_CHALLENGES, SLOPES
from explorer.presets.two_classes import CLASS_SETS, ClassSet
from explorer.presets.two_features import FEATURE_SETS, FeatureSet
from explorer.presets.vectors import VECTOR_CHALLENGES, VECTORS, VectorPreset

__all__ = [
    "CAR",
    "CAR_HEAD",
    "CHAINS",
    "CHAIN_LETTERS",
    "CLASS_SETS",
    "COURSE",
    "DATA_SETS",
    "DESCENT_CHALLENGES",
    "FEATURE_SETS",
    "HOUSES",
    "LIMITS",
    "LIMIT_CHALLENGES",
    "PRODUCTS",
    "RIDDLES",
    "RULES",
    "SLOPES",
    "SLOPE_CHALLENGES",
    "SURFACES",
    "SURFACE_CHALLENGES",
    "VECTORS",
    "VECTOR_CHALLENGES",
    "Challenge",
    "ClassSet",
    "DataSet",
    "Fact",
    "FeatureSet",
    "Houses",
    "PlaneFact",
    "Preset",
    "Reason",
    "Riddle",
    "Stop",
    "VectorPreset",
]
