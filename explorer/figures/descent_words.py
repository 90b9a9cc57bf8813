"""What the descent page says while a learner drags: the update in numbers, the verdict and its reason.

The numbers come from the browser's walk; which sentence holds is decided by conditions written here.
"""

from __future__ import annotations

from explorer.descent import OPTIMISERS, Behaviour
from explorer.figures.descending import behaves
from explorer.figures.marks import Condition
from explorer.figures.scene import Case

BOUNDED = {name: row.bound_formula for name, row in OPTIMISERS.items() if row.bound is not None}
"""The optimisers that have a bound c/λmax, and how it is written."""
FRESH: Condition = ("run_fresh", 1.0, 1.0, "closed")
AT_END: Condition = ("run_left", 0.0, 0.0, "closed")
BACKTRACKS: Condition = ("switch:backtracking", 1.0, 1.0, "closed")
DECAYED: Condition = ("decay", 0.0, None, "open")
LOST: Condition = ("run_loss", None, None, "undefined")
NO_SLOPE: Condition = ("run_norm", None, None, "undefined")
NO_STEP: Condition = ("run_size", None, None, "undefined")
HAS_BOUND: Condition = ("run_bound", None, None, "defined")
BELOW: Condition = ("run_share", None, 1.0, "open")
AT: Condition = ("run_share", 1.0, 1.0, "closed")
LEVEL: Condition = ("run_level", 1.0, 1.0, "closed")
ABOVE: Condition = ("run_share", 1.0, None, "open")


ETA = "η = {run_last:g12}"
"""The rate of the last step, with as many digits as tell it from the bound."""


def _on(name: str) -> Condition:
    return (f"switch:{name}", 1.0, 1.0, "closed")


def spot(word: str, plane: bool) -> str:
    """`w = {run_final_x}` or `(x, y) = (…)` as a template."""
    stem = f"run_{word}_" if word else "run_"
    if plane:
        return f"(x, y) = ({{{stem}x:g4}}, {{{stem}y:g4}})"
    return f"w = {{{stem}x:g4}}"


def updates(plane: bool) -> tuple[tuple[str, tuple[Case, ...]], ...]:
    """For each coordinate its symbol and the update with the present numbers put in."""
    rows = []
    for axis in ("x", "y") if plane else ("x",):
        symbol = axis if plane else "w"
        plain = f"{symbol} ← {{run_{axis}:g4}} − {{run_rate:g3}} · {{run_d{axis}:q4}} = {{run_n{axis}:g4}}"
        other = f"{symbol} ← {{run_{axis}:g4}} {{run_s{axis}:t4}} = {{run_n{axis}:g4}}"
        exact = (_on("gd"), ("noise", 0.0, 0.0, "closed"), ("switch:backtracking", 0.0, 0.0, "closed"))
        rows.append(
            (
                f"update_{axis}" if axis == "y" else "update",
                (Case(f"{symbol} stays", (NO_STEP,)), Case(plain, exact), Case(other)),  # type: ignore[arg-type]
            )
        )
    return tuple(rows)


def headlines(quadratic: bool) -> tuple[Case, ...]:
    """The verdict in a word or two; at its bound on a quadratic a descent neither arrives nor gets away."""
    words = {
        Behaviour.MINIMUM: "Converges",
        Behaviour.VALLEY: "Converges, to a flat spot",
        Behaviour.SADDLE: "Converges, to a saddle",
        Behaviour.MAXIMUM: "Rests on a maximum",
        Behaviour.CYCLE: "Cycles",
        Behaviour.BOUNCING: "Bounces without settling",
        Behaviour.OVERSHOOTING: "Overshoots, yet closes in",
        Behaviour.CRAWLING: "Crawls",
        Behaviour.PLATEAU: "Stuck on a plateau",
        Behaviour.FALLING: "Still falling",
        Behaviour.UNFINISHED: "Still on its way",
        Behaviour.NOISY: "Kept moving by the noise",
        Behaviour.NO_GRADIENT: "Stops: no gradient here",
        Behaviour.NO_LOWER_POINT: "Stops: nothing lower found",
        Behaviour.GROWING: "Diverges",
        Behaviour.UNBOUNDED: "Diverges: no bottom",
        Behaviour.OUTSIDE: "Leaves the domain",
        Behaviour.SLIDING: "Still on its way",
        Behaviour.KINK: "On the kink, not at rest",
        Behaviour.FADING: "Creeps to a flat bottom",
        Behaviour.ASTRAY: "Higher than it began",
    }
    level = Case("On level ground", (behaves(Behaviour.PLATEAU), LEVEL))
    swings = (Case("Swings without end", (behaves(Behaviour.GROWING), AT)),) if quadratic else ()
    plain = (Case(text, (behaves(behaviour),)) for behaviour, text in words.items())
    return (*swings, level, *plain, Case("–"))


