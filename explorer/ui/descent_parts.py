"""What stands below the descent figure: the exact reason, the steps as a table, the race, the maps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from time import perf_counter
from typing import Any, Generic, TypeVar

import numpy as np
import streamlit as st

from explorer.code import Walk
from explorer.descent import (
    OPTIMISERS,
    Basins,
    Entrant,
    RateMap,
    Summed,
    Trajectory,
    descend,
    map_basins,
    number,
    race,
    rate_map,
)
from explorer.descent.problems import ill_conditioned_valley
from explorer.descent.race import MOST_ENTRANTS
from explorer.expression import Expression
from explorer.figures.descent.maps import maps_scene
from explorer.figures.descent.run import FOLLOWING, Racer, sources_of
from explorer.figures.descent.table import as_csv, columns, race_rows, race_words, update_lines
from explorer.figures.descent.view import MOST_STEPS, View, condition_of, problem_of, weighed
from explorer.figures.descent.words import maps_note, predicted_drop, race_terms
from explorer.ui.drawer import put_text
from explorer.ui.live_figure import live_figure
from explorer.ui.page import Page
from explorer.ui.parameters import Number, Several
from explorer.ui.release import Release
from explorer.ui.terms import explain

STARTS = 200
"""Starts along each axis of a map."""
FEWEST_MAPPED, MOST_MAPPED = 300, 600
"""Steps that each of them may take: most arrive, and a map is done within seconds."""
QUIET = 0.5
"""Seconds after which a map says how far it is."""


Loss = TypeVar("Loss", bound=Expression | Summed)


@dataclass(frozen=True)
class Standing(Generic[Loss]):
    """The descent that stands in the figure, as Python walks it and speaks of it."""

    loss: Loss
    optimiser: str
    start: tuple[float, ...]
    rate: float
    steps: int
    settings: tuple[tuple[str, float], ...]

    @property
    def path(self) -> Trajectory:
        """The trajectory with its outcome and reason."""
        return _walked(self)

    def walk(self, steps: int) -> Walk[Loss]:
        """The first so many steps of it, for a program."""
        return Walk(self.loss, self.path, self.optimiser, self.rate, dict(self.settings), steps)


@lru_cache(maxsize=256)
def _walked(standing: Standing[Any]) -> Trajectory:
    settings: dict[str, Any] = dict(standing.settings)
    return descend(
        standing.optimiser, standing.loss, standing.start, standing.rate, standing.steps, **settings
    )


def standing_of(loss: Expression, view: View, release: Release) -> Standing[Expression]:
    """What the learner left standing: optimiser, start, rate and the settings that belong to the optimiser."""
    chosen = optimiser_of(release)
    start = tuple(release.controls[name] for name in ("x0", "y0")[: len(loss.variables)])
    settings = settings_of(chosen, release)
    return Standing(weighed(loss), chosen, start, release.controls["rate"], view.steps, settings)


def optimiser_of(release: Release) -> str:
    """The optimiser that is switched on."""
    return next((name for name in OPTIMISERS if release.toggles.get(name)), "gd")


def settings_of(optimiser: str, release: Release) -> tuple[tuple[str, float], ...]:
    """An optimiser's settings and modifiers as they stand in the figure."""
    switches = {f"switch:{name}": float(on) for name, on in release.toggles.items()}
    standing = {**release.controls, **switches}
    return tuple((name, standing[str(source)]) for name, source in sources_of(optimiser).items())


def steps_form(
    page: Page, loss: Expression | str, usual: int, on_change: Callable[[], None] | None = None
) -> int:
    """How many steps are taken: a number of its own for each loss, or for all losses of a name."""
    of = loss if isinstance(loss, str) else loss.text
    key = page.key(f"steps.{of}")
    kept = page.key("steps")
    memory: dict[str, int] = st.session_state.setdefault(kept, {})
    if page.entered:
        memory.clear()
    with st.popover(f"{memory.get(of, usual)} steps", key=page.key("steps.form"), width="content"):
        chosen = st.number_input(
            "Number of steps", 1, MOST_STEPS, memory.get(of, usual), step=10, key=key, width=180,
            on_change=on_change,
        )  # fmt: skip
        if not isinstance(loss, str):
            _valley(page, loss)
    if memory.get(of, usual) != chosen:
        memory[of] = int(chosen)
        st.rerun()
    return int(chosen)


