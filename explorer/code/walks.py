"""Programs that walk: a descent on a loss, or on the mean square of a line's residuals, by its optimiser's update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from explorer.code.arrived import DOUBT, Walk, arrival
from explorer.code.modified import body, helpers
from explorer.code.program import (
    POINTS,
    Box,
    Program,
    axis_lines,
    curve_lines,
    dot,
    each,
    exact,
    is_step,
    meaning,
    program,
)
from explorer.code.writing import JAX, LANGUAGES, NUMPY, SYMPY, Language, write
from explorer.data import DataError, Line, least_squares
from explorer.data.headings import PLAIN, Headings
from explorer.data.losses import AS_IT_STANDS, Setting
from explorer.data.rows import MOST_LIVE
from explorer.descent import OPTIMISERS
from explorer.expression import Expression

__all__ = ["descent_programs", "regression_programs"]

NO_FUNCTION = "# An expression is no function of numbers: lambdify makes one of it."
NO_ASSIGNMENT = (
    "# An array of JAX is not assigned to: path[0] = w",
    "# is a TypeError, and .at[0].set(w) makes a new one.",
)


LONG = (
    "Newton's method on a sum over points takes more than a short program: its curvatures are sums as well."
)
CORNERS = "SymPy's second derivative has no number at a corner: see the program for NumPy."
CORNERED = ("sp.Abs(", "sp.sign(", "sp.Min(", "sp.Max(", "sp.Piecewise(")


def descent_programs(walk: Walk[Expression], box: Box | None = None) -> tuple[Program, ...]:
    """Where the path stands after its steps, and its loss there; the update is written from the optimiser's row."""
    loss, names = walk.loss, walk.loss.variables
    second = OPTIMISERS[walk.optimiser].second_order
    numbers, prints, unsure, compiled = arrival(walk, ("w",) if len(names) == 1 else names, "loss")
    letters = ", ".join(names)

    def with_sympy() -> Program:
        if is_step(loss):
            return Program(SYMPY.name, "", why="SymPy has no derivative of ⌊u⌋: see the program for NumPy.")
        if second and any(sign in write(loss.root, SYMPY).text for sign in CORNERED):
            return Program(SYMPY.name, "", why=CORNERS)
        bends = [f'hessian = sp.lambdify([{letters}], sp.hessian(f, [{letters}]), "numpy")'] if second else []
        lines = [*symbols(names), "f = {0}", *lambdified(names), *bends, "", *loop(walk, SYMPY)]
        return program(
            SYMPY,
            [loss.root],
            lines,
            prints,
            numbers,
            unsure=unsure,
            doubt=DOUBT,
            more=("import numpy as np",),
        )

    def with_numpy() -> Program:
        count = len(names)
        slopes = ", ".join(f"{{{k}}}" for k in range(1, count + 1))
        rows = [[f"{{{1 + count + i * count + k}}}" for k in range(count)] for i in range(count)]
        bends = ", ".join(f"[{', '.join(row)}]" for row in rows)
        lines = [
            *(f"def loss({letters}):", "    return {0}", ""),
            *(f"def gradient({letters}):", f"    return np.array([{slopes}])", ""),
            *((f"def hessian({letters}):", f"    return np.array([{bends}])", "") if second else ()),
            *loop(walk, NUMPY),
        ]
        first = [loss.derivative(name) for name in names]
        roots = [loss.root, *(one.root for one in first)]
        if second:
            roots += [one.derivative(name).root for one in first for name in names]
        picture = _picture(walk, box) if box else ()
        return program(NUMPY, roots, lines, prints, numbers, unsure=unsure, doubt=DOUBT, picture=picture)

    def with_jax() -> Program:
        bends = ["hessian = jax.jit(jax.hessian(lambda w: loss(*w)))", ""] if second else []
        lines = [f"def loss({letters}):", "    return {0}", "", *jax_gradient(), *bends, *loop(walk, JAX)]
        return program(JAX, [loss.root], lines, prints, numbers, unsure=compiled, doubt=DOUBT)

    return each(with_sympy, with_numpy, with_jax)


