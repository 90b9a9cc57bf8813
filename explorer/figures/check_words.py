"""What the check page says: verdicts, where a line fails, and which rule went wrong."""

from __future__ import annotations

from explorer.expression import Expression
from explorer.numeric import number_text, place_text
from explorer.practice import MISTAKES, Diagnosis, Placed

__all__ = ["counterexample_words", "diagnosis_words", "place_words", "right_words"]

SHORT = 3
SENTENCES = {mistake.name: mistake.sentence for mistake in MISTAKES}


def right_words(found: Diagnosis) -> str:
    """What is to be said of a right line besides that it is right."""
    if found.wider and found.narrower:
        return "Equal where both are defined; each has values where the other has none."
    if found.wider:
        return "Equal where both are defined; the line has values where there is no derivative."
    if found.narrower:
        return (
            "Equal where both are defined; the line has no value at some places where there is a derivative."
        )
    return ""


def counterexample_words(found: Diagnosis, variables: tuple[str, ...] = ("x",)) -> str:
    """Where it shows that a line differs, in short numbers."""
    if found.counterexample is None:
        return "No place was found where both this line and the derivative have a value."
    point, typed, true = found.counterexample
    values = point if isinstance(point, tuple) else (point,)
    at = ", ".join(f"{name} = {place_text(value)}" for name, value in zip(variables, values, strict=True))
    digits = next((n for n in range(SHORT, 12) if number_text(typed, n) != number_text(true, n)), 12)
    return f"At {at} this line gives {number_text(typed, digits)}, the slope is {number_text(true, digits)}."


def diagnosis_words(found: Diagnosis) -> tuple[str, ...]:
    """A sentence for each mistake, and one on others that would fit; where none fits, only that."""
    if not found.found:
        return ("No single known mistake, and no two, give this line: only where it differs is known.",)
    said = [SENTENCES[one.name] for one in found.found]
    if len(said) > 1:
        said = [f"{k}. {sentence}" for k, sentence in enumerate(said, 1)]
        said.insert(0, "Two things went wrong.")
    if found.also:
        named = " or ".join(f"“{name.replace('_', ' ')}”" for name in found.also[:3])
        said.append(f"It may also be {named}: the same line comes out.")
    return tuple(said)


def place_words(f: Expression, one: Placed) -> str:
    """The formula with a row of carets under the place, in two lines of equal letters."""
    start, end = one.place
    return f"{f.text}\n{' ' * start}{'^' * max(1, end - start)}"
