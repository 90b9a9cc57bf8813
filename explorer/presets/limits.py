"""The functions, the table and the questions of the limit page."""

from __future__ import annotations

from explorer.presets.records import Challenge, Fact, Preset, Reason

LIMITS = (
    Preset(
        "x²",
        "x^2",
        "The average slope is 2 + h at x = 1: it heads for 2.",
        1.0,
        (-0.5, 3.0),
        (-1.0, 6.0),
        facts=(Fact(1, 1.0, 2.0),),
    ),
    Preset(
        "x³",
        "x^3",
        "3x² + 3xh + h²: what is left when h goes?",
        1.0,
        (-1.4, 2.4),
        (-3.0, 9.0),
        facts=(Fact(1, 1.0, 3.0),),
    ),
    Preset(
        "1/x",
        "1/x",
        "−1/(x(x + h)); across the pole the secant joins two branches.",
        1.0,
        (-3.0, 3.0),
        (-4.0, 4.0),
        facts=(Fact(1, 1.0, -1.0),),
    ),
    Preset(
        "2x + 1",
        "2x + 1",
        "The same quotient for every h: a line has one slope.",
        0.0,
        facts=(Fact(1, 0.0, 2.0),),
    ),
    Preset("√x", "sqrt(x)", "The conjugate frees the h: 1/(√(x+h) + √x).", 1.0, facts=(Fact(1, 1.0, 0.5),)),
    Preset("x³ − x", "x^3 - x", "At 0 with h = 1 the average is 0, but the slope there is −1.", 0.0),
    Preset(
        "sin x", "sin x", "The quotient heads for cos x; at 0 that is 1.", 0.0, facts=(Fact(1, 0.0, 1.0),)
    ),
    Preset("|x|", "|x|", "Two sides, two numbers: no derivative at 0, and no tangent.", 0.0),
    Preset(
        "∛x",
        "cbrt(x)",
        "At 0 the quotient outgrows every number: a vertical tangent.",
        0.0,
        (-2.6, 2.6),
        (-1.9, 1.9),
        equal=True,
    ),
    Preset("x^(2/3)", "x^(2/3)", "At 0 a cusp: the two sides leave in opposite directions.", 0.0),
    Preset(
        "eˣ",
        "e^x",
        "The quotient is eˣ times (eʰ − 1)/h, and that heads for 1.",
        0.0,
        facts=(Fact(1, 0.0, 1.0),),
    ),
    Preset("⌊x⌋", "floor(x)", "At a jump Δy does not shrink with h, so the quotient cannot settle.", 0.5),
)


CAR = ((10.0, 122.0), (12.0, 155.0), (13.0, 170.0), (15.0, 202.0), (19.0, 265.0), (20.0, 265.0))
"""A car: six times in seconds, and where it was in metres."""
CAR_HEAD = "time (s),place (m)"


LIMIT_CHALLENGES = (
    Challenge(
        "Which h gives the average slope 2.1 at x = 1?",
        "x^2",
        "h",
        "h = 0.1: the quotient is 2 + h.",
        (
            Reason("((1+h)² − 1)/h = 2 + h, and 2 + 0.1 = 2.1", right=True),
            Reason(
                "h must be 2.1, since the slope is h",
                says="The average slope is Δy/Δx = 2 + h; h alone is only how far apart the points are.",
            ),
            Reason("no h gives a slope between 2 and 3"),
        ),
        start=1.0,
        value=0.1,
        tolerance=0.005,
        sets=(("x0", 1.0),),
    ),
    Challenge(
        "Which h gives exactly 2 at x = 1?",
        "x^2",
        "h",
        "None: 2 + h is 2 only for h = 0, where the quotient is 0/0. 2 is the limit, not a value.",
        (
            Reason("2 + h = 2 asks for h = 0, and there the quotient does not exist", right=True),
            Reason(
                "h = 0, since then 2 + h = 2",
                says="Cancelling h was allowed because h is not 0. At h = 0 the quotient itself is 0/0.",
            ),
            Reason("h = 0.000001 gives exactly 2"),
        ),
        start=1.0,
        choices=("no h does", "h = 0", "h = 0.001"),
        hints=(
            "Not yet: put h = 0 into Δy/Δx. Is what you get a number?",
            "Not yet: the quotient is 2 + h. What is that for this h?",
        ),
        sets=(("x0", 1.0),),
        shows=(("h", 1e-6),),
    ),
    Challenge(
        "At 0 with h = 1, the average slope of x³ − x is 0. What is the slope at 0 itself?",
        "x^3 - x",
        "h",
        "−1: the quotient is h² − 1, and it heads for −1.",
        (
            Reason("(h³ − h)/h = h² − 1, which heads for −1", right=True),
            Reason(
                "the average over the interval is the slope at its start",
                says="The average belongs to the whole way from 0 to 1. At its start the curve falls.",
            ),
            Reason("the curve is 0 at both ends, so nothing changes"),
        ),
        start=1.0,
        choices=("−1", "0", "1"),
        hints=(
            "Not yet: that is the average over the whole way. Bring the second point closer.",
            "Not yet: follow the curve from 0 to the right. Does it climb or fall at first?",
        ),
        sets=(("x0", 0.0),),
        shows=(("h", 0.001),),
    ),
    Challenge(
        "|x| at 0: what does the quotient head for?",
        "|x|",
        "h",
        "Two numbers: −1 from the left and 1 from the right. So there is no derivative.",
        (
            Reason("the two sides head for different numbers, so there is no limit", right=True),
            Reason(
                "the centred quotient is 0, so the derivative is 0",
                says="It leaves the point itself out and mixes both sides, so it can settle without a derivative.",
            ),
            Reason("the right side counts, so it is 1"),
        ),
        start=1.0,
        choices=("no single number", "0", "1"),
        hints=(
            "Not yet: try one h on the left and one on the right. Are their slopes the same?",
            "Not yet: that is one side. What does the other say?",
        ),
        sets=(("x0", 0.0),),
        shows=(("h", -0.5),),
    ),
)
