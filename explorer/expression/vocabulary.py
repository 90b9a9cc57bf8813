"""The words that a formula may contain, and how a run of letters such as xsin is cut into them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from explorer.expression.functions import WORDS
from explorer.expression.greek import is_greek, unknown_greek
from explorer.expression.refusal import Refusal

__all__ = ["CONSTANTS", "Vocabulary"]

CONSTANTS = frozenset({"pi", "e"})

ALIASES = {alias: row.name for row in WORDS.values() for alias in row.aliases} | {
    "otherwise": "otherwise",
    "else": "otherwise",
    "and": "and",
}
MANY = 4
"""On a page with more variables than this any letter may stand for another."""
RUN = re.compile("[A-Za-z]+")
NEAR = {near: row.name for row in WORDS.values() for near in row.near}


class Vocabulary:
    """The words known on a page with the given variables."""

    def __init__(self, variables: tuple[str, ...]) -> None:
        self.variables = variables
        self.long_variables = tuple(sorted((v for v in variables if len(v) > 1), key=len, reverse=True))
        words = {*WORDS, *CONSTANTS, *ALIASES, *(v for v in variables if len(v) == 1)}
        self.words = {word for word in words if word.isalpha()}  # log10 is log and 10 to the tokenizer
        self.longest = max(map(len, self.words))

    def meaning(self, word: str) -> str:
        """The name behind a word, capitals forgiven where they mean nothing else."""
        if word in self.variables:
            return word
        lower = word.lower()
        return ALIASES.get(lower, lower)

    def _known(self, word: str) -> bool:
        return word in self.words or (word.lower() in self.words)

    def split(self, letters: str, text: str, start: int) -> list[tuple[str, int]]:
        """A run of letters as known words with their offsets, as few as possible. Raises Refusal."""
        pieces = self._shortest(letters)
        if pieces is None:
            raise self._unknown(letters, text, start)
        return pieces

    def _shortest(self, letters: str) -> list[tuple[str, int]] | None:
        if self._known(letters):
            return [(letters, 0)]
        best: list[list[tuple[str, int]] | None] = [None] * len(letters) + [[]]
        for first in reversed(range(len(letters))):
            # The longest word first: of equally short readings the one with the longer first word wins.
            for last in range(min(len(letters), first + self.longest), first, -1):
                rest = best[last]
                if rest is None or not self._known(letters[first:last]):
                    continue
                present = best[first]
                if present is None or len(rest) + 1 < len(present):
                    best[first] = [(letters[first:last], first), *rest]
        return best[0]

    def _unknown(self, letters: str, text: str, start: int) -> Refusal:
        if is_greek(letters):
            return unknown_greek(letters, text, start, self)
        near = self._nearest(letters)
        if near is not None:
            offset, word = near
            place, end = start + offset, start + len(letters)
            gap = " " if offset else ""
            message = f"“{letters[offset:]}” is not known here. Did you mean {word}?"
            return Refusal(message, place, [text[:place] + gap + word + text[end:]])
        offset = self._readable_beginnings(letters)[-1]
        place, rest = start + offset, letters[offset:]
        if text[start + len(letters) :].lstrip().startswith("(") or (offset == 1 and len(rest) > 2):
            # A name: softmax(x) is not softma·x, epsilon not e·psilon.
            return Refusal(self._no_such(letters), start)
        ends = [rest.index(name) for name in self.variables if name in rest[1:] and rest.index(name) > 0]
        unknown = rest[: min(ends, default=len(rest))]
        if len(self.variables) > MANY and len(unknown) == 1:
            return self._foreign(text, place)
        return Refusal(self._no_such(unknown), place, self._renamed(rest[0], text, place))

    def _foreign(self, text: str, place: int) -> Refusal:
        """What is said of single letters that the page does not have, with free ones put in their place."""
        found: dict[str, str] = {}
        used = set()
        for run in RUN.findall(text):
            pieces = self._shortest(run)
            used |= {self.meaning(word) for word, _ in pieces or ((letter, 0) for letter in run)}
            if pieces is None:
                found |= {letter: "" for letter in run if not self._known(letter)}
        free = [name for name in self.variables if name not in used]
        found = dict(zip(found, free, strict=False)) if len(found) <= len(free) else dict.fromkeys(found, "")
        several = len(found) > 1
        said = f"{_listed([f'“{letter}”' for letter in found])} {'are' if several else 'is'} not among this page's "
        said += f"letters ({' '.join(self.variables)})"
        if not all(found.values()):
            return Refusal(f"{said}.", place)
        instead = RUN.sub(
            lambda run: run[0] if self._shortest(run[0]) else "".join(found.get(c, c) for c in run[0]), text
        )
        there = "their places" if several else "its place"
        return Refusal(f"{said}; {_listed(list(found.values()))}, say, in {there}.", place, [instead])

    def _readable_beginnings(self, letters: str) -> list[int]:
        """The lengths, below the whole, at which the run can be cut with known words before the cut."""
        reached = [0]
        for end in range(1, len(letters)):
            if any(end - start <= self.longest and self._known(letters[start:end]) for start in reached):
                reached.append(end)
        return reached

    def _no_such(self, unknown: str) -> str:
        shown = unknown if len(unknown) <= 20 else f"{unknown[:20]}…"
        return f"“{shown}” is not known here. {self.variables_sentence()}"

    def variables_sentence(self) -> str:
        """Which variables there are."""
        names = self.variables
        if not names:
            return "This formula has no variables."
        if len(names) == 1:
            return f"This page has one variable, {names[0]}."
        return f"This page has {_NUMERALS.get(len(names), str(len(names)))} variables, {_listed(names)}."

    def _renamed(self, letter: str, text: str, place: int) -> list[str]:
        """The text with a foreign letter replaced by the one variable, if that is not in it yet."""
        if len(self.variables) != 1 or self.variables[0] in _without_words(text):
            return []
        name = self.variables[0]
        alone = [
            name
            if character == letter
            and not (text[k - 1 : k].isalpha() and k > 0)
            and not text[k + 1 : k + 2].isalpha()
            else character
            for k, character in enumerate(text)
        ]
        return ["".join(alone)]

    def _nearest(self, letters: str) -> tuple[int, str] | None:
        best: tuple[float, int, str] | None = None
        for offset in self._readable_beginnings(letters):
            rest = letters[offset:].lower()
            if not (3 if offset else 2) <= len(rest) <= 12:
                continue
            if rest in NEAR:
                return offset, NEAR[rest]
            for word in sorted({*WORDS, "pi"}):
                if abs(len(word) - len(rest)) > 2:
                    continue
                ratio = SequenceMatcher(None, rest, word).ratio()
                if ratio >= 0.7 and (best is None or ratio > best[0]):
                    best = (ratio, offset, word)
        return None if best is None else best[1:]


_NUMERALS = {2: "two", 3: "three", 4: "four"}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]


def _without_words(text: str) -> str:
    for word in ("exp", "max"):
        text = text.replace(word, "")
    return text
