"""What is said of each behaviour: a headline, a line beside the figure, and the whole reason, sentence by sentence.

All are templates with named values. The headline and the line travel with the scene (`figures.descent_words` puts
quantities into their holes); the reason is filled in by `reasons.py`, which says what each value is. Of each list the
first whose conditions hold is said; an empty text says nothing. Bounds are rounded down, and called local unless the
loss is quadratic.
"""

from explorer.conditions import (
    Condition,
    is_above,
    is_at,
    is_at_least,
    is_at_most,
    is_below,
    is_between,
    is_known,
    is_unknown,
)

from .measures import SHARP
from .templates import IN_A_CYCLE, NO_BOUND, NOTHING, ROUND, TO_AND_FRO, Say, say, words
from .trajectory import Behaviour

LOCAL, QUADRATIC = is_at("quadratic", 0), is_at("quadratic", 1)
PLANE = is_at("plane", 1)
BOUND = is_known("bound")
"""The optimiser has a bound, and there is a minimum that it belongs to."""
BELOW, AT, ABOVE = is_below("share", 1), is_at("share", 1), is_above("share", 1)
FREE, LONG = is_unknown("bound"), is_at_least("condition", 20)
KINK, LEVEL = is_at("kink", 1), is_at("level", 1)
CONSTANT = LEVEL, QUADRATIC, is_at("plane", 0), is_at("curvature", 0)
"""A slope of 0 where the only curvature is 0 everywhere."""
SHARPLY = is_unknown("minimum_x"), is_above("sharpness", SHARP)


def _free(*when: Condition) -> tuple[Say, ...]:
    return tuple(Say(row.text, (*when, *row.when)) for row in NO_BOUND)


_ON_A_KINK = (
    "At {minimum} it lands on the kink, to rounding. The slope jumps there and is never 0, "
    "so a whole step leads away again."
)
_SLOWLY = (
    say("{eta} is below {bound}: the swings shrink, but too slowly to be seen.", BELOW, QUADRATIC),
    say("{eta} is above {bound}: the swings widen, but too slowly to be seen.", ABOVE, QUADRATIC),
)
_AT_THE_BOUND = say("{eta} equals {bound}: the swings keep their width.", AT, QUADRATIC)
_CONDITION = "The condition number is {condition}"
_SWINGING = "It swings back and forth, and the last swings are the smallest"
_HALVING = (
    say("Halving what is left takes more than {most} more steps.", is_above("halving", 1e6)),
    say("Halving what is left takes {halving} more steps.", is_known("halving")),
    NOTHING,
)
_STILL = "Stopped after {steps}, still on its way: gradient norm {norm} at {now}."
_SWUNG = (
    say(
        "Stopped after {steps}, overshooting: each step crosses to the other side and lands lower.",
        is_at("crosses", 1),
    ),
    say(
        "Stopped after {steps}, overshooting: it swings back and forth, and the last swings are the smallest."
    ),
)

