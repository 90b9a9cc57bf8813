"""The steps of a sweep over a graph: which node has its value from which step on, and which its slope."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.figures.chain_words import Named
from explorer.figures.marks import Condition

__all__ = ["Walk", "exactly", "since"]


@dataclass(frozen=True, eq=False)
class Walk:
    """Values in the order of computation, then slopes in the reverse order."""

    named: Named

    @property
    def forward(self) -> int:
        """The step at which the output is known."""
        return len(self.named.operations)

    def value_at(self, k: int) -> int:
        """The step from which a node's value is known; 0 for letters."""
        operations = self.named.operations
        return 1 + operations.index(k) if k in operations else 0

    @property
    def receivers(self) -> tuple[int, ...]:
        """The nodes whose slopes are computed, in order: backward, the output excepted, whose slope is 1."""
        return self.named.drawn[-2::-1] or self.named.drawn

    def slope_at(self, k: int) -> int:
        """The step from which the derivative of the output by a node is known; f's own comes with the first."""
        receivers = self.receivers
        return self.forward + 1 + (receivers.index(k) if k in receivers else 0)

    @property
    def steps(self) -> int:
        """The last step."""
        return self.forward + len(self.receivers)


def exactly(step: int) -> Condition:
    """The condition that this is the present step."""
    return "step", float(step), float(step), "closed"


def since(step: int) -> tuple[Condition, ...]:
    """The condition that this step has been taken."""
    return (("step", float(step), None, "closed"),)
