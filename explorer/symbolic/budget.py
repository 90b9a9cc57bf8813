"""Why a formula is missing, in a learner's words."""

from __future__ import annotations

from enum import Enum

__all__ = ["OverBudget", "Reason"]


class Reason(Enum):
    """Why there is no formula; the value is the sentence for a learner."""

    TIME = "Simplifying this takes too long, so no formula is shown. Picture and numbers do not need it."
    MEMORY = (
        "Simplifying this takes too much memory, so no formula is shown. Picture and numbers do not need it."
    )
    LENGTH = "The formula is too long to be read, so it is not shown. Picture and numbers do not need it."
    BUSY = "Many formulas are being simplified just now. Picture and numbers do not need them."
    STARTING = (
        "The program that simplifies formulas is not ready just now. Picture and numbers do not need it."
    )
    REPLACED = "A newer formula took the place of this one."
    FAILED = "No simplified formula was found for this function. Picture and numbers do not need it."


class OverBudget(Exception):  # noqa: N818 - the public name says what happened
    """A formula is not available within the budget: a `.sentence` for the learner and its `.reason`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def sentence(self) -> str:
        """What to show instead of the formula."""
        return self.reason.value
