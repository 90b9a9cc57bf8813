"""Seeded random descents, and what the same run ten times as long says against a verdict.

The losses are families with coefficients of their own, well beyond the presets: bowls, wells, valleys, waves, kinks,
tails, poles and slopes without end, in one and in two variables.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from explorer.descent import OPTIMISERS, Behaviour, Outcome, Trajectory, descend
from explorer.descent.landscape import Landscape
from explorer.descent.trajectory import Ending, Path
from explorer.descent.walk import walk
from explorer.expression import Expression, parse

TIMES = 10
NEARBY = 0.01
"""What has converged stays so near, beside 1 + |w|."""

LINES = (
    "{a}(x-{c})^2",
    "{a}x^2+{b}|x-{c}|",
    "{a}x^4-{b}x^2+{c}x",
    "{a}(x-{c})^4",
    "x^6/{k}+{a}x^2",
    "sqrt((x-{c})^2+{a})",
    "ln(1+{a}(x-{c})^2)",
    "sin({k}x)+{a}x^2",
    "{a}x^2+cos({k}x+{c})",
    "{a}|x-{c}|",
    "|x-{c}|^1.5",
    "e^({a}x)-{b}x",
    "cosh({a}x)+{c}x",
    "{a}x+{b}/x",
    "x ln(x)-{a}x",
    "{a}/(1+e^(-x))",
    "-{a}e^(-(x-{c})^2)",
    "{a}x^3-{b}x",
    "{x<{c}: {a}({c}-x), {b}(x-{c})^2}",
    "max({a}x^2, {b}(x-{c}))",
    "ln(1+e^(-{b}x))+{a}x^2",
    "tanh({a}x-{c})^2",
    "{a}cos({k}x)",
    "{a}x",
    "x^2/(1+{a}x^2)",
    "arctan({b}x)^2+{a}x^2",
    "{a}-ln(x)+{b}x",
    "cbrt(x-{c})^2",
)
PLANES = (
    "{a}x^2+{b}y^2",
    "{a}x^2+{b}y^2+{c}x y",
    "({c}-x)^2+{k}(y-x^2)^2",
    "(x^2+y-{b})^2+(x+y^2-{a})^2",
    "{a}x^2+{b}y^2-cos({k}x)-cos({k}y)",
    "{a}x^2-{b}y^2",
    "{a}|x|+{b}|y|",
    "{a}x^4+{b}y^4",
    "{a}x^2+{b}y^4",
    "sin(x)cos({a}y)",
    "ln(e^x+e^y+e^(-x-{b}y))",
    "ln(1+e^(-x-{a}y))+ln(1+e^({b}x-y))",
    "sqrt({a}x^2+{b}y^2+1)",
    "sqrt({a}x^2+{b}y^2)",
    "({a}x y-1)^2",
    "2x^2-1.05x^4+x^6/6+x y+{a}y^2",
    "sin(x+y)+(x-y)^2-{a}x+{b}y",
    "x^2 y^2+{a}x^2",
    "-{a}e^(-x^2-{b}y^2)",
    "(x^2+y^2-{a})^2",
    "x^2+{k}y^2",
    "|x-{c}|+{a}y^2",
    "{a}x^2+{b}y",
    "(x-y)^2+e^({a}x)",
    "ln(1+{k}x^2+{a}y^2)",
)


@dataclass(frozen=True)
class Run:
    """One descent to be judged and to be walked on."""

    optimiser: str
    loss: Expression
    start: tuple[float, ...]
    rate: float
    steps: int
    settings: tuple[tuple[str, float], ...]

    def __str__(self) -> str:
        settings = "".join(f", {name} {value:g}" for name, value in self.settings)
        return f"{self.optimiser} on {self.loss.text} from {self.start}, η {self.rate:g}{settings}, {self.steps} steps"

    def judged(self) -> Trajectory:
        """The run with its verdict."""
        return descend(self.optimiser, self.loss, self.start, self.rate, self.steps, **dict(self.settings))

    def walked_on(self) -> Path:
        """The same run ten times as long, which nobody judges."""
        row = OPTIMISERS[self.optimiser]
        values = row.resolve(dict(self.settings))
        return walk(Landscape(self.loss), row, values, self.start, self.rate, max_steps=TIMES * self.steps)


def random_runs(count: int, seed: int) -> Iterator[Run]:
    """So many runs, always the same: every optimiser in turn, half of them in two variables."""
    random = np.random.default_rng(seed)
    names = tuple(OPTIMISERS)
    for number in range(count):
        plane = bool(random.integers(2))
        yield Run(
            optimiser=names[number % len(names)],
            loss=_loss(random, plane),
            start=tuple(random.uniform(-4, 4, 1 + plane).round(2).tolist()),
            rate=float(f"{10 ** random.uniform(-3, 0.5):.3g}"),
            steps=int(random.integers(20, 201)),
            settings=tuple(_settings(random, names[number % len(names)])),
        )


def _loss(random: np.random.Generator, plane: bool) -> Expression:
    text = str(random.choice(PLANES if plane else LINES))
    for letter, value in (
        ("a", 10 ** random.uniform(-1, 0.8)),
        ("b", 10 ** random.uniform(-0.7, 0.7)),
        ("c", random.uniform(-2, 2)),
        ("k", random.uniform(2, 30)),
    ):
        text = text.replace(f"{{{letter}}}", f"({value:.2f})")
    return parse(text, ("x", "y")[: 1 + plane])


def _settings(random: np.random.Generator, optimiser: str) -> Iterator[tuple[str, float]]:
    """Half of all runs have settings of their own."""
    if random.integers(2):
        return
    for setting in OPTIMISERS[optimiser].settings:
        if setting.scale == "log":
            yield setting.name, float(f"{10 ** random.uniform(-10, -1):.2g}")
        else:
            yield setting.name, float(f"{min(1 - 10 ** random.uniform(-3, -0.3), setting.high):.4g}")
    if OPTIMISERS[optimiser].modifiers:
        yield "decay", float(random.choice([0, 0, 0.01, 0.3]))
        yield "backtracking", float(random.choice([0, 0, 0, 1]))
        yield "noise", float(random.choice([0, 0, 0, 0.5]))


def contradiction(path: Trajectory, far: Path) -> str:
    """What the longer run says against the verdict; empty where it bears it out.

    A path that cannot go on (out of the domain, no gradient, numbers too large) promises nothing of later steps.
    """
    said = path.outcome, path.behaviour
    ahead = far.points[len(path.points) - 1 :]
    if path.next_step is None or len(ahead) < 2:
        return ""
    lost = far.ending in {Ending.OVERFLOW, Ending.OUTSIDE}
    away = np.inf if lost else float(np.abs(ahead - path.points[-1]).max())
    room = 1 + float(np.abs(path.points[-1]).max())
    if path.outcome is Outcome.CONVERGED:
        return f"away by {away:.3g}" if away > NEARBY * room else ""
    if path.outcome is Outcome.CYCLING:
        return _broken_cycle(path, far)
    if path.outcome is Outcome.DIVERGED:
        return "" if lost else _come_back(path, far)
    if said[1] in {Behaviour.CRAWLING, Behaviour.UNFINISHED, Behaviour.SLIDING}:
        extent = float(np.linalg.norm(np.ptp(path.points, axis=0)))
        if far.ending is Ending.OVERFLOW:
            return "diverges"
        # After an excursion thousands wide its thousandth part is a way that it may well crawl along.
        scale = min(extent, room)
        if away <= 1e-3 * scale and float(np.linalg.norm(path.next_step)) <= 1e-6 * scale:
            return f"was there: away by {away:.3g} at most"
        if _repeats(far.points, path):
            return "was in a cycle"
    return ""


def _broken_cycle(path: Trajectory, far: Path) -> str:
    if len(far.points) <= TIMES * (len(path.points) - 1):
        return f"ended: {far.ending.value}"
    period = path.period
    swing = float(np.linalg.norm(np.ptp(path.points[-period:], axis=0)))
    last, before = far.points[-period:], far.points[-2 * period : -period]
    kept = float(np.linalg.norm(np.ptp(last, axis=0)))
    if not 0.5 * swing <= kept <= 2 * swing:
        return f"the swing of {swing:.3g} becomes {kept:.3g}"
    misfit = float(np.linalg.norm(last - before, axis=1).max())
    return f"misses its period {period} by {misfit:.3g} of {kept:.3g}" if misfit > 0.01 * kept else ""


def _come_back(path: Trajectory, far: Path) -> str:
    """Whether it is nearer to its start in the end than when it was said to diverge, or rests, and its loss as well.

    What falls into a pole comes nearer and nearer to it while its loss falls without end.
    """
    start, steps = path.points[0], len(path.points) - 1
    farthest = float(np.abs(path.points - start).max())
    finally_ = float(np.abs(far.points[-steps:] - start).max())
    if finally_ < farthest:
        return f"came back: {finally_:.3g} from its start, {farthest:.3g} before"
    if far.losses[-1] < 2 * min(float(path.losses[-1]), -1.0):
        return ""
    rests = float(np.abs(far.points[-steps:] - far.points[-1]).max())
    return f"rests at {far.points[-1]}" if rests <= 1e-6 * (1 + farthest) else ""


def _repeats(points: np.ndarray, path: Trajectory) -> bool:
    """Whether the longer run ends on the very iterates of the path's end, in turns."""
    for period in range(2, 9):
        last, before, then = points[-period:], points[-2 * period : -period], path.points[-period:]
        swing = float(np.linalg.norm(np.ptp(last, axis=0)))
        if len(then) < period or len(before) < period or swing == 0:
            return False
        if np.abs(last - before).max() <= 1e-9 * swing:
            distances = np.linalg.norm(then[:, None] - last[None], axis=2).min(axis=1)
            return bool(distances.max() <= 1e-6 * swing)
    return False
