"""How every box for a learner's own data ends: with a button that puts them there, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

BOX_WIDTH = 380
"""So wide, in pixels, is a box for rows; what is said of them below it does not make it wider."""


def put_button(box: str, judge: Callable[[str], str], put: Callable[[str], None], kept: str) -> None:
    """Offers to `put` the text of the widget `box` into the picture, and says what `judge` has to say of it.

    `judge` raises ValueError with a sentence for a text that cannot be put there; the picture then keeps its `kept`.
    The button stands all the same, above the words: a click brings along what was typed last, and words that come or
    go under it do not move it away from the pointer.
    """
    st.button("Put them there", on_click=_put, args=(box, judge, put), type="primary")
    try:
        said = judge(_text(box))
    except ValueError as error:
        said = f"{error} The picture keeps its {kept}."
    if said:
        st.text(said, width=BOX_WIDTH)


def _put(box: str, judge: Callable[[str], str], put: Callable[[str], None]) -> None:
    """What the box holds by now: a click may come with words that no run has judged yet."""
    try:
        judge(_text(box))
    except ValueError:
        return  # and the box says why
    put(_text(box))


def _text(box: str) -> str:
    return str(st.session_state.get(box) or "")
