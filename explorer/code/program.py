"""What a program is, and how one is put together from lines, formulas and the numbers that it prints."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from explorer.code.writing import NUMPY, SYMPY, Language, TooLongError, Writing, write
from explorer.expression import Expression, Node

__all__ = ["Box", "Program", "derivable", "each", "exact", "is_step", "numbers_of", "program"]

Box = tuple[tuple[float, float], tuple[float, float]]
"""What a picture shows: from where to where, along x and along y."""


@dataclass(frozen=True)
class Program:
    """A program in a library's words, and the numbers that it prints in order; `why` there is none, if so."""

    library: str
    text: str
    prints: tuple[tuple[str, float], ...] = ()
    why: str = ""


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
    return f'sp.Rational("{value!r}")'


def each(*makers: Callable[[], Program]) -> tuple[Program, ...]:
    """A program for each library; where a formula is too long, the reason in its stead."""
    programs = []
    for maker, language in zip(makers, (SYMPY, NUMPY), strict=True):
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
) -> Program:
    """The lines with the formulas in their places, what they import and need, and the prints of what is known."""
    written: list[Writing] = [write(root, language) for root in roots]
    texts = [one.text for one in written]
    body = [_filled(line, texts) for line in lines]
    needs = sorted(frozenset[str]().union(*(one.needs for one in written)))
    imports = [
        *(["import math", ""] if "erf" in needs else []),
        *more,
        "import numpy as np" if language is NUMPY else "import sympy as sp",
        "",
    ]
    helpers = [line for name in needs if name in language.helpers for line in (language.helpers[name], "")]
    known = [name for name in prints if name in numbers]
    said = [f'print("{name} =", {prints[name]})  # {numbers[name]:.12g}' for name in known]
    text = "\n".join([*imports, *helpers, *body, *said]) + "\n"
    return Program(language.name, text, tuple((name, numbers[name]) for name in known))


def _filled(line: str, texts: Sequence[str]) -> str:
    for k, text in enumerate(texts):
        line = line.replace(f"{{{k}}}", text)
    return line
