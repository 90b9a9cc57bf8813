"""The shortest programs that give the numbers on the screen, each with the numbers that it prints."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from explorer.code.writing import NUMPY, SYMPY, Language, TooLongError, Writing, write
from explorer.descent import OPTIMISERS, Trajectory
from explorer.expression import Expression, Node

__all__ = ["Program", "Walk", "descent_programs", "limit_programs", "slope_programs", "surface_programs"]


@dataclass(frozen=True)
class Program:
    """A program in a library's words, and the numbers that it prints in order; `why` there is none, if so."""

    library: str
    text: str
    prints: tuple[tuple[str, float], ...] = ()
    why: str = ""


def slope_programs(f: Expression, x0: float) -> tuple[Program, ...]:
    """The value and the slope at x₀: SymPy derives f, NumPy computes the derivative that the rules give."""
    slope = f.derivative()
    prints = _numbers({"f(x0)": f(x0), "slope": slope(x0)})

    def with_sympy() -> Program:
        return _program(
            SYMPY,
            [f.root],
            ['x = sp.Symbol("x", real=True)', "f = {0}", f"x0 = {_exact(x0)}", ""],
            {"f(x0)": "sp.N(f.subs(x, x0))", "slope": "sp.N(sp.diff(f, x).subs(x, x0))"},
            _derivable(f, prints, "slope"),
        )

    def with_numpy() -> Program:
        lines = [
            "def f(x):",
            "    return {0}",
            "",
            "def slope(x):",
            "    return {1}",
            "",
            f"x0 = np.float64({x0!r})",
        ]
        return _program(NUMPY, [f.root, slope.root], lines, {"f(x0)": "f(x0)", "slope": "slope(x0)"}, prints)

    return _each(with_sympy, with_numpy)


def limit_programs(f: Expression, x0: float, h: float) -> tuple[Program, ...]:
    """The average slope from x₀ over h, and the slope that it heads for."""
    start, end = float(f(x0)), float(f(x0 + h))
    quotient = (end - start) / h if h else math.nan
    prints = _numbers({"average slope": quotient, "slope": f.derivative()(x0)})

    def with_sympy() -> Program:
        return _program(
            SYMPY,
            [f.root],
            ['x = sp.Symbol("x", real=True)', "f = {0}", f"x0, h = {_exact(x0)}, {_exact(h)}", ""],
            {
                "average slope": "sp.N((f.subs(x, x0 + h) - f.subs(x, x0))/h)",
                "slope": "sp.N(sp.diff(f, x).subs(x, x0))",
            },
            _derivable(f, prints, "slope"),
        )

    def with_numpy() -> Program:
        return _program(
            NUMPY,
            [f.root],
            ["def f(x):", "    return {0}", "", f"x0, h = np.float64({x0!r}), np.float64({h!r})"],
            {"average slope": "(f(x0 + h) - f(x0))/h"},
            prints,
        )

    return _each(with_sympy, with_numpy)


