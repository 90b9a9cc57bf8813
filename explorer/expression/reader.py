"""The reader: tokens to a tree, by binding powers (a Pratt parser).

From loose to tight: + and −; · and / (written or implied, so that 1/2x is (1/2)x); a sign; ^ from the right.
A function without brackets takes the product right after it, up to a bracket or another function: sin 2x is
sin(2x), sin x(x+1) is (sin x)(x+1).
"""

from __future__ import annotations

from explorer.expression.application import Applications
from explorer.expression.cursor import FENCED, PRODUCT, ROUNDED, SIGN, SUM, Reading
from explorer.expression.refusal import Refusal
from explorer.expression.suggestions import left_over, no_operand, number_behind
from explorer.expression.tokens import ROOT_SIGNS, Kind, Token
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
    Piecewise,
    Power,
    Subtract,
    Variable,
)
from explorer.expression.vocabulary import Vocabulary

__all__ = ["Reading", "read"]

BINARY: dict[str, tuple[int, type[Add] | type[Subtract] | type[Multiply] | type[Divide]]] = {
    "+": (SUM, Add),
    "-": (SUM, Subtract),
    "*": (PRODUCT, Multiply),
    "/": (PRODUCT, Divide),
}
UNDER_THE_BAR = (
    "{0}/{1}{2} is read as ({0}/{1}){2}: what belongs under the bar needs brackets, as in {0}/({1}{2})."
)
LONGEST_QUOTED = 40
"""Of a longer text the remark speaks in an example."""
IN_THE_EXPONENT = "e^2x is read as e^2 times x: a longer exponent needs brackets, as in e^(2x)."
POWER_OF_TEN = "{0}e{1}{2} is read as {0} times e, {3} {2}: a power of ten is written {0}*10^({1}{2})."
CAPITAL_E = "{0}E{1} is read as {0}*10^({1}), a power of ten: a small e is the number 2.718."
COMPARISONS = ("<", ">", "<=", ">=", "=", "!=")
COMPARED = "A condition compares with <, ≤, >, ≥, = or ≠."


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """The tree of a text. Raises Refusal."""
    return _Reader(text, vocabulary).read()


