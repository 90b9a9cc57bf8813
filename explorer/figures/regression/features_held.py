"""Two features: where the line w·x + w₀ = 0 is held, and what it says of each point, as tapes that the browser runs.

The picture is looked at as a square: u = (x − centre)/half. There the line's normal is q = (w₁·half₁, w₂·half₂), and
z = q·u + z_c. Where both halves are the same, right angles are right on the screen as well.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from explorer.data.columns import Pass
from explorer.data.sums import of_rows
from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.numeric.results import Span

SURE = math.log(9.0)
"""z at which σ is 0.9."""

BANDS = (0.0, math.log(3.0), SURE)
"""z at which the colouring gets deeper: σ is ½, ¾ and 0.9 there."""

FAR = 40.0
"""The line and the colouring end so many halves of the picture from its middle."""

ARM, SEEN, NEAR, LONGEST = 0.55, 0.92, 0.1, 0.75
"""In halves of the picture: where the line is turned; how far out it is held; how short and long its arrow is."""


@dataclass(frozen=True)
class Frame:
    """The picture's middle, and half of its width and height."""

    centre: tuple[float, float]
    halves: tuple[float, float]

    @property
    def spans(self) -> tuple[Span, Span]:
        """The axes."""
        first, second = ((c - h, c + h) for c, h in zip(self.centre, self.halves, strict=True))
        return first, second

    @property
    def alike(self) -> bool:
        """Whether both axes have the same unit on the screen, so that right angles are right there."""
        return self.halves[0] == self.halves[1]

    @property
    def numbers(self) -> dict[str, Expression]:
        """The centre (a, e) and the halves (g, h), for formulas."""
        values = zip("aegh", (*self.centre, *self.halves), strict=True)
        return {name: Expression.number(value) for name, value in values}


FEATURE_SUMS = ("cost", "wrong", "on_line", "ones")
"""What the pass over the rows finds: the mean log loss, how many lie on the other side and on the line itself, and the
mean of the class."""

ROUNDING = 2.0**-44
"""What may be left of a z that is 0, in parts of its terms, so that two digits of any other are sure."""


def _row_z() -> Expression:
    """What the line says of a row."""
    return _of("w1 x + w2 y + w0", "w1", "w2", "w0", "x", "y")


def on_line() -> Expression:
    """Of a row: 1 where it lies on the line itself, but for rounding, else 0."""
    size = _of("|w1 x| + |w2 y| + |w0|", "w1", "w2", "w0", "x", "y")
    return _of("{|z| <= t s: 1, 0}", z=_row_z(), t=Expression.number(ROUNDING), s=size)


def wrong_side() -> Expression:
    """Of a row: 1 where it lies on the other class's side, else 0."""
    return _of("{o > 0.5: 0, (2k - 1) z < 0: 1, 0}", "k", o=on_line(), z=_row_z())


@lru_cache(maxsize=1)
def features_passes() -> tuple[Pass, ...]:
    """The pass over the rows that finds the FEATURE_SUMS for a line."""
    return (
        of_rows(
            {
                "cost": ("mean", _of("softplus((1 - 2k) z)", "k", z=_row_z())),
                "wrong": ("sum", wrong_side()),
                "on_line": ("sum", on_line()),
                "ones": ("mean", _of("k", "k")),
            }
        ),
    )


def row_distance() -> dict[str, Expression]:
    """Of a row: `away`, its distance (w·x + w₀)/‖w‖ from the line, and the nearest place on it (`foot_x`, `foot_y`)."""
    norm = _of("sqrt(w1^2 + w2^2)", "w1", "w2")
    found = _distance(_row_z(), norm, ("x", "y"), ("away", "foot_x", "foot_y"))
    # A point on the line is not some tiny distance from it.
    found["away"] = _of("{o > 0.5: 0, d}", o=on_line(), d=found["away"])
    return found


def features_tape(frame: Frame) -> Tape:
    """What the line says of the point that is asked about, and where it is held, in the FEATURE_SUMS too.

    `loss` is J; `guess`, `ask_away`, `chance` are of (p1, p2), and (`ask_x`, `ask_y`) is the place nearest to it.
    """
    variables = ("w1", "w2", "w0", "p1", "p2", "lam", "cost")
    found: dict[str, Expression] = {"norm": _of("sqrt(w1^2 + w2^2)", "w1", "w2")}
    found["loss"] = _of("cost + lam (w1^2 + w2^2)", "cost", "lam", "w1", "w2")
    found["guess"] = _of("w1 p1 + w2 p2 + w0", "w1", "w2", "w0", "p1", "p2")
    found["part1"], found["part2"] = _of("w1 p1", "w1", "p1"), _of("w2 p2", "w2", "p2")
    found["chance"] = _of("sigmoid(z)", z=found["guess"])
    found |= _distance(found["guess"], found["norm"], ("p1", "p2"), ("ask_away", "ask_x", "ask_y"))
    found |= _line(frame, _unit(frame))
    return compile_tape({name: quantity.over(variables) for name, quantity in found.items()}, variables)


def _distance(
    z: Expression, norm: Expression, place: tuple[str, str], names: tuple[str, str, str]
) -> dict[str, Expression]:
    """The distance of a place from the line, and the place on the line that is nearest."""
    away = _of("z/n", z=z, n=norm)
    feet = [
        _of("p - d w/n", p=Expression.variable(p), d=away, w=Expression.variable(w), n=norm)
        for p, w in zip(place, ("w1", "w2"), strict=True)
    ]
    return dict(zip(names, (away, *feet), strict=True))


