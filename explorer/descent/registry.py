"""The optimisers by name. A new one is a rule in `rules.py` and a row here; its tests come with the row."""

from . import rules
from .optimiser import Optimiser, Setting

MOMENTUM = Setting(
    "momentum", "Momentum β", 0.9, 0.0, 0.999, "momentum", "how much of the last velocity is kept"
)
DECAY = Setting("decay", "Decay", 0.0, 0.0, 10.0, "decay", "step k uses the rate η/(1 + decay·k)")
BACKTRACKING = Setting(
    "backtracking",
    "Backtracking",
    0,
    0,
    1,
    "backtracking",
    "halve a step until it lowers the loss enough (Armijo)",
    switch=True,
)
NOISE = Setting(
    "noise", "Noise σ", 0.0, 0.0, 1000.0, "noise", "standard deviation added to each gradient component"
)
SEED = Setting("seed", "Seed", 1, 0, 999_999, "seed", "the same seed gives the same noise", whole=True)


def _epsilon(default: float) -> Setting:
    return Setting("epsilon", "ε", default, 1e-12, 1.0, "epsilon", "keeps the division away from zero")


GRADIENT_DESCENT = Optimiser(
    name="gd",
    label="Gradient descent",
    settings=(),
    modifiers=(DECAY, BACKTRACKING, NOISE, SEED),
    update=rules.gradient_descent,
    initial=(),
    bound=lambda: 2.0,
    bound_formula="2/λmax",
    suggested_rate=None,
    colour="step",
    shape="dot",
    idea="straight down the slope, by η times its size",
)
HEAVY_BALL = Optimiser(
    name="momentum",
    label="Momentum",
    settings=(MOMENTUM,),
    modifiers=(),
    update=rules.heavy_ball,
    initial=(0.0,),
    bound=lambda momentum: 2 * (1 + momentum),
    bound_formula="2(1+β)/λmax",
    suggested_rate=None,
    colour="race_2",
    shape="square",
    idea="a heavy ball: the last velocity is kept, the slope only changes it",
)
NESTEROV = Optimiser(
    name="nesterov",
    label="Nesterov",
    settings=(MOMENTUM,),
    modifiers=(),
    update=rules.nesterov,
    initial=(0.0,),
    # With a = ηλ the iterates obey z² − (1+β)(1−a)z + β(1−a) = 0; it reaches z = −1 first.
    bound=lambda momentum: 2 * (1 + momentum) / (1 + 2 * momentum),
    bound_formula="2(1+β)/((1+2β)λmax)",
    suggested_rate=None,
    colour="race_3",
    shape="ring",
    idea="momentum that takes the slope where the velocity is about to carry it",
)
ADAGRAD = Optimiser(
    name="adagrad",
    label="AdaGrad",
    settings=(_epsilon(1e-10),),
    modifiers=(),
    update=rules.adagrad,
    initial=(0.0,),
    bound=None,
    bound_formula="",
    suggested_rate=0.5,
    colour="race_4",
    shape="diamond",
    idea="each coordinate divides by the size of all its slopes so far, so steps only get shorter",
)
RMSPROP = Optimiser(
    name="rmsprop",
    label="RMSProp",
    settings=(
        Setting(
            "smoothing", "Smoothing α", 0.99, 0.0, 0.9999, "smoothing", "how slowly old slopes are forgotten"
        ),
        _epsilon(1e-8),
    ),
    modifiers=(),
    update=rules.rmsprop,
    initial=(0.0,),
    bound=None,
    bound_formula="",
    suggested_rate=0.05,
    colour="race_5",
    shape="triangle",
    idea="each coordinate divides by the size of its recent slopes",
)
ADAM = Optimiser(
    name="adam",
    label="Adam",
    settings=(
        Setting("beta1", "β₁", 0.9, 0.0, 0.999, "beta1", "how much of the mean slope is kept"),
        Setting("beta2", "β₂", 0.999, 0.0, 0.99999, "beta2", "how much of the mean square slope is kept"),
        _epsilon(1e-8),
    ),
    modifiers=(),
    update=rules.adam,
    initial=(0.0, 0.0, 1.0, 1.0),
    bound=None,
    bound_formula="",
    suggested_rate=0.2,
    colour="race_6",
    shape="cross",
    idea="momentum and RMSProp together, corrected for having started from nothing",
)
NEWTON = Optimiser(
    name="newton",
    label="Newton",
    settings=(),
    modifiers=(),
    update=None,
    initial=(),
    bound=None,
    bound_formula="",
    suggested_rate=1.0,
    colour="race_7",
    shape="star",
    idea="divides the slope by the curvature, and shortens the step until the loss falls",
)

OPTIMISERS: dict[str, Optimiser] = {
    row.name: row for row in (GRADIENT_DESCENT, HEAVY_BALL, NESTEROV, ADAGRAD, RMSPROP, ADAM, NEWTON)
}


def find_optimiser(optimiser: str | Optimiser) -> Optimiser:
    """The row of that name (or the row itself); ValueError with the known names otherwise."""
    if isinstance(optimiser, Optimiser):
        return optimiser
    if not isinstance(optimiser, str) or optimiser not in OPTIMISERS:
        raise ValueError(f"There is no optimiser called “{optimiser}”; known are {', '.join(OPTIMISERS)}.")
    return OPTIMISERS[optimiser]
