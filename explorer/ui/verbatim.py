"""Typed text where Streamlit reads Markdown: on a button `2*4x*4` would lose its stars and lean to the right."""

from __future__ import annotations

import re

__all__ = ["verbatim"]


def verbatim(text: str) -> str:
    """The text as Markdown that shows every sign of it."""
    return re.sub(r"([^\w\s]|_)", r"\\\1", text)
