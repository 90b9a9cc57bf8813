"""Typed text cut into tokens, each with its place. What means the same becomes the same token."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from explorer.expression.functions import FUNCTIONS, WORDS
from explorer.expression.greek import is_greek, read_as_product, unknown_greek
from explorer.expression.latex_input import without_latex
from explorer.expression.refusal import Refusal
from explorer.expression.vocabulary import ALIASES, CONSTANTS, Vocabulary

__all__ = ["MAX_DIGITS", "ROOT_SIGNS", "Kind", "Token", "tokenize"]

MAX_DIGITS = 15
"""Significant digits of a typed number: what a float holds."""
SMALLEST, LARGEST = Fraction(1, 10**300), Fraction(10**301)
OUT_OF_RANGE = "This number is too large or too small: its exponent goes up to 300."


class Kind(Enum):
    """What a token is."""

    NUMBER = auto()
    FRACTION = auto()  # ½
    VARIABLE = auto()
    CONSTANT = auto()
    FUNCTION = auto()
    SYMBOL = auto()
    RAISED = auto()  # the opening and closing of a superscript: value "(" and ")"
    SUBSCRIPT = auto()  # the base of a logarithm
    WORD = auto()  # and, otherwise
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `start` and `end` are 0-based character positions."""

    kind: Kind
    value: str
    start: int
    end: int
    number: Fraction = Fraction(0)

    def is_symbol(self, *symbols: str) -> bool:
        """Whether this is one of the given symbols."""
        return self.kind is Kind.SYMBOL and self.value in symbols


ROOT_SIGNS = {row.sign: row.name for row in FUNCTIONS.values() if row.sign}
SYMBOLS = {symbol: symbol for symbol in (*"+-*/^!(),|=<>{}:⌊⌋⌈⌉", *ROOT_SIGNS)} | {
    **dict.fromkeys("−–—‒﹣－", "-"),
    **dict.fromkeys("·×⋅∙•∗", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("[", "("),
    **dict.fromkeys("]", ")"),
    **dict.fromkeys("∣ǀ", "|"),
    ";": ",",
    "≤": "<=",
    "⩽": "<=",
    "≥": ">=",
    "⩾": ">=",
    "≠": "!=",
}
DOUBLE = {"**": "^", "<=": "<=", ">=": ">=", "=<": "<=", "=>": ">=", "==": "=", "!=": "!=", "<>": "!="}
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ˣʸᵉᵗ", "0123456789+-()xyet", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
FRACTIONS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
    "⅐": (1, 7),
    "⅑": (1, 9),
    "⅒": (1, 10),
}
LETTERS = {"π": "pi", "𝜋": "pi", "ℯ": "e", "ⅇ": "e"} | {
    alias: name for alias, name in ALIASES.items() if not alias.isascii()
}
WITHOUT = {"\\": "backslashes", "$": "dollar signs"}
IGNORED = frozenset("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\ufeff\u00ad\u200e\u200f")


def tokenize(text: str, vocabulary: Vocabulary, start: int = 0) -> tuple[list[Token], list[str]]:
    """The tokens from `start` on, the last one of kind END, and remarks. Raises Refusal for what cannot be read."""
    tokenizer = _Tokenizer(text, vocabulary, start)
    return tokenizer.run(), tokenizer.remarks


def _plain(character: str) -> str:
    """The ASCII letter or digit behind 𝑥, 𝐱, ｘ … as pasted from typeset pages; others are kept."""
    if character < "\u0100":
        return character
    if "\U0001d400" <= character <= "\U0001d7ff" or "\uff01" <= character <= "\uff5e" or character == "ℎ":
        return unicodedata.normalize("NFKC", character)
    return character


