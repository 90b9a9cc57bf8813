"""What the descent page says while a learner drags: the update in numbers, the verdict and its reason.

The numbers come from the browser's walk. What is said of a verdict stands in `explorer.descent.sentences`; here its
templates get their quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from explorer.conditions import Condition, all_hold, is_above, is_at, is_at_least, is_below, is_unknown
from explorer.descent import OPTIMISERS, Behaviour
from explorer.descent.crossings import CROSSED
from explorer.descent.sentences import WORDS
from explorer.descent.templates import NO_BOUND, Say, on_a_curve
from explorer.figures.descent.run import SEAMED, behaves
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case

BOUNDED = {name: row.bound_formula for name, row in OPTIMISERS.items() if row.bound is not None}
"""The optimisers that have a bound c/λmax, and how it is written."""
FRESH: Condition = is_at("run_fresh", 1.0)
NOT_PLAYED = Case("⟨Play, and see.⟩", (FRESH,))
AT_END: Condition = is_at("run_left", 0.0)
DECAYED: Condition = is_above("decay", 0.0)
LOST: Condition = is_unknown("run_loss")
NO_SLOPE: Condition = is_unknown("run_norm")
RESTING: Condition = is_at_least("run_resting", 1.0)
"""While the verdict waits for the hand to let go: over many rows it takes longer than a frame."""
PATH_RESTS: Condition = is_at("run_resting", 2.0)
"""While the path waits too."""
NO_STEP: Condition = is_unknown("run_size")


ETA = "η = {run_last:g12}"
"""The rate of the last step, with as many digits as tell it from the bound."""


_HOLE = re.compile(r"\{(\w+)\}")
_HOLES = {
    "eta": ETA,
    "settled": "{run_settled}",
    "norm": "{run_final_norm:g3}",
    "condition": "{run_condition:g4}",
    "curvature": "{run_curvature:g3}",
    "loss": "{run_final_loss:g4}",
    "ahead": "{run_ahead:g4}",
    "count": "{run_count}",
    "period": "{run_period}",
    "swing": "{run_swing:g2}",
    "crossed": "{run_crossed}",
}
"""The quantities that stand for the named values of the table."""


def _on(name: str) -> Condition:
    return is_at(f"switch:{name}", 1.0)


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
        plain = f"{symbol} ← {{run_{axis}:g4}} − {{run_rate:o5}} · {{run_d{axis}:q4}} = {{run_n{axis}:g4}}"
        other = f"{symbol} ← {{run_{axis}:g4}} {{run_s{axis}:t4}} = {{run_n{axis}:g4}}"
        exact = (_on("gd"), is_at("noise", 0.0), is_at("switch:backtracking", 0.0))
        rows.append(
            (
                f"update_{axis}" if axis == "y" else "update",
                (*_standstill(symbol), Case(plain, exact), Case(other)),
            )
        )
    return tuple(rows)


def _standstill(symbol: str) -> Iterator[Case]:
    """Why no step follows: only where none lowers the loss does a descent stay where it is."""
    for when in (LOST, NO_SLOPE):
        yield Case("no next step", (when,))
    for behaviour in (Behaviour.GROWING, Behaviour.UNBOUNDED):
        yield Case("next step: too large", (NO_STEP, behaves(behaviour)))
    yield Case(f"{symbol} stays", (NO_STEP,))


LATER = "follows when you let go"


def at_rest(symbol: str, cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """The cases of an update, and a word while the path waits."""
    return (Case(f"{symbol} {LATER}", (PATH_RESTS,)), *cases)


def _told(text: str, plane: bool) -> str:
    """A template of the table with the browser's quantities in its holes."""
    return _HOLE.sub(lambda hole: _place(hole[1], plane) or _HOLES.get(hole[1], hole[0]), text)


def _place(hole: str, plane: bool) -> str:
    if hole == "wall":
        return "w = {run_wall:g4}"
    return spot(hole, plane) if hole in {"final", "before", "minimum"} else ""


