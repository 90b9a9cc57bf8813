"""A formula written as Python, for SymPy, NumPy or JAX: from its tree, never from what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from explorer.expression import (
    FUNCTIONS,
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
    free_variables,
    rational_value,
)

__all__ = ["JAX", "LANGUAGES", "LONGEST", "NUMPY", "SYMPY", "Language", "TooLongError", "Writing", "write"]

LONGEST = 1200
"""Characters; a longer formula is not what anybody reads."""

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(1, 6)
_LARGEST_WHOLE = 10**15


class TooLongError(ValueError):
    """The formula is too long to be written out."""


@dataclass(frozen=True)
class Language:
    """How a library writes what is not arithmetic; `{0}` stands for an argument.

    A function that is not `named` is written out by its definition. `helpers` are what a library lacks, defined before
    the formula that needs them; `modules` are what a name has to be imported from.
    """

    name: Literal["SymPy", "NumPy", "JAX"]
    prefix: str
    imports: tuple[str, ...]
    named: Mapping[str, str]
    constants: Mapping[str, str]
    helpers: Mapping[str, str]
    modules: Mapping[str, str]


def _arrays(prefix: str) -> dict[str, str]:
    """The functions that NumPy and JAX have in common."""
    own = (
        "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh",
        "exp", "log10", "log2", "sqrt", "cbrt", "abs", "sign", "floor", "ceil",
    )  # fmt: skip
    others = {
        "ln": "log({0})", "mod": "mod({0}, {1})", "min": "minimum({0}, {1})", "max": "maximum({0}, {1})",
        "softplus": "logaddexp(0, {0})",
    }  # fmt: skip
    named = {name: f"{prefix}.{name}({{0}})" for name in own}
    named |= {name: f"{prefix}.{call}" for name, call in others.items()}
    return named | {"erf": "erf({0})", "round": "half_away({0})"}


def _written_out(prefix: str) -> dict[str, str]:
    """What both of them lack."""
    half_away = (
        "def half_away(u):  # round(0.5) would be 0, and round(1.5) 2\n"
        "    return np.trunc(u) + np.sign(u)*(np.abs(u - np.trunc(u)) >= 0.5)"
    )
    odd_root = (
        "def odd_root(u, p, q):  # the real value of u**(p/q) for an odd q, also where u < 0\n"
        "    return np.sign(u)**p*np.abs(u)**(p/q)"
    )
    return {
        name: text.replace("np.", f"{prefix}.")
        for name, text in (("half_away", half_away), ("odd_root", odd_root))
    }


NUMPY = Language(
    "NumPy",
    "np",
    ("import numpy as np",),
    _arrays("np"),
    {"pi": "np.pi", "e": "np.e"},
    {"erf": "erf = np.vectorize(math.erf)"} | _written_out("np"),
    {"erf": "import math"},
)
JAX = Language(
    "JAX",
    "jnp",
    (
        "import jax",
        "import jax.numpy as jnp",
        "",
        'jax.config.update("jax_enable_x64", True)  # 64 bits, as on the screen',
    ),
    _arrays("jnp"),
    {"pi": "jnp.pi", "e": "jnp.e"},
    {
        "case": "def case(condition, first, otherwise):  # jnp.where would derive both: one NaN, and all is\n"
        "    return jax.lax.cond(condition, lambda: jnp.float64(first()), lambda: jnp.float64(otherwise()))",
    }
    | _written_out("jnp"),
    {"erf": "from jax.scipy.special import erf"},
)
SYMPY = Language(
    "SymPy",
    "sp",
    ("import sympy as sp",),
    {
        name: f"sp.{row.sympy}({{0}})"
        for name, row in FUNCTIONS.items()
        if row.sympy and isinstance(row.sympy, str)
    }
    | {"min": "sp.Min({0}, {1})", "max": "sp.Max({0}, {1})"},
    {"pi": "sp.pi", "e": "sp.E"},
    {
        "odd_root": "def odd_root(u, p, q):  # the real value of u**(p/q) for an odd q, also where u < 0\n"
        "    return sp.sign(u)**p*sp.Abs(u)**sp.Rational(p, q)",
    },
    {},
)
LANGUAGES = (SYMPY, NUMPY, JAX)


@dataclass(frozen=True)
class Writing:
    """A formula as text, and the helpers that it needs by name."""

    text: str
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Part:
    """A part as written: how tightly it binds, and whether Python alone computes it, without the library."""

    text: str
    binds: int
    plain: bool = False
    needs: frozenset[str] = frozenset()

    def at_least(self, level: int) -> str:
        return self.text if self.binds >= level else f"({self.text})"


def write(root: Node, language: Language) -> Writing:
    """The formula as an expression of Python. Raises TooLongError over LONGEST characters."""
    part = _part(root, language)
    if part.plain and language is SYMPY:
        part = _exact(root, part)
    if language is JAX and not free_variables(root):
        return Writing(f"jnp.float64({part.text})", part.needs)  # grad wants floats, also from a constant
    return Writing(part.text, part.needs)


def _part(root: Node, language: Language) -> _Part:
    def combine(node: Node, parts: Sequence[_Part]) -> _Part:
        part = _WRITERS[type(node)](node, parts, language)
        if language is not SYMPY and (size := _huge(node)):
            part = _Part(repr(_double(size)), _ATOM)
        if len(part.text) > LONGEST:
            raise TooLongError(f"over {LONGEST} characters")
        needs = frozenset[str]().union(part.needs, *(below.needs for below in parts))
        return _Part(part.text, part.binds, part.plain, needs)

    return fold(root, combine)


def _huge(node: Node) -> Fraction | None:
    """A whole number that Python would compute exactly, and then find too large for an array."""
    value = rational_value(node) if isinstance(node, Power | Multiply | Add) else None
    return value if value is not None and value >= _LARGEST_WHOLE else None


def _number(node: Number, parts: Sequence[_Part], language: Language) -> _Part:
    value = node.value
    if value.denominator == 1 and value < _LARGEST_WHOLE:
        return _Part(str(value), _ATOM, plain=True)
    if language is SYMPY:
        return _Part(f"sp.Rational({value.numerator}, {value.denominator})", _ATOM)
    return _Part(repr(_double(value)), _ATOM, plain=True)


def _double(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        raise TooLongError("a number beyond those of a computer") from None


def _constant(node: Constant, parts: Sequence[_Part], language: Language) -> _Part:
    return _Part(language.constants[node.name], _ATOM)


def _variable(node: Variable, parts: Sequence[_Part], language: Language) -> _Part:
    return _Part(node.name, _ATOM)


def _negate(node: Negate, parts: Sequence[_Part], language: Language) -> _Part:
    return _Part(f"-{parts[0].at_least(_SIGN)}", _SIGN, parts[0].plain)


def _between(sign: str, level: int, *, strict: bool) -> Callable[[Node, Sequence[_Part], Language], _Part]:
    def writer(node: Node, parts: Sequence[_Part], language: Language) -> _Part:
        left, right = parts
        text = f"{left.at_least(level)}{sign}{right.at_least(level + strict)}"
        return _Part(text, level, left.plain and right.plain)

    return writer


def _divide(node: Divide, parts: Sequence[_Part], language: Language) -> _Part:
    left, right = parts
    if language is SYMPY and left.plain and right.plain:
        return _exact(node, left, right)
    return _Part(f"{left.at_least(_PRODUCT)}/{right.at_least(_SIGN)}", _PRODUCT)


def _exact(node: Node, left: _Part, right: _Part | None = None) -> _Part:
    """A plain number, or a quotient of two, in SymPy: Python's own division would round it."""
    value = rational_value(node)
    if value is not None:
        whole = value.denominator == 1
        return _Part(
            f"sp.Integer({value})" if whole else f"sp.Rational({value.numerator}, {value.denominator})", _ATOM
        )
    text = f"sp.Integer({left.text})"
    return _Part(text, _ATOM) if right is None else _Part(f"{text}/{right.at_least(_SIGN)}", _PRODUCT)


