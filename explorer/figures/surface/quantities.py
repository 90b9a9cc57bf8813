"""The numbers that move on the surface page: slopes, tangents, directions, the plane and how far f leaves it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from explorer.expression import Expression, parse
from explorer.figures.surface.rims import rift_heights, rim_heights
from explorer.figures.surface.still import box_proportions, padded
from explorer.numeric import Window
from explorer.numeric.leaps2d import growing
from explorer.numeric.plane import round_step
from explorer.numeric.poles2d import pole_places
from explorer.numeric.results import HUGE, Span
from explorer.numeric.seams import Seam, Slopes, of_parts, seams_of, slopes_of
from explorer.numeric.singularities import Trigger

TELLING_DIRECTIONS = ("uphill", "downhill", "level_left", "level_right")
"""Along the gradient, against it, and across it on either side: in degrees, without a value where it is zero."""


A_HAIR = 1e-15
"""What rounding may make of a coordinate, in parts of it."""

HAIR = {"f_ne": (1, 1), "f_sw": (-1, -1), "f_nw": (-1, 1), "f_se": (1, -1)}
OPPOSITE = (("f_ne", "f_sw"), ("f_nw", "f_se"))
"""Heights a hair away: at an edge of the domain, where rounding leaves none, one of two opposite ones is known."""

GAP_DIRECTIONS = 16
"""With a parabola between them the most of them is within 1 % of the most of all, for surfaces of everyday degree."""
MOST_POLES = 4
"""So many places where the formula divides by 0 are told from edges of the domain."""


@dataclass(frozen=True)
class Sizes:
    """Lengths in units of the plane: tangents, the tangent plane, the direction u; and the floor's height.

    `arrow` is what one unit of gradient is drawn as.
    """

    tangent: float
    plane: float
    direction: float
    arrow: float
    floor: float

    @property
    def gap(self) -> float:
        """The distance at which the surface is compared with its plane."""
        return self.plane


def sizes_for(f: Expression, window: Window, shown: Span, steepness: float) -> Sizes:
    """Round lengths that suit the window; `steepness` is a gradient's usual length in it."""
    width = min(window.x[1] - window.x[0], window.y[1] - window.y[0])
    wanted = 0.2 * width / steepness if steepness > 0 else 1.0
    return Sizes(
        tangent=0.22 * width,
        plane=round_step(width, 6),
        direction=round_step(width, 4),
        arrow=_round_scale(min(max(wanted, 1e-9), HUGE)),
        floor=padded(shown)[0],
    )


