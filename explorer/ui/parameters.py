"""What a page's link may hold, declared once, read and judged before any widget stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from urllib.parse import unquote, unquote_plus

from explorer.numeric import significant_text

MINUS = "−"
LONGEST = 400  # characters of a linked value that are looked at; a formula is at most 200


@dataclass(frozen=True)
class Text:
    """A text, such as a formula; what it means is judged by the room that reads it."""

    name: str
    default: str
    longest: int = LONGEST

    def judge(self, text: str) -> str | None:
        """The text itself, or None where it is absurdly long, or empty where there must be one."""
        return text if len(text) <= self.longest and (text.strip() or not self.default) else None

    @property
    def wanted(self) -> str:
        """What would have been accepted, for the refusal's sentence."""
        return f"a text of 1 to {self.longest} characters"


@dataclass(frozen=True)
class Number:
    """A finite number in a range; default None leaves the choice to the page."""

    name: str
    default: float | None = None
    low: float = -1e12
    high: float = 1e12

    def judge(self, text: str) -> float | None:
        """The number, or None where the text is none or lies outside the range."""
        try:
            value = float(text.replace(MINUS, "-")) if len(text) <= 40 else math.nan
        except ValueError:
            return None
        return value if self.low <= value <= self.high else None

    @property
    def wanted(self) -> str:
        """What would have been accepted, for the refusal's sentence."""
        return f"a number from {significant_text(self.low)} to {significant_text(self.high)}"


@dataclass(frozen=True)
class Choice:
    """One of a few words; `also` are other ways to write some of them."""

    name: str
    default: str
    options: tuple[str, ...]
    also: Mapping[str, str] = field(default_factory=dict)

    def judge(self, text: str) -> str | None:
        """The word, or None where it is not on the list."""
        word = self.also.get(text, text)
        return word if word in self.options else None

    @property
    def wanted(self) -> str:
        """What would have been accepted, for the refusal's sentence."""
        return "one of " + ", ".join(self.options)


@dataclass(frozen=True)
class Several:
    """A few words of a list, each once, joined by commas."""

    name: str
    options: tuple[str, ...]
    most: int
    default: str = ""

    def judge(self, text: str) -> str | None:
        """The words as they stand, or None where one is not on the list, or comes twice, or one too many."""
        words = text.split(",") if len(text) <= LONGEST else []
        fine = (
            1 <= len(words) <= self.most and len(set(words)) == len(words) and set(words) <= set(self.options)
        )
        return text if fine else None

    @property
    def wanted(self) -> str:
        """What would have been accepted, for the refusal's sentence."""
        return f"1 to {self.most} of {', '.join(self.options)}, each once"


Parameter = Text | Number | Choice | Several
Value = str | float | None


@dataclass(frozen=True)
class Reading:
    """A link as understood: a value for every parameter, which were given, and what is said of those refused.

    `pluses` are the places of the spaces that stood as a plain + in the link. `usual` are the values of a link that
    says nothing; `alone` is what a link comes to of which all but one value was left out.
    """

    values: Mapping[str, Value]
    given: frozenset[str]
    refusals: Mapping[str, str]
    pluses: Mapping[str, frozenset[int]] = field(default_factory=dict)
    usual: Mapping[str, Value] = field(default_factory=dict)
    alone: bool = False

    @property
    def refused(self) -> tuple[str, ...]:
        """What is said of the link."""
        return tuple(self.refusals.values())

    def settled(self, *names: str) -> Reading:
        """The same with nothing more to be said of some parameters."""
        kept = {name: said for name, said in self.refusals.items() if name not in names}
        return replace(self, refusals=kept)

    def text(self, name: str) -> str:
        """The value of a text or choice."""
        value = self.values[name]
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """The value of a number, None where the page is to choose."""
        value = self.values[name]
        return value if isinstance(value, float) else None

    def only(self, name: str) -> Reading:
        """The same with nothing but one value of the link: what it says else belongs to what cannot be read."""
        others = self.given - {name}
        kept = {**self.usual, name: self.values[name]}
        return replace(self, values=kept, given=self.given & {name}, alone=bool(others)) if others else self

    def without(self, *names: str) -> Reading:
        """The same with some numbers left to the page."""
        return replace(self, values={**self.values, **dict.fromkeys(names)}, given=self.given - set(names))


def plus_places(query_string: str) -> dict[str, frozenset[int]]:
    """Where in each value of a link a plain + stands: by rule it is a space, but by hand it is written as a plus."""
    places = {}
    for pair in query_string.split("&"):
        name, _, value = pair.partition("=")
        lengths = [len(unquote(piece)) for piece in value.split("+")]
        ends = accumulate(lengths[:-1], lambda place, length: place + 1 + length, initial=-1)
        places[unquote_plus(name)] = frozenset(ends) - {-1}
    return places


def read(
    parameters: tuple[Parameter, ...],
    query: Mapping[str, str],
    pluses: Mapping[str, frozenset[int]] | None = None,
) -> Reading:
    """Every parameter from the query, or its default with a sentence saying why."""
    values: dict[str, Value] = {}
    refusals = {}
    given = set()
    for parameter in parameters:
        values[parameter.name] = parameter.default
        if parameter.name not in query:
            continue
        judged = parameter.judge(query[parameter.name])
        if judged is None:
            refusals[parameter.name] = (
                f"The link's value for {parameter.name} is not {parameter.wanted}; it was left out."
            )
        else:
            values[parameter.name] = judged
            given.add(parameter.name)
    usual = {parameter.name: parameter.default for parameter in parameters}
    return Reading(values, frozenset(given), refusals, pluses or {}, usual)
