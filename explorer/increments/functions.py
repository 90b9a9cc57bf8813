"""Powers and functions of x itself, each as what it makes of an increment."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from math import comb

from explorer.expression import Call, Expression, Node, Power
from explorer.increments.pieces import (
    X0,
    H,
    Increment,
    Piece,
    Tone,
    here,
    made,
    of,
    rise,
    slope,
    there,
    vanishing,
)

__all__ = ["absolute", "bend", "logarithm", "power", "square_root", "wave"]

MOST_TERMS = 6
"""Of (x + Δx)ⁿ so many terms stand alone, the others together."""


def bend(node: Node, kind: str, rule: str, law: str, part: Expression | None = None) -> Increment:
    """The tangent's rise, and how far the curve bends away from it."""
    part = part or of(node)
    along = slope(part) * H
    pieces = (
        Piece("tangent's rise", "y′·Δx", along, slope(part), "first"),
        Piece("the bend", "what is left", rise(part) - along, vanishing(part), "vanishing"),
    )
    return Increment(kind, rule, law, part, pieces)


def logarithm(node: Node) -> Increment:
    """The area under 1/x: a rectangle at x₀ and the sliver between it and the curve."""
    made_of = bend(
        node, "logarithm", "Logarithm", "(ln x)′ = 1/x: the area under 1/x grows by 1/x for each Δx"
    )
    rectangle, left = made_of.pieces
    return replace(
        made_of,
        pieces=(
            replace(rectangle, name="rectangle", formula="y′(x₀)·Δx"),
            replace(left, name="sliver"),
        ),
    )


def wave(node: Call) -> Increment:
    """The sine or cosine of x + Δx by the addition theorem: along the tangent of the circle, and inward."""
    part, sine = of(node), node.function == "sin"
    forms = ("cos(x) sin(h)", "-2sin(x) sin(h/2)^2") if sine else ("-sin(x) sin(h)", "-2cos(x) sin(h/2)^2")
    names = (
        ("cos x₀ · sin Δx", "−sin x₀ · (1 − cos Δx)")
        if sine
        else ("−sin x₀ · sin Δx", "−cos x₀ · (1 − cos Δx)")
    )
    along, falls = (made(form, x=X0, h=H) for form in forms)
    pieces = (
        Piece("along the tangent", names[0], along, slope(part), "first"),
        Piece("inward", names[1], falls, vanishing(part), "vanishing"),
    )
    law = "(sin x)′ = cos x" if sine else "(cos x)′ = −sin x"
    return Increment("circle", "Sine" if sine else "Cosine", law, part, pieces)


def absolute(node: Node) -> Increment:
    """The part of the step on each side of the corner."""
    x, second = X0, X0 + H
    right = made("max(v,0) - max(u,0)", v=second, u=x)
    left = made("max(-v,0) - max(-u,0)", v=second, u=x)
    sides = made("{u>0: 1, u<0: 0}", u=x), made("{u>0: 0, u<0: -1}", u=x)
    pieces = (
        Piece("right of the corner", "+Δx there", right, sides[0], "first"),
        Piece("left of the corner", "−Δx there", left, sides[1], "second"),
    )
    return Increment(
        "curve", "Absolute value", "|x|′ = 1 for x > 0, −1 for x < 0, none at 0", of(node), pieces
    )


def square_root(node: Node) -> Increment:
    """The side of a square of area x: Δx = 2·s·Δs + (Δs)²."""
    part = of(node)
    s, grown = here(part), made("h/(u+v)", h=H, u=here(part), v=there(part))
    pieces = (
        Piece("strips alone", "Δx/(2s)", made("h/(2s)", h=H, s=s), slope(part), "first"),
        Piece("corner's share", "−(Δs)²/(2s)", made("-d^2/(2s)", d=grown, s=s), vanishing(part), "vanishing"),
    )
    law = "s² = x grows by Δx = 2·s·Δs + (Δs)², so s′ = 1/(2s)"
    return Increment("root", "Square root", law, part, pieces)


def power(node: Power, n: int) -> Increment:
    """The terms of (x + Δx)ⁿ − xⁿ."""
    part = of(node)
    law = f"(x{_raised(n)})′ = {n}·x{_raised(n - 1)}"
    names = {2: ("two strips", "corner"), 3: ("three slabs", "three bars", "corner")}.get(n)
    pieces = []
    for k in range(1, min(n, MOST_TERMS) + 1):
        value = _term(n, k)
        formula = "·".join(
            _sign(sign, power) for sign, power in ((str(comb(n, k)), 1), ("x", n - k), ("Δx", k)) if power
        )
        formula = formula.removeprefix("1·")
        limit = slope(part) if k == 1 else vanishing(part)
        tone: Tone = "first" if k == 1 else "vanishing" if k == n or k > 2 else "second"
        pieces.append(Piece(names[k - 1] if names else f"term {k}", formula, value, limit, tone))
    if n > MOST_TERMS:
        rest = _added([_term(n, k) for k in range(MOST_TERMS + 1, n + 1)])
        pieces.append(Piece("all further terms", "with (Δx)⁷ and more", rest, vanishing(part), "vanishing"))
    kind = {2: "square", 3: "cube"}.get(n, "bars")
    return Increment(kind, f"Power {n}", law, part, tuple(pieces))


def _term(n: int, k: int) -> Expression:
    """The term of (x + Δx)ⁿ in which Δx has the power k; the last one is without x, for 0⁰ has no value."""
    return made(f"{comb(n, k)}*x^{n - k}*h^{k}" if k < n else f"h^{n}", x=X0, h=H)


def _added(terms: list[Expression]) -> Expression:
    return reduce(lambda a, b: a + b, terms)


SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _raised(n: int) -> str:
    return "" if n == 1 else str(n).translate(SUPERSCRIPT)


def _sign(sign: str, power: int) -> str:
    return (
        f"({sign}){_raised(power)}"
        if len(sign) > 1 and power > 1 and sign == "Δx"
        else f"{sign}{_raised(power)}"
    )
