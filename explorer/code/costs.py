"""Programs for costs: houses and a hub among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.code.program import Program, each, exact, numbers_of, program
from explorer.code.writing import NUMPY, SYMPY
from explorer.expression import parse
from explorer.numeric.costs import ARM, COST

__all__ = ["Houses", "house_programs"]


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
    places, hub = [float(place) for place in houses.places], float(houses.hub)
    distances = hub - np.array(places)
    found = {"cost": np.sum(cost(distances, houses.delta)), "slope": np.sum(arm(distances, houses.delta))}
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
            "def arm_of(d):  # the slope of that",
            "    return {1}",
            "",
        ]
        prints = {"cost": "np.sum(cost_of(hub - places))", "slope": "np.sum(arm_of(hub - places))"}
        return program(NUMPY, [cost.root, arm.root], lines, prints | best, numbers)

    return each(with_sympy, with_numpy)


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
