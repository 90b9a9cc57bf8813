"""Greek letters: what is said where one, or its name, is typed where there is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.expression.refusal import Refusal

if TYPE_CHECKING:
    from explorer.expression.vocabulary import Vocabulary

__all__ = ["is_greek", "read_as_product", "unknown_greek"]

NAME = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|omicron|rho|sigma|tau|upsilon|phi|chi|psi"
    "|omega",
    re.IGNORECASE,
)


def is_greek(word: str) -> bool:
    """Whether this is a Greek letter or the name of one."""
    return NAME.fullmatch(word) is not None or (
        len(word) == 1 and unicodedata.name(word, "").startswith("GREEK")
    )


def read_as_product(word: str, pieces: Sequence[str]) -> str:
    """How the name of a letter has been read."""
    return f"{word} is read as {'·'.join(pieces)}: of Greek letters only π and σ( ) are known here."


def unknown_greek(word: str, text: str, start: int, vocabulary: Vocabulary) -> Refusal:
    """A Greek letter that is none of the variables; where one of these is free, it might be that."""
    message = (
        f"“{word}” is not known here. Of Greek letters only π and σ( ) are. {vocabulary.variables_sentence()}"
    )
    free = [name for name in vocabulary.variables if name not in text]
    free.sort(key=lambda name: name != word[0].lower())
    alone = rf"(?<![A-Za-z]){word}(?![A-Za-z])"
    return Refusal(message, start, [re.sub(alone, name, text) for name in free[:1]])