def _unit(frame: Frame) -> dict[str, Expression]:
    """Of the square: ‖q‖ as `steep`, q's direction, z in the middle, and the line's distance from there."""
    put = frame.numbers
    steep = _of("sqrt((w1 g)^2 + (w2 h)^2)", "w1", "w2", **_some(put, "gh"))
    middle = _of("w1 a + w2 e + w0", "w1", "w2", "w0", **_some(put, "ae"))
    return {
        "steep": steep,
        "across": _of("w1 g/s", "w1", s=steep, **_some(put, "g")),
        "up": _of("w2 h/s", "w2", s=steep, **_some(put, "h")),
        "middle": middle,
        "shift": _of("0 - m/s", m=middle, s=steep),
    }


def _line(frame: Frame, unit: dict[str, Expression]) -> dict[str, Expression]:
    """Both ends of the line, the corners of the colouring, and the places at which the line is held."""
    put = frame.numbers | unit

    def at(name: str, along: Expression, beside: Expression) -> dict[str, Expression]:
        """A place so far along the normal and so far beside it, in the units of the data."""
        terms = {"s": along, "t": beside}
        return {
            f"{name}_x": _of("a + g (s across - t up)", **terms, **_some(put, "a", "g", "across", "up")),
            f"{name}_y": _of("e + h (s up + t across)", **terms, **_some(put, "e", "h", "across", "up")),
        }

    number = Expression.number
    held = _of("max(0 - m, min(s, m))", s=unit["shift"], m=number(SEEN))
    arrow = _of("min(max(z/s, n), l)", z=number(SURE), s=unit["steep"], n=number(NEAR), l=number(LONGEST))
    found = {"steep": unit["steep"], "arrow": arrow, "sure": _of("z/s", z=number(SURE), s=unit["steep"])}
    found |= at("grip", held, number(0.0)) | at("turn", held, number(ARM))
    found |= at("tip", held + arrow, number(0.0))
    found["lift"] = _of("w1 x + w2 y + w0", "w1", "w2", "w0", x=found["grip_x"], y=found["grip_y"])
    for side in (-1.0, 1.0):
        found |= at(f"end{side:+.0f}", unit["shift"], number(side * FAR))
    for k, level in enumerate(BANDS):
        for sign, name in ((1.0, "one"), (-1.0, "zero")):
            edge = _of(
                "max(0 - m, min(v + z/s, m))", v=unit["shift"], z=number(sign * level), s=unit["steep"], m=number(FAR)
            )  # fmt: skip
            for corner, (deep, beside) in enumerate(((0, -FAR), (0, FAR), (1, FAR), (1, -FAR))):
                along = number(2 * sign * FAR) if deep else edge
                found |= at(f"{name}{k}_{corner}", along, number(beside))
    return {name.replace("+", "b").replace("-", "a"): one for name, one in found.items()}


HELD = ("grip_x", "grip_y", "steep", "lift", "arrow", "w1", "w2", "w0")
"""What the hand on the line needs to know of the moment at which it took hold."""


def moved() -> Tape:
    """The line follows the pointer, in the direction that it has."""
    names = ("px", "py", "w1", "w2")
    return compile_tape({"w0": _of("0 - w1 px - w2 py", *names).over(names)}, names)


def turned(frame: Frame) -> Tape:
    """The line goes through the pointer, as steep as it was in the square, and turns about where it is held."""
    names = ("px", "py", "grip_x", "grip_y", "steep", "lift")
    put = frame.numbers
    put["u"] = _of("(px - grip_x)/g", "px", "grip_x", **_some(put, "g"))
    put["v"] = _of("(py - grip_y)/h", "py", "grip_y", **_some(put, "h"))
    put["r"] = _of("sqrt(u^2 + v^2)", **_some(put, "u", "v"))
    put["m"] = _of("steep v/(r g)", "steep", **_some(put, "v", "r", "g"))
    put["n"] = _of("0 - steep u/(r h)", "steep", **_some(put, "u", "r", "h"))
    w0 = _of("lift - m grip_x - n grip_y", "lift", "grip_x", "grip_y", **_some(put, "m", "n"))
    return compile_tape({"w1": put["m"].over(names), "w2": put["n"].over(names), "w0": w0.over(names)}, names)


def steepened(frame: Frame) -> Tape:
    """The tip follows the pointer along the normal: half as long, and ‖w‖ is twice as large; the line stays."""
    names = ("px", "py", *HELD)
    put = frame.numbers
    along = _of(
        "((px - grip_x) w1 + (py - grip_y) w2)/steep", "px", "py", "grip_x", "grip_y", "w1", "w2", "steep"
    )
    put["f"] = _of("arrow/max(d, l)", "arrow", d=along, l=Expression.number(NEAR / 4))
    found = {name: _of(f"f {name}", name, f=put["f"]) for name in ("w1", "w2", "w0")}
    return compile_tape({name: one.over(names) for name, one in found.items()}, names)


def _some(put: dict[str, Expression], *names: str) -> dict[str, Expression]:
    """Those of these names, each a letter of "abc" or a word."""
    words = names[0] if len(names) == 1 and names[0] not in put else names
    return {name: put[name] for name in words}


def _of(text: str, *plain: str, **parts: Expression) -> Expression:
    """A formula of our own in plain variables, with expressions put in for its other letters."""
    return parse(text, (*plain, *parts)).substitute(parts)
