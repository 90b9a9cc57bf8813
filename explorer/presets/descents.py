"""The questions of the descent page."""

from __future__ import annotations

from explorer.presets.records import Challenge, Reason

DESCENT_CHALLENGES = (
    Challenge(
        "From w = 4 on w²: which learning rate arrives at the minimum in one single step?",
        "x^2",
        "rate",
        "η = 0.5: the step is −0.5 · 8 = −4. Each step multiplies w by 1 − 2η, and that is 0.",
        (
            Reason("1 − 2η is 0 for η = 0.5: nothing is left after one step", right=True),
            Reason(
                "η = 1, since then the whole slope is used", says="With η = 1 the step is −8: it lands at −4."
            ),
            Reason(
                "the larger η, the sooner it arrives",
                says="Past 0.5 it overshoots; from 1 on it never arrives.",
            ),
        ),
        start=0.1,
        value=0.5,
        tolerance=0.005,
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "From w = 4 on w² with η = 0.9: what will 40 steps do?",
        "x^2",
        "rate",
        "It converges: every step multiplies w by 1 − 1.8 = −0.8, so it changes sides and comes nearer.",
        (
            Reason("the factor −0.8 is smaller than 1 in size, whatever its sign", right=True),
            Reason(
                "whoever overshoots diverges",
                says="It overshoots at every step, and yet lands nearer each time.",
            ),
            Reason(
                "0.9 is below 1, and below 1 every descent converges",
                says="1 is the bound of this loss, 2/f″.",
            ),
        ),
        start=0.9,
        choices=("converge", "cycle", "diverge"),
        hints=(
            "Not yet: for that each step must land exactly as far on the other side.",
            "Not yet: for that each step must land farther away than it began.",
        ),
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "From w = 4 on w² with η = 1, just at the bound: what will 40 steps do?",
        "x^2",
        "rate",
        "It cycles between 4 and −4 for ever: the factor is 1 − 2 = −1.",
        (
            Reason("each step lands exactly as far on the other side", right=True),
            Reason(
                "the slope gets smaller at every step, so it must converge", says="The slope stays 8 or −8."
            ),
            Reason(
                "an η of 1 is too large, so the loss grows", says="The loss stays 16; it grows only above 1."
            ),
        ),
        start=1.0,
        choices=("cycle", "converge", "diverge"),
        hints=(
            "Not yet: how large is each step beside the way that is left?",
            "Not yet: for that each step must land farther away than it began.",
        ),
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "From w = 4 on w² with η = 1.1: what will 40 steps do?",
        "x^2",
        "rate",
        "It diverges: −4.8, 5.76, −6.912 … The factor is −1.2.",
        (
            Reason("η is above the bound 2/f″ = 1, so each step overshoots farther", right=True),
            Reason(
                "it swings about the minimum and settles there",
                says="Each swing is 1.2 times the one before.",
            ),
            Reason("it cycles, as with η = 1", says="At 1 exactly, and nowhere else."),
        ),
        start=1.1,
        choices=("diverge", "cycle", "converge"),
        hints=(
            "Not yet: for that each step must land exactly as far on the other side.",
            "Not yet: how large is each step beside the way that is left?",
        ),
        sets=(("x0", 4.0), ("step", 0.0)),
    ),
    Challenge(
        "Two valleys, η = 0.01, start at 0.25: where does it end?",
        "3x^4 - 5x^2 + 2x",
        "rate",
        "At 0.789, the shallower valley: from right of the maximum at 0.211 downhill leads to the right.",
        (
            Reason(
                "descent goes down from where it stands; 0.25 lies right of the maximum at 0.2113", right=True
            ),
            Reason(
                "descent finds the lowest point",
                says="It finds the valley it stands in; the lower one is at −1.",
            ),
            Reason(
                "it stays near the maximum, where it is flat", says="The slope there is small, but not zero."
            ),
        ),
        start=0.01,
        choices=("at 0.789", "at −1, the lowest point", "near 0.211"),
        hints=(
            "Not yet: which way is downhill at 0.25?",
            "Not yet: it goes on as long as there is a slope.",
        ),
        sets=(("x0", 0.25), ("step", 0.0)),
    ),
    Challenge(
        "Two valleys, η = 0.01: find a start from which it reaches −1.",
        "3x^4 - 5x^2 + 2x",
        "x0",
        "Every start left of the maximum at 0.2113 leads to −1 with this small η.",
        (
            Reason("the maximum at 0.2113 parts the two valleys", right=True),
            Reason("only starts left of −1 lead to −1", says="From 0 it goes there as well."),
            Reason(
                "every start does, for −1 is the global minimum",
                says="Descent knows nothing of the global minimum.",
            ),
        ),
        start=0.8,
        places=((-3.12, 0.2113248),),
        open=True,
        sets=(("rate", 0.01), ("step", 0.0)),
        shows=(("x0", 0.1),),
    ),
    Challenge(
        "|x| from 1 with η = 0.3: where does it end?",
        "|x|",
        "rate",
        "It bounces between 0.1 and −0.2 for ever: the slope is 1 or −1, so every step is 0.3 long.",
        (
            Reason("the slope does not fade towards the kink, so neither do the steps", right=True),
            Reason(
                "near the minimum the slope is small, so it settles at 0", says="The slope is 1 however near."
            ),
            Reason(
                "0.3 is above the bound, so it diverges", says="|x| has no curvature, hence no such bound."
            ),
        ),
        start=0.3,
        choices=("bouncing around 0", "at 0", "far away"),
        hints=(
            "Not yet: how long is each step, near the tip too?",
            "Not yet: do the steps grow?",
        ),
        sets=(("x0", 1.0), ("step", 0.0)),
    ),
    Challenge(
        "A valley, 25 times as steep across as along, η = 0.085: what will 60 steps do?",
        "0.5x^2 + 12.5y^2",
        "rate",
        "It diverges: across the valley the bound is 2/25 = 0.08. The steepest direction decides.",
        (
            Reason("across, each step multiplies y by 1 − 25η = −1.125", right=True),
            Reason(
                "along the valley 1 − η is 0.915, so it converges", says="Along it does; across it does not."
            ),
            Reason("the average curvature decides", says="One direction that diverges is enough."),
        ),
        start=0.085,
        choices=("diverge", "converge", "cycle"),
        hints=(
            "Not yet: look at each direction by itself. Does it come nearer across the valley too?",
            "Not yet: for that a step must land exactly as far on the other side.",
        ),
        sets=(("x0", 4.0), ("y0", 1.0), ("step", 0.0)),
    ),
)
