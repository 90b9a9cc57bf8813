"""The window that the learner moves, as the live figure is told of it."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.numeric import Window


@dataclass(frozen=True)
class Frame:
    """The axes x and y of a panel, as left, right, bottom, top; the scene keeps its identity while they move.

    `home` suits the function; `seen` is what the learner has made of it. Controls aligned with the panel reach as far
    as it does.
    """

    panel: str
    home: tuple[float, float, float, float]
    seen: tuple[float, float, float, float] | None = None
    equal: bool = False

    @property
    def window(self) -> Window:
        """The one that suits the function, however the learner has moved it."""
        left, right, bottom, top = self.home
        return Window((left, right), (bottom, top), self.equal)

    @property
    def shown(self) -> Window:
        """The one that is seen."""
        left, right, bottom, top = self.seen or self.home
        return Window((left, right), (bottom, top), self.equal)

    @property
    def text(self) -> str:
        """A window as a link holds it: four numbers, and “=” for equal scales; nothing for the usual one."""
        bounds = ",".join(f"{number:.12g}" for number in self.seen or ())
        return bounds + (",=" if bounds and self.equal else "")
