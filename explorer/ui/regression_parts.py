"""The regression page's own parts: its data, typed or chosen, and what stands below the figure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypedDict

import streamlit as st

from explorer.code import Program, regression_programs
from explorer.data import DataError
from explorer.data.headings import PLAIN, Headings, head_of, headings
from explorer.data.losses import AS_IT_STANDS, LOSSES, SCALES, Setting
from explorer.data.rows import MOST_LIVE, MOST_ROWS, Rows, as_sent, read_rows
from explorer.figures.arrival import Arrival
from explorer.figures.regression.line import STAYING, regression_scene, seen_spans
from explorer.figures.regression.line_kept import same_line
from explorer.figures.regression.questions import asked_of
from explorer.figures.regression.residuals import AT
from explorer.figures.regression.view import (
    STEPS,
    first_delta,
    fitted,
    given_of,
    loss_of,
    with_a_line,
)
from explorer.figures.regression.words import REMARKS, gradient_latex, loss_latex
from explorer.presets import DATA_SETS
from explorer.scene.scene import Scene
from explorer.ui.code import code_fold
from explorer.ui.data_row import DataRow, letters_said, said_of_many
from explorer.ui.descent_parts import Loss, Standing, optimiser_of, settings_of, steps_form, steps_table
from explorer.ui.live_figure import stood
from explorer.ui.page import Page
from explorer.ui.release import Release
from explorer.ui.tabs import tabs

TABS = {"line": "Line", "classes": "Classes", "features": "Two features"}


OTHER_SCALE = 4.0
"""Data whose first δ is so many times another's have another scale."""


@dataclass(frozen=True)
class Begun:
    """The rows with which the figure begins, how many steps are taken, on which loss and scale, and their names."""

    rows: Rows
    steps: int
    setting: Setting = AS_IT_STANDS
    named: Headings = PLAIN


@lru_cache(maxsize=64)
def usable(text: str) -> Rows:
    """The rows of a text: those of a line, or one point or several above each other. Raises DataError."""
    rows = as_sent(read_rows(text))
    if not rows:
        raise DataError("There is no point yet: a line needs two.")
    fitted(with_a_line(rows))
    return rows


def why_no_line(rows: Rows, named: Headings) -> str:
    """Why there is no line for rows in columns that are so called yet; empty where there is one."""
    try:
        fitted(rows, named[0])
    except DataError as error:
        return str(error)
    return ""


def _judge(text: str) -> str:
    return why_no_line(usable(text), headings(head_of(text, 2), PLAIN))


DATA = DataRow(
    "line",
    "",
    f"Rows of x and y, up to {MOST_ROWS}: a line each, or parted by semicolons",
    _judge,
    DATA_SETS,
    MOST_ROWS,
    fitted=("m", "c", AT, "delta", "rate", "step"),
)


def data_row(page: Page) -> Begun:
    """The row under the menu: the data, and the number of steps; what a link got wrong is said below."""
    refused = DATA.arrive(page)
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        tabs(page, TABS)
        DATA.draw(page)
        rows = usable(DATA.text(page))
        linked_steps = page.reading.number("steps")
        setting = _setting(page, len(rows))
        usual = STEPS if linked_steps is None else int(linked_steps)
        steps = steps_form(page, DATA.tab, usual, partial(DATA.stay, page))
    with st.container():
        for sentence in filter(None, (refused, DATA.names_left(page))):
            st.text(sentence)
        if many := said_of_many(len(rows)):
            st.text(many + (_said_of_still(DATA.text(page), rows) if len(rows) > MOST_LIVE else ""))
    return Begun(rows, steps, setting, DATA.named(page))


def _said_of_still(text: str, rows: Rows) -> str:
    """What is said of more rows than can be dragged: they travel with so many digits as there is room for."""
    kept = "" if read_rows(text) == rows else " Their numbers are kept to a millionth of their range."
    return f" More than {MOST_LIVE} are drawn and fitted, and none is dragged by itself.{kept}"


LOSS_WORDS = {"square": "Squares", "absolute": "Absolute values", "huber": "Huber’s costs"}
SCALE_WORDS = {"raw": "As it stands", "standard": "Standardised", "normal": "Normalised"}
SCALE_HELP = (
    "Standardised: (x − mean) / deviation. Normalised: (x − least) / (greatest − least). The line is drawn "
    "in the units of the data all the same."
)


