"""The functions and questions of the slope page."""

from __future__ import annotations

from explorer.presets.records import Challenge, Fact, Preset, Reason

SLOPES = (
    Preset(
        "x³/3 − x",
        "x^3/3 - x",
        "Above zero yet falling: the height and the slope are two different things.",
        -0.5,
        (-2.7, 2.7),
        (-1.2, 1.2),
        equal=True,
        facts=(Fact(1, -0.5, -0.75), Fact(1, 1.0, 0.0), Fact(0, -1.0, 2 / 3)),
    ),
    Preset("x²", "x^2", "The slope is twice x: double x, double the slope.", 1.0, facts=(Fact(1, 1.0, 2.0),)),
    Preset(
        "x³",
        "x^3",
        "Flat at 0, and yet neither a minimum nor a maximum.",
        -1.0,
        facts=(Fact(1, 0.0, 0.0), Fact(1, 2.0, 12.0), Fact(2, 0.0, 0.0)),
    ),
    Preset(
        "1/x",
        "1/x",
        "Falling on both sides of a pole: at 0 there is no value, so no slope.",
        1.0,
        facts=(Fact(1, 2.0, -0.25), Fact(1, -1.0, -1.0)),
    ),
    Preset(
        "3x⁴ − 5x² + 2x",
        "3x^4 - 5x^2 + 2x",
        "Two valleys of different depth: each is flat, one is lower.",
        -1.2,
        facts=(
            Fact(0, -1.0, -4.0),
            Fact(1, -1.0, 0.0),
            Fact(0, 0.788675, -0.372008),
            Fact(0, 0.211325, 0.205342),
            Fact(2, 10**0.5 / 6, 0.0),
        ),
    ),
    Preset(
        "e²ˣ cos x",
        "e^(2x) cos x",
        "A product: the growth and the wave both have their say.",
        0.0,
        facts=(Fact(1, 0.0, 2.0), Fact(2, 1.5707963267948966, -92.563)),
    ),
    Preset(
        "x eˣ", "x e^x", "Flat exactly where x + 1 = 0.", -1.0, facts=(Fact(1, -1.0, 0.0), Fact(1, 0.0, 1.0))
    ),
    Preset("e²ˣ", "e^(2x)", "The slope is everywhere twice the height.", 0.0, facts=(Fact(1, 0.0, 2.0),)),
    Preset(
        "1/(1 + e⁻ˣ)",
        "1/(1+e^(-x))",
        "The sigmoid: steepest at 0, where the slope is ¼, and nearly flat far out.",
        0.0,
        facts=(Fact(1, 0.0, 0.25), Fact(0, 0.0, 0.5)),
    ),
    Preset(
        "ln(x)/x",
        "ln(x)/x",
        "Its highest point is at e, with the value 1/e; left of 0 there is nothing.",
        1.0,
        facts=(Fact(1, 2.718281828459045, 0.0), Fact(0, 2.718281828459045, 0.36787944117144233)),
    ),
    Preset(
        "(x−3)² + x⁴",
        "(x-3)^2 + x^4",
        "The squared distance from (3, 7) to y = x² + 7: smallest at x = 1.",
        0.0,
        facts=(Fact(1, 1.0, 0.0), Fact(0, 1.0, 5.0)),
    ),
    Preset("|x|", "|x|", "A corner: slope −1 from the left, 1 from the right, none at 0.", 1.0),
    Preset("x^(2/3)", "x^(2/3)", "A cusp: infinitely steep, down on one side and up on the other.", 1.0),
    Preset("∛x", "cbrt(x)", "A vertical tangent: the curve has a tangent at 0, but no derivative.", 1.0),
    Preset("sign(x)", "sign(x)", "A jump: the slope is 0 on both sides, and still there is none at 0.", 1.0),
    Preset("5", "5", "A constant: flat everywhere.", 1.0, facts=(Fact(1, 1.0, 0.0),)),
    Preset("2x + 1", "2x + 1", "A line is its own tangent.", 0.0, facts=(Fact(1, 7.0, 2.0),)),
    Preset(
        "(x²)³",
        "(x^2)^3",
        "The chain rule: 3(x²)² · 2x, which is 6x⁵.",
        0.8,
        facts=(Fact(1, 1.0, 6.0), Fact(1, -1.0, -6.0)),
    ),
    Preset(
        "sin((4x)²)",
        "sin((4x)^2)",
        "A wave that hurries: the farther out, the steeper.",
        0.5,
        facts=(Fact(1, 1.0, -30.6451),),
    ),
)


SLOPE_CHALLENGES = (
    Challenge(
        "Where is the curve above zero and yet falling? Leave the point there.",
        "x^3/3 - x",
        "x0",
        "Everywhere from −1 to 0: the curve is above zero, and its slope x² − 1 is negative.",
        (
            Reason("the height is positive and the slope is negative there", right=True),
            Reason("a curve above zero always rises"),
            Reason("the slope is the height at that point"),
        ),
        start=2.0,
        places=((-1.0, 0.0),),
        open=True,
    ),
    Challenge(
        "The tangent of x³ at 1 meets the curve again. At which x?",
        "x^3",
        "x0",
        "At (−2, −8): x³ = 3x − 2 factors into (x − 1)²(x + 2).",
        (
            Reason("x³ − (3x − 2) = (x − 1)²(x + 2), so the other root is −2", right=True),
            Reason("a tangent never meets its curve a second time"),
            Reason("the curve is symmetric, so it meets at −1"),
        ),
        start=1.0,
        value=-2.0,
        tolerance=0.1,
        tangent_at=1.0,
    ),
    Challenge(
        "Find a flat place that is neither a minimum nor a maximum.",
        "x^3",
        "x0",
        "At 0: the slope is 0, but the curve rises on both sides.",
        (
            Reason("the slope is 0 there, yet positive on both sides", right=True),
            Reason("a flat place is always a minimum or a maximum"),
            Reason("the curve is 0 there"),
        ),
        start=1.0,
        value=0.0,
        tolerance=0.05,
    ),
    Challenge(
        "Find a lowest point where the curve is not flat.",
        "|x|",
        "x0",
        "At 0: a corner. It is the minimum, and there is no derivative there.",
        (
            Reason("the slopes −1 and 1 meet in a corner, and no number is the slope there", right=True),
            Reason("the slope is 0 there, as at every minimum"),
            Reason("the average of −1 and 1 is 0, so the slope is 0"),
        ),
        start=1.0,
        value=0.0,
        tolerance=0.05,
    ),
)