def _power(node: Power, parts: Sequence[_Part], language: Language) -> _Part:
    base, exponent = parts
    if node.base == Constant("e"):
        return _Part(f"{language.prefix}.exp({exponent.text})", _ATOM)
    value = rational_value(node.exponent)
    if value is not None and value.denominator % 2 and value.denominator > 1:
        return _Part(
            f"odd_root({base.text}, {value.numerator}, {value.denominator})",
            _ATOM,
            needs=frozenset({"odd_root"}),
        )
    if value == Fraction(1, 2):
        return _Part(f"{language.prefix}.sqrt({base.text})", _ATOM)
    if base.plain and language is SYMPY:
        base = _exact(node.base, base)
    return _Part(f"{base.at_least(_ATOM)}**{exponent.at_least(_SIGN)}", _POWER)


def _call(node: Call, parts: Sequence[_Part], language: Language) -> _Part:
    pattern = language.named.get(node.function)
    if pattern is None:
        return _part(_definition(node, language), language)
    arguments = [part.text for part in parts]
    if node.function in {"min", "max"}:
        text = arguments[0]
        for other in arguments[1:]:
            text = pattern.format(text, other)
        return _Part(text, _ATOM)
    needs = frozenset(
        name for name in {**language.helpers, **language.modules} if pattern.startswith(f"{name}(")
    )
    return _Part(pattern.format(*arguments), _ATOM, needs=needs)


