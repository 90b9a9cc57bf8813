"""The descent page's scene: a ball on a loss, the step it will take next, the path, and the loss at every step."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from explorer.caching import computed_once
from explorer.conditions import Condition, is_above, is_at
from explorer.descent import OPTIMISERS, Setting, live_settings, number, place, round_down
from explorer.expression import Expression, Tape, compile_tape
from explorer.figures import equation
from explorer.figures.challenges import UNASKED, UNWEIGHED
from explorer.figures.descent.challenges import course_challenges, descent_challenges
from explorer.figures.descent.panels import curve_panel, loss_panels, pad_panel, space_panel
from explorer.figures.descent.run import (
    GROUP,
    LIVE_SETTINGS,
    Racer,
    chosen_descent,
    race_address,
    racing_descents,
    sources_of,
    valley_of,
)
from explorer.figures.descent.view import View, first_view, problem_of, sees_start, weighed
from explorer.figures.descent.words import FRESH, NOT_PLAYED, headlines, reasons, sentences, updates
from explorer.numeric import Window
from explorer.scene.digits import decimals_for, step_for
from explorer.scene.frame import Frame
from explorer.scene.iteration_control import iteration_control
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Control, Handle, MarkedValue, Readout, Scene, Stage, Toggle
from explorer.scene.wire import identity_of

SWITCHES = ("ahead", "follow", "log", "backtracking")
NEVER = -1.0
"""A step that no descent stands at."""
HEAVY = {name: row for name, row in OPTIMISERS.items() if row.bound and row.settings}
"""Their bounds depend on settings that are under the learner's finger too."""

LINKED = (*SWITCHES, "verdict", "optimisers")
"""The switches that stand in a link."""

STAYING = (*LIVE_SETTINGS, *SWITCHES, *OPTIMISERS, "optimisers", "flat", "solid")
"""What the learner has chosen for whatever loss: another one leaves it as it is."""


@computed_once(128)
def descent_scene(
    loss: Expression,
    view: View,
    racers: tuple[Racer, ...] = (),
    solid: bool = False,
    questioned: bool = False,
    *,
    frame: Frame | None = None,
) -> Scene:
    """The scene for a loss in x or in (x, y) as `view` says; with a `frame` the window is the learner's to move.

    With `solid` the surface is part of it; it weighs more than all the rest, so it comes when it is asked for. So do
    the questions about a loss that the course has none about: each of them walks a whole descent.
    """
    plane = len(loss.variables) == 2
    # What a link asks for is where the controls stand; the axes and the questions are the loss's own.
    own = replace(first_view(loss), steps=view.steps, heights=view.heights)
    names = ("x0", "y0")[: len(loss.variables)]
    start = {v: Expression.variable(name) for v, name in zip(loss.variables, names, strict=True)}
    identity = identity_of((loss.text, loss.variables, replace(view, steps=0), "descent"))
    valley = valley_of(loss, (*view.windows[0], *view.start))
    untouched = {"step": 0.0, "rate": view.rate} | dict(zip(names, view.start, strict=True))
    fresh = {"step": NEVER} if view.touched else untouched
    offers = not course_challenges(loss)
    picture = pad_panel if plane else curve_panel
    window = frame.shown if frame else view.window
    panels = [picture(loss, view, window, racers), *loss_panels(loss, own, racers)]
    if solid and plane:
        panels.append(space_panel(loss, view, window, racers))
    return Scene(
        id=identity,
        page="descent",
        title=f"Gradient descent on {loss.text}",
        url={"f": loss.text, "steps": str(view.steps), **race_address(racers)},
        controls=(
            rate_control(view),
            step_control(view, fresh),
            *_start_controls(view, window),
            *settings_controls(),
        ),
        tape=_tape(view, loss.substitute(start, variables=names)),
        functions={} if plane else {"f": compile_tape({"f": loss}, loss.variables)},
        panels=tuple(panels),
        frame=frame,
        readouts=(*_readouts(view, plane), *_task(loss)),
        sentence=sentences(plane),
        formula=equation.of(weighed(loss), "L"),
        toggles=_toggles(plane),
        descents=(
            chosen_descent(valley, names, view.steps, view.lowest, fresh),
            *racing_descents(valley, names, view.steps, view.lowest, racers),
        ),
        story=_story(loss, own, follows=not sees_start(loss, view)),
        challenges=descent_challenges(loss, own) if questioned or not offers else (),
        offers=offers and not questioned,
    )


