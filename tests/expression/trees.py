"""Random trees such as the reader can make."""

from fractions import Fraction

from hypothesis import strategies as st

from explorer.expression import FUNCTIONS
from explorer.expression import tree as t
from explorer.expression.functions import Behind

places = st.integers(-250, 250).map(lambda n: n / 64)
"""Places on a binary grid, where sums and products round little."""

UNARY = [row.name for row in FUNCTIONS.values() if row.arity == (1, 1) and not isinstance(row.look, Behind)]
CHOICES = [row.name for row in FUNCTIONS.values() if row.chooses]

PAIRS = [row.name for row in FUNCTIONS.values() if row.arity == (2, 2) and row.operation]

whole = st.integers(0, 12).map(lambda n: t.Number(Fraction(n)))
decimal = st.integers(0, 2000).map(lambda n: t.Number(Fraction(n, 100)))
extreme = st.sampled_from(["1E21", "5E-7", "123456789012345", "0.000012", "1.5E300", "0.00001"]).map(
    lambda digits: t.Number(Fraction(digits))
)
constant = st.sampled_from([t.Constant("pi"), t.Constant("e")])
x, y = t.Variable("x"), t.Variable("y")
leaf = st.one_of(st.just(x), whole, decimal, constant)
any_leaf = st.one_of(leaf, st.just(y), extreme)


def _conditions(inner):
    signs = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    comparison = st.builds(t.Comparison, signs, inner, inner)
    return st.one_of(comparison, st.builds(t.And, comparison, comparison))


def _grow(inner, unary=UNARY):
    pair = st.builds(lambda f, u, v: t.Call(f, (u, v)), st.sampled_from(PAIRS), inner, inner)
    factorial = st.integers(0, 9).map(lambda n: t.Call("factorial", (t.Number(Fraction(n)),)))
    root = st.builds(lambda u, n: t.Call("root", (u, t.Number(Fraction(n)))), inner, st.integers(2, 7))
    fraction = st.builds(
        lambda u, p, q: t.Power(u, t.Divide(t.Number(Fraction(p)), t.Number(Fraction(q)))),
        inner,
        st.integers(1, 5),
        st.integers(1, 5),
    )
    branch = st.tuples(_conditions(inner), inner)
    return st.one_of(
        st.builds(t.Negate, inner),
        st.builds(t.Add, inner, inner),
        st.builds(t.Subtract, inner, inner),
        st.builds(t.Multiply, inner, inner),
        st.builds(t.Divide, inner, inner),
        st.builds(t.Power, inner, inner),
        st.builds(t.Power, inner, st.integers(0, 4).map(lambda n: t.Number(Fraction(n)))),
        st.builds(lambda f, u: t.Call(f, (u,)), st.sampled_from(unary), inner),
        st.builds(lambda f, u, v: t.Call(f, (u, v)), st.sampled_from(CHOICES), inner, inner),
        root,
        pair,
        fraction,
        factorial,
        st.builds(
            lambda branches, otherwise: t.Piecewise(tuple(branches), otherwise),
            st.lists(branch, min_size=1, max_size=2),
            st.one_of(st.none(), inner),
        ),
    )


def trees(leaves=any_leaf, max_leaves=14):
    """Any tree that a text can mean."""
    return st.recursive(leaves, _grow, max_leaves=max_leaves)
