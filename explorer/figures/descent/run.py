"""The browser's descent as a part of a scene, and what its quantities mean.

A descent called `run` tells of its present iterate: run_k (its number), run_x and run_y, run_loss,
run_excess (above the minimum that it approaches, else above the lowest loss known: each descent has a floor
of its own, so racers on one logarithmic axis may stand above different minima), run_dx and run_dy (∇L),
run_norm (‖∇L‖), run_rate (η after decay); of the step that follows: run_sx and run_sy, run_size, run_nx and
run_ny (where it lands), run_nloss, run_plain_x and run_plain_y (−η∇L), run_px and run_py (where that would
land), run_predicted (−∇L·step, which is η‖∇L‖² for gradient descent) and run_climb (its negative),
run_actual and run_rise (its negative), run_one, which is 1 where rounding may be all of that, run_left (steps
that follow) and run_beyond (how many of the steps that the
control has counted are none, because the path had ended); of the whole path: run_count,
run_evaluations, run_outcome and run_behaviour (numbers into `OUTCOMES` and `BEHAVIOURS`), run_settled,
run_final_x, run_final_y, run_final_loss, run_final_norm, run_before_x,
run_before_y, run_curvature (the least one at the end), run_bound, run_last and run_told (η after decay at
the last step, and the bound rounded down, in the digits that tell them apart), run_share (the one over the other),
run_condition, run_minimum_x and run_minimum_y (the minimum that the bound belongs to, or the place of the
kink); run_period, after how many steps a cycle is back, and run_swing, how far apart its places
are; run_kink, which is 1 where it converged to a jump of the slope or lands on one; run_level, which is 1 on
a plateau where the slope is exactly 0 and no loss was lower before; run_ahead, the steps to the bottom of a
constant slope; run_crossed, the first step over a pole or a gap, or that leapt up over a jump, run_wall, where
that is, and run_torn, which is 0 for a gap, 1 for a pole, 2 for a jump; run_root, where the line
run_x·t + run_y is 0, run_minimum_root, the same at that minimum, and run_floor, the loss there; run_resting, which is
1 while a hand holds and the verdict waits for it to let go (a loss over many rows), and 2 where the path waits too;
and run_fresh, which is 1 as long as nothing has been touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from explorer.conditions import Condition, Quantity, is_at
from explorer.descent import OPTIMISERS, Behaviour, Outcome, gradient_tape, hessian_tape, live_settings
from explorer.descent.landscape import Landscape
from explorer.descent.verdicts import VERDICTS
from explorer.descent.walls import FARTHEST, walls_between
from explorer.expression import Expression, compile_tape
from explorer.scene.descents import Descent, Rule, Ruling, Valley
from explorer.scene.marks import AnyMark, Outside, Path, Point, Shape
from explorer.scene.scene import Picture
from explorer.scene.theme import TICK_SIZE, Role

OUTCOMES, BEHAVIOURS = tuple(Outcome), tuple(Behaviour)
"""The order in which the browser numbers them."""

RULINGS = tuple(
    Ruling(OUTCOMES.index(row.outcome), BEHAVIOURS.index(row.behaviour), row.when, row.kink)
    for row in VERDICTS
)

SEAMED = frozenset({Behaviour.KINK, Behaviour.JUMP, Behaviour.BLURRED})
"""What no path on a quadratic shows: it has no seam, and no slope of cancelled terms."""

LIVE_SETTINGS = tuple(setting.control for setting in live_settings())
"""The controls of the settings; the backtracking is a switch."""

GROUP = "optimiser"


@lru_cache(maxsize=128)
def valley_of(loss: Expression, places: tuple[float, ...] = ()) -> Valley:
    """The three tapes on which the browser walks, and the walls around the places that it may start from."""
    landscape = Landscape(loss)
    return Valley(
        value=compile_tape({"loss": loss}, loss.variables),
        gradient=gradient_tape(loss),
        hessian=hessian_tape(loss),
        seams=landscape.has_seams(),
        quadratic=landscape.is_quadratic(),
        walls=_walls_of(loss, places),
    )


def _walls_of(loss: Expression, places: tuple[float, ...]) -> tuple[tuple[float, int], ...]:
    """Where a loss in one variable is torn apart, as far out as its walls can be listed, and which are poles."""
    if len(loss.variables) != 1:
        return ()
    farthest = min(max((abs(place) for place in places), default=0.0), FARTHEST)
    reaches = {min(max(100.0, 10 * farthest), FARTHEST), farthest, 100.0, 10.0, 1.0} - {0.0}
    found = (walls_between(loss, -reach, reach) for reach in sorted(reaches, reverse=True))
    return tuple((wall.x, wall.torn) for wall in next((walls for walls in found if walls is not None), ()))


def sources_of(optimiser: str) -> dict[str, Quantity]:
    """An optimiser's settings and modifiers, and the control or switch that each is read from."""
    row = OPTIMISERS[optimiser]
    return {setting.name: setting.source for setting in (*row.settings, *row.modifiers)}


def rule_of(optimiser: str) -> Rule:
    """What the browser plays of an optimiser's row."""
    row = OPTIMISERS[optimiser]
    return Rule(None if row.second_order else row.tape, row.initial, row.bound_tape)


