"""What a scene's conditions speak of must be there: a name that nobody computes is an error where the scene is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.scene.scene import Scene

_A_CELL = re.compile(r"[xyk]\d+")
"""A number of one row, such as y3."""


def unknown_quantities(scene: Scene, wire: Mapping[str, Any]) -> set[str]:
    """The names in the conditions of a scene, as it travels, that neither it nor the browser knows."""
    known = {control.name for control in scene.controls} | set(dict(scene.tape.outputs))
    known |= set(dict(scene.afterwards.outputs)) if scene.afterwards else set()
    beginnings: tuple[str, ...] = ("switch:", *(f"{descent.name}_" for descent in scene.descents))
    if columns := scene.columns:
        known |= {columns.count, f"{columns.name}_drawn"}
        known |= {name for one in columns.before + columns.afterwards for name, _ in one.tape.outputs}
    # The verdicts of a descent are about what is measured on its path, not about quantities.
    asked = _tested([one for name, one in wire.items() if name != "descents"])
    return {
        name
        for name in asked
        if name not in known and not name.startswith(beginnings) and not (columns and _A_CELL.fullmatch(name))
    }


def _tested(value: Any) -> Iterator[str]:
    """The names in every condition below: a list of them is the `when` of something."""
    if isinstance(value, list):
        for one in value:
            if isinstance(one, (list, dict)):
                yield from _tested(one)
    elif isinstance(value, dict):
        yield from (one[0] for one in value.get("when", ()) if isinstance(one[0], str))
        for one in value.values():
            if isinstance(one, (list, dict)):
                yield from _tested(one)
