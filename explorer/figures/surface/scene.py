"""The surface page's scene: one point, two slopes, and every direction between."""

from __future__ import annotations

import numpy as np

from explorer.caching import computed_once
from explorer.conditions import is_unknown
from explorer.expression import Expression, compile_tape
from explorer.figures import equation
from explorer.figures.challenges import about, played, told_with, unasked
from explorer.figures.surface.panels import AROUND, GRADIENT, PLANE, SLICES, TWO_SLICES, panels, ring_radius
from explorer.figures.surface.quantities import TELLING_DIRECTIONS, Sizes, outputs, sizes_for
from explorer.figures.surface.questions import plane_questions
from explorer.figures.surface.sides import NO_PLANE, slope_cases
from explorer.figures.surface.still import Marked, critical_points, heights, marked_places, padded
from explorer.figures.surface.words import NEXT, critical_table, sentences, story
from explorer.numeric import Window, significant_text
from explorer.numeric.critical2d import CriticalKind2D, CriticalPoints
from explorer.numeric.rests import rested
from explorer.presets import Challenge
from explorer.scene.axis_control import axis_control
from explorer.scene.digits import decimals_for
from explorer.scene.frame import Frame
from explorer.scene.scene import Case, Control, Handle, MarkedValue, Readout, Scene, Toggle
from explorer.scene.wire import identity_of

LENSES = (SLICES, GRADIENT, PLANE, AROUND)
LONGEST_HELD = 26  # nodes of a formula that still fits over a slice
MOST_MARKS = 12
START_SHARES = (
    (0.75, 0.625),
    (0.65, 0.6),
    (0.6, 0.7),
    (0.8, 0.8),
    (0.3, 0.65),
    (0.7, 0.3),
    (0.25, 0.25),
    (0.9, 0.55),
)
SIGNS = {
    CriticalKind2D.MINIMUM: "minimum",
    CriticalKind2D.MAXIMUM: "maximum",
    CriticalKind2D.SADDLE: "saddle",
    CriticalKind2D.SILENT: "flat",
}


def start_on(f: Expression, window: Window) -> tuple[float, float]:
    """Where the point first stands: a round place with a height and two slopes, to the upper right."""
    (left, right), (bottom, top) = window.x, window.y
    digits = decimals_for(right - left) - 1
    for across, up in START_SHARES:
        x, y = round(left + across * (right - left), digits), round(bottom + up * (top - bottom), digits)
        value, slopes = f.value_and_gradient(x, y)
        if np.isfinite([value, *slopes]).all() and all(abs(slope) < 1e6 for slope in slopes):
            return x + 0.0, y + 0.0
    xs, ys = np.meshgrid(np.linspace(left, right, 41), np.linspace(bottom, top, 41))
    known = np.isfinite(f(xs, ys))
    if not known.any():
        return (left + right) / 2, (bottom + top) / 2
    away = np.hypot(xs - xs[known].mean(), ys - ys[known].mean())
    best = int(np.argmin(np.where(known, away, np.inf)))
    return float(xs.flat[best]), float(ys.flat[best])


