"""What a scene says in a state, as the browser would choose it; numbers stay as the templates that they are."""

from explorer.conditions import all_hold
from explorer.scene.scene import Cases, Scene
from tests.figures.finite import outputs_of


def said(
    scene: Scene, cases: Cases, state: dict[str, float], rows: tuple[tuple[float, ...], ...] = ()
) -> str:
    """The template that is shown; `state` and `rows` are what was moved."""
    if isinstance(cases, str):
        return cases
    known = outputs_of(scene, state, rows)
    errors: dict[str, float] = {}
    if not scene.columns:
        told = scene.tape.run_with_errors(*(known[name] for name in scene.tape.variables))
        errors = {name: float(error) for name, (_, error) in told.items()}
    widths = {control.name: control.max - control.min for control in scene.controls}
    return next(
        case.text
        for case in cases
        if all_hold(case.when, known.__getitem__, lambda name: widths.get(name, 0.0), errors.__getitem__)
    )
