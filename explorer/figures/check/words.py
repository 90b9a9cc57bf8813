"""What the check page says: verdicts, where a line fails, and which rule went wrong."""

from __future__ import annotations

from explorer.expression import Divide, Expression, Node, Span, text_of
from explorer.figures.check.asked import asked_of, choices_of
from explorer.numeric import number_text
from explorer.practice import MISTAKES, NUMBER_OFF, REWRITINGS, Diagnosis, Placed, Rewritten

__all__ = [
    "bracketed_words",
    "counterexample_words",
    "diagnosis_words",
    "exponent_words",
    "not_compared",
    "place_of",
    "place_words",
    "right_words",
]

SHORT = 4
"""So many significant digits a value has, here and in the picture."""
ROWS = {mistake.name: mistake for mistake in MISTAKES}
SHORTS = {row.name: row.short for row in (*REWRITINGS, NUMBER_OFF, *MISTAKES)}
ABOVE = "The line above is right: what went wrong is a step from there."

Said = tuple[str, tuple[Placed, ...]]
"""A sentence, and the places that it is about."""


def right_words(found: Diagnosis, title: str = "the derivative") -> str:
    """What is to be said of a right line besides that it is right; `title` is what it should be."""
    there = f"a{title.removeprefix('the')}"
    if found.wider and found.narrower:
        return "Equal where both are defined; each has values where the other has none."
    if found.wider:
        return f"Equal where both are defined; the line has values where there is no {there[2:]}."
    if found.narrower:
        return f"Equal where both are defined; the line has no value at some places where there is {there}."
    return ""


def counterexample_words(
    found: Diagnosis, variables: tuple[str, ...] = ("x",), name: str = "the slope"
) -> str:
    """Where it shows that a line differs, in short numbers; `name` is what the line should be."""
    if found.counterexample is None:
        return "No place was found where both this line and the derivative have a value."
    _, typed, true = found.counterexample
    at = ", ".join(f"{letter} = {exactly(value)}" for letter, value in place_of(found, variables))
    digits = next((n for n in range(SHORT, 12) if number_text(typed, n) != number_text(true, n)), 12)
    return f"At {at} this line gives {number_text(typed, digits)}, {name} is {number_text(true, digits)}."


def exactly(place: float) -> str:
    """A place as it was computed with: no digit of it is left out."""
    digits = next((n for n in range(4, 17) if float(f"{place:.{n}g}") == place), 17)
    return number_text(place, digits)


def not_compared(f: Expression) -> str:
    """What is said of a line whose name says that it is something else than what can be asked about f."""
    *signs, last = (asked_of(f, choice).sign for choice in choices_of(f))
    compared = f"{', '.join(signs)} and {last}"
    return f"The name in front says that this is another derivative: here lines are compared with {compared}."


def place_of(found: Diagnosis, variables: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """Where a line fails, by letters; nowhere where no place is known."""
    if found.counterexample is None:
        return ()
    point = found.counterexample[0]
    return tuple(zip(variables, point if isinstance(point, tuple) else (point,), strict=True))


def diagnosis_words(found: Diagnosis) -> tuple[Said, ...]:
    """A sentence for each mistake with its places, and one on others that would fit; where none fits, only that."""
    if not found.found:
        return (("No single known mistake, and no two, give this line: only where it differs is known.", ()),)
    places: dict[str, tuple[Placed, ...]] = {}
    for one in found.found:
        sentence = ROWS[one.name].said_of(one.part.root)
        places[sentence] = (*places.get(sentence, ()), one)
    said = list(places.items())
    if len(said) > 1:
        said = [(f"{k}. {sentence}", at) for k, (sentence, at) in enumerate(said, 1)]
        said.insert(0, ("Two things went wrong.", ()))
    elif len(found.found) > 1:
        said.insert(0, ("The same went wrong at two places.", ()))
    told = {ROWS[one.name].case_of for one in found.found}
    return (*said, *((other, ()) for other in _also(tuple(name for name in found.also if name not in told))))


def rewritten_words(step: Rewritten | None, found: Diagnosis) -> tuple[tuple[str, Span | None], ...]:
    """What went wrong below a right line: the step, where it is known with its place in that line.

    A rule of differentiation that gives the same line from the start is told besides.
    """
    known = {row.name for row in MISTAKES if row.joins}
    rules = [SHORTS[one.name] for one in found.found if one.name in known]
    besides = f"From the start the same line also comes out with {', and '.join(rules)}."
    if step is None:
        said: list[tuple[str, Span | None]] = [
            (ABOVE, None),
            ("No single known step of algebra gives it.", None),
        ]
    else:
        said = [(ABOVE, None), (step.sentence, step.place), *((other, None) for other in _also(step.also))]
    return (*said, (besides, None)) if len(rules) == len(found.found) > 0 else tuple(said)


def bracketed_words(typed: Expression, meant: Expression) -> str:
    """What is said where brackets under a bar are all that is missing."""
    return (
        f"{typed.text}: only what stands right behind the bar is below it. "
        f"If more was meant to be there, it needs brackets: {meant.text} is right."
    )


def exponent_words(text: str, read: Node, meant: Node) -> str:
    """How a power is read with what follows it, in the words of the line; `meant` has that in its exponent."""
    said = text_of(read)
    shorter = said.replace("*", ""), said.translate({ord(sign): None for sign in "*()"})
    own = next((one for one in shorter if one in text.replace(" ", "")), said)
    power = text_of(read.children[0])
    sign = "/" if isinstance(read, Divide) else "*"
    return (
        f"{own} is read as ({power}){sign}{text_of(read.children[1])}: "
        f"a longer exponent needs brackets, as in {text_of(meant)}."
    )


def _also(names: tuple[str, ...]) -> tuple[str, ...]:
    """A sentence on others that would fit, if there are any."""
    named = ", or ".join(SHORTS[name] for name in names[:3])
    return (f"It may also be {named}: the same line comes out.",) if names else ()


def place_words(f: Expression, place: Span) -> str:
    """The formula with a row of carets under the place, in two lines of equal letters."""
    start, end = place
    return f"{f.text}\n{' ' * start}{'^' * max(1, end - start)}"
