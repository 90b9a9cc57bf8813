"""Where a descent is looked at: the window, the start, the rate and the number of steps that suit a loss."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from explorer.caching import computed_once
from explorer.descent import Stability, as_known, number
from explorer.descent.landscape import Landscape
from explorer.descent.problems import PROBLEMS, Problem, ill_conditioned_valley
from explorer.descent.stability import minima_below
from explorer.expression import Expression, ExpressionError, free_variables, parse
from explorer.figures.curve import analyse, choose_window
from explorer.numeric import Description, Window
from explorer.numeric.results import HUGE, Array, Span
from explorer.numeric.sharp2d import sharp_places
from explorer.numeric.veils import Veil, veil_of
from explorer.presets import Preset

MOST_STEPS = 2000
_VALLEY = re.compile(r"0\.5x\^2\+([0-9.]{1,12})y\^2")
DECADES = 4
MOST_DECADES = 24
"""So far a control can be widened: from one end of the rates that a link may name to the other and beyond."""

MOST_MINIMA = 9
"""So many are marked at most: as many whole rings of equal height as that makes."""

MOST_GROWN, STARTS_ROOM = 8.0, 0.08
"""For the start of a link a window grows by so many times itself, at most; and the room behind it, in parts of both."""

GRID = 81
MOST_HOLLOWS = 60


@dataclass(frozen=True)
class View:
    """One span for each variable, the heights to show, and where a descent begins.

    `minima` are the minima known in the window, the lowest first, with their curvatures; `kinks` are those in two
    variables that have none, like the tip of |x| + |y|; `lowest` is the least loss known there.
    `touched` when somebody has already played with it.
    """

    windows: tuple[Span, ...]
    heights: Span
    start: tuple[float, ...]
    rate: float
    rates: Span
    steps: int
    minima: tuple[tuple[float, ...], ...]
    curvatures: tuple[tuple[float, float], ...]
    quadratic: bool
    lowest: float
    kinks: tuple[tuple[float, ...], ...] = ()
    touched: bool = False

    @property
    def window(self) -> Window:
        """What the picture shows: of one variable and its loss, or of two variables on equal scales."""
        plane = len(self.windows) > 1
        return Window(self.windows[0], self.windows[1] if plane else self.heights, equal=plane)

    def seen(self, window: Window) -> View:
        """The same in another window."""
        if len(self.windows) > 1:
            return replace(self, windows=(window.x, window.y))
        return replace(self, windows=(window.x,), heights=window.y)


def read_loss(text: str) -> Expression:
    """A loss in x, or in x and y; one that is typed in w alone, as the update is written, is read in x."""
    try:
        return used_variables(parse(text, ("x", "y")))
    except ExpressionError:
        with suppress(ExpressionError):
            loss = parse(text, ("w",))
            if free_variables(loss.root):
                read = loss.substitute({"w": Expression.variable("x")}, ("x",))
                return replace(read, remarks=loss.remarks)
        raise


def used_variables(loss: Expression) -> Expression:
    """The loss as a function of x alone where y does not occur, else of (x, y)."""
    return loss.over(("x", "y") if "y" in free_variables(loss.root) else ("x",))


def weighed(loss: Expression) -> Expression:
    """In one variable a loss of w, as the update w ← w − η∇L says and all that is said beside it."""
    return loss if len(loss.variables) > 1 else loss.substitute({"x": Expression.variable("w")}, ("w",))


def loss_latex(loss: Expression) -> str:
    """The reading of what was typed, under the names that the page gives: L, and w where there is one variable."""
    named = weighed(loss)
    return f"L({', '.join(named.variables)}) = {named.latex()}"


def _presets() -> tuple[Preset, ...]:
    """The problems as examples: of two with the same formula the first, whose task is about the start."""
    seen: dict[str, Preset] = {}
    for problem in PROBLEMS:
        seen.setdefault(
            problem.formula,
            Preset(
                problem.title, problem.formula, problem.task, problem.start[0], variables=problem.variables
            ),
        )
    return tuple(seen.values())


DESCENTS = _presets()


def problem_of(loss: Expression) -> Problem | None:
    """The named problem that this loss is."""
    kappa = condition_of(loss)
    if kappa is not None:
        return ill_conditioned_valley(kappa)
    return next((p for p in PROBLEMS if p.loss.text == loss.text), None)


def condition_of(loss: Expression) -> float | None:
    """The condition number κ where the loss is the narrow valley ½(x² + κy²), whatever κ."""
    found = _VALLEY.fullmatch(loss.text)
    kappa = 2 * float(found[1]) if found else 0.0
    return kappa if 1 <= kappa <= 1e6 else None


@computed_once(128)
def first_view(loss: Expression) -> View:
    """The problem's own view, or one found for a loss that nobody has named."""
    problem = problem_of(loss)
    landscape = Landscape(loss)
    chosen: Span | None = None
    with np.errstate(all="ignore"):
        if problem is not None:
            windows, start = problem.windows, problem.start
        elif len(loss.variables) == 1:
            window = choose_window(loss)
            windows, chosen = (window.x,), window.y
            start = (_first_place(loss, window.x, window.y),)
        else:
            windows = _plane_window(landscape)
            start = _first_point(loss, windows)
        windows = _squarer(windows)
        fast, veil = _turns_too_often(loss, windows)
        minima = [] if fast else [m for m in _minima(landscape, windows) if not _hidden(veil, m.point)]
        kinks = () if fast else tuple(p for p in _kinks(loss, windows) if not _hidden(veil, p))
        known = [*(m.point for m in minima), *map(np.array, kinks)]
        heights, lowest = _heights(loss, windows, [*known, np.array(start)])
        if chosen is not None:
            heights = _holding(chosen, [float(loss(*place)) for place in (*known, np.array(start))])
    top = minima[0].largest if minima else math.nan
    bound = min(2 / top, HUGE) if top > 0 else 1.0
    rate = problem.rate if problem is not None else float(f"{bound / 10:.1g}")
    return View(
        windows=windows,
        heights=heights,
        start=start,
        rate=rate,
        rates=_rates(min(bound, 20 * rate), rate),
        steps=problem.steps if problem is not None else 40,
        minima=tuple(tuple(round(float(v), 8) + 0.0 for v in m.point) for m in minima),
        curvatures=tuple((as_known(m.smallest), as_known(m.largest)) for m in minima),
        quadratic=landscape.is_quadratic(),
        lowest=lowest,
        kinks=kinks,
    )


