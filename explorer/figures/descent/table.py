"""A trajectory as a table: every iterate with its update in numbers, the predicted drop beside the actual one."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence

import numpy as np

from explorer.descent import Outcome, Result, Trajectory, number, place

MOST_LINES = 60


def update_line(path: Trajectory, step: int) -> str:
    """`w ← 4 − 0.1·8 = 3.2`: one step of a trajectory with its numbers put in, coordinate by coordinate."""
    parts = []
    plain = path.optimiser == "gd" and not dict(path.settings).get("noise")
    for i, name in enumerate(path.variables):
        before, after = float(path.points[step, i]), float(path.points[step + 1, i])
        slope, moved = float(path.gradients[step, i]), float(path.steps[step, i])
        if plain:
            shown = f"({number(slope)})" if slope < 0 else number(slope)
            change = f"− {number(float(path.rates[step]))}·{shown}"
        else:
            change = f"{'−' if moved < 0 else '+'} {number(abs(moved))}"
        parts.append(f"{name} ← {number(before)} {change} = {number(after)}")
    return ",  ".join(parts)


def columns(path: Trajectory, loss: str = "L") -> dict[str, Sequence[object]]:
    """The table's columns by heading; a row for each iterate, NaN and an empty line after the last step.

    `loss` is the letter of what is descended on.
    """
    steps = len(path.steps)
    gap = [np.nan]
    table: dict[str, Sequence[object]] = {"step": range(steps + 1)}
    table |= {name: path.points[:, i].tolist() for i, name in enumerate(path.variables)}
    with np.errstate(all="ignore"):
        norms = np.linalg.norm(path.gradients, axis=1).tolist()
    table |= {
        "loss" if loss == "L" else loss: path.losses.tolist(),
        f"‖∇{loss}‖": norms,
        "η": [*path.rates.tolist(), *gap],
        "predicted drop": [*path.predicted_drops.tolist(), *gap],
        "actual drop": [*path.actual_drops.tolist(), *gap],
        "gradients": path.spent.tolist(),
    }
    return table


def update_lines(path: Trajectory) -> tuple[str, ...]:
    """The updates of the first steps, one line each."""
    return tuple(f"{k + 1:>3}   {update_line(path, k)}" for k in range(min(len(path.steps), MOST_LINES)))


def as_csv(path: Trajectory, loss: str = "L") -> str:
    """The whole table for a spreadsheet, with every digit."""
    table = columns(path, loss)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table)
    for row in zip(*table.values(), strict=True):
        writer.writerow(
            ["" if isinstance(value, float) and math.isnan(value) else repr(value) for value in row]
        )
    return text.getvalue()


ENDS = {Outcome.STOPPED: "out of steps"}
"""How a descent ended, where another word than the outcome's name says it."""

ELSEWHERE = 0.01
"""Ends that differ by more than this, beside 1 and the place, are two places."""


def race_rows(results: Sequence[Result]) -> tuple[Mapping[str, str], ...]:
    """The table after a race, in words and numbers."""
    return tuple(
        {
            "optimiser": result.label,
            "η": number(result.trajectory.learning_rate),
            "loss": number(result.loss),
            "‖∇L‖": number(result.gradient_norm),
            "steps": str(len(result.trajectory.steps)),
            "gradients": str(result.trajectory.evaluations),
            "outcome": ENDS.get(result.trajectory.outcome, result.trajectory.outcome.replace("_", " ")),
        }
        for result in results
    )


def race_words(results: Sequence[Result]) -> str:
    """What a race shows, in one line: who arrives first and where, and who ends at another place."""
    arrived = [result for result in results if result.trajectory.outcome is Outcome.CONVERGED]
    if not arrived:
        lowest = min(results, key=lambda result: result.loss if math.isfinite(result.loss) else math.inf)
        if not math.isfinite(lowest.loss):
            return "Nobody arrives."
        return f"Nobody arrives within these steps. The lowest loss is {number(lowest.loss)}: {lowest.label}."
    least = min(_arrival(result) for result in arrived)
    first = [result for result in arrived if _arrival(result) == least]
    end = first[0].trajectory.points[-1]
    said = f"First to arrive: {_joined(first)}, after {least} gradient{'s' if least != 1 else ''}, at {_end(first[0])}."
    for result in arrived:
        other = result.trajectory.points[-1]
        if np.max(np.abs(other - end) / (1 + np.abs(end))) > ELSEWHERE:
            said += f" {result.label} ends at another place: {_end(result)}."
    return said


def _arrival(result: Result) -> int:
    """The gradients that are spent when it comes to where it ends, and stays there."""
    path = result.trajectory
    away = np.max(np.abs(path.points - path.points[-1]) / (1 + np.abs(path.points[-1])), axis=1)
    gone = np.flatnonzero(away > ELSEWHERE)
    return int(path.spent[gone[-1] + 1]) if gone.size else int(path.spent[0])


def _joined(results: Sequence[Result]) -> str:
    return " and ".join(result.label for result in results)


def _end(result: Result) -> str:
    return place(result.trajectory.points[-1], result.trajectory.variables)