def _when(say: Say, known: Mapping[str, float]) -> tuple[Condition, ...] | None:
    """What remains of its conditions where some numbers are `known`; None where it is never said."""
    if not all_hold([condition for condition in say.when if condition[0] in known], known.__getitem__):
        return None
    return tuple((f"run_{name}", *rest) for name, *rest in say.when if name not in known)  # type: ignore[misc]


def _cases(says: Sequence[Say], behaviour: Behaviour | None, quadratic: bool, plane: bool) -> Iterator[Case]:
    """A row of the table as cases: one for each optimiser where its bound, or why it has none, is named."""
    shown = () if behaviour is None else (behaves(behaviour),)
    for say in () if quadratic and behaviour in SEAMED else says:
        when = _when(say, {"quadratic": quadratic, "plane": plane, **({"kink": 0.0} if quadratic else {})})
        if when is None:
            continue
        text = _told(say.text, plane)
        if "{bound}" in text:
            for name, formula in BOUNDED.items():
                bound = f"the {'' if quadratic else 'local '}bound {formula} = {{run_told:g12}}"
                bound += "" if quadratic else f" at {spot('minimum', plane)}"
                yield Case(text.replace("{bound}", bound), (*shown, _on(name), *when))
        elif "{no_bound}" in text:
            for name, why, more in _without_bound():
                yield Case(text.replace("{no_bound}", why), (*shown, *when, _on(name), *more))
        else:
            yield Case(text, (*shown, *when))


def _without_bound() -> Iterator[tuple[str, str, tuple[Condition, ...]]]:
    """Each optimiser that may have no bound, why, and while which switch is on."""
    switches = {"gd": {"backtracking": 1.0}}
    for name, row in OPTIMISERS.items():
        if row.bound is not None and name not in switches:
            continue
        known = {"second_order": float(row.second_order), "backtracking": 0.0} | switches.get(name, {})
        say = next(say for say in NO_BOUND if _when(say, known) == ())
        more = tuple(_on(switch) for switch in switches.get(name, {}))
        yield name, say.text.replace("{label}", row.label), more


def headlines(quadratic: bool) -> tuple[Case, ...]:
    """The verdict in a word or two; at its bound on a quadratic a descent neither arrives nor gets away."""
    rows = (
        case
        for behaviour, words in WORDS.items()
        for case in _cases(words.headline, behaviour, quadratic, plane=False)
    )
    return (*rows, Case("–"))


def reasons(quadratic: bool, plane: bool) -> tuple[Case, ...]:
    """Why the path ends as it does, with the numbers that decide it."""
    cases = (
        Case("The loss is undefined at this start.", (is_at("run_count", 0.0), LOST)),
        # No wall of a plane is looked for.
        *(() if plane else _cases(CROSSED, None, quadratic, plane)),
        *(
            case
            for behaviour, words in WORDS.items()
            for case in _cases(words.line, behaviour, quadratic, plane)
        ),
        Case(""),
    )
    told = tuple(told for case in cases for told in _with_decay(case))
    return told if plane else tuple(replace(case, text=on_a_curve(case.text)) for case in told)


def _with_decay(case: Case) -> tuple[Case, ...]:
    """Plain descent may decay: what is said of η is then said of the decayed rate, and called so."""
    others = [_on(name) for name in OPTIMISERS if name != "gd"]
    if ETA not in case.text or any(condition in others for condition in case.when):
        return (case,)
    plain = () if _on("gd") in case.when else (_on("gd"),)
    return Case(case.text.replace(ETA, f"{ETA} (decayed)"), (*case.when, *plain, DECAYED)), case