def regression_programs(
    walk: Walk[Any],
    rows: Sequence[tuple[float, float]],
    setting: Setting = AS_IT_STANDS,
    delta: float = 1.0,
    columns: Headings = PLAIN,
) -> tuple[Program, ...]:
    """Where the line stands after its steps, with its J, by any loss and with x on any scale.

    For squares also the line of least squares, of x as it stands. Programs of more than MOST_LIVE rows read them from a
    table. The columns are so called. Raises DataError where the rows have no line.
    """
    if not walk.is_short:
        return tuple(Program(language.name, "", why=LONG) for language in LANGUAGES)
    best = _best(rows, setting)
    numbers, prints, unsure, compiled = arrival(walk, ("m", "c"), "J")
    squares = setting.loss == "square"
    fits = squares and best is not None
    if squares and best is not None:
        numbers |= {"best m": best.slope, "best c": best.intercept}
    x, y = ([float(value) for value in column] for column in zip(*rows, strict=True))
    counted, given = (
        COUNTED[setting.scale],
        [f"D = {delta!r}  # Huber's δ"] if setting.loss == "huber" else [],
    )

    many = len(rows) > MOST_LIVE

    def points(prefix: str) -> list[str]:
        table = f'np.loadtxt("{POINTS}", delimiter=",", unpack=True)'
        return [
            *meaning(("x", "y"), columns),
            *(
                [f"x, y = {table if prefix == 'np' else f'{prefix}.array({table})'}"]
                if many
                else [f"x = {prefix}.array({x!r})", f"y = {prefix}.array({y!r})"]
            ),
            *(line.format(prefix) for line in counted),
            "",
            "def line(m, c):",
            f"    return {'m*(x - shift)/width + c' if counted else 'm*x + c'}",
            "",
        ]

    def data(prefix: str) -> list[str]:
        return [
            *given,
            *points(prefix),
            "def loss(m, c):",
            *(f"    {line}" for line in COST_OF_A_LINE[setting.loss].format(prefix).split("\n")),
            "",
        ]

    fitted = (
        [
            "across = x - {0}.mean(x)  # deviations first: raw sums of squares would cancel",
            "best_m = {0}.sum(across*(y - {0}.mean(y)))/{0}.sum(across**2)",
            "best_c = {0}.mean(y) - best_m*{0}.mean(x)",
        ]
        if fits
        else []
    )
    both = {"best m": "best_m", "best c": "best_c"} if fits else {}

    by_m = "pull*(x - shift)/width" if counted else "pull*x"

    def gradient(pull: str) -> list[str]:
        return [
            "def gradient(m, c):",
            f"    pull = {pull}  # on the line, of each point",
            f"    return np.array([-np.mean({by_m}), -np.mean(pull)])",
            "",
        ]

    def with_sympy() -> Program:
        if many:
            return Program(SYMPY.name, "", why=TOO_MANY)
        at = "(a - shift)/width" if counted else "a"
        lines = [
            *meaning(("x", "y"), columns),
            f"x = [{', '.join(map(exact, x))}]",
            f"y = [{', '.join(map(exact, y))}]",
            *EXACTLY_COUNTED[setting.scale],
            *symbols(("m", "c")),
            f"f = sum((b - (m*{at} + c))**2 for a, b in zip(x, y))/sp.Integer(len(x))",
            *lambdified(("m", "c")),
            *(["best = sp.solve([sp.diff(f, m), sp.diff(f, c)], [m, c])"] if fits else []),
            "",
            *loop(walk, SYMPY),
        ]
        exactly = (
            {"best m": "sp.N(best[m]/width)", "best c": "sp.N(best[c] - best[m]*shift/width)"}
            if counted
            else {"best m": "sp.N(best[m])", "best c": "sp.N(best[c])"}
        )
        found = prints | (exactly if fits else {})
        return program(
            SYMPY, [], lines, found, numbers, unsure=unsure, doubt=DOUBT, more=("import numpy as np",)
        )

    def with_sympy_of_a_residual() -> Program:
        lines = [
            *([f"D = {exact(delta)}  # Huber's δ"] if given else []),
            'r = sp.Symbol("r", real=True)',
            f"one = {EXACT_COST[setting.loss]}  # the cost of a residual r",
            NO_FUNCTION,
            'cost, slope = sp.lambdify(r, one, "numpy"), sp.lambdify(r, sp.diff(one, r), "numpy")',
            "",
            *points("np"),
            "def loss(m, c):",
            "    return np.mean(cost(y - line(m, c)))",
            "",
            *gradient("slope(y - line(m, c))"),
            *loop(walk, SYMPY),
        ]
        return program(
            SYMPY, [], lines, prints, numbers, unsure=unsure, doubt=DOUBT, more=("import numpy as np",)
        )

    def with_numpy() -> Program:
        lines = [
            *data("np"),
            *gradient(PULL[setting.loss]),
            *loop(walk, NUMPY),
            *(line.format("np") for line in fitted),
        ]
        least = ['plt.plot(ends, best_m*ends + best_c, "--", color="#767676", label="least squares")']
        moved = "w[0]*(ends - shift)/width + w[1]" if counted else "w[0]*ends + w[1]"
        picture = [
            'plt.plot(x, y, "o", color="#0072B2")',
            "ends = np.array([np.min(x), np.max(x)])",
            f'plt.plot(ends, {moved}, color="#D55E00", label="after the steps")',
            *(least if fits else []),
            *axis_lines(*columns),
            "plt.legend()",
        ]
        return program(NUMPY, [], lines, prints | both, numbers, unsure=unsure, doubt=DOUBT, picture=picture)

    def with_jax() -> Program:
        lines = [*data("jnp"), *jax_gradient(), *loop(walk, JAX), *(line.format("jnp") for line in fitted)]
        return program(
            JAX,
            [],
            lines,
            prints | both,
            numbers,
            unsure=compiled,
            doubt=DOUBT,
            more=("import numpy as np",) if many else (),
        )

    made = each(with_sympy if squares else with_sympy_of_a_residual, with_numpy, with_jax)
    table = "\n".join(f"{a!r},{b!r}" for a, b in zip(x, y, strict=True)) + "\n"
    return tuple(replace(one, table=table) if many and one.text else one for one in made)


