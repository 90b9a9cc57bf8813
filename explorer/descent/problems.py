"""Named losses to descend on: formula, where to look, start, rate, one thing to try, one fact.

Data only; the pages show them as presets, and every optimiser is tested on every one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from explorer.expression import Expression, parse
from explorer.numeric import significant_text

Window = tuple[float, float]


@dataclass(frozen=True)
class Problem:
    """A loss as a preset. `windows`, `start` and `minima` have one entry (each) for each variable.

    `minima` lists known minimisers (local ones too, the global ones first), empty where there is none.
    """

    name: str
    title: str
    formula: str
    variables: tuple[str, ...]
    windows: tuple[Window, ...]
    start: tuple[float, ...]
    rate: float
    steps: int
    optimiser: str
    task: str
    fact: str
    minima: tuple[tuple[float, ...], ...] = ()

    @property
    def loss(self) -> Expression:
        """The formula, read."""
        return parse(self.formula, self.variables)


def mean_square_formula(xs: Sequence[float], ys: Sequence[float], names: tuple[str, str] = ("x", "y")) -> str:
    """The text of J(m, c) = mean (yᵢ − (m·xᵢ + c))², multiplied out; `names` are those of m and c.

    The coefficients are exact sums of the data's shortest decimals, so they read as a person would
    write them.
    Raises ValueError for data of different or zero length.
    """
    if len(xs) != len(ys) or not xs:
        raise ValueError("Each x needs its y, and there must be at least one pair.")
    x, y = [Fraction(repr(float(v))) for v in xs], [Fraction(repr(float(v))) for v in ys]
    count = len(x)
    m, c = names
    terms: list[tuple[Fraction, str]] = [
        (sum((a * a for a in x), Fraction()) / count, f"{m}^2"),
        (2 * sum(x, Fraction()) / count, f"{m} {c}"),
        (Fraction(1), f"{c}^2"),
        (-2 * sum((a * b for a, b in zip(x, y, strict=True)), Fraction()) / count, m),
        (-2 * sum(y, Fraction()) / count, c),
        (sum((b * b for b in y), Fraction()) / count, ""),
    ]
    text = ""
    for value, rest in terms:
        if value:
            text += f" {'-' if value < 0 else '+'} {_coefficient(abs(value), rest)}"
    return text.removeprefix(" + ").removeprefix(" ")


def _coefficient(value: Fraction, rest: str) -> str:
    if value == 1 and rest:
        return rest
    shown = f"{float(value):.15g}"
    exact = Fraction(shown) == value and "e" not in shown
    number = shown if exact else f"({value.numerator}/{value.denominator})"
    return f"{number} {rest}".strip() if rest else number


def ill_conditioned_valley(condition_number: float) -> Problem:
    """½(x² + κy²): a valley whose condition number κ is chosen.

    Its bound for gradient descent is 2/κ, its best asymptotic rate 2/(1 + κ). ValueError unless 1 ≤ κ ≤ 10⁶.
    """
    named = significant_text(condition_number)
    if not 1 <= condition_number <= 1e6:
        raise ValueError(f"The condition number must lie between 1 and 1 000 000, not {named}.")
    shown = f"{condition_number / 2:.12f}".rstrip("0").rstrip(".")
    return Problem(
        "valley",
        f"Narrow valley, condition number {named}",
        f"0.5x^2 + {shown}y^2",
        ("x", "y"),
        ((-4.5, 4.5), (-3.0, 3.0)),
        (4.0, 1.0),
        float(f"{1.9 / condition_number:.4g}"),
        60,
        "gd",
        "Raise η to the bound and past it, then try momentum at the same η.",
        f"The steep direction sets the bound 2/λmax; the flat one is {named} times less curved.",
        ((0.0, 0.0),),
    )


_X, _XY = ("x",), ("x", "y")
_BEDROOMS = tuple(range(1, 11))
_PRICES = tuple(100 * x for x in _BEDROOMS)
_MEAN_SQUARE = mean_square_formula(_BEDROOMS, _PRICES)
_WITH_OUTLIER = mean_square_formula(_BEDROOMS, (*_PRICES[:-1], 10_000))
# (x − 5.5)/√8.25: the population deviation of 1 … 10, so the Hessian of J is 2I and the mean slope vanishes.
_STANDARDISED = "y^2 - 1100y + x^2 - 574.456264653803x + 385000"

PROBLEMS: tuple[Problem, ...] = (
    Problem(
        "square",
        "Parabola",
        "x^2",
        _X,
        ((-5.0, 5.0),),
        (4.0,),
        0.1,
        40,
        "gd",
        "Which η arrives in one step? Which ones never do?",
        "Each step multiplies w by 1 − 2η: η = 0.5 is one step, 1 swings for ever, more diverges.",
        ((0.0,),),
    ),
    Problem(
        "two_valleys",
        "Two valleys",
        "3x^4 - 5x^2 + 2x",
        _X,
        ((-1.6, 1.4),),
        (0.1,),
        0.01,
        200,
        "gd",
        "Start at 0.1, then at 0.25.",
        "The start decides: left of the maximum at 0.2113 it goes to −1, right of it to 0.7887.",
        ((-1.0,), (0.7886751345948129,)),
    ),
    Problem(
        "two_valleys_fast",
        "Two valleys, η too large",
        "3x^4 - 5x^2 + 2x",
        _X,
        ((-1.6, 1.4),),
        (-1.2,),
        0.08,
        60,
        "gd",
        "Try η = 0.08, 0.15 and 0.16 from −1.2, then 0.15 from −1.21.",
        "Local bounds: 0.0769 at −1, 0.1613 at 0.7887. No promise for far away: 0.16 diverges from −1.2.",
        ((-1.0,), (0.7886751345948129,)),
    ),
    Problem(
        "bowl",
        "Round bowl",
        "x^2 + y^2 + 3",
        _XY,
        ((-3.0, 3.0), (-3.0, 3.0)),
        (2.0, 1.0),
        0.1,
        40,
        "gd",
        "Do the steps aim at the minimum from everywhere?",
        "Equal curvature in all directions: −∇L points at the minimum, and η = 0.5 is one step.",
        ((0.0, 0.0),),
    ),
    ill_conditioned_valley(25),
    Problem(
        "line_fit",
        "Fit of a line: price by bedrooms",
        _MEAN_SQUARE,
        _XY,
        ((-20.0, 220.0), (-300.0, 300.0)),
        (0.0, 0.0),
        0.025,
        100,
        "gd",
        "Compare η = 0.025 with 0.026, and find the η with the least loss after 100 steps.",
        "x is the slope m, y the intercept c. The bound is 0.025451 and the condition number 187.1: it gets "
        "near fast and arrives slowly.",
        ((100.0, 0.0),),
    ),
    Problem(
        "line_fit_standardised",
        "The same fit, x standardised",
        _STANDARDISED,
        _XY,
        ((-100.0, 700.0), (-100.0, 1100.0)),
        (0.0, 0.0),
        0.5,
        20,
        "gd",
        "Take one step with η = 0.5.",
        "With x standardised the Hessian is 2I: every direction is equally steep and one step is enough.",
        ((287.2281323269015, 550.0),),
    ),
    Problem(
        "line_fit_outlier",
        "The same fit with one outlier",
        _WITH_OUTLIER,
        _XY,
        ((-100.0, 1300.0), (-4500.0, 900.0)),
        (0.0, 0.0),
        0.025,
        400,
        "gd",
        "Where does the single price of 10 000 pull the line?",
        "One point of ten moves the best line from (100, 0) to about (590.91, −1800): squares weigh it.",
        ((6500 / 11, -1800.0),),
    ),
    Problem(
        "rosenbrock",
        "Rosenbrock's banana",
        "(1-x)^2 + 100(y-x^2)^2",
        _XY,
        ((-2.0, 2.0), (-1.0, 3.0)),
        (-1.2, 1.0),
        0.001,
        500,
        "gd",
        "Race gradient descent, Adam and Newton.",
        "Down to the curved valley in a few steps, then almost no slope left along it; minimum at (1, 1).",
        ((1.0, 1.0),),
    ),
    Problem(
        "himmelblau",
        "Himmelblau's four valleys",
        "(x^2+y-11)^2 + (x+y^2-7)^2",
        _XY,
        ((-5.0, 5.0), (-5.0, 5.0)),
        (0.5, 0.5),
        0.01,
        60,
        "gd",
        "Move the start: which of the four minima does it reach? The basins show all starts at once.",
        "Four minima of height 0, four saddles and one maximum.",
        (
            (3.0, 2.0),
            (3.584428340330492, -1.848126526964404),
            (-3.779310253377747, -3.283185991286169),
            (-2.805118086952745, 3.131312518250573),
        ),
    ),
    Problem(
        "saddle",
        "Saddle with two ways out",
        "x^2 - y^2 + y^4/4",
        _XY,
        ((-2.5, 2.5), (-2.5, 2.5)),
        (2.0, 0.0),
        0.1,
        60,
        "gd",
        "Start at (2, 0), then at (2, 0.001).",
        "Exactly on the ridge it ends at the saddle, where the gradient is zero; the least nudge leads away.",
        ((0.0, 1.4142135623730951), (0.0, -1.4142135623730951)),
    ),
    Problem(
        "plateau",
        "Plateau",
        "1 - e^(-x^2)",
        _X,
        ((-4.0, 4.0),),
        (3.0,),
        0.5,
        60,
        "gd",
        "How much larger must η be to leave the plateau? Or which optimiser walks off it by itself?",
        "Far out the slope is about 0.0007, so steps are tiny, but the minimum is far: flat is not arrived.",
        ((0.0,),),
    ),
    Problem(
        "sigmoid",
        "Saturated sigmoid",
        "(1/(1+e^(-x)) - 1)^2 + 0.001x^2",
        _X,
        ((-9.0, 9.0),),
        (-7.0,),
        0.5,
        100,
        "gd",
        "Start at −7, then at −2.",
        "Confidently wrong means a vanishing slope: a saturated sigmoid hardly says which way is down.",
    ),
    Problem(
        "kink",
        "Absolute value",
        "|x|",
        _X,
        ((-1.5, 1.5),),
        (1.0,),
        0.3,
        40,
        "gd",
        "Where does it end? Then choose a decay of η under Optimisers.",
        "The slope is 1 or −1 however near: with η = 0.3 it bounces between 0.1 and −0.2 for ever.",
        ((0.0,),),
    ),
    Problem(
        "rastrigin",
        "Rastrigin's egg box",
        "20 + x^2 + y^2 - 10cos(2π x) - 10cos(2π y)",
        _XY,
        ((-3.2, 3.2), (-3.2, 3.2)),
        (1.6, -1.3),
        0.002,
        100,
        "gd",
        "Which optimiser gets out of the first dent?",
        "A minimum near every pair of whole numbers; the global one is at the origin.",
        ((0.0, 0.0),),
    ),
    Problem(
        "beale",
        "Beale's function",
        "(1.5-x+x y)^2 + (2.25-x+x y^2)^2 + (2.625-x+x y^3)^2",
        _XY,
        ((-1.0, 4.0), (-2.0, 2.0)),
        (1.0, 1.0),
        0.01,
        400,
        "gd",
        "Follow the loss on its logarithmic axis.",
        "A flat floor between steep walls, minimum 0 at (3, 0.5).",
        ((3.0, 0.5),),
    ),
)
