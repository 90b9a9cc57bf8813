"""A control that counts steps: played, stepped and scrubbed."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.scene.scene import Control, Play
from explorer.scene.theme import Role


def iteration_control(steps: int, seconds: float, *, role: Role, unsaid_at: Mapping[str, float]) -> Control:
    """The present one of so many `steps`, which take so many `seconds` to be played."""
    return Control(
        name="step",
        label="step",
        unit=f"of {steps}",
        min=0.0,
        max=float(steps),
        value=0.0,
        step=1.0,
        quantum=1.0,
        decimals=0,
        role=role,
        kind="iteration",
        unsaid_at=unsaid_at,
        play=Play(seconds=seconds),
    )