def chosen_descent(
    valley: Valley, starts: tuple[Quantity, ...], steps: int, lowest: Quantity, fresh: Mapping[str, float]
) -> Descent:
    """The page's own descent, `run`, by the optimiser that is switched on."""
    return Descent(
        name="run",
        landscape=valley,
        start=starts,
        rate="rate",
        step="step",
        steps=steps,
        group=GROUP,
        rules={name: rule_of(name) for name in OPTIMISERS},
        verdicts=tuple(
            one for one in RULINGS if not (valley.quadratic and BEHAVIOURS[one.behaviour] in SEAMED)
        ),
        settings={name: sources_of(name) for name in OPTIMISERS},
        lowest=lowest,
        fresh=fresh,
    )


FOLLOWING = tuple(name for name, row in OPTIMISERS.items() if row.suggested_rate is None)
"""Racers that run at the learner's η; the others have rates of their own, which mean something else."""


@dataclass(frozen=True)
class Racer:
    """An optimiser in the race: with a rate of its own, or None for the one under the learner's finger."""

    optimiser: str
    rate: float | None = None

    @property
    def name(self) -> str:
        """What its descent is called in the scene."""
        return f"race{self.optimiser}"

    @property
    def role(self) -> Role:
        """In a race a colour means an optimiser; shapes say so as well."""
        return cast(Role, OPTIMISERS[self.optimiser].colour)

    @property
    def settings(self) -> dict[str, Quantity]:
        """Its settings as they stand in the figure; the modifiers of gradient descent take no part."""
        return {setting.name: setting.source for setting in OPTIMISERS[self.optimiser].settings}


def race_address(racers: Sequence[Racer]) -> dict[str, str | None]:
    """The race as a link says it: who runs, and each racer's own rate where it is not the usual one."""
    rates = {
        racer.optimiser: racer.rate
        for racer in racers
        if racer.rate not in (None, OPTIMISERS[racer.optimiser].suggested_rate)
    }
    own = {f"race_{name}": rates.get(name) for name in OPTIMISERS if name not in FOLLOWING}
    return {
        "race": ",".join(racer.optimiser for racer in racers) or None,
        **{name: None if rate is None else f"{rate:.12g}" for name, rate in own.items()},
    }


def racing_descents(
    valley: Valley, starts: tuple[Quantity, ...], steps: int, lowest: float, racers: Sequence[Racer]
) -> tuple[Descent, ...]:
    """The racers' descents: the same start, and as many gradients as plain descent spends on these steps."""
    return tuple(
        Descent(
            name=racer.name,
            landscape=valley,
            start=starts,
            rate="rate" if racer.rate is None else racer.rate,
            step="step",
            steps=steps,
            optimiser=racer.optimiser,
            rules={racer.optimiser: rule_of(racer.optimiser)},
            settings={racer.optimiser: racer.settings},
            budget=steps + 1,
            lowest=lowest,
        )
        for racer in racers
    )


def race_marks(racers: Sequence[Racer], columns: tuple[str, str]) -> tuple[AnyMark, ...]:
    """Each racer's path and its present place; the page's own descent is drawn beside them."""
    drawn: list[AnyMark] = []
    for racer in racers:
        role, shape = racer.role, cast(Shape, OPTIMISERS[racer.optimiser].shape)
        here = (f"{racer.name}_{columns[0]}", f"{racer.name}_{columns[1]}")
        drawn += [
            Path(descent=racer.name, columns=columns, role=role, shape=shape, size=8, width=2),
            Point(at=here, role=role, shape=shape, size=15),
            Outside(at=here, role=role, distance=False),
        ]
    return tuple(drawn)


_LEGEND = {
    "orientation": "h",
    "y": 1.01,
    "yanchor": "bottom",
    "x": 0,
    "indentation": -12,
    "itemclick": False,
    "font": {"size": TICK_SIZE},
}
"""Drawn in to the left, two names stand beside each other on a phone."""
_SYMBOLS = {"dot": "circle", "ring": "circle-open", "triangle": "triangle-up"}


def race_picture(picture: Picture, racers: Sequence[Racer]) -> Picture:
    """The picture with the racers' names above it, where none can lie over another; as it is without a race."""
    if not racers:
        return picture
    rows: list[tuple[str, Role, str, int]] = [("you", "step", "circle", 15)]
    for racer in racers:
        row = OPTIMISERS[racer.optimiser]
        rows.append((row.label, racer.role, _SYMBOLS.get(row.shape, row.shape), 10))
    named = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [None],
            "y": [None],
            "marker": {"color": f"${role}", "symbol": symbol, "size": size},
            "hoverinfo": "skip",
        }
        for name, role, symbol, size in rows
    ]
    still = [{**trace, "showlegend": False} for trace in picture.data]
    margin = {**picture.layout["margin"], "t": 34}
    return Picture(
        (*still, *named), {**picture.layout, "showlegend": True, "legend": _LEGEND, "margin": margin}
    )


def behaves(behaviour: Behaviour) -> Condition:
    """The condition that the whole path shows this behaviour."""
    place = float(BEHAVIOURS.index(behaviour))
    return is_at("run_behaviour", place)


def ends(outcome: Outcome) -> Condition:
    """The condition that the whole path has this outcome."""
    place = float(OUTCOMES.index(outcome))
    return is_at("run_outcome", place)
