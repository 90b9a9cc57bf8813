"""Programs that walk: a descent, step by step, by the update of its optimiser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from explorer.code.program import Program, each, is_step, numbers_of, program
from explorer.code.writing import NUMPY, SYMPY, write
from explorer.descent import OPTIMISERS, Trajectory
from explorer.expression import Expression

__all__ = ["Walk", "descent_programs"]


@dataclass(frozen=True)
class Walk:
    """A descent as it stands in the figure: its path, and the `steps` of it that are shown (0: all)."""

    loss: Expression
    path: Trajectory
    optimiser: str
    rate: float
    settings: Mapping[str, float]
    steps: int = 0

    @property
    def shown(self) -> int:
        """How many steps the program is to take."""
        return self.steps if 0 < self.steps < len(self.path.points) else len(self.path.points) - 1

    @property
    def is_short(self) -> bool:
        """Whether a few lines make its steps: an update of its own, and nothing that changes the rate."""
        row = OPTIMISERS[self.optimiser]
        modified = any(self.settings.get(one.name) for one in row.modifiers if one.name != "seed")
        return row.update is not None and not modified


def descent_programs(walk: Walk) -> tuple[Program, ...]:
    """Where the path stands after its steps, and its loss there; the update is written from the optimiser's row."""
    loss, names = walk.loss, walk.loss.variables
    if not walk.is_short:
        why = "Newton's method and steps with decay, noise or backtracking take more than a short program."
        return tuple(Program(language.name, "", why=why) for language in (SYMPY, NUMPY))
    point = map(float, walk.path.points[walk.shown])
    where = dict(zip(("w",) if len(names) == 1 else names, point, strict=True))
    numbers = numbers_of({**where, "loss": walk.path.losses[walk.shown]})
    symbols = ", ".join(names)
    prints = {name: f"w[{k}]" for k, name in enumerate(where)} | {"loss": "loss(*w)"}

    def with_sympy() -> Program:
        if is_step(loss):
            return Program(SYMPY.name, "", why="SymPy has no derivative of ⌊u⌋: see the program for NumPy.")
        lines = [
            f'{symbols} = sp.symbols("{" ".join(names)}", real=True)',
            "f = {0}",
            "# An expression is no function of numbers: lambdify makes one of it.",
            f'loss = sp.lambdify([{symbols}], f, "numpy")',
            f'gradient = sp.lambdify([{symbols}], [sp.diff(f, one) for one in [{symbols}]], "numpy")',
            "",
            *_loop(walk, "np.array(gradient(*w))"),
        ]
        return program(SYMPY, [loss.root], lines, prints, numbers, more=("import numpy as np",))

    def with_numpy() -> Program:
        slopes = ", ".join(f"{{{k}}}" for k in range(1, len(names) + 1))
        lines = [
            *(f"def loss({symbols}):", "    return {0}", ""),
            *(f"def gradient({symbols}):", f"    return np.array([{slopes}])", ""),
            *_loop(walk, "gradient(*w)"),
        ]
        roots = [loss.root, *(loss.derivative(name).root for name in names)]
        return program(NUMPY, roots, lines, prints, numbers)

    return each(with_sympy, with_numpy)


def _loop(walk: Walk, gradient: str) -> list[str]:
    """The steps as a loop; all of the memory changes at once, from what it was."""
    row = OPTIMISERS[walk.optimiser]
    assert row.update is not None
    held = [f"m{k}" for k in range(1, len(row.initial) + 1)]
    *memory, slope, rate = map(Expression.variable, (*held, "g", "rate"))
    chosen = [Expression.number(walk.settings.get(one.name, one.default)) for one in row.settings]
    after, step = row.update(tuple(memory), slope, rate, *chosen)
    start = [float(value) for value in walk.path.points[0]]
    change = f"    {', '.join(held)} = {', '.join(write(one.root, NUMPY).text for one in after)}"
    return [
        f"w, rate = np.array({start!r}), {walk.rate!r}",
        *(
            f"{name} = np.full({len(start)}, {value!r})"
            for name, value in zip(held, row.initial, strict=True)
        ),
        f"for _ in range({walk.shown}):",
        f"    g = {gradient}",
        f"    step = {write(step.root, NUMPY).text}",
        *([change] if held else []),
        "    w = w + step",
    ]
