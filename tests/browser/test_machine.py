"""The same tape in NumPy and in the browser: every operation, special values, thousands of random programs."""

import math
import random
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from explorer.expression import (
    FUNCTIONS,
    OPERATIONS,
    Call,
    Expression,
    Operation,
    Tape,
    Variable,
    compile_tape,
    parse,
)
from explorer.expression.operations import LESS, LESS_EQUAL, LOGICAL_AND
from explorer.presets import SLOPES
from tests.browser.stage import bare

__all__ = ["bare"]

RUN = """async ([programs]) => {
  const { Machine } = await import("/modules/tape/machine.js");
  const number = (text) => (typeof text === "number" ? text : Number(text));
  const plain = (value) => (Number.isFinite(value) ? value : String(value));
  return programs.map(([tape, points]) => {
    const machine = new Machine(tape);
    return points.map((point) => {
      machine.run(point.map(number));
      return [...machine.outputs.values()].map((register) => plain(machine.registers[register]));
    });
  });
}"""
SPECIAL = [
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 1 / 3, 1e-300, -1e-300, 5e-324, 1e300, -1e300, 1e-12,
    math.pi, -math.pi, math.pi / 2, 3 * math.pi / 2, 100 * math.pi, 1e5, 709.9, -745.2, 0.999999999, 1.000000001,
    170.5, 1e15, math.inf, -math.inf, math.nan,
]  # fmt: skip


def in_browser(page: Page, programs: list[tuple[Tape, list[tuple[float, ...]]]]) -> list[Any]:
    """For each program and point the outputs, as the browser's machine computes them."""

    def text(value: float) -> float | str:
        return (
            value
            if math.isfinite(value)
            else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
        )

    sent = [[tape.to_json(), [[text(v) for v in point] for point in points]] for tape, points in programs]
    return [
        [[float(v) if v != "NaN" else math.nan for v in outputs] for outputs in points]
        for points in page.evaluate(RUN, [sent])
    ]


def in_numpy(tape: Tape, points: list[tuple[float, ...]]) -> list[list[float]]:
    found = tape.run(*np.array(points, dtype=float).T)
    return [[float(found[name][i]) for name, _ in tape.outputs] for i in range(len(points))]


def same(a: float, b: float, tolerance: float = 1e-12) -> bool:
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    if math.isinf(a) or math.isinf(b):
        return a == b
    return abs(a - b) <= tolerance * max(abs(a), abs(b)) or max(abs(a), abs(b)) < 1e-307


NAMES = {row.operation: name for name, row in FUNCTIONS.items() if row.operation}
EXACT = {LESS, LESS_EQUAL, LOGICAL_AND, FUNCTIONS["sign"].operation}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda it: NAMES.get(it, str(it.code)))
def test_every_operation_agrees_on_special_and_random_values(bare: Page, operation: Operation) -> None:
    chance = random.Random(operation.code)
    tape = Tape(("a", "b", "c"), (), ((operation.code, 0, 1, 2),), (("r", 3),))
    spread = [chance.choice((-1, 1)) * 10 ** chance.uniform(-8, 4) for _ in range(60)]
    values = [*SPECIAL, *spread, *(chance.uniform(-10, 10) for _ in range(100))]
    arity = operation.arity
    if arity == 1:
        points = [(v, 0.0, 0.0) for v in values]
    else:
        points = [(a, b, 7.0 if arity == 3 else 0.0) for a in SPECIAL for b in SPECIAL]
        points += [(chance.choice(values), chance.choice(values), chance.choice(values)) for _ in range(500)]
    [found] = in_browser(bare, [(tape, points)])
    expected = in_numpy(tape, points)
    wrong = [(p, f, e) for p, [f], [e] in zip(points, found, expected, strict=True) if not same(f, e)]
    assert wrong == []


def random_tape(chance: random.Random) -> Tape:
    """A straight-line program of up to 25 random operations on two variables and three constants."""
    constants = tuple(float(chance.choice((0, 1, 2, 3, 10, 0.5, -1, 1.5, math.pi, math.e))) for _ in range(3))
    code: list[tuple[int, int, int, int]] = []
    first = 2 + len(constants)
    for index in range(chance.randint(2, 25)):
        operation = chance.choice(list(OPERATIONS.values()))
        newest = first + index - 1
        registers = [newest if k == 0 else chance.randrange(first + index) for k in range(3)]
        used = registers[: operation.arity]
        chance.shuffle(used)
        a, b, c = [*used, 0, 0][:3]
        code.append((operation.code, a, b, c))
    return Tape(("x", "y"), constants, tuple(code), (("r", first + len(code) - 1),))


