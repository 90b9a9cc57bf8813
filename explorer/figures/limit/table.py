"""The scene of a table: measured points, a secant through two of them, and the average velocities between.

The rows are the learner's own: the points are dragged, and both ends of the interval stand on rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from explorer.conditions import Condition, is_at_least, is_at_most, is_unknown, is_within
from explorer.data.columns import LETTERS, NEXT, Pass
from explorer.data.sums import of_rows
from explorer.expression import Call, Comparison, Expression, Piecewise, compile_tape, parse
from explorer.figures.regression.residuals import dot_size, of_each_row
from explorer.numeric.measurements import (
    HEAD,
    LARGEST_NUMBER,
    MOST_LINKED,
    MOST_ROWS,
    Column,
    Head,
    Measurements,
    write_head,
)
from explorer.numeric.results import Span
from explorer.scene import marks, theme
from explorer.scene.counted import Columns
from explorer.scene.digits import axis_digits
from explorer.scene.scene import (
    Align,
    Case,
    Control,
    Handle,
    Panel,
    Picture,
    Readout,
    Scene,
    Stage,
    Toggle,
)
from explorer.scene.wire import identity_of

LARGEST_RATE = 1e100
"""A greater quotient is no average that could be shown: its rows stand at almost the same time."""
FLATTEST = 20.0
"""So many times as fast as any other may be what has a place on the axis of the rates."""
LITTLE = 4.0
MOST_DECIMALS = 12
LONGEST_NUMBER = 15
SAME_ROW: Condition = is_at_most("hops", 0.5)
LENGTHS = ("place", "position", "distance")

OWN = "own"
"""What a link says of its table where that has more rows than a link holds."""


@dataclass(frozen=True)
class Seen:
    """What the picture of a table is like: its axes, and the digits that tell its times apart.

    Points may be dragged meanwhile; the axes widen when one that was let go lies beyond them.
    """

    times: Span
    places: Span
    rates: Span
    decimals: int
    digits: int
    linked: bool

    @classmethod
    def of(cls, table: Measurements) -> Seen:
        """The picture that suits the table."""
        return cls(
            times=_room(table.times, 0.06),
            places=_room(table.places, 0.14, 0.3),
            rates=_room((0.0, *_rates_alike(table)), 0.22),
            decimals=_decimals(table.times),
            digits=_digits(table.times),
            linked=len(table.times) <= MOST_LINKED,
        )

    @property
    def held(self) -> float:
        """Where the ends of the interval are held: below the points, and above the numbers of the axis."""
        low, high = self.places
        return low + 0.05 * (high - low)

    def widened(self, now: Seen) -> Seen:
        """The same with room for what the table has become."""
        return Seen(
            _both(self.times, now.times),
            _both(self.places, now.places),
            _both(self.rates, now.rates),
            max(self.decimals, now.decimals),
            max(self.digits, now.digits),
            now.linked,
        )


def _room(values: tuple[float, ...], share: float, below: float | None = None) -> Span:
    """An axis for the values with so much room about them, in parts of what they span."""
    low, high = min(values), max(values)
    width = high - low or 1.0 / share
    return low - (share if below is None else below) * width, high + share * width


def _rates_alike(table: Measurements) -> tuple[float, ...]:
    """The least and the largest rate that an axis holds: none so far beyond the others that it would draw them flat.

    Without such a pair of neighbours every interval's rate lies between theirs; with one some lie a little beyond.
    """
    first, last = np.triu_indices(len(table.times), 1)
    times, places = np.array(table.times), np.array(table.places)
    with np.errstate(over="ignore"):
        rates = (places[last] - places[first]) / (times[last] - times[first])
    sizes = np.sort(np.abs(rates[(last - first == 1) & (rates != 0) & (np.abs(rates) <= LARGEST_RATE)]))
    if not len(sizes):
        return ()
    upper = sizes[(len(sizes) - 1) // 2 :].tolist()
    apart = next((k for k, (before, after) in enumerate(pairwise(upper)) if after > FLATTEST * before), None)
    most = upper[-1] if apart is None else min(LITTLE * upper[apart], upper[apart + 1])
    held = rates[np.abs(rates) <= most]
    return float(held.min()), float(held.max())


def _both(first: Span, now: Span) -> Span:
    """The first axis, which becomes wider only for what is more than the margin beyond it."""
    low, high = first
    margin = 0.05 * (high - low)
    return (min(low, now[0]) if now[0] < low - margin else low), (
        max(high, now[1]) if now[1] > high + margin else high
    )


def _rate_of(place: Column) -> str:
    """What the change per time is called: a length changes with a velocity."""
    return "velocity" if place.name.lower() in LENGTHS else "change"


def measured_scene(
    table: Measurements, head: Head = HEAD, now: Measurements | None = None, turn: int = 0
) -> Scene:
    """The scene for rows that begin as `table` and stand as `now`, with the names and units of the `head`.

    What the picture needs of how they stand is left out of the scene's identity; at another `turn` it begins anew.
    """
    seen = Seen.of(table)
    return _scene(table, head, seen if now is None else seen.widened(Seen.of(now)), turn)


@lru_cache(maxsize=64)
def _scene(table: Measurements, head: Head, seen: Seen, turn: int) -> Scene:
    time, place = head
    rate = f"{place.unit}/{time.unit}"
    start, end = table.times[0], table.times[min(3, len(table.times) - 1)]
    known = {name: Expression.variable(name) for name in ("from", "to", "s0", "s1")}
    first, last, place_0, place_1 = known.values()
    outputs = {
        "ds": place_1 - place_0,
        "dt": last - first,
        "v": _shown((place_1 - place_0) / (last - first)),
        "mid_t": (first + last) * 0.5,
        "mid_s": (place_0 + place_1) * 0.5,
    }
    identity = ("measured", table, head, turn)
    return Scene(
        id=identity_of(identity),
        page="limit",
        title=f"Average {_rate_of(place)} from a table",
        url={
            "source": "table",
            "table": None if seen.linked else OWN,
            "head": None if head == HEAD else write_head(head),
            **dict.fromkeys(("f", "window", "x0", "h")),
        },
        controls=(
            _end("to", end, table, seen, time),
            _end("from", start, table, seen, time),
        ),
        tape=compile_tape({name: one.over(tuple(known)) for name, one in outputs.items()}, tuple(known)),
        panels=(_points_panel(len(table.times), seen, head), _velocity_panel(seen, head)),
        readouts=(
            Readout(
                name="velocity",
                label=f"average {_rate_of(place)} Δs/Δt",
                text=(
                    Case("0/0", (SAME_ROW,)),
                    Case("too large", (is_unknown("v"),)),
                    Case(f"{{v:g4}} {rate}"),
                ),
                size="big",
                role="step",
                place="above",
            ),
            Readout(
                name="fraction",
                label="Δs and Δt",
                text=f"{{ds:g4}} {place.unit} in {{dt:g4}} {time.unit}",
                role="step",
            ),
        ),
        sentence=_sentences(time, place, f"g{seen.digits}"),
        toggles=(
            Toggle(name="join", label="Join the points", help="Straight lines between the rows: a guess"),
        ),
        columns=_columns(table, head, seen),
        story=(
            Stage(
                f"The {place.name} at a few times. How fast does it change, on average?",
                {"from": start, "to": end},
            ),
            Stage(
                "The shortest interval that the table has. Closer is not possible.",
                {"from": table.times[0], "to": table.times[1]},
            ),
        ),
    )


def _columns(table: Measurements, head: Head, seen: Seen) -> Columns:
    """The rows, which stay in the order of their times."""
    digits = axis_digits(seen.times), axis_digits(seen.places)
    digits[0]["decimals"] = max(digits[0]["decimals"], seen.decimals)
    return Columns(
        name="data",
        count="count",
        panel="curve",
        cells=tuple(
            Control(
                name=letter, label=column.title, min=-LARGEST_NUMBER, max=LARGEST_NUMBER, value=0.0, role="f",
                place="rows", url=False, **cell,
            )
            for letter, column, cell in zip(LETTERS, head, digits, strict=True)
        ),
        start=(np.array(table.times), np.array(table.places)),
        live=True,
        least=2,
        most=MOST_ROWS,
        linked=MOST_LINKED,
        order=True,
        open=True,
        before=(_looked_up(),),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _looked_up() -> Pass:
    """The places of the rows on which the ends stand, and how many rows the one is after the other."""
    letters = {"a": "from", "b": "to"}
    row = ("x", "y", *letters)
    named = {letter: Expression.variable(name) for letter, name in letters.items()}
    found = {
        "s0": parse("{x < a: 0, x > a: 0, y}", row),
        "s1": parse("{x < b: 0, x > b: 0, y}", row),
        "hops": parse("{x <= min(a, b): 0, x > max(a, b): 0, 1}", row),
    }
    return of_rows({name: ("sum", term.substitute(named)) for name, term in found.items()})


def _shown(quotient: Expression) -> Expression:
    """The quotient as far as it can be shown: without a value where it is too large, or 0/0."""
    within = Comparison("<=", Call("abs", (quotient.root,)), Expression.number(LARGEST_RATE).root)
    return Expression(Piecewise(((within, quotient.root),), None), quotient.variables)


def _end(name: str, value: float, table: Measurements, seen: Seen, time: Column) -> Control:
    """One end of the interval; it is held below the picture, where it is in no point's way."""
    return Control(
        name=name,
        label=name,
        unit=time.unit,
        min=table.times[0],
        max=table.times[-1],
        value=value,
        values=table.times,
        on_rows=True,
        step=1.0,
        decimals=seen.decimals,
        role="step" if name == "to" else "ink",
        handle=Handle(
            panel="curve",
            at=(name, seen.held),
            moves={"x": name},
            shape="ring" if name == "to" else "dot",
            label=f"the row at which the interval {'ends' if name == 'to' else 'starts'}",
        ),
        align=Align(panel="curve"),
    )