def _bound(name: str, quadratic: bool, plane: bool) -> str:
    formula = BOUNDED[name]
    if quadratic:
        return f"the bound {formula} = {{run_bound:g5}}"
    return f"the local bound {formula} = {{run_bound:g5}} at {spot('minimum', plane)}"


def _with_bound(quadratic: bool, plane: bool) -> list[Case]:
    """Reasons that name the bound of the optimiser that is on."""
    rest = spot("minimum", plane)
    exact = "it came in exactly along a flatter direction" if plane else "it landed there exactly"
    local = "" if quadratic else " A local bound promises nothing far away."
    cases = []
    for name in BOUNDED:
        bound, on = _bound(name, quadratic, plane), (_on(name), HAS_BOUND)
        rows: list[tuple[Behaviour, str, tuple[Condition, ...]]] = [
            (
                Behaviour.MINIMUM,
                f"At {rest} from step {{run_settled}} on: {ETA} is below {bound}.",
                (BELOW,),
            ),
            (
                Behaviour.MINIMUM,
                f"At {rest} from step {{run_settled}} on, though {ETA} is not below {bound}: {exact}, "
                "and the smallest step aside would not die out.",
                (),
            ),
            (
                Behaviour.CYCLE,
                f"{ETA} equals {bound}: each step lands just as far on the other side.",
                (AT,),
            ),
            (
                Behaviour.CYCLE,
                f"{ETA} is above {bound}: the minimum pushes it away, and farther out the loss brings it back.",
                (ABOVE,),
            ),
            (Behaviour.CYCLE, f"{ETA} is below {bound}.{local}", ()),
            (
                Behaviour.GROWING,
                f"{ETA} exceeds {bound}: each step overshoots farther than the one before.{local}",
                (ABOVE,),
            ),
            (
                Behaviour.GROWING,
                f"{ETA} equals {bound}: the swings widen at first, then they keep their width."
                if quadratic
                else f"{ETA} equals {bound}.{local}",
                (AT,),
            ),
            (Behaviour.GROWING, f"And yet {ETA} is not above {bound}.{local}", ()),
            (Behaviour.BOUNCING, f"{ETA} is above {bound}.", (ABOVE,)),
        ]
        cases += [Case(text, (behaves(behaviour), *on, *more)) for behaviour, text, more in rows]
        cases += _on_the_way(name, quadratic, plane)
    return cases


def _on_the_way(name: str, quadratic: bool, plane: bool) -> list[Case]:
    """Reasons for a path that has not arrived."""
    end, bound = spot("final", plane), _bound(name, quadratic, plane)
    norm = f"Gradient norm {{run_final_norm:g3}} at {end}"
    long: Condition = ("run_condition", 20.0, None, "closed")
    rows: list[tuple[Behaviour, str, Condition]] = [
        (
            Behaviour.OVERSHOOTING,
            f"It swings back and forth, and the last swings are the smallest: {ETA} is below {bound}.",
            ("run_share", 0.5, 0.9, "open"),
        ),
        (
            Behaviour.OVERSHOOTING,
            f"It swings back and forth, and the last swings are the smallest: {ETA} is just below {bound}.",
            ("run_share", 0.9, 1.0, "open"),
        ),
        (
            Behaviour.CRAWLING,
            f"{norm}: {ETA} is far below {bound}.",
            ("run_share", None, 0.05, "open"),
        ),
        (
            Behaviour.CRAWLING,
            f"{norm}. Condition number {{run_condition:g4}}: the steep direction sets {bound}, the flat is slow.",
            long,
        ),
        (Behaviour.CRAWLING, f"{norm}. {ETA} against {bound}.", ("run_share", None, None, "defined")),
        (
            Behaviour.UNFINISHED,
            f"{norm}. Condition number {{run_condition:g4}}: the steep direction sets {bound}, the flat is slow.",
            long,
        ),
        (
            Behaviour.UNFINISHED,
            f"{norm}. {ETA} is below {bound}.",
            ("run_share", None, 1.0, "open"),
        ),
    ]
    return [Case(text, (behaves(behaviour), _on(name), condition)) for behaviour, text, condition in rows]


