"""The regression page's own parts: its data, typed or chosen, and what stands below the figure."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.code import regression_programs
from explorer.data.line import DataError, least_squares
from explorer.data.rows import MOST_ROWS, Rows, read_rows
from explorer.data.sums import row_names
from explorer.figures.regression import STEPS, loss_of
from explorer.figures.regression_words import gradient_latex
from explorer.presets import DATA_SETS
from explorer.ui.code import code_fold
from explorer.ui.descent_parts import Standing, optimiser_of, settings_of, steps_form, steps_table
from explorer.ui.page import Page
from explorer.ui.release import Release
from explorer.ui.tabs import tabs

TABS = {"line": "Line", "classes": "Classes"}


@dataclass(frozen=True)
class Begun:
    """The rows with which the figure begins, and how many steps are taken."""

    rows: Rows
    steps: int


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
        steps = steps_form(page, loss_of(rows), STEPS if linked_steps is None else int(linked_steps))
    with st.container():
        if refused:
            st.text(refused)
    return Begun(rows, steps)


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


def below(page: Page, begun: Begun, release: Release) -> None:
    """The exact reason, the gradient with the numbers put in, and the table of iterates."""
    rows = rows_of(release, len(begun.rows))
    try:
        least_squares(*zip(*rows, strict=True))
    except DataError as error:
        st.text(str(error))
        return
    optimiser = optimiser_of(release)
    start = (release.controls["m"], release.controls["c"])
    standing = Standing(
        loss_of(rows),
        optimiser,
        start,
        release.controls["rate"],
        begun.steps,
        settings_of(optimiser, release),
    )
    path = standing.path
    at = path.points[min(int(release.controls["step"]), len(path.points) - 1)].tolist()
    with st.expander("The gradient in numbers", key=page.key("gradient"), on_change="rerun") as fold:
        if fold.open:
            st.latex(r"J(m, c) = \frac{1}{N} \sum (y - \hat y)^2, \qquad \hat y = m x + c")
            for line in gradient_latex(rows, at[0], at[1]):
                st.latex(line)
    steps_table(page, standing)
    code_fold(page, lambda: regression_programs(standing.walk(int(release.controls["step"])), rows))
