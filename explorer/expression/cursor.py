"""What the parts of the reader share: the tokens, the place in them, and the nodes made so far."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from explorer.expression.functions import FUNCTIONS, WORDS, Fences
from explorer.expression.refusal import Refusal
from explorer.expression.suggestions import left_over, misplaced_closing, shown, unclosed
from explorer.expression.tokens import Kind, Token, tokenize
from explorer.expression.tree import Node, Number, fold
from explorer.expression.vocabulary import CONSTANTS, Vocabulary

__all__ = [
    "FENCED", "MAX_NESTING", "PRODUCT", "ROUNDED", "SIGN", "SUM", "Cursor", "Reading", "end_of_names_in_front",
]  # fmt: skip

MAX_NESTING = 70
"""Operands within operands, redundant brackets too: a guard for the reader's own recursion.

A tree of the greatest depth, 30, needs at most two levels for each of its own, and one for the whole.
"""

SUM, PRODUCT, SIGN = 10, 20, 30
"""Binding powers, from loose to tight."""

FENCED = {row.look.left: row.name for row in FUNCTIONS.values() if isinstance(row.look, Fences)}
"""What opens a function that is written as it is typeset: |x|, ⌊x⌋."""
ROUNDED = tuple(sign for sign in FENCED if sign != "|")
"""Of these, those that cannot be mistaken for what closes them."""
CLOSING = {"(": ")", "{": "}"} | {
    row.look.left: row.look.right for row in FUNCTIONS.values() if isinstance(row.look, Fences)
}
SQUARE = frozenset("[]［］")

Result = TypeVar("Result")


class Reading:
    """A tree and the place in the text that each of its nodes was read from."""

    def __init__(
        self, root: Node, places: dict[int, int], nodes: list[Node], remarks: Sequence[str] = ()
    ) -> None:
        self.root = root
        self.remarks = tuple(dict.fromkeys(remarks))
        self._places = places
        self._nodes = nodes  # keeps the ids of the table alive

    def walk(self, combine: Callable[[Node, Sequence[Result]], Result]) -> Result:
        """A fold over the tree."""
        return fold(self.root, combine)

    def place(self, node: Node) -> int:
        """The 0-based position of a node of this very tree."""
        return self._places.get(id(node), 0)


class Cursor(ABC):
    """A place in the tokens of a text."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.variable = vocabulary.variables[0] if vocabulary.variables else "1"
        self.named = end_of_names_in_front(text, vocabulary)
        self.tokens, self.remarks = tokenize(text, vocabulary, self.named)
        self.at = 0
        self.nesting = 0
        self.open: list[Token] = []
        self.places: dict[int, int] = {}
        self.nodes: list[Node] = []

    @abstractmethod
    def expression(self, power: int) -> Node:
        """Everything from here on that binds more tightly than `power`."""

    @abstractmethod
    def raised(self, base: Node) -> Node:
        """`base` with the powers and factorials right behind it."""

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.at]

    def ahead(self, count: int) -> Token:
        """The token `count` places further on; the last one, END, where there are no more."""
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    @property
    def before(self) -> Token:
        """The token just read."""
        return self.tokens[self.at - 1]

    def sees(self, *kinds: Kind) -> bool:
        """Whether the next token is of one of these kinds."""
        return self.tokens[self.at].kind in kinds

    def advance(self) -> Token:
        """The next token, which is then behind us."""
        token = self.tokens[self.at]
        self.at += 1
        return token

    def skip(self, *symbols: str) -> bool:
        """Step over one of these symbols, if it comes next."""
        if self.token.is_symbol(*symbols):
            self.at += 1
            return True
        return False

    def made(self, node: Node, place: int) -> Node:
        """Remember where a node was read from."""
        self.places[id(node)] = place
        self.nodes.append(node)
        return node

    def number(self, value: Fraction | int, place: int) -> Node:
        """A number read at `place`."""
        return self.made(Number(Fraction(value)), place)

    def enter(self) -> None:
        """Count a level of nesting. Raises Refusal when there are too many."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise Refusal("Too many things are nested here: the formula is too deep.", self.token.start)

    def expect_operand(self, operator: Token) -> None:
        """Raises Refusal when the text ends after an operator."""
        if self.sees(Kind.END):
            shortened = self.text[: operator.start].rstrip()
            raise Refusal(
                f"After {shown(operator)} something is missing.", len(self.text), [shortened + self.missing()]
            )

    def missing(self, besides: Token | None = None) -> str:
        """What would close all that is open, from the inside out."""
        return "".join(CLOSING[token.value] for token in reversed(self.open) if token is not besides)

    @property
    def in_bars(self) -> bool:
        """Whether the innermost thing that is open is a |, so that the next | closes it."""
        return bool(self.open) and self.open[-1].is_symbol("|")

    def close(self, opening: Token) -> None:
        """Step over what closes `opening`. Raises Refusal when something else comes."""
        closing, token = CLOSING[opening.value], self.token
        if token.is_symbol(closing):
            square = self.text[opening.start] in SQUARE
            if square != (self.text[token.start] in SQUARE):
                raise misplaced_closing(self.text, token, "]" if square else closing)
            self.advance()
            self.open.pop()
            return
        if token.kind is Kind.END:
            raise unclosed(self.text, opening, self.missing())
        if token.is_symbol(*CLOSING.values()):
            raise misplaced_closing(self.text, token, closing)
        raise left_over(self.text, token)


_NAME_IN_FRONT = re.compile(
    r"\s*(?P<name>[A-Za-z]{1,8})\s*(?P<of>\(\s*[A-Za-z]\s*(?:,\s*[A-Za-z]\s*)*\)\s*)?=(?!=)"
)


def end_of_names_in_front(text: str, vocabulary: Vocabulary) -> int:
    """How much of the text is `y =`, `f(x) =`, or several of them."""
    end = 0
    while (match := _NAME_IN_FRONT.match(text, end)) is not None:
        name, known = match["name"], WORDS.keys() | CONSTANTS
        if name in known or (match["of"] is None and (len(name) > 1 or name in vocabulary.variables)):
            break
        end = match.end()
    return end
