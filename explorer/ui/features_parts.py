"""The tab of two features: its data, typed or chosen, and what stands below the figure."""

from __future__ import annotations

import streamlit as st

from explorer.code import features_programs
from explorer.data import DataError
from explorer.data.features import Triples, checked, logistic_plane
from explorer.data.headings import PLACED
from explorer.data.labels import Labelled, read_labelled
from explorer.data.rows import MOST_LIVE
from explorer.figures.regression.classes_loss import SHRINKING
from explorer.figures.regression.features import Standing, features_scene, frame_of, said
from explorer.figures.regression.features_words import gradient_latex
from explorer.presets import FEATURE_SETS
from explorer.scene.scene import Scene
from explorer.ui.code import code_fold
from explorer.ui.data_row import DataRow, letters_said, said_of_many
from explorer.ui.live_figure import stood
from explorer.ui.page import Page
from explorer.ui.regression_parts import TABS
from explorer.ui.release import Release
from explorer.ui.tabs import tabs


def usable(text: str) -> Labelled:
    """The rows of a text: two classes in a plane, or rows with nothing to tell apart yet. Raises DataError."""
    labelled = read_labelled(text, 2)
    if not labelled.rows:
        raise DataError("There is no point yet: a line needs two classes.")
    frame_of(_triples(labelled))
    return labelled


def _said(labelled: Labelled) -> str:
    """Which labels became which class, or why there is nothing to tell apart yet."""
    try:
        checked(_triples(labelled))
    except DataError as error:
        return str(error)
    return labelled.said


def _triples(labelled: Labelled) -> Triples:
    return tuple((first, second, label) for first, second, label in labelled.rows)


DATA = DataRow(
    "features",
    "features.",
    f"Rows of x₁, x₂ and a class (any two labels), up to {MOST_LIVE}: a line each, or parted by semicolons",
    lambda text: _said(usable(text)),
    FEATURE_SETS,
    MOST_LIVE,
    ("x₁", "x₂", "the class"),
    1,
    usual=PLACED,
    fitted=("w1", "w2", "w0", "p1", "p2"),
)


def features_row(page: Page) -> Triples:
    """The row under the menu: the tabs and the data; what a link got wrong is said below."""
    refused = DATA.arrive(page)
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        tabs(page, TABS)
        DATA.draw(page)
    labelled = usable(DATA.text(page))
    with st.container():
        for sentence in (refused or labelled.said, DATA.names_left(page), said_of_many(len(labelled.rows))):
            if sentence:
                st.text(sentence)
    return _triples(labelled)


def scene_of(page: Page, rows: Triples) -> Scene:
    """The scene, with the best line of the points as they were let go."""
    named = DATA.named(page)
    first = DATA.anew(page, features_scene(rows, named=named))
    release = stood(page, first)
    return (
        first if release is None else DATA.anew(page, features_scene(rows, _standing(release), named=named))
    )


def _standing(release: Release) -> Standing:
    return Standing(tuple((x, y, label) for x, y, label in release.rows), release.controls[SHRINKING])


def below(page: Page, begun: int, release: Release) -> None:
    """The exact fit, the gradient with the numbers put in, and the programs; so many rows were `begun`."""
    standing, named = _standing(release), DATA.named(page)
    DATA.keep(page, standing.rows, begun)
    plane = (release.controls["w1"], release.controls["w2"], release.controls["w0"])
    with st.container():
        st.text(_exactly(standing))
    with st.expander("The gradient in numbers", key=page.key("features.gradient"), on_change="rerun") as fold:
        if fold.open:
            letters_said(("x₁", "x₂", "y"), named)
            for line in gradient_latex(standing.rows, plane, standing.shrinking):
                st.latex(line)
    asked = (release.controls["p1"], release.controls["p2"])
    code_fold(page, lambda: features_programs(standing.rows, plane, asked, standing.shrinking, named))


def _exactly(standing: Standing) -> str:
    """The minimum of J, or why there is none."""
    try:
        best = logistic_plane(standing.rows, standing.shrinking)
    except DataError as error:
        return str(error)
    w1, w2, w0, loss = (said(value, 6) for value in (best.w1, best.w2, best.w0, best.loss))
    return f"Exactly: w = ({w1}, {w2}), w₀ = {w0}, J = {loss}. The log loss is convex: there is no other minimum."
