"""What a preset, its facts and a challenge are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A number that the explorer must show: the value of f, f′ or f″ (order 0, 1, 2) at a point."""

    order: int
    at: float
    value: float


@dataclass(frozen=True)
class PlaneFact:
    """Numbers that the explorer must show at a point (x, y): the height and the gradient."""

    at: tuple[float, float]
    value: float
    gradient: tuple[float, float]


@dataclass(frozen=True)
class Preset:
    """A function worth exploring: what is typed, where the point starts, and what to look for.

    `x_window` and `y_window` are limits of the axes; None leaves the choice to the window's algorithm. `point` is where
    the letters of a formula in many of them start.
    """

    title: str
    formula: str
    look_for: str
    x0: float
    x_window: tuple[float, float] | None = None
    y_window: tuple[float, float] | None = None
    equal: bool = False
    facts: tuple[Fact, ...] = ()
    variables: tuple[str, ...] = ("x",)
    y0: float = 0.0
    plane_facts: tuple[PlaneFact, ...] = ()
    point: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Reason:
    """One "because…": right, wrong, or tempting and wrong; `says` answers whoever chose it."""

    text: str
    right: bool = False
    says: str = ""


@dataclass(frozen=True)
class Challenge:
    """A question about a function that is answered by moving a control or by choosing.

    Exactly one of `places` (intervals in which the control must be left), `value` and `choices` (the first is right;
    they are shown in another order) is given. `tolerance` is how far from a place or value an answer may be and still
    be right; without one, the ends of `open` places are wrong. `shows` are controls that the reveal sets besides,
    `sets` those that the question does; `switch` is turned on by both. About a vector function `second` is the other
    component. A wrong choice is answered first with its one of `hints`. Where `judged` names a quantity, that is what
    counts and not the control itself. The tangent at `tangent_at` stays in the picture while the point goes elsewhere.
    """

    question: str
    formula: str
    control: str
    reveal: str
    reasons: tuple[Reason, ...]
    start: float
    places: tuple[tuple[float, float], ...] = ()
    value: float | None = None
    tolerance: float = 0.0
    choices: tuple[str, ...] = ()
    shows: tuple[tuple[str, float], ...] = ()
    sets: tuple[tuple[str, float], ...] = ()
    switch: str = ""
    second: str = ""
    judged: str = ""
    open: bool = False
    tangent_at: float | None = None
    hints: tuple[str, ...] = ()
