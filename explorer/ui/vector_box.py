"""Two boxes for the components of a vector function, and the switch between surface and Jacobian."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from explorer.expression import Expression, parse
from explorer.figures.thumbnail import image_thumbnail
from explorer.presets import VECTOR_CHALLENGES, VECTORS, VectorPreset
from explorer.ui.drawer import Card, examples_drawer
from explorer.ui.formula_box import first_text
from explorer.ui.page import Page
from explorer.ui.understood import remark, say, understood

TABS = {"surface": "Surface", "jacobian": "Jacobian"}
VARIABLES = ("x", "y")


@dataclass(frozen=True)
class TypedVector:
    """The components to show: what stands in the boxes, or the last texts that could be read; their preset."""

    first: Expression
    second: Expression
    preset: VectorPreset | None


def chosen_tab(page: Page) -> str:
    """What the switch says, surface or jacobian, before it is drawn."""
    return str(st.session_state.get(page.key("tab")) or page.reading.text("tab"))


def tab_switch(page: Page) -> None:
    """The switch itself; it stands in the row of the formula."""
    st.segmented_control(
        "Explore",
        tuple(TABS),
        default=page.reading.text("tab"),
        format_func=TABS.__getitem__,
        required=True,
        key=page.key("tab"),
        label_visibility="collapsed",
    )


def vector_box(page: Page) -> TypedVector:
    """The row under the menu: one box for each component, the typeset reading, Examples, and the switch."""
    row = st.container(key="formula", horizontal=True, vertical_alignment="center", gap="small")
    with row:
        with st.container(key="components", horizontal=True, gap="small", width=516):
            texts = {
                name: _box(page, name, default)
                for name, default in (("u", VECTORS[0].first), ("v", VECTORS[0].second))
            }
        beside = st.container(key="said")
        reading = st.container(key="reading")
        _drawer(page)
        tab_switch(page)
    typed = {
        name: understood(page, name, text, lambda text: parse(text, VARIABLES))
        for name, text in texts.items()
    }
    with beside:
        say(list(typed.values()))
    parts = {name: one.expression for name, one in typed.items()}
    with reading:
        column = r" \\ ".join(part.latex() for part in parts.values())
        st.latex(rf"(x, y) \mapsto \begin{{pmatrix}} {column} \end{{pmatrix}}")
        remark(list(typed.values()))
    said = tuple(part.text for part in parts.values())
    known = {tuple(parse(text, VARIABLES).text for text in (p.first, p.second)): p for p in VECTORS}
    return TypedVector(parts["u"], parts["v"], known.get(said))


def _box(page: Page, name: str, default: str) -> str:
    """A box for one component; what a link holds is its first value."""
    text = st.text_input(
        f"Component {name} of x and y",
        value=first_text(page, name, default),
        key=page.key(name),
        live="300ms",
        label_visibility="collapsed",
        autocomplete="off",
    )
    return text or ""


def _drawer(page: Page) -> None:
    """The examples of two components each, and the questions about them."""

    def texts(first: str, second: str) -> dict[str, str]:
        return {page.key("u"): first, page.key("v"): second}

    cards = [
        Card(
            partial(image_thumbnail, p.first, p.second, p.half),
            f"What ({p.first}, {p.second}) makes of a grid",
            p.title,
            p.look_for,
            texts(p.first, p.second),
        )
        for p in VECTORS
    ]
    questions = [(c.question, texts(c.formula, c.second)) for c in VECTOR_CHALLENGES]
    examples_drawer(page.key("vectors"), cards, questions)
