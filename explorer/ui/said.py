"""Sentences with formulas in them, outside the live figure: no line breaks within a formula."""

from __future__ import annotations

import re
from html import escape

import streamlit as st

__all__ = ["say", "words_html"]

UNIT = r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+"
RUN = re.compile(rf"({UNIT}(?: [+−] {UNIT})*)")
FORMULA = re.compile(r"/| [+−] |[^(]\(|\)[^.,:;?!]")
LONGEST = 24
"""As in assets/live/document/dom.js: words joined by brackets, a plus or a minus, which are not broken where short."""


def words_html(text: str) -> str:
    """The text as HTML in which every formula is a piece of its own."""
    return "".join(
        f'<span class="live-whole">{escape(part, quote=False)}</span>'
        if FORMULA.search(part) and len(part) <= LONGEST
        else escape(part, quote=False)
        for part in RUN.split(text)
    )


def say(text: str) -> None:
    """Write a sentence."""
    st.html(f'<p class="said">{words_html(text)}</p>')
