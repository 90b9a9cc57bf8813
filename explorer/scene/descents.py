"""A descent as a part of a scene: the loss, the rules and the settings that the browser walks by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from explorer.conditions import Condition, Quantity
from explorer.expression import Tape
from explorer.scene.wire import UNSAID


@dataclass(frozen=True)
class Valley:
    """A loss for the browser's descents: tapes of its value, value and slopes, second derivatives; poles and gaps.

    Their variables are the coordinates, then one for each of the quantities that are `given` besides, such as data.
    With `rows`, letters of the scene's columns, the last variables are a row's, and the loss is the mean over them.
    A `quadratic` has the same second derivatives everywhere. Where its `minimum` is among the quantities, the tape of
    second derivatives tells their `determinant` too: of their own doubles rounding may leave nothing.
    """

    value: Tape
    gradient: Tape
    hessian: Tape
    seams: bool = field(default=False, metadata=UNSAID)
    quadratic: bool = field(default=False, metadata=UNSAID)
    minimum: tuple[Quantity, ...] = field(default=(), metadata=UNSAID)
    walls: tuple[tuple[float, int], ...] = ()
    given: tuple[Quantity, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """An optimiser's rule for one coordinate as a tape, None for Newton's; its first memory; its bound c/λmax.

    The tape is in `gradient`, `rate`, the memory and the settings; its outputs are the step and the new memory.
    One with a memory, or with a rate that decays, is watched for longer than its steps before it is judged.
    """

    tape: Tape | None
    memory: tuple[float, ...]
    bound: Tape | None


@dataclass(frozen=True)
class Ruling:
    """A row of the table of verdicts: numbers of outcome and behaviour, and the measures that they take."""

    outcome: int
    behaviour: int
    when: tuple[Condition, ...]
    kink: bool


@dataclass(frozen=True, kw_only=True)
class Descent:
    """A descent that is walked anew in every frame; its quantities are called `<name>_<word>` (no "_" in the name).

    The optimiser is the name of one of the `rules`, or with `group` the name of the switch of that group which is on.
    `settings` holds for each rule its settings as quantities; "switch:name" is 1 while that switch is on. At most
    `steps` steps are taken and `budget` gradients evaluated; the quantity `step` says which iterate is the present
    one. The path is judged by the first of the `verdicts` that holds; without any it is not. `lowest` is the least
    loss known; `fresh` the controls' values at which nothing has been touched yet.
    """

    name: str
    landscape: Valley
    start: tuple[Quantity, ...]
    rate: Quantity
    step: Quantity
    steps: int
    optimiser: str = "gd"
    group: str | None = None
    rules: Mapping[str, Rule] = field(default_factory=dict)
    verdicts: tuple[Ruling, ...] = ()
    settings: Mapping[str, Mapping[str, Quantity]] = field(default_factory=dict)
    budget: int | None = None
    lowest: Quantity = 0.0
    fresh: Mapping[str, float] = field(default_factory=dict)
