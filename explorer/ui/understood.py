"""What a text in a box means, and what is said about it below: a refusal, a plus lost on the way, remarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from explorer.expression import Expression, ExpressionError, with_pluses
from explorer.ui.drawer import put_text
from explorer.ui.page import Page

SHOWN = 36  # characters of a refused text around its mistake: as many as a phone shows without scrolling
LETTERS = tuple("abckmnptuvwxyz")
"""All variables of the boxes: which spaces stand between two things does not depend on the page."""


@dataclass(frozen=True)
class Understood:
    """The formula to show, and what is to be said: `other` is the text as it was perhaps meant in a link."""

    key: str
    text: str
    expression: Expression
    refusal: ExpressionError | None
    other: str | None


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


def say(typed: Understood) -> None:
    """What there is to say, in a place that stands in any case: what is below keeps its own, and so its state.

    Everything typed is shown as code or plain text: it is never read as Markdown.
    """
    with st.container():
        if typed.refusal is not None:
            _say_refusal(typed, typed.refusal)
        elif typed.other is not None:
            with st.container(key=f"{typed.key}.plus", horizontal=True, vertical_alignment="center"):
                st.text(
                    f"The + of the link came as a space, as links have it: read as {typed.expression.text}."
                )
                _offer(typed.key, typed.other)
        # How a text was read that is not the one that was meant is nobody's question.
        if typed.refusal is None and typed.other is None and typed.expression.remarks:
            st.text(" ".join(typed.expression.remarks))


def _say_refusal(typed: Understood, error: ExpressionError) -> None:
    """The text with a caret under its mistake, one sentence, and the mend where there is an obvious one."""
    text = typed.text
    start = max(0, min(error.position - SHOWN // 2, len(text) - SHOWN))
    line = "".join(c if c.isprintable() else "·" for c in text[start : start + SHOWN])
    message = error.message if typed.other is None else "The + of the link came as a space, as links have it."
    suggestion = typed.other or error.suggestion
    name = typed.key.rpartition(".")[2]
    with st.container(key="refusal" if name == "f" else f"refusal-{name}"):
        st.code(f"{line or ' '}\n{' ' * (error.position - start)}^", language=None)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(message + " The picture still shows the last function.")
            if suggestion is not None:
                _offer(typed.key, suggestion)


def _offer(key: str, text: str) -> None:
    st.button("Use this instead", key=f"{key}.offer", on_click=put_text, args=(key, text), type="primary")
    st.code(text, language=None, wrap_lines=True)