def _best(rows: Sequence[tuple[float, float]], setting: Setting) -> Line | None:
    """The line of least squares; None where there is none and x needs no spread to be counted. Raises DataError."""
    try:
        return least_squares(*zip(*rows, strict=True))
    except DataError:
        if setting.scale != "raw":
            raise
        return None


TOO_MANY = (
    f"SymPy would write out a term for each point: for more than {MOST_LIVE}, see the program for NumPy."
)

COUNTED = {
    "raw": [],
    "standard": ["shift, width = {0}.mean(x), {0}.std(x)  # x is standardised"],
    "normal": ["shift, width = {0}.min(x), {0}.max(x) - {0}.min(x)  # x is normalised"],
}
"""From where and in what unit x is counted."""

EXACTLY_COUNTED = {
    "raw": [],
    "standard": [
        "shift = sum(x)/sp.Integer(len(x))  # x is standardised",
        "width = sp.sqrt(sum((a - shift)**2 for a in x)/sp.Integer(len(x)))",
    ],
    "normal": ["shift, width = min(x), max(x) - min(x)  # x is normalised"],
}

COST_OF_A_LINE = {
    "square": "return {0}.mean((y - line(m, c))**2)",
    "absolute": "return {0}.mean({0}.abs(y - line(m, c)))",
    "huber": "r = {0}.abs(y - line(m, c))\nreturn {0}.mean({0}.where(r <= D, r**2/2, D*(r - D/2)))",
}
EXACT_COST = {
    "absolute": "sp.Abs(r)",
    "huber": "sp.Piecewise((r**2/2, sp.Abs(r) <= D), (D*(sp.Abs(r) - D/2), True))",
}
PULL = {
    "square": "2*(y - line(m, c))",
    "absolute": "np.sign(y - line(m, c))",
    "huber": "np.clip(y - line(m, c), -D, D)",
}
"""The losses' names are those of `explorer.data.losses`."""


def symbols(names: Sequence[str]) -> list[str]:
    """The letters as real symbols of SymPy."""
    return [f'{", ".join(names)} = sp.symbols("{" ".join(names)}", real=True)']


