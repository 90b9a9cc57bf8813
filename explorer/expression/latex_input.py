"""Simple LaTeX, pasted into a box that wants plain text."""

from __future__ import annotations

import re

__all__ = ["without_latex"]

_LATEX = (
    (re.compile(r"\\(?:left|right|,|;|!|displaystyle)"), ""),
    (re.compile(r"\\(?:cdot|times)"), "*"),
    (re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}"), r"(\1)/(\2)"),
    (re.compile(r"\\sqrt\[([^\]]*)\]\{([^{}]*)\}"), r"root(\2, \1)"),
    (re.compile(r"\\sqrt\{([^{}]*)\}"), r"sqrt(\1)"),
    (re.compile(r"\\log_\{?(\d+)\}?"), r" log_\1"),
    (re.compile(r"\\(?:operatorname|mathrm)\{([a-z]+)\}"), r" \1"),
    (re.compile(r"\\([a-z]+)"), r" \1"),
)


def without_latex(text: str) -> str:
    """The plain text behind simple LaTeX."""
    for pattern, plain in _LATEX:
        text = pattern.sub(plain, text)
    return re.sub(r" +", " ", text).strip()