def reasons(quadratic: bool, plane: bool) -> tuple[Case, ...]:
    """Why the path ends as it does, with the numbers that decide it."""
    end = spot("final", plane)
    unbounded: dict[tuple[Condition, ...], str] = {
        (_on(name),): (
            "Newton's step divides by the curvature and is shortened until the loss falls: no bound on η."
            if row.second_order
            else f"{row.label} has no bound of the kind 2/λmax: it divides by the slopes it remembers."
        )
        for name, row in OPTIMISERS.items()
        if name not in BOUNDED
    }
    unbounded[_on("gd"), BACKTRACKS] = (
        "Backtracking halves a step that is too long, so no bound on η is needed."
    )
    known: Condition = ("run_minimum_x", None, None, "defined")
    rest = f"At {spot('minimum', plane)} from step {{run_settled}} on. "
    free = [Case(rest + text, (behaves(Behaviour.MINIMUM), known, *when)) for when, text in unbounded.items()]
    on_kink = (
        f"At {spot('minimum', plane)} it lands on the kink, to rounding. The slope jumps there and is never 0, "
        "so a whole step leads away again."
    )
    general = {
        Behaviour.MINIMUM: f"At {end}: the curvature fades out towards the bottom, so no bound 2/λmax holds there.",
        Behaviour.VALLEY: f"At {end} some curvature is zero: a valley floor or a flat spot.",
        Behaviour.SADDLE: f"The gradient is zero at {end}, yet one curvature is {{run_curvature:g3}}: nudge it.",
        Behaviour.MAXIMUM: f"The gradient is zero at {end}, so there is no step; the smallest nudge starts a descent.",
        Behaviour.CYCLE: f"Between {spot('before', plane)} and {end}: each step jumps back over the bottom.",
        Behaviour.BOUNCING: f"Back and forth at {ETA}, now at {end}.",
        Behaviour.OVERSHOOTING: "It swings back and forth, and the last swings are the smallest.",
        Behaviour.CRAWLING: f"Gradient norm {{run_final_norm:g3}} at {end}; each step is tiny beside what is left.",
        Behaviour.PLATEAU: f"Gradient norm {{run_final_norm:g3}} at {end}: a flat slope is not yet a minimum.",
        Behaviour.FALLING: f"Gradient norm {{run_final_norm:g3}} at {end}: no minimum in sight.",
        Behaviour.UNFINISHED: f"Gradient norm {{run_final_norm:g3}} at {end}.",
        Behaviour.NOISY: "The noise σ = {noise} keeps it moving; a smaller or decaying η narrows the cloud.",
        Behaviour.NO_GRADIENT: f"At {end} the loss has no gradient (a kink, a jump, or a slope that is not finite).",
        Behaviour.NO_LOWER_POINT: f"At {end} even the smallest step tried does not lower the loss.",
        Behaviour.GROWING: f"At {ETA} each step overshoots farther than the one before.",
        Behaviour.UNBOUNDED: f"Past {end} the loss keeps falling: no minimum that way, at any η.",
        Behaviour.OUTSIDE: f"Step {{run_count}} lands at {end}, where the loss is undefined; a shorter one may not.",
        Behaviour.SLIDING: f"At {end} the slope is constant; steps left at this pace: about {{run_ahead:g4}}.",
        Behaviour.KINK: on_kink,
        Behaviour.FADING: f"Gradient norm {{run_final_norm:g3}} at {end}: the curvature fades out towards the bottom.",
        Behaviour.ASTRAY: f"At {end} the loss is {{run_final_loss:g4}}, more than at the start: try a smaller η.",
    }
    cases = (
        Case("The loss is undefined at this start.", (("run_count", 0.0, 0.0, "closed"), LOST)),
        *(
            Case(
                f"Step {{run_crossed}} jumped over a {torn} at w = {{run_wall:g4}}: what follows is on another piece.",
                (("run_crossed", 1.0, None, "closed"), ("run_pole", pole, pole, "closed")),
            )
            for torn, pole in (("pole", 1.0), ("gap in the domain", 0.0))
        ),
        Case(
            "The start is the minimum: the slope is 0, so there is no step.",
            (behaves(Behaviour.MINIMUM), ("run_settled", 0.0, 0.0, "closed")),
        ),
        Case(
            f"At {spot('minimum', plane)}, where the slope jumps from down to up: a minimum at a kink.",
            (behaves(Behaviour.MINIMUM), ("run_kink", 1.0, 1.0, "closed")),
        ),
        Case(
            f"The slope is exactly 0 at {end} and around: level ground, all of it as low, or a tail whose slope is "
            "too small a number.",
            (behaves(Behaviour.PLATEAU), LEVEL),
        ),
        Case(on_kink, (behaves(Behaviour.CYCLE), ("run_kink", 1.0, 1.0, "closed"))),
        *_with_bound(quadratic, plane),
        *free,
        *(Case(text, (behaves(behaviour),)) for behaviour, text in general.items()),
        Case(""),
    )
    return tuple(told for case in cases for told in _with_decay(case))


