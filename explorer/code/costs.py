"""Programs for costs: houses and a hub among them, and products with their logarithms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.code.program import Program, derivable, dot, each, exact, numbers_of, program
from explorer.code.writing import JAX, LANGUAGES, NUMPY, SYMPY
from explorer.expression import Expression, parse
from explorer.numeric.coins import COIN_VARIABLES, MOST_FLIPS, coin_quantities
from explorer.numeric.costs import ARM, COST, SLOPE_OF_ARMS
from explorer.numeric.logarithm import logarithm_of, slope_within

__all__ = ["Houses", "coin_programs", "house_programs", "product_programs"]

SMALL = 1e-300


@dataclass(frozen=True)
class Houses:
    """Where the houses and the hub stand, which of COSTS a distance has, and Huber's δ."""

    places: Sequence[float]
    hub: float
    cost: str
    delta: float


def house_programs(houses: Houses) -> tuple[Program, ...]:
    """The total cost, its slope, and where it is least; Huber's least place has no formula of one line."""
    cost, arm = (parse(text[houses.cost], ("d", "D")) for text in (COST, ARM))
    times = SLOPE_OF_ARMS[houses.cost]
    slope = arm if times == 1 else times * arm
    places, hub = [float(place) for place in houses.places], float(houses.hub)
    distances = hub - np.array(places)
    found = {"cost": np.sum(cost(distances, houses.delta)), "slope": np.sum(slope(distances, houses.delta))}
    if houses.cost == "absolute" and hub in places:
        del found["slope"]  # a corner
    best = _best(houses.cost, len(places))
    low, high = sorted(places)[(len(places) - 1) // 2], sorted(places)[len(places) // 2]
    least = {"best hub": np.mean(places) if houses.cost == "square" else low, "from": low, "to": high}
    numbers = numbers_of(found | {name: least[name.removeprefix("best hub ")] for name in best})

    def with_sympy() -> Program:
        delta = [f"D = {exact(houses.delta)}  # Huber's δ"] if houses.cost == "huber" else []
        lines = [
            'x = sp.Symbol("x", real=True)',
            f"places = [{', '.join(map(exact, places))}]",
            f"hub = {exact(hub)}",
            *delta,
            "",
            "def cost_of(d):  # of one house at the distance d",
            "    return {0}",
            "",
            "cost = sum(cost_of(x - place) for place in places)",
        ]
        prints = {"cost": "sp.N(cost.subs(x, hub))", "slope": "sp.N(sp.diff(cost, x).subs(x, hub))"}
        if houses.cost == "square":
            prints["best hub"] = "sp.N(sp.solve(sp.diff(cost, x), x)[0])"
        return program(SYMPY, [cost.root], lines, prints, numbers)

    def with_numpy() -> Program:
        delta = [f"D = {houses.delta!r}  # Huber's δ"] if houses.cost == "huber" else []
        lines = [
            f"places = np.array({places!r})",
            f"hub = np.float64({hub!r})",
            *delta,
            "",
            "def cost_of(d):  # of one house at the distance d",
            "    return {0}",
            "",
            "def slope_of(d):  # the slope of that",
            "    return {1}",
            "",
        ]
        prints = {"cost": "np.sum(cost_of(hub - places))", "slope": "np.sum(slope_of(hub - places))"}
        margin = max(max(places) - min(places), abs(hub - places[0]), 1.0)
        left, right = min(*places, hub) - margin / 2, max(*places, hub) + margin / 2
        picture = [
            f"xs = np.linspace({left!r}, {right!r}, 801)",
            "total = [np.sum(cost_of(x - places)) for x in xs]",
            'plt.plot(xs, total, color="#0072B2", linewidth=3, label="total cost of a hub")',
            'plt.plot(places, np.zeros(len(places)), "s", color="#0072B2", label="houses")',
            dot("hub, np.sum(cost_of(hub - places))"),
            "plt.legend()",
        ]
        return program(NUMPY, [cost.root, slope.root], lines, prints | best, numbers, picture=picture)

    def with_jax() -> Program:
        delta = [f"D = {houses.delta!r}  # Huber's δ"] if houses.cost == "huber" else []
        lines = [
            f"places = jnp.array({places!r})",
            "# An array of JAX is not assigned to: places[0] = 0.0",
            "# is a TypeError, and places.at[0].set(0.0) makes a new one.",
            *delta,
            "",
            "def cost_of(d):  # of one house at the distance d",
            "    return {0}",
            "",
            "def total(hub):",
            "    return jnp.sum(jax.vmap(cost_of)(hub - places))  # vmap maps it over the distances",
            "",
            "# grad takes floats, 1.0 and not 1.",
            f"cost, slope = jax.value_and_grad(total)({hub!r})",
        ]
        of_jax = {name: text.replace("np.", "jnp.") for name, text in best.items()}
        return program(JAX, [cost.root], lines, {"cost": "cost", "slope": "slope"} | of_jax, numbers)

    return each(with_sympy, with_numpy, with_jax)


def coin_programs(heads: int, tails: int, times: int, p: float) -> tuple[Program, ...]:
    """The likelihood of so many flips as a product and as a sum of logarithms, the loss per flip, and the best p.

    The row of `heads` and `tails` is taken so many `times`, up to MOST_FLIPS.
    """
    taken = max(1, min(times, MOST_FLIPS // max(heads + tails, 1)))
    heads, tails = heads * taken, tails * taken
    counts = [("heads", heads, "p", "1"), ("tails", tails, "1 - p", "-1")]
    counts = [one for one in counts if one[1] > 0]
    if not counts:
        return tuple(Program(language.name, "", why="There are no flips yet.") for language in LANGUAGES)
    bases = {name: base if base == "p" else f"({base})" for name, _, base, _ in counts}
    product = "*".join(f"{base}**{name}" for name, base in bases.items())
    slope = " + ".join(f"{name}/{base}" for name, base in bases.items()).replace("+ tails", "- tails")
    slope = f"-{slope}" if heads <= 0 else slope
    known = {"best p": heads / (heads + tails)} | _likelihood(heads, tails, p)
    numbers = numbers_of(known)

    def terms(prefix: str) -> str:
        return " + ".join(f"{name}*{prefix}.log({base})" for name, _, base, _ in counts)

    given = [f"heads, tails = {heads}, {tails}"]
    best = {"best p": "heads/(heads + tails)"}

    def with_sympy() -> Program:
        lines = [*given, 'p = sp.Symbol("p", real=True)', f"g, ln_g = {product}, {terms('sp')}"]
        per_flip = {"loss per flip": "sp.N((-ln_g/(heads + tails)).subs(p, here))"}
        return program(
            SYMPY, [], [*lines, *_here(p)], EXACTLY | per_flip | best, numbers, unsure=_tiny(numbers)
        )

    def with_numpy() -> Program:
        lines = [
            *given, "",
            "def g(p):", f"    return {product}", "",
            "def ln_g(p):", f"    return {terms('np')}", "",
            "def slope(p):  # of ln g", f"    return {slope}", "",
            f"p = np.float64({p!r})",
        ]  # fmt: skip
        per_flip = {"loss per flip": "-ln_g(p)/(heads + tails)"}
        return program(NUMPY, [], lines, DOUBLY | per_flip | best, numbers, picture=_picture())

    def with_jax() -> Program:
        lines = [*given, "", "def ln_g(p):", f"    return {terms('jnp')}", "", *_derived(p)]
        prints = {"g": product, "ln g": "value", "slope of ln g": "slope"}
        per_flip = {"loss per flip": "-value/(heads + tails)"}
        return program(JAX, [], lines, prints | per_flip | best, numbers)

    return each(with_sympy, with_numpy, with_jax)


def _likelihood(heads: int, tails: int, p: float) -> dict[str, float]:
    """By the page's own quantities, of the whole row at once."""
    of = coin_quantities()
    names = {"g": "product", "ln g": "sum", "loss per flip": "loss", "slope of ln g": "sum_slope"}
    return {
        name: float(of[own].over(COIN_VARIABLES)(p, float(heads), float(tails), 1.0))
        for name, own in names.items()
    }


def product_programs(g: Expression, p: float) -> tuple[Program, ...]:
    """A product in p, its logarithm as a sum by rule, and the slope of that."""
    logarithm = logarithm_of(g)
    if not logarithm.exists:
        why = "ln g is there only where g > 0, and no such place was found from p = 0 to p = 1."
        return tuple(Program(language.name, "", why=why) for language in LANGUAGES)
    values = {"g": g(p), "ln g": logarithm.sum(p), "slope of ln g": logarithm.slope(p)}
    if not math.isfinite(slope_within(logarithm.sum, logarithm.slope)(p)):
        del values["slope of ln g"]  # a corner: the formula is that of one side
    numbers = numbers_of(values)
    formulas = [g.root, logarithm.sum.root, logarithm.slope.root]
    rule = "a sum, by rule, where g > 0" if logarithm.sized else "a sum, by rule"

    def with_sympy() -> Program:
        lines = ['p = sp.Symbol("p", real=True)', "g = {0}", f"ln_g = {{1}}  # {rule}", *_here(p)]
        known = derivable(g, numbers, "slope of ln g")
        return program(SYMPY, formulas[:2], lines, EXACTLY, known, unsure=_tiny(numbers))

    def with_numpy() -> Program:
        lines = [
            *("def g(p):", "    return {0}", ""),
            *(f"def ln_g(p):  # {rule}", "    return {1}", ""),
            *("def slope(p):  # of ln g", "    return {2}", ""),
            f"p = np.float64({p!r})",
        ]
        picture = _picture(tangent="slope of ln g" in numbers)
        return program(NUMPY, formulas, lines, DOUBLY, numbers, picture=picture)

    def with_jax() -> Program:
        lines = [
            *("def g(p):", "    return {0}", ""),
            *(f"def ln_g(p):  # {rule}", "    return {1}", ""),
            *_derived(p),
        ]
        prints = {"g": "g(p)", "ln g": "value", "slope of ln g": "slope"}
        return program(JAX, formulas[:2], lines, prints, numbers)

    return each(with_sympy, with_numpy, with_jax)


EXACTLY = {
    "g": "sp.N(g.subs(p, here))",
    "ln g": "sp.N(ln_g.subs(p, here))",
    "slope of ln g": "sp.N(sp.diff(ln_g, p).subs(p, here))",
}
DOUBLY = {"g": "g(p)", "ln g": "ln_g(p)", "slope of ln g": "slope(p)"}


def _here(p: float) -> list[str]:
    return [f"here = {exact(p)}", ""]


def _derived(p: float) -> list[str]:
    return [
        "# grad takes floats; vmap would map it over many p.",
        f"p = jnp.float64({p!r})",
        "value, slope = jax.value_and_grad(ln_g)(p)",
    ]


def _tiny(numbers: Mapping[str, float]) -> set[str]:
    """Where doubles run out of small numbers, SymPy does not."""
    return {"g"} if abs(numbers.get("g", 1.0)) < SMALL else set()


def _picture(*, tangent: bool = True) -> list[str]:
    line = 'plt.plot(ps, ln_g(p) + slope(p)*(ps - p), "--", color="#D55E00", label="tangent")'
    return [
        "ps = np.linspace(0.001, 0.999, 801)",
        'with np.errstate(all="ignore"):  # where there is no logarithm, the curve has a gap',
        "    heights = np.array([ln_g(place) for place in ps], dtype=float)",
        'plt.plot(ps, heights, color="#0072B2", linewidth=3, label="ln g")',
        *([line] if tangent else []),
        dot("p, ln_g(p)"),
        "top = np.nanmax(heights)",
        "plt.ylim(top - 3*(top - np.nanmedian(heights)) - 1, top + 1)",
        "plt.legend()",
    ]


def _best(cost: str, count: int) -> dict[str, str]:
    """What NumPy says of the best hub: the mean, or the middle house, or all between the middle two."""
    if cost == "square":
        return {"best hub": "np.mean(places)"}
    if cost == "huber":
        return {}
    if count % 2:
        return {"best hub": "np.median(places)"}
    return {
        "best hub from": "np.sort(places)[len(places)//2 - 1]",
        "best hub to": "np.sort(places)[len(places)//2]",
    }
