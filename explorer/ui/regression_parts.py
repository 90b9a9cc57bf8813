"""The regression page's own parts: its data, typed or chosen, and what stands below the figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from explorer.code import LANGUAGES, Program, regression_programs
from explorer.data.line import DataError, least_squares
from explorer.data.losses import AS_IT_STANDS, LOSSES, SCALES, Setting
from explorer.data.rows import MOST_ROWS, Rows, read_rows
from explorer.data.sums import row_names
from explorer.descent import Trajectory, descend
from explorer.figures.regression import regression_scene
from explorer.figures.regression_view import STEPS, given_of, loss_of, square_loss_of
from explorer.figures.regression_words import REMARKS, gradient_latex, loss_latex
from explorer.presets import DATA_SETS
from explorer.ui.code import code_fold
from explorer.ui.descent_parts import Standing, optimiser_of, settings_of, steps_form, steps_table
from explorer.ui.live_figure import stood
from explorer.ui.page import Page
from explorer.ui.release import Release
from explorer.ui.tabs import tabs

TABS = {"line": "Line", "classes": "Classes"}


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
    least_squares(*zip(*rows, strict=True))
    return rows


def data_row(page: Page) -> Begun:
    """The row under the menu: the data, and the number of steps; what a link got wrong is said below."""
    key, refused = page.key("rows"), ""
    if page.entered or key not in st.session_state:
        own = page.reading.text("tab") == "line"
        linked = (page.reading.text("data") if own else "") or DATA_SETS[0].text
        try:
            usable(linked)
        except DataError as error:
            refused, linked = f"{error} The link's data were left out.", DATA_SETS[0].text
        st.session_state[key] = linked
    with st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small"):
        tabs(page, TABS)
        _own_data(page, key)
        _data_sets(page, key)
        rows = usable(st.session_state[key])
        linked_steps = page.reading.number("steps")
        setting = _setting(page, key)
        steps = steps_form(page, square_loss_of(rows), STEPS if linked_steps is None else int(linked_steps))
    with st.container():
        if refused:
            st.text(refused)
    return Begun(rows, steps, setting)


SQUARES_ONLY = "The program is written for squares, with x as it stands."

LOSS_WORDS = {"square": "Squares", "absolute": "Absolute values", "huber": "Huber’s costs"}
SCALE_WORDS = {"raw": "As it stands", "standard": "Standardised", "normal": "Normalised"}
SCALE_HELP = (
    "Standardised: (x − mean) / deviation. Normalised: (x − least) / (greatest − least). The line is drawn "
    "in the units of the data all the same."
)


def _setting(page: Page, rows: str) -> Setting:
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
                    on_change=_keep_points, args=(page, rows),
                )
            )  # fmt: skip
            st.session_state[kept] = chosen[name]
    return Setting(**chosen)


def _keep_points(page: Page, rows: str) -> None:
    """The figure begins anew with the points as they stand."""
    memory = st.session_state.get(page.key("memory"), {})
    st.session_state[rows] = str(memory.get("data") or st.session_state[rows])


def _own_data(page: Page, key: str) -> None:
    """Rows to type or paste: the box opens with those that stand now."""
    with st.popover("Own data", key=page.key("typing"), on_change="rerun", width="content") as box:
        if not box.open:
            return
        memory = st.session_state.get(page.key("memory"), {})
        text = st.text_area(
            f"Rows of x and y, up to {MOST_ROWS}: a line each, or parted by semicolons",
            value=str(memory.get("data") or st.session_state[key]).replace(";", "\n"),
            key=page.key("typed"),
            height=260,
            width=380,
        )
        try:
            usable(text or "")
        except DataError as error:
            st.text(f"{error} The picture keeps its points.")
            return
        st.button("Put them there", on_click=_put, args=(page, key, text), type="primary")


def _data_sets(page: Page, key: str) -> None:
    with st.popover("Examples", key=page.key("examples"), on_change="rerun", width="content") as drawer:
        if not drawer.open:
            return
        for index, data in enumerate(DATA_SETS):
            st.button(
                data.title, key=page.key(f"examples.{index}"), on_click=_put, args=(page, key, data.text),
                width="stretch",
            )  # fmt: skip
            st.caption(data.look_for)


def _put(page: Page, key: str, text: str) -> None:
    """The data become these, and the box and the drawer shut."""
    st.session_state[key] = text
    st.session_state[page.key("typing")] = False
    st.session_state[page.key("examples")] = False


def rows_of(release: Release, count: int) -> Rows:
    """The points as they stand in the figure."""
    return tuple((release.controls[x], release.controls[y]) for x, y in row_names(count))


def drawn(page: Page, begun: Begun) -> tuple[Rows, float] | None:
    """For which rows and δ the level lines of the scene are drawn: those of the last release, if they have a line."""
    if begun.setting.loss == "square":
        return None
    release = stood(page, regression_scene(begun.rows, begun.steps, begun.setting))
    if release is None or not _has_line(rows_of(release, len(begun.rows))):
        return None
    return rows_of(release, len(begun.rows)), release.controls["delta"]


def _has_line(rows: Rows) -> bool:
    try:
        least_squares(*zip(*rows, strict=True))
    except DataError:
        return False
    return True


@dataclass(frozen=True)
class Fitting:
    """The descent that stands in the figure, as Python walks it: on these rows, by this loss."""

    rows: Rows
    setting: Setting
    delta: float
    optimiser: str
    start: tuple[float, float]
    rate: float
    steps: int
    settings: tuple[tuple[str, float], ...]

    @property
    def path(self) -> Trajectory:
        """The trajectory with its outcome and reason."""
        return _walked(self)


@lru_cache(maxsize=64)
def _walked(fitting: Fitting) -> Trajectory:
    loss = loss_of(fitting.rows, ("m", "c"), fitting.setting, fitting.delta)
    settings: dict[str, Any] = dict(fitting.settings)
    return descend(fitting.optimiser, loss, fitting.start, fitting.rate, fitting.steps, **settings)


def below(page: Page, begun: Begun, release: Release) -> None:
    """What the loss changes, the gradient with the numbers put in, and the table of iterates."""
    rows, setting = rows_of(release, len(begun.rows)), begun.setting
    try:
        least_squares(*zip(*rows, strict=True))
    except DataError as error:
        st.text(str(error))
        return
    optimiser, delta = optimiser_of(release), release.controls.get("delta", 1.0)
    path = Fitting(
        rows,
        setting,
        delta,
        optimiser,
        (release.controls["m"], release.controls["c"]),
        release.controls["rate"],
        begun.steps,
        settings_of(optimiser, release),
    ).path
    at = path.points[min(int(release.controls["step"]), len(path.points) - 1)].tolist()
    given = given_of(rows, setting.scale)
    counted = tuple(((x - given["x_shift"]) / given["x_width"], y) for x, y in rows)
    if REMARKS[setting.loss]:
        st.text(REMARKS[setting.loss])
    with st.expander("The gradient in numbers", key=page.key("gradient"), on_change="rerun") as fold:
        if fold.open:
            for line in loss_latex(setting, delta):
                st.latex(line)
            for line in gradient_latex(counted, at[0], at[1], setting, delta):
                st.latex(line)
    steps_table(page, lambda: path)
    code_fold(page, lambda: _programs(begun, release, rows))


def _programs(begun: Begun, release: Release, rows: Rows) -> tuple[Program, ...]:
    """The programs that give the numbers of the figure."""
    if begun.setting != AS_IT_STANDS:
        return tuple(Program(language.name, "", why=SQUARES_ONLY) for language in LANGUAGES)
    optimiser = optimiser_of(release)
    standing = Standing(
        square_loss_of(rows),
        optimiser,
        (release.controls["m"], release.controls["c"]),
        release.controls["rate"],
        begun.steps,
        settings_of(optimiser, release),
    )
    return regression_programs(standing.walk(int(release.controls["step"])), rows)
