"""A learner's derivation: lines of formulas, each with the name of a derivative in front or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from explorer.expression.expression import Expression
from explorer.expression.latex_input import without_latex
from explorer.expression.limits import MAX_CHARACTERS
from explorer.expression.parsing import parse
from explorer.expression.refusal import ExpressionError
from explorer.expression.tree import Variable

__all__ = ["MAX_LINES", "Line", "Naming", "read_lines"]

MAX_LINES = 40
"""Lines after these are not looked at."""

_PRIMES = {"″": 2, "‴": 3, "⁗": 4}
"""Signs of more than one prime."""
_PRIME = "['’′″‴⁗`´]"
_OF = r"\(\s*[A-Za-z](?:\s*,\s*[A-Za-z])*\s*\)"
_CONSTANT = re.compile(r"\s*[-+−]\s*(?P<letter>[Cck]|const(?:ant)?)\.?\s*\Z")
"""A constant of integration at the end of a line."""
_D = r"(?:d|∂)\s*"
_DIGIT = "[2-9²³⁴-⁹]"
_NAMES = tuple(
    re.compile(rf"\s*{pattern}\s*\Z")
    for pattern in (
        rf"[A-Za-z]\s*(?P<primes>{_PRIME}+)\s*(?:{_OF})?",  # f′(x), y′
        # f^(3)(x), f⁽³⁾(x)
        rf"(?P<letter>[A-Za-z])\s*(?:\^\s*\(\s*(?P<times>\d)\s*\)|⁽(?P<raised>{_DIGIT})⁾)\s*(?:{_OF})?",
        # dy/dx, ∂f/∂x, d²y/dx²
        rf"{_D}(?:\^?\s*(?P<times>{_DIGIT})\s*)?[A-Za-z]\s*(?:{_OF})?\s*/\s*{_D}(?P<by>[A-Za-z])\s*(?:\^?\s*{_DIGIT})?\s*(?:{_OF})?",
        # d/dx of something
        rf"{_D}(?:\^?\s*(?P<times>{_DIGIT})\s*)?/\s*{_D}(?P<by>[A-Za-z])\s*(?:\^?\s*{_DIGIT})?(?![A-Za-z]*\s*=\s*=)(?P<of>.*)",
        # ∂²f/∂x∂y
        rf"{_D}\^?\s*[2²]\s*[A-Za-z]?\s*(?:{_OF})?\s*/\s*{_D}(?P<first>[A-Za-z])\s*{_D}(?P<second>[A-Za-z])\s*(?:{_OF})?",
        rf"[A-Za-z]_(?P<letters>[A-Za-z]{{1,3}})\s*(?:{_OF})?",  # f_x
        rf"\((?P<of>.*)\)\s*(?P<primes>{_PRIME}+)",  # (x²)′
    )
)
_LETTER = re.compile(rf"\s*(?P<letter>[A-Za-z])\s*(?:{_OF})?\s*\Z")
"""A letter that may name the line: y, f(x)."""


@dataclass(frozen=True)
class Naming:
    """What stands in front of a formula: how often something is derived, by which letter, where that is said.

    `of` is what is derived, as in (x²)′; None where that is a letter or nothing, and so the function itself. `order` is
    None where what is derived cannot be read, so that nothing is said.
    """

    order: int | None
    by: str | None = None
    of: Expression | None = None


@dataclass(frozen=True)
class Line:
    """One formula of a derivation: where it stands in the text, what it says, or why it cannot be read.

    `start` and `end` are those of the formula in the whole text, without the name in front; the position of `refusal`
    counts in the whole text too. Of a line with several formulas, as in f′(x) = 2x·1 = 2x, each is a line of its own;
    where one of them cannot be read, it alone is told of. `name` is what stands in front, or in front of the line that
    this one continues.
    """

    start: int
    end: int
    expression: Expression | None
    refusal: ExpressionError | None = None
    name: Naming | None = None

    def text_in(self, whole: str) -> str:
        """The formula as it was typed."""
        return whole[self.start : self.end]


def read_lines(text: str, variables: tuple[str, ...] = ("x",)) -> tuple[Line, ...]:
    """The formulas of a derivation, from top to bottom; at most `MAX_LINES`.

    Lines end at a semicolon or a new line. `f'(x) =`, `y' =`, `dy/dx =`, `d/dx … =`, `f_x =`, a bare `=`, and `y =`
    (a letter that is no variable) may stand in front, and are left out; an equals sign further on begins the next
    formula. Nothing is raised, for any text.
    """
    found: list[Line] = []
    name: Naming | None = None
    for match in re.finditer(r"[^;\n\r]+", text):
        if len(found) >= MAX_LINES:
            break
        sides = list(_sides(text, *match.span()))
        if len(sides) == 1 or text[slice(*sides[0])].strip():
            name = None
        for side in sides[:-1]:
            name = _name_of(text[slice(*side)], variables) or name
        formulas = islice(_formulas(text, sides, variables), MAX_LINES - len(found))
        read = [replace(_read(text, *formula, variables), name=name) for formula in formulas]
        refused = [line for line in read if line.refusal is not None]
        found.extend([_without_latex(text, match.span(), refused[0], variables)] if refused else read)
    return tuple(found)


def _without_latex(text: str, span: tuple[int, int], line: Line, variables: tuple[str, ...]) -> Line:
    """A line that cannot be read, with the whole of it as it is without LaTeX for its mend, where that can be read."""
    start, end = span
    plain = without_latex(text[start:end][: 2 * MAX_CHARACTERS])
    latex = {"\\", "$"} & set(text[start:end])
    if (
        line.refusal is None
        or not latex
        or not plain
        or any(one.refusal for one in read_lines(plain, variables))
    ):
        return line
    mend = text[:start] + plain + text[end:]
    return replace(line, refusal=ExpressionError(line.refusal.message, line.refusal.position, mend))


def _formulas(
    text: str, sides: Sequence[tuple[int, int]], variables: tuple[str, ...]
) -> Iterator[tuple[int, int, bool]]:
    """Where the formulas of a line stand, without names and spaces, and whether an equals sign follows."""
    for index, (start, end) in enumerate(sides):
        blank = not text[start:end].strip()
        followed = index < len(sides) - 1
        if followed and (blank or _name_of(text[start:end], variables)):
            continue
        # Nothing at all is no line, but what is missing behind an equals sign is.
        if blank and len(sides) == 1:
            continue
        piece = text[start:end]
        left, right = len(piece) - len(piece.lstrip()), len(piece) - len(piece.rstrip())
        yield start + left, end - right, followed


def _name_of(side: str, variables: tuple[str, ...]) -> Naming | None:
    """What a side of an equation names, where it is the name of something; what is derived may be a name itself."""
    said = _said_by(side, variables)
    if said is None:
        return None
    order, by, derived = said
    if not derived:
        return Naming(order, by)
    try:
        return Naming(order, by, parse(derived, variables))
    except ExpressionError:
        bare = derived[1:-1] if derived[0] in "([{" and derived[-1] in ")]}" else derived
        inner = _said_by(bare, variables)
        return Naming(None if inner is None or inner[2] else order + inner[0], by)


def _said_by(side: str, variables: tuple[str, ...]) -> tuple[int, str | None, str] | None:
    """How often, by which letter and what a name derives, as it is written."""
    if len(side) > 2 * MAX_CHARACTERS:
        return None
    means, letter = {"e", *(name.lower() for name in variables)}, _LETTER.match(side)
    if letter is not None:
        return None if letter["letter"].lower() in means else (0, None, "")
    said = next((match.groupdict() for names in _NAMES if (match := names.match(side))), None)
    if said is None or (said.get("letter") or "").lower() in means:
        return None
    if not set((said.get("letters") or "")[1:]) <= {*variables}:
        return None  # f_max names something else
    letters = said.get("letters") or said.get("by") or f"{said.get('first', '')}{said.get('second', '')}"
    primes = sum(_PRIMES.get(sign, 1) for sign in said.get("primes") or "")
    order = max(
        primes,
        int(unicodedata.normalize("NFKC", said.get("times") or said.get("raised") or "1")),
        len(letters),
    )
    by = letters[:1] if len(set(letters)) == 1 else None
    return order, by, (said.get("of") or "").strip()


def _sides(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sides of the equations in a line; an equals sign within brackets, or in ≤, ≥, ≠ and ==, is none."""
    depth, begun = 0, start
    for k in range(start, end):
        character, before = text[k], text[k - 1 : k] if k > start else ""
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif (
            character == "="
            and depth <= 0
            and before not in ("<", ">", "!", "=")
            and text[k + 1 : k + 2] != "="
        ):
            yield begun, k
            begun = k + 1
    yield begun, end


