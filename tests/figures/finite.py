"""What the tape of a scene gives in a state of its controls."""

from collections.abc import Mapping

from explorer.figures.scene import Scene


def outputs_of(scene: Scene, state: Mapping[str, float] | None = None) -> dict[str, float]:
    """Every control and every output of the tape, as numbers; `state` are controls that were moved."""
    values = {control.name: float(control.value) for control in scene.controls} | dict(state or {})
    outputs = scene.tape.run(*(values[name] for name in scene.tape.variables))
    return values | {name: float(value) for name, value in outputs.items()}
