"""Challenges about a descent: say what this η will do before it plays; for a loss of the learner's own as well."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from explorer.descent import Outcome, descend, number, place
from explorer.expression import Expression, parse
from explorer.figures.challenges import played
from explorer.figures.descent.view import View, weighed
from explorer.presets import DESCENT_CHALLENGES
from explorer.presets import Challenge as Asked
from explorer.scene.scene import Challenge, Reason

CHOICES = (Outcome.CONVERGED, Outcome.CYCLING, Outcome.DIVERGED, Outcome.STOPPED)
WORDS = {
    Outcome.CONVERGED: "converge",
    Outcome.CYCLING: "cycle",
    Outcome.DIVERGED: "diverge",
    Outcome.STOPPED: "none of these in {steps} steps",
}
WRONG = {
    Outcome.CONVERGED: (
        "every descent arrives if only it runs long enough",
        "Too large an η never arrives, however long it runs.",
    ),
    Outcome.CYCLING: (
        "whoever overshoots swings for ever",
        "It may overshoot and still close in, or fly off.",
    ),
    Outcome.DIVERGED: (
        "the first step is large, so the next ones grow",
        "What counts is whether steps grow or shrink.",
    ),
    Outcome.STOPPED: ("small steps always mean a minimum is near", "A flat slope is not yet a minimum."),
}
HINTS = {
    Outcome.CONVERGED: "Not yet: how large is each step beside the way that is left?",
    Outcome.CYCLING: "Not yet: for that the steps must come back to where they were, again and again.",
    Outcome.DIVERGED: "Not yet: for that the steps must lead ever farther away.",
    Outcome.STOPPED: "Not yet: do the steps shrink, grow or stay, and how fast?",
}


@lru_cache(maxsize=128)
def descent_challenges(loss: Expression, view: View) -> tuple[Challenge, ...]:
    """The course's challenges on this loss, or three made for it: a small η, a middling and a large one."""
    course = course_challenges(loss)
    found = played(course, loss) if course else _made(weighed(loss), view, ("x0", "y0"), (1.3, 0.5, 0.01))
    return tuple(map(_played_out, found))


def rate_challenges(loss: Expression, view: View, controls: tuple[str, str]) -> tuple[Challenge, ...]:
    """A large and a middling η for a loss in the plane of other `controls`."""
    return tuple(map(_played_out, _made(loss, view, controls, (1.3, 0.5))))


def _played_out(challenge: Challenge) -> Challenge:
    """Plain gradient descent, whose path is seen when the answer has been given."""
    return replace(
        challenge,
        start={**challenge.start, "decay": 0.0, "noise": 0.0},
        start_toggles={"verdict": False, "ahead": False, "gd": True, "backtracking": False},
        reveal_toggles={"verdict": True, "ahead": True},
        plays="step",
    )


def course_challenges(loss: Expression) -> list[Asked]:
    """The course's challenges that are about this loss."""
    return [c for c in DESCENT_CHALLENGES if parse(c.formula, ("x", "y")).text == loss.text]


def _made(
    loss: Expression, view: View, controls: tuple[str, str], shares: tuple[float, ...]
) -> tuple[Challenge, ...]:
    bound = 2 / view.curvatures[0][1] if view.curvatures else 5 * view.rate
    low, high = view.rates
    rates = [float(f"{min(max(share * bound, low), high):.2g}") for share in shares]
    made = [_predict(loss, view, controls, rate, index) for index, rate in enumerate(dict.fromkeys(rates))]
    return tuple(challenge for challenge in made if challenge is not None)


def _predict(
    loss: Expression, view: View, controls: tuple[str, str], rate: float, index: int
) -> Challenge | None:
    """What will this rate do from the view's start? None where the descent leaves the domain."""
    path = descend("gd", loss, view.start, rate, view.steps)
    if path.outcome not in CHOICES:
        return None
    answer = path.outcome
    tempting = [WRONG[outcome] for outcome in CHOICES if outcome is not answer][:2]
    reasons = [
        Reason(path.reason, right=True),
        *(Reason(text, right=False, says=says) for text, says in tempting),
    ]
    turn = (index + 1) % 3
    start = {"rate": rate, "step": 0.0} | dict(zip(controls, view.start, strict=False))
    return Challenge(
        name=f"predict{index}",
        question=f"From {place(view.start, loss.variables)} with η = {number(rate)}: what will {view.steps} steps do?",
        kind="choice",
        answer_text=f"After {len(path.steps)} steps it stands at {place(path.points[-1], loss.variables)}.",
        reasons=(*reasons[turn:], *reasons[:turn]),
        choices=tuple(WORDS[outcome].format(steps=view.steps) for outcome in CHOICES),
        choice=CHOICES.index(answer),
        hints=tuple("" if outcome is answer else HINTS[outcome] for outcome in CHOICES),
        start=start,
    )
