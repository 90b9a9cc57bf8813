"""A tree typeset as it was typed: fractions as bars, roots under radicals, brackets where they are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from explorer.expression.functions import FUNCTIONS, Behind, Fences, Name, Radical
from explorer.expression.printing import number_text
from explorer.expression.styles import LATEX, MATHML, Style
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
    Pending,
    Piecewise,
    Power,
    Subtract,
    Variable,
    fold,
)

__all__ = ["latex_of", "mathml_of", "wrapped_mathml"]

SUM, PRODUCT, POWER, ATOM = range(4)


@dataclass(frozen=True, slots=True)
class _Box:
    markup: str
    level: int
    tall: bool = False  # a fraction or a root: brackets around it once more would be noise
    starts_with_digit: bool = False
    starts_with_name: bool = False  # a function's name: no dot before it
    ends_bare: bool = False  # a function's argument without brackets: what follows must not join it
    short: bool = False  # x, 2, 2x, πx: may stand behind a function without brackets


def latex_of(root: Node, colours: Mapping[Node, str] | None = None, primes: bool = False) -> str:
    """LaTeX of a tree.

    `colours` (#rrggbb) for the subtrees that are to be coloured; `primes` for Lagrange's notation of pending
    derivatives instead of Leibniz's.
    """
    return _Typesetter(LATEX, colours or {}, primes).run(root)


def mathml_of(root: Node, colours: Mapping[Node, str] | None = None, primes: bool = False) -> str:
    """A whole <math> element, made of our own tree only, so it is safe to insert. Arguments as for LaTeX."""
    inner = _Typesetter(MATHML, colours or {}, primes).run(root)
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'


def wrapped_mathml(root: Node, attributes: Mapping[int, str]) -> str:
    """A <math> element in which the nodes of these ids stand in rows with these attributes; derivatives have primes."""
    inner = _Typesetter(MATHML, {}, primes=True, attributes=attributes).run(root)
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'


class _Typesetter:
    def __init__(
        self,
        style: Style,
        colours: Mapping[Node, str],
        primes: bool,
        attributes: Mapping[int, str] | None = None,
    ) -> None:
        self.style = style
        self.attributes = attributes or {}
        self.primes = primes
        self.colours = colours

    def run(self, root: Node) -> str:
        return fold(root, self.box).markup

    def box(self, node: Node, below: Sequence[_Box]) -> _Box:
        made = self.plain_box(node, below)
        if id(node) in self.attributes:
            made = replace(made, markup=f"<mrow{self.attributes[id(node)]}>{made.markup}</mrow>")
        colour = self.colours.get(node) if self.colours else None
        return made if colour is None else replace(made, markup=self.style.coloured(made.markup, colour))

    def stands_apart(self, node: Node) -> bool:
        """Whether a node is to be seen as one thing: (sin x)² then, not sin² x."""
        return node in self.colours or id(node) in self.attributes

    def plain_box(self, node: Node, below: Sequence[_Box]) -> _Box:
        style = self.style
        match node:
            case Number(value):
                return self.number(number_text(value))
            case Constant(name) | Variable(name):
                return _Box(style.name(name), ATOM, short=True)
            case Negate():
                return _Box(style.row(style.operator("-"), self.at_least(below[0], PRODUCT)), SUM)
            case Add() | Subtract():
                sign = "+" if isinstance(node, Add) else "-"
                parts = below[0].markup, style.operator(sign), self.at_least(below[1], PRODUCT)
                return _Box(style.row(*parts), SUM)
            case Multiply(left, right):
                return self.product(left, right, *below)
            case Divide():
                return _Box(style.fraction(below[0].markup, below[1].markup), PRODUCT, tall=True)
            case Power(base, exponent):
                return self.power(base, exponent, *below)
            case Call(function):
                return self.call(function, below)
            case Pending(_, variable, partial):
                return self.pending(variable, partial, below[0])
            case Comparison(sign):
                return _Box(style.row(below[0].markup, style.operator(sign), below[1].markup), SUM)
            case And(Comparison(_, _, middle), Comparison(second, again, _)) if middle == again:
                tail = self.tail(node.right)
                return _Box(style.row(below[0].markup, style.operator(second), tail), SUM)
            case And():
                return _Box(style.row(below[0].markup, style.operator("and"), below[1].markup), SUM)
            case Piecewise(branches, otherwise):
                rows: list[tuple[str, str | None]] = [
                    (below[2 * k + 1].markup, below[2 * k].markup) for k in range(len(branches))
                ]
                if otherwise is not None:
                    rows.append((below[-1].markup, None))
                return _Box(style.cases(rows), SUM)
        raise TypeError(f"not a node of a formula: {type(node).__name__}")

    def number(self, text: str) -> _Box:
        style = self.style
        mantissa, mark, exponent = text.partition("E")
        if not mark:
            return _Box(style.number(text), ATOM, starts_with_digit=True, short=True)
        sign = style.operator("-") if exponent.startswith("-") else ""
        power = style.power(style.number("10"), style.row(sign, style.number(exponent.lstrip("-"))))
        parts = style.number(mantissa), style.operator("*"), power
        return _Box(style.row(*parts), PRODUCT, starts_with_digit=True)

    def pending(self, variable: str, partial: bool, inner: _Box) -> _Box:
        """d/dx of something, or its prime where there is only one variable."""
        style = self.style
        if self.primes and not partial:
            first = inner.markup if inner.level == ATOM and inner.short else self.bracketed(inner)
            return _Box(style.power(first, style.operator("'")), ATOM)
        mark = style.operator("∂" if partial else "d")
        quotient = style.fraction(mark, style.row(mark, style.name(variable)))
        bracketed = inner.markup if inner.short else self.bracketed(inner)
        return _Box(
            style.row(quotient, style.operator(" "), bracketed), POWER, tall=True, ends_bare=inner.short
        )

    def tail(self, comparison: Node) -> str:
        """The right side of the second comparison of a < b < c."""
        return fold(comparison.children[1], self.box).markup

    def at_least(self, box: _Box, level: int) -> str:
        return box.markup if box.level >= level else self.bracketed(box)

    def bracketed(self, box: _Box) -> str:
        return self.style.fence("(", box.markup, ")")

    def product(self, left: Node, right: Node, a: _Box, b: _Box) -> _Box:
        needs_bracket = b.level < PRODUCT or isinstance(right, Multiply)
        second = self.bracketed(b) if needs_bracket else b.markup
        joined = not needs_bracket and b.starts_with_digit
        again = _letter(right) is not None and _letter(right) == _letter(_last_factor(left))
        dot = joined or again or (a.ends_bare and not b.starts_with_name) or (a.tall and b.tall)
        first = self.at_least(a, PRODUCT)
        short = isinstance(left, Number) and b.short and not isinstance(right, Number)
        return _Box(
            self.style.row(first, self.style.operator("*" if dot else ""), second),
            PRODUCT,
            starts_with_digit=a.starts_with_digit and a.level >= PRODUCT,
            starts_with_name=a.starts_with_name and a.level >= PRODUCT,
            ends_bare=b.ends_bare and not needs_bracket,
            short=short and not isinstance(right, Multiply),
        )

    def power(self, base: Node, exponent: Node, a: _Box, b: _Box) -> _Box:
        style = self.style
        whole = isinstance(exponent, Number) and exponent.value.denominator == 1
        if isinstance(base, Call) and whole and not self.stands_apart(base):
            row = FUNCTIONS[base.function]
            if row.inverse and isinstance(row.look, Name):
                inner = fold(base.arguments[0], self.box)
                return self.applied(style.power(style.function(row.look), b.markup), inner)
        plain = a.level == ATOM and not a.starts_with_name and not a.tall
        first = a.markup if plain else self.bracketed(a)
        return _Box(style.power(first, b.markup), POWER, starts_with_digit=a.starts_with_digit and plain)

    def applied(self, function: str, argument: _Box, brackets: bool = False) -> _Box:
        bare = argument.short and not brackets
        inner = argument.markup if bare else self.bracketed(argument)
        return _Box(self.style.apply(function, inner), POWER, starts_with_name=True, ends_bare=bare)

    def call(self, function: str, below: Sequence[_Box]) -> _Box:
        style, first = self.style, below[0]
        match FUNCTIONS[function].look:
            case Fences(left, right):
                return _Box(style.fence(left, first.markup, right), ATOM)
            case Radical(number):
                index = below[1].markup if len(below) > 1 else style.number(number) if number else None
                return _Box(style.radical(first.markup, index), ATOM, tall=True)
            case Behind(sign):
                return _Box(style.row(first.markup, style.operator(sign)), ATOM, starts_with_digit=True)
            case Name() as name if len(below) == 1:
                return self.applied(style.function(name), first, name.brackets)
            case name:
                parts = [first.markup]
                for box in below[1:]:
                    parts += [style.operator(","), box.markup]
                listed = style.fence("(", style.row(*parts), ")")
                return _Box(style.apply(style.function(name), listed), ATOM, starts_with_name=True)


def _last_factor(node: Node) -> Node:
    return node.right if isinstance(node, Multiply) else node


def _letter(node: Node) -> Node | None:
    """The letter that a factor is, or a power or the derivative of: x · x is not xx."""
    base = node.base if isinstance(node, Power) else node.operand if isinstance(node, Pending) else node
    return base if isinstance(base, Variable) else None
