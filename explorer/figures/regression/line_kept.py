"""A line that stays where it is while it is judged by another loss, or x is counted on another scale."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.data.losses import Setting
from explorer.data.rows import Rows
from explorer.figures.arrival import Arrival
from explorer.figures.regression.view import given_of, regression_view, with_a_line
from explorer.scene.scene import Scene

WHY = {"loss": "another loss has another bound", "scale": "x on another scale has another bound"}


def same_line(rows: Rows, before: Setting, now: Setting, held: Mapping[str, float], scene: Scene) -> Arrival:
    """What stood, for the `scene` of the same rows by the setting of now: the line keeps its place among the points.

    A descent by another setting has steps of its own, and η begins anew; so does a line beyond the plane that is shown.
    """
    if before == now or not {"m", "c", "rate"} <= held.keys():
        return Arrival(held)
    shown = with_a_line(rows)
    old, new = given_of(shown, before.scale), given_of(shown, now.scale)
    slope = held["m"] / old["x_width"]
    height = held["c"] - slope * old["x_shift"]
    line = {"m": slope * new["x_width"], "c": height + slope * new["x_shift"]}
    controls = {control.name: control for control in scene.controls}
    words = {}
    if not all(controls[name].min <= value <= controls[name].max for name, value in line.items()):
        line = {name: controls[name].value for name in line}
        words["m"] = "The line lies beyond this plane, and begins anew."
    elif before.scale != now.scale and any(line.values()):
        words["m"] = "The line stays; m and c are counted on the new scale."
    if held["rate"] != regression_view(shown, 1, before).rate:
        words["rate"] = f"η begins anew: {WHY['loss' if before.loss != now.loss else 'scale']}."
    stays = {name: value for name, value in held.items() if name != "step"}
    return Arrival({**stays, **line, "rate": controls["rate"].value}, words)