def _tape(view: View, start_loss: Expression) -> Tape:
    settings = dict.fromkeys(setting.control for row in HEAVY.values() for setting in row.settings)
    names = (*start_loss.variables, *settings)
    outputs = {"start_loss": start_loss} | _heavy_bounds(view)
    return compile_tape({name: output.over(names) for name, output in outputs.items()}, names)


def _toggles(plane: bool) -> tuple[Toggle, ...]:
    if not plane:
        return descent_toggles()
    return (
        Toggle(name="flat", label="Level lines", on=True, group="view"),
        Toggle(
            name="solid",
            label="Surface",
            group="view",
            help="The loss in three dimensions, with the path on it",
        ),
        *descent_toggles(),
    )


def descent_toggles() -> tuple[Toggle, ...]:
    """The switches of any descent: what is shown of it, and by which optimiser it goes."""
    chips = [
        Toggle(
            name="ahead",
            label="Path ahead",
            on=True,
            help="Show faintly where the path will go: by itself once it has begun, at a press before",
            waits="run_fresh",
        ),
        Toggle(name="verdict", label="Verdict", on=True, help="Say what the steps will do, and why"),
        Toggle(name="follow", label="View follows", help="Widen the axes when the path leaves them"),
        Toggle(name="log", label="Loss logarithmic", help="Equal distances for equal factors"),
        Toggle(
            name="optimisers",
            label="Optimisers",
            help="Momentum, Adam and others, with their settings",
            usually="!gd",
        ),
    ]
    chips += [
        Toggle(name=name, label=row.label, on=name == "gd", group=GROUP, help=row.idea, toggle="optimisers")
        for name, row in OPTIMISERS.items()
    ]
    chips += [
        Toggle(
            name=setting.control,
            label=setting.label.capitalize(),
            help=setting.explanation.capitalize(),
            toggle=f"optimisers&{name}",
        )
        for name, row in OPTIMISERS.items()
        for setting in row.modifiers
        if setting.switch
    ]
    return tuple(chips)


def rate_control(view: View) -> Control:
    """The learning rate over decades."""
    low, high = view.rates
    return Control(
        name="rate",
        label="η",
        min=low,
        max=high,
        value=view.rate,
        scale="log",
        step=0.02,
        role="step",
        marks=rate_marks(view),
    )


def run_bounds() -> tuple[MarkedValue, ...]:
    """The bound of the optimiser that is on, where data that are dragged move it."""
    bounded = (name for name, row in OPTIMISERS.items() if row.bound is not None)
    return tuple(
        MarkedValue(
            "run_bound",
            "bound {run_bound:b5}",
            toggle=f"{'gd&!backtracking' if name == 'gd' else name}&{UNASKED}",
        )
        for name in bounded
    )


def rate_marks(view: View) -> tuple[MarkedValue, ...]:
    """The bounds at the minima of the window, for each optimiser that has any while it is on.

    For plain descent on a quadratic the rate that is best in the long run stands beside them.
    """
    marked = [
        MarkedValue(value, label, toggle=f"gd&!backtracking&{UNASKED}")
        for value, label in _plain_marks(view).items()
    ]
    for name in HEAVY:
        for i, at_minimum in enumerate(_marked_minima(view)):
            at = f"bound_{name}_{i}"
            marked.append(
                MarkedValue(
                    at,
                    f"bound {{{at}:b5}}" if view.quadratic else f"bound at {at_minimum}",
                    toggle=f"{name}&{UNASKED}",
                )
            )
    return tuple(marked)


