"""The optimisers by name. A new one is a rule in `rules.py` and a row here; everything else comes with the row."""

from . import rules
from .optimiser import Optimiser, Setting

MOMENTUM = Setting(
    name="momentum",
    label="momentum β",
    default=0.9,
    high=0.999,
    explanation="how much of the last velocity is kept",
)
DECAY = Setting(
    name="decay",
    label="decay",
    default=0.0,
    high=10.0,
    most=1.0,
    explanation="step k uses the rate η/(1 + decay·k)",
)
BACKTRACKING = Setting(
    name="backtracking",
    label="backtracking",
    default=0,
    high=1,
    explanation="halve a step until it lowers the loss enough (Armijo)",
    switch=True,
)
NOISE = Setting(
    name="noise",
    label="noise σ",
    default=0.0,
    high=1000.0,
    most=10.0,
    step=0.1,
    decimals=2,
    explanation="standard deviation added to each gradient component",
)
SEED = Setting(
    name="seed",
    label="seed",
    default=1,
    high=999_999,
    most=99,
    step=1.0,
    decimals=0,
    explanation="the same seed gives the same noise",
    whole=True,
)
SMOOTHING = Setting(
    name="smoothing",
    label="smoothing α",
    default=0.99,
    high=0.9999,
    decimals=4,
    explanation="how slowly old slopes are forgotten",
)
BETA1 = Setting(
    name="beta1", label="β₁", default=0.9, high=0.999, explanation="how much of the mean slope is kept"
)
BETA2 = Setting(
    name="beta2",
    label="β₂",
    default=0.999,
    high=0.99999,
    most=0.9999,
    decimals=4,
    explanation="how much of the mean square slope is kept",
)


def _epsilon(default: float, parameter: str = "") -> Setting:
    return Setting(
        name="epsilon",
        label="ε",
        default=default,
        low=1e-12,
        high=1.0,
        step=1.0,
        scale="log",
        parameter=parameter,
        explanation="keeps the division away from zero",
    )


EPSILON = _epsilon(1e-8)

GRADIENT_DESCENT = Optimiser(
    name="gd",
    label="Gradient descent",
    modifiers=(DECAY, BACKTRACKING, NOISE, SEED),
    update=rules.gradient_descent,
    bound=lambda: 2.0,
    bound_formula="2/λmax",
    colour="step",
    shape="dot",
    idea="straight down the slope, by η times its size",
)
HEAVY_BALL = Optimiser(
    name="momentum",
    label="Momentum",
    settings=(MOMENTUM,),
    update=rules.heavy_ball,
    initial=(0.0,),
    bound=lambda momentum: 2 * (1 + momentum),
    bound_formula="2(1+β)/λmax",
    velocity=True,
    colour="partial_y",
    shape="square",
    idea="a heavy ball: the last velocity is kept, the slope only changes it",
)
NESTEROV = Optimiser(
    name="nesterov",
    label="Nesterov",
    settings=(MOMENTUM,),
    update=rules.nesterov,
    initial=(0.0,),
    # With a = ηλ the iterates obey z² − (1+β)(1−a)z + β(1−a) = 0; it reaches z = −1 first.
    bound=lambda momentum: 2 * (1 + momentum) / (1 + 2 * momentum),
    bound_formula="2(1+β)/((1+2β)λmax)",
    velocity=True,
    colour="slope",
    shape="ring",
    idea="momentum that takes the slope where the velocity is about to carry it",
)
ADAGRAD = Optimiser(
    name="adagrad",
    label="AdaGrad",
    settings=(_epsilon(1e-10, "epsilon_adagrad"),),
    update=rules.adagrad,
    initial=(0.0,),
    suggested_rate=0.5,
    colour="ink",
    shape="diamond",
    idea="each coordinate divides by the size of all its slopes so far, so steps only get shorter",
)
RMSPROP = Optimiser(
    name="rmsprop",
    label="RMSProp",
    settings=(SMOOTHING, EPSILON),
    update=rules.rmsprop,
    initial=(0.0,),
    suggested_rate=0.05,
    unrest="it divides by the slopes it remembers, and those fade",
    colour="guide",
    shape="triangle",
    idea="each coordinate divides by the size of its recent slopes",
)
ADAM = Optimiser(
    name="adam",
    label="Adam",
    settings=(BETA1, BETA2, EPSILON),
    update=rules.adam,
    initial=(0.0, 0.0, 1.0, 1.0),
    suggested_rate=0.2,
    unrest="it divides by the slopes it remembers, and those fade",
    colour="f",
    shape="cross",
    idea="momentum and RMSProp together, corrected for having started from nothing",
)
AMSGRAD = Optimiser(
    name="amsgrad",
    label="AMSGrad",
    settings=(BETA1, BETA2, EPSILON),
    update=rules.amsgrad,
    initial=(0.0, 0.0, 1.0, 1.0, 0.0),
    suggested_rate=0.2,
    unrest="the correction for having started from nothing wears off, and its steps grow as it does",
    colour="slope",
    shape="triangle",
    idea="Adam that divides by the largest mean square so far, so that its steps do not grow in a calm",
)
NEWTON = Optimiser(
    name="newton",
    label="Newton",
    suggested_rate=1.0,
    colour="gradient",
    shape="star",
    idea="divides the slope by the curvature, and shortens the step until the loss falls",
)

OPTIMISERS: dict[str, Optimiser] = {
    row.name: row for row in (GRADIENT_DESCENT, HEAVY_BALL, NESTEROV, ADAGRAD, RMSPROP, ADAM, AMSGRAD, NEWTON)
}


def live_settings() -> tuple[Setting, ...]:
    """Every setting that has a control of its own, those of each optimiser in its order, the modifiers last."""
    rows = OPTIMISERS.values()
    of_rules = {setting.control: setting for row in reversed(rows) for setting in reversed(row.settings)}
    modifiers = {setting.control: setting for row in rows for setting in row.modifiers}
    return tuple(s for s in (*reversed(of_rules.values()), *modifiers.values()) if not s.switch)


def find_optimiser(optimiser: str | Optimiser) -> Optimiser:
    """The row of that name (or the row itself); ValueError with the known names otherwise."""
    if isinstance(optimiser, Optimiser):
        return optimiser
    if not isinstance(optimiser, str) or optimiser not in OPTIMISERS:
        raise ValueError(f"There is no optimiser called “{optimiser}”; known are {', '.join(OPTIMISERS)}.")
    return OPTIMISERS[optimiser]
