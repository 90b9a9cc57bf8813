"""What a text in a box means, and what is said about it beside it: a refusal, a plus lost on the way, remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from explorer.expression import Expression, ExpressionError, with_pluses
from explorer.ui.drawer import put_text
from explorer.ui.page import Page

SHOWN = 28
"""Characters of a refused text around its mistake: beside the box they leave room for the sentence."""
LETTERS = tuple("abckmnptuvwxyz")
"""All variables of the boxes: which spaces stand between two things does not depend on the page."""


@dataclass(frozen=True)
class Understood:
    """The formula to show, and what is to be said: `other` is the text as it was perhaps meant in a link.

    `alone`: the text is that of a link of which all else was left out.
    """

    key: str
    text: str
    expression: Expression
    refusal: ExpressionError | None
    other: str | None
    alone: bool = False


def understood(page: Page, name: str, text: str, reads: Callable[[str], Expression]) -> Understood:
    """The text of the box `name`, read; where it cannot be read, the last one that could."""
    key = page.key(name)
    other = _with_pluses(page, name, text, reads)
    try:
        expression = reads(text)
    except ExpressionError as refusal:
        return Understood(key, text, reads(st.session_state[f"{key}.good"]), refusal, other)
    st.session_state[f"{key}.good"] = text
    return Understood(key, text, expression, None, other)


def _with_pluses(page: Page, name: str, text: str, reads: Callable[[str], Expression]) -> str | None:
    """The linked text with the pluses that arrived as spaces, where that can be read too."""
    if text != page.reading.text(name):
        return None
    other = with_pluses(text, page.reading.pluses.get(name, frozenset()), LETTERS)
    if other == text:
        return None
    try:
        reads(other)
    except ExpressionError:
        return None
    return other


def say(typed: Sequence[Understood]) -> None:
    """What is to be said of the texts of a row's boxes, right after them in the row, where else the reading is.

    Everything typed is shown as code or plain text: it is never read as Markdown.
    """
    for one in typed:
        if one.refusal is not None:
            with _card(one):
                _say_refusal(one, one.refusal)
        elif one.other is not None:
            with _card(one):
                lost = "The + of the link came as a space, as links have it"
                st.text(f"{lost}: read as {one.expression.text}.")
                offer(one.other, one.key)


def _card(typed: Understood) -> DeltaGenerator:
    name = typed.key.rpartition(".")[2]
    return st.container(
        key="refusal" if name == "f" else f"refusal-{name}", horizontal=True, vertical_alignment="center"
    )


def remark(typed: Sequence[Understood]) -> None:
    """How texts were read that can be meant otherwise; nobody's question where another is offered."""
    remarks = [
        text for one in typed if one.refusal is None and one.other is None for text in one.expression.remarks
    ]
    if remarks:
        with st.container(key="remark"):
            st.text(" ".join(dict.fromkeys(remarks)))


def _say_refusal(typed: Understood, error: ExpressionError) -> None:
    """The text with a caret under its mistake, one sentence, and the mend where there is an obvious one."""
    text = typed.text
    start = max(0, min(error.position - SHOWN // 2, len(text) - SHOWN))
    line = "".join(c if c.isprintable() else "·" for c in text[start : start + SHOWN])
    message = error.message if typed.other is None else "The + of the link came as a space, as links have it."
    suggestion = typed.other or error.suggestion
    st.code(f"{line or ' '}\n{' ' * (error.position - start)}^", language=None)
    rest = " What else the link says was left out." if typed.alone else ""
    st.text(f"{message} The picture shows {_named(typed.expression)}.{rest}")
    if suggestion is not None:
        offer(suggestion, typed.key)


def _named(shown: Expression) -> str:
    """What the picture shows instead; on a link that cannot be read it is nothing that was there before."""
    return shown.text if len(shown.text) <= SHOWN else f"{shown.text[:SHOWN]}…"


def offer(text: str, key: str) -> None:
    """A text that can be read, to be put into the box `key` by a tap."""
    with st.container(key=f"{key}.offered", horizontal=True, vertical_alignment="center"):
        st.button("Use this instead", key=f"{key}.offer", on_click=put_text, args=(key, text), type="primary")
        st.code(text, language=None, wrap_lines=True)
