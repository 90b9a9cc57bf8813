"""How one kind of difference quotient is rewritten until h is gone, or stands in a known limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy

from explorer.expression import (
    Add,
    Call,
    Divide,
    Multiply,
    Node,
    Power,
    Subtract,
    Variable,
    fold,
    text_of,
    with_children,
)
from explorer.expression.tidy import ONE, add, divide, multiply, power
from explorer.symbolic.convert import RealPower, increment
from explorer.symbolic.typeset import number, to_tree

__all__ = ["BARS", "CORNER", "FORMS", "SAME", "SHRINK", "Line", "Part", "quotient_of", "shift"]

_HIGHEST_DEGREE = 6
_HIGHEST_FRACTION = 5
H = Variable("h")

CANCEL = "h is not 0, so it can be cancelled."
SHRINK = "Now let h shrink towards 0: every term with h shrinks with it."
CORNER = "Now let h shrink towards 0. Where the bars hold 0 the two sides differ: there is no limit there."
BARS = "Now let h shrink towards 0. Where the bars hold 0, each side has to be looked at for itself."
SAME = "No h is left: the quotient is the same for every h, and so is the limit."


@dataclass(frozen=True)
class Line:
    """One line: what was done, in a word and in a sentence, and what stands there then.

    `kind` is algebra, limit, or word (nothing was rewritten); `aside` is LaTeX of a limit that was used.
    """

    title: str
    sentence: str
    tree: Node
    kind: str = "algebra"
    aside: str = ""


@dataclass(frozen=True)
class Part:
    """The lines of one quotient, the last of them as `end`, its limit (SymPy's) and the reason."""

    lines: list[Line]
    end: Node
    limit: Any
    reason: str = SHRINK
    aside: str = ""


def shift(node: Node, x: Any) -> Node:
    """The tree with x + h for x."""

    def moved(part: Node, below: Sequence[Node]) -> Node:
        if isinstance(part, Variable) and part.name == x.name:
            return Add(part, H)
        return with_children(part, below)

    return fold(node, moved)


def quotient_of(node: Node, x: Any) -> Node:
    """(f(x + h) − f(x))/h, as written."""
    return Divide(Subtract(shift(node, x), node), H)


def _product(*factors: Node) -> Node:
    result: Node = ONE
    for factor in factors:
        result = multiply(result, factor)
    return result


def _constant(f: Any, x: Any) -> Part | None:
    if f.has(x):
        return None
    zero = to_tree(sympy.S.Zero)
    line = Line(
        "Nothing changes", "The value is the same at both places, so the rise is 0 for every h.", zero
    )
    return Part([line], zero, sympy.S.Zero, "The quotient is 0 for every h, and so is its limit.")


def _polynomial(f: Any, x: Any) -> Part | None:
    if not f.is_polynomial(x) or sympy.degree(f, x) > _HIGHEST_DEGREE:
        return None
    h = increment()
    before, after = sympy.expand(f), sympy.expand(f.subs(x, x + h))
    rise = sympy.expand(after - before)
    slope = sympy.expand(rise / h)
    end = to_tree(slope)
    lines = [
        Line("Expand", "Multiply out.", Divide(Subtract(to_tree(after), to_tree(before)), H)),
        Line(
            "Subtract",
            "Every term without h is there twice, with opposite signs, and goes.",
            divide(to_tree(rise), H),
        ),
        Line("Factor", "Each term that is left has a factor h.", Divide(Multiply(H, end), H)),
        Line("Cancel h", CANCEL, end),
    ]
    if not slope.has(h):
        del lines[2]
        return Part(lines, end, slope, SAME)
    return Part(lines, end, slope.subs(h, 0))


def _fraction(f: Any, x: Any) -> Part | None:
    if not f.is_rational_function(x):
        return None
    together = sympy.together(f)
    simple = sympy.cancel(together)
    top, bottom = sympy.fraction(simple)
    if sympy.degree(sympy.fraction(together)[1], x) > sympy.degree(bottom, x):
        inner = _polynomial(simple, x) or _fraction(simple, x)
        said = "f has a common factor above and below, which cancels."
        return inner and replace(
            inner, lines=[Line("Simplify f", said, quotient_of(to_tree(simple), x)), *inner.lines]
        )
    if max(sympy.degree(top, x), sympy.degree(bottom, x)) > _HIGHEST_FRACTION:
        return None
    h = increment()
    numerator, old = to_tree(top), to_tree(sympy.factor(bottom))
    new = shift(old, x)
    below = _product(H, old, new)
    crossed = Subtract(multiply(shift(numerator, x), old), multiply(numerator, new))
    rise = sympy.expand(top.subs(x, x + h) * bottom - top * bottom.subs(x, x + h))
    slope = sympy.expand(rise / h)
    end = divide(to_tree(slope), _product(old, new))
    lines = [
        Line("Common denominator", "Bring both fractions over one denominator.", Divide(crossed, below)),
        Line(
            "Expand above",
            "Multiply out above the bar; what is there twice goes.",
            divide(to_tree(rise), below),
        ),
        Line("Cancel h", "Each term above has a factor h, and h is not 0: cancel it.", end),
    ]
    return Part(lines, end, sympy.factor(slope.subs(h, 0) / bottom**2))


def _root(f: Any, x: Any) -> Part | None:
    """Roots c·u^(p/n) + k: multiply by what makes a − b into aⁿ − bⁿ, the conjugate for n = 2."""
    rest, root = f.as_independent(x, as_Add=True)
    factor, root = root.as_independent(x, as_Add=False)
    if isinstance(root, sympy.Abs):
        u, p, n = root.args[0], 2, 2
    elif isinstance(root, RealPower) or (root.is_Pow and root.exp.is_Rational):
        (u, exponent) = root.args if isinstance(root, RealPower) else (root.base, root.exp)
        p, n = exponent.p, exponent.q
    else:
        return None
    if not u.is_polynomial(x) or sympy.degree(u, x) * abs(p) > _HIGHEST_FRACTION or not 2 <= n <= 3:
        return None
    h = increment()
    upper = root if p > 0 else 1 / root  # f = c/upper + k for p < 0
    b = to_tree(upper)
    a, size, square = shift(b, x), abs(p), to_tree(upper**2)
    conjugate = add(a, b) if n == 2 else Add(Add(shift(square, x), Multiply(a, b)), square)
    c, over = to_tree(factor), ONE if p > 0 else _product(a, b)
    first, second = (a, b) if p > 0 else (b, a)
    rise = sympy.expand((u.subs(x, x + h) ** size - u**size) * (1 if p > 0 else -1))
    old_u = power(to_tree(u), number(size))
    new_u = shift(old_u, x)
    squares = Subtract(new_u, old_u) if p > 0 else Subtract(old_u, new_u)
    end = divide(multiply(c, to_tree(sympy.expand(rise / h))), multiply(over, conjugate))
    name = "the conjugate" if n == 2 else "a² + ab + b²"
    rule = "(a − b)(a + b) = a² − b²" if n == 2 else "(a − b)(a² + ab + b²) = a³ − b³"
    gone = "The roots go"
    if isinstance(root, sympy.Abs):
        gone, rule = "The bars above go", f"{rule}, and |a|² = a²"
    lines = [
        Line(
            "Put together",
            "What is constant goes or stands in front.",
            Divide(multiply(c, Subtract(first, second)), _product(H, over)),
        ),
        Line(
            f"Multiply by {name}",
            "Above and below, so nothing changes.",
            Divide(multiply(c, Multiply(Subtract(first, second), conjugate)), _product(H, over, conjugate)),
        ),
        Line(gone, f"{rule}.", Divide(multiply(c, squares), _product(H, over, conjugate))),
        Line(
            "Subtract",
            "What is there twice goes.",
            divide(multiply(c, to_tree(rise)), _product(H, over, conjugate)),
        ),
        Line("Cancel h", CANCEL, end),
    ]
    if rest == 0 and p > 0:
        del lines[0]
    limit = factor * sympy.diff(u**size, x) * (1 if p > 0 else -1) / (n * upper ** (n - 1))
    limit = limit if p > 0 else limit / upper**2
    return Part(lines, end, limit, _at_bars(u, x) if isinstance(root, sympy.Abs) else SHRINK)


def _at_bars(u: Any, x: Any) -> str:
    """What becomes of the quotient of |u| where u is 0: the sides differ where that is a simple zero."""
    inside = sympy.Poly(u, x)
    if inside.is_sqf:
        return CORNER if inside.count_roots() else SHRINK
    return BARS


def _linear(f: Any, x: Any) -> Any | None:
    """The slope a of u = a·x + b, or None."""
    if not f.is_polynomial(x) or sympy.degree(f, x) != 1:
        return None
    return sympy.diff(f, x)


_SINES = r"\lim_{h \to 0} \frac{\sin h}{h} = 1,\quad \lim_{h \to 0} \frac{\cos h - 1}{h} = 0"
_EXPONENTIAL = r"\lim_{h \to 0} \frac{e^{h} - 1}{h} = 1"
_LOGARITHM = r"\lim_{t \to 0} \frac{\ln(1 + t)}{t} = 1"


def _sine(f: Any, x: Any) -> Part | None:
    if not isinstance(f, sympy.sin | sympy.cos) or (a := _linear(f.args[0], x)) is None:
        return None
    u, step = to_tree(f.args[0]), to_tree(a * increment())
    sin_u, cos_u = Call("sin", (u,)), Call("cos", (u,))
    sin_h, cos_h = Call("sin", (step,)), Call("cos", (step,))
    less = divide(Subtract(cos_h, ONE), H)
    ratio = divide(sin_h, H)
    if isinstance(f, sympy.sin):
        both: Node = Add(Multiply(sin_u, cos_h), Multiply(cos_u, sin_h))
        end: Node = Add(Multiply(sin_u, less), Multiply(cos_u, ratio))
        rule = "sin(a + b) = sin a cos b + cos a sin b"
    else:
        both = Subtract(Multiply(cos_u, cos_h), Multiply(sin_u, sin_h))
        end = Subtract(Multiply(cos_u, less), Multiply(sin_u, ratio))
        rule = "cos(a + b) = cos a cos b − sin a sin b"
    same = sin_u if isinstance(f, sympy.sin) else cos_u
    lines = [
        Line("Angle sum", f"{rule}.", Divide(Subtract(both, same), H)),
        Line("Group", "What depends on h alone stands by itself.", end),
    ]
    reason = "Two limits that the circle gives, not algebra, finish it; a factor inside comes out in front."
    return Part(lines, end, sympy.diff(f, x), reason, _SINES)


def _exponential(f: Any, x: Any) -> Part | None:
    base, exponent = f.as_base_exp()
    if base.has(x) or not (base.is_positive) or (a := _linear(exponent, x)) is None:
        return None
    old, step = to_tree(f), Power(to_tree(base), to_tree(a * increment()))
    alone = Divide(Subtract(step, ONE), H)
    end = Multiply(old, alone)
    lines = [
        Line(
            "Power law",
            "A sum in the exponent is a product of powers.",
            Divide(Subtract(Multiply(old, step), old), H),
        ),
        Line("Factor", "What does not depend on h stands in front.", end),
    ]
    known = "the limit that defines e" if base == sympy.E else "a known limit"
    goal = text_of(to_tree(sympy.log(base) * a))
    reason = f"{text_of(alone)}, which depends on h alone, heads for {goal}: {known}, not algebra."
    aside = _EXPONENTIAL if base == sympy.E else r"\lim_{h \to 0} \frac{a^{h} - 1}{h} = \ln a"
    return Part(lines, end, sympy.diff(f, x), reason, aside)


def _logarithm(f: Any, x: Any) -> Part | None:
    if not isinstance(f, sympy.log) or (a := _linear(f.args[0], x)) is None:
        return None
    u = to_tree(f.args[0])
    ratio = Divide(shift(u, x), u)
    near = Add(ONE, divide(to_tree(a * increment()), u))
    end = Divide(Call("ln", (near,)), H)
    lines = [
        Line(
            "Law of logarithms",
            "A difference of logarithms is the logarithm of the ratio.",
            Divide(Call("ln", (ratio,)), H),
        ),
        Line("Divide", "The ratio is 1 and a little more.", end),
    ]
    reason = "For small t, ln(1 + t) is nearly t: a known limit, not algebra."
    return Part(lines, end, sympy.diff(f, x), reason, _LOGARITHM)


FORMS: tuple[Callable[[Any, Any], Part | None], ...] = (
    _constant,
    _polynomial,
    _fraction,
    _root,
    _sine,
    _exponential,
    _logarithm,
)
"""Each returns None for functions that are not of its kind."""