def surface_programs(f: Expression, x0: float, y0: float) -> tuple[Program, ...]:
    """F(x, y) and both partial derivatives at a point."""
    partials = [f.derivative("x"), f.derivative("y")]
    prints = _numbers({"f": f(x0, y0), "df/dx": partials[0](x0, y0), "df/dy": partials[1](x0, y0)})

    def with_sympy() -> Program:
        return _program(
            SYMPY,
            [f.root],
            [
                'x, y = sp.symbols("x y", real=True)',
                "f = {0}",
                f"point = {{x: {_exact(x0)}, y: {_exact(y0)}}}",
                "",
            ],
            {
                "f": "sp.N(f.subs(point))",
                "df/dx": "sp.N(sp.diff(f, x).subs(point))",
                "df/dy": "sp.N(sp.diff(f, y).subs(point))",
            },
            _derivable(f, prints, "df/dx", "df/dy"),
        )

    def with_numpy() -> Program:
        return _program(
            NUMPY,
            [f.root, *(partial.root for partial in partials)],
            [
                *("def f(x, y):", "    return {0}", ""),
                *("def along_x(x, y):", "    return {1}", ""),
                *("def along_y(x, y):", "    return {2}", ""),
                f"point = np.float64({x0!r}), np.float64({y0!r})",
            ],
            {"f": "f(*point)", "df/dx": "along_x(*point)", "df/dy": "along_y(*point)"},
            prints,
        )

    return _each(with_sympy, with_numpy)


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
    numbers = _numbers({**where, "loss": walk.path.losses[walk.shown]})
    symbols = ", ".join(names)
    prints = {name: f"w[{k}]" for k, name in enumerate(where)} | {"loss": "loss(*w)"}

    def with_sympy() -> Program:
        if _is_step(loss):
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
        return _program(SYMPY, [loss.root], lines, prints, numbers, more=("import numpy as np",))

    def with_numpy() -> Program:
        slopes = ", ".join(f"{{{k}}}" for k in range(1, len(names) + 1))
        lines = [
            *(f"def loss({symbols}):", "    return {0}", ""),
            *(f"def gradient({symbols}):", f"    return np.array([{slopes}])", ""),
            *_loop(walk, "gradient(*w)"),
        ]
        roots = [loss.root, *(loss.derivative(name).root for name in names)]
        return _program(NUMPY, roots, lines, prints, numbers)

    return _each(with_sympy, with_numpy)


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


def _numbers(values: Mapping[str, object]) -> dict[str, float]:
    """Those that are known at this point."""
    numbers = {name: float(value) for name, value in values.items()}  # type: ignore[arg-type]
    return {name: number for name, number in numbers.items() if math.isfinite(number)}


def _derivable(f: Expression, numbers: Mapping[str, float], *slopes: str) -> dict[str, float]:
    """The numbers that SymPy can find: it leaves the derivative of a floor unevaluated."""
    return {name: number for name, number in numbers.items() if name not in slopes or not _is_step(f)}


def _is_step(f: Expression) -> bool:
    text = write(f.root, SYMPY).text
    return "sp.floor(" in text or "sp.ceiling(" in text


def _exact(value: float) -> str:
    return f'sp.Rational("{value!r}")'


def _each(*makers: Callable[[], Program]) -> tuple[Program, ...]:
    programs = []
    for maker, language in zip(makers, (SYMPY, NUMPY), strict=True):
        try:
            programs.append(maker())
        except TooLongError:
            why = "The formula or its derivative is too long for a program that anybody reads."
            programs.append(Program(language.name, "", why=why))
    return tuple(programs)


def _program(
    language: Language,
    roots: Sequence[Node],
    lines: Sequence[str],
    prints: Mapping[str, str],
    numbers: Mapping[str, float],
    *,
    more: Sequence[str] = (),
) -> Program:
    """The lines with the formulas in their places, what they import and need, and the prints of what is known."""
    written: list[Writing] = [write(root, language) for root in roots]
    texts = [one.text for one in written]
    body = [_filled(line, texts) for line in lines]
    needs = sorted(frozenset[str]().union(*(one.needs for one in written)))
    imports = [
        *(["import math", ""] if "erf" in needs else []),
        *more,
        "import numpy as np" if language is NUMPY else "import sympy as sp",
        "",
    ]
    helpers = [line for name in needs if name in language.helpers for line in (language.helpers[name], "")]
    known = [name for name in prints if name in numbers]
    said = [f'print("{name} =", {prints[name]})  # {numbers[name]:.12g}' for name in known]
    text = "\n".join([*imports, *helpers, *body, *said]) + "\n"
    return Program(language.name, text, tuple((name, numbers[name]) for name in known))


def _filled(line: str, texts: Sequence[str]) -> str:
    for k, text in enumerate(texts):
        line = line.replace(f"{{{k}}}", text)
    return line
