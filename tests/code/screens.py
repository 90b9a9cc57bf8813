"""What stands on the screen, page by page: every preset, with the programs that the page then offers."""

from collections.abc import Callable, Iterator
from itertools import product, starmap

from explorer.code import (
    Box,
    Houses,
    Program,
    Walk,
    chain_programs,
    check_programs,
    class_programs,
    coin_programs,
    descent_programs,
    features_programs,
    house_programs,
    jacobian_programs,
    limit_programs,
    product_programs,
    regression_programs,
    rules_programs,
    slope_programs,
    surface_programs,
    table_programs,
)
from explorer.data.labels import read_labelled
from explorer.data.losses import AS_IT_STANDS, LOSSES, SCALES, Setting
from explorer.data.rows import read_rows
from explorer.descent import descend
from explorer.expression import Expression, parse
from explorer.figures.chain.scene import read_chain
from explorer.figures.curve import choose_window
from explorer.figures.descent.view import DESCENTS, weighed
from explorer.figures.regression.classes_loss import Cost, class_loss
from explorer.figures.regression.view import loss_of
from explorer.increments import increment_of
from explorer.numeric.costs import COSTS
from explorer.numeric.measurements import measurements
from explorer.presets import (
    CAR,
    CHAINS,
    CLASS_SETS,
    DATA_SETS,
    FEATURE_SETS,
    HOUSES,
    LIMITS,
    PRODUCTS,
    RULES,
    SLOPES,
    SURFACES,
    VECTORS,
)

Made = Callable[[], tuple[Program, ...]]
LETTERS = ("x", "y")
SQUARE = ((-2.0, 2.0), (-2.0, 2.0))
COINS = ((7, 3, 1, 0.4), (1, 0, 1, 0.5), (0, 4, 1, 0.0), (7, 3, 200, 0.7), (1, 1, 2000, 0.3), (0, 0, 1, 0.5))


def box_of(f: Expression) -> Box:
    window = choose_window(f)
    return tuple(map(float, window.x)), tuple(map(float, window.y))


def start_of(preset) -> tuple[float, float]:
    return preset.x0, getattr(preset, "y0", 0.5)


def screens() -> Iterator[tuple[str, str, Made]]:
    """A page, what stands on it, and how its programs are made."""
    for preset in SLOPES:
        f = parse(preset.formula)
        yield "tangent", preset.formula, lambda f=f, p=preset: slope_programs(f, p.x0, box_of(f))
        line = f.derivative() if preset.x0 > 0 else f
        box = box_of(f.derivative())
        yield (
            "check",
            preset.formula,
            lambda f=f, p=preset, o=line, b=box: check_programs(f, "x", o, {"x": p.x0}, b),
        )
    for preset in LIMITS:
        f = parse(preset.formula)
        for h in (0.5, 1e-8):
            yield (
                "secant",
                f"{preset.formula}, h = {h}",
                lambda f=f, p=preset, h=h: limit_programs(f, p.x0, h, box_of(f)),
            )
    car = measurements(CAR)
    for ends in ((10.0, 15.0), (19.0, 20.0), (12.0, 12.0)):
        yield "measured", str(ends), lambda e=ends: table_programs(car.times, car.places, *e)
    for preset in SURFACES:
        f = parse(preset.formula, LETTERS)
        yield (
            "partial_derivatives",
            preset.formula,
            lambda f=f, p=preset: surface_programs(f, *start_of(p), SQUARE),
        )
    for preset in VECTORS:
        both = parse(preset.first, LETTERS), parse(preset.second, LETTERS)
        at = f"({preset.first}, {preset.second})"
        yield "jacobian", at, lambda b=both, p=preset: jacobian_programs(*b, p.x0, p.y0)
    for preset in DESCENTS:
        loss = weighed(parse(preset.formula, LETTERS if "y" in preset.formula else ("x",)))
        yield "gradient_descent", preset.formula, lambda loss=loss, p=preset: descent_of(loss, p)
    for preset in RULES:
        f = parse(preset.formula)
        yield (
            "rules",
            preset.formula,
            lambda f=f, p=preset: rules_programs(f, increment_of(f.root), p.x0, 0.5, box_of(f)),
        )
    for preset in CHAINS:
        yield "chain", preset.formula, lambda p=preset: chain_programs(read_chain(p.formula), dict(p.point))
    for houses in HOUSES:
        for cost in COSTS:
            yield (
                "costs",
                f"{houses.text} {cost}",
                lambda h=houses, c=cost: house_programs(Houses(h.places, 1.3, c, 0.7)),
            )
    for counts in COINS:
        yield "coins", str(counts), lambda c=counts: coin_programs(*c)
    for preset in PRODUCTS:
        g = parse(preset.formula, ("p",))
        yield "products", preset.formula, lambda g=g, p=preset: product_programs(g, p.x0)
    for data in DATA_SETS:
        yield "regression", data.title, lambda d=data: regression_of(d.text)
    for text in ("3,6", "3,6;3,9;3,1"):
        yield "regression", text, lambda t=text: regression_of(t)
        yield "regression", f"{text} huber", lambda t=text: regression_of(t, Setting("huber"))
    for setting in starmap(Setting, product(LOSSES, SCALES)):
        yield (
            "regression",
            f"{setting.loss} {setting.scale}",
            lambda s=setting: regression_of(DATA_SETS[3].text, s),
        )
    for classes in CLASS_SETS:
        yield "classes", classes.title, lambda c=classes: classes_of(c.text, Cost())
    for features in FEATURE_SETS:
        for shrinking in (0.0, 0.05):
            yield (
                "features",
                f"{features.title}, {shrinking}",
                lambda f=features, s=shrinking: features_of(f.text, s),
            )
    yield "classes", "squares", lambda: classes_of(CLASS_SETS[0].text, Cost(True, 0.05))
    yield "classes", "shrinking", lambda: classes_of(CLASS_SETS[1].text, Cost(False, 0.05))


def descent_of(loss: Expression, preset) -> tuple[Program, ...]:
    path = descend("gd", loss, start_of(preset)[: len(loss.variables)], 0.01, 12)
    return descent_programs(Walk(loss, path, "gd", 0.01, {}), SQUARE)


def regression_of(
    text: str,
    setting: Setting = AS_IT_STANDS,
    optimiser: str = "gd",
    rate: float = 0.001,
    settings: dict[str, float] | None = None,
) -> tuple[Program, ...]:
    rows, own = read_rows(text), settings or {}
    loss = loss_of(rows, ("m", "c"), setting, 0.7)
    path = descend(optimiser, loss, (0.0, 0.0), rate, 40, **own)
    steps = min(30, len(path.points) - 1)
    return regression_programs(Walk(loss, path, optimiser, rate, own, steps), rows, setting, 0.7)


def features_of(text: str, shrinking: float) -> tuple[Program, ...]:
    rows = read_labelled(text, 2).rows
    return features_programs(rows, (0.5, -0.25, 0.125), (rows[0][0], rows[1][1]), shrinking)


def classes_of(text: str, cost: Cost) -> tuple[Program, ...]:
    rows = read_rows(text)
    path = descend("gd", class_loss(rows, cost), (0.0, 0.0), 0.002, 40)
    walk = Walk(class_loss(rows, cost), path, "gd", 0.002, {}, 30)
    return class_programs(walk, rows, cost.squares, cost.shrinking)


SCREENS = {f"{page}: {name}": made for page, name, made in screens()}