def _marked_minima(view: View) -> dict[str, float]:
    """Four minima at most whose bounds are on the control and can be told apart, as {place: λmax}.

    Minima that share a bound, as those of x⁴ − 4x² do, are counted: one of them is not the learner's own.
    """
    low, high = view.rates
    rows: dict[str, float] = {}
    for minimum, (_, largest) in zip(view.minima, view.curvatures, strict=True):
        place = number(minimum[0]) if len(minimum) == 1 else f"({', '.join(number(v, 3) for v in minimum)})"
        sharing = sum(math.isclose(largest, other, rel_tol=1e-6) for _, other in view.curvatures)
        apart = all(abs(math.log(largest / other)) >= 0.02 for other in rows.values())
        if sharing > 1 and f"{sharing} minima" not in rows:
            place = f"{sharing} minima"
        if apart and low <= 2 / largest <= high:
            rows[place] = largest
        if view.quadratic:
            break
    return dict(sorted(rows.items(), key=lambda row: -row[1])[:4])


def _plain_marks(view: View) -> dict[float, str]:
    rows = {2 / largest: f"bound at {place}" for place, largest in _marked_minima(view).items()}
    if not (view.quadratic and rows):
        return rows
    smallest, largest = view.curvatures[0]
    bound, best = 2 / largest, 2 / (smallest + largest)
    label = number(best) if math.isclose(smallest, largest, rel_tol=1e-9) else f"best {number(best)}"
    # Two marks closer than this cannot be told apart on the track; the map shows them both.
    near = {best: label} if bound / best > 1.2 else {}
    return near | {bound: f"bound {number(round_down(bound), 5)}"}


def _heavy_bounds(view: View) -> dict[str, Expression]:
    """The bounds with the settings as they stand."""
    bounds = {}
    for name, row in HEAVY.items():
        settings = [Expression.variable(setting.control) for setting in row.settings]
        factor = cast(Callable[..., Expression], row.bound)(*settings)
        for i, largest in enumerate(_marked_minima(view).values()):
            bounds[f"bound_{name}_{i}"] = factor / largest
    return bounds


def step_control(view: View, fresh: Mapping[str, float]) -> Control:
    """The number of the present iterate; where the path has ended before, that is said beside it."""
    control = iteration_control(view.steps, min(max(view.steps / 5, 5.0), 14.0), role="step", unsaid_at=fresh)
    ended = Case(f"of {view.steps}, ended at {{run_count}}", (is_above("run_beyond", 0.0),))
    return replace(control, unit=(ended, Case(f"of {view.steps}")))


def _start_controls(view: View, window: Window) -> tuple[Control, ...]:
    """The start is dragged on the plot, as far as the window shows; its sliders stand in the rail."""
    controls = []
    plane = len(view.windows) > 1
    for index, (name, label) in enumerate(start_labels(plane)):
        seen, home = (window.x, window.y)[index], view.windows[index]
        low, high = min(seen[0], home[0]), max(seen[1], home[1])
        width = seen[1] - seen[0]
        handle = Handle(
            panel="pad" if plane else "curve",
            at=("x0", "y0") if plane else ("x0", "start_loss"),
            moves={"x": "x0", "y": "y0"} if plane else {"x": "x0"},
            shape="ring",
            label="the start",
        )
        controls.append(
            Control(
                name=name,
                label=label,
                min=min(low, view.start[index]),
                max=max(high, view.start[index]),
                value=view.start[index],
                step=step_for(width),
                decimals=decimals_for(width),
                role="step",
                handle=handle if index == 0 else None,
                place="rail",
            )
        )
    return tuple(controls)


def start_labels(plane: bool) -> tuple[tuple[str, str], ...]:
    """The controls of the start and what they are called."""
    return (("x0", "start x₀"), ("y0", "start y₀")) if plane else (("x0", "start w₀"),)


def settings_controls() -> tuple[Control, ...]:
    """The settings of each optimiser, shown in the rail while it is on and the optimisers are unfolded."""
    return tuple(
        Control(
            name=setting.control,
            label=setting.label,
            value=float(setting.default),
            min=setting.low,
            max=setting.end,
            step=setting.step,
            decimals=setting.decimals,
            quantum=1.0 if setting.whole else None,
            scale=setting.scale,
            role="guide",
            place="rail",
            toggle=f"optimisers&{_on_for(setting)}",
        )
        for setting in live_settings()
    )