@computed_once(64)
def surface_scene(
    f: Expression,
    window: Window,
    start: tuple[float, float],
    challenges: tuple[Challenge, ...] = (),
    frame: Frame | None = None,
    *,
    questioned: bool = False,
) -> Scene:
    """The scene for `f` over `window` with the point first at `start`; with a `frame` the window may move.

    Where none of the course's `challenges` is about `f`, questions about it are made if it is `questioned`.
    """
    typed, f = f, rested(f, window.x, window.y)
    shown = heights(f, window, start)
    found = critical_points(f, window.x, window.y)
    sizes = sizes_for(f, window, shown, _steepness(f, window))
    asked = about(challenges, typed)
    offers = bool(challenges) and not asked
    own = plane_questions(f, frame.window if frame else window, start) if offers and questioned else ()
    explored = (typed.text, frame.home if frame else window, start, "surface")
    identity = identity_of(explored)
    return Scene(
        id=identity,
        page="surface",
        title=f"Partial derivatives of {typed.text}",
        url={
            "f": typed.text,
            "tab": None,
            "u": None,
            "v": None,
            "s": None,
            "true": None,
        },
        controls=_controls(window, start, marked_places(f, window, found)),
        tape=compile_tape(outputs(f, window, shown, sizes), ("x", "y", "theta")).renamed("x0", "y0", "theta"),
        panels=panels(f, window, shown, sizes, found),
        frame=frame,
        readouts=_readouts(typed, window, sizes, found),
        sentence=sentences(f, window, found, sizes.gap, padded(shown)),
        formula=equation.of(typed),
        toggles=(
            Toggle(
                name=SLICES,
                label="Slices",
                on=True,
                group="lens",
                help="Hold one variable, walk in the other",
            ),
            Toggle(name=GRADIENT, label="Gradient", group="lens", help="Every direction, and the steepest"),
            Toggle(name=PLANE, label="Plane", group="lens", help="The plane that touches the surface"),
            *_look_around(found),
        ),
        tables=(critical_table(f, window, found),),
        # Questions about directions are the story's own.
        story=told_with(story(found), [c for c in own if c.control != "theta"], NEXT),
        challenges=played(own or challenges, typed),
        offers=offers and not questioned,
    )


def _look_around(found: CriticalPoints) -> tuple[Toggle, ...]:
    """A lens of its own where the second-derivative test is silent somewhere."""
    if not found.of_kind(CriticalKind2D.SILENT):
        return ()
    return (Toggle(name=AROUND, label="Around", group="lens", help="The heights on a walk around the point"),)


def _steepness(f: Expression, window: Window) -> float:
    """A usual length of the gradient in the window: the median."""
    x, y = np.meshgrid(np.linspace(*window.x, 41), np.linspace(*window.y, 41))
    _, (fx, fy) = f.value_and_gradient(x, y)
    with np.errstate(all="ignore"):
        lengths = np.hypot(fx, fy)
    lengths = lengths[np.isfinite(lengths)]
    return float(np.median(lengths)) if len(lengths) else 0.0


def _controls(window: Window, start: tuple[float, float], marked: tuple[Marked, ...]) -> tuple[Control, ...]:
    return (
        _place(
            "x",
            window.x,
            start[0],
            [(x, kind) for x, _, _, kind in marked],
            Handle(panel="pad", at=("x0", "y0"), moves={"x": "x0", "y": "y0"}, label="the point"),
        ),
        _place("y", window.y, start[1], [(y, kind) for _, y, _, kind in marked], None),
        Control(
            name="theta",
            label="θ",
            unit="°",
            min=0.0,
            max=360.0,
            value=0.0,
            step=5.0,
            decimals=1,
            role="slope",
            toggle=GRADIENT,
            wraps=True,
            marks=tuple(MarkedValue(float(a), f"{a}°") for a in (0, 90, 180, 270, 360)),
            snaps=TELLING_DIRECTIONS,
            handle=Handle(
                panel="pad",
                at=("u_x", "u_y"),
                about=("x0", "y0"),
                moves={"angle": "theta"},
                toggle=GRADIENT,
                letter="u",
                label="the direction u; drag it round the point",
            ),
        ),
    )


def _place(
    name: str,
    span: tuple[float, float],
    value: float,
    places: list[tuple[float, CriticalKind2D]],
    handle: Handle | None,
) -> Control:
    marked: dict[float, MarkedValue] = {}
    for at, kind in places[:MOST_MARKS]:
        marked.setdefault(round(at, 9), MarkedValue(at, "", SIGNS[kind]))
    return axis_control(
        f"{name}0",
        "x₀" if name == "x" else "y₀",
        span,
        value,
        panel=f"slice_{name}",
        role="slope" if name == "x" else "partial_y",
        handle=handle,
        marks=unasked(sorted(marked.values(), key=lambda mark: mark.value)),
    )


