"""What went wrong in a learner's derivative: mistakes as a registry, and the search for what explains a line."""

from explorer.practice.brackets import bracketed, exponents_bracketed
from explorer.practice.diagnosis import Diagnosis, Placed, diagnose
from explorer.practice.mistakes import MISTAKES, Mistake
from explorer.practice.rewriting import NUMBER_OFF, REWRITINGS, Rewritten, rewritten

__all__ = [
    "MISTAKES",
    "NUMBER_OFF",
    "REWRITINGS",
    "Diagnosis",
    "Mistake",
    "Placed",
    "Rewritten",
    "bracketed",
    "diagnose",
    "exponents_bracketed",
    "rewritten",
]
