"""The sweeps over a graph: a third road to the derivative, held against named steps, SymPy and differences."""

import math

import numpy as np
import pytest
import sympy

from explorer.autodiff import LOCALS, Graph, counts_of, graph_of
from explorer.expression import FUNCTIONS, OPERATIONS, Expression, compile_tape, parse
from explorer.symbolic.convert import symbol, to_sympy
from tests.autodiff.growing import LETTERS, SMOOTH, grown

PLACES = np.array(
    [
        [0.7, 1.3, 2.1, -0.6, 0.35, -1.7],
        [1.9, -0.45, 0.8, 1.15, 2.6, -0.9],
        [0.55, 2.2, -1.4, 0.25, -0.8, 1.6],
    ]
)
POINT = dict(zip(LETTERS, PLACES, strict=True))


def by_letter(graph: Graph, sweep: np.ndarray) -> dict[str, np.ndarray]:
    """The derivatives by the letters: the sum over all nodes that are one, several where nothing is shared."""
    return {
        name: sum(sweep[k] for k, node in enumerate(graph.nodes) if node.letter == name)
        for name in graph.letters
    }


@pytest.mark.parametrize(("share", "graphs", "least"), [(True, 150, 1100), (False, 50, 300)])
def test_the_sweeps_agree_with_the_named_steps(share: bool, graphs: int, least: int) -> None:
    compared = missed = 0
    for seed in range(graphs):
        e = grown(seed)
        graph = graph_of(e, share)
        values, named = e.value_and_gradient(*PLACES)
        np.testing.assert_allclose(
            graph.forward(POINT)[-1], np.where(np.isfinite(values), values, np.nan), rtol=1e-12
        )
        back = by_letter(graph, graph.backward(POINT))
        for name, slope in zip(LETTERS, named, strict=True):
            if name not in graph.letters:
                continue
            tangent = graph.tangent(POINT, name)[-1]
            named_one = np.isfinite(slope) & np.isfinite(values)
            both = named_one & np.isfinite(back[name])
            missed += (named_one & ~both).sum()
            scale = 1e-9 * (1 + np.abs(slope[both]))
            assert np.all(np.abs(back[name][both] - slope[both]) <= scale + _rounding(e, name)[both]), (
                seed,
                e.text,
            )
            both &= np.isfinite(tangent)
            np.testing.assert_allclose(tangent[both], back[name][both], rtol=1e-7, atol=1e-7)
            compared += both.sum()
    assert compared > least
    # A letter that drops out, as in √(t − t), has no slope here: the sweep does not cancel what is infinite.
    assert missed < 0.01 * compared


def _rounding(e: Expression, name: str) -> np.ndarray:
    """How far the named derivative may be off, as its own tape says."""
    errors = compile_tape({"d": e.derivative(name)}, e.variables).run_with_errors(*PLACES)["d"][1]
    return np.nan_to_num(errors, nan=0.0, posinf=0.0)


def test_finite_differences_say_the_same() -> None:
    compared = 0
    h = 1e-5
    for seed in range(200):
        e = grown(seed, 6, SMOOTH, choices=False)
        graph = graph_of(e)
        back = by_letter(graph, graph.backward(POINT))
        for name in graph.letters:
            beside = [e(*(POINT[v] + k * h * (v == name) for v in LETTERS)) for k in (-2, -1, 1, 2)]
            rough = (beside[0] - 8 * beside[1] + 8 * beside[2] - beside[3]) / (12 * h)
            size = np.abs(e(*PLACES))
            good = np.isfinite(rough) & np.isfinite(back[name]) & (size < 1e3) & (np.abs(back[name]) < 1e3)
            np.testing.assert_allclose(back[name][good], rough[good], rtol=2e-4, atol=2e-5)
            compared += good.sum()
    assert compared > 1300


def test_sympy_says_the_same() -> None:
    compared = 0
    for seed in range(200):
        e = grown(1000 + seed, 4, SMOOTH, choices=False)
        graph = graph_of(e)
        back = by_letter(graph, graph.backward({name: row[0] for name, row in POINT.items()}))
        for name in graph.letters[:1]:
            exact = sympy.diff(to_sympy(e.root), symbol(name))
            at = {symbol(v): sympy.Float(str(POINT[v][0]), 30) for v in LETTERS}
            value = sympy.N(exact.xreplace(at), 20)
            if value.is_real and math.isfinite(back[name]):
                assert back[name] == pytest.approx(float(value), rel=1e-8, abs=1e-10), e.text
                compared += 1
    assert compared > 120


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_has_a_local_derivative(name: str) -> None:
    row = FUNCTIONS[name]
    if name == "factorial":
        assert graph_of(parse("3! x")).backward({"x": 2.0})[-2] == 6
        return
    text = f"{name}(x, 3)" if row.arity[0] == 2 else f"{name}(x)"
    e, at = parse(text), np.array([-2.3, -0.71, -0.3, 0.2, 0.61, 1.37, 2.6])
    value, (slope,) = e.value_and_gradient(at)
    graph = graph_of(e)
    back = by_letter(graph, graph.backward({"x": at}))["x"]
    expected = np.isfinite(value) & np.isfinite(slope)
    assert expected.sum() >= 2
    np.testing.assert_allclose(back[expected], slope[expected], rtol=1e-12, atol=1e-15)
    assert np.isnan(back[~np.isfinite(value)]).all()


