"""Two ways of writing down a typeset formula: LaTeX (for KaTeX) and presentation MathML."""

from __future__ import annotations

import re
from typing import ClassVar, Protocol

from explorer.expression.functions import Name

__all__ = ["LATEX", "MATHML", "Style"]


class Style(Protocol):
    """The building blocks of a typeset formula; each returns markup."""

    def number(self, text: str) -> str:
        """A number."""

    def name(self, name: str) -> str:
        """A variable or constant."""

    def function(self, name: Name) -> str:
        """The upright name of a function, with its index."""

    def row(self, *parts: str) -> str:
        """Parts side by side."""

    def operator(self, sign: str) -> str:
        """+, -, ·, <, a comma, or "" for an implied product."""

    def fraction(self, top: str, bottom: str) -> str:
        """A fraction bar."""

    def power(self, base: str, exponent: str) -> str:
        """A superscript."""

    def radical(self, inner: str, index: str | None) -> str:
        """A square root, or a root with its index."""

    def fence(self, left: str, inner: str, right: str) -> str:
        """Brackets that grow with what they hold."""

    def apply(self, function: str, argument: str) -> str:
        """A function and its argument, with the space that belongs between them if it has no brackets."""

    def cases(self, rows: list[tuple[str, str | None]]) -> str:
        """Values with their conditions; None is “otherwise”."""

    def coloured(self, markup: str, colour: str) -> str:
        """The same in a colour (#rrggbb)."""


_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}|var\(--[a-z0-9_-]+\)")


def _checked(colour: str) -> str:
    if not _COLOUR.fullmatch(colour):
        raise ValueError("a colour is #rrggbb or var(--name)")
    return colour


def _split_index(name: str) -> tuple[str, str]:
    """x0 is typeset as x with the index 0."""
    letters = name.rstrip("0123456789")
    return letters, name[len(letters) :]


class _Latex:
    """LaTeX as KaTeX reads it."""

    SIGNS: ClassVar[dict[str, str]] = {
        "": " ",
        "*": r" \cdot ",
        "-": "-",
        "+": "+",
        ",": ", ",
        "!": "!",
        "'": r"\prime",
        "d": "d",
        "∂": r"\partial ",
        " ": r"\,",
        "<": " < ",
        "<=": r" \le ",
        ">": " > ",
        ">=": r" \ge ",
        "and": r"\ \text{and}\ ",
        "=": " = ",
        "!=": r" \ne ",
    }
    FENCES: ClassVar[dict[str, str]] = {"⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil"}

    def number(self, text: str) -> str:
        return text

    def name(self, name: str) -> str:
        if name == "pi":
            return r"\pi"
        letters, index = _split_index(name)
        shown = letters if len(letters) == 1 else rf"\mathit{{{letters}}}"
        return f"{shown}_{{{index}}}" if index else shown

    def function(self, name: Name) -> str:
        return f"{name.command}_{{{name.index}}}" if name.index else name.command

    def row(self, *parts: str) -> str:
        return "".join(parts)

    def operator(self, sign: str) -> str:
        return self.SIGNS[sign]

    def fraction(self, top: str, bottom: str) -> str:
        return rf"\frac{{{top}}}{{{bottom}}}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{{{exponent}}}"

    def radical(self, inner: str, index: str | None) -> str:
        return rf"\sqrt{{{inner}}}" if index is None else rf"\sqrt[{index}]{{{inner}}}"

    def fence(self, left: str, inner: str, right: str) -> str:
        return rf"\left{self.FENCES.get(left, left)} {inner} \right{self.FENCES.get(right, right)}"

    def apply(self, function: str, argument: str) -> str:
        return f"{function} {argument}"

    def cases(self, rows: list[tuple[str, str | None]]) -> str:
        rest = r"\text{otherwise}"
        lines = [f"{value} & {rest if condition is None else condition}" for value, condition in rows]
        return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"

    def coloured(self, markup: str, colour: str) -> str:
        return rf"\textcolor{{{_checked(colour)}}}{{{markup}}}"


class _MathML:
    """Presentation MathML, without the surrounding <math> element."""

    SIGNS: ClassVar[dict[str, str]] = {
        "": "\u2062",
        "*": "·",
        "-": "−",
        "'": "′",
        "d": "d",
        "∂": "∂",
        " ": "\u2062",
        "<": "&lt;",
        ">": "&gt;",
        "<=": "≤",
        ">=": "≥",
        "!=": "≠",
    }

    def number(self, text: str) -> str:
        return f"<mn>{text}</mn>"

    def name(self, name: str) -> str:
        if name == "pi":
            return "<mi>π</mi>"
        letters, index = _split_index(name)
        return f"<msub><mi>{letters}</mi><mn>{index}</mn></msub>" if index else f"<mi>{letters}</mi>"

    def function(self, name: Name) -> str:
        upright = f'<mi mathvariant="normal">{name.text}</mi>'
        return f"<msub>{upright}<mn>{name.index}</mn></msub>" if name.index else upright

    def row(self, *parts: str) -> str:
        return f"<mrow>{''.join(parts)}</mrow>"

    def operator(self, sign: str) -> str:
        if sign == "and":
            return "<mtext> and </mtext>"
        return f"<mo>{self.SIGNS.get(sign, sign)}</mo>"

    def fraction(self, top: str, bottom: str) -> str:
        return f"<mfrac>{top}{bottom}</mfrac>"

    def power(self, base: str, exponent: str) -> str:
        return f"<msup>{base}{exponent}</msup>"

    def radical(self, inner: str, index: str | None) -> str:
        return f"<msqrt>{inner}</msqrt>" if index is None else f"<mroot>{inner}{index}</mroot>"

    def fence(self, left: str, inner: str, right: str) -> str:
        return f'<mrow><mo fence="true">{left}</mo>{inner}<mo fence="true">{right}</mo></mrow>'

    def apply(self, function: str, argument: str) -> str:
        space = "" if argument.startswith('<mrow><mo fence="true">') else '<mspace width="0.17em"/>'
        return f"<mrow>{function}<mo>\u2061</mo>{space}{argument}</mrow>"

    def cases(self, rows: list[tuple[str, str | None]]) -> str:
        cells = "".join(
            f"<mtr><mtd>{value}</mtd><mtd>{condition or '<mtext>otherwise</mtext>'}</mtd></mtr>"
            for value, condition in rows
        )
        return f'<mrow><mo fence="true">{{</mo><mtable columnalign="left">{cells}</mtable></mrow>'

    def coloured(self, markup: str, colour: str) -> str:
        return f'<mrow style="color:{_checked(colour)}">{markup}</mrow>'


LATEX: Style = _Latex()
MATHML: Style = _MathML()
