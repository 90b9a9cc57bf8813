"""The rules of differentiation, each as what it makes of an increment.

They are those of the named steps, and the outermost one of a part is told by the same signs. Geometry: the growing
rectangle, square and cube are Leibniz's own; the sine's two legs are those of the addition theorem.
"""

from __future__ import annotations

from dataclasses import replace

from explorer.expression import (
    FUNCTIONS,
    Add,
    And,
    Call,
    Comparison,
    Divide,
    Expression,
    Multiply,
    Negate,
    Node,
    Piecewise,
    Power,
    Subtract,
    Variable,
    local_derivative,
    parse,
    rational_value,
    text_of,
    with_children,
)
from explorer.increments.functions import absolute, bend, logarithm, power, square_root, wave
from explorer.increments.pieces import (
    HIGHEST,
    PLACE,
    X0,
    H,
    Increment,
    Operand,
    Piece,
    Tone,
    here,
    of,
    product_of,
    rise,
    slope,
    there,
    vanishing,
)
from explorer.increments.ways import below, moves

__all__ = ["increment_of"]

LETTERS = ("u", "v", "w", "p", "q", "r", "s", "t")
TONES: tuple[Tone, ...] = ("first", "second", "third", "fourth", "fifth", "sixth")
MIRRORED = {
    "arcsin": "sin(y)",
    "arccos": "cos(y)",
    "arctan": "tan(y)",
    "arcsinh": "sinh(y)",
    "arccosh": "cosh(y)",
    "arctanh": "tanh(y)",
    "cbrt": "y^3",
}
"""Functions that are read backwards from another one."""
DEFINED = {
    "sinh": "e^x/2 - e^(-x)/2",
    "cosh": "e^x/2 + e^(-x)/2",
    "tanh": "sinh(x)/cosh(x)",
    "sec": "1/cos(x)",
    "csc": "1/sin(x)",
    "cot": "cos(x)/sin(x)",
    "sigmoid": "1/(1+e^(-x))",
    "relu": "max(x, 0)",
}
"""Functions that are told by another form of them."""


def increment_of(node: Node) -> Increment:
    """How the increment of a part in x is made by its outermost rule."""
    if not moves(node):
        return _constant(node)
    if isinstance(node, Variable):
        piece = Piece("the step itself", "Δx", H, here(of(node).derivative("x")), "first")
        return Increment("line", "x itself", "x′ = 1", of(node), (piece,))
    match node:
        case Negate(inner):
            return _multiple(node, inner, "(−u)′ = −u′", "−Δu")
        case Add() | Subtract():
            return _sum(node)
        case Multiply():
            return _product(node)
        case Divide(top, bottom) if not moves(bottom):
            return _multiple(node, top, "(u/c)′ = u′/c", "Δu/c")
        case Divide(top, bottom):
            return _quotient(node, of(top), of(bottom))
        case Power(base, exponent) if moves(base) and moves(exponent):
            return _variable_power(node, base, exponent)
        case Power(base, exponent):
            inside, place = (base, 0) if moves(base) else (exponent, 1)
            return _own(node) if isinstance(inside, Variable) else _chain(node, place)
        case Piecewise():
            return _choice(node, _held(node), "Piecewise", "Each piece has its own slope")
        case Call(function, arguments):
            if FUNCTIONS[function].chooses:
                return _choice(
                    node, _held_extreme(node), "Minimum and maximum", "The slope of whichever is taken"
                )
            moving = [k for k, argument in enumerate(arguments) if moves(argument)]
            if len(moving) > 1:
                return bend(
                    node, "curve", FUNCTIONS[function].rule.name.capitalize(), FUNCTIONS[function].rule.note
                )
            place = moving[0]
            return _own(node) if isinstance(arguments[place], Variable) else _chain(node, place)
    raise TypeError(f"no rule for {type(node).__name__}")


def _constant(node: Node) -> Increment:
    nothing = rise(of(node))
    piece = Piece("nothing changes", "0", nothing, nothing, "first")
    return Increment("constant", "Constant", "c′ = 0", of(node), (piece,))


def _multiple(node: Node, inner: Node, law: str, formula: str) -> Increment:
    part = of(node)
    turned = isinstance(node, Negate)
    name = "turned over" if turned else "the rise, times c"
    piece = Piece(name, formula, rise(part), slope(part), "first")
    rule = "Minus" if turned else "Constant multiple"
    return Increment("multiple", rule, law, part, (piece,), (Operand("u", of(inner), "second"),))