class _Reader(Applications):
    def read(self) -> Reading:
        if self.sees(Kind.END):
            what = "After the = the formula is missing." if self.named else "Type a formula, for example x^2."
            raise Refusal(what, self.named)
        root = self.expression(0)
        if not self.sees(Kind.END):
            raise left_over(self.text, self.token)
        return Reading(root, self.places, self.nodes, self.remarks)

    def expression(self, power: int) -> Node:
        self.enter()
        start = self.token.start
        left = self.prefix(power)
        bar: Token | None = None
        below = 0  # where what stands below the bar ends
        while True:
            token = self.token
            if token.is_symbol(*BINARY):
                binding, kind = BINARY[token.value]
                if binding <= power:
                    break
                self.advance()
                self.expect_operand(token)
                self.remark_on_power_of_ten(token)
                left = self.made(kind(left, self.expression(binding)), token.start)
                bar, below = (token if token.value == "/" else None), self.before.end
            elif power < PRODUCT and self.starts_factor(token):
                if bar is None and token.start == self.before.end and self.raises_a_constant(left):
                    self.remarks.append(IN_THE_EXPONENT)
                left = self.made(Multiply(left, self.expression(PRODUCT)), token.start)
                if bar is not None and not self.starts_factor(self.token):
                    self.remark_on_a_bar(start, bar, below)
            else:
                break
        self.nesting -= 1
        return left

    def remark_on_a_bar(self, start: int, bar: Token, below: int) -> None:
        """Say how 1/2x is read, in the words of the text: the factor behind is not below the bar."""
        end = self.before.end
        parts = (self.text[start : bar.start], self.text[bar.end : below], self.text[below:end])
        quoted = parts if end - start <= LONGEST_QUOTED else ("1", "2", "x")
        self.remarks.append(
            UNDER_THE_BAR.format(*(part if k == 2 else part.strip() for k, part in enumerate(quoted)))
        )

    def remark_on_power_of_ten(self, sign: Token) -> None:
        """Say how 1e-6, typed as one word, is read: a calculator would take it for a millionth."""
        if sign.value not in "+-" or self.at < 3:
            return
        number, constant, behind = self.tokens[self.at - 3], self.tokens[self.at - 2], self.token
        word = self.text[number.start : behind.start]
        kinds = number.kind is Kind.NUMBER and constant.value == "e" and behind.kind is Kind.NUMBER
        if kinds and " " not in word:
            name = "plus" if sign.value == "+" else "minus"
            factor = self.text[number.start : number.end]
            self.remarks.append(POWER_OF_TEN.format(factor, sign.value, behind.value, name))

    def raises_a_constant(self, node: Node) -> bool:
        """Whether a node is like e^2, with nothing around the exponent."""
        return isinstance(node, Power) and isinstance(node.base, Constant) and self.before.kind is Kind.NUMBER

    def prefix(self, power: int) -> Node:
        sign = self.token
        if self.skip("-"):
            self.expect_operand(sign)
            # −x² is −(x²) and −2x is −(2x), but after · or ^ a sign takes only the next factor.
            return self.made(Negate(self.expression(SUM if power <= SUM else SIGN)), sign.start)
        if self.skip("+"):
            self.expect_operand(sign)
            return self.expression(max(power, SUM))
        return self.raised(self.primary())

    def raised(self, base: Node) -> Node:
        while self.token.is_symbol("!"):
            base = self.factorial(base, self.advance())
        if self.sees(Kind.RAISED) and self.token.value == "(":
            place = self.advance().start
            exponent = self.expression(0)
            if not self.sees(Kind.RAISED):
                raise Refusal("This exponent cannot be read.", self.token.start)
            self.advance()
            base = self.made(Power(base, exponent), place)
        if self.token.is_symbol("!"):
            raise Refusal("! works on whole numbers only, such as 5!.", self.token.start)
        operator = self.token
        if self.skip("^"):
            self.expect_operand(operator)
            base = self.made(Power(base, self.expression(SIGN)), operator.start)
        return base

    def starts_factor(self, token: Token) -> bool:
        """Whether a product is implied before this token. Raises Refusal for a number that is no power of its own."""
        if token.kind in (Kind.NUMBER, Kind.FRACTION):
            following = self.ahead(1)
            powered = following.is_symbol("^") or following.kind is Kind.RAISED
            if powered and token.start > self.before.end and not self.is_bare_number(self.at - 1):
                return True
            earlier = self.tokens[self.at - 2] if self.at > 1 else None
            letters = len(self.vocabulary.variables)
            raise number_behind(self.text, token, self.before, earlier, powered=powered, letters=letters)
        if token.is_symbol("|"):
            return not self.in_bars
        named = token.kind in (Kind.VARIABLE, Kind.CONSTANT, Kind.FUNCTION)
        return named or token.is_symbol("(", "{", *ROUNDED, *ROOT_SIGNS)

    def is_bare_number(self, at: int) -> bool:
        """Whether a number stands there that is no exponent: 2 3^x may be 23^x, x^2 3^x and x 3^x are products."""
        if self.tokens[at].kind not in (Kind.NUMBER, Kind.FRACTION):
            return False
        signed = self.tokens[at - 1].is_symbol("-")
        return not self.tokens[at - 1 - signed].is_symbol("^")

    def primary(self) -> Node:
        token = self.advance()
        match token.kind:
            case Kind.NUMBER:
                factor, capital, exponent = self.text[token.start : token.end].partition("E")
                if capital:
                    self.remarks.append(CAPITAL_E.format(factor, exponent))
                return (
                    self.mixed(token) if self.sees(Kind.FRACTION) else self.number(token.number, token.start)
                )
            case Kind.FRACTION:
                return self.vulgar(token)
            case Kind.VARIABLE:
                return self.made(Variable(token.value), token.start)
            case Kind.CONSTANT:
                return self.made(Constant(token.value), token.start)
            case Kind.FUNCTION:
                return self.application(token)
        if token.is_symbol("(", *FENCED):
            self.open.append(token)
            inner = self.expression(0)
            self.close(token)
            return (
                inner if token.value == "(" else self.made(Call(FENCED[token.value], (inner,)), token.start)
            )
        if token.is_symbol("{"):
            return self.braces(token)
        if token.is_symbol(*ROOT_SIGNS):
            return self.radical(token)
        self.at -= 1
        before = self.tokens[self.at - 1] if self.at else None
        raise no_operand(self.text, token, before, self.missing(besides=before), self.variable)

    def vulgar(self, token: Token) -> Node:
        """½."""
        top, bottom = (self.number(part, token.start) for part in token.number.as_integer_ratio())
        return self.made(Divide(top, bottom), token.start)

    def mixed(self, token: Token) -> Node:
        """2½ is 2 + 1/2."""
        part = self.vulgar(self.advance())
        return self.made(Add(self.number(token.number, token.start), part), token.start)

    def radical(self, sign: Token) -> Node:
        """√2x is (√2)x; √x² is √(x²)."""
        self.expect_operand(sign)
        operand = self.expression(SIGN)
        name = ROOT_SIGNS[sign.value]
        index = (self.number(4, sign.start),) if name == "root" else ()  # ∜
        return self.made(Call(name, (operand, *index)), sign.start)

    def braces(self, opening: Token) -> Node:
        """{x < 0: -x, x}; braces around one plain formula only group it."""
        self.open.append(opening)
        branches: list[tuple[Node, Node]] = []
        otherwise: Node | None = None
        while otherwise is None:
            if self.sees(Kind.WORD) and self.token.value == "otherwise":
                self.advance()
                self.skip(":", ",")
                otherwise = self.expression(0)
                break
            part = self.expression(0)
            if not self.token.is_symbol(*COMPARISONS):
                otherwise = part
                break
            condition = self.condition(part)
            if not self.skip(":"):
                message = "After the condition comes a colon and a formula, as in {x < 0: -x, x}."
                raise Refusal(message, self.token.start)
            branches.append((condition, self.expression(0)))
            if not self.skip(","):
                break
        self.close(opening)
        if not branches and otherwise is not None:
            return otherwise
        return self.made(Piecewise(tuple(branches), otherwise), opening.start)

    def condition(self, first: Node) -> Node:
        """A comparison such as x < 0, a chain such as 0 < x < 1, or several joined by `and`."""
        last = self.comparison(first)
        result: Node = last
        while True:
            if self.token.is_symbol(*COMPARISONS):
                last = self.comparison(last.right)
            elif self.sees(Kind.WORD) and self.token.value == "and":
                self.advance()
                last = self.comparison(self.expression(0))
            else:
                return result
            result = self.made(And(result, last), self.places[id(last)])

    def comparison(self, left: Node) -> Comparison:
        sign = self.token
        if not self.skip(*COMPARISONS):
            raise Refusal(COMPARED, sign.start)
        self.expect_operand(sign)
        comparison = Comparison(sign.value, left, self.expression(0))
        self.made(comparison, sign.start)
        return comparison