def linked_view(
    view: View,
    start: tuple[float | None, ...],
    rate: float | None,
    steps: float | None,
    touched: bool = False,
) -> View:
    """The view with what a link asks for: a rate beyond the usual ones widens the control."""
    places = tuple(given if given is not None else own for given, own in zip(start, view.start, strict=True))
    wanted = rate if rate is not None else view.rate
    low, high = view.rates
    for _ in range(MOST_DECADES):
        low = low / 10 if wanted < low else low
        high = high * 10 if wanted > high else high
    return replace(
        view,
        start=places,
        rate=wanted,
        rates=(low, high),
        steps=int(steps) if steps is not None else view.steps,
        touched=touched,
    )


def sees_start(loss: Expression, view: View) -> bool:
    """Whether the point stands in the first window where a descent begins."""
    at = view.start if len(view.windows) > 1 else (*view.start, float(loss(*view.start)))
    spans = (*view.windows, view.heights)[: len(at)]
    return all(low <= value <= high for value, (low, high) in zip(at, spans, strict=True))


def holding_start(loss: Expression, view: View) -> View:
    """The view wide and high enough to see the start of a link; farther out an arrow says where it is."""
    plane = len(view.windows) > 1
    windows = tuple(map(_grown, view.windows, view.start))
    if plane:
        held = replace(view, windows=windows if windows == view.windows else _squarer(windows))
    else:
        held = replace(view, windows=windows, heights=_grown(view.heights, float(loss(*view.start))))
    return held if sees_start(loss, held) else view


def _grown(span: Span, value: float) -> Span:
    """The span and a value with some room behind it; the span alone where it would be a small part of both."""
    low, high = span
    out = max(low - value, value - high)
    if not 0 < out <= MOST_GROWN * (high - low):
        return span
    room = STARTS_ROOM * (high - low + out)
    return (value - room, high) if value < low else (low, value + room)


def excess_name(lowest: float) -> str:
    """What an axis is called that shows how far a loss lies above the lowest one known."""
    if lowest == 0:
        return "loss"
    return f"loss {'−' if lowest > 0 else '+'} {number(abs(lowest))}"


def _rates(bound: float, rate: float) -> Span:
    """Four decades or more with the bound in the upper part; up to 1 at least, which adaptive methods want."""
    top = max(math.ceil(math.log10(4 * max(bound, rate)) - 1e-9), 0)
    bottom = min(top - DECADES, math.floor(math.log10(rate / 10) + 1e-9))
    return float(f"1e{bottom}"), float(f"1e{top}")


