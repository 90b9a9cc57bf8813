"""What went wrong in a learner's derivative: mistakes as a registry, and the search for what explains a line."""

from explorer.practice.brackets import bracketed
from explorer.practice.diagnosis import Diagnosis, Placed, diagnose
from explorer.practice.mistakes import MISTAKES, Mistake
from explorer.practice.rewriting import REWRITINGS, Rewritten, rewritten

__all__ = [
    "MISTAKES",
    "REWRITINGS",
    "Diagnosis",
    "Mistake",
    "Placed",
    "Rewritten",
    "bracketed",
    "diagnose",
    "rewritten",
]
