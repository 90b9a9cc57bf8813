"""Functions that nobody draws by hand: fast waves, steps of them, towers, rows of poles, and products of all that."""

from hypothesis import strategies as st

SCALES = st.sampled_from(
    [
        "0.01",
        "0.5",
        "2",
        "pi",
        "7",
        "50",
        "170",
        "1000",
        "1E10",
        "1E-10",
        "1E100",
        "1E-100",
        "1E300",
        "1E-300",
    ]
)
WAVES = st.sampled_from(["sin", "cos", "tan", "sec", "cot", "csc"])
STEPS = st.sampled_from(
    ["floor", "ceil", "sign", "abs", "sqrt", "cbrt", "ln", "exp", "arcsin", "arctan", "arccosh"]
)
POWERS = st.sampled_from(["2", "-1", "-2", "1/3", "1/2", "10", "200"])
INNER = {
    1: ("x", "x", "x-1", "x^2", "x^3", "1/x", "x^2-2", "sqrt(x)", "|x|", "e^x", "x^x"),
    2: ("x", "y", "x+y", "3x-7y", "x y", "x^2+y^2", "x^2-y^2", "x/y", "sqrt(x^2+y^2)", "x^y", "e^(x y)"),
}


def texts(variables: int) -> st.SearchStrategy[str]:
    """Formulas in x, or in x and y; the reader may refuse some as too large."""
    inner = st.sampled_from(INNER[variables])
    leaf = st.one_of(
        st.builds("{}({}({}))".format, WAVES, SCALES, inner),
        st.builds("{}({}({}))".format, STEPS, SCALES, inner),
        st.builds("({})^({})".format, inner, st.one_of(POWERS, inner)),
        st.builds("{}^({})".format, st.sampled_from(["2", "5", "e", "0.5"]), inner),
        st.builds("{}({})".format, SCALES, inner),
    )
    return st.recursive(leaf, lambda below: _grown(below, inner), max_leaves=5)


def _grown(below: st.SearchStrategy[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({}){}({})".format, below, st.sampled_from("+-*/"), below),
        st.builds("{}({})".format, st.one_of(WAVES, STEPS), below),
        st.builds("({})^({})".format, below, POWERS),
        st.builds("{}({},{})".format, st.sampled_from(["min", "max"]), below, below),
        st.builds("{{{}<{}: {}, {}}}".format, inner, below, below, below),
        st.builds("{}({})".format, SCALES, below),
    )
