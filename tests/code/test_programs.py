"""Every program is run, and prints the numbers that it states."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.autodiff import graph_of
from explorer.code import (
    LONGEST,
    NUMPY,
    POINTS,
    SYMPY,
    Houses,
    Program,
    TooLongError,
    Walk,
    chain_programs,
    descent_programs,
    house_programs,
    limit_programs,
    slope_programs,
    write,
)
from explorer.data.losses import SCALES, Setting
from explorer.descent import OPTIMISERS, descend
from explorer.expression import FUNCTIONS, ExpressionError, parse, text_of
from explorer.figures.chain.scene import read_chain
from explorer.figures.chain.words import Named
from explorer.numeric.costs import COSTS, cost_quantities, cost_variables
from explorer.presets import HOUSES
from tests.code.printing import printed
from tests.code.running import agree
from tests.code.screens import LETTERS, SCREENS, regression_of
from tests.expression.trees import trees

MAY_SAY_NOTHING = {"coins: (0, 0, 1, 0.5)"}


def judge(programs: tuple[Program, ...]) -> None:
    """SymPy's and NumPy's program are run; JAX's is compiled here, and run with the others of its kind."""
    assert [program.library for program in programs] == ["SymPy", "NumPy", "JAX"]
    for program in programs:
        if program.why:
            assert not program.text
        elif program.library == "JAX":
            compile(program.text, "JAX", "exec")
        else:
            with np.errstate(all="ignore"):
                agree(program, printed(program.text, program.library))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_preset_of_every_page(screen):
    programs = SCREENS[screen]()
    judge(programs)
    if screen not in MAY_SAY_NOTHING:
        assert all(len(program.prints) > 0 for program in programs if program.text), screen
        assert sum(bool(program.text) for program in programs) >= 2
        compile("".join(program.picture for program in programs), "picture", "exec")


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("formula", ["x^2", "(1-x)^2 + 5(y-x^2)^2"])
def test_every_optimiser_s_update_is_written_from_its_row(optimiser, formula):
    loss = parse(formula, LETTERS if "y" in formula else ("x",))
    path = descend(optimiser, loss, (0.5, -0.3)[: len(loss.variables)], 0.01, 30)
    programs = descent_programs(Walk(loss, path, optimiser, 0.01, {}, 25))
    judge(programs)
    assert all(program.text for program in programs)


def test_more_points_than_a_program_holds_are_read_from_a_table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    x = np.random.default_rng(8).normal(3, 2, 700)
    text = ";".join(f"{a!r},{2 * a - 1 + (k % 7) / 3!r}" for k, a in enumerate(x.tolist()))
    programs = regression_of(text, Setting("square", "standard"), rate=0.1)
    assert "for more than 500" in programs[0].why
    assert all(len(program.text) < 2000 for program in programs)
    (tmp_path / POINTS).write_text(programs[1].table)
    judge(programs)


@pytest.mark.parametrize("cost", COSTS)
@pytest.mark.parametrize("places", [*(houses.places for houses in HOUSES), (2.5,)], ids=str)
def test_the_numbers_of_the_houses_are_the_page_s(cost, places):
    programs = house_programs(Houses(places, 1.3, cost, 0.7))
    of = cost_quantities()
    standing = (1.3, *places, *[0.0] * (12 - len(places)), len(places), 0.7)
    on_the_page = {
        "cost": cost, "slope": f"{cost}_slope", "best hub": f"{cost}_low",
        "best hub from": f"{cost}_low", "best hub to": f"{cost}_high",
    }  # fmt: skip
    for name, number in programs[1].prints:
        said = of[on_the_page[name]].over(cost_variables())(*standing)
        assert number == pytest.approx(float(said), rel=1e-12), name


def test_a_corner_of_the_absolute_cost_has_no_slope():
    programs = house_programs(Houses((1, 2), 2.0, "absolute", 1.0))
    judge(programs)
    assert [name for name, _ in programs[1].prints] == ["cost", "best hub from", "best hub to"]


def test_settings_are_put_in():
    loss = parse("x^2")
    path = descend("momentum", loss, (4.0,), 0.1, 10, momentum=0.5)
    programs = descent_programs(Walk(loss, path, "momentum", 0.1, {"momentum": 0.5}, 10))
    assert all("0.5*m1" in program.text for program in programs)
    judge(programs)