def _on_for(setting: Setting) -> str:
    """While an optimiser is on that has this setting."""
    names = [name for name in OPTIMISERS if setting.control in sources_of(name).values()]
    return names[0] if len(names) == 1 else "&".join(f"!{name}" for name in OPTIMISERS if name not in names)


def _readouts(view: View, plane: bool) -> tuple[Readout, ...]:
    rows = [Readout(name="rate", label="learning rate η", text="{rate}", size="huge", role="step")]
    rows += [
        Readout(name=name, label="the next step" if name == "update" else "", text=text)
        for name, text in updates(plane)
    ]
    rows += [
        Readout(name="loss", label="loss", text="{run_loss:g5}", size="small", role="f"),
        Readout(
            name="verdict",
            label=f"within {view.steps} steps",
            text=(*with_paper(NOT_PLAYED), *headlines(view.quadratic)),
            toggle="verdict",
        ),
        Readout(
            name="reason",
            text=(Case("", (FRESH,)), *reasons(view.quadratic, plane)),
            size="small",
            toggle=f"verdict&{UNWEIGHED}",
        ),
    ]
    return tuple(rows)


def _task(loss: Expression) -> tuple[Readout, ...]:
    """The one thing to try on a loss of the course."""
    problem = problem_of(loss)
    if problem is None:
        return ()
    return (Readout(name="task", label="Try this", text=problem.task, size="small"),)


def _story(loss: Expression, view: View, *, follows: bool) -> tuple[Stage, ...]:
    """What a teacher pages through: one step, the whole way, too small, too large; the view `follows` a far start.

    What a rate does is said by the verdict on the path that stands there. Where the window has minima with a bound the
    rates lie beside that of the one nearest to the start, else beside the first rate.
    """
    all_steps = {"step": float(view.steps)}
    quietly = {"ahead": False} | ({"follow": True} if follows else {})
    here: Condition = is_at("switch:gd", 1.0)

    def predict(words: str, **rate: float) -> Stage:
        question = f"{words} What will {view.steps} steps do?"
        return Stage(
            question, {"step": 0.0, **rate}, quietly, asks=True, shows=all_steps, tells=("verdict", "reason")
        )

    stages = [
        Stage("Which way is down, and how far will the next step go?", {"step": 0.0}, quietly, asks=True),
        Stage(
            (Case("One step: η times the slope, against the slope.", (here,)), Case("One step.")),
            {"step": 1.0},
            quietly,  # where the path ends is asked next
        ),
        predict("η = {rate}."),
    ]
    for share, words in _rates_told(loss, view):
        low, high = view.rates
        rate = float(f"{min(max(share, low), high):.3g}")
        stages.append(predict(words.format(rate=number(rate)), rate=rate))
    return (
        *stages,
        Stage("Next: drag the start, then η. Which η arrives from every start, and which from none?"),
    )


def _rates_told(loss: Expression, view: View) -> tuple[tuple[float, str], ...]:
    """Rates worth a question, and how each is introduced."""
    if not view.curvatures:
        return ((0.1 * view.rate, "A small η, {rate}."), (10 * view.rate, "A large η, {rate}."))
    names = loss.variables if len(loss.variables) > 1 else ("w",)
    nearest = min(range(len(view.minima)), key=lambda k: math.dist(view.minima[k], view.start))
    bound = 2 / view.curvatures[nearest][1]
    formula = "2/f″" if len(names) == 1 else "2/λmax"
    at = f"the bound {formula} = {number(round_down(bound))} of the minimum at {place(view.minima[nearest], names)}"
    return (
        (0.01 * bound, f"η = {{rate}}, a hundredth of {at}."),
        (0.95 * bound, "η = {rate}, just below that bound."),
        (1.05 * bound, "η = {rate}, just above it."),
    )
