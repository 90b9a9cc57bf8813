"""Everything that is marked on a curve, gathered once per function and window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from explorer.expression import Expression, free_variables
from explorer.numeric.breaks import Findings, find_breaks
from explorer.numeric.calculus import values, values_with_errors
from explorer.numeric.critical import Marked, marked_points
from explorer.numeric.crowded_breaks import crowded_stretches
from explorer.numeric.refine import GOLDEN, grid
from explorer.numeric.results import Analysis, BreakKind, Description
from explorer.numeric.samples import Jet, jet_on_pieces

__all__ = ["analyse", "domain_of"]

HALF = 0.5
ROUNDING = 4
"""Values that differ by so few units in the last place are one: cos² x + sin² x."""


def analyse(f: Expression, window: tuple[float, float]) -> Analysis:
    """Breaks, critical points, inflections, zeros, domain and monotone stretches of f in a window.

    Raises ValueError when the window is not an increasing pair of finite numbers; nothing else, for any f.
    """
    lo, hi = float(window[0]), float(window[1])
    if not (np.isfinite(lo) and np.isfinite(hi) and lo < hi):
        raise ValueError("the window must be an increasing pair of finite numbers")
    return _analyse(f, lo, hi)


@lru_cache(maxsize=128)
@np.errstate(all="ignore")
def _analyse(f: Expression, lo: float, hi: float) -> Analysis:
    findings = find_breaks(f, lo, hi)
    return _of_pieces(f, lo, hi) if findings.too_many else _of_findings(f, findings, lo, hi)


def _of_pieces(f: Expression, lo: float, hi: float) -> Analysis:
    """Of a window with too many breaks: what is found where they do not crowd."""
    crowded = crowded_stretches(f, lo, hi)
    borders = [lo, *(end for stretch in crowded for end in stretch), hi]
    open_ones = [(a, b) for a, b in zip(borders[::2], borders[1::2], strict=True) if a < b] if crowded else []
    found = [(find_breaks(f, a, b), a, b) for a, b in open_ones]
    if not found or any(findings.too_many for findings, _, _ in found):
        return Analysis((lo, hi), (), (), (), (), ((lo, hi),), (), (), Description.TOO_MANY_BREAKS)
    parts = [_of_findings(f, findings, a, b) for findings, a, b in found]
    return Analysis(
        (lo, hi),
        tuple(place for part in parts for place in part.breaks),
        # What happens in the crowd is not known: nothing is the lowest of all.
        tuple(replace(point, is_global=False) for part in parts for point in part.critical),
        tuple(point for part in parts for point in part.inflections),
        tuple(x for part in parts for x in part.zeros),
        _joined(sorted([*crowded, *(stretch for part in parts for stretch in part.domain)])),
        tuple(stretch for part in parts for stretch in part.monotone),
        tuple(place for part in parts for place in part.smooth_places),
        Description.CROWDED,
        crowded,
    )


def _joined(stretches: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Stretches that meet are one."""
    joined: list[tuple[float, float]] = []
    for a, b in stretches:
        if joined and joined[-1][1] == a:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return tuple(joined)


def _of_findings(f: Expression, findings: Findings, lo: float, hi: float) -> Analysis:
    samples = jet_on_pieces(f, piece_ends(findings, lo, hi))
    defined = samples.values[0][~np.isnan(samples.values[0])]
    if not defined.size:
        alone = [b for b in findings.breaks if b.kind is BreakKind.ISOLATED]
        word = Description.POINTS if alone else Description.NOWHERE_DEFINED
        zeros = tuple(b.x for b in alone if b.value == 0)
        return Analysis((lo, hi), findings.breaks, (), (), zeros, (), (), findings.smooth, word)
    marked = marked_points(f, (lo, hi), findings, samples)
    domain = domain_of(f, findings, lo, hi)
    if _is_constant(f, findings, samples):
        word = Description.CONSTANT
    elif samples.rounded.mean() > HALF:
        level = tuple(stretch for stretch in marked.monotone if stretch[2] == 0)
        marked = Marked((), (), marked.zeros, level)
        word = Description.ROUNDED
    elif _stepped_over(f, marked.monotone) > 0.25 * _length(marked.monotone):
        # What the grid saw is a slow wave that the fast one is not: no mark of it is true.
        marked = Marked((), (), (), ())
        word = Description.TOO_MANY_TURNS
    elif _length(marked.monotone) < 0.5 * _length(domain):
        word = Description.TOO_MANY_TURNS
    else:
        word = Description.ORDINARY
    return Analysis(
        (lo, hi),
        findings.breaks,
        marked.critical,
        marked.inflections,
        marked.zeros,
        domain,
        marked.monotone,
        findings.smooth,
        word,
    )


def piece_ends(findings: Findings, lo: float, hi: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The limits of the window and every break between them."""
    inside = [b.x for b in findings.breaks if lo < b.x < hi]
    return np.array([lo, *inside, hi])


def _length(stretches: Iterable[tuple[float, ...]]) -> float:
    return sum(stretch[1] - stretch[0] for stretch in stretches)


def _stepped_over(f: Expression, monotone: tuple[tuple[float, float, int], ...]) -> float:
    """The length of those stretches, said to go one way, on which values between go the other way."""
    stretches = np.array(monotone).reshape(-1, 3)
    # Golden phases keep no rhythm that a wave could share.
    phases = np.sort(np.modf(GOLDEN * np.arange(1, 14))[0])
    ends, signs = stretches[:, :2], stretches[:, 2:]
    y, errors = values_with_errors(f, ends[:, :1] + np.diff(ends) * phases)
    rounding = 1e-9 * np.ptp(y, axis=1, keepdims=True) + 1e-12 * np.abs(y).max(axis=1, keepdims=True)
    rounding = np.maximum(rounding, errors[:, 1:] + errors[:, :-1])
    wrong = (signs != 0) & (signs * np.diff(y) < -rounding)
    return float(np.sum(np.diff(ends)[wrong.any(axis=1)]))


def _is_constant(f: Expression, findings: Findings, samples: Jet) -> bool:
    if not free_variables(f.root):
        return True
    if any(not b.continuous for b in findings.breaks):
        return False
    seen = samples.values[0][np.isfinite(samples.values[0])]
    return bool(seen.size and np.ptp(seen) <= ROUNDING * np.spacing(np.abs(seen).max()))


def domain_of(f: Expression, findings: Findings, lo: float, hi: float) -> tuple[tuple[float, float], ...]:
    """The stretches of [lo, hi] on which f is defined, apart from their ends."""
    ends = piece_ends(findings, lo, hi)
    values_at = {b.x: b.value for b in findings.breaks}
    probes = grid(0.0, 1.0, 15)[1:-1]
    found: list[tuple[float, float]] = []
    inner = values(f, ends[:-1, None] + np.diff(ends)[:, None] * probes)
    for a, b, row in zip(ends[:-1].tolist(), ends[1:].tolist(), inner, strict=True):
        if np.isnan(row).mean() > 0.5:
            continue
        if found and found[-1][1] == a and not np.isnan(values_at[a]):
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return tuple(found)
