"""How functions are read: their powers, their arguments with and without brackets, their inverses."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from explorer.expression.cursor import ROUNDED, SIGN, Cursor
from explorer.expression.functions import FUNCTIONS, WORDS, Abbreviation, Word
from explorer.expression.refusal import Refusal
from explorer.expression.tokens import ROOT_SIGNS, Kind, Token
from explorer.expression.tree import Call, Divide, Multiply, Negate, Node, Number, Power, fold

__all__ = ["Applications"]

NATURAL = "log is the natural logarithm, ln; base 10 is written log_10(x)."


class Applications(Cursor):
    """The part of the reader for functions."""

    def application(self, name: Token) -> Node:
        """A function whose name has just been read."""
        function, base = name.value, None
        if function == "log":
            base = self._logarithm_base(name)
        exponent = self._exponent(name)
        if exponent == -1 and function in FUNCTIONS and FUNCTIONS[function].inverse:
            function, exponent = FUNCTIONS[function].inverse, None
        node = self._applied(function, name, base)
        if exponent is None:
            return self.raised(node)
        size = self.number(abs(exponent), name.end)
        power = self.made(Negate(size), name.end) if exponent < 0 else size
        return self.made(Power(node, power), name.end)

    def _logarithm_base(self, name: Token) -> Token | None:
        token = self.token
        if token.kind is Kind.SUBSCRIPT:
            return self.advance()
        # log10(x), log10 x, log10|x|, as programmers write them; but log2x and log10x are ln(2x) and ln(10x).
        base = token.value in ("2", "10") and token.number == int(token.value) and token.start == name.end
        following = self.ahead(1)
        glued = following.start == token.end and following.kind in (Kind.VARIABLE, Kind.CONSTANT)
        return self.advance() if base and not glued else None

    def _exponent(self, name: Token) -> Fraction | None:
        """The exponent between a function's name and its argument: sin² x, sin^2 x, sin^(-1) x."""
        tokens, at = self.tokens, self.at
        raised = tokens[at].kind is Kind.RAISED and tokens[at].value == "("
        if not raised and not tokens[at].is_symbol("^"):
            return None
        refusal = Refusal(f"Write a power of a function behind it: {name.value}(x)^n.", tokens[at].start)
        at += 1
        bracketed = tokens[at].is_symbol("(", "{")
        at += bracketed
        negative = tokens[at].is_symbol("-")
        at += negative
        number = tokens[at]
        if number.kind is not Kind.NUMBER:
            raise refusal
        at += 1
        if bracketed:
            if not tokens[at].is_symbol(")", "}"):
                raise refusal
            at += 1
        if raised:
            if tokens[at].kind is not Kind.RAISED:
                raise refusal
            at += 1
        self.at = at
        return -number.number if negative else number.number

    def _applied(self, function: str, name: Token, base: Token | None) -> Node:
        arguments, place, word = self._arguments(name), name.start, WORDS[function]
        low, high = word.arity
        if not low <= len(arguments) <= high:
            raise Refusal(_count_sentence(word), place, self._other_counts(function, name))
        if function == "log":
            return self._logarithm(arguments, base, place)
        if isinstance(word, Abbreviation):
            return self._written_out(word.meaning(*arguments), place)
        if function == "factorial":
            return self.factorial(arguments[0], name)
        return self.made(Call(function, tuple(arguments)), place)

    def _written_out(self, meaning: Node, place: int) -> Node:
        """What an abbreviation stands for: its new nodes are where its name is."""
        return fold(meaning, lambda node, _: node if id(node) in self.places else self.made(node, place))

    def _logarithm(self, arguments: Sequence[Node], base: Token | None, place: int) -> Node:
        if base is None:
            self.remarks.append(NATURAL)
        if base is None or base.value == "e":
            return self.made(Call("ln", tuple(arguments)), place)
        if base.number in (2, 10):
            return self.made(Call(f"log{base.number}", tuple(arguments)), place)
        below = self.made(Call("ln", (self.number(base.number, base.start),)), base.start)
        return self.made(Divide(self.made(Call("ln", tuple(arguments)), place), below), base.start)

    def _other_counts(self, function: str, name: Token) -> list[str]:
        if function != "root":
            return []
        return [self.text[: name.start] + "sqrt" + self.text[name.end :]]

    def factorial(self, base: Node, mark: Token) -> Node:
        """base!, for a whole number."""
        if not isinstance(base, Number) or base.value.denominator != 1:
            raise Refusal("! works on whole numbers only, such as 5!.", mark.start)
        return self.made(Call("factorial", (base,)), mark.start)

    def _arguments(self, name: Token) -> list[Node]:
        opening = self.token
        if not opening.is_symbol("("):
            return [self._bare_argument(name, self.before.end)]
        self.open.append(self.advance())
        found = [self.expression(0)]
        while self.skip(","):
            found.append(self.expression(0))
        self.close(opening)
        return found

    def _bare_argument(self, name: Token, end: int) -> Node:
        """What a function without brackets takes: sin 2x, ln 2πx, sin −x, sin √x, ln sin x.

        Its name, with the base or the power behind it, ends at `end`.
        """
        token = self.token
        starts = token.kind in (Kind.NUMBER, Kind.FRACTION, Kind.CONSTANT, Kind.VARIABLE, Kind.FUNCTION)
        opens = token.is_symbol("{", *ROUNDED, *ROOT_SIGNS) or (token.is_symbol("|") and not self.in_bars)
        if token.is_symbol("-"):
            self.advance()
            self.enter()
            self.expect_operand(token)
            operand = self.made(Negate(self._bare_argument(name, end)), token.start)
            self.nesting -= 1
            return operand
        if not starts and not opens:
            written, argument = self.text[name.start : end], f"({self.variable})"
            candidate = self.text[:end] + argument + self.text[end:]
            message = f"The function {written} needs something to work on: {written}{argument}."
            raise Refusal(message, name.start, [candidate])
        constant = starts and token.kind not in (Kind.VARIABLE, Kind.FUNCTION)
        ends_here = token.kind is Kind.FUNCTION
        result = self.expression(SIGN)
        while not ends_here and self._continues_argument(constant):
            following = self.token
            constant = constant and following.kind is Kind.CONSTANT
            ends_here = following.kind is Kind.SYMBOL
            result = self.made(Multiply(result, self.expression(SIGN)), following.start)
        return result

    def _continues_argument(self, constant: bool) -> bool:
        """Whether the next factor still belongs to the argument; `constant`: it has been one so far."""
        token = self.token
        if token.kind is Kind.VARIABLE:
            return True
        if token.kind is Kind.CONSTANT:
            following = self.ahead(1)
            # sin x e^x is e^x sin x: a power of e is a factor of its own.
            powered = following.is_symbol("^") or following.kind is Kind.RAISED
            return constant or not (token.value == "e" and powered)
        # sin 2(x + 1) is sin(2(x + 1)), but sin x(x + 1) is (sin x)(x + 1).
        return constant and (
            token.is_symbol("(", *ROUNDED, *ROOT_SIGNS) or (token.is_symbol("|") and not self.in_bars)
        )


def _count_sentence(word: Word) -> str:
    return word.takes or f"The function {word.name} takes one thing, in brackets."