def _sum(node: Node, rule: str = "", by: bool = False) -> Increment:
    part, terms = of(node), below(node)
    operands, pieces = [], []
    for k, child in enumerate(terms):
        u, letter, tone = (
            of(child.node),
            LETTERS[k] if k < 3 or len(terms) <= 8 else f"u{k + 1}",
            TONES[k % len(TONES)],
        )
        sign = -1.0 if child.minus else 1.0
        own = (rise(u), slope(u)) if sign > 0 else (-rise(u), -slope(u))
        name = f"rise of {letter}" if sign > 0 else f"rise of {letter}, taken away"
        if not moves(child.node):
            name = f"{letter} stays"
        pieces.append(Piece(name, f"{'−' if sign < 0 else ''}Δ{letter}", *own, tone))
        operands.append(Operand(letter, u, tone))
    minus = len(terms) > 1 and all(child.minus for child in terms[1:])
    law = "(u − v)′ = u′ − v′" if minus else "(u + v)′ = u′ + v′"
    rule = rule or ("Difference" if minus else "Sum")
    return Increment("sum", rule, law, part, tuple(pieces), tuple(operands), by=part if by else None)


def _factors(node: Node) -> list[Node]:
    """The factors that move; constant ones are joined to the one before, those in front to the first."""
    groups: list[list[Node]] = [[]]
    for child in below(node):
        if moves(child.node) and any(moves(other) for other in groups[-1]):
            groups.append([])
        groups[-1].append(child.node)
    joined = []
    for group in groups:
        product = group[0]
        for other in group[1:]:
            product = Multiply(product, other)
        joined.append(product)
    return joined


def _product(node: Node) -> Increment:
    moving = [child.node for child in below(node) if moves(child.node)]
    if len(moving) == 1:
        return _multiple(node, moving[0], "(c·u)′ = c·u′", "c·Δu")
    part, factors = of(node), [of(factor) for factor in _factors(node)]
    pieces, operands = [], []
    before, grown, corner = here(factors[0]), rise(factors[0]), None
    for u in factors[1:]:
        # Δ(U·u) = ΔU·u + U·Δu + ΔU·Δu, where the corner of ΔU is a corner still.
        more = grown * rise(u)
        corner = more if corner is None else corner * here(u) + more
        before, grown = before * here(u), grown * here(u) + before * rise(u) + more
    for k, u in enumerate(factors):
        letter, tone = LETTERS[k] if k < len(LETTERS) else f"u{k + 1}", TONES[k % len(TONES)]
        others = [here(other) for j, other in enumerate(factors) if j != k]
        around = [LETTERS[j] if j < len(LETTERS) else f"u{j + 1}" for j in range(len(factors))]
        formula = "·".join([*around[:k], f"Δ{letter}", *around[k + 1 :]])
        name = f"strip of Δ{letter}"
        piece = Piece(name, formula, product_of([rise(u), *others]), product_of([slope(u), *others]), tone)
        pieces.append(piece)
        operands.append(Operand(letter, u, tone))
    assert corner is not None
    two = len(factors) == 2
    name, formula = ("corner", "Δu·Δv") if two else ("corners", "two Δ or more")
    pieces.append(Piece(name, formula, corner, vanishing(part), "vanishing"))
    letters = [operand.letter for operand in operands]
    turns = ("·".join([*letters[:k], f"{letter}′", *letters[k + 1 :]]) for k, letter in enumerate(letters))
    law = f"({'·'.join(letters)})′ = {' + '.join(turns)}"
    rule = "Product" if two else f"Product of {len(factors)} factors"
    return Increment("product", rule, law, part, tuple(pieces), tuple(operands))


def _quotient(node: Node, top: Expression, bottom: Expression, rule: str = "") -> Increment:
    part, u, v = of(node), here(top), here(bottom)
    second = there(bottom)
    pieces = []
    operands = [Operand("u", top, "first"), Operand("v", bottom, "second")]
    if moves(top.root):
        pieces.append(Piece("from the top", "Δu/(v + Δv)", rise(top) / second, slope(top) / v, "first"))
    lost = -(u / v * rise(bottom) / second)
    limit = -(u * slope(bottom) / (v * v))
    pieces.append(Piece("from the side", "−(u/v)·Δv/(v + Δv)", lost, limit, "second"))
    law = "(u/v)′ = (u′·v − u·v′)/v²" if moves(top.root) else "(c/v)′ = −c·v′/v²"
    name = rule or ("Quotient" if moves(top.root) else "Reciprocal")
    return Increment("quotient", name, law, part, tuple(pieces), tuple(operands))


def _variable_power(node: Power, base: Node, exponent: Node) -> Increment:
    part, u, v = of(node), of(base), of(exponent)
    exponent_of_e = of(Multiply(exponent, Call("ln", (base,))))
    along = here(part) * rise(exponent_of_e)
    pieces = (
        Piece("slope outside", "eʷ·Δw", along, slope(part), "first"),
        Piece("the bend outside", "what is left", rise(part) - along, vanishing(part), "vanishing"),
    )
    operands = (Operand("u", u, "first"), Operand("v", v, "second"))
    law = "uᵛ = eʷ with w = v·ln u: base and exponent both change"
    links = (exponent_of_e, part)
    return Increment("chain", "Power with x above and below", law, part, pieces, operands, links, between="w")


