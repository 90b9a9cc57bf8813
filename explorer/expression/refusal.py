"""Why a text was refused, and where."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["ExpressionError", "Refusal"]


class ExpressionError(ValueError):
    """A refused text.

    `message` is a sentence for a learner, `position` the 0-based character that it points at (the length of
    the text where something is missing at its end), `suggestion` a whole corrected text that can be read, or
    None.
    """

    def __init__(self, message: str, position: int, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.suggestion = suggestion

    def __reduce__(self) -> tuple[type[ExpressionError], tuple[str, int, str | None]]:
        return type(self), (self.message, self.position, self.suggestion)


class Refusal(Exception):  # noqa: N818
    """Inside the reader: a refusal with corrections that still have to be tried out."""

    def __init__(self, message: str, position: int, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.candidates = candidates
