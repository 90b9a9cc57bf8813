"""The course's functions and questions as data, each with the facts that it illustrates.

The facts are recomputed from the course notes and checked by the tests against closed forms.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """A number that the explorer must show: the value of f, f′ or f″ (order 0, 1, 2) at a point."""

    order: int
    at: float
    value: float


@dataclass(frozen=True)
class PlaneFact:
    """Numbers that the explorer must show at a point (x, y): the height and the gradient."""

    at: tuple[float, float]
    value: float
    gradient: tuple[float, float]


@dataclass(frozen=True)
class Preset:
    """A function worth exploring: what is typed, where the point starts, and what to look for.

    `x_window` and `y_window` are limits of the axes; None leaves the choice to the window's algorithm.
    """

    title: str
    formula: str
    look_for: str
    x0: float
    x_window: tuple[float, float] | None = None
    y_window: tuple[float, float] | None = None
    equal: bool = False
    facts: tuple[Fact, ...] = ()
    variables: tuple[str, ...] = ("x",)
    y0: float = 0.0
    plane_facts: tuple[PlaneFact, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One "because…": right, wrong, or tempting and wrong; `says` answers whoever chose it."""

    text: str
    right: bool = False
    says: str = ""


@dataclass(frozen=True)
class Challenge:
    """A question about a function that is answered by moving a control or by choosing.

    Exactly one of `places` (intervals in which the control must be left), `value` (with `tolerance`) and
    `choices` (the first is right; they are shown in another order) is given. `shows` are controls that the
    reveal sets besides, `sets` those that the question does; `switch` is turned on by both.
    """

    question: str
    formula: str
    control: str
    reveal: str
    reasons: tuple[Reason, ...]
    start: float
    places: tuple[tuple[float, float], ...] = ()
    value: float | None = None
    tolerance: float = 0.0
    choices: tuple[str, ...] = ()
    shows: tuple[tuple[str, float], ...] = ()
    sets: tuple[tuple[str, float], ...] = ()
    switch: str = ""


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
        places=((-0.99, -0.01),),
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

CAR = ((10.0, 122.0), (12.0, 155.0), (13.0, 170.0), (15.0, 202.0), (19.0, 265.0), (20.0, 265.0))
"""A car: six times in seconds, and where it was in metres."""

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
        sets=(("x0", 1.0),),
        shows=(("h", 1e-6),),
    ),
    Challenge(
        "At 0 with h = 1, the average slope of x³ − x is 0. What is the slope at the instant?",
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
        sets=(("x0", 0.0),),
        shows=(("h", -0.5),),
    ),
)


@dataclass(frozen=True)
class Stop:
    """A stop on the map of the course: a page, the question it answers, one striking example as a link."""

    page: str
    title: str
    question: str
    formula: str
    example: str
    link: tuple[tuple[str, str], ...]
    variables: tuple[str, ...] = ("x",)


COURSE = (
    Stop(
        "tangent",
        "Tangent slopes",
        "How steep is a curve at one point, and what does that number do when the point moves?",
        "x^3/3 - x",
        "A corner that has no slope: |x² − 1|",
        (("f", "|x^2 - 1|"), ("x0", "0.4")),
    ),
    Stop(
        "secant",
        "From secant to tangent",
        "What happens to the slope between two points when they close in on each other?",
        "x^2",
        "Two sides that never agree: |x| at 0",
        (("f", "|x|"), ("x0", "0"), ("h", "0.5")),
    ),
    Stop(
        "partial_derivatives",
        "Partial derivatives",
        "One point on a surface, two slopes: which belongs to which direction?",
        "x^2 - y^2",
        "Flat, but neither a valley nor a peak: the monkey saddle",
        (("f", "x^3 - 3x y^2"), ("x0", "0.5"), ("y0", "0.5")),
        ("x", "y"),
    ),
    Stop(
        "gradient_descent",
        "Gradient descent",
        "How far should each step go downhill, and what if it goes too far?",
        "3x^4 - 5x^2 + 2x",
        "A step too long: bouncing in x² with learning rate 1",
        (("f", "x^2"), ("x0", "4"), ("rate", "1")),
    ),
)

