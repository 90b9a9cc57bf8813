"""Data worth a line: two columns each, with what to look for and the facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DataSet:
    """Rows as a link holds them, what to look for, and the best line: slope, intercept, mean square."""

    title: str
    text: str
    look_for: str
    slope: float
    intercept: float
    loss: float
    head: str = ""
    """What its columns are called, as a line of CSV; nothing more than usual where that is empty."""


DATA_SETS = (
    DataSet(
        "Bedrooms and prices",
        ";".join(f"{k},{100 * k}" for k in range(1, 11)),
        "Price is 100 a bedroom: how long does descent need for that?",
        100.0,
        0.0,
        0.0,
        "bedrooms,price",
    ),
    DataSet(
        "One slip of the keyboard",
        ";".join(f"{k},{100 * k if k < 10 else 10000}" for k in range(1, 11)),
        "10000 in place of 1000: one point turns the whole line.",
        590.9091,
        -1800.0,
        5301818.18,
        "bedrooms,price",
    ),
    DataSet(
        "The car",
        "10,122;12,155;13,170;15,202;19,265;20,265",
        "The slope is the average speed. The times are far from 0: a narrow valley.",
        14.7970,
        -22.9894,
        21.4588,
        "time (s),place (m)",
    ),
    DataSet(
        "Anscombe I",
        "10,8.04;8,6.95;13,7.58;9,8.81;11,8.33;14,9.96;6,7.24;4,4.26;12,10.84;7,4.82;5,5.68",
        "Points about a line.",
        0.500091,
        3.000091,
        1.25,
    ),
    DataSet(
        "Anscombe II",
        "10,9.14;8,8.14;13,8.74;9,8.77;11,9.26;14,8.1;6,6.13;4,3.1;12,9.13;7,7.26;5,4.74",
        "The same line and the same J: but this is a curve.",
        0.5,
        3.000909,
        1.25,
    ),
    DataSet(
        "Anscombe III",
        "10,7.46;8,6.77;13,12.74;9,7.11;11,7.81;14,8.84;6,6.08;4,5.39;12,8.15;7,6.42;5,5.73",
        "One point off a perfect line.",
        0.499727,
        3.002455,
        1.25,
    ),
    DataSet(
        "Anscombe IV",
        "8,6.58;8,5.76;8,7.71;8,8.84;8,8.47;8,7.04;8,5.25;19,12.5;8,5.56;8,7.91;8,6.89",
        "One point alone decides the slope. Drag it.",
        0.499909,
        3.001727,
        1.25,
    ),
)
