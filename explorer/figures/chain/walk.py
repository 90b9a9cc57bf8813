"""The steps of a sweep over a graph: which node has its value from which step on, and which its slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explorer.conditions import Condition, is_at, is_at_least, is_too_large
from explorer.figures.chain.words import Named
from explorer.scene.scene import Case

__all__ = ["Kind", "Walk", "exactly", "since"]

Kind = Literal["backward", "forward", "nudge"]


@dataclass(frozen=True, eq=False)
class Walk:
    """Values in the order of computation, then slopes of the output in the reverse order.

    Forward (and nudged) every node's slope by the letter `by` comes with its value instead.
    """

    named: Named
    kind: Kind = "backward"
    by: str = ""

    @property
    def back(self) -> bool:
        """Whether slopes flow back."""
        return self.kind == "backward"

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
        """The nodes whose slopes have steps of their own, in order; backward, all but the output, whose slope is 1."""
        if not self.back:
            return () if self.named.operations else self.named.drawn
        return self.named.drawn[-2::-1] or self.named.drawn

    def slope_at(self, k: int) -> int:
        """The step from which a node's slope is known; backward, that of f comes with the first."""
        if not self.back and self.named.operations:
            return self.value_at(k)
        receivers = self.receivers
        return self.forward + 1 + (receivers.index(k) if k in receivers else 0)

    @property
    def steps(self) -> int:
        """The last step."""
        return self.forward + len(self.receivers)

    def slope(self, k: int) -> str:
        """The name of a node's slope."""
        return self.named.slope(k) if self.back else f"∂{self.named.names[k]}/∂{self.by}"

    def ways(self, k: int) -> str:
        """A template of the sum that a node's slope is; nothing where it is known without one."""
        return self.named.ways(k) if self.back else self.named.inflow(k)

    def lost(self, k: int) -> tuple[Case, ...]:
        """That a node's slope is missing only because doubles end, where that is so."""
        slope, last = self.slope(k), len(self.named.graph.nodes) - 1
        if not self.named.traced or not self.named.operations:
            return ()
        return (
            Case(f"{slope} is too large for a double.", (is_too_large(f"d{k}"),)),
            Case(f"{slope} is lost: a number is too large for a double.", self.named.overflowed(last)),
        )

    def slopeless(self, k: int) -> tuple[Case, ...]:
        """Why a node has no slope, where it has none."""
        return self.named.slopeless(k) if self.back else self.named.tangentless(k, self.by)


def exactly(step: int) -> Condition:
    """The condition that this is the present step."""
    return is_at("step", float(step))


def since(step: int) -> tuple[Condition, ...]:
    """The condition that this step has been taken."""
    return (is_at_least("step", float(step)),)
