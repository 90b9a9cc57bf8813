"""The classes tab's own parts: its data, typed or chosen, and what stands below the figure."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import streamlit as st

from explorer.code import class_programs
from explorer.data import DataError, logistic
from explorer.data.classes import classes
from explorer.data.headings import LABELLED, Heading
from explorer.data.labels import Labelled, read_labelled
from explorer.data.rows import MOST_LIVE, Rows
from explorer.figures.regression.classes import STAYING, STEPS, classes_scene, classes_view, told_apart
from explorer.figures.regression.classes_loss import SHRINKING, SQUARES, Cost, class_loss
from explorer.figures.regression.classes_words import gradient_latex
from explorer.figures.regression.features import said
from explorer.presets import CLASS_SETS
from explorer.scene.scene import Scene
from explorer.ui.code import code_fold
from explorer.ui.data_row import DataRow, letters_said, said_of_many
from explorer.ui.descent_parts import Standing, optimiser_of, settings_of, steps_form, steps_table
from explorer.ui.live_figure import stood
from explorer.ui.page import Page
from explorer.ui.regression_parts import TABS, Begun, standing_rows
from explorer.ui.release import Release
from explorer.ui.tabs import tabs


def usable(text: str) -> Labelled:
    """The rows of a text: two classes, or one point or several with nothing to tell apart yet. Raises DataError."""
    labelled = read_labelled(text)
    if not labelled.rows:
        raise DataError("There is no point yet: a curve needs two classes.")
    classes_view(told_apart(labelled.pairs))
    return labelled


def _said(labelled: Labelled) -> str:
    """Which labels became which class, or why there is nothing to tell apart yet."""
    try:
        classes(*zip(*labelled.pairs, strict=True))
    except DataError as error:
        return str(error)
    return labelled.said


DATA = DataRow(
    "classes",
    "classes.",
    f"Rows of x and a class (any two labels), up to {MOST_LIVE}: a line each, or parted by semicolons",
    lambda text: _said(usable(text)),
    CLASS_SETS,
    MOST_LIVE,
    ("x", "the class"),
    1,
    usual=LABELLED,
    fitted=("w", "b", "rate", "step"),
)


def classes_row(page: Page) -> Begun:
    """The row under the menu: the tabs, the data, and the number of steps; what a link got wrong is said below."""
    refused = DATA.arrive(page)
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        tabs(page, TABS)
        DATA.draw(page)
        labelled = usable(DATA.text(page))
        linked_steps = page.reading.number("steps")
        usual = STEPS if linked_steps is None else int(linked_steps)
        steps = steps_form(page, DATA.tab, usual, partial(DATA.stay, page))
    with st.container():
        for sentence in (refused or labelled.said, DATA.names_left(page), said_of_many(len(labelled.rows))):
            if sentence:
                st.text(sentence)
    return Begun(labelled.pairs, steps, named=DATA.named(page))


def staying(page: Page) -> bool | Collection[str]:
    """All, where only the number of steps has changed; of other data what the learner has chosen for whatever data."""
    return DATA.stayed(page) or STAYING


def scene_of(page: Page, begun: Begun) -> Scene:
    """The scene, with level lines of the points and of the loss as they were let go."""
    first = DATA.anew(page, classes_scene(begun.rows, begun.steps, named=begun.named))
    release = stood(page, first)
    if release is None:
        return first
    now = classes_scene(begun.rows, begun.steps, standing_rows(release), cost_of(release), named=begun.named)
    return DATA.anew(page, now)


def cost_of(release: Release) -> Cost:
    """What J is made of, as it stands in the figure."""
    return Cost(bool(release.toggles.get(SQUARES)), release.controls[SHRINKING])


def below(page: Page, begun: Begun, release: Release) -> None:
    """The exact fit, the gradient with the numbers put in, and the table of iterates."""
    rows, cost = standing_rows(release), cost_of(release)
    DATA.keep(page, rows, len(begun.rows))
    with st.container():
        st.text(_exactly(rows, cost, begun.named[0]))
    optimiser = optimiser_of(release)
    start = (release.controls["w"], release.controls["b"])
    standing = Standing(
        class_loss(rows, cost),
        optimiser,
        start,
        release.controls["rate"],
        begun.steps,
        settings_of(optimiser, release),
    )
    with st.expander("The gradient in numbers", key=page.key("classes.gradient"), on_change="rerun") as fold:
        if fold.open:
            path = standing.path
            w, b = path.points[min(int(release.controls["step"]), len(path.points) - 1)].tolist()
            letters_said(("x", "y"), begun.named)
            for line in gradient_latex(rows, w, b, cost.squares, cost.shrinking):
                st.latex(line)
    steps_table(page, standing, "J")
    walk = standing.walk(int(release.controls["step"]))
    code_fold(page, lambda: class_programs(walk, rows, cost.squares, cost.shrinking, begun.named))


def _exactly(rows: Rows, cost: Cost, x: Heading) -> str:
    """The minimum of J as it is computed apart from any descent, or why there is none."""
    if cost.squares:
        return (
            "The square loss of σ is not convex: where σ is nearly 0 or 1 it is nearly flat, right or wrong, and a "
            "descent that starts there hardly moves."
        )
    try:
        best = logistic([place for place, _ in rows], [label for _, label in rows], cost.shrinking)
    except DataError as error:
        return str(error)
    w, b, loss = (said(value, 6) for value in (best.slope, best.intercept, best.loss))
    boundary = "" if best.root is None else f"; boundary at {x.name} = {x.valued(said(best.root, 6))}"
    return (
        f"Exactly: w = {w}, b = {b}, J = {loss}{boundary}. The log loss is convex: there is no other minimum."
    )
