"""The course's functions from the plane to the plane, and the questions about them; data like `presets`."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.presets.records import Challenge, Reason

Matrix = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class VectorPreset:
    """A function (x, y) ↦ (first, second): where the square first stands, its side, and what to look for.

    The facts: `jacobian` is the matrix at that place, `determinant` a formula of its determinant everywhere. The
    window is the square of half width `half` around the origin.
    """

    title: str
    first: str
    second: str
    look_for: str
    x0: float
    y0: float
    side: float
    determinant: str
    jacobian: Matrix
    half: float = 2.0


VECTORS = (
    VectorPreset(
        "(x²y, 5x + sin y)",
        "x^2 y",
        "5x + sin y",
        "At (1, 0) the Jacobian is [[0, 1], [5, 1]]: areas grow five times, and turn over.",
        1.0,
        0.0,
        0.6,
        "2x y cos y - 5x^2",
        ((0.0, 1.0), (5.0, 1.0)),
    ),
    VectorPreset(
        "(x + y, y): a shear",
        "x + y",
        "y",
        "The same matrix everywhere. Squares slant, yet no area is gained or lost: det J = 1.",
        0.5,
        0.5,
        0.75,
        "1",
        ((1.0, 1.0), (0.0, 1.0)),
    ),
    VectorPreset(
        "(x − y, x + y): turn and stretch",
        "x - y",
        "x + y",
        "Turned by 45° and √2 times as long: squares stay squares, and areas double.",
        0.5,
        0.0,
        0.75,
        "2",
        ((1.0, -1.0), (1.0, 1.0)),
    ),
    VectorPreset(
        "(y, x): a mirror",
        "y",
        "x",
        "No length changes, but the sides swap their order: turned over, det J = −1.",
        0.5,
        -1.0,
        0.75,
        "-1",
        ((0.0, 1.0), (1.0, 0.0)),
    ),
    VectorPreset(
        "(x², y): a fold",
        "x^2",
        "y",
        "Folded along the y axis: det J = 2x is 0 there, and left of it squares turn over.",
        1.0,
        0.5,
        0.5,
        "2x",
        ((2.0, 0.0), (0.0, 1.0)),
    ),
    VectorPreset(
        "(x² − y², 2xy): squaring",
        "x^2 - y^2",
        "2x y",
        "The square of z = x + iy. Right angles stay right, and areas grow 4(x² + y²) times.",
        1.0,
        0.5,
        0.4,
        "4(x^2 + y^2)",
        ((2.0, -1.0), (1.0, 2.0)),
        half=1.5,
    ),
    VectorPreset(
        "(x cos y, x sin y): polar",
        "x cos y",
        "x sin y",
        "x is the distance, y the angle. det J = x: far out areas grow, and the line x = 0 lands on one point.",
        2.0,
        0.0,
        0.5,
        "x",
        ((1.0, 0.0), (0.0, 2.0)),
        half=3.1416,
    ),
    VectorPreset(
        "(x, y + sin 2x): a wave",
        "x",
        "y + sin 2x",
        "The lines bend, and still det J = 1: bending alone costs no area.",
        0.0,
        0.0,
        0.5,
        "1",
        ((1.0, 0.0), (2.0, 1.0)),
    ),
)

VECTOR_CHALLENGES = (
    Challenge(
        "At (1, 0) det J is −5. What does the minus say?",
        "x^2 y",
        "x0",
        "The square lands turned over; its area grows 5 times, since |−5| = 5.",
        (
            Reason("from the first side to the second, the image turns the other way round", right=True),
            Reason(
                "a factor below 1 makes areas smaller",
                says="The factor is |det J| = 5. The sign tells the side that is up.",
            ),
            Reason("the image lies below the axis", says="Where it lands is (u, v), not det J."),
        ),
        start=0.1,
        choices=("the square is turned over", "areas shrink", "it moves down"),
        hints=(
            "Not yet: the size of the number tells the area. What is left for the sign?",
            "Not yet: a place is told by (u, v). What does the sign of det J tell?",
        ),
        sets=(("y0", 1.0),),
        shows=(("x0", 1.0), ("y0", 0.0)),
        second="5x + sin y",
    ),
    Challenge(
        "Find a place where the square lands turned over.",
        "x^2",
        "x0",
        "Anywhere left of the fold: det J = 2x is negative there.",
        (
            Reason("a step to the right in x is a step to the left in x² there, while y goes on", right=True),
            Reason("x² is negative there", says="x² is never negative: both halves land on the right."),
            Reason("y is negative there", says="det J = 2x does not ask for y."),
        ),
        start=1.0,
        places=((-1e9, 0.0),),
        open=True,
        sets=(("y0", 0.5),),
        shows=(("x0", -1.0),),
        second="y",
    ),
    Challenge(
        "Find a place where areas stay as they are: |det J| = 1.",
        "x^2 - y^2",
        "x0",
        "On the circle of radius ½: 4(x² + y²) = 1 there.",
        (
            Reason("every side grows 2r times, and (2r)² = 1 where r = ½", right=True),
            Reason(
                "on the unit circle, since 1² = 1",
                says="Points at distance 1 stay at distance 1, but areas grow 4 times there.",
            ),
            Reason("at the origin, which stays where it is", says="There det J = 0: all is flattened."),
        ),
        start=1.0,
        value=1.0,
        tolerance=0.1,
        sets=(("y0", 0.5),),
        shows=(("x0", 0.5), ("y0", 0.0)),
        second="2x y",
        judged="factor",
    ),
    Challenge(
        "A tiny square stands at x = 2. How many times as large is its image?",
        "x cos y",
        "x0",
        "2 times: det J = x. It is the r in r dr dθ.",
        (
            Reason(
                "the side along the circle grows with the distance, the one along the ray does not",
                right=True,
            ),
            Reason("both sides double at distance 2", says="The side along the ray keeps its length."),
            Reason(
                "a turn changes no area",
                says="At each distance it is a turn, but the way round is longer further out.",
            ),
        ),
        start=1.0,
        choices=("2 times", "4 times", "as large as before"),
        hints=(
            "Not yet: does the side along the ray grow as well?",
            "Not yet: compare the same turn close by and farther out.",
        ),
        sets=(("y0", 0.5),),
        shows=(("x0", 2.0), ("s", 0.1)),
        second="x sin y",
    ),
)
