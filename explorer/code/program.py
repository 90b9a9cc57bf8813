"""What a program is, and how one is put together from lines, formulas and the numbers that it prints."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from explorer.code.writing import JAX, LANGUAGES, SYMPY, Language, TooLongError, Writing, write
from explorer.data.headings import Heading, Headings, what_letters_mean
from explorer.expression import Expression, Node
from explorer.numeric import analyse

__all__ = [
    "POINTS",
    "Box",
    "Program",
    "axis_lines",
    "curve_lines",
    "derivable",
    "dot",
    "each",
    "exact",
    "frame_lines",
    "is_step",
    "meaning",
    "numbers_of",
    "program",
]

Box = tuple[tuple[float, float], tuple[float, float]]
"""What a picture shows: from where to where, along x and along y."""

POINTS = "points.csv"
"""What a program reads that does not hold its points."""

UNROUNDED = "without any rounding on the way"

MOST_BREAKS = 40
"""So many gaps are written down in a program."""


@dataclass(frozen=True)
class Program:
    """A program in a library's words, and the numbers that it prints in order; `why` there is none, if so.

    `picture` draws with Matplotlib what the program has computed, in a notebook behind it. `table` is the text of the
    file POINTS that it reads, where it reads one.
    """

    library: str
    text: str
    prints: tuple[tuple[str, float], ...] = ()
    why: str = ""
    picture: str = ""
    table: str = ""


def numbers_of(values: Mapping[str, object]) -> dict[str, float]:
    """Those that are known at this point."""
    numbers = {name: float(value) for name, value in values.items()}  # type: ignore[arg-type]
    return {name: number for name, number in numbers.items() if math.isfinite(number)}


def derivable(f: Expression, numbers: Mapping[str, float], *slopes: str) -> dict[str, float]:
    """The numbers that SymPy can find: it leaves the derivative of a floor unevaluated."""
    return {name: number for name, number in numbers.items() if name not in slopes or not is_step(f)}


def is_step(f: Expression) -> bool:
    """Whether a step function stands in it."""
    text = write(f.root, SYMPY).text
    return "sp.floor(" in text or "sp.ceiling(" in text


def exact(value: float) -> str:
    """A double as the fraction that its decimals say, for SymPy."""
    return (
        f"sp.Integer({value:.0f})"
        if value.is_integer() and abs(value) < 1e15
        else f'sp.Rational("{value!r}")'
    )


def each(*makers: Callable[[], Program]) -> tuple[Program, ...]:
    """A program for each library; where a formula is too long, the reason in its stead."""
    programs = []
    for maker, language in zip(makers, LANGUAGES, strict=True):
        try:
            programs.append(maker())
        except TooLongError:
            why = "The formula or its derivative is too long for a program that anybody reads."
            programs.append(Program(language.name, "", why=why))
    return tuple(programs)


def program(
    language: Language,
    roots: Sequence[Node],
    lines: Sequence[str],
    prints: Mapping[str, str],
    numbers: Mapping[str, float],
    *,
    more: Sequence[str] = (),
    picture: Sequence[str] = (),
    unsure: Collection[str] = (),
    doubt: str = UNROUNDED,
) -> Program:
    """The lines with the formulas in their places, what they import and need, and the prints of what is known.

    What else it would print is named: the page has no number for it either, or none that this library finds.
    What is `unsure` is printed with that `doubt` beside it instead of a number: library and screen have other digits.
    """
    written: list[Writing] = [write(root, language) for root in roots]
    texts = [one.text for one in written]
    body = [_filled(line, texts) for line in lines]
    needs = sorted(frozenset[str]().union(*(one.needs for one in written)))
    modules = [language.modules[name] for name in needs if name in language.modules]
    head = [*modules, *more, *language.imports, ""]
    helpers = [line for name in needs if name in language.helpers for line in (language.helpers[name], "")]
    known = [name for name in prints if name in numbers]
    # An array of JAX, a scalar too, is printed with eight digits.
    form = "float({})" if language is JAX else "{}"
    said = [
        f'print("{name} =", {form.format(prints[name])})  # {doubt if name in unsure else f"{numbers[name]:.12g}"}'
        for name in known
    ]
    silent = [name for name in prints if name not in numbers]
    said += [f"# No number here by the rules: {', '.join(silent)}."] if silent else []
    text = "\n".join([*head, *helpers, *body, *said]) + "\n"
    drawn = (
        "\n".join(["import matplotlib.pyplot as plt", "", *picture, "plt.show()"]) + "\n" if picture else ""
    )
    return Program(
        language.name,
        text,
        tuple((name, numbers[name]) for name in known if name not in unsure),
        picture=drawn,
    )


def curve_lines(name: str, f: Expression, box: Box, variable: str = "x") -> list[str]:
    """Draws `name` over a box of the picture, with a gap at every break."""
    (left, right), _ = box
    found = analyse(f, (left, right))
    breaks = [place.x for place in found.breaks[:MOST_BREAKS] if left < place.x < right]
    gaps = (
        [f"ys[np.isin({variable}s, {breaks!r})] = np.nan  # a break: no line joins its sides"]
        if breaks
        else []
    )
    return [
        f"{variable}s = np.unique(np.append(np.linspace({left!r}, {right!r}, 801), {breaks!r}))",
        'with np.errstate(all="ignore"):  # where there is no value, the curve has a gap',
        f"    ys = np.array([{name}({variable}) for {variable} in {variable}s], dtype=float)",
        *gaps,
        f'plt.plot({variable}s, ys, color="#0072B2", linewidth=3, label="{name}")',
    ]


def dot(place: str, colour: str = "#D55E00") -> str:
    """Draws a point."""
    return f'plt.plot({place}, "o", color="{colour}", markersize=10)'


def axis_lines(across: Heading, up: Heading) -> list[str]:
    """The axes are called as the columns are; a dollar is one, and begins no formula."""
    titles = (json.dumps(one.title.replace("$", r"\$"), ensure_ascii=False) for one in (across, up))
    return [f"plt.{axis}label({title})" for axis, title in zip("xy", titles, strict=True)]


def meaning(letters: Sequence[str], columns: Headings) -> list[str]:
    """A remark that says for what the letters stand, where that is known."""
    said = what_letters_mean(letters, columns)
    return [f"# {said}"] if said else []


def frame_lines(box: Box) -> list[str]:
    """The axes show what the picture of the page shows."""
    (left, right), (low, high) = box
    return [f"plt.xlim({left!r}, {right!r})", f"plt.ylim({low!r}, {high!r})", "plt.legend()"]


def _filled(line: str, texts: Sequence[str]) -> str:
    for k, text in enumerate(texts):
        line = line.replace(f"{{{k}}}", text)
    return line
