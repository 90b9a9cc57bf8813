"""The scene of a row of coins: how likely it is for each p, as a product, as a sum of logarithms, and as a loss."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from explorer.conditions import is_above
from explorer.expression import Expression, compile_tape
from explorer.figures.challenges import UNASKED
from explorer.figures.costs.coins_words import VANISHED, readouts, sentence, story
from explorer.figures.costs.questions import coin_challenges
from explorer.figures.costs.three_curves import SWITCHES, Level, control_of, panel_of
from explorer.numeric.coins import COIN_VARIABLES, CURVE_VARIABLES, MOST_FLIPS, coin_curves, coin_quantities
from explorer.numeric.seams import of_parts
from explorer.scene import marks, theme
from explorer.scene.counted import Coins
from explorer.scene.scene import Control, Scene, Toggle

HEADS, TAILS, P = 7, 3, 0.4
MOST_OF_A_KIND, MOST_TIMES = 1000, 200
DEEPEST = 3.0
"""The loss per flip is drawn up to here."""
ROOM_ABOVE = 0.7
"""Over the level of ln 1, where no curve goes, the first term has its words."""
ROOM_OVER_TOP = 1.5
"""Over the greatest value, 1, what it is worth has its words and the curve its name, on a wall too."""

NOTHING = 745.14
"""Less than e to the minus this is 0 in double precision."""

MORE, COUNTS = "more", "counts"
NO_TICKS = {"showticklabels": False}


@lru_cache(maxsize=1)
def coins_scene() -> Scene:
    """The same for all counts: everything moves with them."""
    of = dict(coin_quantities())
    for name, count in (("odd_h", "h"), ("odd_t", "t")):
        of[name] = of_parts("n - 2 floor(n/2)", n=of[count])
    p = Expression.variable("p")
    of |= {"off": p - of["best"], "arm_h": of_parts("{n <= 0: 0, n/p}", n=of["h"], p=p)}
    of |= {"arm_t": of_parts("{n <= 0: 0, n/(1-p)}", n=of["t"], p=p), "minus_n": -of["flips"]}
    of |= {"twice_n": -2.0 * of["flips"], "left_out": Expression.variable("times") - of["k"]}
    of |= _of_the_story(of)
    start = {"heads": float(HEADS), "tails": float(TAILS), "times": 1.0}
    first = compile_tape(of, COIN_VARIABLES).run(P, *start.values())
    return Scene(
        id="coins",
        page="coins",
        title="A row of coins: its likelihood, the logarithm of it, and the loss",
        url={"tab": "log", **dict.fromkeys(("points", "x", "loss", "delta", "mean", "g"))},
        controls=(control_of(P), *_counts(), _times()),
        tape=compile_tape(of, COIN_VARIABLES),
        panels=(panel_of(_levels(), coin_curves(), CURVE_VARIABLES[1:], _terms(), first),),
        coins=Coins(heads="heads", tails="tails"),
        readouts=readouts(),
        sentence=sentence(P),
        toggles=(
            *SWITCHES,
            Toggle(name=MORE, label="More flips", help="The same row again and again, up to 2,000 flips"),
            Toggle(name=COUNTS, label="Type the counts", url=False),
        ),
        story=story(),
        challenges=coin_challenges(),
    )


def _of_the_story(of: Mapping[str, Expression]) -> dict[str, Expression]:
    """Where its stages lead: an end at which g is 0, flat where one is, p off the ends, so many rows that g is gone.

    The row is taken no less often than it is, and no more often than it can be: short of that g may be left.
    """
    p, heads, tails = (Expression.variable(name) for name in ("p", "heads", "tails"))
    loss = of_parts("{h <= 0: 0, -h ln(p)} + {t <= 0: 0, -t ln(1-p)}", h=heads, t=tails, p=of["best"])
    return {
        "level": of_parts("{h >= 2: 0, t >= 2: 1, h >= 1: 0, 1}", h=of["h"], t=of["t"]),
        "inside": of_parts("{p <= 0: 1/2, p >= 1: 1/2, p}", p=p),
        "often": of_parts(
            f"max(k, min({MOST_TIMES}, floor({MOST_FLIPS}/max(n, 1)), floor({NOTHING}/max(l, 1)) + 1))",
            k=of["k"], n=of["n"], l=loss,
        ),
    }  # fmt: skip


def _levels() -> tuple[Level, ...]:
    return (
        Level("g(p)", "share", "share_slope", (-0.04, ROOM_OVER_TOP), NO_TICKS),
        Level(
            "ln g(p), the sum of two terms",
            "each",
            "each_slope",
            (-DEEPEST, ROOM_ABOVE),
            NO_TICKS | {"dtick": 1},
            (("each_h", "step", "dash"), ("each_t", "partial_y", "dot")),
        ),
        Level("−ln g(p) per flip", "loss", "loss_slope", (-0.08, DEEPEST), {"dtick": 1}),
    )


def _terms() -> tuple[marks.AnyMark, ...]:
    """The two terms of ln g stacked at p, and what the levels of the second picture are worth."""
    axes = ("x", "y2")
    greatest: Any = {"at": (1.0, 1.0), "role": "guide", "anchor": "end", "offset": (-6, -8)}
    return (
        marks.Segment(axes=axes, from_=("p", 0.0), to=("p", "each_h"), role="step", width=9, toggle=UNASKED),
        marks.Segment(
            axes=axes, from_=("p", "each_h"), to=("p", "each"), role="partial_y", width=9, toggle=UNASKED
        ),
        marks.Label(
            axes=axes,
            at=("p", 0.0),
            text="{h:0} ln p = {term_h:g4}",
            role="step",
            anchor="end",
            offset=(-12, -6),
        ),
        marks.Label(
            axes=axes, at=("p", "each"), text="{t:0} ln(1−p) = {term_t:g4}", role="partial_y", offset=(12, 22)
        ),
        *(
            marks.Label(
                axes=axes,
                at=(0.0, level),
                text=f"{{{name}:0}}",
                role="guide",
                anchor="end",
                offset=(-6, 4),
                size=theme.TICK_SIZE,
                beside=True,
            )
            for level, name in ((-1.0, "minus_n"), (-2.0, "twice_n"))
        ),
        # The line is known before its words, which keep off it.
        marks.Horizontal(y=1.0, role="guide", dash="dot", width=1),
        marks.Label(**greatest, text="greatest: {top:g3}", when=(is_above("top", 0.0),)),
        marks.Label(**greatest, text="0 for every p", when=(VANISHED,)),
    )


def _counts() -> tuple[Control, ...]:
    return (
        _count("heads", HEADS, MOST_OF_A_KIND, role="step", toggle=COUNTS),
        _count("tails", TAILS, MOST_OF_A_KIND, role="partial_y", toggle=COUNTS),
    )


def _times() -> Control:
    return _count("times", 1, MOST_TIMES, label="the row, times", min=1, toggle=MORE)


def _count(name: str, value: int, most: int, **settings: Any) -> Control:
    """A whole number, beside the picture where it is asked for."""
    whole: dict[str, Any] = {
        "min": 0,
        "step": 1,
        "decimals": 0,
        "quantum": 1.0,
        "place": "rail",
        "label": name,
    }
    return Control(name=name, max=most, value=value, **(whole | settings))
