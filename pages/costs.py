"""Costs: why a cost is a square or a logarithm, with houses and a hub, and with a row of coins."""

from explorer.code import coin_programs, house_programs, product_programs
from explorer.figures.costs.coins import MOST_OF_A_KIND, MOST_TIMES, coins_scene
from explorer.figures.costs.products import product_scene
from explorer.numeric.costs import COSTS
from explorer.presets import PRODUCTS
from explorer.ui.code import code_fold
from explorer.ui.costs_parts import (
    TABS,
    both_derivations,
    coin_formulas,
    house_formulas,
    houses_of,
    houses_row,
    scene_of,
    tab_switch,
)
from explorer.ui.formula_box import formula_box
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.tabs import chosen_tab, tabs

PARAMETERS = (
    Choice("tab", "square", tuple(TABS)),
    Text("g", ""),
    Text("points", ""),
    Number("x", low=-1e6, high=1e6),
    Choice("loss", COSTS[0], COSTS),
    Number("delta", low=0.0),
    Number("heads", low=0.0, high=MOST_OF_A_KIND),
    Number("tails", low=0.0, high=MOST_OF_A_KIND),
    Number("times", low=1.0, high=MOST_TIMES),
    Number("p", low=0.0, high=1.0),
    *(Choice(name, "", ("0", "1")) for name in ("best_x", "mean", "best_p", "more")),
)
KEPT = (*COSTS, "delta", "best_x", "mean")
"""What stays when other houses are chosen."""

page = open_page("costs", PARAMETERS)


def explore_houses() -> None:
    """Houses on an axis and a hub among them."""
    chosen = houses_row(page)

    def figure() -> None:
        """Choosing houses reruns the whole page, dragging only this."""
        release = live_figure(page, scene_of(page, chosen), keep=KEPT)
        house_formulas(release)
        code_fold(page, lambda: house_programs(houses_of(release)))

    run_alone(figure)


def explore_coins() -> None:
    """A row of coins, and both derivations for its counts."""
    tab_switch(page)

    def figure() -> None:
        release = live_figure(page, coins_scene())
        heads, tails, times = (int(release.controls[name]) for name in ("heads", "tails", "times"))
        coin_formulas(heads, tails)
        code_fold(page, lambda: coin_programs(heads, tails, times, release.controls["p"]))

    run_alone(figure)


def explore_product() -> None:
    """A typed product in p, and both derivations for it."""
    typed = formula_box(page, PRODUCTS, PRODUCTS[0].formula, name="g", of="p")
    with typed.row:
        tabs(page, TABS)
    g, preset = typed.expression, typed.preset

    def figure() -> None:
        """Typing reruns the whole page, dragging only this."""
        release = live_figure(page, product_scene(g, preset.x0 if preset else 0.5), keep=preset is None)
        code_fold(page, lambda: product_programs(g, release.controls["p"]))

    run_alone(figure)
    both_derivations(g)


{"square": explore_houses, "log": explore_coins, "product": explore_product}[chosen_tab(page)]()
end_page(page)
