"""The scene of a table: measured points, a secant through two of them, and the average velocities between."""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from itertools import pairwise

import numpy as np

from explorer.expression import Expression, compile_tape, parse
from explorer.expression.tree import Call, Comparison, Piecewise, Variable
from explorer.figures import marks, theme
from explorer.figures.marks import Condition
from explorer.figures.scene import (
    Align,
    Case,
    Control,
    Handle,
    MarkedValue,
    Panel,
    Picture,
    Readout,
    Scene,
    Stage,
    Toggle,
)
from explorer.numeric import significant_text
from explorer.numeric.measurements import HEAD, Column, Head, Measurements, write_link

FEW_TICKS = 40
LARGEST_RATE = 1e100
"""A greater quotient is no average that could be shown: its rows stand at almost the same time."""
MOST_DECIMALS = 12
LONGEST_NUMBER = 15
SAME_ROW: Condition = ("hops", None, 0.5, "closed")
LENGTHS = ("place", "position", "distance")


def _rate_of(place: Column) -> str:
    """What the change per time is called: a length changes with a velocity."""
    return "velocity" if place.name.lower() in LENGTHS else "change"


@lru_cache(maxsize=64)
def measured_scene(table: Measurements, head: Head = HEAD, own: bool = False) -> Scene:
    """The scene for a table; the names and units of its head stand in its words, and an `own` one in its address."""
    time, place = head
    rate = f"{place.unit}/{time.unit}"
    start, end = table.times[0], table.times[min(3, len(table.times) - 1)]
    first, last = Expression.variable("from"), Expression.variable("to")
    place_0, place_1 = _lookup(table, "from", table.places), _lookup(table, "to", table.places)
    ranks = tuple(float(k) for k in range(len(table.times)))
    velocity = _shown((place_1 - place_0) / (last - first))
    size = parse("|u|", ("u",))
    outputs = {
        "s0": place_0,
        "s1": place_1,
        "ds": place_1 - place_0,
        "dt": last - first,
        "v": velocity,
        "mid_t": (first + last) * 0.5,
        "mid_s": (place_0 + place_1) * 0.5,
        "hops": size.substitute({"u": _lookup(table, "to", ranks) - _lookup(table, "from", ranks)}),
    }
    written = repr((table, head))
    return Scene(
        id=hashlib.sha256(written.encode()).hexdigest()[:16],
        page="limit",
        title=f"Average {_rate_of(place)} from a table",
        url={"source": "table", **_linked(table, head, own), **dict.fromkeys(("f", "window", "x0", "h"))},
        controls=(
            _control(table, "to", end, unit=time.unit, role="step", place="s1", shape="ring"),
            _control(table, "from", start, unit=time.unit, role="ink", place="s0", shape="dot"),
        ),
        tape=compile_tape(outputs, ("from", "to")),
        panels=(_points_panel(table, time, place), _velocity_panel(table, time, place)),
        readouts=(
            Readout(
                name="velocity",
                label=f"average {_rate_of(place)} Δs/Δt",
                text=(
                    Case("0/0", (SAME_ROW,)),
                    Case("too large", (("v", None, None, "undefined"),)),
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
        sentence=_sentences(time, place, f"g{_digits(table.times)}"),
        toggles=(
            Toggle(name="join", label="Join the points", help="Straight lines between the rows: a guess"),
        ),
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


OWN = "own"
"""What a link says of its table where that is not the example, and has no room for its rows."""


def _linked(table: Measurements, head: Head, own: bool) -> dict[str, str | None]:
    """What a link holds of a learner's own table."""
    said: dict[str, str | None] = dict.fromkeys(("table", "head", "data"))
    if not own:
        return said
    written = write_link(table, head)
    if written is None:
        return said | {"table": OWN}
    first, rows = written
    return said | {"data": rows, "head": None if head == HEAD else first}


def _shown(quotient: Expression) -> Expression:
    """The quotient as far as it can be shown: without a value where it is too large, or 0/0."""
    within = Comparison("<=", Call("abs", (quotient.root,)), Expression.number(LARGEST_RATE).root)
    return Expression(Piecewise(((within, quotient.root),), None), quotient.variables)


def _lookup(table: Measurements, name: str, results: tuple[float, ...]) -> Expression:
    """The result that belongs to the row whose time the control has: steps halfway between the times.

    Between neighbouring doubles halfway may round to the later time, which is the next row's.
    """
    variable = Variable(name)
    steps = [min((a + b) / 2, math.nextafter(b, a)) for a, b in pairwise(table.times)]
    branches = [
        (Comparison("<=", variable, Expression.number(step).root), Expression.number(result).root)
        for step, result in zip(steps, results[:-1], strict=True)
    ]
    return Expression(Piecewise(tuple(branches), Expression.number(results[-1]).root), (name,))


def _control(
    table: Measurements, name: str, value: float, *, unit: str, role: theme.Role, place: str, shape: str
) -> Control:
    few = len(table.times) <= FEW_TICKS
    return Control(
        name=name,
        label=name,
        unit=unit,
        min=table.times[0],
        max=table.times[-1],
        value=value,
        values=table.times,
        step=1.0,
        decimals=_decimals(table.times),
        role=role,
        marks=tuple(MarkedValue(time, significant_text(time, 6)) for time in table.times) if few else (),
        handle=Handle(
            panel="curve",
            at=(name, place),
            moves={"x": name},
            shape="ring" if shape == "ring" else "dot",
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


def _room(values: tuple[float, ...], share: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = share * (high - low) or 1.0
    return (low - margin, high + margin)


def _points_panel(table: Measurements, time: Column, place: Column) -> Panel:
    times, places = np.array(table.times), np.array(table.places)
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": times,
        "y": places,
        "marker": {"color": "$f", "size": 12},
        "hoverinfo": "skip",
    }
    joined = {
        "type": "scatter",
        "mode": "lines",
        "x": times,
        "y": places,
        "line": {"color": "$f@0.6", "width": 1.5, "dash": "dot"},
        "hoverinfo": "skip",
        "meta": {"toggle": "join"},
    }
    layout = theme.layout(
        xaxis=theme.axis(f"{time.name} t in {time.unit}", _room(table.times, 0.06)),
        yaxis=theme.axis(f"{place.name} s in {place.unit}", _room(table.places, 0.14)),
    )
    start, corner, end = ("from", "s0"), ("to", "s0"), ("to", "s1")
    apart: Condition = ("hops", 1.0, None, "closed")
    return Panel(
        name="curve",
        label=f"Measured {place.name} against {time.name}, and the secant through two of them",
        figure=Picture((joined, points), layout),
        marks=(
            marks.Line(through=start, slope="v", role="step", dash="dashdot", width=3.5),
            marks.Ghost(of=0),
            marks.Region(points=(start, corner, end), role="step", opacity=0.12),
            marks.Segment(from_=start, to=corner, role="step", width=2.5),
            marks.Segment(from_=corner, to=end, role="step", width=5),
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


def _velocity_panel(table: Measurements, time: Column, place: Column) -> Panel:
    """The average velocity of every neighbouring pair of rows as a step, the chosen interval's over its length."""
    times, places = np.array(table.times), np.array(table.places)
    with np.errstate(over="ignore"):
        between = np.diff(places) / np.diff(times)
    between[np.abs(between) > LARGEST_RATE] = np.nan
    x = np.column_stack([times[:-1], times[1:], np.full(len(between), np.nan)]).ravel()
    y = np.column_stack([between, between, np.full(len(between), np.nan)]).ravel()
    steps = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": "$f", "width": 3},
        "hoverinfo": "skip",
    }
    layout = theme.layout(
        xaxis=theme.axis(f"t in {time.unit}", _room(table.times, 0.06)),
        yaxis=theme.axis(
            f"Δs/Δt in {place.unit}/{time.unit}",
            _room((0.0, *(float(v) for v in between[np.isfinite(between)])), 0.22),
        ),
    )
    return Panel(
        name="quotient",
        label=f"Average {_rate_of(place)} between the rows, and over the chosen interval",
        figure=Picture((steps,), layout),
        marks=(
            marks.Segment(from_=("from", "v"), to=("to", "v"), role="step", width=5),
            marks.Label(at=("mid_t", "v"), text="{v:g4}", role="step", anchor="middle", offset=(0, -12)),
        ),
        height=600,
        height_narrow=180,
    )


def _digits(times: tuple[float, ...]) -> int:
    """Significant digits that tell neighbouring times apart, four at least."""
    closest = min(float(gap) for gap in np.diff(times))
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
            (("v", None, None, "undefined"),),
        ),
        Case(
            f"{interval}: {average}. These are neighbouring rows: what happened between them, and how fast at any "
            "instant, the table does not say.",
            (("hops", None, 1.0, "closed"),),
        ),
        Case(f"{interval}: {average}. Move the ends closer: how close does the table let you come?"),
    )
