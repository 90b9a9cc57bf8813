"""The course's functions of two variables and their questions; data like `presets`."""

from __future__ import annotations

from explorer.presets.records import Challenge, PlaneFact, Preset, Reason

PLANE = ("x", "y")


def _preset(
    title: str,
    formula: str,
    look_for: str,
    start: tuple[float, float],
    *,
    half: float | None = None,
    facts: tuple[PlaneFact, ...] = (),
) -> Preset:
    """A function of x and y with its first point, over a square around the origin."""
    window = None if half is None else (-half, half)
    return Preset(
        title,
        formula,
        look_for,
        start[0],
        window,
        window,
        equal=True,
        variables=PLANE,
        y0=start[1],
        plane_facts=facts,
    )


SURFACES = (
    _preset(
        "x² − y²",
        "x^2 - y^2",
        "A saddle: up in x, down in y, and level at the origin.",
        (1.0, 0.5),
        half=2.0,
        facts=(PlaneFact((1.0, 0.5), 0.75, (2.0, -1.0)), PlaneFact((0.0, 0.0), 0.0, (0.0, 0.0))),
    ),
    _preset(
        "x² + y² + 3",
        "x^2 + y^2 + 3",
        "A bowl: its lowest point has the height 3, at the origin.",
        (1.0, 1.0),
        half=2.0,
        facts=(PlaneFact((0.0, 0.0), 3.0, (0.0, 0.0)), PlaneFact((1.0, 1.0), 5.0, (2.0, 2.0))),
    ),
    _preset(
        "2x²y + 3y³x² + 3y",
        "2x^2 y + 3y^3 x^2 + 3y",
        "At (1, 1) the height is 8 and the gradient (10, 14): hold y = 1 and it is 5x² + 3.",
        (1.0, 1.0),
        half=1.5,
        facts=(PlaneFact((1.0, 1.0), 8.0, (10.0, 14.0)),),
    ),
    _preset(
        "xy² + x³",
        "x y^2 + x^3",
        "At (1, 2) the gradient is (7, 4); at the origin the Hessian is zero.",
        (1.0, 2.0),
        half=2.5,
        facts=(PlaneFact((1.0, 2.0), 5.0, (7.0, 4.0)), PlaneFact((0.0, 0.0), 0.0, (0.0, 0.0))),
    ),
    _preset(
        "2x² − xy",
        "2x^2 - x y",
        "At (−1, 2) the height is 4; at height 0 the level lines are two straight lines.",
        (-1.0, 2.0),
        half=2.5,
        facts=(PlaneFact((-1.0, 2.0), 4.0, (-6.0, 1.0)),),
    ),
    _preset(
        "x² + 3y²",
        "x^2 + 3y^2",
        "A long bowl: the steepest way down does not lead to its lowest point.",
        (1.0, 1.0),
        half=2.0,
        facts=(PlaneFact((1.0, 1.0), 4.0, (2.0, 6.0)),),
    ),
    _preset(
        "x³ − 3xy²",
        "x^3 - 3x y^2",
        "A monkey saddle: a dip for each leg and one for the tail. The test is silent.",
        (1.0, 0.5),
        half=2.0,
        facts=(PlaneFact((0.0, 0.0), 0.0, (0.0, 0.0)), PlaneFact((1.0, 0.5), 0.25, (2.25, -3.0))),
    ),
    _preset(
        "x⁴ + y⁴",
        "x^4 + y^4",
        "Its Hessian is zero at the origin, and still it is a minimum.",
        (0.8, 0.4),
        half=1.5,
        facts=(PlaneFact((0.0, 0.0), 0.0, (0.0, 0.0)),),
    ),
    _preset("sin x cos y", "sin x cos y", "Hills and hollows, and a saddle between any two.", (0.6, 0.4)),
    _preset(
        "e^(−x² − y²)",
        "e^(-x^2 - y^2)",
        "A bell: steepest on a circle around its top, level far out.",
        (0.7, 0.3),
        half=2.0,
        facts=(PlaneFact((0.0, 0.0), 1.0, (0.0, 0.0)),),
    ),
    _preset(
        "1/(x² + y²)",
        "1/(x^2 + y^2)",
        "A pole: at the origin it outgrows every height.",
        (1.0, 0.5),
        half=2.0,
    ),
    _preset("ln(xy)", "ln(x y)", "Two quarters of the plane have no height at all.", (1.0, 0.5), half=2.0),
    _preset(
        "√(1 − x² − y²)",
        "sqrt(1 - x^2 - y^2)",
        "Half a sphere: at its edge the slopes outgrow every number.",
        (0.5, 0.25),
        half=1.25,
    ),
)

