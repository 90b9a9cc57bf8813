"""What a table of two columns is called in its picture: by its own names and units, or by x and y without any."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.conditions import Condition, is_at_least, is_at_most, is_unknown
from explorer.data.headings import LONGEST_LETTER, Heading, Headings, letters_of
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case

SAME_ROW: Condition = is_at_most("hops", 0.5)
NEIGHBOURS: Condition = is_at_most("hops", 1.0)
APART: Condition = is_at_least("hops", 1.0)


@dataclass(frozen=True)
class Named:
    """The columns `across` and `up` of a table, the letters of their changes, and their quotient's name and unit."""

    across: Heading
    up: Heading
    letters: tuple[str, str]
    rate: Heading

    @classmethod
    def of(cls, columns: Headings) -> Named:
        """For two columns; the quotient has a unit where both have one, and a length over time is a velocity."""
        across, up = columns
        letters = letters_of(columns)
        name = "velocity" if letters == ("t", "s") and not {across.name, up.name} & {*letters} else "change"
        unit = f"{up.unit}/{across.unit}" if up.unit and across.unit else ""
        return cls(across, up, letters, Heading(name, name, unit))

    @property
    def quotient(self) -> str:
        """As Δs/Δt."""
        return "Δ{1}/Δ{0}".format(*self.letters)

    @property
    def axes(self) -> tuple[str, str]:
        """Titles of the axes, which say what the letters stand for."""
        first, second = (
            counted(letter if letter == column.name else f"{column.name} {letter}", column.unit)
            for column, letter in zip((self.across, self.up), self.letters, strict=True)
        )
        return first, second


def counted(name: str, unit: str) -> str:
    """A quantity at an axis, with the unit in which it is counted if there is one."""
    return f"{name} in {unit}" if unit else name


def the(name: str) -> str:
    """A column in a sentence: a word has its article, a letter none."""
    return name if len(name) <= LONGEST_LETTER else f"the {name}"


def sentences(named: Named, digits: str) -> tuple[Case, ...]:
    """What is said of the interval between two rows."""
    across, up = named.across, named.up
    ends = f"From {{from:{digits}}} to {across.valued(f'{{to:{digits}}}')}"
    interval = f"{ends}, {the(up.name)} changes by {up.valued('{ds:g4}')}"
    average = f"on average {named.rate.valued('{v:g4}')}"
    return (
        Case(
            f"One row alone is one {up.name} at one {across.name}: 0/0, no average. A rate at one {across.name} needs "
            "rows ever closer, and the table has none.",
            (SAME_ROW,),
        ),
        Case(
            f"{interval}, and the rows are so close together that the average is too large to be shown.",
            (is_unknown("v"),),
        ),
        Case(
            f"{interval}: {average}. These are neighbouring rows: what lies between them, and the rate at any one "
            f"{across.name}, the table does not say.",
            (NEIGHBOURS,),
        ),
        *with_paper(
            Case(f"{interval}: {average}. ⟨Move the ends closer: h|H⟩ow close does the table let you come?"),
        ),
    )
