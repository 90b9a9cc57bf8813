"""Where two formulas are compared: places of every scale, and such as are short to write."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Expression, Tape, compile_tape
from explorer.numeric.meetings import Meetings, in_gap, meetings, on_seam
from explorer.numeric.results import Array
from explorer.numeric.slopes_at import slopes_at

__all__ = ["Comparison", "Subject", "compare", "places"]

GOLDEN = 0.6180339887498949
RELATIVE = 1e-11
"""Values are told apart from here on, and from so many of their own rounding errors."""
ROUNDINGS = 16.0
CLEAR = 1e-10
"""Of e^(2x) within a wave few digits are known far out: no rule is told by a place of more rounding than this."""
LINEAR, DECADES, IN_SPACE, CROWD = 90, 72, 240, 20001
FEW = 12
"""With fewer places where both are defined, more are looked for."""
SHORT = (
    1.0,
    2.0,
    0.0,
    -1.0,
    3.0,
    -2.0,
    0.5,
    4.0,
    5.0,
    -3.0,
    -0.5,
    10.0,
    1.5,
    2.5,
    0.1,
    0.25,
    0.75,
    -1.5,
    20.0,
    100.0,
)
"""Tried in this order where it shows that two formulas differ."""
SHORT_IN_SPACE = (1.0, 2.0, 0.0, -1.0, 3.0, 0.5)
ON_AXIS, ZERO, LONG, UNSURE = 4, 4, 7, 40
SHOWN = 1e-3
"""Of a value that is written down so much, at most, is rounding."""
VISIBLE = 0.02
"""A difference by such a share of the values is one that shows."""
HELD = ((1.3, 0.6, 1.7, 0.9, 2.1, 0.4), (-0.8, 1.9, -0.3, -1.6, 0.7, -2.2))
"""Where the other letters are held on the lines along which telling places are looked for."""
BESIDE = np.array([-0.3, 0.3, -1e-3, 1e-3, -1e-6, 1e-6])
"""So far beside a telling place, in parts of the room around it, both formulas are tried."""
FAR, MOST_FAR, STEPS = 3.0, 6, (-1.0, 1.0)
"""Beside a telling place that far out, of the nearest so many, short places are tried such steps away."""
SHARES = (0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97)
AWAY, SMALLEST = np.array([0.1, 0.25, 0.5, *range(1, 11), 15, 20, 30, 50, 70, 100]), 1e-6
"""So far between two telling places, in parts of their distance, and so far beyond the first and the last."""
WRITTEN = 12
"""A place of no more digits is meant as the double that it is."""
STEEP = 1e12
"""Beside a pole a formula may be without a value only because its denominator is 0 to rounding."""
ROOM = 0.1
"""In several letters f is supposed to be one formula so far to either side of a place."""
CLOSE, ALIKE = 1e-6, 1e-6
"""Beside a place, in parts of that room; and how nearly quotients tell a slope."""


@lru_cache(maxsize=16)
def places(dimension: int) -> Array:
    """Places of shape (dimension, n), the short ones first: evenly from −10 to 10, and by decades from 10⁻³ to 10³."""
    if dimension <= 1:
        even = np.linspace(-10, 10, LINEAR) + 0.01 * np.sin(np.arange(LINEAR) * 7.3)
        decades = np.logspace(-3, 3, DECADES // 2) * 1.0137
        return np.concatenate([SHORT, even, decades, -decades])[None, :]
    scales = np.resize([0.6, 2.0, 5.0, 12.0], IN_SPACE)
    short = np.array(list(itertools.islice(itertools.product(SHORT_IN_SPACE, repeat=dimension), 216))).T
    return np.concatenate([short, _spread(dimension, IN_SPACE) * scales], axis=1)


@dataclass(frozen=True, eq=False)
class Comparison:
    """A line and the true derivative at the same places, of shape (dimension, n).

    `differs` where that is beyond their rounding; `beyond` is where one of them meets numbers that are too large or
    too small for a double. The first `usual` places are those of every comparison. `told` are places whose doubles are
    meant as they are, and not at an end of the domain: that one of the two is missing there means something. `clear`
    is where rounding leaves both enough digits for a wrong rule to be told by them, `shown` where it leaves each of
    them the digits with which a value is written: 1 − tanh²(30) is not the 0 that doubles make of it.
    """

    at: Array
    typed: Array
    true: Array
    differs: NDArray[np.bool_]
    beyond: NDArray[np.bool_]
    usual: int
    told: NDArray[np.bool_]
    clear: NDArray[np.bool_]
    shown: NDArray[np.bool_]

    @property
    def wider(self) -> bool:
        """Whether the line has values where there is no derivative."""
        return bool((np.isfinite(self.typed) & ~np.isfinite(self.true) & self.told).any())

    @property
    def narrower(self) -> bool:
        """Whether it has none somewhere where there is a derivative."""
        return bool((np.isfinite(self.true) & ~np.isfinite(self.typed) & self.told).any())

    @property
    def both(self) -> NDArray[np.bool_]:
        """Where both have a value."""
        return np.isfinite(self.typed) & np.isfinite(self.true)

    @property
    def equal(self) -> bool:
        """Whether they agree wherever both are defined, which is somewhere."""
        return bool(self.both.any() and not self.differs.any())

    def shortest(self) -> tuple[tuple[float, ...], float, float] | None:
        """A place where the difference shows and that takes few digits to write, with both values."""
        found = np.flatnonzero(self.differs)
        if not found.size:
            return None
        size = np.maximum(np.abs(self.typed), np.abs(self.true))
        with np.errstate(all="ignore"):
            shows = np.abs(self.typed - self.true) > VISIBLE * size
        index = min(found.tolist(), key=lambda k: (not shows[k], self._length(k), k))
        point = tuple(float(x) for x in self.at[:, index])
        return point, float(self.typed[index]), float(self.true[index])

    def _length(self, k: int) -> int:
        """How many digits the place and both values take, as they are written with two decimals."""
        values = [_digits(float(self.typed[k])), _digits(float(self.true[k]))]
        # In several letters a place on an axis shows little: what is multiplied by 0 is gone.
        still = ON_AXIS * int(np.count_nonzero(self.at[:, k] == 0)) if len(self.at) > 1 else 0
        unsure = 0 if self.shown[k] else UNSURE
        return sum(values) + still + unsure + 2 * sum(_written(float(x)) for x in self.at[:, k])


def _written(place: float) -> int:
    """The digits of a place, which is said as the double that it is."""
    short = _digits(place) if place else 1
    return short if short < LONG else short + len(repr(place).removesuffix(".0"))


def _digits(value: float) -> int:
    """Those of a number that two decimals tell wholly; more for any other, and most for what they cannot show.

    A 0 is short, but where one of the two is 0 their curves are often close.
    """
    if value == 0:
        return ZERO
    if abs(value) >= 1e6 or 0 < abs(value) < 0.1:
        return 20
    return len(f"{abs(value):.2f}".rstrip("0").rstrip(".")) if round(value, 2) == value else LONG


@lru_cache(maxsize=16)
def _crowd(dimension: int) -> Array:
    """Many places, for what is defined in a small corner only."""
    if dimension <= 1:
        return np.concatenate([places(1), np.linspace(-100, 100, CROWD)[None, :]], axis=1)
    return np.concatenate(
        [places(dimension), _spread(dimension, CROWD) * np.resize([0.3, 1, 4, 12, 40], CROWD)], 1
    )


def _spread(dimension: int, count: int) -> Array:
    """Places that fill the cube from −1 to 1 evenly, one after the other."""
    shares = GOLDEN ** (1 / (1 + np.arange(dimension)))
    return 2 * np.mod(np.arange(1, count + 1) * shares[:, None] + 0.1, 1) - 1


@dataclass(frozen=True)
class Subject:
    """A function, the letter by which it is derived, and how often: 1 or 2 (in one letter)."""

    f: Expression
    along: str
    order: int = 1

    @property
    def of(self) -> Expression:
        """What was derived last: f, or f′."""
        return self.f if self.order == 1 else self.f.derivative(self.along)

    @property
    def formula(self) -> Expression:
        """The formula of the derivative."""
        return self.of.derivative(self.along)


def compare(typed: Expression, subject: Subject, also: Sequence[float] = ()) -> Comparison:
    """A line and the derivative at places of every scale, and at those that their own parts tell.

    Where few of the usual ones have values, at those of a crowd that do, and around the ends of what is defined.
    `also` is one more place in one letter.
    """
    f, true, names = subject.f, subject.formula, subject.f.variables
    at = places(len(names))
    tape = compile_tape({"typed": typed, "true": true}, names)
    lines = [(name, _held(names, turn)) for name in names for turn in range(min(len(names), 2))]
    met = [meetings((f, subject.of, true, typed), name, held) for name, held in lines]
    if _known(tape, at).size < FEW:
        around = [_around(one, name, held) for one, (name, held) in zip(met, lines, strict=True)]
        for more in (_crowd(len(names)), np.concatenate(around, axis=1)):
            found = _known(tape, more)
            at = np.concatenate([at, more[:, found[:: max(1, len(found) // LINEAR)]]], axis=1)
    usual = at.shape[1]
    telling = [_telling(one, name, held) for one, (name, held) in zip(met, lines, strict=True)]
    at = np.concatenate([at, np.array(also).reshape(-1, len(names)).T, *telling], axis=1)
    beyond, meant = tape.out_of_range(*at), _is_short(at)
    # Any number within half a unit is as good a place as the double is: where a wave is 0 to rounding, it is 0.
    results = tape.run_with_errors(*at, errors=[*np.where(meant, 0.0, np.spacing(np.abs(at)) / 2)])
    (a, rounding_a), (b, rounding_b) = results["typed"], results["true"]
    # A line may say something else at a single place, {x = 0.37: 7, 2x}: there it steps, and no digit is lost.
    rounding_a = np.where(meant & on_seam(typed, at, steps=True), 0.0, rounding_a)
    seam = on_seam(f, at) | on_seam(subject.of, at)
    asked = meant & np.isfinite(f(*at)) & (seam | (np.isfinite(a) & ~np.isfinite(b)))
    own = met[0].of((f, subject.of)) if len(names) == 1 else None
    b, doubt, told = _as_quotients_tell(subject, at, (a, b), np.flatnonzero(asked), own)
    told &= ~beyond & (meant | ~(seam | on_seam(typed, at)))
    # Where f has a value and its formula none, only quotients know whether there is a slope.
    told &= meant | np.isfinite(b) | ~np.isfinite(f(*at))
    told &= meant | ~(np.fmax(np.abs(a), np.abs(b)) > STEEP)
    if len(names) == 1:
        # No double is a pole of tan: what has a value there only by rounding has none, and the other tells.
        with np.errstate(invalid="ignore"):
            tame = np.flatnonzero(~beyond & ~meant & (np.fmax(np.abs(a), np.abs(b)) < STEEP))
        gaps = {one: in_gap(one, at[0, tame]) for one in {typed, f, subject.of}}
        (gap_a, near_a), (gap_f, near_f), (gap_b, near_b) = (gaps[one] for one in (typed, f, subject.of))
        only_a, only_b = np.zeros((2, told.size), dtype=bool)
        only_a[tame] = (gap_f | gap_b) & ~near_a
        only_b[tame] = gap_a & ~near_f & ~near_b
        a, b, told = np.where(only_b, np.nan, a), np.where(only_a, np.nan, b), told | only_a | only_b
    with np.errstate(all="ignore"):
        allowed = RELATIVE * np.maximum(np.abs(a), np.abs(b)) + ROUNDINGS * (rounding_a + rounding_b) + doubt
        differs = np.isfinite(a) & np.isfinite(b) & (np.abs(a - b) > allowed) & ~beyond & (meant | ~seam)
        shown = (rounding_a <= SHOWN * np.abs(a)) & (rounding_b <= SHOWN * np.abs(b))
        clear = rounding_a + rounding_b <= CLEAR * np.maximum(np.abs(a), np.abs(b))
    return Comparison(at, a, b, differs, beyond, usual, told, clear, shown)


def _is_short(at: Array) -> NDArray[np.bool_]:
    """Whether places (d, n) are written in few digits, and so meant as the doubles that they are: 0.37, but not √2."""
    with np.errstate(all="ignore"):
        unit = 10.0 ** (np.floor(np.log10(np.maximum(np.abs(at), 1e-300))) - WRITTEN + 1)
        short = np.abs(np.round(at / unit) * unit - at) <= 2 * np.spacing(np.abs(at))
    return np.asarray(short.all(axis=0))


def _known(tape: Tape, at: Array) -> NDArray[np.intp]:
    """The numbers of the places where all that the tape computes has a value."""
    return np.flatnonzero(np.logical_and.reduce([np.isfinite(values) for values in tape.run(*at).values()]))


def _held(names: Sequence[str], turn: int) -> dict[str, float]:
    """A number for each letter."""
    return {name: HELD[turn][k % len(HELD[turn])] for k, name in enumerate(names)}


def _telling(met: Meetings, along: str, held: Mapping[str, float]) -> Array:
    """Places on a line along one letter, of shape (dimension, n).

    They are those where the formulas' parts meet their levels, both sides of each, and such as lie between neighbours.
    """
    beside = (met.x[:, None] + met.room(met.x)[:, None] * BESIDE).ravel()
    far = met.x[np.argsort(np.abs(met.x))]
    short = _rounded((far[np.abs(far) > FAR][:MOST_FAR, None] + np.array(STEPS)).ravel(), 1.0)
    x = np.concatenate([met.x, (met.x[1:] + met.x[:-1]) / 2, beside, short])
    return _on_line(x, along, held)


def _around(met: Meetings, along: str, held: Mapping[str, float]) -> Array:
    """Places between those where the formulas' parts meet their levels, and beyond them, in each one's own scale.

    Of x − 10⁶ under a root they are 10⁶ + 1, 10⁶ + 2 …: wherever the domain lies, some of them are within.
    """
    if not met.x.size:
        return np.zeros((len(held), 0))
    gaps = np.diff(met.x)
    between = [_rounded(met.x[:-1] + gaps * share, gaps) for share in SHARES]
    ends = met.x[[0, -1]]
    away = np.concatenate([AWAY, np.geomspace(1e-3, 1e3, 25) * max(np.abs(ends).max(), SMALLEST)])
    beyond = [_rounded(ends[0] - away, away), _rounded(ends[1] + away, away)]
    return _on_line(np.unique(np.concatenate([*between, *beyond])), along, held)


def _rounded(x: Array, scale: Array | float) -> Array:
    """The same to a hundredth of their scale: places that are short to write."""
    decimals = 2 - np.floor(np.log10(np.broadcast_to(scale, x.shape)))
    return np.array([round(one, int(n)) for one, n in zip(x.tolist(), decimals.tolist(), strict=True)])


def _on_line(x: Array, along: str, held: Mapping[str, float]) -> Array:
    return np.array([x if name == along else np.full(x.size, value) for name, value in held.items()])


@np.errstate(all="ignore")
def _as_quotients_tell(
    subject: Subject,
    at: Array,
    both: tuple[Array, Array],
    asked: NDArray[np.intp],
    own: Meetings | None,
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """The derivative, by its quotients at the places asked for: its formula may be silent there or speak of one side.

    With it how far it may be off there, and whether it is told that there is one, or none. It is not at an end of the
    domain, where there is one side only, nor where nobody knows how far f is one formula: in one letter its `own`
    meetings tell.
    """
    typed, true = both
    doubt, told = np.zeros(true.size), np.ones(true.size, dtype=bool)
    if not asked.size:
        return true, doubt, told
    f, k, x = subject.f, subject.f.variables.index(subject.along), at[:, asked]
    room, sure = np.full(asked.size, ROOM), np.ones(asked.size, dtype=bool)
    if own is not None:
        room, sure = own.room(x[0]), own.holds(x[0])
    beside = np.eye(len(at))[:, k, None] * CLOSE * room
    ends = np.isfinite(f(*(x + beside))) != np.isfinite(f(*(x - beside)))
    slopes = slopes_at(f, subject.along, x, room, subject.order)
    formula = true[asked]
    agrees = np.abs(slopes - formula) <= ALIKE * (1 + np.abs(formula))
    # Where the formula is silent all over, as that of (x − x)^x is, quotients confirm a line that they never gainsay.
    silent = ~np.isfinite(formula) & np.isfinite(slopes) & np.isfinite(typed[asked]) & ~ends & ~sure
    close = np.abs(slopes - typed[asked]) <= ALIKE * (1 + np.abs(slopes))
    confirmed = silent & close & bool((close | ~silent).all())
    kept = ends | agrees | ~(sure | confirmed)
    true = true.copy()
    true[asked] = np.where(kept, formula, slopes)
    doubt[asked] = np.where(kept, 0.0, np.nan_to_num(ALIKE * (1 + np.abs(slopes))))
    told[asked] = agrees | (sure & ~ends)
    return true, doubt, told
