"""What a program says of a place where a function has no value or no slope: the page's words, and values beside it."""

from __future__ import annotations

import math
import textwrap
from functools import lru_cache

from explorer.code.program import Box
from explorer.code.writing import JAX, NUMPY, SYMPY, Language, write
from explorer.expression import Expression
from explorer.numeric import analyse, number_text, one_sided, place_text

__all__ = ["nearby"]

CLOSER = "(0.1, 0.01, 0.001)"
DISTANCES = {SYMPY.name: 'map(sp.Rational, ("0.1", "0.01", "0.001"))', NUMPY.name: CLOSER, JAX.name: CLOSER}
VALUE = {
    SYMPY.name: "sp.N(f.subs(x, x0 {} d))",
    NUMPY.name: "f(x0 {} d)",
    JAX.name: "float(f(x0 {} d))",
}
UNEVALUATED = ("sp.Piecewise(", "sp.floor(", "sp.ceiling(")
"""What SymPy may find no limit of."""
WIDTH, SAME = 76, 1e-12


def nearby(f: Expression, x0: float, language: Language, box: Box | None = None) -> list[str]:
    """What breaks f at x₀, in the page's words, as a remark.

    Where f has no value besides: what it approaches from each side where there is any, as SymPy's limit, or as values
    closer and closer to x₀.
    """
    missing = not math.isfinite(f(x0))
    remark = _broken(f, x0, box) or (f"f has no value at x = {place_text(x0)}." if missing else "")
    said = [f"# {line}" for line in textwrap.wrap(remark, WIDTH)]
    if not missing:
        return said
    sides = one_sided(f, x0)
    ends = {
        side: end
        for side, end in zip("-+", (sides.left_value, sides.right_value), strict=True)
        if not math.isnan(end)
    }
    if language is SYMPY and not any(sign in write(f.root, SYMPY).text for sign in UNEVALUATED):
        return said + _limits(ends)
    for side, end in ends.items():
        said += [
            f"for d in {DISTANCES[language.name]}:  # {_towards(end)}",
            f'    print(f"f({{float(x0 {side} d):.10g}}) =", {VALUE[language.name].format(side)})',
        ]
    return said


@lru_cache(maxsize=16)
def _broken(f: Expression, x0: float, box: Box | None) -> str:
    """The page's sentence of the break at x₀, which each library's program asks for; empty where there is none."""
    ends = box[0] if box else (x0 - 1.0, x0 + 1.0)
    near = SAME * max(1.0, abs(x0))
    return next((place.sentence for place in analyse(f, ends).breaks if abs(place.x - x0) <= near), "")


def _limits(ends: dict[str, float]) -> list[str]:
    """SymPy's, of both sides at once where they agree."""
    if len(set(ends.values())) == 1 < len(ends):
        ends = {"+-": ends["+"]}
    names = {"+-": "limit", "-": "limit from the left", "+": "limit from the right"}
    return [
        f'print("{names[side]} =", sp.N(sp.limit(f, x, x0, "{side}")))  # {number_text(end)}'
        for side, end in ends.items()
    ]


def _towards(end: float) -> str:
    return f"towards {number_text(end)}" if math.isfinite(end) else "beyond all bounds"