def _readouts(f: Expression, window: Window, sizes: Sizes, found: CriticalPoints) -> tuple[Readout, ...]:
    no_plane = (Case("none", (NO_PLANE,)),)
    gone = Case("no value", (is_unknown("f"),))
    return (
        Readout(
            name="f", label="f(x₀, y₀) =", text=(gone, Case("{f:g4}")), size="medium", role="f", place="above"
        ),
        Readout(
            name="fx",
            label="∂f/∂x =",
            text=slope_cases(f, "x"),
            size="big",
            role="slope",
            toggle=TWO_SLICES,
            place="above",
        ),
        Readout(
            name="fy",
            label="∂f/∂y =",
            text=slope_cases(f, "y"),
            size="big",
            role="partial_y",
            toggle=TWO_SLICES,
            place="above",
        ),
        *_held(f),
        Readout(
            name="du",
            label="Dᵤf = ∇f·u =",
            text=(*no_plane, Case("{du:g4}")),
            size="big",
            role="slope",
            toggle=GRADIENT,
            place="above",
        ),
        Readout(
            name="gradient",
            label="∇f =",
            text=(*no_plane, Case("({fx:g4}, {fy:g4}), length {norm:g4}")),
            size="medium",
            role="gradient",
            toggle=GRADIENT,
            place="above",
        ),
        Readout(
            name="scale",
            label="",
            text=f"∇f is drawn at {significant_text(sizes.arrow)} × its length, "
            f"u at {significant_text(sizes.direction)}\u00a0×. "
            "The bar is Dᵤf: how far ∇f reaches along u.",
            size="small",
            role="guide",
            toggle=GRADIENT,
            place="above",
        ),
        Readout(
            name="plane",
            label="tangent plane:",
            text=(*no_plane, Case("z = {f:g4} {fx:t4}·(x {minus_x0:t4}) {fy:t4}·(y {minus_y0:t4})")),
            size="small",
            role="step",
            toggle=PLANE,
            place="above",
        ),
        Readout(
            name="normal",
            label="normal vector:",
            text=(*no_plane, Case("n = ({minus_fx:g4}, {minus_fy:g4}, 1)")),
            size="small",
            role="gradient",
            toggle=PLANE,
            place="above",
        ),
        *_walk(window, found),
    )


def _walk(window: Window, found: CriticalPoints) -> tuple[Readout, ...]:
    if not found.of_kind(CriticalKind2D.SILENT):
        return ()
    words = f"f around the point, at distance {significant_text(ring_radius(window))}, less f at the point"
    return (Readout(name="walk", label="", text=words, size="small", role="f", toggle=AROUND, place="above"),)


def _held(f: Expression) -> tuple[Readout, ...]:
    """The formula of each slice, with the held variable's present value in a box."""
    if f.size > LONGEST_HELD:
        return ()
    rows = []
    for held, other in (("y", "x"), ("x", "y")):
        role = "partial_y" if held == "y" else "slope"
        box = f'<mrow class="live-held" data-role="{role}"><mtext data-held="{held}0">·</mtext></mrow>'
        arguments = [f"<mi>{name}</mi>" if name == other else box for name in ("x", "y")]
        head, body = f.mathml().split(">", 1)
        mathml = (
            f"{head}><mi>f</mi><mo>(</mo>{arguments[0]}<mo>,</mo>{arguments[1]}<mo>)</mo><mo>=</mo>"
            + body.replace(f"<mi>{held}</mi>", box)
        )
        rows.append(
            Readout(
                name=f"held_{held}",
                label=f"{held} held",
                label_mathml=mathml,
                text="",
                size="small",
                role="ink",
                toggle=TWO_SLICES,
                place="above",
            )
        )
    return tuple(rows)