WORDS = {
    Behaviour.MINIMUM: words(
        "Converges",
        (
            say("The start is the minimum: the slope is 0, so there is no step.", is_at("settled", 0)),
            say("At {minimum}, where the slope jumps from down to up: a minimum at a kink.", KINK),
            say("Near {minimum} from step {settled} on: {eta} is below {bound}.", BELOW),
            say(
                "Near {minimum} from step {settled} on, though {eta} is not below {bound}: it came in exactly along a "
                "flatter direction, and the smallest step aside would not die out.",
                BOUND,
                PLANE,
            ),
            say(
                "Near {minimum} from step {settled} on, though {eta} is not below {bound}: it landed there exactly, "
                "and the smallest step aside would not die out.",
                BOUND,
            ),
            say("Near {minimum} from step {settled} on. {no_bound}", is_known("minimum_x")),
            say("At {final}: no second derivative above 0 can be told at the bottom, and no bound 2/λmax."),
        ),
        (
            say(
                "Converged to {kink}{since}: the slope jumps there from down to up, a minimum at a kink.",
                KINK,
            ),
            say("Converged to {rest}{since}: too sharp a bottom for a bound 2/λmax on η.", *SHARPLY),
            say(
                "Converged to {rest}{since}: no second derivative above 0 can be told at the bottom, so there is no "
                "bound 2/λmax to hold η against.",
                is_unknown("minimum_x"),
            ),
            say("Converged to the minimum at {minimum}{since}: {eta} is below {bound}.", BELOW),
            say("Converged to the minimum at {minimum}{since}."),
        ),
        (
            *(say("", KINK), say("", is_unknown("minimum_x"))),
            *_free(FREE),
            say(
                "It overshoots on the way: above half of that each step crosses to the other side.",
                *(is_above("turning", 0.5), is_at("plain", 1), is_above("share", 0.5)),
            ),
            NOTHING,
        ),
        (
            say("", KINK),
            say(f"{_CONDITION}: the flat direction is the slow one.", BOUND, LONG),
            NOTHING,
        ),
    ),
    Behaviour.VALLEY: words(
        "Converges, to a flat spot",
        "At {final} some curvature is zero: a valley floor or a flat spot.",
        "Converged to {rest}, where the gradient norm is {norm} and some curvature is zero: a valley floor or a flat "
        "spot, where the second-derivative test is silent.",
    ),
    Behaviour.SADDLE: words(
        "Converges, to a saddle",
        "The gradient is zero at {final}, yet one curvature is {curvature}: nudge it.",
        "Converged to a saddle at {rest}, not to a minimum: the gradient is zero there, but the curvature{along} is "
        "{curvature}, so a nudge that way leads on down.",
    ),
    Behaviour.MAXIMUM: words(
        "Rests on a maximum",
        "The gradient is zero at {final}, so there is no step; the smallest nudge starts a descent.",
        "Resting at {rest}, which is a maximum: the gradient is zero, so there is no step; the smallest nudge would "
        "start a descent.",
    ),
    Behaviour.CYCLE: words(
        (*(say("All but cycles", *row.when) for row in _SLOWLY), say("Cycles")),
        (
            say(_ON_A_KINK, KINK),
            say("{eta} equals {bound}: each step lands just as far on the other side.", AT),
            *_SLOWLY,
            say(
                "{eta} is above {bound}: the minimum pushes it away, and farther out the loss brings it back.",
                *(LOCAL, ABOVE),
            ),
            say("{eta} is below {bound}. A local bound promises nothing far away.", LOCAL, BOUND),
            *IN_A_CYCLE,
        ),
        (
            say(
                "Cycles {orbit}: {kink} is, to rounding, the bottom itself, a kink. The slope jumps there and is "
                "never 0, so a whole step leads away again; a smaller or a decaying η stays closer.",
                KINK,
            ),
            say("Cycles {orbit}: the steps do not shrink at {eta}.", FREE, is_at("second_order", 1)),
            say("Cycles {orbit}: the steps do not shrink at {eta}.", FREE, is_known("minimum_x")),
            say(
                "Cycles {orbit}: on both sides the slope is such that at {eta} each step jumps back over the bottom. "
                "A smaller or a decaying η comes closer.",
                *(FREE, TO_AND_FRO),
            ),
            say(f"Cycles. {ROUND}", FREE),
            say("Cycles {orbit}: {eta} equals {bound}: each step lands just as far on the other side.", AT),
            *_SLOWLY,
            say(
                "Cycles {orbit}: {eta} is above {bound}, so the minimum pushes it away, and farther out the loss "
                "brings it back.",
                ABOVE,
            ),
            say("Cycles {orbit}: {eta} is below {bound}, but a local bound promises nothing farther away."),
        ),
    ),
    Behaviour.BOUNCING: words(
        (say("Swings without end", *_AT_THE_BOUND.when), say("Bounces, not settled")),
        (
            say("{eta} is above {bound}.", ABOVE),
            _AT_THE_BOUND,
            say("Back and forth at {eta}, now at {final}."),
        ),
        (
            say(
                "Stopped after {steps}, bouncing back and forth, not settled: {eta} is above {bound}.", ABOVE
            ),
            _AT_THE_BOUND,
            say(
                "Stopped after {steps}, bouncing back and forth, not settled at {eta}; the last step was "
                "{last_step} long."
            ),
        ),
    ),
    Behaviour.OVERSHOOTING: words(
        "Overshoots, yet closes in",
        (
            say(f"{_SWINGING}: {{eta}} is below {{bound}}.", is_between("share", 0.5, 0.9)),
            say(f"{_SWINGING}: {{eta}} is just below {{bound}}.", is_between("share", 0.9, 1.0)),
            say(f"{_SWINGING}."),
        ),
        _SWUNG,
        (
            say("{eta} is just below {bound}.", is_between("share", 0.9, 1.0)),
            say("{eta} is below {bound}.", BELOW),
            NOTHING,
        ),
        (say(f"{_CONDITION}, so the flat direction is slow too.", BELOW, LONG), NOTHING),
    ),
    Behaviour.CRAWLING: words(
        "Crawls",
        (
            say("Gradient norm {norm} at {final}: {eta} is far below {bound}.", is_below("share", 0.05)),
            say(
                "Gradient norm {norm} at {final}. Condition number {condition}: the steep direction sets {bound}, the "
                "flat is slow.",
                *(BOUND, LONG),
            ),
            say("Gradient norm {norm} at {final}. {eta} against {bound}.", BOUND),
            say("Gradient norm {norm} at {final}; each step is tiny beside what is left."),
        ),
        "Stopped after {steps}, crawling: gradient norm {norm} at {now}.",
        (
            say("", FREE),
            say("{eta} is far below {bound}.", is_below("share", 0.05)),
            say("{eta}; {bound}.", is_below("condition", 20)),
            say(
                f"{_CONDITION}: the steep direction sets {{bound}}, and along the flat one {{eta}} gets on slowly."
            ),
        ),
        _HALVING,
    ),
    Behaviour.PLATEAU: words(
        (say("On level ground", LEVEL), say("Stuck on a plateau")),
        (
            say("The loss is constant: its slope is exactly 0 everywhere, and no point is lower.", *CONSTANT),
            say(
                "The slope is exactly 0 at {final} and around: level ground, all of it as low, or a tail whose slope "
                "is too small a number.",
                LEVEL,
            ),
            say("Gradient norm {norm} at {final}: a flat slope is not yet a minimum."),
        ),
        (
            say(
                "Stays where it is: the loss is constant, its slope is exactly 0 everywhere, and no point is lower.",
                *CONSTANT,
            ),
            say(
                "Hardly moves: the slope is exactly 0 at {now} and around it. This is level ground, every point of it "
                "as low, or a tail whose slope is too small a number to compute with.",
                *(LEVEL, is_at("next_length", 0)),
            ),
            say(
                "Hardly moves: the slope is exactly 0 at {now} and around it; what is left of earlier slopes makes the "
                "next step {next_step} long. This is level ground, every point of it as low, or a tail whose slope is "
                "too small a number to compute with.",
                LEVEL,
            ),
            say(
                "Hardly moves: this is a plateau. The gradient norm is {norm} at {now}, so the next step has length "
                "{next_step}; a flat slope is not yet a minimum."
            ),
        ),
    ),
    Behaviour.FALLING: words(
        "Still falling",
        "Gradient norm {norm} at {final}: no minimum in sight.",
        (
            say(
                "Stopped after {steps}, still falling at {now}: the curvature{along} is {curvature}, so the slope "
                "grows on the way down.",
                is_below("curvature", 0),
            ),
            say(
                "Stopped after {steps}, still falling at {now}: the slope does not flatten, gradient norm {norm}, so "
                "no minimum is in sight."
            ),
        ),
    ),
    Behaviour.UNFINISHED: words(
        "Still on its way",
        (
            say(
                "Gradient norm {norm} at {final}. Condition number {condition}: the steep direction sets {bound}, the "
                "flat is slow.",
                *(BOUND, LONG),
            ),
            say("Gradient norm {norm} at {final}. {eta} is below {bound}.", BELOW),
            say("Gradient norm {norm} at {final}."),
        ),
        _STILL,
        (
            say("", FREE),
            say("{eta} is below {bound}.", BELOW),
            say("{eta} is not below {bound}."),
        ),
        (say(f"{_CONDITION}: the flat direction is slow.", BOUND, LONG), NOTHING),
    ),
    Behaviour.NOISY: words(
        "Kept moving by the noise",
        "The noise σ = {noise} keeps it moving; a smaller or decaying η narrows the cloud.",
        "Stopped after {steps} at {now}: the noise, σ = {noise}, keeps it moving. A smaller or decaying η narrows the "
        "cloud it wanders in.",
    ),
    Behaviour.NO_GRADIENT: words(
        "Stops: no gradient here",
        "At {final} the loss has no gradient (a kink, a jump, or a slope that is not finite).",
        (
            say(
                "Stopped at {now}: the numbers in the gradient grow too large there to compute with.",
                is_at("overflowing", 1),
            ),
            say(
                "Stopped at {now}: the loss has no gradient there (a kink, a jump, or a slope that is not finite), so "
                "there is no next step."
            ),
        ),
    ),
    Behaviour.NO_LOWER_POINT: words(
        "Stops: nothing lower found",
        "At {final} even the smallest step tried does not lower the loss.",
        "Stopped at {now}: along the step no lower point was found even after halving it many times. The gradient norm "
        "is {norm}.",
    ),
    Behaviour.GROWING: words(
        (say("Swings without end", QUADRATIC, AT), say("Diverges")),
        (
            say("{eta} exceeds {bound}: each step overshoots farther than the one before.", ABOVE, QUADRATIC),
            say(
                "{eta} exceeds {bound}, and the steps lead farther and farther out. A local bound promises nothing far "
                "away.",
                *(LOCAL, ABOVE),
            ),
            say(
                "{eta} equals {bound}: the swings widen at first, then they keep their width.", AT, QUADRATIC
            ),
            say("{eta} equals {bound}. A local bound promises nothing far away.", LOCAL, AT),
            say("And yet {eta} is not above {bound}.", BOUND, QUADRATIC),
            say("And yet {eta} is not above {bound}. A local bound promises nothing far away.", LOCAL, BOUND),
            say("At {eta} the steps lead farther and farther out."),
        ),
        (
            say(
                "Diverged at once: around {now} the numbers are too large to compute with.", is_at("steps", 0)
            ),
            say("Diverged: at {eta} the steps lead farther and farther out.", FREE),
            say(
                "Diverged: {eta} exceeds {bound}, so each step overshoots farther than the one before.",
                *(ABOVE, QUADRATIC),
            ),
            say("Diverged: {eta} exceeds {bound}, and the steps lead farther and farther out.", ABOVE),
            say(
                "Diverged, although {eta} is not above {bound}: a local bound promises nothing far away, and on the "
                "way from this start the loss is too steep."
            ),
        ),
        (
            say("", is_at("steps", 0)),
            say("", FREE, is_at("bounded", 1)),
            *_free(FREE),
            say("Local bounds promise nothing far away.", ABOVE, LOCAL),
            NOTHING,
        ),
    ),
    Behaviour.UNBOUNDED: words(
        "Diverges: no bottom",
        "Past {final} the loss keeps falling: no minimum that way, at any η.",
        "Diverged: past {now} the loss keeps falling, now {loss}. In this direction there is no minimum to find, at "
        "any η.",
    ),
    Behaviour.OUTSIDE: words(
        "Leaves the domain",
        "Step {count} lands at {final}, where the loss is undefined; a shorter one may not.",
        (
            say(
                "The loss is undefined at the start {now}; choose a start inside its domain.",
                is_at("steps", 0),
            ),
            say(
                "Left the domain: step {count} lands at {now}, where the loss is undefined. At {eta} that step was "
                "{last_step} long; a shorter one may stay inside."
            ),
        ),
    ),
    Behaviour.SLIDING: words(
        "Still on its way",
        "At {final} the slope is constant; steps left at this pace: about {ahead}.",
        (
            say(
                "Stopped after {steps}, still on its way at {now}: the slope is constant here, gradient norm {norm}, "
                "and at this pace the bottom is about 1 more step ahead.",
                is_at_most("ahead", 1),
            ),
            say(
                "Stopped after {steps}, still on its way at {now}: the slope is constant here, gradient norm {norm}, "
                "and at this pace the bottom is about {ahead} more steps ahead."
            ),
        ),
    ),
    Behaviour.KINK: words(
        "On the kink, not at rest",
        _ON_A_KINK,
        "Stopped after {steps} at {kink}, which is, to rounding, the bottom itself, but not at rest: at a kink the "
        "slope jumps and is never 0, so the next step, {next_step} long, leaves it.",
    ),
    Behaviour.JUMP: words(
        "Comes to a jump",
        "It has come to {minimum}, where the loss jumps: no slope there, and rounding may decide on which side it is.",
        "Stopped after {steps} at {now}: it has come to {kink}, where the loss jumps. There is no slope at a jump, and "
        "on which side of it a path stands rounding may decide.",
    ),
    Behaviour.FADING: words(
        "Creeps to a flat bottom",
        "Gradient norm {norm} at {final}: the curvature fades out towards the bottom.",
        "Stopped after {steps}, creeping: gradient norm {norm} at {now}. The curvature fades out towards the bottom, "
        "so the steps fade out as well.",
    ),
    Behaviour.ASTRAY: words(
        "Higher than it began",
        "At {final} the loss is {loss}, more than at the start: try a smaller η.",
        "Stopped after {steps} at {now}, higher than it began: the loss went from {first_loss} to {loss}.",
        "The longest step, number {longest_row}, was {longest} long.",
    ),
    Behaviour.LULL: words(
        "Calm, but not at rest",
        "Calm at {final}, yet later steps leave it again: a lull is no rest.",
        "Calm after {steps} at {now}, but a lull is no rest: later steps leave it again.",
        (
            say("", is_at("remembers", 0)),
            say("What {label} remembers of the slopes carries it on.", is_at("restless", 0)),
            say(
                "With a constant η the steps of {label} do not shrink with the slope: {unrest}. A smaller η stays "
                "closer."
            ),
        ),
    ),
    Behaviour.BLURRED: words(
        "Lost in rounding",
        "Near {final} the digits of the slope cancel: rounding may make up the steps to come.",
        "Stopped after {steps} near {now}, and rounding decides what follows: where the slope gets flat the digits in "
        "it cancel, and what is left of them may lead anywhere.",
    ),
    Behaviour.LOOSE: words(
        "Not held",
        "At {final} for now, yet later steps grow until the numbers are too large.",
        "Stopped after {steps} at {now}, but not held: later steps grow until the numbers are too large to compute "
        "with. A smaller η may hold it.",
    ),
}