def _first_place(loss: Expression, span: Span, heights: Span) -> float:
    """A round place near the right end where the picture and the slope are fine: there is a way to go from it.

    Where there is no way to go from anywhere, one near the middle that has a slope at least, and is no jump.
    """
    left, right = span
    unit = 10.0 ** math.floor(math.log10((right - left) / 4))
    unit = unit if right - left > 8 * unit else unit / 2
    # Twelve tenths are 1.2000000000000002 until they are rounded: the place is read in the address.
    round_places = np.round(np.linspace(left, right, 61) / unit) * unit
    places = np.unique(np.round(round_places, 1 - math.floor(math.log10(unit))))
    values, (slopes,) = loss.value_and_gradient(places)
    fine = np.isfinite(values) & np.isfinite(slopes) & (slopes != 0)
    shown = fine & (values >= heights[0]) & (values <= heights[1]) & (places >= left) & (places <= right)
    steep = shown & (np.abs(slopes) >= 0.5 * np.median(np.abs(slopes[shown]))) if shown.any() else fine
    usable = places[steep]
    wanted = left + 0.85 * (right - left)
    if not len(usable):
        wanted, beside = (left + right) / 2, np.concatenate([places, places + unit / 2])
        values, (slopes,) = loss.value_and_gradient(beside)
        usable = beside[np.isfinite(values) & np.isfinite(slopes)]
    if not len(usable):
        return float(wanted)
    return float(usable[np.argmin(np.abs(usable - wanted))]) + 0.0


def _plane_window(landscape: Landscape) -> tuple[Span, Span]:
    """Around the minima that Newton's method finds from a few starts, at least ±3."""
    starts = np.array([(x, y) for x in (-2.0, 0.5, 2.0) for y in (-2.0, 0.5, 2.0)])
    found = minima_below(landscape, starts)
    places = np.array([m.point for m in found if m is not None and np.abs(m.point).max() <= 50])
    if not len(places):
        return (-3.0, 3.0), (-3.0, 3.0)
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    reach = max(float(np.ptp(places, axis=0).max()) * 0.75, 3.0, float(np.abs(middle).max()) * 0.5)
    reach = float(f"{reach * 1.05:.1g}") if reach > 3 else 3.0
    centre = np.round(middle)
    return tuple((float(c - reach), float(c + reach)) for c in centre)  # type: ignore[return-value]


def _first_point(loss: Expression, windows: tuple[Span, ...]) -> tuple[float, float]:
    """A round place in the upper right of the window where the loss has a slope, in both directions if it can be."""
    usable = []
    (left, right), (bottom, top) = windows
    for share in ((0.83, 0.67), (0.17, 0.67), (0.67, 0.33), (0.6, 0.6), (0.3, 0.3)):
        x, y = round(left + share[0] * (right - left), 1), round(bottom + share[1] * (top - bottom), 1)
        value, slopes = loss.value_and_gradient(np.array(x), np.array(y))
        sizes = [abs(float(slope)) for slope in slopes]
        if np.isfinite([float(value), *sizes]).all():
            usable.append((min(sizes) > 0.02 * max(sizes), (x, y)))
    middle = (False, ((left + right) / 2, (bottom + top) / 2))
    return max([*usable, middle], key=lambda place: place[0])[1]


def _squarer(windows: tuple[Span, ...]) -> tuple[Span, ...]:
    """Two spans of nearly the same length, the shorter one widened: with equal scales they fill the picture."""
    widest = max(high - low for low, high in windows)
    grown = [max(0.0, 0.9 * widest - (high - low)) / 2 for low, high in windows]
    return tuple((low - more, high + more) for (low, high), more in zip(windows, grown, strict=True))


def _minima(landscape: Landscape, windows: tuple[Span, ...]) -> list[Stability]:
    """The minima below a few starts all over the window and below every hollow of it, each once, the lowest first."""
    sides = [np.linspace(low, high, 13 if len(windows) == 1 else 5) for low, high in windows]
    starts = np.stack([part.ravel() for part in np.meshgrid(*sides)], axis=1)
    if len(windows) == 2:
        starts = np.concatenate([_hollows(landscape.loss, windows), starts])
    found: list[Stability] = []
    for minimum in minima_below(landscape, starts):
        if minimum is None or any(
            not low <= value <= high for value, (low, high) in zip(minimum.point, windows, strict=True)
        ):
            continue
        if all(np.abs(minimum.point - other.point).max() > 1e-6 for other in found):
            found.append(minimum)
    heights = {id(m): round(landscape.loss_at(tuple(m.point.tolist())), 6) for m in found}
    found.sort(key=lambda m: heights[id(m)])
    # Of those at one height all are marked or none: two of four would say that the others are something else.
    shown = found[:MOST_MINIMA]
    if len(found) > MOST_MINIMA:
        whole = [m for m in shown if heights[id(m)] < heights[id(found[MOST_MINIMA])]]
        shown = whole or shown
    return shown