def _with_decay(case: Case) -> tuple[Case, ...]:
    """Plain descent may decay: what is said of η is then said of the decayed rate, and called so."""
    others = [_on(name) for name in OPTIMISERS if name != "gd"]
    if ETA not in case.text or any(condition in others for condition in case.when):
        return (case,)
    return Case(case.text.replace(ETA, f"{ETA}, decayed,"), (*case.when, _on("gd"), DECAYED)), case


def sentences(plane: bool) -> tuple[Case, ...]:
    """The line under the picture: where the ball is, what the next step will be and what it will bring."""
    here = spot("", plane)
    slope = "Gradient ({run_dx:g4}, {run_dy:g4})" if plane else "Slope {run_dx:g4}"
    begin = "Next step:" if plane else "Slope {run_dx:g4}, so the next step is"
    step = "({run_sx:g4}, {run_sy:g4})" if plane else "{run_sx:g4}"
    product = "−{run_rate:g3} × ({run_dx:g4}, {run_dy:g4})" if plane else "−{run_rate:g3} × {run_dx:q4}"
    drops = "Predicted drop {run_predicted:g3}, actual {run_actual:g3}."
    rises = "Predicted drop {run_predicted:g3}, but the loss rises by {run_rise:g3}: too far."
    uphill = "A rise of {run_climb:g3} is predicted, and the loss rises by {run_rise:g3}: uphill."
    falls = "A rise of {run_climb:g3} is predicted, but the loss drops by {run_actual:g3}."
    plain = (_on("gd"), ("noise", 0.0, 0.0, "closed"), ("switch:backtracking", 0.0, 0.0, "closed"))
    up: Condition = ("run_actual", None, 0.0, "open")
    against: Condition = ("run_predicted", None, 0.0, "open")
    return (
        Case(
            "The loss is undefined here: drag the start into its domain.",
            (LOST, ("run_k", 0.0, 0.0, "closed")),
        ),
        Case(f"Step {{run_k}} landed at {here}, where the loss is undefined: it left the domain.", (LOST,)),
        Case(f"There is no slope at {here}, so there is no next step.", (NO_SLOPE,)),
        Case(f"{slope} here, so the next step is {product} = {step}. Press Step.", (FRESH, *plain)),  # type: ignore[arg-type]
        Case(f"{slope} here; the next step is {step}. Press Step.", (FRESH,)),
        Case(
            f"After step {{run_k}} at {here}: the next one is too large to compute with.",
            (AT_END, NO_STEP, behaves(Behaviour.GROWING)),
        ),
        Case(
            f"After step {{run_k}} at {here}: the next one is too large to compute with.",
            (AT_END, NO_STEP, behaves(Behaviour.UNBOUNDED)),
        ),
        Case(f"At {here} no step that was tried lowers the loss.", (AT_END, NO_STEP)),
        Case(
            f"Flat at {here}: slope 0, so the step is 0.",
            (("run_norm", 0.0, 0.0, "closed"), ("run_size", 0.0, 0.0, "closed")),
        ),
        Case(f"{begin} {product} = {step}. {rises}", (*plain, up)),  # type: ignore[arg-type]
        Case(f"{begin} {product} = {step}. {drops}", plain),  # type: ignore[arg-type]
        Case(f"{begin} {step}. {uphill}", (against, up)),
        Case(f"{begin} {step}. {falls}", (against,)),
        Case(f"{begin} {step}. {rises}", (up,)),
        Case(f"{begin} {step}. {drops}"),
    )