def _read(text: str, start: int, end: int, followed: bool, variables: tuple[str, ...]) -> Line:
    start, end = min(start, end), max(start, end)
    try:
        return Line(start, end, parse(text[start:end], variables))
    except ExpressionError as refusal:
        ends = _CONSTANT.search(text[start:end])
        if ends and refusal.position == ends.start("letter"):
            refusal = _without_constant(text[start:end], ends, variables) or refusal
        mend = refusal.suggestion
        # Before an equals sign a variable by itself would be a wrong line, x = 4x³, and nobody meant that.
        if mend is not None and followed and isinstance(parse(mend, variables).root, Variable):
            mend = None
        suggestion = mend and text[:start] + mend + text[end:]
        return Line(start, end, None, ExpressionError(refusal.message, start + refusal.position, suggestion))


def _without_constant(piece: str, ends: re.Match[str], variables: tuple[str, ...]) -> ExpressionError | None:
    """What is to be said of “+ C” behind a formula that can be read."""
    try:
        parse(piece[: ends.start()], variables)
    except ExpressionError:
        return None
    return ExpressionError(
        "A slope has no constant of integration: that belongs to an antiderivative. Leave "
        f"“{ends.group().strip()}” out.",
        ends.start("letter"),
        piece[: ends.start()],
    )