def _decimals(times: tuple[float, ...]) -> int:
    """As many as tell neighbouring times apart."""
    if all(time == int(time) for time in times):
        return 0
    closest = min(float(gap) for gap in np.diff(times))
    return min(max(2, math.ceil(-math.log10(closest))), MOST_DECIMALS)


def _points_panel(count: int, seen: Seen, head: Head) -> Panel:
    time, place = head
    x, y, x_next, y_next = map(Expression.variable, (*LETTERS, *NEXT))
    layout = theme.layout(
        xaxis=theme.axis(f"{time.name} t in {time.unit}", seen.times),
        yaxis=theme.axis(f"{place.name} s in {place.unit}", seen.places),
    )
    start, corner, end = ("from", "s0"), ("to", "s0"), ("to", "s1")
    apart: Condition = is_at_least("hops", 1.0)
    return Panel(
        name="curve",
        label=f"Measured {place.name} against {time.name}, and the secant through two of them",
        figure=Picture((), layout),
        marks=(
            marks.Line(through=start, slope="v", role="step", dash="dashdot", width=3.5),
            marks.Ghost(of=0),
            marks.Region(points=(start, corner, end), role="step", opacity=0.12),
            marks.Segment(from_=start, to=corner, role="step", width=2.5),
            marks.Segment(from_=corner, to=end, role="step", width=5),
            *(
                marks.Segment(from_=(name, seen.held), to=at, role="guide", dash="dot", width=1.5)
                for name, at in (("from", start), ("to", end))
            ),
            marks.EachRow(
                shape="segments",
                tape=of_each_row(x=x, y=y, to=y_next, across=x_next),
                role="f",
                dash="dot",
                width=1.5,
                opacity=0.6,
                toggle="join",
            ),
            marks.EachRow(shape="dots", tape=of_each_row(x=x, y=y), role="f", size=dot_size(count)),
            marks.Point(at=start, shape="ring", role="ink", size=17),
            marks.Point(at=end, shape="ring", role="step", size=17),
            marks.Label(
                at=("mid_t", "s0"),
                text=f"Δt = {{dt:g4}} {time.unit}",
                role="step",
                anchor="middle",
                offset=(0, 20),
                when=(apart,),
            ),
            marks.Label(
                at=("to", "mid_s"),
                text=f"Δs = {{ds:g4}} {place.unit}",
                role="step",
                offset=(12, 5),
                when=(apart,),
            ),
        ),
        height=600,
        height_narrow=280,
        share=2.0,
    )


