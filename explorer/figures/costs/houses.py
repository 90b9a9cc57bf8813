"""The scene of houses and a hub: each distance with its cost, the total below, and its slope as a balance of arms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from explorer.conditions import Condition, is_above, is_at_least, is_at_most
from explorer.expression import Expression, compile_tape
from explorer.figures.challenges import UNASKED
from explorer.figures.costs.houses_words import SAME, readouts, sentence, story
from explorer.figures.costs.questions import house_challenges
from explorer.figures.curve import Trace
from explorer.numeric.costs import COSTS, MOST_HOUSES, NOWHERE, cost_quantities, cost_variables, house_names
from explorer.numeric.results import Span
from explorer.numeric.seams import of_parts
from explorer.scene import marks, theme
from explorer.scene.axis_control import axis_control
from explorer.scene.counted import Listed
from explorer.scene.digits import decimals_for, step_for
from explorer.scene.scene import Control, Handle, Panel, Picture, Scene, Toggle
from explorer.scene.wire import identity_of

FIRST = (1.0, 2.0)
DELTA = 1.0
BEST, MEAN, EXACT, STILL = "best_x", "mean", "exact", "still"
LABELS = {"square": "Squares", "absolute": "Distances", "huber": "Huber"}
HELP = {
    "square": "Each distance costs its square",
    "absolute": "Each distance costs its length",
    "huber": "Up to δ half the square, beyond δ the length times δ, joined smoothly",
}

GROUND, HUB, ROW = 0.16, 0.035, 0.068
"""Heights in the upper picture: the axis with the houses, the hub below it, and from row to row of the distances."""

MIDDLE: tuple[float, float] = (0.36, 1.0)
FOOT: tuple[float, float] = (0.0, 0.31)
TOTAL = ("x", "y2")
ROOM = 1.15
FEW = 2
LEFT, RIGHT = (0.6, 0.35), (1.8, 0.9)
"""So many widths of all that stands there are seen at either side of it: of FEW houses, and of more, whose own places
are to be told apart."""

HIGHEST = {"square": "longest", "huber": "highest"}
"""How high the highest of the areas is that a cost draws."""

ARM = 0.04
"""The arm of one house in the balance of absolute costs, in parts of the axis."""


@lru_cache(maxsize=64)
def houses_scene(places: tuple[float, ...] = FIRST, hub: float | None = None) -> Scene:
    """The scene for houses first at `places`, 1 to 12 of them, and the hub at `hub`."""
    x = _hub(places) if hub is None else hub
    span = _span((*places, x))
    width = span[1] - span[0]
    delta = DELTA if 0.1 * step_for(width) <= DELTA <= width else step_for(width)
    start = {"x": x, "houses": float(len(places)), "delta": delta}
    start |= dict(zip(house_names(), (*places, *_vacant(places, span)), strict=True))
    return Scene(
        id=identity_of(("houses", places, x)),
        page="houses",
        title="Houses, a hub, and what the distances cost",
        url={"tab": "square", **dict.fromkeys(("heads", "tails", "times", "p", "best_p", "more", "g"))},
        controls=_controls(span, start),
        tape=compile_tape(_outputs(span), cost_variables()),
        panels=(_panel(span, start),),
        listed=Listed(name="points", controls=house_names(), count="houses"),
        readouts=readouts(SAME * width),
        sentence=sentence(SAME * width, opening=places == FIRST and x == 0.0),
        toggles=_toggles(),
        story=story(),
        challenges=house_challenges(places, x, span),
    )


def _hub(places: tuple[float, ...]) -> float:
    """Where the hub stands first: beside the houses, at 0 where that is near."""
    low, width = min(places), max(places) - min(places)
    if 0.0 < low <= max(width, 1.0):
        return 0.0
    step = step_for(_width(places))
    return _tidy(low - 0.2 * _width(places), step)


def _tidy(place: float, step: float) -> float:
    """The nearest whole multiple of the step, without the rounding of the product."""
    return float(f"{round(place / step) * step:.12g}")


def _width(places: tuple[float, ...]) -> float:
    """From the first to the last; for one house, or a heap of them, a length that suits the numbers."""
    width = max(places) - min(places)
    return width if width > 1e-6 * max(map(abs, places)) else max(1.0, 0.1 * abs(places[0]))


def _span(places: tuple[float, ...]) -> Span:
    """The axis: with the hub among the `places`, and room to drag a house far out to the right."""
    width, more = _width(places), len(set(places)) > FEW + 1
    return min(places) - LEFT[more] * width, max(places) + RIGHT[more] * width


def _vacant(places: tuple[float, ...], span: Span) -> tuple[float, ...]:
    """Where those stand that come later: at the right of the others, on round places."""
    step, left, last = step_for(span[1] - span[0]), MOST_HOUSES - len(places), max(places)
    room = 0.85 * (span[1] - last)
    return tuple(_tidy(last + room * k / left, step) for k in range(1, left + 1))


def _controls(span: Span, start: Mapping[str, float]) -> tuple[Control, ...]:
    width = span[1] - span[0]
    hub = axis_control(
        "x", "hub x", span, start["x"], panel="houses", role="slope",
        handle=Handle(panel="houses", at=("x", HUB), moves={"x": "x"}, label="the hub"),
    )  # fmt: skip
    snaps = tuple(f"{cost}_{end}" for cost in COSTS for end in ("low", "high"))
    places = [
        Control(
            name=name, label=f"house {k}", min=span[0], max=span[1], value=start[name], step=step_for(width),
            decimals=decimals_for(width), role="f", url=False, toggle=EXACT, place="rail",
            when=(is_at_least("houses", float(k)),),
            handle=Handle(
                panel="houses", at=(name, GROUND), moves={"x": name}, label=f"house {k}",
                when=(is_at_least("houses", float(k)),),
            ),
        )
        for k, name in enumerate(house_names(), 1)
    ]  # fmt: skip
    return (
        Control(**{**hub.__dict__, "snaps": snaps}),
        Control(
            name="houses", label="houses", min=1, max=MOST_HOUSES, value=start["houses"], step=1, decimals=0,
            quantum=1.0, role="f", url=False, place="rail",
        ),
        Control(
            name="delta", label="δ", min=0.1 * step_for(width), max=width, value=start["delta"],
            step=step_for(width), decimals=decimals_for(width), role="step", toggle="huber", place="rail",
        ),
        *places,
    )  # fmt: skip


def _toggles() -> tuple[Toggle, ...]:
    return (
        *(
            Toggle(name=cost, label=LABELS[cost], on=cost == "square", group="loss", help=HELP[cost])
            for cost in COSTS
        ),
        Toggle(name=BEST, label="Best hub", help="Where the total is least"),
        Toggle(name=MEAN, label="÷ N", help="The mean cost of a house instead of the sum"),
        Toggle(name=EXACT, label="Exact places", url=False),
        Toggle(name=STILL, url=False),
    )


def _outputs(span: Span) -> dict[str, Expression]:
    """All quantities, and what the marks and words need besides."""
    found = dict(cost_quantities())
    x, n = Expression.variable("x"), Expression.variable("houses")
    width = Expression.number(span[1] - span[0])
    for cost in COSTS:
        found[f"{cost}_top"] = _top(cost, span)
        for name, part in ((f"{cost}_share", cost), (f"{cost}_share_slope", f"{cost}_slope")):
            found[name] = of_parts("a/t", a=found[part], t=found[f"{cost}_top"])
        found[f"{cost}_mean"], found[f"{cost}_mean_slope"] = found[cost] / n, found[f"{cost}_slope"] / n
        found[f"{cost}_after"] = x - found[f"{cost}_low"]
        found[f"{cost}_before"] = found[f"{cost}_high"] - x
        found[f"{cost}_spread"] = found[f"{cost}_high"] - found[f"{cost}_low"]
        # Arms of squares and of Huber's are lengths on the axis; shared among the houses, they stay on it.
        scale = ARM * width if cost == "absolute" else 1.0 / n
        found[f"{cost}_to_left"] = x - found[f"{cost}_left"] * scale
        found[f"{cost}_to_right"] = x + found[f"{cost}_right"] * scale
    found["highest"] = of_parts("min(l, d)", l=found["longest"], d=Expression.variable("delta"))
    found["near"], found["far"] = x - Expression.variable("delta"), x + Expression.variable("delta")
    found["bound"] = 1.0 / n
    nearest = Expression.number(NOWHERE)
    for k, name in enumerate(house_names(), 1):
        found[f"side_{k}"] = x - Expression.variable(name)
        nearest = of_parts(f"{{n < {k}: m, min(m, |d|)}}", n=n, d=found[f"side_{k}"], m=nearest)
    found["nearest"] = nearest
    return found | _heaps(SAME * (span[1] - span[0]))


def _heaps(same: float) -> dict[str, Expression]:
    """How many houses stand where one does, said of the first of them; 0 of the others."""
    n, reach, found = Expression.variable("houses"), Expression.number(same), {}
    for k, name in enumerate(house_names(), 1):
        here: list[Expression] = []
        for other, its in enumerate(house_names(), 1):
            d = Expression.variable(name) - Expression.variable(its)
            here.append(of_parts(f"{{n < {other}: 0, |d| <= s: 1, 0}}", n=n, d=d, s=reach))
        before, others = Expression.number(0), Expression.number(1)
        for other, one in enumerate(here, 1):
            before, others = (
                (before + one, others) if other < k else (before, others + one if other > k else others)
            )
        found[f"heap_{k}"] = of_parts("{b > 0: 0, m}", b=before, m=others)
    return found


def _top(cost: str, span: Span) -> Expression:
    """The total at the worse end of the axis: the height of the lower picture, whatever the hub does."""
    ends = [cost_quantities()[cost].substitute({"x": Expression.number(end)}) for end in span]
    return of_parts("max(a, b)", a=ends[0], b=ends[1])


def _panel(span: Span, start: Mapping[str, float]) -> Panel:
    moving: list[marks.AnyMark] = [
        marks.Horizontal(y=GROUND, role="guide", width=1.5),
        marks.Vertical(axes=TOTAL, x="x", role="guide", dash="dot", width=1),
        marks.Segment(from_=("x", 0.0), to=("x", 1.0), role="guide", dash="dot", width=1),
        _huber_band(),
    ]
    for k, name in enumerate(house_names(), 1):
        moving += _cost_of(k, name)
    moving += [
        _huber_words(),
        *(
            marks.SquareScale(
                level=GROUND, highest=HIGHEST[cost], text=f"{words} at # of true size", role="f",
                toggle=cost,
            )
            for cost, words in (("square", "Squares"), ("huber", "Half squares"))
        ),
    ]  # fmt: skip
    still: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": list(span),
            "y": [GROUND, GROUND],
            "line": {"color": "$guide"},
            "hoverinfo": "skip",
        }
    ]
    for cost in COSTS:
        moving += _balance(cost)
        moving += _total(cost)
    still.append(_still(span, start))
    layout = theme.layout(
        (8, 16, 40, 64),
        xaxis=theme.axis("x", span, anchor="y2"),
        yaxis=theme.axis(
            "", (0.0, 1.0), domain=list(MIDDLE), showticklabels=False, showgrid=False, zeroline=False
        ),
        yaxis2=theme.axis("", (-0.04, ROOM), domain=list(FOOT), showticklabels=False),
        annotations=[theme.axis_name("total cost for a hub at x", "f_text", FOOT[1])],
    )
    return Panel(
        name="houses",
        label="Houses on an axis with their costs, and the total below",
        figure=Picture(tuple(still), layout),
        marks=tuple(moving),
        height=520,
        height_narrow=430,
        apart=True,
    )


def _cost_of(k: int, name: str) -> list[marks.AnyMark]:
    """A real square on the distance, its half cut off at δ, or the distance itself in a row of its own."""
    stands: Condition = is_at_least("houses", float(k))
    row = GROUND + ROW * k
    ends: Any = {"toggle": "absolute", "when": (stands,), "role": "f"}
    return [
        *(
            marks.Square(
                from_="x", to=name, level=GROUND, highest=HIGHEST[cost], cut=cut, text=f"{{{cost}_{k}:g4}}",
                role="f", toggle=cost, when=(stands,),
            )
            for cost, cut in (("square", None), ("huber", "delta"))
        ),
        marks.Segment(from_=("x", row), to=(name, row), width=5, **ends),
        marks.Segment(
            from_=(name, GROUND), to=(name, row), width=1, dash="dot", **(ends | {"role": "guide"})
        ),
        *_numbers(f"{{absolute_{k}:g4}}", (name, row), f"side_{k}", ends),
        marks.Label(
            at=(name, GROUND), text=f"× {{heap_{k}:0}}", role="f", offset=(12, -9),
            when=(stands, is_at_least(f"heap_{k}", 2.0)),
        ),
    ]  # fmt: skip


def _numbers(text: str, at: marks.Place, side: str, shown: dict[str, Any]) -> list[marks.AnyMark]:
    """A cost beyond the end of its distance, which lies at the hub's left or right; or on it, never at another's."""
    left = shown | {"when": (*shown["when"], is_above(side, 0.0))}
    right = shown | {"when": (*shown["when"], is_at_most(side, 0.0))}
    return [
        marks.Label(at=at, text=text, anchor="end", offset=(-8, 5), level=True, **left),
        marks.Label(at=at, text=text, offset=(8, 5), level=True, **right),
    ]


def _huber_band() -> marks.AnyMark:
    corners = (("near", GROUND), ("far", GROUND), ("far", 1.0), ("near", 1.0))
    return marks.Region(points=corners, role="step", opacity=0.12, toggle="huber")


def _huber_words() -> marks.AnyMark:
    """What the band is; after the half squares, which they leave free."""
    return marks.Label(
        at=("far", 0.99), text="within δ: half the square", role="step", toggle="huber", offset=(6, 16)
    )


def _balance(cost: str) -> list[marks.AnyMark]:
    """The arms of either side, added up, as two arrows from the hub: where they are equally long the slope is 0."""
    return [
        marks.Arrow(
            from_=("x", HUB), to=(f"{cost}_to_{side}", HUB), role="slope", width=3, toggle=f"{cost}&{UNASKED}"
        )
        for side in ("left", "right")
    ]


def _total(cost: str) -> list[marks.AnyMark]:
    """The total as a curve with its tangent and the present point; where it is least when asked for."""
    of = cost_quantities("at")[cost]
    variables = cost_variables("at")
    top = Expression.variable(f"{cost}_top")
    tape = compile_tape({"value": of_parts("a/t", a=of, t=top)}, (*variables, f"{cost}_top"))
    asked, told = f"{cost}&{BEST}&{UNASKED}", f"{cost}&{UNASKED}"
    low, high = f"{cost}_low", f"{cost}_high"
    band = ((low, -0.04), (high, -0.04), (high, ROOM), (low, ROOM))
    smooth: tuple[Condition, ...] = (is_above("nearest", 0.0),) if cost == "absolute" else ()
    return [
        marks.Region(axes=TOTAL, points=band, role="critical", opacity=0.5, toggle=asked),
        marks.Vertical(axes=TOTAL, x=low, role="guide", dash="dash", toggle=asked),
        marks.Vertical(axes=TOTAL, x=high, role="guide", dash="dash", toggle=asked),
        marks.Curve(axes=TOTAL, tape=tape, along="at", role="f", toggle=told),
        marks.Line(
            axes=TOTAL, through=("x", f"{cost}_share"), slope=f"{cost}_share_slope", role="slope", dash="dash",
            toggle=told, when=smooth,
        ),
        marks.Point(axes=TOTAL, at=("x", f"{cost}_share"), role="slope", size=15, toggle=told),
    ]  # fmt: skip


def _still(span: Span, start: Mapping[str, float]) -> Trace:
    tape = compile_tape({"value": cost_quantities()["square"]}, cost_variables())
    x = np.linspace(*span, 121)
    total = tape.run(x, *(start[name] for name in cost_variables()[1:]))["value"]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": total / max(float(total.max()), 1e-300), "yaxis": "y2",
        "line": {"color": "$f", "width": 3}, "hoverinfo": "skip", "meta": {"toggle": STILL},
    }  # fmt: skip
