"""The regression page's own parts: its data, typed or chosen, and what stands below the figure."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.code import Program, regression_programs
from explorer.data.line import DataError
from explorer.data.losses import AS_IT_STANDS, LOSSES, SCALES, Setting
from explorer.data.rows import MOST_ROWS, Rows, read_rows
from explorer.data.sums import COUNT, row_names
from explorer.figures.regression import SPARE, first_room, regression_scene
from explorer.figures.regression_view import STEPS, fitted, given_of, loss_of, square_loss_of
from explorer.figures.regression_words import REMARKS, gradient_latex, loss_latex
from explorer.figures.scene import Scene
from explorer.presets import DATA_SETS
from explorer.ui.code import code_fold
from explorer.ui.data_row import DataRow
from explorer.ui.descent_parts import Loss, Standing, optimiser_of, settings_of, steps_form, steps_table
from explorer.ui.live_figure import stood
from explorer.ui.page import Page
from explorer.ui.release import Release
from explorer.ui.tabs import tabs

TABS = {"line": "Line", "classes": "Classes", "features": "Two features"}


@dataclass(frozen=True)
class Begun:
    """The rows with which the figure begins, how many steps are taken, and on which loss and scale."""

    rows: Rows
    steps: int
    setting: Setting = AS_IT_STANDS


def usable(text: str) -> Rows:
    """The rows of a text that have a line. Raises DataError."""
    rows = read_rows(text)
    if not rows:
        raise DataError("There is no point yet: a line needs two.")
    fitted(rows)
    return rows


def _judge(text: str) -> str:
    usable(text)
    return ""


DATA = DataRow(
    "line", "", f"Rows of x and y, up to {MOST_ROWS}: a line each, or parted by semicolons", _judge, DATA_SETS
)


def data_row(page: Page) -> Begun:
    """The row under the menu: the data, and the number of steps; what a link got wrong is said below."""
    refused = DATA.arrive(page)
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        tabs(page, TABS)
        DATA.draw(page)
        rows = usable(DATA.text(page))
        linked_steps = page.reading.number("steps")
        setting = _setting(page)
        steps = steps_form(page, square_loss_of(rows), STEPS if linked_steps is None else int(linked_steps))
    with st.container():
        if refused:
            st.text(refused)
    return Begun(rows, steps, setting)


LOSS_WORDS = {"square": "Squares", "absolute": "Absolute values", "huber": "Huber’s costs"}
SCALE_WORDS = {"raw": "As it stands", "standard": "Standardised", "normal": "Normalised"}
SCALE_HELP = (
    "Standardised: (x − mean) / deviation. Normalised: (x − least) / (greatest − least). The line is drawn "
    "in the units of the data all the same."
)


def _setting(page: Page) -> Setting:
    """What the line is judged by, and how x is counted: the points stay where they were dragged."""
    chosen = {}
    with st.popover("Loss and scale", key=page.key("setting"), width="content"):
        for name, label, options, words, more in (
            ("loss", "J is the mean of", LOSSES, LOSS_WORDS, None),
            ("scale", "x is counted", SCALES, SCALE_WORDS, SCALE_HELP),
        ):
            key, kept = page.key(name), page.key(f"{name}.kept")
            if page.entered:
                st.session_state[key] = page.reading.text(name)
            elif key not in st.session_state:
                st.session_state[key] = st.session_state.get(kept, options[0])
            chosen[name] = str(
                st.radio(
                    label, options, format_func=words.__getitem__, key=key, help=more,
                    on_change=_keep_points, args=(page,),
                )
            )  # fmt: skip
            st.session_state[kept] = chosen[name]
    return Setting(**chosen)


def _keep_points(page: Page) -> None:
    """The figure begins anew with the points as they stand."""
    st.session_state[DATA.key(page, "rows")] = DATA.standing(page)


def standing_rows(release: Release) -> Rows:
    """The points that are there, as they stand in the figure."""
    return rows_of(release, int(release.controls[COUNT]))


def rows_of(release: Release, count: int) -> Rows:
    """So many points as they stand in the figure."""
    return tuple((release.controls[x], release.controls[y]) for x, y in row_names(count))


def scene_of(page: Page, begun: Begun) -> Scene:
    """The scene as it is to be shown now: with room for more points than there are."""
    plain = regression_scene(begun.rows, begun.steps, begun.setting)
    key = page.key("room")
    known, room = st.session_state.get(key, ("", 0))
    if known != plain.id:
        room = first_room(begun.rows)
    release = stood(page, regression_scene(begun.rows, begun.steps, begun.setting, room=room))
    if release is not None and release.controls[COUNT] > room - SPARE / 2:
        room = min(room + SPARE, max(MOST_ROWS, len(begun.rows)))
    st.session_state[key] = (plain.id, room)
    return regression_scene(begun.rows, begun.steps, begun.setting, drawn(begun, release), room)


def drawn(begun: Begun, release: Release | None) -> tuple[Rows, float] | None:
    """For which rows and δ the level lines of the scene are drawn: those of the last release, if they have a line."""
    if begun.setting.loss == "square" or release is None or not _has_line(standing_rows(release)):
        return None
    return standing_rows(release), release.controls["delta"]


def _has_line(rows: Rows) -> bool:
    try:
        fitted(rows)
    except DataError:
        return False
    return True


def below(page: Page, begun: Begun, release: Release) -> None:
    """What the loss changes, the gradient with the numbers put in, and the table of iterates."""
    rows, setting = standing_rows(release), begun.setting
    try:
        fitted(rows)
    except DataError as error:
        st.text(str(error))
        return
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
            for line in loss_latex(setting, delta):
                st.latex(line)
            for line in gradient_latex(counted, m, c, setting, delta):
                st.latex(line)
    steps_table(page, standing)
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
    return regression_programs(standing.walk(int(release.controls["step"])), rows, begun.setting, delta)