def shaken(tape: Tape, point: tuple[float, ...], chance: np.random.Generator) -> float:
    """The result when every operation errs by up to two units in the last place, as libraries may."""
    registers: list[Any] = [*(np.float64(v) for v in (*point, *tape.constants))]
    with np.errstate(all="ignore"):
        for code, *operands in tape.code:
            operation = OPERATIONS[code]
            value = operation.array(*(registers[k] for k in operands[: operation.arity]))
            error = chance.choice((-4.5e-16, 0.0, 4.5e-16))
            registers.append(np.float64(value) * (1 if operation in EXACT else 1 + error))
    return float(registers[-1])


def test_thousands_of_random_programs_agree(bare: Page) -> None:
    chance = random.Random(20)
    shake = np.random.default_rng(7)
    programs = [
        (random_tape(chance), [(chance.uniform(-3, 3), chance.choice(SPECIAL[:12])) for _ in range(3)])
        for _ in range(4000)
    ]
    found = in_browser(bare, programs)
    strict = close = 0
    for (tape, points), outputs in zip(programs, found, strict=True):
        for point, [value], [expected] in zip(points, outputs, in_numpy(tape, points), strict=True):
            if same(value, expected):
                strict += 1
                continue
            # Only where rounding itself decides: then shaking NumPy's own rounding must move the result as far.
            results = [shaken(tape, point, shake) for _ in range(24)]
            spread = max((abs(r - expected) for r in results if math.isfinite(r - expected)), default=0.0)
            fragile = any(math.isfinite(r) != math.isfinite(expected) for r in results)
            assert fragile or abs(value - expected) <= 20 * spread, (tape, point, value, expected)
            close += 1
    assert strict > 0.98 * (strict + close)


ROUNDED = """async ([programs]) => {
  const { Machine } = await import("/modules/tape/machine.js");
  const { Rounding } = await import("/modules/tape/rounding.js");
  return programs.map(([tape, points]) => {
    const machine = new Machine(tape);
    const rounding = new Rounding(tape, machine);
    const readers = [...machine.outputs.values()].map((register) => rounding.reader(register));
    return points.map((point) => {
      machine.run(point);
      rounding.reset();
      return readers.map((read) => Math.min(read(), 1e300));
    });
  });
}"""


def test_the_browser_knows_its_rounding_as_python_does(bare: Page) -> None:
    """Cancellation, steps near their jumps, and every function; errors need agree roughly only."""
    texts = [
        "(1-cos(x))/x^2",
        "(x-sin(x))/x^3",
        "floor(sin(x)/x)",
        "{cos(x)<1: x, 5}",
        "mod(x, 0.3)",
        "mod(10^17 x, 7)",
        "sin(10^17 x)",
        "tan(3*10^15 x)",
        "x^(2/3)",
    ]
    texts += [
        "min(x, x^2)",
        "x^x",
        "1/(1-cos(x))",
        "pi-3.14159+x",
        "{x=0: 1, x^2}",
        "e^(-x^2)",
        *(p.formula for p in SLOPES),
    ]
    plain = [
        Expression(Call(row.name, (Variable("x"),))) for row in FUNCTIONS.values() if row.arity == (1, 1)
    ]
    points = np.array([1e-9, 1e-6, 1e-4, 0.013, 0.3, 0.77, 1.9, 3.0, 7.7, 1e5, -1e-7, -0.4, -2.3, -1e3])
    tapes = [compile_tape({"f": f, "d": f.derivative()}, ("x",)) for f in (*map(parse, texts), *plain)]
    sent = [[tape.to_json(), [[x] for x in points.tolist()]] for tape in tapes]
    for tape, found in zip(tapes, bare.evaluate(ROUNDED, [sent]), strict=True):
        expected = tape.run_with_errors(points)
        for k, name in enumerate(("f", "d")):
            values, errors = expected[name]
            for x, value, ours, theirs in zip(points, values, errors, found, strict=True):
                # A power may end on another last digit in the browser, and an error is some such digits.
                near = abs(min(float(ours), 1e300) - theirs[k]) <= 2 * np.spacing(abs(value))
                assert math.isnan(value) or near or same(min(float(ours), 1e300), theirs[k], 0.05), (tape, x)


def test_presets_and_all_functions_agree_with_their_derivatives(bare: Page) -> None:
    programs = []
    points = [(float(x),) for x in np.linspace(-4, 4, 41)]
    plain = [
        Expression(Call(row.name, (Variable("x"),))) for row in FUNCTIONS.values() if row.arity == (1, 1)
    ]
    for f in (*(parse(preset.formula) for preset in SLOPES), *plain):
        once = f.derivative("x")
        tape = compile_tape({"f": f, "once": once, "twice": once.derivative("x")}, ("x",))
        programs.append((tape, points))
    for (tape, _), found in zip(programs, in_browser(bare, programs), strict=True):
        expected = in_numpy(tape, points)
        for here, there in zip(found, expected, strict=True):
            assert all(same(a, b, 1e-11) or abs(a - b) < 1e-13 for a, b in zip(here, there, strict=True))