SURFACE_CHALLENGES = (
    Challenge(
        "Hold y = 1 and walk through x = 1. What is the slope?",
        "2x^2 y + 3y^3 x^2 + 3y",
        "x0",
        "10: with y = 1 held, the slice is 5x² + 3, and its slope is 10x.",
        (
            Reason("with y = 1 it is 2x² + 3x² + 3 = 5x² + 3, and 10x is 10 at 1", right=True),
            Reason(
                "holding y makes every term with y vanish",
                says="To hold y keeps its value: nothing vanishes.",
            ),
            Reason(
                "the height is 8, and the slope is the height", says="A height and a slope are two things."
            ),
        ),
        start=0.5,
        choices=("10", "14", "8"),
        hints=(
            "Not yet: put 1 for y first. Which curve in x is left?",
            "Not yet: that is how high it is there. How steep is it?",
        ),
        sets=(("y0", 0.5),),
        shows=(("x0", 1.0), ("y0", 1.0)),
        switch="slices",
    ),
    Challenge(
        "At (1, 1), walk down the steepest way, along −∇f. Does it aim at the minimum?",
        "x^2 + 3y^2",
        "x0",
        "No: −∇f = (−2, −6) runs at 71.6° to the x axis, but the way to the minimum at 45°.",
        (
            Reason("∇f = (2, 6) stands across the level curve, which is no circle", right=True),
            Reason(
                "the steepest way down leads to the lowest point",
                says="It is steepest here, not on the whole way.",
            ),
            Reason(
                "the gradient points straight away from the origin",
                says="That would be (1, 1); here it is (2, 6).",
            ),
        ),
        start=1.0,
        choices=("no", "yes"),
        sets=(("y0", 1.0), ("theta", 225.0)),
        shows=(("y0", 1.0), ("theta", 251.57)),
        switch="gradient",
    ),
    Challenge(
        "At (1, 1), turn u until the climb is steepest.",
        "x^2 + 3y^2",
        "theta",
        "At 71.6°, along ∇f = (2, 6): the slope there is √40 ≈ 6.32, more than any other.",
        (
            Reason("∇f·u is largest where u points along ∇f; then it is ‖∇f‖", right=True),
            Reason(
                "at 90°, since the slope in y is the larger one",
                says="A little of x still helps: √40 is more than 6.",
            ),
            Reason("at 45°, since both slopes count", says="They count, but by their size."),
        ),
        start=0.0,
        value=71.57,
        tolerance=2.5,
        sets=(("x0", 1.0), ("y0", 1.0)),
        switch="gradient",
    ),
    Challenge(
        "At (1, 1), turn u until it is level.",
        "x^2 + 3y^2",
        "theta",
        "Along (3, −1), at 341.6°, or against it, at 161.6°: a quarter turn from the gradient.",
        (
            Reason("∇f·u = 0 there: 2·3 + 6·(−1) = 0, so u runs along the level curve", right=True),
            Reason(
                "nowhere but at the minimum is it level", says="Every level curve is a way without a slope."
            ),
            Reason("at 270°, straight against the larger slope", says="That way it falls: Dᵤf = −6."),
        ),
        start=0.0,
        places=((341.57, 341.57), (161.57, 161.57)),
        tolerance=2.5,
        sets=(("x0", 1.0), ("y0", 1.0)),
        switch="gradient",
    ),
    Challenge(
        "At the origin every second derivative is 0. Is it a minimum?",
        "x^4 + y^4",
        "x0",
        "Yes: x⁴ + y⁴ is above 0 everywhere else. The test is silent, the function is not.",
        (
            Reason("x⁴ + y⁴ > 0 everywhere but at the origin", right=True),
            Reason("a zero Hessian means that it is no minimum", says="It means that this test cannot tell."),
            Reason(
                "a zero Hessian means a minimum", says="It means that this test cannot tell: see x³ − 3xy²."
            ),
        ),
        start=0.8,
        choices=("yes", "no"),
        shows=(("x0", 0.0), ("y0", 0.0)),
        switch="slices",
    ),
    Challenge(
        "At the origin every second derivative is 0. Is it a minimum?",
        "x^3 - 3x y^2",
        "x0",
        "No: on a walk around it the surface rises and falls three times. A monkey saddle.",
        (
            Reason("along the x axis it is x³, which is below 0 on one side", right=True),
            Reason("both slopes are 0, so it is lowest or highest", says="Level is not yet lowest."),
            Reason("a zero Hessian means a minimum", says="It means that this test cannot tell."),
        ),
        start=1.0,
        choices=("no", "yes"),
        shows=(("x0", 0.0), ("y0", 0.0)),
        switch="slices",
    ),
)
