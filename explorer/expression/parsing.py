"""The only door for text."""

from __future__ import annotations

from functools import lru_cache

from explorer.expression.expression import Expression
from explorer.expression.limits import MAX_CHARACTERS, check
from explorer.expression.printing import text_of
from explorer.expression.reader import Reading, read
from explorer.expression.refusal import ExpressionError, Refusal
from explorer.expression.vocabulary import Vocabulary

__all__ = ["parse"]


def parse(text: str, variables: tuple[str, ...] = ("x",)) -> Expression:
    """The expression that a text means, as a function of `variables`.

    Raises ExpressionError, and nothing else, for every text that is not a formula within the limits. It never
    takes more than a few milliseconds, however long the text is.
    """
    variables = tuple(variables)
    vocabulary = _vocabulary(variables)
    try:
        return _expression(text, variables)
    except RecursionError:
        # The limits keep the reader shallow, but a caller may have used up the stack.
        raise ExpressionError("This formula is nested too deeply.", 0) from None
    except Refusal as refusal:
        suggestion = _first_readable(refusal, text, vocabulary)
        raise ExpressionError(refusal.message, min(refusal.position, len(text)), suggestion) from None


@lru_cache(maxsize=512)
def _expression(text: str, variables: tuple[str, ...]) -> Expression:
    """What a text means; the course's own formulas, and a learner's from run to run, are read once."""
    reading = _judged(text, _vocabulary(variables))
    return Expression(reading.root, variables, remarks=reading.remarks)


@lru_cache(maxsize=64)
def _vocabulary(variables: tuple[str, ...]) -> Vocabulary:
    return Vocabulary(variables)


def _judged(text: str, vocabulary: Vocabulary) -> Reading:
    if len(text) > MAX_CHARACTERS:
        raise Refusal(f"A formula has at most {MAX_CHARACTERS} characters.", MAX_CHARACTERS)
    reading = read(text, vocabulary)
    check(reading)
    # The canonical text must be readable itself, and it may be longer: √x is sqrt(x).
    if len(text_of(reading.root)) > MAX_CHARACTERS:
        raise Refusal(f"Written out, this formula has more than {MAX_CHARACTERS} characters.", 0)
    return reading


def _first_readable(refusal: Refusal, text: str, vocabulary: Vocabulary) -> str | None:
    for candidate in refusal.candidates:
        try:
            if candidate != text:
                _judged(candidate, vocabulary)
                return candidate
        except (Refusal, RecursionError):
            continue
    return None