def _turns_too_often(loss: Expression, windows: tuple[Span, ...]) -> tuple[bool, Veil]:
    """Whether there are too many hollows to mark, and in a plane the parts of it in which there are.

    Those that a few starts lead to would be none to speak of.
    """
    if len(windows) == 1:
        too_many = (Description.TOO_MANY_TURNS, Description.TOO_MANY_BREAKS)
        return analyse(loss, windows[0]).description in too_many, Veil()
    veil = veil_of(loss, Window(windows[0], windows[1], equal=True), GRID - 1)
    return veil.whole, veil


def _hidden(veil: Veil, place: Sequence[float] | Array) -> bool:
    return bool(veil and veil.covers(place[0], place[1]))


def _hollows(loss: Expression, windows: tuple[Span, ...]) -> Array:
    """The places of a grid that are lower than their eight neighbours, the lowest first, (k, 2)."""
    xs, ys = (np.linspace(low, high, GRID) for low, high in windows)
    values = np.asarray(loss(*np.meshgrid(xs, ys)))
    middle = values[1:-1, 1:-1]
    around = [
        values[1 + up : GRID - 1 + up, 1 + right : GRID - 1 + right]
        for up in (-1, 0, 1)
        for right in (-1, 0, 1)
        if up or right
    ]
    rows, columns = np.nonzero((middle < around).all(axis=0))
    order = np.argsort(middle[rows, columns], kind="stable")[:MOST_HOLLOWS]
    return np.column_stack([xs[columns[order] + 1], ys[rows[order] + 1]])


def _holding(heights: Span, values: list[float]) -> Span:
    """The heights at which a curve shows its hollows, grown to where a descent begins and may end.

    Those of its bulk would be as high as a power is far out: the hollows of x⁶ − 3x² are 2 deep, at its edge it is 77.
    """
    ends = [*heights, *(value for value in values if abs(value) < HUGE)]
    low, high = min(ends), max(ends)
    margin = 0.06 * (high - low)
    return (
        low if low == heights[0] else low - margin,
        high if high == heights[1] else high + margin,
    )


def _kinks(loss: Expression, windows: tuple[Span, ...]) -> tuple[tuple[float, ...], ...]:
    """The lowest places of a plane that have no gradient, as the surface page finds them."""
    if len(windows) == 1:
        return ()
    found = [(p.x, p.y) for p in sharp_places(loss, windows[0], windows[1]) if p.lowest]
    return tuple((round(x, 8) + 0.0, round(y, 8) + 0.0) for x, y in found[:MOST_MINIMA])


def looked_at(loss: Expression, view: View, window: Window) -> View:
    """The same in another window of the plane, with the heights that are worth showing there."""
    seen = view.seen(window)
    return replace(seen, heights=_heights(loss, seen.windows, [])[0])


def _heights(loss: Expression, windows: tuple[Span, ...], places: list[Array]) -> tuple[Span, float]:
    """Losses worth showing: from the lowest to the bulk of the highest, with the start; and the lowest of all."""
    sides = [np.linspace(low, high, 801 if len(windows) == 1 else GRID) for low, high in windows]
    values = np.asarray(loss(*np.meshgrid(*sides))).ravel()
    own = np.array([float(loss(*place)) for place in places])
    values = np.clip(values[np.isfinite(values)], -HUGE, HUGE)
    own = np.clip(own[np.isfinite(own)], -HUGE, HUGE)
    if not len(values):
        return (0.0, 1.0), 0.0
    known = np.concatenate([values, own])
    lowest = float(known.min())
    low, high = lowest, float(values.max())
    bulk_low, bulk = (float(q) for q in np.quantile(values, (0.03, 0.9)))
    spread = bulk - bulk_low
    if high > bulk + 3 * spread:
        high = max([bulk + 0.5 * spread, *own])
    if low < bulk_low - 3 * spread:
        # Beside a pole the loss has no lowest value: what is shown of it is what counts.
        low = lowest = min([bulk_low - 0.5 * spread, *own])
    margin = 0.06 * (high - low) or 0.5
    return (low - margin, high + margin), lowest if lowest > -1e12 else 0.0
