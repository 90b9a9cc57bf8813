"""Where the curve between two classes is held and what the points are, as tapes that the browser runs."""

from __future__ import annotations

from functools import lru_cache

from explorer.data.columns import LETTERS, Pass
from explorer.data.sums import of_rows
from explorer.expression import Expression, Tape, compile_tape, parse
from explorer.figures.regression.classes_loss import LARGEST_SHRINKING, SHRINKING
from explorer.numeric.results import Span

LIFTED = 1.5
"""The curve is turned where its z is so far from that of its middle, or at the picture's right end."""

FELT = 0.1
"""A λ that holds a curve back visibly."""

FAR = 1e300

CLASS_SUMS = (
    "mean_x", "ones", "mean_xy", "x_min", "x_max", "zero_min", "zero_max", "one_min", "one_max",
)  # fmt: skip
"""What the pass over the rows finds: the means of x, of the class and of their product, and the ends of x, of all
points and of each class (a class without a point has them at ±FAR)."""


@lru_cache(maxsize=1)
def class_passes() -> tuple[Pass, ...]:
    """The pass over the rows that finds the CLASS_SUMS."""
    zero, one = (parse(text, ("x", "y", "f")) for text in ("{y > 0.5: f, x}", "{y > 0.5: x, f}"))
    far = {end: {"f": Expression.number(value)} for end, value in (("min", FAR), ("max", -FAR))}
    x = parse("x", LETTERS)
    return (
        of_rows(
            {
                "mean_x": ("mean", x),
                "ones": ("mean", parse("y", LETTERS)),
                "mean_xy": ("mean", parse("x y", LETTERS)),
                "x_min": ("least", x),
                "x_max": ("largest", x),
                "zero_min": ("least", zero.substitute(far["min"])),
                "zero_max": ("largest", zero.substitute(far["max"])),
                "one_min": ("least", one.substitute(far["min"])),
                "one_max": ("largest", one.substitute(far["max"])),
            }
        ),
    )


def class_tape(span: Span, flat: float) -> Tape:
    """What the points are, and where the curve is held, in w, b, λ and the CLASS_SUMS.

    `parted` is how far the classes lie apart, negative where neither lies below the other; `threshold` is between them.
    `flat_slope` is the slope of the mean square where w = 0 and b = `flat`.
    """
    variables = ("w", "b", SHRINKING, *CLASS_SUMS)
    found = {
        "x_width": _formula("x_max - x_min"),
        "parted": _formula("max(one_min - zero_max, zero_min - one_max)"),
        "threshold": _formula("{one_min < zero_max: (zero_min + one_max)/2, (one_min + zero_max)/2}"),
        **_grips(span),
        # A story goes from the learner's own λ to one that is felt.
        "more_lam": parse(f"min(max({FELT}, 4 l), {LARGEST_SHRINKING})", ("l",)).substitute(
            {"l": Expression.variable(SHRINKING)}
        ),
    }
    # Of squares at w = 0, where every σ is p: the gradient is 2p(1 − p) times the means of (p − y)x and of p − y.
    along = parse("2 p (1-p) sqrt((p m - c)^2 + (p - o)^2)", ("p", "m", "c", "o"))
    found["flat_slope"] = along.substitute(
        {
            "p": parse("sigmoid(t)", ("t",)).substitute({"t": Expression.number(flat)}),
            **{
                letter: Expression.variable(name)
                for letter, name in zip("mco", ("mean_x", "mean_xy", "ones"), strict=True)
            },
        }
    )
    return compile_tape({name: quantity.over(variables) for name, quantity in found.items()}, variables)


def _formula(text: str) -> Expression:
    return parse(text, CLASS_SUMS)


def _grips(span: Span) -> dict[str, Expression]:
    """Where the curve is moved (its boundary, or its middle where that is out of sight) and where it is turned.

    `pivot` is the x about which it turns, `bounded` whether that is the boundary, `lift` its z there.
    """
    low, high = span
    put = {
        "m": Expression.variable("mean_x"),
        "l": Expression.number(low + 0.04 * (high - low)),
        "h": Expression.number(high - 0.2 * (high - low)),
        "t": Expression.number(_turn(span)),
    }
    put["bounded"] = parse("{w^2 <= 0: 0, -b/w < l: 0, -b/w > h: 0, 1}", ("w", "b", "l", "h")).substitute(put)
    put["pivot"] = parse(
        "{bounded > 0.5: -b/w, min(max(m, l), h)}", ("bounded", "w", "b", "m", "l", "h")
    ).substitute(put)
    put["lift"] = parse("{bounded > 0.5: 0, w pivot + b}", ("bounded", "w", "pivot", "b")).substitute(put)
    put["gone"] = parse("w (t - pivot)", ("w", "t", "pivot")).substitute(put)
    found = {name: put[name] for name in ("bounded", "pivot", "lift")}
    found["held"] = parse("sigmoid(lift)", ("lift",)).substitute(put)
    found["turn_x"] = parse(
        f"{{|gone| <= {LIFTED}: t, pivot + {LIFTED}/|w|}}", ("gone", "t", "pivot", "w")
    ).substitute(put)
    found["turn_y"] = parse(
        f"sigmoid(lift + max(-{LIFTED}, min({LIFTED}, gone)))", ("lift", "gone")
    ).substitute(put)
    return found


def _turn(span: Span) -> float:
    low, high = span
    return high - 0.05 * (high - low)


def moving() -> Tape:
    """B from the pointer: the boundary comes under it, or the curve's middle up to it."""
    names = ("px", "py", "w", "pivot", "bounded")
    place = parse("{bounded > 0.5: -w px, ln(q/(1-q)) - w pivot}", (*names, "q")).substitute(
        {"q": parse("min(max(py, 0.005), 0.995)", ("py",))}
    )
    return compile_tape({"b": place.over(names)}, names)


def turning(span: Span, steepest: float) -> Tape:
    """Both from the pointer: the curve turns about its pivot, up or down at the right end and from there inwards."""
    names = ("px", "py", "pivot", "lift")
    put = {
        "t": Expression.number(_turn(span)),
        "k": Expression.number(LIFTED),
        "s": Expression.number(steepest),
    }
    put["d"] = parse("t - pivot", ("t", "pivot")).substitute(put)
    put["held"] = parse("sigmoid(lift)", ("lift",))
    put["up"] = parse("{py >= held: 1, -1}", ("py", "held")).substitute(put)
    put["v"] = parse(
        "(py - held)/(sigmoid(lift + up k) - held)", ("py", "held", "lift", "up", "k")
    ).substitute(put)
    put["z"] = parse("ln(q/(1-q)) - lift", ("q", "lift")).substitute(
        {"q": parse("min(max(py, 0.000001), 0.999999)", ("py",))}
    )
    w = parse(
        "{(t - px)/d < 1 - v: z/d, up k/min(max(px - pivot, k/s), d)}",
        ("t", "px", "d", "v", "z", "up", "k", "pivot", "s"),
    ).substitute(put)
    b = parse("lift - w pivot", ("lift", "w", "pivot")).substitute({"w": w})
    return compile_tape({"w": w.over(names), "b": b.over(names)}, names)