def sentences(plane: bool) -> tuple[Case, ...]:
    """The line under the picture: where the ball is, what the next step will be and what it will bring."""
    here = spot("", plane)
    slope = "Gradient ({run_dx:g4}, {run_dy:g4})" if plane else "Slope {run_dx:g4}"
    begin = "Next step:" if plane else "Slope {run_dx:g4}, so the next step is"
    step = "({run_sx:g4}, {run_sy:g4})" if plane else "{run_sx:g4}"
    product = "−{run_rate:o5} × ({run_dx:g4}, {run_dy:g4})" if plane else "−{run_rate:o5} × {run_dx:q4}"
    drops = "Predicted drop {run_predicted:g3}, actual {run_actual:g3}."
    rises = "Predicted drop {run_predicted:g3}, but the loss rises by {run_rise:g3}: too far."
    uphill = "A rise of {run_climb:g3} is predicted, and the loss rises by {run_rise:g3}: uphill."
    falls = "A rise of {run_climb:g3} is predicted, but the loss drops by {run_actual:g3}."
    plain = (_on("gd"), is_at("noise", 0.0), is_at("switch:backtracking", 0.0))
    up: Condition = is_below("run_actual", 0.0)
    against: Condition = is_below("run_predicted", 0.0)
    return (
        *with_paper(
            Case(
                "The loss is undefined here⟨: drag the start into its domain|⟩.", (LOST, is_at("run_k", 0.0))
            ),
            Case(
                f"Step {{run_k}} landed at {here}, where the loss is undefined: it left the domain.", (LOST,)
            ),
            Case(f"There is no slope at {here}, so there is no next step.", (NO_SLOPE,)),
            Case(f"{slope} here, so the next step is {product} = {step}.⟨ Press Step.⟩", (FRESH, *plain)),
            Case(f"{slope} here, and the next step is {step}.⟨ Press Step.⟩", (FRESH,)),
        ),
        Case(
            f"After step {{run_k}} at {here}: the next one is too large to compute with.",
            (AT_END, NO_STEP, behaves(Behaviour.GROWING)),
        ),
        Case(
            f"After step {{run_k}} at {here}: the next one is too large to compute with.",
            (AT_END, NO_STEP, behaves(Behaviour.UNBOUNDED)),
        ),
        Case(
            f"It has come to {spot('minimum', plane)}, where the loss jumps: there is no slope at a jump.",
            (AT_END, behaves(Behaviour.JUMP)),
        ),
        Case(f"At {here} no step that was tried lowers the loss.", (AT_END, NO_STEP)),
        Case(
            f"Flat at {here}: slope 0, so the step is 0.",
            (is_at("run_norm", 0.0), is_at("run_size", 0.0)),
        ),
        Case(f"{begin} {step}; but for rounding the loss stays the same.", (is_at("run_one", 1.0),)),
        Case(f"{begin} {product} = {step}. {rises}", (*plain, up)),
        Case(f"{begin} {product} = {step}. {drops}", plain),
        Case(f"{begin} {step}. {uphill}", (against, up)),
        Case(f"{begin} {step}. {falls}", (against,)),
        Case(f"{begin} {step}. {rises}", (up,)),
        Case(f"{begin} {step}. {drops}"),
    )


def in_letters(cases: Iterable[Case], first: str, second: str) -> tuple[Case, ...]:
    """The words for a loss of (x, y), for one of two other letters."""
    letters = {"x": first, "y": second}

    def renamed(text: str) -> str:
        text = text.replace("(x, y)", f"({first}, {second})")
        return re.sub(r"\b[xy](?= ←| stays)", lambda found: letters[found[0]], text)

    return tuple(replace(case, text=renamed(case.text)) for case in cases)


def predicted_drop(loss: str) -> str:
    """What the column of the steps' table means; `loss` is the letter of what is descended on."""
    return (
        f"The predicted drop is −∇{loss} · step, which is η‖∇{loss}‖² for gradient descent: what {loss} would fall by "
        "if it were as steep all the way."
    )


def race_terms(gradients: int) -> str:
    """On which terms the optimisers race."""
    return (
        f"All begin at the same place, and each may work out the gradient {gradients} times. Newton’s second "
        "derivatives cost as many gradients as the loss has variables. Each trial of a line search costs one. Gradient "
        "descent, momentum and Nesterov run at the η of the figure."
    )


def maps_note(optimiser: str, steps: int, rate: str, mapped: int, minima: int) -> str:
    """What both maps show: losses after `steps` steps by rate, and where each start leads within `mapped` steps."""
    return (
        f"{optimiser}. Left: the loss after {steps} steps for every η. Right: where each start leads at η = {rate} "
        f"within {mapped} steps, {minima or 'no'} {'minimum' if minima == 1 else 'minima'}; grey: not settled, white: "
        "diverged. Click or drag on either."
    )
