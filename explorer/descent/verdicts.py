"""What the measures of a path amount to: the first row whose conditions all hold is the verdict.

The table travels with the scene, and the browser goes through it with the same measures. Each row has an example, a
descent that ends in it; the tests run them all, in both languages.
"""

from dataclasses import dataclass

from explorer.conditions import Condition, all_hold, is_above, is_at, is_at_least, is_at_most, is_below

from .bends import FLAT
from .measures import CLOSE_BY, ENDINGS, NEAR, SHARP, STILL, STRAIGHT, Measures
from .trajectory import Behaviour, Ending, Outcome

FADES = 0.25
"""A curvature that changes by so much of itself on the way to the bottom tells nothing of it."""
STRAY = 1e-2
"""What walks away so far, beside 1 and the place, was not at rest; nor what rounding alone may shift so far."""
FARTHER = 0.5
"""What gets so far beside 1 and the place if it walks on neither crawls nor is stuck."""
LULL = 1e-2
"""A slope, a curvature and a pace below this are next to none."""
SLOW = 1e-4
"""A pace below this is a crawl, whatever lies ahead."""
FAR = 2.0**30
"""So many steps ahead nothing is looked for."""


@dataclass(frozen=True)
class Example:
    """A descent that ends in a row: optimiser, loss in x or in x and y, start, rate, steps."""

    optimiser: str
    loss: str
    start: tuple[float, ...]
    rate: float
    steps: int
    settings: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Verdict:
    """A row: how a path ended, what stands behind it, and when that is so; `kink`: one, or a jump, is in it."""

    outcome: Outcome
    behaviour: Behaviour
    when: tuple[Condition, ...]
    example: Example
    kink: bool = False


def _ended(ending: Ending) -> Condition:
    return is_at("ending", ENDINGS[ending])


CONVERGED, STOPPED, CYCLING, DIVERGED, LEFT_DOMAIN = Outcome
_IS = Behaviour
_SETTLED = (
    is_at_most("half_left", 0.25),
    is_at_most("left", NEAR),
    is_at_most("slope_left", 0.5),
    is_at_most("step_left", NEAR),
    is_at_most("aside", CLOSE_BY),
)
"""Near a flat point, coming nearer, and about to stay there: momentum may well fly through a minimum."""
_LULLED = (
    is_below("slope", LULL),
    is_below("bend", LULL),
    is_below("pace", LULL),
    is_at_most("strays", FARTHER),
)
"""Next to no slope, curvature and pace, and what it remembers carries it nowhere."""
_SWINGS = (is_above("turning", 0.5), is_at_least("steps", 6))
_DOWNHILL = (
    *(is_at("fell", 1), is_at_least("last_share", 0.999), is_above("moved", 0.05)),
    *(is_at_most("hollow", FLAT), is_at_least("steps", 3)),
)
_ENDLESS = (is_at("fell", 1), is_at_least("steps", 3), is_below("curving", LULL), is_at_least("pace", SLOW))
"""Downhill on a slope that hardly changes, though not in the longest of its steps."""
_STEADY = is_at_most("fading", FADES)