def test_every_operation_of_the_tape_has_one() -> None:
    named = {row.operation.code for name, row in FUNCTIONS.items() if row.operation and name in LOCALS}
    arithmetic = {0, 1, 2, 3, 4, 5, 6, 31, 32, 33, 34, 35}
    assert {operation.code for operation in OPERATIONS.values()} == named | arithmetic
    e = parse("-x + x^x - 2x/(3 - x) + {x < 1 and x > 0: x, x <= 2: x^2, x != 5: 3x, x >= 9: 1, x = 5: x}")
    at = np.array([0.4, 1.6, 2.5])
    graph = graph_of(e)
    np.testing.assert_allclose(
        by_letter(graph, graph.backward({"x": at}))["x"], e.value_and_gradient(at)[1][0]
    )


WORKED = [
    ("(3x+1)^2", {"x": 1}, [3, 4, 16], {"x": 24}),
    ("(x^2)^3", {"x": 1}, [1, 1], {"x": 6}),
    ("sin((4x)^2)", {"x": 1}, [4, 16, -0.287903], {"x": -30.6451}),
    ("(x^2 + x) * x^2", {"x": 2}, [4, 6, 24], {"x": 44}),
    (
        "ln(x) + x y - sin(y)",
        {"x": 2, "y": 5},
        [0.693147, 10, 10.693147, -0.958924, 11.652071],
        {"x": 5.5, "y": 1.716338},
    ),
    (
        "(1/(1+e^(-(w x + b))) - y)^2",
        {"w": 2, "x": 1, "b": -1, "y": 0},
        [2, 1, -1, 0.367879, 1.367879, 0.731059, 0.731059, 0.534447],
        {"w": 0.287470, "b": 0.287470, "x": 0.574939},
    ),
    (
        "-y ln(1/(1+e^(-(w x + b)))) - (1-y) ln(1 - 1/(1+e^(-(w x + b))))",
        {"w": 2, "x": 1, "b": -1, "y": 0},
        None,
        {"b": 0.731059},
    ),
]


@pytest.mark.parametrize(("text", "point", "values", "slopes"), WORKED)
def test_worked_examples(text, point, values, slopes) -> None:
    graph = graph_of(parse(text, tuple("bwxy")))
    found = graph.forward(point)
    boxes = [found[k] for k, node in enumerate(graph.nodes) if node.inputs]
    if values:
        assert boxes == pytest.approx(values, abs=1e-5)
    back = by_letter(graph, graph.backward(point))
    for name, slope in slopes.items():
        assert back[name] == pytest.approx(slope, rel=1e-5)
        assert graph.tangent(point, name)[-1] == pytest.approx(slope, rel=1e-5)


def test_a_node_that_is_used_twice_adds_its_ways() -> None:
    graph = graph_of(parse("(x^2 + x) * x^2"))
    square = next(k for k, node in enumerate(graph.nodes) if node.operation == "power")
    assert len(graph.uses[square]) == 2
    assert graph.backward({"x": 2})[square] == 10  # u + (u + x)
    as_typed = graph_of(parse("(x^2 + x) * x^2"), share=False)
    assert [node.operation for node in as_typed.nodes].count("power") == 2
    assert len(as_typed.nodes) > len(graph.nodes)
    assert all(len(uses) == 1 for uses in as_typed.uses[:-1])


@pytest.mark.parametrize("text", ["3", "x", "pi x + 2^0.5 x", "1/3 x"])
def test_small_graphs(text: str) -> None:
    graph = graph_of(parse(text))
    assert all(below < k for k, node in enumerate(graph.nodes) for below in node.inputs)
    assert graph.backward({"x": 2.0})[-1] == 1
    assert all((node.constant is None) == bool(node.inputs or node.letter) for node in graph.nodes)


MISSING = [
    ("sqrt(x)", 0),
    ("|x|", 0),
    ("ln(x)", 0),
    ("x^(1/3)", 0),
    ("max(x, -x)", 0),
    ("floor(x)", 2),
    ("arcsin(x)", 1),
]