def _definition(node: Call, language: Language) -> Node:
    """What the function is by other ones: its definition, or what SymPy has in its stead."""
    row = FUNCTIONS[node.function]
    meaning = row.definition or row.sympy
    assert callable(meaning), node.function
    defined: Node = meaning(*node.arguments)
    return defined


def _comparison(node: Comparison, parts: Sequence[_Part], language: Language) -> _Part:
    left, right = (part.text for part in parts)
    if language is SYMPY and node.operator in {"=", "!="}:
        return _Part(f"sp.{'Eq' if node.operator == '=' else 'Ne'}({left}, {right})", _ATOM)
    sign = "==" if node.operator == "=" else node.operator
    return _Part(f"{left} {sign} {right}", 0)


def _both(node: And, parts: Sequence[_Part], language: Language) -> _Part:
    return _Part(" & ".join(f"({part.text})" for part in parts), 0)


def _piecewise(node: Piecewise, parts: Sequence[_Part], language: Language) -> _Part:
    *pairs, otherwise = (
        parts if node.otherwise is not None else [*parts, _Part(f"{language.prefix}.nan", _ATOM)]
    )
    cases = list(zip(pairs[::2], pairs[1::2], strict=True))
    if language is SYMPY:
        rows = ", ".join(f"({value.text}, {condition.text})" for condition, value in cases)
        return _Part(f"sp.Piecewise({rows}, ({otherwise.text}, True))", _ATOM)
    text = otherwise.text
    if language is JAX:
        for condition, value in reversed(cases):
            text = f"case({condition.text}, lambda: {value.text}, lambda: {text})"
        return _Part(text, _ATOM, needs=frozenset({"case"}))
    for condition, value in reversed(cases):
        text = f"np.where({condition.text}, {value.text}, {text})"
    return _Part(text, _ATOM)


_WRITERS: Mapping[type[Node], Callable[..., _Part]] = {
    Number: _number,
    Constant: _constant,
    Variable: _variable,
    Negate: _negate,
    Add: _between(" + ", _SUM, strict=False),
    Subtract: _between(" - ", _SUM, strict=True),
    Multiply: _between("*", _PRODUCT, strict=False),
    Divide: _divide,
    Power: _power,
    Call: _call,
    Comparison: _comparison,
    And: _both,
    Piecewise: _piecewise,
}
