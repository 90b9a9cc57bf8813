"""The drawer of examples: cards with a small picture, and the questions about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

ROW = 3
PUT = "texts.put"

Texts = Mapping[str, str]
"""What an example puts into the boxes, by their keys."""


@dataclass(frozen=True)
class Card:
    """An example: a picture (SVG, drawn when the drawer is open), its title, what to look for, and its texts."""

    picture: Callable[[], str]
    alt: str
    title: str
    look_for: str
    texts: Texts


def examples_drawer(key: str, cards: Sequence[Card], questions: Sequence[tuple[str, Texts]] = ()) -> None:
    """The button "Examples" and what it opens; each question brings its own function."""
    with st.popover("Examples", key=key, on_change="rerun", width="content") as drawer:
        if not drawer.open:
            return
        # Each row has columns of its own: on a phone, where columns stand below each other, the order stays.
        columns = [column for _ in range(0, len(cards), ROW) for column in st.columns(ROW)]
        for index, card in enumerate(cards):
            with columns[index].container(key=f"{key}.card.{index}", border=True, gap="xsmall"):
                st.image(card.picture(), width="stretch", alt=card.alt)
                chosen = (key, card.texts)
                st.button(card.title, key=f"{key}.{index}", on_click=_choose, args=chosen, width="stretch")
                st.caption(card.look_for)
        if questions:
            st.markdown("**Challenges** wait beside the picture. Each brings its own function:")
        for index, (question, texts) in enumerate(questions):
            st.button(
                question,
                key=f"{key}.challenge.{index}",
                on_click=_choose,
                args=(key, texts),
                width="stretch",
                type="tertiary",
            )


def put_text(key: str, text: str) -> None:
    """Put a text into the standing box, which is mounted with nothing in that run: Streamlit takes one of both.

    The text of a link is the box's first value instead: a value set on a widget travels once only, and a browser
    that is busy during its first runs was seen to miss it (Streamlit 1.67).
    """
    st.session_state[key] = text
    st.session_state[f"{key}.first"] = ""
    st.session_state[PUT] = st.session_state.get(PUT, frozenset()) | {key}


def put_texts() -> dict[str, str]:
    """What stands in the boxes that any text was ever put into, as this run knows them."""
    return {key: st.session_state[key] for key in st.session_state.get(PUT, ()) if key in st.session_state}


def put_again(texts: Mapping[str, str]) -> None:
    """Put the texts of a former run back where a message has brought others.

    Each message says what stands in every box. One that left the browser by a clock while a run was putting texts may
    say an old one, or one old and one new, and whoever draws the page anew then would draw what nobody has asked for.
    """
    for key, text in texts.items():
        if st.session_state.get(key) != text:
            put_text(key, text)


def _choose(drawer: str, texts: Texts) -> None:
    """Take an example and shut the drawer, which would otherwise hide it."""
    for key, text in texts.items():
        put_text(key, text)
    st.session_state[drawer] = False