@pytest.mark.parametrize(("text", "at"), MISSING)
def test_what_depends_on_a_missing_derivative_is_undefined(text: str, at: float) -> None:
    graph = graph_of(parse(f"3({text}) + x"))
    point = {"x": float(at)}
    assert np.isnan(graph.backward(point)[graph.nodes.index(next(n for n in graph.nodes if n.letter))])
    assert np.isnan(graph.tangent(point, "x")[-1])


@pytest.mark.parametrize(
    ("text", "at", "slope"),
    [
        ("{x > 0: sqrt(x) ln(x), x^2}", -1, -2),
        ("max(sqrt(x), x + 1)", 0, 1),
        ("relu(sqrt(x) - 1) + x", 0, 1),
        ("{x < 1: {x < 0: sqrt(-x), x}, ln(x - 1)}", 0.5, 1),
        ("min(2x, 2x) + max(x, x^2, x^2)", 3, 8),
    ],
)
def test_nothing_flows_through_what_is_not_taken(text: str, at: float, slope: float) -> None:
    graph = graph_of(parse(text))
    assert by_letter(graph, graph.backward({"x": at}))["x"] == slope
    assert graph.tangent({"x": at}, "x")[-1] == slope


def test_points_are_numbers_or_arrays_and_letters_are_those_that_occur() -> None:
    graph = graph_of(parse("x^2 y", ("t", "x", "y")))
    assert graph.letters == ("x", "y")
    point = {"x": np.array([[1.0], [2.0]]), "y": np.array([3.0, 4.0, 5.0]), "t": 7}
    assert graph.forward(point).shape == (len(graph.nodes), 2, 3)
    assert graph.backward(point).shape == (len(graph.nodes), 2, 3)
    np.testing.assert_allclose(graph.tangent(point, "x")[-1], 2 * point["x"] * point["y"])
    assert not graph.tangent(point, "t").any()
    with pytest.raises(KeyError, match="y"):
        graph.forward({"x": 1})


def test_letters_of_the_chain_page_are_read() -> None:
    letters = tuple("abckmnptuvwxyz")
    assert parse("eta", letters).text == "e*t*a"
    assert parse("mu", letters).text == "m*u"
    assert parse("k ln(z) + tan(p)", letters).text == "k*ln(z)+tan(p)"


def test_counts() -> None:
    counts = counts_of(graph_of(parse("(1/(1+e^(-(w x + b))) - y)^2", tuple("bwxy"))))
    assert (counts.values, counts.edges, counts.letters) == (8, 11, 4)
    assert (counts.backward, counts.forward, counts.differences) == (19, 52, 64)


@pytest.mark.parametrize(
    ("text", "point", "slopes"),
    [
        ("{x<0: -x, x}", (0.0,), (math.nan,)),
        ("{x<=0: 0, x}", (0.0,), (math.nan,)),
        ("{x<0: -1, 1}", (0.0,), (math.nan,)),
        ("{x<1: x^2, 2x-1}", (1.0,), (2.0,)),
        ("{x<=0: 0, x^2}", (0.0,), (0.0,)),
        ("{x<1: x^2, 2x}", (1.0,), (math.nan,)),  # a jump with one slope on both sides
        ("{x=0: 5, x^2}", (0.0,), (math.nan,)),
        ("{x<0 and y<0: 1, x}", (0.0, 5.0), (1.0, 0.0)),  # no seam here: y is not below 0
        ("{x<0 and y<0: 1, x}", (0.0, -5.0), (math.nan, math.nan)),
        ("{x>0: x, x=0: 0, x}", (0.0,), (math.nan,)),
        ("{x<0: y - x, y + x} + y", (1.0, 2.0), (1.0, 2.0)),
        ("{x<-1: 0, x<1: x^2, 0}", (-2.0,), (0.0,)),
        ("{x<y: x y, y^2}", (2.0, 2.0), (math.nan, math.nan)),
        ("{x<y: (x-y)^2, 0}", (2.0, 2.0), (0.0, 0.0)),
    ],
)
def test_on_a_seam_there_is_a_slope_only_where_both_pieces_agree(
    text: str, point: tuple[float, ...], slopes: tuple[float, ...]
) -> None:
    e = parse(text, ("x", "y"))
    graph = graph_of(e)
    at = dict(zip(("x", "y"), point, strict=False))
    letters = [k for k, node in enumerate(graph.nodes) if node.letter]
    letters.sort(key=lambda k: graph.nodes[k].letter)
    np.testing.assert_array_equal(graph.backward(at)[letters], slopes)
    forward = [graph.tangent(at, graph.nodes[k].letter)[-1] for k in letters]
    np.testing.assert_array_equal(forward, slopes)
