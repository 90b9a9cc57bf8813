"""The course: its pages in the order of the menu and of the map on the start page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """A page of the course: its part, its file and path, its name in the menu, its title and the question it answers;
    the function of its small picture, and one striking example as a link.
    """

    part: str
    page: str
    name: str
    title: str
    question: str
    formula: str
    example: str
    link: tuple[tuple[str, str], ...]
    variables: tuple[str, ...] = ("x",)


DERIVATIVE, USE, PRACTICE = "The derivative", "Using it", "Practice"

COURSE = (
    Stop(
        DERIVATIVE,
        "tangent",
        "Slope",
        "Tangent slopes",
        "How steep is a curve at one point, and what does that number do when the point moves?",
        "x^3/3 - x",
        "A corner that has no slope: |x² − 1|",
        (("f", "|x^2 - 1|"), ("x0", "0.4")),
    ),
    Stop(
        DERIVATIVE,
        "secant",
        "Limit",
        "From secant to tangent",
        "What happens to the slope between two points when they close in on each other?",
        "x^2",
        "Two sides that never agree: |x| at 0",
        (("f", "|x|"), ("x0", "0"), ("h", "0.5")),
    ),
    Stop(
        DERIVATIVE,
        "rules",
        "Rules",
        "Rules as pictures",
        "How does the rise of the whole come about from those of its parts?",
        "(1+x)(2+x^2/4)",
        "A cube that grows: three slabs, three bars, a corner",
        (("f", "x^3"), ("x0", "2"), ("h", "1")),
    ),
    Stop(
        DERIVATIVE,
        "chain",
        "Chain",
        "The chain rule as a graph",
        "How do the slopes of many small steps make one, and where do ways add?",
        "sin((4x)^2)",
        "Used twice, so its ways add: (x² + x)·x²",
        (("f", "(x^2 + x) * x^2"), ("x", "2")),
    ),
    Stop(
        USE,
        "costs",
        "Costs",
        "Squares and logarithms",
        "Why is a cost a square or a logarithm, and where is it least?",
        "(x-1)^2 + (x-2)^2",
        "1,220 flips: the product is 0, the sum is not",
        (("tab", "log"), ("p", "0.55"), ("more", "1"), ("times", "122")),
    ),
    Stop(
        USE,
        "partial_derivatives",
        "Surface",
        "Partial derivatives",
        "One point on a surface, two slopes: which belongs to which direction?",
        "x^2 - y^2",
        "Flat, but neither a valley nor a peak: the monkey saddle",
        (("f", "x^3 - 3x y^2"), ("x0", "0.5"), ("y0", "0.5")),
        ("x", "y"),
    ),
    Stop(
        USE,
        "gradient_descent",
        "Descent",
        "Gradient descent",
        "How far should each step go downhill, and what if it goes too far?",
        "3x^4 - 5x^2 + 2x",
        "A step too long: bouncing in x² with learning rate 1",
        (("f", "x^2"), ("x0", "4"), ("rate", "1")),
    ),
    Stop(
        USE,
        "regression",
        "Regression",
        "A line that learns",
        "How does a line find its way to the data, step by step?",
        "(x-1)^2 + (x-2)^2",
        "One point far off turns the whole line",
        (
            ("data", "1,100;2,200;3,300;4,400;5,500;6,600;7,700;8,800;9,900;10,10000"),
            ("step", "100"),
            ("best", "1"),
        ),
    ),
    Stop(
        PRACTICE,
        "check",
        "Check",
        "Check your derivation",
        "Is this line the derivative, and if not, which rule went wrong, and where?",
        "x^2 sin(3x)",
        "Find the mistake: the slope of e²ˣ",
        (("f", "e^(2x)"), ("lines", "e^(2x)"), ("riddle", "1")),
    ),
)
