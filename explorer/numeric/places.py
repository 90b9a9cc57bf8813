"""The places where a formula may break within a window, found from its triggers and narrowed to floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, Node, Tape, compile_tape
from explorer.numeric.blur import CLEAR, Levels, centred, hidden, hidden_beside, untold
from explorer.numeric.calculus import values
from explorer.numeric.refine import grid, narrow, section, snap
from explorer.numeric.results import Array
from explorer.numeric.singularities import Met, Trigger, triggers_of
from explorer.numeric.steps import rounded

__all__ = ["MAX_PLACES", "Place", "break_counts", "find_places"]

GRID = 1025
MAX_PLACES = 500
"""Above this a window holds too many places to look at one by one."""

TOUCH = 1e-9
"""A level counts as touched when the extremum is closer to it than this part of its neighbours' distance."""

FINER = 0.05 * 0.98 ** np.arange(600.0)
MOST_GATHERINGS, GATHERED = 40, 60
"""So many places without a value are looked at ever closer, and so many levels more than were found make a crowd."""

HIDDEN, MOST_HIDDEN = 0.5, 50
"""Where rounding hides more of a step than this, in more stretches, doubles alone are believed: mod(3x, x)."""

WIDER = (8, 64, 512)
"""Windows so many times as wide are looked at instead, where they show more."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Place:
    """A candidate. `exact`: a nice number, confirmed; `met`: what the formula is there.

    `blur`: so far to either side a step's argument cannot be told from its level; `steps`: f jumps there.
    """

    x: float
    exact: bool
    met: Met
    blur: float = 0.0
    steps: bool = False


@dataclass(frozen=True, eq=False)
class _Found:
    """Narrowed places of one search: for each its trigger, level and the two ends of its bracket."""

    trigger: NDArray[np.intp]
    level: Array
    low: Array
    high: Array

    def and_also(self, other: _Found) -> _Found:
        """Those of both."""
        return _Found(
            np.concatenate([self.trigger, other.trigger]),
            np.concatenate([self.level, other.level]),
            np.concatenate([self.low, other.low]),
            np.concatenate([self.high, other.high]),
        )


class _Search:
    """One search for the levels of the triggers of f in [lo, hi]."""

    def __init__(self, f: Expression, lo: float, hi: float) -> None:
        self.f, self.width, self.ends = f, hi - lo, (lo, hi)
        self.triggers = triggers_of(f)
        self.nodes, self.row = _rows(self.triggers)
        self.tape = _trigger_tape(f)
        self.x = grid(lo, hi, GRID)
        self.g = self.evaluate(self.x)
        self.known, self.error = self._known() if any(t.steps for t in self.triggers) else ({}, self.g)

    def _known(self) -> tuple[dict[int, NDArray[np.intp]], Array]:
        """For each trigger that steps, the grid points at which it is clear of its levels; all nodes' errors."""
        found = rounded(self.tape, self.x)
        known: dict[int, NDArray[np.intp]] = {}
        for index, trigger in enumerate(self.triggers):
            if trigger.steps:
                value, error = found[str(self.row[index])]
                clear = _is_told(value, error, trigger)
                runs = np.count_nonzero(clear[1:] != clear[:-1]) / 2
                if clear.mean() >= HIDDEN and runs <= MOST_HIDDEN:
                    known[index] = np.flatnonzero(clear)
        return known, np.stack([found[str(k)][1] for k in range(len(self.nodes))])

    @property
    def obscured(self) -> bool:
        """Whether rounding hides most of a step here."""
        return any(trigger.steps and index not in self.known for index, trigger in enumerate(self.triggers))

    def seen(self, index: int) -> tuple[Array, Array]:
        """The grid and a trigger's node on it, as far as it can be told there from its levels."""
        known = self.known.get(index)
        g = self.g[self.row[index]]
        return (self.x, g) if known is None else (self.x[known], g[known])

    def evaluate(self, x: Array) -> Array:
        """Every node of a trigger at x, shape (nodes, *x.shape)."""
        results = self.tape.run(x)
        return np.stack([results[str(k)] for k in range(len(self.nodes))])

    def above(self, trigger: NDArray[np.intp], level: Array) -> Callable[[Array], Array]:
        """X of shape (brackets, points) ↦ node − level of each bracket."""
        nodes = self.row[trigger]

        def difference(x: Array) -> Array:
            results = self.evaluate(x)
            return np.asarray(results[nodes, np.arange(len(nodes))] - level[:, None])

        return difference

    def crossings(self) -> _Found | None:
        """Levels between neighbouring grid points; None when there are too many."""
        found: list[tuple[int, float, float, float]] = []
        for index, trigger in enumerate(self.triggers):
            x, g = self.seen(index)
            pairs = _crossed_levels(g, trigger, MAX_PLACES - len(found))
            if pairs is None:
                return None
            found.extend((index, level, x[k], x[k + 1]) for k, level in pairs)
        return self._narrowed(found)

    def _narrowed(self, brackets: list[tuple[int, float, float, float]]) -> _Found:
        rows = np.array(brackets, dtype=np.float64).reshape(-1, 4)
        trigger, level = rows[:, 0].astype(np.intp), rows[:, 1]
        difference = self.above(trigger, level)
        starts = np.sign(difference(rows[:, 2:4])) if len(rows) else np.zeros((0, 2))
        # Start from an end that is off the level, so that the other end of a plateau is found as well.
        flip = starts[:, 0] == 0
        start = np.where(flip, starts[:, 1], starts[:, 0])
        low, high = np.where(flip, rows[:, 3], rows[:, 2]), np.where(flip, rows[:, 2], rows[:, 3])
        low, high = narrow(lambda x: np.sign(difference(x)) == start[:, None], low, high)
        return _Found(trigger, level, low, high)

    def touches(self) -> _Found:
        """Levels touched, or crossed twice, at an extremum between grid points."""
        rows: list[tuple[int, float, float, float]] = []
        crossed: list[tuple[int, float, float, float]] = []
        for index, trigger in enumerate(self.triggers):
            rows.extend((index, level, low, high) for level, low, high in self._hidden(index))
            x, g = self.seen(index)
            at, level = _near_touches(g, trigger)
            if not at.size:
                continue
            slope = _slope_tape(self.f, trigger.node)
            left, right = x[at - 1], x[at + 1]
            start = np.sign(slope.run(left)["slope"])
            turns = start * np.sign(slope.run(right)["slope"]) < 0
            at, level, left, right = at[turns], level[turns], left[turns], right[turns]
            low, high = section(_output(slope, "slope"), left, right)
            top = self.evaluate(low)[self.row[index]] - level
            ends = g[at - 1] - level, g[at + 1] - level
            lost = rounded(self.tape, low)[str(self.row[index])][1]
            rounding = 4e-16 * (np.abs(level) + np.abs(top + level)) + CLEAR * lost
            touched = np.abs(top) <= TOUCH * np.maximum(np.abs(ends[0]), np.abs(ends[1])) + rounding
            rows.extend((index, level[k], low[k], high[k]) for k in np.flatnonzero(touched))
            for k in np.flatnonzero(~touched & (top * ends[0] < 0)):
                crossed += [(index, level[k], left[k], low[k]), (index, level[k], low[k], right[k])]
        found = np.array(rows, dtype=np.float64).reshape(-1, 4)
        touched_at = _Found(found[:, 0].astype(np.intp), found[:, 1], found[:, 2], found[:, 3])
        return touched_at.and_also(self._narrowed(crossed))

    def _hidden(self, index: int) -> list[tuple[float, float, float]]:
        """Levels reached from one side only, on stretches of the grid where rounding hides all of it."""
        known = self.known.get(index)
        if known is None:
            return []
        gaps = np.flatnonzero(np.diff(known) > 1)[:MAX_PLACES]
        before, after = known[gaps], known[gaps + 1]
        row, hidden = self.row[index], []
        for first, last in zip(before.tolist(), after.tolist(), strict=True):
            inside = slice(first + 1, last)
            g, error = self.g[row, inside], self.error[row, inside]
            level = float(_nearest_level(g[:1], self.triggers[index])[0])
            one_sided = (self.g[row, first] > level) == (self.g[row, last] > level)
            if one_sided and np.any(np.abs(g - level) <= error):
                hidden.append((level, float(self.x[first + 1]), float(self.x[last - 1])))
        return hidden

    def gathering(self, places: list[Place]) -> Array:
        """Where many more levels are met next to places without a value than were found, on a grid ever finer there.

        The zeros of sin(1/x) − 0.3 are endless at 0, and the even grid sees twenty of them.
        """
        missing = np.isnan(values(self.f, np.array([place.x for place in places])))
        lost = [
            place.x for place, none in zip(places, missing, strict=True) if none or place.met is Met.UNDEFINED
        ][:MOST_GATHERINGS]
        # Whatever is met for no rounding is met in plain doubles too, which tell most ends from a crowd at once.
        _, plain = self._met_beside(lost, told=False)
        lost = [lost[k] for k in np.flatnonzero(np.bincount(plain, minlength=len(lost)) > GATHERED)]
        met_beside, beside = self._met_beside(lost)
        gathered = [np.zeros(0)]
        for k, end in enumerate(lost):
            met, close = met_beside[beside == k], self.width * FINER[FINER.size // 4]
            seen = np.count_nonzero([abs(place.x - end) <= close for place in places])
            gathered += [met] if np.count_nonzero(np.abs(met - end) <= close) > seen + GATHERED else []
        return np.concatenate(gathered)

    def _met_beside(self, ends: list[float], *, told: bool = True) -> tuple[Array, NDArray[np.intp]]:
        """Where levels are met, for no rounding where `told`, on either side of the ends; and beside which end each is.

        They are the points of a grid before which a trigger has met a level since the last point that it is clear of.
        """
        near = [end + side * self.width * FINER for end in ends for side in (-1, 1)]
        grids = [x[(x > self.ends[0]) & (x < self.ends[1])] for x in near]
        if not grids:
            return np.zeros(0), np.zeros(0, dtype=np.intp)
        x, of = np.concatenate(grids), np.repeat(np.arange(len(grids)), [grid.size for grid in grids])
        plain, exact = {} if told else self.tape.run(x), np.zeros(x.size)
        results = rounded(self.tape, x) if told else {name: (g, exact) for name, g in plain.items()}
        found = []
        for index, trigger in enumerate(self.triggers):
            g, error = results[str(self.row[index])]
            clear = np.flatnonzero(_is_told(g, error, trigger))
            alike = of[clear[1:]] == of[clear[:-1]]
            found.append(clear[1:][alike & (_levels_between(g[clear], trigger)[1] > 0)])
        met = np.concatenate(found)
        return x[met], of[met] // 2

    def named(self, found: _Found) -> list[Place]:
        """The narrowed places, at their nice numbers where the trigger confirms them."""
        if not found.level.size:
            return []
        difference = self.above(found.trigger, found.level)
        with np.errstate(all="ignore"):
            ends = difference(np.stack([found.low, found.high], axis=1))
            best = np.where(np.abs(ends[:, 1]) <= np.abs(ends[:, 0]), found.high, found.low)
            size = np.abs(found.level) + np.abs(ends[:, 0] + found.level)
            allowed = np.minimum(np.abs(ends[:, 0]), np.abs(ends[:, 1]))
            allowed = allowed + 4 * np.abs(ends[:, 1] - ends[:, 0]) + 1e-15 * size
            x, exact = snap(
                best,
                1e-12 * np.maximum(np.abs(best), 1e-2 * self.width) + 1e-8 * np.abs(found.high - found.low),
                lambda nice: np.abs(difference(nice[:, None])[:, 0]) <= allowed,
            )
        met = [self.triggers[k].met for k in found.trigger]
        blur = np.zeros(x.size)
        steps = np.array([self.triggers[k].steps for k in found.trigger])
        vague = np.flatnonzero(~exact | steps)
        if vague.size:
            trigger = found.trigger[vague]
            spacing = np.array([self.triggers[k].spacing for k in trigger])
            levels = Levels(self.row[trigger], found.level[vague], spacing, steps[vague])
            x[vague], blur[vague] = centred(self.tape, levels, x[vague], self.ends)
            # A 0/0 hides the levels beside it: what is met where rounding has the say is met there.
            certain = np.array([word is Met.UNDEFINED for word in met]) & ~steps
            holes = np.flatnonzero(certain & (exact | (blur > 0)))
            if holes.size:
                hole = x[holes][np.argmin(np.abs(x[vague][:, None] - x[holes]), axis=1)]
                hides = hidden_beside(self.tape, levels, x[vague], hole)
                blur[vague] += np.where(hides, np.abs(x[vague] - hole), 0.0)
                x[vague], exact[vague] = np.where(hides, hole, x[vague]), exact[vague] | hides
        rows = zip(x.tolist(), exact.tolist(), met, blur.tolist(), steps.tolist(), strict=True)
        return [Place(at, sure and not width, word, width, jumps) for at, sure, word, width, jumps in rows]

    def ends_of_definition(self, known: list[Place]) -> list[Place]:
        """The second net: f turns undefined, a level is near, and no known place explains it."""
        defined = ~np.isnan(values(self.f, self.x))
        at = np.flatnonzero(defined[1:] != defined[:-1])
        places = np.array([place.x for place in known])
        if places.size:
            between = (places >= self.x[at][:, None]) & (places <= self.x[at + 1][:, None])
            at = at[~between.any(axis=1)]
        if not at.size or at.size > MAX_PLACES:
            return []
        inside = np.where(defined[at], self.x[at], self.x[at + 1])
        outside = np.where(defined[at], self.x[at + 1], self.x[at])
        inside, outside = narrow(lambda x: ~np.isnan(values(self.f, x)), inside, outside)
        near = np.zeros(at.size, dtype=bool)
        g = self.evaluate(inside)
        for index, trigger in enumerate(self.triggers):
            node = g[self.row[index]]
            # Without a level at hand it is overflow, such as e^x/e^x far out: no edge of the domain.
            near |= np.abs(node - _nearest_level(node, trigger)) <= 1e-6 * (1 + np.abs(node))
        return [Place(float(x), False, Met.UNSURE) for x in outside[near]]


def _widening(f: Expression, lo: float, hi: float) -> Iterator[_Search]:
    """The search in a window, and in wider and wider ones: from too close rounding hides where a step is."""
    middle, half = (lo + hi) / 2, (hi - lo) / 2
    yield _Search(f, lo, hi)
    for times in WIDER:
        yield _Search(f, middle - times * half, middle + times * half)


def _output(tape: Tape, name: str) -> Callable[[Array], Array]:
    return lambda x: tape.run(x)[name]


def _rows(triggers: tuple[Trigger, ...]) -> tuple[tuple[Node, ...], NDArray[np.intp]]:
    nodes = tuple(dict.fromkeys(trigger.node for trigger in triggers))
    numbers = {node: k for k, node in enumerate(nodes)}
    return nodes, np.array([numbers[trigger.node] for trigger in triggers], dtype=np.intp)


@lru_cache(maxsize=256)
def _trigger_tape(f: Expression) -> Tape:
    nodes, _ = _rows(triggers_of(f))
    return compile_tape({str(k): Expression(node, f.variables) for k, node in enumerate(nodes)}, f.variables)


@lru_cache(maxsize=256)
def _slope_tape(f: Expression, node: Node) -> Tape:
    slope = Expression(node, f.variables).derivative(f.variables[0])
    return compile_tape({"slope": slope}, f.variables)


def _is_told(g: Array, error: Array, trigger: Trigger) -> Bools:
    """Whether values are told from the level nearest to them, and that level from the next."""
    unclear = untold(g, error, _nearest_level(g, trigger), trigger.spacing)
    return ~(unclear | hidden(error, trigger.spacing))


def _nearest_level(g: Array, trigger: Trigger) -> Array:
    if not trigger.spacing:
        return np.full_like(g, trigger.level)
    return trigger.level + trigger.spacing * np.round((g - trigger.level) / trigger.spacing)


def _crossed_levels(g: Array, trigger: Trigger, most: int) -> list[tuple[int, float]] | None:
    """(index of the left grid point, level) for every level between neighbours; None for more than `most`."""
    first, count = _levels_between(g, trigger)
    at = np.flatnonzero(count > 0)
    if count[at].sum() > most:
        return None
    return [
        (int(k), trigger.level + trigger.spacing * (first[k] + j)) for k in at for j in range(int(count[k]))
    ]


def _levels_between(g: Array, trigger: Trigger) -> tuple[Array, Array]:
    """The number of the first level between neighbours, and how many there are."""
    a, b = g[:-1], g[1:]
    with np.errstate(all="ignore"):
        if not trigger.spacing:
            off = np.sign(a - trigger.level), np.sign(b - trigger.level)
            return np.zeros(a.size), np.where((off[0] != off[1]) & ~np.isnan(a) & ~np.isnan(b), 1.0, 0.0)
        # By the distance from the nearest level, which is exact: −½ + 10⁻¹⁷ − ½ would be the level itself.
        nearest = np.round((g - trigger.level) / trigger.spacing)
        beyond = g - (trigger.level + trigger.spacing * nearest)
        ceiling, floor = nearest + (beyond > 0), nearest - (beyond < 0)
        first, last = np.minimum(ceiling[:-1], ceiling[1:]), np.maximum(floor[:-1], floor[1:])
        return first, np.where((a != b) & np.isfinite(a) & np.isfinite(b), last - first + 1, 0.0)


def break_counts(f: Expression, lo: float, hi: float) -> tuple[Array, Array, Array]:
    """A grid over [lo, hi]; at how many places f may break between its neighbours, and how many the grid steps over."""
    search = _Search(f, lo, hi)
    counts = np.zeros(search.x.size - 1)
    for index, trigger in enumerate(search.triggers):
        g = search.g[search.row[index]]
        counts += np.minimum(_levels_between(g, trigger)[1], MAX_PLACES)
        # Beyond the largest double there are levels enough.
        counts += MAX_PLACES * (np.isinf(g[1:]) | np.isinf(g[:-1])) * (trigger.spacing > 0)
    crossings = search.crossings()
    places = [] if crossings is None else search.named(crossings)
    missed = np.histogram(search.gathering(places), search.x)[0].astype(np.float64)
    return search.x, counts, missed


def _near_touches(g: Array, trigger: Trigger) -> tuple[NDArray[np.intp], Array]:
    """Grid points next to an extremum of g that may reach a level which its neighbours do not cross."""
    with np.errstate(all="ignore"):
        before, after = g[1:-1] - g[:-2], g[2:] - g[1:-1]
        level = _nearest_level(g[1:-1], trigger)
        sides = np.sign(g[:-2] - level), np.sign(g[1:-1] - level), np.sign(g[2:] - level)
        near = np.abs(g[1:-1] - level) <= np.maximum(np.abs(before), np.abs(after))
        turns = (before * after <= 0) & (sides[0] == sides[1]) & (sides[1] == sides[2]) & near
    at = np.flatnonzero(turns & np.isfinite(before) & np.isfinite(after) & (sides[1] != 0))[:MAX_PLACES]
    return at + 1, level[at]


def _merged(places: list[Place], width: float) -> tuple[Place, ...]:
    merged: list[Place] = []
    for place in sorted(places, key=lambda p: (p.x, not p.exact)):
        last = merged[-1] if merged else None
        if last is not None and place.x - last.x <= 1e-11 * max(width, abs(place.x)):
            better = last if last.exact or not place.exact else place
            met, blur = max(last.met, place.met), max(last.blur, place.blur)
            merged[-1] = Place(better.x, better.exact, met, blur, last.steps or place.steps)
        else:
            merged.append(place)
    return tuple(merged)


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def find_places(f: Expression, lo: float, hi: float) -> tuple[Place, ...] | None:
    """Places in [lo, hi] where f may break, in increasing x; None when they are more than `MAX_PLACES`."""
    if not triggers_of(f):
        return ()
    search = next((wide for wide in _widening(f, lo, hi) if not wide.obscured), _Search(f, lo, hi))
    crossings = search.crossings()
    if crossings is None:
        return None
    places = search.named(crossings.and_also(search.touches()))
    if search.gathering(places).size:
        return None
    places += search.ends_of_definition(places)
    inside = [place for place in places if lo <= place.x <= hi]
    return _merged(inside, hi - lo)