def lambdified(names: Sequence[str]) -> list[str]:
    """The loss `f` and its gradient as functions of numbers."""
    letters = ", ".join(names)
    return [
        NO_FUNCTION,
        f'loss = sp.lambdify([{letters}], f, "numpy")',
        f'gradient = sp.lambdify([{letters}], [sp.diff(f, one) for one in [{letters}]], "numpy")',
    ]


def jax_gradient() -> list[str]:
    """The gradient of `loss` by JAX."""
    return [
        "# grad takes floats, also in an array;",
        "# jit compiles what is asked for at every step.",
        "gradient = jax.jit(jax.grad(lambda w: loss(*w)))",
        "",
    ]


def loop(walk: Walk[Any], language: Language) -> list[str]:
    """The steps as a loop; all of the memory changes at once, from what it was."""
    row = OPTIMISERS[walk.optimiser]
    arrays = NUMPY if language is SYMPY else language
    gradient = {"SymPy": "np.array(gradient(*w))", "NumPy": "gradient(*w)", "JAX": "gradient(w)"}
    held = [f"m{k}" for k in range(1, len(row.initial) + 1)]
    change, update = "", ""
    if row.update is not None:
        *memory, slope, rate = map(Expression.variable, (*held, "g", "rate"))
        chosen = [Expression.number(walk.settings.get(one.name, one.default)) for one in row.settings]
        after, step = row.update(tuple(memory), slope, rate, *chosen)
        update = write(step.root, arrays).text
        change = f"    {', '.join(held)} = {', '.join(write(one.root, arrays).text for one in after)}"
    start = [float(value) for value in walk.path.points[0]]
    kept, keep = {
        "SymPy": ([], []),
        "NumPy": (["path = [w]"], ["    path.append(w)"]),
        "JAX": (
            [*NO_ASSIGNMENT, f"path = jnp.zeros(({walk.shown + 1}, {len(start)})).at[0].set(w)"],
            ["    path = path.at[k].set(w)"],
        ),
    }[language.name]
    return [
        *helpers(walk, language),
        f"{'start = ' if walk.steps == 0 else ''}w = {arrays.prefix}.array({start!r})",
        f"rate = {walk.rate!r}",
        *(
            f"{name} = {arrays.prefix}.full({len(start)}, {value!r})"
            for name, value in zip(held, row.initial, strict=True)
        ),
        *kept,
        f"for k in range(1, {walk.shown + 1}):",
        f"    g = {gradient[language.name]}",
        *(f"    {line}" for line in body(walk, language, update, len(start))),
        *([change] if held else []),
        "    w = w + step",
        *keep,
    ]


def _picture(walk: Walk[Expression], box: Box) -> list[str]:
    """The path on the curve, or among the level lines; of the steps as far as they stay in sight."""
    (left, right), (low, high) = box
    path = ["path = np.array(path)"]
    if len(walk.loss.variables) == 1:
        return [
            *path,
            *curve_lines("loss", walk.loss, box, walk.loss.variables[0]),
            'plt.plot(path[:, 0], [loss(*place) for place in path], "o-", color="#CC79A7", label="path")',
            f"plt.xlim({left!r}, {right!r})",
            f"plt.ylim({low!r}, {high!r})",
            "plt.legend()",
        ]
    return [
        *path,
        f"xs, ys = np.linspace({left!r}, {right!r}, 101), np.linspace({low!r}, {high!r}, 101)",
        'with np.errstate(all="ignore"):  # where there is no value, there is no level line',
        "    heights = np.array([[loss(x, y) for x in xs] for y in ys], dtype=float)",
        "heights[~np.isfinite(heights)] = np.nan",
        "# Level lines crowd evenly where the loss has a wide range: each holds as many places as the next.",
        "levels = np.unique(np.nanquantile(heights, np.linspace(0.02, 0.98, 15)))",
        'plt.contour(xs, ys, heights, levels, colors="#0072B2", linewidths=1)',
        'plt.plot(path[:, 0], path[:, 1], "o-", color="#CC79A7")',
        dot("*w", "#CC79A7"),
        f"plt.xlim({left!r}, {right!r})",
        f"plt.ylim({low!r}, {high!r})",
    ]
