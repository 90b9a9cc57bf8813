"""Two features and a class worth a line: what to look for, and the best plane."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FeatureSet:
    """Rows as a link holds them, what to look for, and the best w₁, w₂, w₀, mean log loss; None where there is none."""

    title: str
    text: str
    look_for: str
    best: tuple[float, float, float, float] | None
    head: str = ""
    """What its columns are called, as a line of CSV; nothing more than usual where that is empty."""


FEATURE_SETS = (
    FeatureSet(
        "Study and sleep",
        "1,5,0;1.5,7,0;2,4,0;2.5,6.5,0;3,5,0;3.5,8,1;3.5,4,0;4,6,0;4.5,7.5,1;5,5,1;"
        "5.5,3.5,0;6,6.5,1;6,8,1;6.5,5,1;7,4,0;7.5,6,1;8,7,1;2,8,0;4,8.5,1;5,6.5,0",
        "Hours of study and of sleep, passed or not: which line tells best who passes?",
        (1.687602, 1.770021, -18.967975, 0.261107),
    ),
    FeatureSet(
        "Apart",
        "1,1,0;1.5,2,0;2,1,0;1,3,0;2.5,2,0;4,4,1;4.5,3,1;5,4.5,1;3.5,5,1;5,2.5,1",
        "A line parts the classes: the longer ‖w‖, the better, for ever. What does λ do?",
        None,
    ),
    FeatureSet(
        "Either, not both",
        "1,1,0;1.5,1.5,0;4,4,0;4.5,4.5,0;1,4,1;1.5,4.5,1;4,1,1;4.5,1.5,1",
        "No line parts them: how few points can be wrong? The best plane is flat.",
        (0.0, 0.0, 0.0, 0.693147),
    ),
    FeatureSet(
        "One inside the other",
        "3,3,1;3.5,2.5,1;2.5,3.5,1;3.5,3.5,1;2.5,2.5,1;1,3,0;5,3,0;3,1,0;3,5,0;1.5,1.5,0;4.5,4.5,0;1.5,4.5,0;4.5,1.5,0",
        "A line has two sides, an inside has none: w is 0 at the best.",
        (0.0, 0.0, -0.470004, 0.666278),
    ),
    FeatureSet(
        "Unequal units",
        "20,30000,0;25,42000,0;30,28000,0;35,52000,1;40,31000,0;45,61000,1;50,38000,1;55,47000,0;60,33000,0;65,58000,1;28,56000,1;48,29000,0;24,60000,0;52,30000,1",
        "Years and money: ‖w‖ adds what has different units, and a distance says little. Why features are scaled.",
        (0.066590, 0.000104, -7.548892, 0.505790),
    ),
)
