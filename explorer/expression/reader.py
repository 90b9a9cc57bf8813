"""The reader: tokens to a tree, by binding powers (a Pratt parser).

From loose to tight: + and −; · and / (written or implied, so that 1/2x is (1/2)x); a sign; ^ from the right. A
function without brackets takes the product right after it, up to a bracket or another function: sin 2x is
sin(2x), sin x(x+1) is (sin x)(x+1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from explorer.expression.refusal import Refusal
from explorer.expression.tokens import Kind, Token, tokenize
from explorer.expression.tree import (
    Add,
    And,
    Call,
    Comparison,
    Constant,
    Divide,
    Multiply,
    Negate,
    Node,
    Number,
    Piecewise,
    Power,
    Subtract,
    Variable,
    fold,
)
from explorer.expression.vocabulary import FUNCTIONS, INVERSES, Vocabulary

__all__ = ["MAX_NESTING", "Reading", "read"]

Result = TypeVar("Result")

MAX_NESTING = 40
"""Brackets within brackets, redundant ones too: a guard for the reader itself."""

SUM, PRODUCT, SIGN = 10, 20, 30
BINARY: dict[str, tuple[int, type[Add] | type[Subtract] | type[Multiply] | type[Divide]]] = {
    "+": (SUM, Add),
    "-": (SUM, Subtract),
    "*": (PRODUCT, Multiply),
    "/": (PRODUCT, Divide),
}
ROOTS = {"√": ("sqrt", 2), "∛": ("cbrt", 3), "∜": ("root", 4)}
ARGUMENTS = {"root": (2, 2), "min": (2, 8), "max": (2, 8)}
CLOSING = {"(": ")", "{": "}", "|": "|"}
RECIPROCAL_INVERSES = {"arcsec": "arccos", "arccsc": "arcsin", "arccot": "arctan"}


class Reading:
    """A tree and the place in the text that each of its nodes was read from."""

    def __init__(self, root: Node, places: dict[int, int], nodes: list[Node]) -> None:
        self.root = root
        self._places = places
        self._nodes = nodes  # keeps the ids of the table alive

    def walk(self, combine: Callable[[Node, Sequence[Result]], Result]) -> Result:
        """A fold over the tree."""
        return fold(self.root, combine)

    def place(self, node: Node) -> int:
        """The 0-based position of a node of this very tree."""
        return self._places.get(id(node), 0)


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """The tree of a text. Raises Refusal."""
    return _Reader(text, vocabulary).read()


class _Reader:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.named = _end_of_names_in_front(text, vocabulary)
        self.tokens = tokenize(" " * self.named + text[self.named :], vocabulary)
        self.at = 0
        self.nesting = 0
        self.bars = 0
        self.places: dict[int, int] = {}
        self.nodes: list[Node] = []

    # -- tokens ------------------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def advance(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def skip(self, *symbols: str) -> bool:
        if self.token.is_symbol(*symbols):
            self.at += 1
            return True
        return False

    def made(self, node: Node, place: int) -> Node:
        self.places[id(node)] = place
        self.nodes.append(node)
        return node

    def number(self, value: Fraction | int, place: int) -> Node:
        return self.made(Number(Fraction(value)), place)

    def replaced(self, start: int, end: int, by: str) -> str:
        return self.text[:start] + by + self.text[end:]

    # -- the whole ---------------------------------------------------------------------------------------------

    def read(self) -> Reading:
        if self.token.kind is Kind.END:
            message = (
                "After the = the formula is missing." if self.named else "Type a formula, for example x^2."
            )
            raise Refusal(message, self.named)
        root = self.expression(0)
        if self.token.kind is not Kind.END:
            raise self.left_over(self.token)
        return Reading(root, self.places, self.nodes)

    def left_over(self, token: Token) -> Refusal:
        place = token.start
        if token.is_symbol(")", "}"):
            drop = self.replaced(place, token.end, "")
            return Refusal("This bracket closes nothing.", place, [drop, "(" + self.text])
        if token.is_symbol("="):
            left, right = self.text[:place].rstrip(), self.text[token.end :].strip()
            tight = [f"{left} - {right}"] if not any(c in right for c in "+-−") else []
            message = "This is an equation. Type one formula, for example the difference of both sides."
            zero = [left] if right == "0" else []
            return Refusal(message, place, [*zero, *tight, f"{left} - ({right})"])
        if token.is_symbol("<", ">", "<=", ">="):
            example = "{x < 0: -x, x}"
            return Refusal(f"A comparison belongs into a piecewise formula such as {example}.", place)
        if token.is_symbol(","):
            dotted = self.replaced(place, token.end, ".")
            return Refusal(
                "Decimals are written with a point, and one formula is typed at a time.", place, [dotted]
            )
        if token.is_symbol(":"):
            return Refusal(
                "A colon belongs into a piecewise formula; divide with /.",
                place,
                [self.replaced(place, token.end, "/")],
            )
        return Refusal("This was not expected here.", place)

    # -- operators ---------------------------------------------------------------------------------------------

    def expression(self, power: int) -> Node:
        """Everything that binds more tightly than `power`."""
        self.enter()
        left = self.prefix(power)
        while True:
            token = self.token
            if token.kind is Kind.SYMBOL and token.value in BINARY:
                binding, kind = BINARY[token.value]
                if binding <= power:
                    break
                self.advance()
                self.expect_operand(token)
                left = self.made(kind(left, self.expression(binding)), token.start)
            elif power < PRODUCT and self.starts_factor(token):
                left = self.made(Multiply(left, self.expression(PRODUCT)), token.start)
            else:
                break
        self.nesting -= 1
        return left

    def enter(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise Refusal("Too many things are nested here: the formula is too deep.", self.token.start)

    def expect_operand(self, operator: Token) -> None:
        if self.token.kind is Kind.END:
            shortened = self.text[: operator.start].rstrip()
            raise Refusal(f"After {_shown(operator)} something is missing.", len(self.text), [shortened])

    def prefix(self, power: int) -> Node:
        token = self.token
        if self.skip("-"):
            self.expect_operand(token)
            # −x² is −(x²) and −2x is −(2x), but after · or ^ a sign takes only the next factor.
            operand = (
                self.expression(SUM if power <= SUM else SIGN) if power < SIGN else self.expression(SIGN)
            )
            return self.made(Negate(operand), token.start)
        if self.skip("+"):
            self.expect_operand(token)
            return self.expression(max(power, SUM))
        return self.raised(self.primary())

    def raised(self, base: Node) -> Node:
        """`base` with whatever follows it tightly: !, ², ^."""
        while self.token.is_symbol("!"):
            base = self.factorial(base, self.advance())
        if self.token.kind is Kind.RAISED and self.token.value == "(":
            place = self.token.start
            base = self.made(Power(base, self.superscript()), place)
        while self.token.is_symbol("!"):
            raise Refusal("! works on whole numbers only, such as 5!.", self.token.start)
        if self.token.is_symbol("^"):
            operator = self.advance()
            self.expect_operand(operator)
            base = self.made(Power(base, self.expression(SIGN)), operator.start)
        return base

    def superscript(self) -> Node:
        self.advance()
        if self.token.kind is Kind.RAISED:
            raise Refusal("This exponent is empty.", self.token.start)
        exponent = self.expression(0)
        if self.token.kind is not Kind.RAISED:
            raise Refusal("This exponent cannot be read.", self.token.start)
        self.advance()
        return exponent

    def factorial(self, base: Node, mark: Token) -> Node:
        if not isinstance(base, Number) or base.value.denominator != 1:
            raise Refusal("! works on whole numbers only, such as 5!.", mark.start)
        return self.made(Call("factorial", (base,)), mark.start)

    def starts_factor(self, token: Token) -> bool:
        if token.kind in (Kind.VARIABLE, Kind.CONSTANT, Kind.FUNCTION):
            return True
        if token.kind in (Kind.NUMBER, Kind.FRACTION):
            raise self.number_behind(token)
        if token.is_symbol("|"):
            return self.bars == 0
        return token.is_symbol("(", "{", *ROOTS)

    def number_behind(self, token: Token) -> Refusal:
        before = self.tokens[self.at - 1]
        power = self.replaced(token.start, token.start, "^")
        times = self.replaced(token.start, token.start, "*")
        if before.kind in (Kind.NUMBER, Kind.FRACTION):
            return Refusal("Between these two numbers a sign is missing.", token.start, [times])
        message = "A number behind this is unclear: write ^ before it for a power, or put it in front for a product."
        return Refusal(message, token.start, [power])

    # -- things ------------------------------------------------------------------------------------------------

    def primary(self) -> Node:
        token = self.advance()
        match token.kind:
            case Kind.NUMBER:
                return self.typed_number(token)
            case Kind.FRACTION:
                return self.vulgar(token)
            case Kind.VARIABLE:
                return self.made(Variable(token.value), token.start)
            case Kind.CONSTANT:
                return self.made(Constant(token.value), token.start)
            case Kind.FUNCTION:
                return self.application(token)
        if token.is_symbol("("):
            return self.bracket(token)
        if token.is_symbol("|"):
            return self.absolute(token)
        if token.is_symbol("{"):
            return self.braces(token)
        if token.is_symbol(*ROOTS):
            return self.radical(token)
        self.at -= 1
        raise self.no_operand(token)

    def no_operand(self, token: Token) -> Refusal:
        place, text = token.start, self.text
        before = self.tokens[self.at - 1] if self.at else None
        if token.kind is Kind.END:
            return Refusal(
                "The formula is not finished.", len(text), [text[: before.start]] if before else []
            )
        if before is not None and before.is_symbol("(") and token.is_symbol(")"):
            inside = self.replaced(
                place, place, self.vocabulary.variables[0] if self.vocabulary.variables else "1"
            )
            return Refusal("Between these brackets something is missing.", place, [inside])
        if before is not None and before.is_symbol(*BINARY, "^"):
            without = text[: before.start].rstrip() + text[place:]
            message = f"After {_shown(before)} something is missing."
            return Refusal(message, place, [without, self.replaced(place, token.end, "")])
        if before is None and token.is_symbol("*", "/", "^", "!"):
            candidates = [text[token.end :].strip()]
            if token.is_symbol("^", "!") and self.vocabulary.variables:
                candidates.insert(0, self.vocabulary.variables[0] + text.lstrip())
            return Refusal(f"Before {_shown(token)} something is missing.", place, candidates)
        if token.is_symbol("="):
            return Refusal("Before the = something is missing.", place, [text[token.end :].strip()])
        return Refusal("This was not expected here.", place, [self.replaced(place, token.end, "")])

    def typed_number(self, token: Token) -> Node:
        following = self.token
        if following.kind is Kind.FRACTION and following.start == token.end and token.number.denominator == 1:
            self.advance()
            part = self.made(
                Divide(
                    self.number(following.number.numerator, following.start),
                    self.number(following.number.denominator, following.start),
                ),
                following.start,
            )
            return self.made(Add(self.number(token.number, token.start), part), token.start)
        return self.number(token.number, token.start)

    def vulgar(self, token: Token) -> Node:
        top = self.number(token.number.numerator, token.start)
        bottom = self.number(token.number.denominator, token.start)
        return self.made(Divide(top, bottom), token.start)

    def bracket(self, opening: Token) -> Node:
        bars, self.bars = self.bars, 0
        inner = self.expression(0)
        self.close(opening)
        self.bars = bars
        return inner

    def close(self, opening: Token) -> None:
        closing = CLOSING[opening.value]
        if self.skip(closing):
            return
        token = self.token
        if token.kind is Kind.END:
            message = "This bar is not closed." if closing == "|" else "This bracket is not closed."
            candidates = [self.text.rstrip() + closing * count for count in range(1, 5)]
            raise Refusal(message, opening.start, candidates)
        if token.is_symbol(")", "}", "|"):
            raise Refusal(
                "This does not fit what was opened before.",
                token.start,
                [
                    self.replaced(token.start, token.end, closing),
                    self.replaced(token.start, token.start, closing),
                ],
            )
        raise self.left_over(token)

    def absolute(self, opening: Token) -> Node:
        self.bars += 1
        inner = self.expression(0)
        self.close(opening)
        self.bars -= 1
        return self.made(Call("abs", (inner,)), opening.start)

    def radical(self, sign: Token) -> Node:
        self.expect_operand(sign)
        name, index = ROOTS[sign.value]
        operand = self.expression(SIGN)
        if index == 4:
            return self.made(Call(name, (operand, self.number(4, sign.start))), sign.start)
        return self.made(Call(name, (operand,)), sign.start)

    # -- functions ---------------------------------------------------------------------------------------------

    def application(self, name: Token) -> Node:
        function, base = name.value, None
        if function == "log":
            base = self.logarithm_base(name)
        exponent = self.function_exponent(name)
        if exponent is not None and exponent == -1 and function in INVERSES:
            function, exponent = INVERSES[function], None
        node = self.applied(function, name, base)
        if exponent is not None:
            size = self.number(abs(exponent), name.end)
            node = self.made(
                Power(node, self.made(Negate(size), name.end) if exponent < 0 else size), name.end
            )
        return self.raised(node) if exponent is None else node

    def logarithm_base(self, name: Token) -> Token | None:
        token = self.token
        if token.kind is Kind.SUBSCRIPT:
            return self.advance()
        if (
            token.kind is Kind.NUMBER
            and token.value in ("2", "10")
            and token.start == name.end
            and self.tokens[self.at + 1].is_symbol("(")
        ):
            return self.advance()
        return None

    def function_exponent(self, name: Token) -> Fraction | None:
        """The exponent between a function's name and its argument: sin² x, sin^2 x, sin^(-1) x."""
        tokens, at = self.tokens, self.at
        raised = tokens[at].kind is Kind.RAISED
        if not raised and not tokens[at].is_symbol("^"):
            return None
        at += 1
        bracketed = tokens[at].is_symbol("(", "{")
        at += bracketed
        negative = tokens[at].is_symbol("-")
        at += negative
        number = tokens[at]
        closed = not bracketed or tokens[at + 1].is_symbol(")", "}")
        if number.kind is not Kind.NUMBER or not closed:
            raise Refusal(f"Write a power of a function behind it: {name.value}(x)^n.", tokens[self.at].start)
        self.at = at + 1 + bracketed
        if raised:
            if self.token.kind is not Kind.RAISED:
                raise Refusal(f"Write a power of a function behind it: {name.value}(x)^n.", number.start)
            self.advance()
        return -number.number if negative else number.number

    def applied(self, function: str, name: Token, base: Token | None) -> Node:
        arguments = self.arguments(name)
        low, high = ARGUMENTS.get(function, (1, 1))
        if not low <= len(arguments) <= high:
            raise Refusal(_count_sentence(function, low), name.start, self.other_counts(function))
        place = name.start
        if function in RECIPROCAL_INVERSES:
            inner = self.made(Divide(self.number(1, place), arguments[0]), place)
            return self.made(Call(RECIPROCAL_INVERSES[function], (inner,)), place)
        if function == "factorial":
            return self.factorial(arguments[0], name)
        if function != "log":
            return self.made(Call(function, tuple(arguments)), place)
        if base is None or base.value == "e":
            return self.made(Call("ln", tuple(arguments)), place)
        if base.number in (2, 10):
            return self.made(Call(f"log{base.number}", tuple(arguments)), place)
        below = self.made(Call("ln", (self.number(base.number, base.start),)), base.start)
        return self.made(Divide(self.made(Call("ln", tuple(arguments)), place), below), base.start)

    def other_counts(self, function: str) -> list[str]:
        return [self.text.replace("root", "sqrt")] if function == "root" else []

    def arguments(self, name: Token) -> list[Node]:
        token = self.token
        if not token.is_symbol("("):
            return [self.bare_argument(name)]
        self.advance()
        bars, self.bars = self.bars, 0
        found = [self.expression(0)]
        while self.skip(","):
            found.append(self.expression(0))
        self.close(token)
        self.bars = bars
        return found

    def bare_argument(self, name: Token) -> Node:
        """What a function without brackets takes: sin 2x, ln 2πx, sin −x, sin √x, ln sin x."""
        token = self.token
        if token.kind is Kind.END or token.is_symbol(")", ",", "}", ":", "=", "*", "/", "^", "+"):
            variable = self.vocabulary.variables[0] if self.vocabulary.variables else "1"
            candidates = [self.replaced(name.end, name.end, f"({variable})")]
            raise Refusal(
                f"{name.value} of what? Write its argument in brackets behind it.", name.start, candidates
            )
        if token.is_symbol("-"):
            self.advance()
            self.enter()
            self.expect_operand(token)
            return self.made(Negate(self.bare_argument(name)), token.start)
        if token.is_symbol("|") and self.bars:
            raise Refusal(f"{name.value} of what? Write its argument in brackets behind it.", name.start)
        constant = token.kind not in (Kind.VARIABLE, Kind.FUNCTION) and not token.is_symbol(
            "(", "|", "{", *ROOTS
        )
        ends_here = token.kind is Kind.FUNCTION
        result = self.expression(SIGN)
        while not ends_here and self.continues_argument(constant):
            following = self.token
            constant = constant and following.kind is Kind.CONSTANT
            ends_here = following.kind is Kind.SYMBOL
            result = self.made(Multiply(result, self.expression(SIGN)), following.start)
        return result

    def continues_argument(self, constant: bool) -> bool:
        token = self.token
        if token.kind is Kind.VARIABLE:
            return True
        if token.kind is Kind.CONSTANT:
            following = self.tokens[self.at + 1]
            # sin x e^x is e^x sin x: a power of e is a factor of its own.
            powered = following.is_symbol("^") or following.kind is Kind.RAISED
            return not (token.value == "e" and powered and not constant)
        opens = token.is_symbol("(", *ROOTS) or (token.is_symbol("|") and self.bars == 0)
        return constant and opens

    # -- braces ------------------------------------------------------------------------------------------------

    def braces(self, opening: Token) -> Node:
        """{x < 0: -x, x}; braces around one plain formula only group it."""
        bars, self.bars = self.bars, 0
        branches: list[tuple[Node, Node]] = []
        otherwise: Node | None = None
        while True:
            if self.token.kind is Kind.WORD and self.token.value == "otherwise":
                self.advance()
                self.skip(":", ",")
                otherwise = self.expression(0)
                break
            part = self.expression(0)
            if not self.token.is_symbol("<", ">", "<=", ">="):
                otherwise = part
                break
            condition = self.condition(part)
            if not self.skip(":"):
                raise Refusal(
                    "After the condition comes a colon and a formula, as in {x < 0: -x, x}.", self.token.start
                )
            branches.append((condition, self.expression(0)))
            if not self.skip(","):
                break
        self.close(opening)
        self.bars = bars
        if not branches and otherwise is not None:
            return otherwise
        return self.made(Piecewise(tuple(branches), otherwise), opening.start)

    def condition(self, first: Node) -> Node:
        """A comparison such as x < 0, a chain such as 0 < x < 1, or several joined by `and`."""
        result: Node | None = None
        while True:
            while self.token.is_symbol("<", ">", "<=", ">="):
                sign = self.advance()
                self.expect_operand(sign)
                second = self.expression(0)
                comparison = self.made(Comparison(sign.value, first, second), sign.start)
                result = comparison if result is None else self.made(And(result, comparison), sign.start)
                first = second
            if self.token.kind is Kind.WORD and self.token.value == "and":
                self.advance()
                first = self.expression(0)
                if not self.token.is_symbol("<", ">", "<=", ">="):
                    raise Refusal("After “and” comes another comparison.", self.token.start)
                continue
            if self.token.is_symbol("="):
                raise Refusal("A condition compares with <, ≤, > or ≥.", self.token.start)
            assert result is not None
            return result


_NAME_IN_FRONT = re.compile(
    r"\s*(?P<name>[A-Za-z]{1,8})\s*(?P<of>\(\s*[A-Za-z]\s*(?:,\s*[A-Za-z]\s*)*\)\s*)?=(?!=)"
)


def _end_of_names_in_front(text: str, vocabulary: Vocabulary) -> int:
    """How much of the text is `y =`, `f(x) =`, or several of them."""
    end = 0
    while (match := _NAME_IN_FRONT.match(text, end)) is not None:
        name = match["name"]
        if name in FUNCTIONS or (match["of"] is None and (len(name) > 1 or name in vocabulary.variables)):
            break
        end = match.end()
    return end


def _shown(token: Token) -> str:
    return {"-": "−", "*": "·"}.get(token.value, token.value)


def _count_sentence(function: str, low: int) -> str:
    if function == "root":
        return "root takes two things: root(x, 3) is the cube root of x."
    if low == 1:
        return f"{function} takes one thing, in brackets."
    return f"{function} takes at least two things: {function}(x, 1)."
