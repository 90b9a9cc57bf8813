"""The box for a typed function: its reading at the right, a refusal in place, and the drawer of examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.expression import Expression, ExpressionError, parse
from explorer.figures.thumbnail import thumbnail
from explorer.presets import Preset
from explorer.ui.page import Page

SHOWN = 60  # characters of a refused text around its mistake


@dataclass(frozen=True)
class Typed:
    """The function to show: what stands in the box, or the last text that could be read; its preset.

    `row` is the row of the box, for what else belongs there.
    """

    expression: Expression
    preset: Preset | None
    refused: bool
    row: DeltaGenerator


def formula_box(page: Page, examples: Sequence[Preset], default: str, name: str = "f") -> Typed:
    """The row under the menu: box, typeset reading, Examples; below it a refusal, where there is one."""
    variables = examples[0].variables
    key, good = page.key(name), page.key(f"{name}.good")
    if page.entered or key not in st.session_state:
        _put(key, page.reading.text(name) or default)
        st.session_state[good] = default
    count, first = st.session_state[key]
    row = st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small")
    with row:
        arguments = ", ".join(variables)
        text = st.text_input(
            f"Your function of {' and '.join(variables)}",
            value=first,
            key=f"{key}.{count}",
            live="300ms",
            label_visibility="collapsed",
            placeholder="x^2, sin(3x), |x|, 1/(1+e^-x) …",
            width=520,
            autocomplete="off",
        )
        reading = st.container(key="reading")
        _drawer(page, examples, key)
    try:
        expression, refusal = parse(text or "", variables), None
        st.session_state[good] = text
    except ExpressionError as error:
        expression, refusal = parse(st.session_state[good], variables), error
    with reading:
        st.latex(f"{name}({arguments}) = {expression.latex()}")
    if refusal is not None:
        _refusal(key, text or "", refusal)
    return Typed(expression, _preset_of(tuple(examples), expression), refusal is not None, row)


@lru_cache(maxsize=256)
def _preset_of(presets: tuple[Preset, ...], expression: Expression) -> Preset | None:
    """The preset that says the same, however it is spaced: it brings its window and starting point."""
    return next((p for p in presets if parse(p.formula, p.variables).text == expression.text), None)


def _refusal(key: str, text: str, error: ExpressionError) -> None:
    """The text with a caret under its mistake, one sentence, and the mend where there is an obvious one.

    Everything typed is shown as code or plain text: it is never read as Markdown.
    """
    start = max(0, min(error.position - SHOWN // 2, len(text) - SHOWN))
    line = "".join(c if c.isprintable() else "·" for c in text[start : start + SHOWN])
    with st.container(key="refusal"):
        st.code(f"{line or ' '}\n{' ' * (error.position - start)}^", language=None)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(error.message + " The picture still shows the last function.")
            if error.suggestion is not None:
                st.button("Use this instead", on_click=_put, args=(key, error.suggestion), type="primary")
                st.code(error.suggestion, language=None)


def _put(key: str, text: str) -> None:
    """Put a text into the box: a new box with that text.

    A value set on a standing widget travels only once, and a browser that is busy draws the run after it: the box
    then shows something else than the server holds (seen on Streamlit 1.67).
    """
    count, _ = st.session_state.get(key, (0, ""))
    st.session_state[key] = (count + 1, text)


def _drawer(page: Page, examples: Sequence[Preset], key: str) -> None:
    """Examples as cards: a thumbnail, the formula, and one line on what to look for."""
    with st.popover("Examples", key=page.key("examples"), on_change="rerun", width="content") as drawer:
        if not drawer.open:
            return
        columns = st.columns(3)
        for index, preset in enumerate(examples):
            with columns[index % 3].container(border=True):
                st.image(thumbnail(preset.formula, preset.variables), width="stretch")
                st.button(
                    preset.title,
                    key=page.key(f"example.{index}"),
                    on_click=_put,
                    args=(key, preset.formula),
                    width="stretch",
                )
                st.caption(preset.look_for)