def _chain(node: Node, inner: int) -> Increment:
    part, inside = of(node), node.children[inner]
    outer = here(of(local_derivative(node, inner)))
    u = of(inside)
    along = outer * rise(u)
    pieces = (
        Piece("slope outside", "y′(u)·Δu", along, slope(part), "first"),
        Piece("the bend outside", "what is left", rise(part) - along, vanishing(part), "vanishing"),
    )
    links = [part]
    link: Node | None = inside
    while link is not None and not isinstance(link, Variable):
        links.append(of(link))
        link = _inside(link)
    shape = with_children(
        node, [Variable("u") if k == inner else child for k, child in enumerate(node.children)]
    )
    rule = f"Chain: {text_of(shape)} outside, u inside"
    return Increment(
        "chain",
        rule,
        "dy/dx = dy/du · du/dx",
        part,
        pieces,
        (Operand("u", u, "first"),),
        tuple(reversed(links)),
    )


def _inside(node: Node) -> Node | None:
    """What is inside a function of one thing; None where several parts meet, or none."""
    if not isinstance(node, Power | Call):
        return None
    moving = [child for child in node.children if moves(child)]
    return moving[0] if len(moving) == 1 else None


def _own(node: Node) -> Increment:
    """A power, an exponential or a function of x itself."""
    part = of(node)
    if isinstance(node, Power):
        if not moves(node.base):
            return _exponential(node)
        value = rational_value(node.exponent)
        if value is not None and value == -1:
            return _quotient(node, of(parse("1").root), of(node.base), "Power −1: one over x")
        if value is not None and value * 2 == 1:
            return square_root(node)
        if value is not None and value.denominator == 1 and 2 <= value <= HIGHEST:
            return power(node, int(value))
        return bend(node, "curve", "Power", "(xⁿ)′ = n·xⁿ⁻¹")
    assert isinstance(node, Call)
    row = FUNCTIONS[node.function]
    name, note = row.rule.name.capitalize(), row.rule.note
    match node.function:
        case "exp":
            return bend(node, "exponential", "Exponential", "(eˣ)′ = eˣ")
        case "ln" | "log10" | "log2":
            return logarithm(node)
        case "sin" | "cos":
            return wave(node)
        case "tan":
            return bend(node, "tangent", "Tangent", "(tan x)′ = 1/cos² x")
        case "abs":
            return absolute(node)
        case "sqrt":
            return square_root(node)
        case function if function in DEFINED:
            return _by_definition(node, parse(DEFINED[function]).root, name)
        case function if function in MIRRORED:
            return replace(bend(node, "mirror", name, note), by=parse(MIRRORED[function], ("y",)))
    return bend(node, "curve", name, note, part)


def _exponential(node: Power) -> Increment:
    """A power with x above; of 0 and 1 the tangent is level, and a negative base has values at single places only."""
    base = float(Expression(node.base, ())())
    laws = {0.0: "0ˣ = 0 wherever x > 0, so it does not rise", 1.0: "(1ˣ)′ = 1ˣ·ln 1 = 0"}
    if base < 0:
        return bend(
            node, "curve", "Exponential", "(aˣ)′ = aˣ·ln a for a > 0 only: a negative base has no logarithm"
        )
    if base in laws:
        return bend(node, "curve", "Exponential", laws[base])
    return bend(node, "exponential", "Exponential", "(aˣ)′ = aˣ·ln a, and ln e = 1")


def _by_definition(node: Call, meaning: Node, name: str) -> Increment:
    told = increment_of(meaning)
    return replace(told, part=of(node), rule=f"{name}, by its definition", by=of(meaning))


def _choice(node: Node, held: Node, rule: str, law: str) -> Increment:
    """What the branch that rules at x₀ gains, and what another one makes of it that has taken over."""
    part, kept = of(node), Expression(held, PLACE)
    pieces = (
        Piece("branch at x₀", "its own rise", kept - here(part), slope(part), "first"),
        Piece("beyond the seam", "another branch", there(part) - kept, vanishing(part), "vanishing"),
    )
    return Increment("curve", rule, law, part, pieces)


BESIDE = 1e-6
"""A branch is chosen so far along the step: at a seam itself, the one on the side to which the step goes."""


def _beside(node: Node) -> Node:
    return of(node).substitute({"x": X0 + H * BESIDE}, PLACE).root


def _held(node: Piecewise) -> Node:
    """The branch chosen at x₀, with its value at x₀ + Δx."""
    branches = tuple((_beside(condition), there(of(value)).root) for condition, value in node.branches)
    return Piecewise(branches, None if node.otherwise is None else there(of(node.otherwise)).root)


def _held_extreme(node: Call) -> Node:
    sign = "<=" if node.function == "min" else ">="
    branches = []
    for k, taken in enumerate(node.arguments):
        conditions = [
            Comparison(sign, _beside(taken), _beside(other))
            for j, other in enumerate(node.arguments)
            if j != k
        ]
        condition: Node = conditions[0]
        for another in conditions[1:]:
            condition = And(condition, another)
        branches.append((condition, there(of(taken)).root))
    return Piecewise(tuple(branches), None)
