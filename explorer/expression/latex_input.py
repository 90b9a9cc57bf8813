"""LaTeX, pasted into a box that wants plain text."""

from __future__ import annotations

import re

__all__ = ["decimal_points", "without_latex"]

_SIGNS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "lvert": "|", "rvert": "|", "vert": "|", "mid": "|",
    "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "lt": "<", "gt": ">", "prime": "'", "partial": "d",
    "{": "{", "}": "}", "lfloor": "floor(", "rfloor": ")", "lceil": "ceil(", "rceil": ")",
}  # fmt: skip
_DROPPED = frozenset(["(", ")", "[", "]", "left", "right", "middle", "displaystyle", "limits"])
_SPACES = frozenset([*",;:! ", "quad", "qquad"])
_FRACTIONS = frozenset(["frac", "dfrac", "tfrac", "cfrac"])
_NAMED = frozenset(["operatorname", "mathrm", "text", "mathit", "mathop"])
_CLOSING = (r"\)", r"\]", r"\right", r"\rvert")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_ABOVE = re.compile(r"[0-9.]*[A-Za-z]?(?:\^[0-9])?")
_BELOW = re.compile(r"[0-9.]+|[A-Za-z](?:\^[0-9])?|[a-z]{2,}\([^()]*\)")
_DERIVED = re.compile(r"d(?:\^\d)? ?[A-Za-z]?(?:\^\d)?")
"""What stands above and below a bar without brackets, and the two sides of dy/dx."""
_DEEPEST = 30
_COMMA = re.compile(r"(?<=\d),(?=\d)")


def decimal_points(text: str) -> str:
    """The text with every decimal comma as a point."""
    return _COMMA.sub(".", text)


def without_latex(text: str) -> str:
    """The plain text behind LaTeX, of one formula; what is unfinished or unknown stays as the words that it is."""
    plain = _Plain(text.replace("{,}", ".")).up_to("")
    return re.sub(r"(?<=[*/(]) ", "", re.sub(r" +", " ", plain)).strip()


class _Plain:
    """Reads from left to right; only what a command takes is read within it, at most `_DEEPEST` within each other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def up_to(self, closing: str) -> str:
        """What stands before a bracket of the same depth that closes, or before the end."""
        plain, depth = "", 0
        for _ in range(self.at, len(self.text)):
            character = self.text[self.at : self.at + 1]
            if not character or (character == closing and depth == 0):
                self.at += len(character)
                break
            if character == "\\":
                plain = self._joined(plain, *self._command())
            elif character == "^":
                self.at += 1
                exponent = _raised(self._argument())
                # x^{2}3 is x²·3, but x^10 is what it is without LaTeX.
                parted = self.text[self.at - 1] == "}" and self.text[self.at : self.at + 1].isdigit()
                plain += exponent if set(exponent) == {"'"} else f"^{exponent}"
                plain += "*" if parted else ""
            elif character == "$":
                self.at += 1
            else:
                depth += (character == "{") - (character == "}")
                self.at += 1
                plain += character
        return plain

    def _argument(self) -> str:
        """What a command takes: what stands in braces, one command, or one character."""
        rest = self.text[self.at :]
        self.at += len(rest) - len(rest.lstrip(" "))
        character = self.text[self.at : self.at + 1]
        if character not in ("{", "\\") or self.depth >= _DEEPEST:
            self.at += len(character)
            return character
        self.depth += 1
        if character == "{":
            self.at += 1
            argument = self.up_to("}")
        else:
            argument = self._joined("", *self._command())
        self.depth -= 1
        return argument.strip()

    def _command(self) -> tuple[str, bool]:
        """What a command says, and whether that is a fraction, which may need brackets around it."""
        found = _COMMAND.match(self.text, self.at)
        if found is None:
            self.at += 1
            return "", False
        self.at, name = found.end(), found[1]
        if name in _FRACTIONS:
            above, below = self._argument(), self._argument()
            if _DERIVED.fullmatch(above) and _DERIVED.fullmatch(below):
                return f"{above}/{below}", False
            return _fraction(above, below), True
        if name == "sqrt":
            order = self._in_square_brackets()
            under = self._argument()
            return (f"root({under}, {order})" if order else f"sqrt({under})"), False
        if name in _NAMED:
            return f" {self._argument()}", False
        if name == "log" and self.text[self.at : self.at + 1] == "_":
            self.at += 1
            return f" log_{self._argument()} ", False
        if name in ("left", "right") and self.text[self.at : self.at + 1] == ".":
            self.at += 1
        if name in _DROPPED or name.lower().rstrip("lrm") in ("big", "bigg"):
            return "", False
        if name in _SPACES:
            return " ", False
        return _SIGNS.get(name, f" {name}"), False

    def _in_square_brackets(self) -> str:
        if self.text[self.at : self.at + 1] != "[":
            return ""
        self.at += 1
        return self.up_to("]").strip()

    def _joined(self, before: str, said: str, fraction: bool) -> str:
        """A fraction within other things is in brackets: sin(x/2), and not (sin x)/2."""
        after = self.text[self.at :].lstrip(" $")
        begins = before.strip()[-1:] in ("", *"+-=({[,;|")
        ends = after[:1] in ("", *"+-=)}],;|") or after.startswith(_CLOSING)
        return f"{before}({said})" if fraction and not (begins and ends) else before + said


def _fraction(above: str, below: str) -> str:
    above = above if above and _ABOVE.fullmatch(above) else f"({above})"
    return f"{above}/{below if _BELOW.fullmatch(below) else f'({below})'}"


def _raised(exponent: str) -> str:
    """An exponent, in brackets where it is more than a number or a letter."""
    return exponent if re.fullmatch(r"[0-9.]*|'+|[A-Za-z]|\([^()]*\)", exponent) else f"({exponent})"
