"""What went wrong in a learner's derivative: the line is compared with what each wrong rule gives at each place.

f′ is linear in the slope of every occurrence of a part, so a rule that gives t̃ₙ instead of tₙ at a part n makes
f′ + aₙ(t̃ₙ − tₙ) of it, where aₙ is the adjoint of n, the derivative of f by that part. One forward and one backward
pass gives all of these effects, and two mistakes at a time are found by looking up what is left. Where the second is
below the first, its effect is stretched by how much of it the first one's wrong rule hands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.expression import Add, Expression, Path, Span, Subtract, part_at, spans_of
from explorer.numeric.results import Array
from explorer.practice.forms import forms_of
from explorer.practice.mistakes import MISTAKES, Mistake
from explorer.practice.parts import Part, parts_of
from explorer.practice.points import Comparison, Subject, compare
from explorer.practice.slips import Slip

__all__ = ["Diagnosis", "Placed", "diagnose"]

SAMPLES = 24
"""So many places decide whether a wrong rule explains a line."""
LEAST_SAMPLES = 6
FARTHEST = 1e8
AGREES = 1e-8
TELLING = 1e3
"""A place tells something where the line is off by so many times the tolerance."""
INNER_MISSING = "inner_derivative_missing"
MOST_LOOKED_UP = 4000
"""So many pairs that agree at one place are looked at closely."""


@dataclass(frozen=True)
class Placed:
    """A mistake at a place: the name, where it stands in the text of f, the part itself, and its right derivative."""

    name: str
    place: Span
    part: Expression
    derivative: Expression


@dataclass(frozen=True)
class Diagnosis:
    """What is known of a line.

    `right`: equal to the derivative wherever both are defined. `mistake` is the name of a row of MISTAKES, None where
    all is right or nothing fits; `place` (start, end) in f.text. `mistakes` are (name, place) of both where it took
    two, else empty; `also` other names that fit. `counterexample` is (point, typed value, true value), the point a
    number, or a tuple in several variables. `found` holds the mistakes with their parts, for words. `nowhere`: no
    place was found where both have a value. `wider`: the line has values where there is no derivative; `narrower`:
    it has none where there is one.
    """

    right: bool
    mistake: str | None = None
    place: Span | None = None
    mistakes: tuple[tuple[str, Span], ...] = ()
    also: tuple[str, ...] = ()
    counterexample: tuple[float | tuple[float, ...], float, float] | None = None
    found: tuple[Placed, ...] = ()
    nowhere: bool = False
    wider: bool = False
    narrower: bool = False


def diagnose(
    f: Expression, typed: Expression, variable: str = "x", order: int = 1, also: tuple[float, ...] = ()
) -> Diagnosis:
    """Compare a typed line with the derivative of f by `variable`, and find what explains the difference.

    Both are expressions in f's variables. `order` 2 asks for f″ in one letter: places and parts are those of f′ then.
    `also` is one more place to try. Nothing is said that does not agree at every sample point.
    Raises ValueError where `typed` has other variables.
    """
    subject = Subject(f, variable, order)
    comparison = compare(typed.over(f.variables), subject, also)
    nowhere, wider, narrower = not comparison.both.any(), comparison.wider, comparison.narrower
    if comparison.equal or nowhere:
        return Diagnosis(comparison.equal, nowhere=nowhere, wider=wider, narrower=narrower)
    shortest = comparison.shortest()
    example = None
    if shortest is not None:
        point, *values = shortest
        example = (point[0] if len(point) == 1 else point, values[0], values[1])
    explained, others = _explain(subject.of, typed.over(f.variables), variable, comparison)
    found = tuple(_placed(subject.of, variable, one) for one in explained)
    return Diagnosis(
        False,
        found[0].name if found else None,
        found[0].place if found else None,
        tuple((one.name, one.place) for one in found) if len(found) > 1 else (),
        others,
        example,
        found,
        wider=wider,
        narrower=narrower,
    )


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A mistake at a part; its rank is how general it is, then how deep, then how far to the right."""

    rank: tuple[int, int, int]
    mistake: Mistake
    part: Part
    slip: Slip
    turn: int  # which of the slips of this mistake at this part

    @property
    def path(self) -> Path:
        return (*self.part.path, *self.slip.at)


