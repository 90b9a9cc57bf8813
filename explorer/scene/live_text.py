"""Live text: templates of which the first that holds is shown."""

from __future__ import annotations

from dataclasses import dataclass, field

from explorer.conditions import Condition
from explorer.scene.wire import UNSAID


@dataclass(frozen=True)
class Case:
    """A template and the conditions under which it is shown."""

    text: str
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)


Cases = str | tuple[Case, ...]