def _valley(page: Page, loss: Expression) -> None:
    """The narrow valley's condition number is the learner's to choose."""
    kappa = condition_of(loss)
    if kappa is None:
        return
    key = page.key(f"kappa.{kappa:g}")

    def apply() -> None:
        put_text(page.key("f"), ill_conditioned_valley(st.session_state[key]).formula)

    st.number_input("Condition number of the valley", 1.0, 1e6, kappa, format="%g", key=key, on_change=apply)
    explain("condition number")


RACE = (
    Several("race", tuple(OPTIMISERS), MOST_ENTRANTS),
    *(Number(f"race_{name}", low=1e-6, high=10.0) for name in OPTIMISERS if name not in FOLLOWING),
)
"""A race in a link: who runs, and the rates of those that do not run at the figure's η."""


def racers_of(page: Page) -> tuple[Racer, ...]:
    """Who races: at first whom the link names, then as the form below the figure says."""
    if page.entered:
        names = [name for name in page.reading.text("race").split(",") if name]
        st.session_state[page.key("racing")] = tuple(Racer(name, _linked_rate(page, name)) for name in names)
    racers: tuple[Racer, ...] = st.session_state[page.key("racing")]
    return racers


def _linked_rate(page: Page, name: str) -> float | None:
    """The rate of a racer's own that the link asks for, else its usual one; None for one at the figure's η."""
    if name in FOLLOWING:
        return None
    linked = page.reading.number(f"race_{name}")
    return OPTIMISERS[name].suggested_rate if linked is None else linked


def asks_for_surface(page: Page, loss: Expression, release: Release | None = None) -> bool:
    """Whether the surface belongs into the scene of this loss: from the moment on at which it is asked for."""
    key = page.key("solid")
    if release is not None and release.toggles.get("solid") and st.session_state.get(key) != loss.text:
        st.session_state[key] = loss.text
        st.rerun()
    return bool(st.session_state.get(key) == loss.text)


def below(page: Page, loss: Expression, view: View, release: Release) -> None:
    """The exact reason once the learner has moved something, and three folds."""
    standing = standing_of(loss, view, release)
    stands = (release.controls["step"], standing.rate, standing.start)
    told = (view.touched or stands != (0, view.rate, view.start)) and release.toggles.get("verdict", True)
    with st.container():  # stands even when it is empty, so that the folds below keep their place
        if told:
            said = f"{OPTIMISERS[standing.optimiser].label}, η = {number(standing.rate)}"
            st.text(f"{said}: {standing.path.reason}")
            problem = problem_of(loss)
            if problem is not None:
                st.text(problem.fact)
    steps_table(page, standing)
    _race(page, standing, release)
    _maps(page, view, standing)


def steps_table(page: Page, standing: Standing[Any], loss: str = "L") -> None:
    """The fold with the updates in numbers, and the table as CSV; `loss` is the letter of what is descended on."""
    with st.expander("Steps in numbers", key=page.key("table"), on_change="rerun") as fold:
        if not fold.open:
            return
        path = standing.path
        lines = update_lines(path)
        if lines:
            with st.container(height=min(60 + 24 * len(lines), 260), border=False):
                st.code("\n".join(lines), language=None, wrap_lines=True)
        if len(lines) < len(path.steps):
            st.caption(f"The first {len(lines)} of {len(path.steps)} steps; the table has them all.")
        st.dataframe(dict(columns(path, loss)), hide_index=True, height=300)
        st.caption(predicted_drop(loss))
        st.download_button(
            "Download as CSV",
            as_csv(path, loss),
            "descent.csv",
            "text/csv",
            on_click="ignore",
            key=page.key("csv"),
        )


