"""Spaces that were pluses: a plain + in a link arrives as a space, and only the formula tells what was meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from explorer.expression.cursor import end_of_names_in_front
from explorer.expression.refusal import Refusal
from explorer.expression.tokens import ROOT_SIGNS, Kind, Token, tokenize
from explorer.expression.vocabulary import Vocabulary

__all__ = ["with_pluses"]

THINGS = (Kind.NUMBER, Kind.FRACTION, Kind.VARIABLE, Kind.CONSTANT)


def with_pluses(text: str, places: Collection[int], variables: tuple[str, ...]) -> str:
    """The text with a + for every space, of those at `places`, that puts two things beside each other.

    In sin x and after a comma a space puts nothing beside anything: it stays. Whether the result can be read is for
    `parse` to say. A text that cannot be cut into tokens is returned as it is.
    """
    vocabulary = Vocabulary(variables)
    try:
        (*tokens, _), _ = tokenize(text, vocabulary, end_of_names_in_front(text, vocabulary))
    except Refusal:
        return text
    for before, after in reversed(list(_joined(tokens, places))):
        text = f"{text[: before.end]}+{text[after.start :]}"
    return text


def _joined(tokens: Sequence[Token], places: Collection[int]) -> Iterator[tuple[Token, Token]]:
    """Every two neighbours with a place between them, of which one ends a thing and the next begins another."""
    bound = _ends_of_powers_of_functions(tokens)
    opened: list[str] = []
    ended = False
    for k, token in enumerate(tokens):
        apart = ended and any(place in places for place in range(tokens[k - 1].end, token.start))
        bar = token.is_symbol("|") and ended and not apart and opened[-1:] == ["|"]
        closes = bar or token.is_symbol(")", "}")
        begins = (
            token.kind in (*THINGS, Kind.FUNCTION)
            or token.is_symbol("(", "{", *ROOT_SIGNS)
            or (token.is_symbol("|") and not closes)
        )
        if apart and begins:
            yield tokens[k - 1], token
        if closes:
            del opened[-1:]
        elif token.is_symbol("(", "{", "|"):
            opened.append(token.value)
        ended = k not in bound and (
            token.kind in THINGS
            or closes
            or token.is_symbol("!")
            or (token.kind is Kind.RAISED and token.value == ")")
        )


def _ends_of_powers_of_functions(tokens: Sequence[Token]) -> set[int]:
    """Where the exponent right behind a function's name ends, as in sin^2 x and sin^(-1) x: its argument follows."""
    ends = set()
    for k, token in enumerate(tokens[:-2]):
        if token.kind is not Kind.FUNCTION:
            continue
        sign, first = tokens[k + 1], tokens[k + 2]
        if sign.kind is Kind.RAISED or (sign.is_symbol("^") and first.is_symbol("(", "{")):
            closing = (n for n in range(k + 2, len(tokens)) if tokens[n].value in (")", "}"))
            ends.add(next(closing, k))
        elif sign.is_symbol("^"):
            ends.add(k + 2 + first.is_symbol("-"))
    return ends
