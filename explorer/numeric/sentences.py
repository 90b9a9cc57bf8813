"""Numbers and breaks in words for a learner."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from explorer.numeric.results import BreakKind

__all__ = ["break_sentence", "number_text", "place_text", "power_of_ten", "significant_text"]

LEAST_PLAIN, MOST_PLAIN = -6, 7
LONGEST = 60
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """10⁻⁶."""
    return f"10{str(exponent).translate(_SUPERSCRIPTS)}"


def significant_text(value: float, digits: int = 4) -> str:
    """So many significant digits, with a true minus sign and no trailing zeros: −4.8, 0.025451, 3.2·10⁻⁹.

    The one rule for numbers, here and in assets/live/words/numbers.js: a power of ten from ten millions on and below a
    millionth; before that the digits before the point are all written, for 1000002 is not 1·10⁶.
    """
    if not math.isfinite(value):
        return "undefined"
    if value == 0:
        return "0"
    exponent = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(value).adjusted()
    plain = LEAST_PLAIN <= exponent < MOST_PLAIN
    # A half is rounded away from zero, as the browser does.
    last = min(exponent - digits + 1, 0) if plain else exponent - digits + 1
    rounded = Context(prec=LONGEST, rounding=ROUND_HALF_UP).quantize(Decimal(value), Decimal((0, (1,), last)))
    text = f"{rounded if plain else rounded.scaleb(-exponent):f}"
    text = (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")
    return text if plain else f"{text}·{power_of_ten(exponent)}"


def number_text(value: float, digits: int = 4) -> str:
    """The same, with ±∞, and π where meant."""
    if math.isinf(value):
        return "+∞" if value > 0 else "−∞"
    return (math.isfinite(value) and _turns_text(value)) or significant_text(value, digits)


def place_text(x: float) -> str:
    """A place, so exactly that it is not mistaken for its neighbours: hundredths at least, also far out."""
    far = math.floor(math.log10(abs(x))) if 1e3 <= abs(x) < 1e10 else 0
    return number_text(x, max(4, far + 3))


def _turns_text(value: float) -> str:
    """π/2, −3π/4 … for multiples of π, else empty."""
    ratio = Fraction(value / math.pi).limit_denominator(12)
    if not ratio or abs(ratio) > 1000 or abs(value - ratio * math.pi) > 1e-12 * abs(value):
        return ""
    top = "π" if abs(ratio.numerator) == 1 else f"{abs(ratio.numerator)}π"
    below = "" if ratio.denominator == 1 else f"/{ratio.denominator}"
    return ("−" if ratio < 0 else "") + top + below


def _bare(value: float) -> str:
    if math.isinf(value):
        return "grow without bound" if value > 0 else "fall without bound"
    return f"approach {number_text(value)}"


def break_sentence(
    kind: BreakKind,
    x: float,
    value: float,
    values: tuple[float, float],
    slopes: tuple[float, float],
) -> str:
    """What a place is called and what proves it: one-sided quotients or one-sided values, never limits of f′.

    `values` and `slopes` are (from the left, from the right); NaN where f is undefined on that side.
    """
    at = f"x = {place_text(x)}"
    match kind:
        case BreakKind.CORNER:
            return (
                f"Corner at {at}: the difference quotients {_bare(slopes[0])} from the left but "
                f"{_bare(slopes[1])} from the right. There is no derivative and no tangent."
            )
        case BreakKind.CUSP:
            return (
                f"Cusp at {at}: the difference quotients {_bare(slopes[0])} from the left and "
                f"{_bare(slopes[1])} from the right. There is no derivative."
            )
        case BreakKind.VERTICAL_TANGENT:
            return (
                f"Vertical tangent at {at}: the difference quotients {_bare(slopes[0])} from both sides. "
                "There is a tangent, a vertical one, but no derivative."
            )
        case BreakKind.JUMP:
            return (
                f"Jump at {at}: the values {_bare(values[0])} from the left but {_bare(values[1])} from the "
                "right. The curve is not continuous there, so it has no derivative."
            )
        case BreakKind.HOLE:
            return _hole_sentence(at, x, value, values[0])
        case BreakKind.POLE:
            sides = _pole_sides(values)
            tail = "" if math.isnan(value) else f" The value there is {number_text(value)}."
            return f"Pole at {at}: the values {sides}.{tail} There is no derivative."
        case BreakKind.ISOLATED:
            return (
                f"Isolated point at {at}: f({place_text(x)}) is {number_text(value)}, and on both sides f is "
                "undefined. No second point is near, so there is no slope."
            )
        case BreakKind.DOMAIN_EDGE:
            return _edge_sentence(at, value, values, slopes)
    return _oscillation_sentence(at, value, values)


def _pole_sides(values: tuple[float, float]) -> str:
    if values[0] == values[1]:
        return f"{_bare(values[0])} from both sides"
    joint = "and" if math.isinf(values[0]) and math.isinf(values[1]) else "but"
    return f"{_bare(values[0])} from the left {joint} {_bare(values[1])} from the right"


def _hole_sentence(at: str, x: float, value: float, limit: float) -> str:
    here = f"f({place_text(x)})"
    missing = f"{here} is undefined" if math.isnan(value) else f"{here} is {number_text(value)}"
    return (
        f"Hole at {at}: the values {_bare(limit)} from both sides, but {missing}. "
        "Without continuity there is no derivative."
    )


def _edge_sentence(at: str, value: float, values: tuple[float, float], slopes: tuple[float, float]) -> str:
    begins = math.isnan(values[0])
    side, other = ("right", "left") if begins else ("left", "right")
    limit, slope = (values[1], slopes[1]) if begins else (values[0], slopes[0])
    proof = f"from the {side} the values {_bare(limit)}"
    if math.isfinite(limit) and not math.isnan(slope):
        proof += f" and the quotients {_bare(slope)}"
        if math.isfinite(value):
            proof += ": a vertical tangent" if math.isinf(slope) else ", the slope of a tangent on one side"
    own = "" if math.isfinite(value) or math.isinf(limit) else ", though f itself is undefined there"
    return (
        f"The domain {'begins' if begins else 'ends'} at {at}: {proof}{own}. "
        f"On the {other} f is undefined: no derivative."
    )


def _oscillation_sentence(at: str, value: float, values: tuple[float, float]) -> str:
    if not math.isnan(value) and value == values[0] == values[1]:
        return (
            f"Oscillation at {at}: the difference quotients keep swinging and approach no number. "
            "There is no derivative."
        )
    return (
        f"Oscillation at {at}: the values keep swinging and approach no number, however close. "
        "There is no limit and no derivative."
    )