def _explain(
    f: Expression, typed: Expression, variable: str, comparison: Comparison
) -> tuple[tuple[_Candidate, ...], tuple[str, ...]]:
    """The mistakes that explain a line, one or two, and the names of others that would."""
    chosen = _samples(comparison)
    if len(chosen) < LEAST_SAMPLES:
        return (), ()
    with np.errstate(all="ignore"):
        candidates = _candidates(f, variable, comparison.at[:, chosen])
        if not candidates:
            return (), ()
        search = _Search(candidates, comparison.typed[chosen], comparison.true[chosen])
        single = sorted((candidates[k] for k in search.single()), key=lambda one: one.rank)
        if single:
            single = _by_form(f, typed, variable, comparison.at[:, chosen], single)
            single = [one for one in single if not one.mistake.resort] or single
            names = dict.fromkeys(one.mistake.name for one in single)
            return (single[0],), tuple(name for name in names if name != single[0].mistake.name)
        pairs = [(candidates[i], candidates[j]) for i, j in search.pairs()]
    if not pairs:
        return (), ()
    best = min(pairs, key=_pair_rank)
    return tuple(sorted(best, key=lambda one: (len(one.path), one.path))), ()


def _candidates(f: Expression, variable: str, at: Array) -> list[_Candidate]:
    """All that may go wrong at all parts."""
    parts = parts_of(f, variable, at)
    return [
        _Candidate((general + _loses(part, slip), len(part.path), position), mistake, part, slip, turn)
        for general, mistake in enumerate(MISTAKES)
        for position, part in enumerate(parts)
        for turn, slip in enumerate(mistake.slips(part))
    ]


def _loses(part: Part, slip: Slip) -> int:
    """What a rule that makes 0 of a term falls back by: behind that the term was lost, which is the same line."""
    in_sum = part.parent is not None and isinstance(part.parent.node, Add | Subtract)
    return len(MISTAKES) if in_sum and part.moves and not np.any(slip.slope) else 0


def _by_form(
    f: Expression, typed: Expression, variable: str, at: Array, single: list[_Candidate]
) -> list[_Candidate]:
    """Of several that explain a line, first those that explain it in other formulas of the same form."""
    for form in forms_of(f, typed, variable) if len(single) > 1 else ():
        candidates = _candidates(form.f, variable, at)
        search = _Search(candidates, form.typed(*at), form.f.derivative(variable)(*at))
        fitting = {
            (one.mistake, form.path_in_f(one.part.path), one.turn)
            for one in map(candidates.__getitem__, search.single())
        }
        single = sorted(single, key=lambda one: (one.mistake, one.part.path, one.turn) not in fitting)
    return single


def _pair_rank(pair: tuple[_Candidate, _Candidate]) -> tuple[int, ...]:
    general, depth, position = (sum(parts) for parts in zip(*(one.rank for one in pair), strict=True))
    return general, depth, position


def _samples(comparison: Comparison) -> NDArray[np.intp]:
    """Places at which both are defined and tame, spread over all that there are."""
    size = np.maximum(np.abs(comparison.typed), np.abs(comparison.true))
    tame = (size < FARTHEST) & ~comparison.beyond & comparison.clear
    good = np.flatnonzero((comparison.both & tame)[: comparison.usual])
    order = good[np.argsort(comparison.at[0, good], kind="stable")]
    return (
        order[np.unique(np.linspace(0, max(len(order) - 1, 0), SAMPLES).astype(int))] if len(order) else order
    )