MODIFIED = [
    ("gd", {"decay": 0.1}),
    ("gd", {"noise": 0.5, "seed": 7}),
    ("gd", {"backtracking": 1}),
    ("gd", {"decay": 0.05, "noise": 0.3, "seed": 99, "backtracking": 1}),
    ("newton", {}),
]


@pytest.mark.parametrize(("optimiser", "settings"), MODIFIED)
@pytest.mark.parametrize("formula", ["x^4/4 - x^2", "(1-x)^2 + 5(y-x^2)^2 - x y^3/9", "sin(x) + |x|^1.5"])
def test_what_modifies_steps_is_written_out(optimiser, settings, formula):
    loss = parse(formula, LETTERS if "y" in formula else ("x",))
    for rate in (0.02, 1.0):
        path = descend(optimiser, loss, (1.7, -0.3)[: len(loss.variables)], rate, 12, **settings)
        programs = descent_programs(Walk(loss, path, optimiser, rate, settings, 9))
        judge(programs)
        assert all(dict(program.prints) for program in programs if program.text)
    corner = optimiser == "newton" and "|" in formula
    assert [program.library for program in programs if program.why] == ["SymPy"] * corner


def test_only_newton_on_a_sum_over_points_is_no_short_program():
    rows = "1,2;2,3.5;4,4;7,9"
    for settings in ({"decay": 0.1}, {"noise": 2.0, "seed": 3}, {"backtracking": 1}):
        programs = regression_of(rows, Setting(), optimiser="gd", settings=settings)
        assert all(program.text for program in programs)
        judge(programs)
    for program in regression_of(rows, Setting(), optimiser="newton"):
        assert program.why.endswith(".")


@pytest.mark.parametrize("scale", SCALES)
def test_a_point_that_a_step_meets_exactly_pulls_in_no_program(scale: str) -> None:
    """The absolute value has no slope there: which side a program took would show in all later steps."""
    judge(regression_of("1,2;3,2;3,5", Setting("absolute", scale), rate=0.125))


def argument(name: str) -> str:
    return {"arccosh": "1.5x", "factorial": "5", "root": "-8x, 3", "mod": "7x, 2"}.get(name, "0.8x")


@pytest.mark.parametrize(
    "name", [name for name, row in FUNCTIONS.items() if row.arity[0] == 1 or name in {"root", "mod"}]
)
def test_every_function_is_written_for_all_libraries(name):
    f = parse("5! x" if name == "factorial" else f"{name}({argument(name)})")
    judge(slope_programs(f, 1.0))


@pytest.mark.parametrize(
    "formula",
    [
        "min(x, 2, x^2)", "max(0, x, -x)", "{x<0: -x, x}", "{0<x<2: x^2, x>=2: 4}", "{x=0: 1, sin(x)/x}",
        "x^(1/3)", "x^(2/3)", "x^(-1/3)", "x^1.5", "2^x", "x^x", "2^(1/2) x", "1/3", "-x^2", "(-x)^2", "2^-x",
        "x-(x-1)", "x/(2/x)", "-(-x)", "1/(1/3)", "10^20 x", "0.1x", "e^(2x)", "log_3(x)", "{x!=0: x, 1}",
        "(2/3)^2 x", "3(1/7)^3",
    ],
)  # fmt: skip
def test_signs_and_brackets_keep_their_meaning(formula):
    judge(slope_programs(parse(formula), 0.7))


@given(trees(), st.sampled_from([-1.3, 0.4, 2.1]))
def test_any_formula_is_written_as_it_is_computed(tree, at):
    try:
        f = parse(text_of(tree), LETTERS)
    except ExpressionError:
        return
    try:
        texts = [write(f.root, language) for language in (NUMPY, SYMPY)]
    except TooLongError:
        assert len(f.text) > LONGEST / 20
        return
    assert all(0 < len(one.text) <= LONGEST for one in texts)
    places = [at] * len(f.variables)
    value = float(f(*places))
    if not math.isfinite(value) or abs(value) > 1e12:
        return
    program = Program("NumPy", _evaluation(texts[0], f.variables, at))
    assert printed(program.text, "NumPy")["f"] == pytest.approx(value, rel=1e-7, abs=1e-7)


