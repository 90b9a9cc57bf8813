"""What a scene asks of a learner: sketches, challenges with their reasons, and the stages of a teacher's story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from explorer.conditions import Condition, Quantity
from explorer.scene.live_text import Cases
from explorer.scene.wire import UNSAID


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """The learner drags points at `places` to where they believe `function` to be; `reveals` is then switched on."""

    panel: str
    function: str
    places: tuple[float, ...]
    question: str
    reveals: str
    axes: tuple[str, str] = ("x", "y2")
    label: str = "Sketch it first"


@dataclass(frozen=True)
class Reason:
    """A reason for a challenge's answer; one of three is the tempting wrong one, and `says` tells why."""

    text: str
    right: bool
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """A question, the learner's commitment, the reveal, and the reasons.

    kind "place": the answer is where `control` (or any quantity) is left; right in one of `intervals` (low, high), or
    no farther from one than `tolerance`; the ends of `open` ones do not count. "choice": one of `choices`, `choice` is
    the right one. `start` is set when the challenge is opened; `reveal` when it is answered, and then the control
    `plays` is played. It is about what stands while `when` holds, and put away while it does not. A first wrong answer
    gets one of `hints` and another try: for a place that the answer lies lower, or higher, with "{far}" as one of three
    words; for a choice what is said of each. Without hints there is one try.
    """

    name: str
    question: str
    kind: Literal["place", "choice"]
    answer_text: str
    reasons: tuple[Reason, ...]
    control: str | None = None
    intervals: tuple[tuple[float, float], ...] = ()
    choices: tuple[str, ...] = ()
    choice: int | None = None
    tolerance: float = 0.0
    open: bool = False
    start: Mapping[str, float] = field(default_factory=dict)
    start_toggles: Mapping[str, bool] = field(default_factory=dict)
    reveal: Mapping[str, float] = field(default_factory=dict)
    reveal_toggles: Mapping[str, bool] = field(default_factory=dict)
    plays: str | None = None
    hints: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    when: tuple[Condition, ...] = field(default=(), metadata=UNSAID)


@dataclass(frozen=True)
class Stage:
    """One stage of the story that a teacher pages through in the Present view.

    The controls stand where they stood when the story was entered, but for those that it sets: to a number, or to where
    a quantity is by then. One that `asks` hides what would answer it until the next key: then `answer` takes the place
    of `text`, where there is one, and `shows` is set; what the readouts `tells` say follows it. Words may depend on
    where everything stands: they say nothing that does not hold there.
    """

    text: Cases
    controls: Mapping[str, Quantity] = field(default_factory=dict, metadata=UNSAID)
    toggles: Mapping[str, bool] = field(default_factory=dict, metadata=UNSAID)
    asks: bool = field(default=False, metadata=UNSAID)
    answer: Cases = field(default="", metadata=UNSAID)
    shows: Mapping[str, Quantity] = field(default_factory=dict, metadata=UNSAID)
    tells: tuple[str, ...] = field(default=(), metadata=UNSAID)
