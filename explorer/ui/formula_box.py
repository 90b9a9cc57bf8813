"""The box for a typed function: its reading at the right, a refusal in place, and the drawer of examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.expression import Expression, parse
from explorer.figures.thumbnail import thumbnail
from explorer.presets import Challenge, Preset
from explorer.ui.drawer import Card, examples_drawer
from explorer.ui.page import Page
from explorer.ui.understood import remark, say, understood


@dataclass(frozen=True)
class Typed:
    """The function to show: what stands in the box, or the last text that could be read; its preset.

    `row` is the row of the box, for what else belongs there.
    """

    expression: Expression
    preset: Preset | None
    refused: bool
    row: DeltaGenerator


def first_text(page: Page, name: str, default: str) -> str:
    """What a box holds when it is mounted: the link's text, or the default; the last good text when it comes back.

    A box that was away, behind another tab, has lost what stood in it. Whether it was away is not asked of the session:
    a message that left the browser while the tab changed brings the text back to the session, and not to the box.
    """
    key = page.key(name)
    good, put = f"{key}.good", st.session_state.pop(f"{key}.first", None)
    if page.entered or good not in st.session_state:
        st.session_state[good] = default
        return page.reading.text(name) or default
    return str(st.session_state[good] if put is None else put)


def formula_box(
    page: Page,
    examples: Sequence[Preset],
    default: str,
    *,
    name: str = "f",
    of: str = "",
    reads: Callable[[str], Expression] | None = None,
    shows: Callable[[Expression], str] | None = None,
    challenges: Sequence[Challenge] = (),
    picture: Callable[..., str] = thumbnail,
) -> Typed:
    """The row under the menu: box, typeset reading, Examples; a refusal, where there is one, in the reading's place.

    `reads` turns the text into the expression where the variables are not those of the first example, `of` names them;
    it raises ExpressionError. `shows` gives the reading as LaTeX where it is not `f(x) = …`; `picture` draws an example
    as SVG, of its formula, its variables and, where it has one of its own, its window.
    """
    variables = examples[0].variables
    key = page.key(name)
    row = st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small")
    with row:
        text = st.text_input(
            f"Your function of {of or ' and '.join(variables)}",
            value=first_text(page, name, default),
            key=key,
            live="300ms",
            label_visibility="collapsed",
            placeholder="x^2, sin(3x), |x|, 1/(1+e^-x) …",
            width=520,
            autocomplete="off",
        )
        beside = st.container(key="said")
        reading = st.container(key="reading")
        _drawer(examples, challenges, key, picture)
    typed = understood(page, name, text or "", reads or (lambda text: parse(text, variables)))
    if page.entered and typed.refusal is not None:
        page.leave_out_all_but(name)
    typed = replace(typed, alone=page.reading.alone and typed.text == page.reading.text(name))
    expression = typed.expression
    with reading:
        plain = f"{name}({', '.join(expression.variables)}) = {expression.latex()}"
        st.latex(plain if shows is None else shows(expression))
        remark([typed])
    with beside:
        say([typed])
    return Typed(expression, _preset_of(tuple(examples), expression), typed.refusal is not None, row)


@lru_cache(maxsize=256)
def _preset_of(presets: tuple[Preset, ...], expression: Expression) -> Preset | None:
    """The preset that says the same, however it is spaced: it brings its window and starting point."""
    return next((p for p in presets if parse(p.formula, p.variables).text == expression.text), None)


def _drawer(
    examples: Sequence[Preset],
    challenges: Sequence[Challenge],
    key: str,
    picture: Callable[..., str],
) -> None:
    """The examples of one function, and the questions about them."""
    cards = [
        Card(
            partial(picture, p.formula, p.variables, *((p.x_window, p.y_window) if p.x_window else ())),
            f"Graph of {p.formula}",
            p.title,
            p.look_for,
            {key: p.formula},
        )
        for p in examples
    ]
    examples_drawer(f"{key}.examples", cards, [(c.question, {key: c.formula}) for c in challenges])