DESCENT_CHALLENGES = (
    Challenge(
        "From w = 4 on x²: which learning rate arrives at the minimum in one single step?",
        "x^2",
        "rate",
        "η = 0.5: the step is −0.5 · 8 = −4. Each step multiplies w by 1 − 2η, and that is 0.",
        (
            Reason("1 − 2η is 0 for η = 0.5: nothing is left after one step", right=True),
            Reason(
                "η = 1, since then the whole slope is used", says="With η = 1 the step is −8: it lands at −4."
            ),
            Reason(
                "the larger η, the sooner it arrives",
                says="Past 0.5 it overshoots; from 1 on it never arrives.",
            ),
        ),
        start=0.1,
        value=0.5,
        tolerance=0.005,
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "From w = 4 on x² with η = 0.9: what will 40 steps do?",
        "x^2",
        "rate",
        "It converges: every step multiplies w by 1 − 1.8 = −0.8, so it changes sides and comes nearer.",
        (
            Reason("the factor −0.8 is smaller than 1 in size, whatever its sign", right=True),
            Reason(
                "whoever overshoots diverges",
                says="It overshoots at every step, and yet lands nearer each time.",
            ),
            Reason(
                "0.9 is below 1, and below 1 every descent converges",
                says="1 is the bound of this loss, 2/λmax.",
            ),
        ),
        start=0.9,
        choices=("converge", "cycle", "diverge"),
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "And with η = 1?",
        "x^2",
        "rate",
        "It cycles between 4 and −4 for ever: the factor is 1 − 2 = −1.",
        (
            Reason("each step lands exactly as far on the other side", right=True),
            Reason(
                "the slope gets smaller at every step, so it must converge", says="The slope stays 8 or −8."
            ),
            Reason(
                "an η of 1 is too large, so the loss grows", says="The loss stays 16; it grows only above 1."
            ),
        ),
        start=1.0,
        choices=("cycle", "converge", "diverge"),
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "And with η = 1.1?",
        "x^2",
        "rate",
        "It diverges: −4.8, 5.76, −6.912 … The factor is −1.2.",
        (
            Reason("η is above the bound 2/λmax = 1, so each step overshoots farther", right=True),
            Reason(
                "it swings about the minimum and settles there",
                says="Each swing is 1.2 times the one before.",
            ),
            Reason("it cycles, as with η = 1", says="At 1 exactly, and nowhere else."),
        ),
        start=1.1,
        choices=("diverge", "cycle", "converge"),
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "Two valleys, η = 0.01, start at 0.25: where does it end?",
        "3x^4 - 5x^2 + 2x",
        "rate",
        "At 0.789, the shallower valley: from right of the maximum at 0.211 downhill leads to the right.",
        (
            Reason(
                "descent goes down from where it stands; 0.25 lies right of the maximum at 0.2113", right=True
            ),
            Reason(
                "descent finds the lowest point",
                says="It finds the valley it stands in; the lower one is at −1.",
            ),
            Reason(
                "it stays near the maximum, where it is flat", says="The slope there is small, but not zero."
            ),
        ),
        start=0.01,
        choices=("at 0.789", "at −1, the lowest point", "near 0.211"),
        sets=(("x0", 0.25), ("step", 0.0)),
    ),
    Challenge(
        "Two valleys, η = 0.01: drag the start to a place from which it reaches −1.",
        "3x^4 - 5x^2 + 2x",
        "x0",
        "Every start left of the maximum at 0.2113 leads to −1 with this small η.",
        (
            Reason("the maximum at 0.2113 parts the two valleys", right=True),
            Reason("only starts left of −1 lead to −1", says="From 0 it goes there as well."),
            Reason(
                "every start does, for −1 is the global minimum",
                says="Descent knows nothing of the global minimum.",
            ),
        ),
        start=0.8,
        places=((-1.6, 0.2113248),),
        sets=(("rate", 0.01), ("step", 0.0)),
        shows=(("x0", 0.1),),
    ),
    Challenge(
        "|x| from 1 with η = 0.3: where does it end?",
        "|x|",
        "rate",
        "It bounces between 0.1 and −0.2 for ever: the slope is 1 or −1, so every step is 0.3 long.",
        (
            Reason("the slope does not fade towards the kink, so neither do the steps", right=True),
            Reason(
                "near the minimum the slope is small, so it settles at 0", says="The slope is 1 however near."
            ),
            Reason(
                "0.3 is above the bound, so it diverges", says="|x| has no curvature, hence no such bound."
            ),
        ),
        start=0.3,
        choices=("bouncing around 0", "at 0", "far away"),
        sets=(("x0", 1.0), ("step", 0.0)),
    ),
    Challenge(
        "A valley, 25 times as steep across as along, η = 0.085: what will 60 steps do?",
        "0.5x^2 + 12.5y^2",
        "rate",
        "It diverges: across the valley the bound is 2/25 = 0.08. The steepest direction decides.",
        (
            Reason("across, each step multiplies y by 1 − 25η = −1.125", right=True),
            Reason(
                "along the valley 1 − η is 0.915, so it converges", says="Along it does; across it does not."
            ),
            Reason("the average curvature decides", says="One direction that diverges is enough."),
        ),
        start=0.085,
        choices=("diverge", "converge", "cycle"),
        sets=(("x0", 4.0), ("y0", 1.0), ("step", 0.0)),
    ),
)