VERDICTS = (
    Verdict(
        DIVERGED,
        _IS.UNBOUNDED,
        (_ended(Ending.OVERFLOW), is_at("fell", 1)),
        Example("gd", "x^3", (-3.0,), 0.3, 40),
    ),
    Verdict(DIVERGED, _IS.GROWING, (_ended(Ending.OVERFLOW),), Example("gd", "x^4", (9.0,), 0.1, 40)),
    Verdict(LEFT_DOMAIN, _IS.OUTSIDE, (_ended(Ending.OUTSIDE),), Example("gd", "ln(x)", (1.0,), 0.3, 40)),
    Verdict(STOPPED, _IS.NO_GRADIENT, (_ended(Ending.NO_GRADIENT),), Example("gd", "|x|", (1.0,), 0.25, 40)),
    # Slopes beside a jump are those of one side, and tell nothing of rest.
    Verdict(STOPPED, _IS.JUMP, (is_at("jump", 1),), Example("gd", "floor(x) x", (2.5,), 0.1, 40), kink=True),
    # At rest: lost in rounding all around, or at a bottom, a top, a saddle; what the curvature does not tell is flat.
    Verdict(STOPPED, _IS.PLATEAU, (*_SETTLED, is_at_most("relief", 1)), Example("gd", "5", (1.0,), 0.1, 40)),
    Verdict(
        STOPPED,
        _IS.BLURRED,
        (*_SETTLED, is_above("blur", STRAY)),
        Example("gd", "(cos(x)-1)/x^2", (1.0,), 0.5, 200),
    ),
    Verdict(
        STOPPED, _IS.LULL, (*_SETTLED, is_above("strays", STRAY)), Example("rmsprop", "x^2", (1.6,), 0.6, 10)
    ),
    Verdict(
        CONVERGED,
        _IS.MINIMUM,
        (*_SETTLED, is_above("least_bend", 1), _STEADY),
        Example("gd", "x^2", (4.0,), 0.1, 60),
    ),
    Verdict(
        CONVERGED,
        _IS.MINIMUM,
        (*_SETTLED, is_above("least_bend", 1), is_at("lowest", 1)),
        Example("newton", "x^4", (3.0,), 0.25, 100),
    ),
    Verdict(
        CONVERGED,
        _IS.MAXIMUM,
        (*_SETTLED, is_below("most_bend", -1), _STEADY),
        Example("gd", "cos(3x)", (0.0,), 0.5, 40),
    ),
    Verdict(
        CONVERGED,
        _IS.SADDLE,
        (*_SETTLED, is_below("least_bend", -1), _STEADY),
        Example("gd", "x^2 - y^2", (2.0, 0.0), 0.1, 80),
    ),
    Verdict(CONVERGED, _IS.VALLEY, _SETTLED, Example("gd", "x^3", (0.0,), 0.1, 40)),
    Verdict(
        STOPPED,
        _IS.NO_LOWER_POINT,
        (_ended(Ending.NO_LOWER_POINT), is_at("astride", 0)),
        Example("newton", "|x|+|y|", (2.3, 2.5), 0.001, 60),
    ),
    Verdict(
        CYCLING,
        _IS.CYCLE,
        (is_at_least("period", 2), is_at_least("kink_row", 0)),
        Example("gd", "|x-1|", (3.5,), 0.1, 40),
        kink=True,
    ),
    Verdict(CYCLING, _IS.CYCLE, (is_at_least("period", 2),), Example("gd", "|x-1|", (3.5,), 0.3, 40)),
    Verdict(
        STOPPED,
        _IS.LULL,
        (is_at("astride", 1), is_above("strays", STRAY)),
        Example("rmsprop", "sin(x)^2 + 0.23x^2", (-0.17,), 0.0926, 87),
    ),
    Verdict(
        CONVERGED, _IS.MINIMUM, (is_at("astride", 1),), Example("newton", "|x|", (2.7,), 0.04, 100), kink=True
    ),
    Verdict(
        STOPPED, _IS.KINK, (is_at_least("kink_row", 0),), Example("gd", "|x-1|", (3.5,), 0.1, 25), kink=True
    ),
    Verdict(
        DIVERGED,
        _IS.GROWING,
        (is_at("growing", 1), is_at("returns", 0)),
        Example("gd", "x^2", (4.0,), 1.1, 40),
    ),
    Verdict(
        DIVERGED, _IS.UNBOUNDED, (is_at("runaway", 1),), Example("gd", "x^2 - y^2", (2.0, 0.001), 0.1, 120)
    ),
    Verdict(
        DIVERGED,
        _IS.UNBOUNDED,
        (is_at_least("steps", 3), is_at("plunging", 1)),
        Example("newton", "1/x", (-1.0,), 0.4, 80),
    ),
    # At a cusp slope and curvature grow without end: no local quadratic tells what is left, and it stays all the same.
    Verdict(
        CONVERGED,
        _IS.MINIMUM,
        (
            is_at_most("step_left", STILL),
            is_at_most("strays", NEAR),
            is_above("sharpness", SHARP),
            is_at("lowest", 1),
        ),
        Example("newton", "x^(2/3) + 0.01x^2", (-0.92,), 0.185, 110),
    ),
    Verdict(
        STOPPED, _IS.NOISY, (is_above("noise", 0),), Example("gd", "x^2", (4.0,), 0.1, 40, (("noise", 1.0),))
    ),
    # Neither arrived nor lost: what the path is doing when the steps run out.
    Verdict(STOPPED, _IS.UNFINISHED, (is_at("steps", 0),), Example("gd", "x^2", (4.0,), 0.1, 0)),
    Verdict(
        STOPPED, _IS.OVERSHOOTING, (*_SWINGS, is_at("shrinking", 1)), Example("gd", "x^2", (4.0,), 0.97, 40)
    ),
    Verdict(
        STOPPED,
        _IS.OVERSHOOTING,
        (is_at("hopping", 1), is_at("narrowing", 1)),
        Example("momentum", "x^2", (4.0,), 0.5, 500, (("momentum", 0.98),)),
    ),
    Verdict(STOPPED, _IS.BOUNCING, _SWINGS, Example("gd", "3x^4 - 5x^2 + 2x", (-1.2,), 0.12, 200)),
    Verdict(STOPPED, _IS.BOUNCING, (is_at("hopping", 1),), Example("gd", "x^2 + sin(10x)", (2.0,), 0.2, 100)),
    Verdict(
        STOPPED,
        _IS.PLATEAU,
        (*_LULLED, is_at("bottom_ahead", 0)),
        Example("gd", "1/(1+e^(-x))", (-20.0,), 0.1, 60),
    ),
    Verdict(
        STOPPED,
        _IS.LOOSE,
        (is_at("lost", 1),),
        Example("nesterov", "(0.12x y - 1)^2", (-1.64, 3.9), 0.0422, 96, (("momentum", 0.9943),)),
    ),
    Verdict(STOPPED, _IS.CRAWLING, (*_LULLED, _STEADY), Example("gd", "0.001x^2", (4.0,), 0.1, 60)),
    Verdict(STOPPED, _IS.FADING, _LULLED, Example("gd", "x^4", (1.0,), 0.49, 300)),
    Verdict(STOPPED, _IS.ASTRAY, (is_above("rise", 1e-10),), Example("adam", "x^2", (1.0,), 1000000.0, 40)),
    Verdict(STOPPED, _IS.FALLING, (*_DOWNHILL, is_above("turn", FAR)), Example("gd", "2x", (0.0,), 0.01, 60)),
    Verdict(
        STOPPED,
        _IS.SLIDING,
        (*_DOWNHILL, is_at_most("curving", STRAIGHT), is_above("turn", 0), is_at("leap", 0)),
        Example("gd", "|x-1|", (3.5,), 0.01, 100),
    ),
    Verdict(
        STOPPED,
        _IS.FALLING,
        (*_ENDLESS, is_above("turn", FAR)),
        Example("momentum", "x + 1/x", (0.46,), 0.32, 400),
    ),
    Verdict(STOPPED, _IS.UNFINISHED, _DOWNHILL, Example("gd", "cos(x)", (0.1,), 0.5, 4)),
    Verdict(
        STOPPED,
        _IS.CRAWLING,
        (is_above("strides_left", 50),),
        Example("gd", "x^2", (4.0,), 0.001, 40),
    ),
    Verdict(STOPPED, _IS.CRAWLING, (is_below("pace", SLOW),), Example("adagrad", "2x", (-3.0,), 0.001, 200)),
    Verdict(STOPPED, _IS.UNFINISHED, (), Example("gd", "x^2", (4.0,), 0.05, 10)),
)


def judge(measures: Measures) -> Verdict:
    """The verdict on a path."""
    return next(row for row in VERDICTS if all_hold(row.when, measures.__getitem__))
