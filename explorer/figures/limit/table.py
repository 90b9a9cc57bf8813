"""The scene of a table: measured points, a secant through two of them, and the average rates between.

The rows are the learner's own: the points are dragged, and both ends of the interval stand on rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from explorer.conditions import is_unknown, is_within
from explorer.data.columns import LETTERS, NEXT, Pass
from explorer.data.headings import PLAIN, Heading, headings
from explorer.data.sums import of_rows
from explorer.expression import Call, Comparison, Expression, Piecewise, compile_tape, parse
from explorer.figures.limit.table_words import APART, SAME_ROW, Named, counted, sentences
from explorer.figures.regression.residuals import dot_size, of_each_row
from explorer.numeric.measurements import (
    LARGEST_NUMBER,
    MOST_LINKED,
    MOST_ROWS,
    Measurements,
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


def measured_scene(
    table: Measurements, head: str = "", now: Measurements | None = None, turn: int = 0
) -> Scene:
    """The scene for rows that begin as `table` and stand as `now`, in columns that the header `head` names.

    What the picture needs of how they stand is left out of the scene's identity; at another `turn` it begins anew.
    """
    seen = Seen.of(table)
    return _scene(table, head, seen if now is None else seen.widened(Seen.of(now)), turn)


@lru_cache(maxsize=64)
def _scene(table: Measurements, head: str, seen: Seen, turn: int) -> Scene:
    columns = headings(head, PLAIN)
    named = Named.of(columns)
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
        title=f"Average {named.rate.name} from a table",
        url={
            "source": "table",
            "table": None if seen.linked else OWN,
            "head": None if columns == PLAIN else head,
            **dict.fromkeys(("f", "window", "x0", "h")),
        },
        controls=(
            _end("to", end, table, seen, named.across),
            _end("from", start, table, seen, named.across),
        ),
        tape=compile_tape({name: one.over(tuple(known)) for name, one in outputs.items()}, tuple(known)),
        panels=(_points_panel(len(table.times), seen, named), _velocity_panel(seen, named)),
        readouts=(
            Readout(
                name="velocity",
                label=f"average {named.rate.name} {named.quotient}",
                text=(
                    Case("0/0", (SAME_ROW,)),
                    Case("too large", (is_unknown("v"),)),
                    Case(named.rate.valued("{v:g4}")),
                ),
                size="big",
                role="step",
                place="above",
            ),
            Readout(
                name="fraction",
                label="Δ{1} and Δ{0}".format(*named.letters),
                text=f"{named.up.valued('{ds:g4}')} in {named.across.valued('{dt:g4}')}",
                role="step",
            ),
        ),
        sentence=sentences(named, f"g{seen.digits}"),
        toggles=(
            Toggle(name="join", label="Join the points", help="Straight lines between the rows: a guess"),
        ),
        columns=_columns(table, named, seen),
        story=(
            Stage(
                f"One {named.up.name} at each {named.across.name}. How fast does it change, on average?",
                {"from": start, "to": end},
            ),
            Stage(
                "The shortest interval that the table has. Closer is not possible.",
                {"from": table.times[0], "to": table.times[1]},
            ),
        ),
    )


def _columns(table: Measurements, named: Named, seen: Seen) -> Columns:
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
            for letter, column, cell in zip(LETTERS, (named.across, named.up), digits, strict=True)
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


def _end(name: str, value: float, table: Measurements, seen: Seen, time: Heading) -> Control:
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


def _points_panel(count: int, seen: Seen, named: Named) -> Panel:
    x, y, x_next, y_next = map(Expression.variable, (*LETTERS, *NEXT))
    across, up = named.axes
    layout = theme.layout(
        xaxis=theme.axis(across, seen.times),
        yaxis=theme.axis(up, seen.places),
    )
    start, corner, end = ("from", "s0"), ("to", "s0"), ("to", "s1")
    return Panel(
        name="curve",
        label=f"{named.up.title} against {named.across.title}, and the secant through two of the points",
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
                text=f"Δ{named.letters[0]} = {named.across.valued('{dt:g4}')}",
                role="step",
                anchor="middle",
                offset=(0, 20),
                when=(APART,),
            ),
            marks.Label(
                at=("to", "mid_s"),
                text=f"Δ{named.letters[1]} = {named.up.valued('{ds:g4}')}",
                role="step",
                offset=(12, 5),
                when=(APART,),
            ),
        ),
        height=600,
        height_narrow=280,
        share=2.0,
    )


def _velocity_panel(seen: Seen, named: Named) -> Panel:
    """The average rate of every neighbouring pair of rows as a step, the chosen interval's over its length."""
    x, y, x_next, y_next = map(Expression.variable, (*LETTERS, *NEXT))
    between = _shown((y_next - y) / (x_next - x))
    within = (is_within("v", *seen.rates),)
    layout = theme.layout(
        xaxis=theme.axis(counted(named.letters[0], named.across.unit), seen.times),
        yaxis=theme.axis(counted(named.quotient, named.rate.unit), seen.rates),
    )
    return Panel(
        name="quotient",
        label=f"Average {named.rate.name} between the rows, and over the chosen interval",
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
