"""Terms of the field, each explained where it first stands: one sentence and a small picture, on tap.

A term is one row of `TERMS`. The figure makes it a button in its own sentences, readouts and tables; what the page
writes beside the figure shows the same row below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Form = Literal["thin", "bold", "dashed"]
"""How a line of a picture is drawn: what is there, what the term means, and what it is compared with."""

STROKES: dict[Form, str] = {
    "thin": 'stroke-width="1.2"',
    "bold": 'stroke-width="3.5"',
    "dashed": 'stroke-width="1.5" stroke-dasharray="4 4"',
}
"""The same in a picture that has no style sheet."""

_RINGS: tuple[tuple[str, Form], ...] = (
    ("M60 8a50 32 0 1 0 0 64a50 32 0 1 0 0-64z", "thin"),
    ("M60 22a28 18 0 1 0 0 36a28 18 0 1 0 0-36z", "thin"),
)
"""Level lines of a valley that is longer than wide, on a sheet of 120 × 80."""


@dataclass(frozen=True)
class Term:
    """A term as it stands in a sentence, whatever its ending; what it means; and a picture of 120 × 80 in SVG paths."""

    word: str
    sentence: str
    lines: tuple[tuple[str, Form], ...]


TERMS = (
    Term(
        "gradient norm",
        "The length of the gradient arrow: how steep the loss is in its steepest direction, and 0 where it is flat.",
        (*_RINGS, ("M84 64L104 76M104 76l-9 -1M104 76l-4 -8", "bold"), ("M80 70L100 82", "dashed")),
    ),
    Term(
        "λmax",
        "The largest curvature: that of the direction in which the slope changes fastest, here across the valley.",
        (*_RINGS, ("M60 8V72", "bold"), ("M10 40H110", "dashed")),
    ),
    Term(
        "Hessian",
        "The table of second derivatives: how each partial slope changes as one moves along x and along y.",
        (("M12 16Q60 116 108 16", "bold"), ("M22 54Q60 6 98 54", "dashed"), ("M60 6V76", "thin")),
    ),
    Term(
        "eigenvalue",
        "How strongly the surface bends along one of the two directions, at right angles, in which it bends most and "
        "least: above 0 upward, below 0 downward.",
        (*_RINGS, ("M60 8V72", "bold"), ("M10 40H110", "bold")),
    ),
    Term(
        "condition number",
        "The largest curvature divided by the smallest: 1 for a round bowl, large for a long narrow valley, where one "
        "rate suits no two directions.",
        (
            ("M60 28a54 12 0 1 0 0 24a54 12 0 1 0 0-24z", "thin"),
            ("M60 28V52", "bold"),
            ("M6 40H114", "dashed"),
        ),
    ),
)


def named(*words: str) -> tuple[Term, ...]:
    """The rows of these words."""
    return tuple(term for term in TERMS if term.word in words)


def terms_in(texts: Iterable[str]) -> tuple[Term, ...]:
    """The terms that some of the texts use."""
    said = "\n".join(texts)
    return tuple(term for term in TERMS if re.search(re.escape(term.word), said, re.IGNORECASE))


def picture_of(term: Term) -> str:
    """The picture as an SVG in a grey that stands out in both themes."""
    paths = "".join(f'<path d="{line}" {STROKES[form]}/>' for line, form in term.lines)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 84" fill="none" stroke="#767676" '
        f'stroke-linecap="round">{paths}</svg>'
    )