def _race(page: Page, standing: Standing[Expression], release: Release) -> None:
    racing = page.key("racing")
    with st.expander("Race of optimisers", key=page.key("race"), on_change="rerun") as fold:
        if not fold.open and not st.session_state[racing]:
            return
        racers = _race_form(page)
        if racers != st.session_state[racing]:
            # The figure was drawn before this form was read.
            st.session_state[racing] = racers
            st.rerun()
        if racers:
            entrants = [
                Entrant(
                    racer.optimiser,
                    standing.rate if racer.rate is None else racer.rate,
                    _own(racer.optimiser, release),
                )
                for racer in racers
            ]
            results = race(entrants, standing.loss, standing.start, standing.steps + 1)
            st.text(race_words(results))
            st.dataframe(list(race_rows(results)), hide_index=True)
            st.caption(race_terms(standing.steps + 1))


def _race_form(page: Page) -> tuple[Racer, ...]:
    """Who is to race, and at which rates of their own."""
    chosen = st.pills(
        "Who races (up to four)",
        list(OPTIMISERS),
        selection_mode="multi",
        default=[name for name in page.reading.text("race").split(",") if name],
        key=page.key("racers"),
        format_func=lambda name: OPTIMISERS[name].label,
    )
    names = list(chosen)[:MOST_ENTRANTS]
    if len(chosen) > MOST_ENTRANTS:
        st.caption("Four at a time can be told apart: the first four run.")
    own = [name for name in names if name not in FOLLOWING]
    rates: dict[str, float | None] = {}
    if own:
        for column, name in zip(st.columns(len(own)), own, strict=True):
            rates[name] = column.number_input(
                f"η of {OPTIMISERS[name].label}",
                min_value=1e-6,
                max_value=10.0,
                value=_linked_rate(page, name),
                format="%g",
                key=page.key(f"race.{name}"),
            ) or _linked_rate(page, name)
    return tuple(Racer(name, rates.get(name)) for name in names)


def _own(optimiser: str, release: Release) -> tuple[tuple[str, float], ...]:
    """A racer's settings as they stand in the figure; modifiers of gradient descent take no part."""
    names = {setting.name for setting in OPTIMISERS[optimiser].settings}
    return tuple((name, value) for name, value in settings_of(optimiser, release) if name in names)


@lru_cache(maxsize=64)
def _rates(standing: Standing[Expression], rates: tuple[float, float]) -> RateMap:
    return rate_map(
        standing.optimiser,
        standing.loss,
        standing.start,
        standing.steps,
        np.geomspace(rates[0], rates[1], 121),
        **dict(standing.settings),
    )


@dataclass(frozen=True)
class _Field:
    """All starts of a window, and the descent that is tried from each; `tell` hears how far the map is."""

    standing: Standing[Expression]
    windows: tuple[tuple[float, float], ...]
    tell: Callable[[float], object] = field(compare=False)


@lru_cache(maxsize=32)
def _mapped(starts: _Field) -> Basins:
    """The map of starts; one that takes long says how far it is, and ends when the learner moves on."""
    standing, begun = starts.standing, perf_counter()
    for progress in map_basins(
        standing.optimiser,
        standing.loss,
        starts.windows,
        standing.rate,
        max_steps=standing.steps,
        size=STARTS,
        **dict(standing.settings),
    ):
        if progress.basins is not None:
            return progress.basins
        if perf_counter() - begun > QUIET:
            starts.tell(progress.fraction)
    raise AssertionError("a map ends with its basins")


def _maps(page: Page, view: View, standing: Standing[Expression]) -> None:
    """Both maps, as long as they are open, for what stands in the figure after each release."""
    with st.expander(
        "Maps: every learning rate, every start", key=page.key("maps"), on_change="rerun"
    ) as fold:
        if not fold.open:
            return
        bar = st.empty()
        eta = number(standing.rate)
        # Of the start the second map does not depend: wherever it stands, the map is the same.
        tried = replace(
            standing, start=view.start, steps=min(max(standing.steps, FEWEST_MAPPED), MOST_MAPPED)
        )
        count = " × ".join([str(STARTS)] * len(view.windows))
        found = _mapped(
            _Field(tried, view.windows, partial(bar.progress, text=f"{count} starts at η = {eta}"))
        )
        bar.empty()
        label = OPTIMISERS[standing.optimiser].label
        note = maps_note(label, standing.steps, eta, tried.steps, len(found.minima))
        scene = maps_scene(standing.loss, view, standing.start, (_rates(standing, view.rates), found), note)
        live_figure(page, scene, keep=False, name="mapped")