def _setting(page: Page, count: int) -> Setting:
    """What the line is judged by, and how x is counted: the points stay where they were dragged."""
    chosen = {"loss": LOSSES[0]}
    with st.popover("Loss and scale", key=page.key("setting"), width="content"):
        for name, label, options, words, more in (
            ("loss", "J is the mean of", LOSSES, LOSS_WORDS, None),
            ("scale", "x is counted", SCALES, SCALE_WORDS, SCALE_HELP),
        ):
            if name == "loss" and count > MOST_LIVE:
                st.caption(f"J is the mean of squares, as for any more than {MOST_LIVE} points.")
                continue
            key, kept = page.key(name), page.key(f"{name}.kept")
            if page.entered:
                st.session_state[key] = page.reading.text(name)
            elif key not in st.session_state:
                st.session_state[key] = st.session_state.get(kept, options[0])
            chosen[name] = str(
                st.radio(
                    label, options, format_func=words.__getitem__, key=key, help=more,
                    on_change=DATA.stay, args=(page,),
                )
            )  # fmt: skip
            st.session_state[kept] = chosen[name]
    return Setting(**chosen)


def standing_rows(release: Release) -> Rows:
    """The points that are there, as they stand in the figure."""
    return tuple((x, y) for x, y in release.rows)


class Staying(TypedDict):
    """What of the figure before stays in the one that is shown now, and how, as `live_figure` is told."""

    keep: bool | Collection[str]
    arrive: Callable[[Mapping[str, float]], Arrival]


def staying(page: Page, begun: Begun, scene: Scene) -> Staying:
    """What the learner has chosen for whatever data; Huber's δ only for data of the scale for which it was chosen.

    On the same data also the line; and η, if they are looked at by the same loss and scale.
    """
    key, first = page.key("shown"), first_delta(with_a_line(begun.rows))
    before, setting = st.session_state.get(key, (first, begun.setting))
    st.session_state[key] = first, begun.setting
    if DATA.stayed(page):
        return Staying(
            keep=True, arrive=lambda held: same_line(begun.rows, setting, begun.setting, held, scene)
        )
    alike = 1 / OTHER_SCALE < first / before < OTHER_SCALE
    return Staying(keep=[name for name in STAYING if alike or name != "delta"], arrive=Arrival)


def scene_of(page: Page, begun: Begun) -> Scene:
    """The scene as it is to be shown now: with axes that hold the points as they were let go."""
    plain = _shown(page, begun)
    release = stood(page, plain)
    if release is None:
        return plain
    standing = standing_rows(release)
    scene = _shown(page, begun, drawn(begun, release), seen_spans(begun.rows, standing))
    if begun.setting.loss != "square":
        return scene
    return asked_of(scene, standing, begun.steps, begun.setting.scale)


def _shown(page: Page, begun: Begun, *standing: Any) -> Scene:
    """The scene of what was begun and of what is `standing`, as `regression_scene` takes it."""
    scene = regression_scene(begun.rows, begun.steps, begun.setting, *standing, named=begun.named)
    return DATA.anew(page, scene)


def drawn(begun: Begun, release: Release | None) -> tuple[Rows, float] | None:
    """For which rows and δ the level lines of the scene are drawn: those of the last release."""
    if begun.setting.loss == "square" or release is None:
        return None
    return standing_rows(release), release.controls["delta"]


def below(page: Page, begun: Begun, release: Release) -> None:
    """What the loss changes, the gradient with the numbers put in, and the table of iterates."""
    rows, setting = standing_rows(release), begun.setting
    DATA.keep(page, rows, len(begun.rows))
    if why := why_no_line(rows, begun.named):
        st.text(why)
    delta = release.controls.get("delta", 1.0)
    standing = _standing(loss_of(rows, ("m", "c"), setting, delta), begun, release)
    if REMARKS[setting.loss]:
        st.text(REMARKS[setting.loss])
    with st.expander("The gradient in numbers", key=page.key("gradient"), on_change="rerun") as fold:
        if fold.open:
            path = standing.path
            m, c = path.points[min(int(release.controls["step"]), len(path.points) - 1)].tolist()
            given = given_of(rows, setting.scale)
            counted = tuple(((x - given["x_shift"]) / given["x_width"], y) for x, y in rows)
            letters_said(("x", "y"), begun.named)
            for line in loss_latex(setting, delta):
                st.latex(line)
            for line in gradient_latex(counted, m, c, setting, delta):
                st.latex(line)
    steps_table(page, standing, "J")
    code_fold(page, lambda: _programs(begun, release, rows, delta))


def _standing(loss: Loss, begun: Begun, release: Release) -> Standing[Loss]:
    """The descent on this loss that stands in the figure."""
    optimiser = optimiser_of(release)
    return Standing(
        loss,
        optimiser,
        (release.controls["m"], release.controls["c"]),
        release.controls["rate"],
        begun.steps,
        settings_of(optimiser, release),
    )


def _programs(begun: Begun, release: Release, rows: Rows, delta: float) -> tuple[Program, ...]:
    """The programs that give the numbers of the figure."""
    standing = _standing(loss_of(rows, ("m", "c"), begun.setting, delta), begun, release)
    walk = standing.walk(int(release.controls["step"]))
    return regression_programs(walk, rows, begun.setting, delta, begun.named)
