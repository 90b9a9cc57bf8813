"""What to say about a text that cannot be read, and how it might be mended.

Every function returns a Refusal whose candidates are whole texts; the door tries them out and proposes the
first that can be read.
"""

from __future__ import annotations

from explorer.expression.functions import WORDS
from explorer.expression.latex_input import decimal_points
from explorer.expression.refusal import Refusal
from explorer.expression.tokens import Kind, Token

__all__ = ["left_over", "misplaced_closing", "no_operand", "number_behind", "shown", "unclosed"]

OPERATORS = "+-*/^"


def shown(token: Token) -> str:
    """A sign as it is printed."""
    return {"-": "−", "*": "·"}.get(token.value, token.value)


def _replaced(text: str, start: int, end: int, by: str) -> str:
    return text[:start] + by + text[end:]


def left_over(text: str, token: Token) -> Refusal:
    """Something follows where the formula, or the bracket, should be complete."""
    place = token.start
    match token.value if token.kind is Kind.SYMBOL else "":
        case ")" | "}" | "⌋" | "⌉":
            dropped = _replaced(text, place, token.end, "")
            return Refusal("This bracket closes nothing.", place, [dropped, "(" + text])
        case "=":
            return _equation(text, token)
        case "<" | ">" | "<=" | ">=" | "!=":
            return Refusal("A comparison belongs into a piecewise formula such as {x < 0: -x, x}.", place)
        case ",":
            return _comma(text, token)
        case ":":
            message = "A colon belongs into a piecewise formula; divide with /."
            return Refusal(message, place, [_replaced(text, place, token.end, "/")])
    return Refusal("This was not expected here.", place)


def _comma(text: str, token: Token) -> Refusal:
    """Between digits a decimal comma was meant; elsewhere something that takes several things."""
    place, end = token.start, token.end
    if text[:place][-1:].isdigit() and text[end : end + 1].isdigit():
        message = "Decimals are written with a point, and one formula is typed at a time."
        return Refusal(message, place, [_replaced(text, place, end, "."), decimal_points(text)])
    several = [row.name for row in WORDS.values() if row.arity[1] > 1]
    words = f"{', '.join(several[:-1])} and {several[-1]}"
    return Refusal(f"One formula is typed at a time, and only {words} take several things.", place)


def _equation(text: str, token: Token) -> Refusal:
    left, right = text[: token.start].rstrip(), text[token.end :].strip()
    message = "This is an equation. Type one formula, for example the difference of both sides."
    if not right:
        return Refusal(message, token.start, [left])
    if right == "0":
        return Refusal(message, token.start, [left])
    plain = [] if any(sign in right for sign in "+-−=") else [f"{left} - {right}"]
    return Refusal(message, token.start, [*plain, f"{left} - ({right})"])


def number_behind(
    text: str, token: Token, before: Token, earlier: Token | None, *, powered: bool = False, letters: int = 1
) -> Refusal:
    """x2, (x + 1)2, x 2, x2^x, 2 3, 1e5: a number where none can stand; `powered`: it has an exponent itself.

    Of several `letters` one with a number may be meant for a letter with an index.
    """
    place = token.start
    if before.kind in (Kind.NUMBER, Kind.FRACTION):
        return Refusal(
            "Between these two numbers a sign is missing.", place, [_replaced(text, place, place, "*")]
        )
    if before.value == "e" and earlier is not None and earlier.kind is Kind.NUMBER:
        message = "Powers of ten are written with 10^, for e is the number 2.718."
        return Refusal(message, before.start, [_replaced(text, before.start, place, "*10^")])
    message = "A number behind this is unclear: write ^ for a power, or * for a product."
    product = powered or before.end < place
    if letters > 1 and before.kind is Kind.VARIABLE and not product:
        message += (
            f" A letter has no index: instead of {before.value}{text[place : token.end]} take another letter."
        )
    return Refusal(message, place, [_replaced(text, before.end, place, "*" if product else "^")])


def no_operand(text: str, token: Token, before: Token | None, missing: str, variable: str) -> Refusal:
    """A sign, a bracket or the end stands where a number, a variable or a function is needed.

    `missing` closes what is open, `before` left out.
    """
    place = token.start
    if token.kind is Kind.END:
        shortened = [text[: before.start].rstrip() + missing] if before else []
        if before is not None and before.is_symbol("("):
            shortened = [text.rstrip() + variable + ")" + missing]
        if before is not None and before.is_symbol("|"):
            return Refusal("This bar is not closed.", before.start, shortened)
        return Refusal("The formula is not finished.", len(text), shortened)
    if before is not None and before.is_symbol("(") and token.is_symbol(")"):
        message = "Between these brackets something is missing."
        return Refusal(message, place, [_replaced(text, place, place, variable)])
    if before is not None and before.is_symbol(*OPERATORS):
        without = text[: before.start].rstrip() + text[place:]
        message = f"After {shown(before)} something is missing."
        return Refusal(message, place, [without, _replaced(text, place, token.end, "")])
    if token.is_symbol("*", "/", "^", "!"):
        rest = _replaced(text, place, token.end, "")
        filled = [_replaced(text, place, place, variable)] if token.is_symbol("^", "!") else []
        return Refusal(f"Before {shown(token)} something is missing.", place, [*filled, rest])
    if token.is_symbol("="):
        return Refusal("Before the = something is missing.", place, [text[token.end :].strip()])
    return Refusal("This was not expected here.", place, [_replaced(text, place, token.end, "")])


def unclosed(text: str, opening: Token, missing: str) -> Refusal:
    """The text ends within brackets; `missing` would close them all."""
    what = "bar" if opening.is_symbol("|") else "bracket"
    return Refusal(f"This {what} is not closed.", opening.start, [text.rstrip() + missing])


def misplaced_closing(text: str, token: Token, closing: str) -> Refusal:
    """A bracket is closed by one of another kind."""
    swapped = _replaced(text, token.start, token.end, closing)
    inserted = _replaced(text, token.start, token.start, closing)
    return Refusal("This does not fit what was opened before.", token.start, [swapped, inserted])
