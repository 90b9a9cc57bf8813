"""Terms explained below what the page writes with them: a word that opens, for mouse, finger and keys."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import streamlit as st

from explorer.scene.terms import Term, named, picture_of


def explain(*words: str) -> None:
    """A row of these terms; each opens its sentence and its picture. All are one element."""
    terms = "".join(
        f"<details><summary>{escape(term.word)}</summary>"
        f'<div><img alt="" width="120" height="84" src="{_address(term)}">'
        f"<p>{escape(term.sentence)}</p></div></details>"
        for term in named(*words)
    )
    st.html(f'<div class="live-terms" role="group" aria-label="Terms">{terms}</div>')


def _address(term: Term) -> str:
    """The picture as an address: drawings themselves have no place in what Streamlit takes for HTML."""
    return f"data:image/svg+xml;base64,{b64encode(picture_of(term).encode()).decode()}"