class _Tokenizer:
    def __init__(self, text: str, vocabulary: Vocabulary, start: int) -> None:
        self.text = text
        self.plain = [_plain(character) for character in text]
        self.vocabulary = vocabulary
        self.tokens: list[Token] = []
        self.remarks: list[str] = []
        self.at = start

    def run(self) -> list[Token]:
        while self.at < len(self.plain):
            self.step()
        self.add(Kind.END, "", self.at, self.at)
        return self.tokens

    def add(self, kind: Kind, value: str, start: int, end: int, number: Fraction = Fraction(0)) -> None:
        self.tokens.append(Token(kind, value, start, end, number))

    def step(self) -> None:
        start, character = self.at, self.plain[self.at]
        pair = "".join(self.plain[start : start + 2])
        if character.isspace() or character in IGNORED:
            self.at += 1
        elif _is_digit(character) or (character == "." and len(pair) == 2 and _is_digit(pair[1])):
            self.number()
        elif pair in DOUBLE:
            self.at += 2
            self.add(Kind.SYMBOL, DOUBLE[pair], start, self.at)
        elif character in SYMBOLS:
            self.at += 1
            self.add(Kind.SYMBOL, SYMBOLS[character], start, self.at)
        elif _is_letter(character):
            self.name()
        elif character in LETTERS:
            self.at += 1
            self.word(LETTERS[character], start, self.at)
        elif character in SUPERSCRIPTS:
            self.superscript()
        elif character in FRACTIONS:
            self.at += 1
            self.add(Kind.FRACTION, "", start, self.at, Fraction(*FRACTIONS[character]))
        elif character in SUBSCRIPTS or character == "_":
            self.subscript()
        elif is_greek(character):
            raise unknown_greek(character, self.text, start, self.vocabulary)
        else:
            rewritten = [without_latex(self.text)] if character in "\\$" else self.without(start)
            raise Refusal(_about(character), start, rewritten)

    def without(self, place: int) -> list[str]:
        return [self.text[:place] + self.text[place + 1 :]]

    def number(self) -> None:
        start, plain = self.at, self.plain
        end = start
        while end < len(plain) and (_is_digit(plain[end]) or plain[end] == "."):
            end += 1
        digits = "".join(plain[start:end])
        if digits.count(".") > 1:
            second = start + digits.index(".", digits.index(".") + 1)
            raise Refusal("A number has at most one decimal point.", second, self.without(second))
        if len(digits.replace(".", "").lstrip("0")) > MAX_DIGITS or len(digits) > 4 * MAX_DIGITS:
            raise Refusal(f"This number has more than {MAX_DIGITS} digits.", start)
        mark = end
        exponent, end = self.exponent_mark(mark)
        value = Fraction(digits.rstrip(".")) * Fraction(10) ** exponent
        # Judged as it is printed: 12E300 would be written 1.2E301.
        if value and not SMALLEST <= value < LARGEST:
            raise Refusal(OUT_OF_RANGE, mark)
        self.at = end
        self.add(Kind.NUMBER, digits, start, end, value)

    def exponent_mark(self, at: int) -> tuple[int, int]:
        """The exponent of 1E5 (a capital E: a small e is Euler's number), and where it ends."""
        plain = self.plain
        if at >= len(plain) or plain[at] != "E":
            return 0, at
        sign = at + 1 < len(plain) and plain[at + 1] in "+-"
        first = end = at + 2 if sign else at + 1
        while end < len(plain) and _is_digit(plain[end]):
            end += 1
        if end == first:
            return 0, at
        if end - first > 3:
            raise Refusal(OUT_OF_RANGE, at)
        return int("".join(plain[at + 1 : end])), end

    def name(self) -> None:
        start, plain = self.at, self.plain
        for name in self.vocabulary.long_variables:
            if "".join(plain[start : start + len(name)]) == name:
                self.at = start + len(name)
                self.add(Kind.VARIABLE, name, start, self.at)
                return
        end = start
        while end < len(plain) and _is_letter(plain[end]):
            end += 1
        letters = "".join(plain[start:end])
        pieces = self.vocabulary.split(letters, self.text, start)
        if len(pieces) > 1 and is_greek(letters):
            self.remarks.append(read_as_product(letters, [piece for piece, _ in pieces]))
        for piece, offset in pieces:
            first = start + offset
            self.word(self.vocabulary.meaning(piece), first, first + len(piece))
        self.at = end

    def word(self, known: str, start: int, end: int) -> None:
        """A word of the vocabulary; a page's variable e or pi hides the constant."""
        if known in self.vocabulary.variables:
            self.add(Kind.VARIABLE, known, start, end)
        elif known in CONSTANTS:
            self.add(Kind.CONSTANT, known, start, end)
        elif known in WORDS:
            self.add(Kind.FUNCTION, known, start, end)
        else:
            self.add(Kind.WORD, known, start, end)

    def superscript(self) -> None:
        start = self.at
        end = start
        while end < len(self.plain) and self.plain[end] in SUPERSCRIPTS:
            end += 1
        inner = "".join(SUPERSCRIPTS[character] for character in self.plain[start:end])
        self.add(Kind.RAISED, "(", start, start)
        try:
            *raised, _ = _Tokenizer(inner, self.vocabulary, 0).run()
        except Refusal as refusal:
            raise Refusal(refusal.message, start + refusal.position) from None
        for token in raised:
            self.add(token.kind, token.value, start + token.start, start + token.end, token.number)
        self.add(Kind.RAISED, ")", end, end)
        self.at = end

    def subscript(self) -> None:
        start = self.at
        end = start + 1 if self.plain[start] == "_" else start
        first = end
        while end < len(self.plain) and (self.plain[end] in SUBSCRIPTS or _is_digit(self.plain[end])):
            end += 1
        if first < end < len(self.plain) - 1 and self.plain[end] == "." and _is_digit(self.plain[end + 1]):
            end += 1
            while end < len(self.plain) and _is_digit(self.plain[end]):
                end += 1
        digits = "".join(SUBSCRIPTS.get(character, character) for character in self.plain[first:end])
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.kind is not Kind.FUNCTION or last.value != "log":
            raise Refusal(
                "A small index has a meaning only in logarithms, such as log_2(x): letters have none.", start
            )
        if len(digits) > MAX_DIGITS:
            raise Refusal(f"This number has more than {MAX_DIGITS} digits.", first)
        if not digits and end < len(self.plain) and self.plain[end] == "e":
            end += 1
            self.add(Kind.SUBSCRIPT, "e", start, end)
        elif digits:
            self.add(Kind.SUBSCRIPT, digits, start, end, Fraction(digits))
        else:
            raise Refusal("After log_ stands the base, a number, as in log_2(x).", start)
        self.at = end


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _is_letter(character: str) -> bool:
    return "a" <= character <= "z" or "A" <= character <= "Z"


def _about(character: str) -> str:
    if character in "\\$":
        return f"A formula is typed without {WITHOUT[character]}: sin(x), 1/x, sqrt(x)."
    if character in "±∓":
        return "± stands for two formulas: choose + or −."
    if character in "∞":
        return "∞ is not a number: it cannot be computed with."
    if character in "'′’":
        return "Type the function itself: its derivative is found for you."
    if character in "∫∑∂∇":
        return "This sign is not understood here: type a formula made of numbers, x and functions."
    if character in ".":
        return "A decimal point needs digits beside it."
    if character.isalpha():
        return "This letter has no meaning here."
    return "This character has no meaning in a formula."