def _evaluation(writing, variables, at):
    helpers = [NUMPY.helpers[name] for name in sorted(writing.needs)]
    lines = [f"{name} = np.float64({at!r})" for name in variables]
    return "\n".join(["import math", "import numpy as np", *helpers, *lines, f'print("f =", {writing.text})'])


def test_what_is_too_long_says_so():
    f = parse("sin(x)" + "*sin(x)" * 27)
    deep = f.derivative().derivative()
    with pytest.raises(TooLongError):
        write(deep.root, NUMPY)


def test_where_there_is_no_slope_the_program_prints_what_there_is():
    sympy, numpy, jax = slope_programs(parse("|x|"), 0.0)
    for program in (sympy, jax):
        assert [name for name, _ in program.prints] == ["f(x0)"]
    assert printed(numpy.text, "NumPy") == {"f(x0)": 0.0}


def test_the_variables_of_a_sweep_are_called_as_the_boxes_of_the_picture():
    f = read_chain("w*x + b + ln(w*x + b)*b^2")
    _, numpy, _ = chain_programs(f, {"w": 0.8, "x": 1.5, "b": 0.3})
    made = [line.split(" = ")[0] for line in numpy.text.splitlines() if re.match(r"(v\d+|f) = ", line)]
    graph = graph_of(f)
    boxes = [Named(graph).names[k] for k, node in enumerate(graph.nodes) if node.inputs]
    assert made == [name.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")) for name in boxes]


def test_a_slope_that_a_kink_has_not_is_named_in_the_programs_of_a_graph():
    f = read_chain("tanh(a*x+b)^2*max(0, a-c)")
    programs = chain_programs(f, {"a": 0.5, "b": -0.3, "c": 0.5, "x": 2.0})
    judge(programs)
    for program in programs:
        assert "# No number here by the rules: df/da, df/dc." in program.text
        assert [name for name, _ in program.prints] == ["f", "df/db", "df/dx"]


@pytest.mark.parametrize(
    ("formula", "x0", "limits", "ends"),
    [
        ("sin(3x)/x", 0.0, {"limit": 3.0}, [3.0, 3.0]),
        ("(x^3-8)/(x-2)", 2.0, {"limit": 12.0}, [12.0, 12.0]),
        ("|x|/x", 0.0, {"limit from the left": -1.0, "limit from the right": 1.0}, [-1.0, 1.0]),
        ("{x<1: x^2}", 1.0, {"f(0.9)": 0.81, "f(0.99)": 0.9801, "f(0.999)": 0.998001}, [1.0]),
    ],
)
@pytest.mark.parametrize("make", [slope_programs, lambda f, x0: limit_programs(f, x0, 0.5)])
def test_where_f_has_no_value_programs_print_what_it_approaches(make, formula, x0, limits, ends):
    sympy, numpy, jax = make(parse(formula), x0)
    assert printed(sympy.text, "SymPy") == pytest.approx(limits)
    near = {float(name[2:-1]): value for name, value in printed(numpy.text, "NumPy").items()}
    assert [near[x] for x in sorted(near) if abs(x - x0) < 0.002] == pytest.approx(ends, abs=0.01)
    assert jax.text.count("for d in (0.1, 0.01, 0.001):") == len(ends)
    assert "slope = jax.value_and_grad" not in jax.text
    judge((sympy, numpy, jax))


@pytest.mark.parametrize(
    ("formula", "remark"),
    [
        ("sqrt(x-1)", "# f has no value at x = 0.\n"),
        ("sin(1/x)", "# Oscillation at x = 0: "),
        ("|x|", "# Corner at x = 0: "),
    ],
)
@pytest.mark.parametrize("make", [slope_programs, lambda f, x0: limit_programs(f, x0, 0.5)])
def test_a_program_says_why_there_is_no_number(make, formula, remark):
    sympy, numpy, jax = make(parse(formula), 0.0)
    assert all(remark in program.text for program in (sympy, numpy, jax))
    for program in (sympy, jax):
        assert "# No number here by the rules: " in program.text
        assert program.text.rstrip().endswith("slope.")