class _Search:
    """The effects of all candidates at the sample points, as a matrix, beside what is to be explained."""

    def __init__(self, candidates: list[_Candidate], typed: Array, true: Array) -> None:
        self.candidates = candidates
        self.off = typed - true
        self.size = np.abs(typed) + np.abs(true)
        adjoints = np.array([one.part.adjoint for one in candidates])
        wrong = np.array([np.broadcast_to(one.slip.slope, true.shape) for one in candidates])
        right = np.array([one.part.slope for one in candidates])
        self.effects = adjoints * (wrong - right)
        self.sizes = np.abs(adjoints) * (np.abs(wrong) + np.abs(right))

    def single(self) -> list[int]:
        """Those whose effect is what the line is off by."""
        return [int(k) for k in np.flatnonzero(self._agree(self.effects, self.sizes))]

    def _agree(self, effects: Array, sizes: Array) -> NDArray[np.bool_]:
        """Rows that agree wherever they are defined, at enough places that tell something."""
        known = np.isfinite(effects)
        allowed = AGREES * (self.size + sizes)
        near = np.abs(effects - self.off) <= allowed
        telling = known & (np.abs(self.off) > TELLING * allowed)
        enough = (known.sum(1) >= max(LEAST_SAMPLES, len(self.off) // 3)) & (
            telling.sum(1) >= LEAST_SAMPLES // 2
        )
        agree: NDArray[np.bool_] = (near | ~known).all(1) & enough
        return agree

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Two mistakes at different parts whose effects together are what the line is off by."""
        tells = (np.abs(self.effects) > TELLING * AGREES * self.sizes).any(1)
        joining = [k for k, one in enumerate(self.candidates) if one.mistake.joins and tells[k]]
        if not joining:
            return
        # One place is looked up, the others decide: the one where most effects are known and none is 0.
        known = np.isfinite(self.effects[joining]).sum(0) * (np.abs(self.off) > 0)
        key = int(np.argmax(known))
        order = np.array(joining)[np.argsort(self.effects[joining, key], kind="stable")]
        values = self.effects[order, key]
        yield from self._at_one_part(joining)
        looked_up = 0
        for i in joining:
            for below, stretch in self._ways(i):
                wanted = (self.off[key] - self.effects[i, key]) / stretch[key]
                slack = 10 * AGREES * (self.size[key] + self.sizes[i, key]) / abs(stretch[key]) + 1e-12 * abs(
                    wanted
                )
                if not np.isfinite(wanted) or not np.isfinite(slack):
                    continue
                first, last = np.searchsorted(values, (wanted - slack, wanted + slack))
                for j in order[first:last].tolist():
                    looked_up += 1
                    if looked_up > MOST_LOOKED_UP:
                        return
                    if self._fits(i, j, below) and self._together(i, j, stretch):
                        yield i, j

    def _at_one_part(self, joining: list[int]) -> Iterator[tuple[int, int]]:
        """A rule that goes wrong where the inner derivative is missing as well: there it takes that for 1."""
        missing = {
            self.candidates[j].path: j
            for j in joining
            if self.candidates[j].mistake.name == INNER_MISSING and self.candidates[j].turn == 0
        }
        for i in joining:
            one, j = self.candidates[i], missing.get(self.candidates[i].path)
            if j is None or one.part.inner is None or one.mistake.inner:
                continue
            du = list(one.part.du)
            du[one.part.inner] = np.ones_like(self.off)
            slope = list(one.mistake.slips(one.part.with_slopes(du)))[one.turn].slope
            effect = one.part.adjoint * (slope - one.part.slope)
            size = np.abs(one.part.adjoint) * (np.abs(slope) + np.abs(one.part.slope))
            if self._agree(effect[None], size[None])[0]:
                yield i, j

    def _ways(self, i: int) -> Iterator[tuple[Path, Array]]:
        """To a mistake elsewhere its effect is added as it is; to one below, by what the wrong rule hands on of it."""
        yield (), np.ones_like(self.off)
        one = self.candidates[i]
        yield from one.slip.hands_on
        for child, moves in enumerate(one.part.moving):
            if moves:
                raised = list(one.part.du)
                # As much more as there is: beside a slope of 10⁹ a rise of 1 leaves few digits.
                rise = np.maximum(np.abs(raised[child]), 1.0)
                raised[child] = raised[child] + rise
                slips = list(one.mistake.slips(one.part.with_slopes(raised)))
                stretch = (slips[one.turn].slope - one.slip.slope) / (rise * one.part.local[child])
                if (np.abs(stretch) > AGREES).any():
                    yield (child,), stretch

    def _fits(self, i: int, j: int, below: Path) -> bool:
        """Whether j is where the way leads: down there from i, or neither is within the other (i first)."""
        a, b = self.candidates[i].part.path, self.candidates[j].part.path
        if not below:
            apart = a[: len(b)] != b[: len(a)]
            return apart and i < j
        return b[: len(a) + len(below)] == (*a, *below)

    def _together(self, i: int, j: int, stretch: Array) -> bool:
        effect = self.effects[i] + stretch * self.effects[j]
        size = self.sizes[i] + np.abs(stretch) * self.sizes[j]
        return bool(self._agree(effect[None], size[None])[0])


def _placed(f: Expression, variable: str, one: _Candidate) -> Placed:
    spans = spans_of(f.root)
    part = Expression(part_at(f.root, one.part.path), f.variables)
    return Placed(one.mistake.name, spans[one.path], part, part.derivative(variable))
