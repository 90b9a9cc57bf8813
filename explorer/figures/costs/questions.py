"""Questions on the costs page, answered before they are shown: kinds, each asked where its answer is sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from explorer.conditions import is_at
from explorer.figures.challenges import FAR, SIDES, SIZES
from explorer.numeric import number_text
from explorer.numeric.costs import COSTS, house_names
from explorer.scene.scene import Challenge, Reason, Scene

NEAR = 0.02
"""So near the best hub, in parts of the axis, an answer is right."""

HOUSE_QUIET = {"best_x": False, "mean": False, "exact": False}
"""Switches that would tell the answer."""

Asked = Callable[[Sequence[float], tuple[float, float]], Challenge | None]


def asked_of(scene: Scene, places: Sequence[float]) -> Scene:
    """The scene of houses with questions about those that stand there now."""
    hub = next(control for control in scene.controls if control.name == "x")
    return replace(scene, challenges=house_challenges(places, hub.value, (hub.min, hub.max)))


def house_challenges(places: Sequence[float], hub: float, span: tuple[float, float]) -> tuple[Challenge, ...]:
    """The questions about these houses while they stand; each begins with the hub where it stood first."""
    mean, width = sum(places) / len(places), span[1] - span[0]
    # A question does not begin at its answer.
    begins = hub if abs(hub - mean) > 3 * NEAR * width else float(f"{span[0] + 0.1 * width:.12g}")
    stand = {"houses": float(len(places)), **dict(zip(house_names(), places, strict=False))}
    when = tuple(is_at(name, place) for name, place in stand.items())
    asked = (ask(places, span) for ask in HOUSE_KINDS)
    return tuple(
        replace(_begun(one, {"x": begins, **stand}, index), when=when)
        for index, one in enumerate(asked)
        if one is not None
    )


def _begun(challenge: Challenge, start: dict[str, float], index: int) -> Challenge:
    """With a name, with all that stands, and its choices and reasons in an order that does not tell the right one."""
    turn = 1 + index % 2
    known = {**challenge.__dict__}
    known["reasons"] = challenge.reasons[turn:] + challenge.reasons[:turn]
    if challenge.choices:
        choices = challenge.choices[turn:] + challenge.choices[:turn]
        hints = challenge.hints[turn:] + challenge.hints[:turn]
        known |= {"choices": choices, "choice": choices.index(challenge.choices[0]), "hints": hints}
    return Challenge(**known | {"name": f"costs{index}", "start": {**start, **challenge.start}})


def _of(cost: str) -> dict[str, bool]:
    """The switches of a question about this cost."""
    return {**HOUSE_QUIET, **{one: one == cost for one in COSTS}}


def _least_squares(places: Sequence[float], span: tuple[float, float]) -> Challenge:
    mean = sum(places) / len(places)
    return Challenge(
        name="",
        question="Where must the hub be so that the sum of the squares is least? Leave it there.",
        kind="place",
        control="x",
        hints=SIDES,
        far=FAR[SIDES],
        answer_text=f"At the mean of the houses, {number_text(mean, 4)}: the arms at both sides are equally long.",
        reasons=(
            Reason("the distances at the left add up to those at the right, so the slope is 0", right=True),
            Reason(
                "as many houses stand at its left as at its right",
                right=False,
                says="So it is where each house pulls alike. A square pulls the more, the farther it is.",
            ),
            Reason(
                "it is halfway between the first house and the last",
                right=False,
                says="The houses between them count as well.",
            ),
        ),
        intervals=((mean, mean),),
        tolerance=NEAR * (span[1] - span[0]),
        start_toggles=_of("square"),
        reveal={"x": mean},
        reveal_toggles={"best_x": True},
    )


def _far_out(cost: str) -> Asked:
    """How far the best hub follows the last house, by squares or by distances."""

    def ask(places: Sequence[float], span: tuple[float, float]) -> Challenge | None:
        count, last = len(places), max(places)
        # The whole way has as few digits as its part, so that both are said exactly.
        part = float(f"{(span[1] - last) / 2 / count:.2g}")
        out = float(f"{part * count:.12g}")
        middle = sorted(places)[count // 2]
        follows = cost == "square"
        if (
            out < 2 * NEAR * (span[1] - span[0])
            or places.count(last) != 1
            or count < 3
            or (not follows and (count % 2 == 0 or middle == last))
        ):
            return None
        shift, house = number_text(out), house_names()[list(places).index(last)]
        share = f"the {count}th part" if count > 3 else "a third"
        choices = (f"by {number_text(part)}, {share}", "not at all", f"by {shift}")
        pulls = "a square pulls by its distance, so all arms share the way"
        stays = "every house pulls with 1, however far it is: the middle one stays the middle one"
        return Challenge(
            name="",
            question=f"The last house moves {shift} farther out. How far does the best hub move for "
            f"{'squares' if follows else 'distances'}?",
            kind="choice",
            answer_text=f"{choices[0] if follows else choices[1]}: {pulls if follows else stays}.".capitalize(),
            reasons=(
                Reason(pulls if follows else stays, right=True),
                Reason(
                    stays if follows else pulls,
                    right=False,
                    says="So it is with the other cost.",
                ),
                Reason(
                    "the best hub is where the last house wants it",
                    right=False,
                    says="It is one house of many.",
                ),
            ),
            choices=choices if follows else (choices[1], choices[0], choices[2]),
            choice=0,
            hints=(
                "",
                "Not yet: what becomes of the slope at the old hub?",
                "Not yet: do the others not pull at all?",
            ),
            start_toggles=_of(cost),
            reveal={house: last + out, "x": (sum(places) + out) / count if follows else float(middle)},
            reveal_toggles={"best_x": True},
        )

    return ask


def _divided(places: Sequence[float], span: tuple[float, float]) -> Challenge | None:
    """That 1/N is another slope, another usable η, and the same place."""
    count = len(places)
    if count < 2:
        return None
    mean = sum(places) / count
    return Challenge(
        name="",
        question=f"Every cost is divided by N = {count}: a mean in place of the sum. What changes?",
        kind="choice",
        answer_text=f"The slope is a part of what it was, everywhere, so it is 0 at the same place; η may be {count} "
        "times as large.",
        reasons=(
            Reason("0 divided by N is 0: where the slope was 0, it is 0 still", right=True),
            Reason("a smaller sum has its least value nearer to 0", right=False, says="Its height shrinks."),
            Reason(
                "the mean is what the best hub is anyway",
                right=False,
                says="That mean is of the places. This one is of the costs.",
            ),
        ),
        choices=("the slope and the usable η, not the place", "the place, not the slope", "nothing at all"),
        choice=0,
        hints=("", "Not yet: where is a part of the slope 0?", "Not yet: how long is a step of descent now?"),
        start_toggles=_of("square"),
        reveal={"x": mean},
        reveal_toggles={"mean": True, "best_x": True},
    )


def _between(places: Sequence[float], span: tuple[float, float]) -> Challenge | None:
    """That for an even number of distances many hubs are best."""
    count, ordered = len(places), sorted(places)
    if count % 2 or ordered[count // 2 - 1] == ordered[count // 2]:
        return None
    low, high = ordered[count // 2 - 1], ordered[count // 2]
    ends = f"{number_text(low, 4)} and {number_text(high, 4)}"
    return Challenge(
        name="",
        question="Now a distance costs its length, not its square. Where is the sum least?",
        kind="choice",
        answer_text=f"Everywhere between {ends}: as many houses pull to the left as to the right.",
        reasons=(
            Reason(
                "every house pulls with 1: one step costs some as much as it saves the others", right=True
            ),
            Reason(
                "two places cannot both be best",
                right=False,
                says="They can: the sum is level there, with slope 0 all the way.",
            ),
            Reason(
                "the mean is best, whatever the cost",
                right=False,
                says="The mean belongs to squares.",
            ),
        ),
        choices=(f"everywhere between {ends}", "only halfway between them", "at the mean"),
        choice=0,
        hints=(
            "",
            "Not yet: whom does one step to the side save as much as it costs others?",
            "Not yet: that is for squares.",
        ),
        start_toggles=_of("absolute"),
        reveal={"x": median(places)},
        reveal_toggles={"best_x": True},
    )


HOUSE_KINDS: tuple[Asked, ...] = (
    _least_squares,
    _divided,
    _far_out("square"),
    _far_out("absolute"),
    _between,
)
"""The kinds of question about houses, in their order."""


COINS = {"heads": 7.0, "tails": 3.0, "times": 1.0, "p": 0.4}
"""What the questions about coins begin with."""
COIN_QUIET = {"best_p": False, "more": False}


def coin_challenges() -> tuple[Challenge, ...]:
    """The questions about 7 heads and 3 tails."""
    return tuple(_begun(one, COINS, index) for index, one in enumerate(_COIN_KINDS))


_COIN_KINDS = (
    Challenge(
        name="",
        question="7 heads and 3 tails: which p makes that most likely? Leave it there.",
        kind="place",
        control="p",
        hints=SIZES,
        far=FAR[SIZES],
        answer_text="At p = 0.7, the share of heads.",
        reasons=(
            Reason("heads pull with 7/p and tails with 3/(1−p): there both are 10", right=True),
            Reason("a coin is fair, so p = 0.5", right=False, says="These flips know nothing of that."),
            Reason(
                "the more heads, the nearer p must come to 1",
                right=False,
                says="With p = 1 there would have been no tails at all.",
            ),
        ),
        intervals=((0.7, 0.7),),
        tolerance=0.015,
        start_toggles=COIN_QUIET,
        reveal={"p": 0.7},
        reveal_toggles={"best_p": True},
    ),
    Challenge(
        name="",
        question="g = p⁷(1−p)³ has slope 0 at p = 0 too. Is that a best place?",
        kind="choice",
        answer_text="g is 0 there, the least of all p from 0 to 1, and only because p ends there: both powers are odd, "
        "so beyond the ends g changes its sign.",
        reasons=(
            Reason("slope 0 says level, not greatest: g is 0 there, and positive right of it", right=True),
            Reason(
                "every place with slope 0 is a best place", right=False, says="p = 0 is level, and the worst."
            ),
            Reason(
                "g is least there, whatever p may be",
                right=False,
                says="Left of 0, where p is no chance, p⁷ is negative.",
            ),
        ),
        choices=(
            "no: level, and the least from 0 to 1",
            "yes: slope 0 is what we look for",
            "no: it is not level",
        ),
        choice=0,
        hints=("", "Not yet: how large is g at p = 0?", "Not yet: of p⁷ the slope is 7p⁶."),
        start_toggles=COIN_QUIET,
        reveal={"p": 0.0},
        reveal_toggles={},
    ),
    Challenge(
        name="",
        question="In place of g we take −ln g, and look for its least. At which p?",
        kind="choice",
        answer_text="At the same p = 0.7: ln rises everywhere, so where g is greatest ln g is, and −ln g is least.",
        reasons=(
            Reason("ln keeps the order of positive numbers, and the minus turns it round", right=True),
            Reason(
                "ln bends the curve, so its top moves",
                right=False,
                says="It bends up and down; nothing moves aside.",
            ),
            Reason("the minus turns p into 1 − p", right=False, says="It turns heights, not places."),
        ),
        choices=("the same p", "another p, for ln bends the curve", "1 − p, for the sign is turned"),
        choice=0,
        hints=("", "Not yet: if g is larger, is ln g?", "Not yet: what does a minus do to a curve?"),
        start_toggles=COIN_QUIET,
        reveal={"p": 0.7},
        reveal_toggles={"best_p": True},
    ),
    Challenge(
        name="",
        question="The same row 122 times, 1,220 flips. Multiplied out in a computer, g at p = 0.7 is …",
        kind="choice",
        answer_text="0: its true size is 2.2·10⁻³²⁴, less than half of the smallest double. The logarithms still "
        "add up, to −745.25.",
        reasons=(
            Reason("so many numbers below 1 give less than the smallest double there is", right=True),
            Reason(
                "a product of numbers above 0 is above 0",
                right=False,
                says="In mathematics; doubles end near 5·10⁻³²⁴.",
            ),
            Reason("the best p stays, so g stays", right=False, says="The place stays. The height does not."),
        ),
        choices=("0 in double precision", "small, with all its digits", "the same as for 10 flips"),
        choice=0,
        hints=(
            "",
            "Not yet: 0.0022 to the 122nd: how many zeros?",
            "Not yet: every flip multiplies by less than 1.",
        ),
        start_toggles=COIN_QUIET,
        reveal={"times": 122.0, "p": 0.7},
        reveal_toggles={"more": True},
    ),
)
