"""Regression: a line among points, held by hand or led by gradient descent in the plane of slope and height."""

from explorer.data.rows import LONGEST_TEXT
from explorer.descent import OPTIMISERS, live_settings
from explorer.figures.descent import LINKED
from explorer.figures.descent_view import MOST_STEPS
from explorer.figures.regression import BEST, RESIDUALS, STAYING, regression_scene
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.regression_parts import below, data_row

PARAMETERS = (
    Choice("tab", "line", ("line",)),
    Text("data", "", longest=LONGEST_TEXT),
    Number("m"),
    Number("c"),
    Number("rate", low=1e-9, high=1e6),
    Choice("optimiser", "gd", tuple(OPTIMISERS)),
    Number("steps", low=1, high=MOST_STEPS),
    Number("step", low=0, high=MOST_STEPS),
    *(Number(setting.control, low=setting.low, high=setting.end) for setting in live_settings()),
    *(Choice(name, "", ("0", "1")) for name in (*LINKED, BEST, RESIDUALS)),
)

page = open_page("regression", PARAMETERS)
begun = data_row(page)


def explore() -> None:
    """The figure and what follows its release; other data rerun the whole page, dragging only this."""
    release = live_figure(page, regression_scene(begun.rows, begun.steps), keep=STAYING)
    below(page, begun, release)


run_alone(explore)