def _velocity_panel(seen: Seen, head: Head) -> Panel:
    """The average velocity of every neighbouring pair of rows as a step, the chosen interval's over its length."""
    time, place = head
    x, y, x_next, y_next = map(Expression.variable, (*LETTERS, *NEXT))
    between = _shown((y_next - y) / (x_next - x))
    within = (is_within("v", *seen.rates),)
    layout = theme.layout(
        xaxis=theme.axis(f"t in {time.unit}", seen.times),
        yaxis=theme.axis(f"Δs/Δt in {place.unit}/{time.unit}", seen.rates),
    )
    return Panel(
        name="quotient",
        label=f"Average {_rate_of(place)} between the rows, and over the chosen interval",
        figure=Picture((), layout),
        marks=(
            marks.EachRow(
                shape="segments",
                tape=of_each_row(x=x, y=between, to=between, across=x_next),
                role="f",
                width=3.0,
            ),
            marks.Segment(from_=("from", "v"), to=("to", "v"), role="step", width=5),
            marks.Label(
                at=("mid_t", "v"), text="{v:g4}", role="step", anchor="middle", offset=(0, -12), when=within
            ),
            marks.Outside(at=("mid_t", "v"), text="{v:g4}", role="step", distance=False),
        ),
        height=600,
        height_narrow=180,
    )


def _digits(times: tuple[float, ...]) -> int:
    """Significant digits that tell neighbouring times apart, four at least."""
    closest = min(after - before for before, after in pairwise(times))
    largest = max(abs(time) for time in times)
    return min(max(4, 1 + math.ceil(math.log10(largest) - math.log10(closest))), LONGEST_NUMBER)


def _sentences(time: Column, place: Column, digits: str) -> tuple[Case, ...]:
    ends = f"From {{from:{digits}}} to {{to:{digits}}} {time.unit}"
    interval = f"{ends} the {place.name} changes by {{ds:g4}} {place.unit}"
    average = f"on average {{v:g4}} {place.unit}/{time.unit}"
    return (
        Case(
            f"One row alone is one {place.name} at one {time.name}: 0/0, no average. An instant needs rows ever "
            "closer, and the table has none.",
            (SAME_ROW,),
        ),
        Case(
            f"{interval}, and that within so short a time that the average is too large to be shown.",
            (is_unknown("v"),),
        ),
        Case(
            f"{interval}: {average}. These are neighbouring rows: what happened between them, and how fast at any "
            "instant, the table does not say.",
            (is_at_most("hops", 1.0),),
        ),
        Case(f"{interval}: {average}. Move the ends closer: how close does the table let you come?"),
    )
