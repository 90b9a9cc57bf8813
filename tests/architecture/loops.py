"""Work is bounded: loops whose end cannot be read off the code, each with the reason why it ends all the same."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

ENDLESS = {"count", "cycle"}
"""Iterators without an end; `iter` with two arguments and `repeat` with one are others."""

READS = "takes at least one character of a text whose length is limited, with every turn"
WALKS = "goes down the tree of a formula, whose nodes are limited"
NESTS = "goes down what Python itself has built: a scene, a picture, a module's imports"
SERVES = "lives as long as it is asked, or waits for an answer within a budget"

REASONS = {
    READS: """
        explorer/expression/application.py Applications._arguments Applications._bare_argument
        explorer/expression/cursor.py end_of_names_in_front
        explorer/expression/reader.py _Reader.expression _Reader.raised _Reader.braces _Reader.condition
        explorer/expression/tokens.py _Tokenizer.run _Tokenizer.number _Tokenizer.exponent_mark _Tokenizer.name
            _Tokenizer.superscript _Tokenizer.subscript
    """,
    WALKS: """
        explorer/expression/marked.py _apart.copied
        explorer/expression/presentation.py _strict _intervals
        explorer/expression/rules.py is_total.total
        explorer/expression/steps.py steps_of _Walker.sum
        explorer/expression/tidy.py exact _literal _split _join _in_front
        explorer/expression/tree.py Node.__eq__ fold_all free_variables
        explorer/figures/limit/quotient.py _changing
        explorer/increments/pieces.py rise
        explorer/increments/rules.py _chain
        explorer/increments/ways.py _flat way_of_path _walk
        explorer/numeric/distant_features.py parts_of
        explorer/numeric/logarithm.py _factors _times
        explorer/numeric/singularities.py _walk _zeros
        explorer/practice/flat.py with_parts factors_of terms_of
        explorer/practice/misread.py _apart
        explorer/practice/slips.py _factors
        explorer/symbolic/questions.py Formula.latex
        explorer/symbolic/quotient.py _times
        explorer/symbolic/quotient_forms.py _fraction
        explorer/symbolic/typeset.py number
    """,
    "goes up the tree of a formula to its root": """
        explorer/practice/slips.py last_link_missing
    """,
    NESTS: """
        explorer/scene/checked.py _tested
        explorer/scene/theme.py resolve_colours
        explorer/scene/wire.py to_wire
        explorer/ui/static_files.py _in_order.visit
    """,
    SERVES: """
        explorer/symbolic/pool.py Pool.wait Pool._serve
        explorer/symbolic/process.py WorkerProcess.ask
        explorer/symbolic/questions.py Ticket.wait
        explorer/symbolic/worker.py serve
        explorer/ui/gate.py Gate.enter
    """,
    "turns a negative number into a positive one, once": """
        explorer/expression/expression.py _number_node
    """,
    "counts the decimals of a number whose denominator divides 10⁴⁰⁰": """
        explorer/expression/printing.py _decimal_places
    """,
    "goes down by one order, from 3 at most": """
        explorer/numeric/calculus.py derivative
    """,
    "joins two pools into one with every turn": """
        explorer/figures/chain/layout.py _spread
    """,
    "drops one entry of a cache with every turn": """
        explorer/symbolic/pool.py Pool._finish
    """,
}
"""For each reason the files, and in each the functions."""


@cache
def excused() -> dict[tuple[str, str], str]:
    """(path, function) ↦ reason."""
    rows, path = {}, ""
    for reason, places in REASONS.items():
        for word in places.split():
            if word.endswith(".py"):
                path = word
            else:
                rows[path, word] = reason
    return rows


@cache
def unbounded(path: PurePosixPath, source: str) -> tuple[tuple[str, str, int], ...]:
    """(path, function, line) of every `while`, endless iterator and function that calls itself."""
    return tuple(
        (str(path), function, node.lineno)
        for function, node in _within(ast.parse(source), "")
        if isinstance(node, ast.While)
        or (isinstance(node, ast.Call) and _goes_on(node, function.rpartition(".")[2]))
    )


def _within(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    """Every node below, with the dotted name of the function or class that it stands in."""
    for child in ast.iter_child_nodes(node):
        yield function, child
        named = isinstance(child, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
        yield from _within(child, f"{function}.{child.name}".lstrip(".") if named else function)


def _goes_on(call: ast.Call, function: str) -> bool:
    """Whether a call makes an endless iterator, or is that of the function itself."""
    match call.func:
        case ast.Name(called):
            pass
        case ast.Attribute(ast.Name("self" | "cls" | "itertools"), called):
            pass
        case _:
            return False
    given = len(call.args) + len(call.keywords)
    endless = called in ENDLESS or (called, given) in {("iter", 2), ("repeat", 1)}
    return endless or (called == function != "")


def without_a_reason(path: PurePosixPath, source: str) -> list[str]:
    """A sentence for each that no row of `REASONS` explains."""
    return [
        f"{place}:{line}: {function} has no bound that can be read off the code"
        for place, function, line in unbounded(path, source)
        if (place, function) not in excused()
    ]
