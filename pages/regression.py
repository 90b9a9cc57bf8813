"""Regression: a line among points or a curve between two classes, held by hand or led by gradient descent."""

from explorer.data.headings import LONGEST_HEAD
from explorer.data.losses import LOSSES, SCALES
from explorer.data.rows import LONGEST_TEXT, LOST, MOST_ROWS
from explorer.descent import OPTIMISERS, live_settings
from explorer.figures.descent.scene import LINKED
from explorer.figures.descent.view import MOST_STEPS
from explorer.figures.regression import features
from explorer.figures.regression.classes_loss import LARGEST_SHRINKING, SHRINKING, SQUARES
from explorer.figures.regression.line import SHOWN
from explorer.figures.regression.residuals import AT
from explorer.ui import classes_parts, features_parts, regression_parts
from explorer.ui.late import end_page
from explorer.ui.live_figure import live_figure
from explorer.ui.page import open_page, run_alone
from explorer.ui.parameters import Choice, Number, Text
from explorer.ui.regression_parts import TABS
from explorer.ui.tabs import chosen_tab

PARAMETERS = (
    Choice("tab", "line", tuple(TABS)),
    Text("data", "", longest=LONGEST_TEXT),
    Text("head", "", longest=LONGEST_HEAD),
    Number(LOST, low=1, high=MOST_ROWS),
    *(Number(name) for name in ("m", "c", "w", "b", "w1", "w2", "w0", "p1", "p2", AT)),
    Choice("loss", "square", LOSSES),
    Choice("scale", "raw", SCALES),
    Number("delta", low=1e-9, high=1e9),
    Number("rate", low=1e-9, high=1e6),
    Number(SHRINKING, low=0.0, high=LARGEST_SHRINKING),
    Choice("cost", "logloss", ("logloss", SQUARES)),
    Choice("optimiser", "gd", tuple(OPTIMISERS)),
    Number("steps", low=1, high=MOST_STEPS),
    Number("step", low=0, high=MOST_STEPS),
    *(Number(setting.control, low=setting.low, high=setting.end) for setting in live_settings()),
    *(Choice(name, "", ("0", "1")) for name in (*LINKED, *SHOWN, features.DISTANCES, features.ASK)),
)

page = open_page("regression", PARAMETERS)


def explore_line() -> None:
    """A line among points."""
    begun = regression_parts.data_row(page)

    def figure() -> None:
        """Other data rerun the whole page, dragging only this."""
        scene = regression_parts.scene_of(page, begun)
        release = live_figure(page, scene, **regression_parts.staying(page, begun, scene))
        regression_parts.below(page, begun, release)

    run_alone(figure)


def explore_classes() -> None:
    """A curve between two classes."""
    begun = classes_parts.classes_row(page)

    def figure() -> None:
        scene = classes_parts.scene_of(page, begun)
        release = live_figure(page, scene, keep=classes_parts.staying(page))
        classes_parts.below(page, begun, release)

    run_alone(figure)


def explore_features() -> None:
    """A line between two classes in a plane."""
    rows = features_parts.features_row(page)

    def figure() -> None:
        scene = features_parts.scene_of(page, rows)
        release = live_figure(page, scene, keep=features.STAYING)
        features_parts.below(page, len(rows), release)

    run_alone(figure)


{"line": explore_line, "classes": explore_classes, "features": explore_features}[chosen_tab(page)]()
end_page(page)