def _round_scale(wanted: float) -> float:
    """The nearest of 1, 2, 3 and 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return float(min((k * power for k in (1, 2, 3, 5, 10)), key=lambda scale: abs(math.log(scale / wanted))))


def outputs(f: Expression, window: Window, shown: Span, sizes: Sizes) -> dict[str, Expression]:
    """Every quantity of the scene, in the point (x, y) and theta (degrees)."""
    x0, y0, theta = (Expression.variable(name) for name in ("x", "y", "theta"))
    slopes_x, slopes_y, plane = slopes_of(f, window.x, window.y)
    fx, fy = slopes_x.value, slopes_y.value
    # The two slopes as parts of a gradient: where no plane touches, no other direction follows from them.
    gx, gy = (Expression(slope.root, slope.variables, (*slope.guards, plane.root)) for slope in (fx, fy))
    here = {"f": f, "fx": gx, "fy": gy}
    ux, uy = (parse(f"{name}(pi t/180)", ("t",)).substitute({"t": theta}) for name in ("cos", "sin"))
    du = gx * ux + gy * uy
    norm = of_parts("sqrt(a^2+b^2)", a=gx, b=gy)
    uphill = of_parts("{a<0: 180 - 360 atan(b/(n - a))/pi, 360 atan(b/(n + a))/pi}", a=gx, b=gy, n=norm)
    reach, side = sizes.tangent, sizes.plane
    # Where no plane touches, its square has no corners.
    left, right, near, far = (
        of_parts("a + 0 n", a=end, n=norm) for end in (x0 - side, x0 + side, y0 - side, y0 + side)
    )
    found = {
        "f": f,
        "fx": fx,
        "fy": fy,
        "minus_x0": -x0,
        "minus_y0": -y0,
        "minus_fx": -gx,
        "minus_fy": -gy,
        "norm": norm,
        "ux": ux,
        "uy": uy,
        "du": du,
        "share": du / norm,
        **{
            name: of_parts(f"a + {turn} - 360 floor((a + {turn})/360)", a=uphill)
            for name, turn in zip(TELLING_DIRECTIONS, (0, 180, 90, 270), strict=True)
        },
        "x_low": x0 - reach,
        "x_high": x0 + reach,
        "y_low": y0 - reach,
        "y_high": y0 + reach,
        "x_tangent_low": f - reach * fx,
        "x_tangent_high": f + reach * fx,
        "y_tangent_low": f - reach * fy,
        "y_tangent_high": f + reach * fy,
        "u_x": x0 + sizes.direction * ux,
        "u_y": y0 + sizes.direction * uy,
        "g_x": x0 + sizes.arrow * gx,
        "g_y": y0 + sizes.arrow * gy,
        "d_x": x0 + sizes.arrow * du * ux,
        "d_y": y0 + sizes.arrow * du * uy,
        "cut_x_low": x0 - reach * ux,
        "cut_x_high": x0 + reach * ux,
        "cut_y_low": y0 - reach * uy,
        "cut_y_high": y0 + reach * uy,
        "cut_low": f - reach * du,
        "cut_high": f + reach * du,
        "level_x_low": x0 - reach * gy / norm,
        "level_y_low": y0 + reach * gx / norm,
        "level_x_high": x0 + reach * gy / norm,
        "level_y_high": y0 - reach * gx / norm,
        "plane_left": left,
        "plane_right": right,
        "plane_near": near,
        "plane_far": far,
        "plane_ln": f - side * gx - side * gy,
        "plane_rn": f + side * gx - side * gy,
        "plane_rf": f + side * gx + side * gy,
        "plane_lf": f - side * gx + side * gy,
        "gap": _gap(f, here, x0, y0, sizes.gap),
        "half_gap": _gap(f, here, x0, y0, sizes.gap / 2),
    }
    poles, places = growing(f, window.x, window.y)[:MOST_POLES], pole_places(f, window.x, window.y)
    if poles or places:
        beyond = [_parted(pole, x0, y0, sizes.gap) for pole in poles]
        beyond += [sizes.gap - of_parts("sqrt(a^2 + b^2)", a=x0 - x, b=y0 - y) for x, y in places]
        found["beyond_a_pole"] = _largest(beyond)
    if poles:
        found["on_a_pole"] = _largest(of_parts("{a = 0: 1, 0}", a=_offset(pole)) for pole in poles)
    found |= _normal(here, x0, y0, window, shown) | rim_heights(f, window) | rift_heights(f, window)
    if seams_of(f):
        for name, ways in HAIR.items():
            found[name] = f.substitute(
                {v: at * (1 + way * A_HAIR) for v, at, way in zip("xy", (x0, y0), ways, strict=True)}
            )
        for name, slopes in (("x", slopes_x), ("y", slopes_y)):
            found |= _sides(name, slopes, f, reach)
    return found


def _sides(name: str, slopes: Slopes, height: Expression, reach: float) -> dict[str, Expression]:
    """Where a slice has two slopes: both, whether they grow without end, and how high half a tangent ends."""
    return {
        f"f{name}_left": slopes.left,
        f"f{name}_right": slopes.right,
        f"f{name}_left_way": slopes.left_way,
        f"f{name}_right_way": slopes.right_way,
        f"{name}_half_low": height - reach * slopes.left,
        f"{name}_half_high": height + reach * slopes.right,
    }


def _gap(
    f: Expression, here: dict[str, Expression], x0: Expression, y0: Expression, distance: float
) -> Expression:
    """The largest |f − plane| at this distance, nearly: in many directions, and between them on a parabola."""
    gaps = []
    for dx, dy in _around(distance):
        there = f.substitute({"x": x0 + dx, "y": y0 + dy})
        gaps.append(of_parts("|a - b|", a=there, b=here["f"] + dx * here["fx"] + dy * here["fy"]))
    tops = [
        of_parts(
            "{b < max(a, c): b, a + c < 2b: b + (a - c)^2/(8(2b - a - c)), b}",
            a=gaps[turn - 1],
            b=gap,
            c=gaps[(turn + 1) % GAP_DIRECTIONS],
        )
        for turn, gap in enumerate(gaps)
    ]
    return _largest(tops)


def _around(distance: float) -> Iterator[tuple[float, float]]:
    """Steps of this length in every direction that is looked in."""
    for turn in range(GAP_DIRECTIONS):
        angle = 2 * math.pi * turn / GAP_DIRECTIONS
        dx, dy = (round(distance * part(angle), 12) for part in (math.cos, math.sin))
        yield dx, dy


def _largest(values: Iterable[Expression]) -> Expression:
    return reduce(lambda a, b: of_parts("max(a, b)", a=a, b=b), values)


def _offset(pole: Trigger) -> Expression:
    return Seam(Expression(pole.node, ("x", "y")), pole.level, pole.spacing, pole.met).offset


def _parted(pole: Trigger, x0: Expression, y0: Expression, distance: float) -> Expression:
    """More than 0 where the pole lies between the point and a place at this distance, or at half of it."""
    away = Expression(pole.node, ("x", "y")) - pole.level
    bank = (
        of_parts("floor(a/s)", a=away, s=Expression.number(pole.spacing))
        if pole.spacing
        else of_parts("sign(a)", a=away)
    )
    steps = ((0.0, 0.0), *_around(distance), *_around(distance / 2))
    here, *there = (bank.substitute({"x": x0 + dx, "y": y0 + dy}) for dx, dy in steps)
    return _largest(of_parts("|a - b|", a=here, b=other) for other in there)


def _normal(
    here: dict[str, Expression], x0: Expression, y0: Expression, window: Window, shown: Span
) -> dict[str, Expression]:
    """The end of an arrow that stands upright on the plane as it is drawn, a quarter of the box long.

    With scales s for x, y and z the drawn plane has the slopes fx·sz/sx and fy·sz/sy.
    """
    spans = (padded(window.x), padded(window.y), padded(shown))
    sx, sy, sz = (
        side / (high - low) for side, (low, high) in zip(box_proportions(window), spans, strict=True)
    )
    a, b = here["fx"] * (sz / sx), here["fy"] * (sz / sy)
    size = of_parts("sqrt(1+a^2+b^2)", a=a, b=b)
    length = 0.25
    return {
        "n_x": x0 - length / sx * a / size,
        "n_y": y0 - length / sy * b / size,
        "n_z": here["f"] + length / sz / size,
    }
