"""Programs of own data: what their columns are called, and which of their digits another program has, too."""

import re

import numpy as np
import pytest

from explorer.code import (
    Program,
    Walk,
    class_programs,
    features_programs,
    notebook,
    regression_programs,
    table_programs,
)
from explorer.data.headings import LABELLED, PLACED, PLAIN, headings
from explorer.data.losses import LOSSES, SCALES, Setting
from explorer.descent import OPTIMISERS, descend
from explorer.figures.regression.classes_loss import Cost, class_loss
from explorer.figures.regression.view import loss_of
from tests.code.printing import printed
from tests.code.running import agree
from tests.code.test_programs import judge

FLATS = ((47.0, 188.5), (53.5, 203.25), (61.0, 251.0), (72.25, 240.0), (88.0, 305.5), (95.5, 377.0))
NAMED = headings("area (m²),price ($ for all of $)", PLAIN)


def _walk(
    optimiser: str,
    rate: float,
    steps: int,
    setting: Setting | None = None,
    start: tuple[float, float] = (0.5, -3),
) -> tuple[Program, ...]:
    setting = setting or Setting("square", "raw")
    loss = loss_of(FLATS, ("m", "c"), setting, 20.0)
    path = descend(optimiser, loss, start, rate, steps)
    return regression_programs(Walk(loss, path, optimiser, rate, {}, steps), FLATS, setting, 20.0, NAMED)


def test_columns_are_called_by_their_names() -> None:
    line = _walk("gd", 1e-4, 3)
    sleep = headings("sleep (h),passed", LABELLED)
    loss = class_loss(((1.0, 0.0), (2.0, 1.0)), Cost())
    walk = Walk(loss, descend("gd", loss, (0.0, 0.0), 0.1, 3), "gd", 0.1, {}, 3)
    classes = class_programs(walk, loss.rows, False, 0.0, sleep)
    rows = ((1.0, 5.0, 0.0), (6.0, 8.0, 1.0))
    plane = features_programs(
        rows, (1.0, 2.0, 3.0), (1.0, 1.0), 0.0, headings("hours (h),sleep (h),passed", PLACED)
    )
    for programs, remark, axes in (
        (line, "# x: area (m²), y: price ($ for all of $)", ("area (m²)", r"price (\$ for all of \$)")),
        (classes, "# x: sleep (h), y: passed", ("sleep (h)", "passed")),
        (plane, "# x₁: hours (h), x₂: sleep (h), y: passed", ("hours (h)", "sleep (h)")),
    ):
        judge(programs)
        assert all(program.text.count(remark) == 1 for program in programs)
        picture = programs[1].picture
        assert [label.encode().decode("unicode_escape").encode("latin-1").decode() for label in
                re.findall(r'plt\.[xy]label\("(.*)"\)', picture)] == list(axes)  # fmt: skip


@pytest.mark.parametrize(
    ("head", "letters", "remark"),
    [
        ("time (s),place (m)", "ts", "# t: time (s), s: place (m)"),
        ("U (V),I (A)", "UI", "# U in V, I in A"),
        ("if,np", "xy", "# x: if, y: np"),
        ("month,rain (mm)", "xy", "# x: month, y: rain (mm)"),
        ("x₁,2y", "xy", "# x: x₁, y: 2y"),
        ("", "xy", ""),
    ],
)
def test_a_table_has_the_letters_of_its_page(head: str, letters: str, remark: str) -> None:
    t, s = letters
    programs = table_programs((0.0, 1.5, 4.0), (2.0, 5.0, 3.0), 1.5, 4.0, headings(head, PLAIN))
    judge(programs)
    assert f"\n{t} = np.array([0.0, 1.5, 4.0])\n{s} = np.array([2.0, 5.0, 3.0])" in programs[1].text
    assert all(
        (remark + "\n" in program.text) if remark else ("#" not in program.text.split("\n")[2])
        for program in programs
    )
    assert f"plt.plot({t}, {s}," in notebook("Limit", programs)


@pytest.mark.parametrize("optimiser", [name for name, row in OPTIMISERS.items() if row.update])
def test_every_optimiser_leads_a_line_where_its_program_does(optimiser: str) -> None:
    """Standardised x sum to 0, and so does the slope of absolute values at first: what is left of it is rounding."""
    for loss, scale in zip(LOSSES, SCALES, strict=True):
        rate = OPTIMISERS[optimiser].suggested_rate or (1e-5 if scale == "raw" else 0.02)
        judge(_walk(optimiser, rate, 40, Setting(loss, scale), (0.0, 0.0)))


def test_what_hangs_on_rounding_is_not_stated() -> None:
    """RMSProp at a large η leaps about the valley, and each leap doubles what rounding has left."""
    calm, wild = _walk("rmsprop", 0.3, 100), _walk("rmsprop", 0.3, 300)
    assert [name for name, _ in calm[1].prints] == ["m", "c", "J", "best m", "best c"]
    assert [name for name, _ in wild[1].prints] == ["best m", "best c"]
    assert wild[1].text.count("rounding decides its digits") == 3
    found = [printed(program.text, program.library) for program in wild[:2]]
    assert abs(found[0]["m"] - found[1]["m"]) > 1e-6
    for program in (*calm[:2], *wild[:2]):
        agree(program, printed(program.text, program.library))


def test_a_path_that_a_learner_sees_is_as_the_definitions_say() -> None:
    """As in PyTorch: α = 0.99 and ε = 1e−8 outside the root for RMSProp, β = 0.9 and 0.999 for Adam and AMSGrad."""
    x, y = np.array(FLATS).T
    loss = loss_of(FLATS)

    def slopes(w: np.ndarray) -> np.ndarray:
        r = y - (w[0] * x + w[1])
        return -2 * np.array([np.mean(r * x), np.mean(r)])

    squares, w = np.zeros(2), np.array([0.5, -3.0])
    for _ in range(80):
        g = slopes(w)
        squares = 0.99 * squares + 0.01 * g * g
        w = w - 0.05 * g / (np.sqrt(squares) + 1e-8)
    assert descend("rmsprop", loss, (0.5, -3.0), 0.05, 80).points[-1] == pytest.approx(w, rel=1e-12)

    mean, squares, most, w = np.zeros(2), np.zeros(2), np.zeros(2), np.array([0.5, -3.0])
    for t in range(1, 81):
        g = slopes(w)
        mean, squares = 0.9 * mean + 0.1 * g, 0.999 * squares + 0.001 * g * g
        most = np.maximum(most, squares)
        w = w - 0.2 * (mean / (1 - 0.9**t)) / (np.sqrt(most / (1 - 0.999**t)) + 1e-8)
    assert descend("amsgrad", loss, (0.5, -3.0), 0.2, 80).points[-1] == pytest.approx(w, rel=1e-12)

    columns = np.stack([x, np.ones_like(x)])
    hessian = 2 * columns @ columns.T / len(x)
    first = np.array([0.5, -3.0])
    whole = first - np.linalg.solve(hessian, slopes(first))
    assert descend("newton", loss, (0.5, -3.0), 1.0, 1).points[-1] == pytest.approx(whole, rel=1e-9)


def test_beside_an_edge_a_compiled_program_may_take_the_other_side() -> None:
    """JAX puts products and sums together: what is 0 but for rounding may be on the other side of the line there."""
    rows = ((0.0, 3.0), (1.0, 1.0), (4.0, 7.0), (6.0, 2.0))

    def of(loss: str, rate: float) -> list[int]:
        setting = Setting(loss, "raw")
        j = loss_of(rows, ("m", "c"), setting, 1.0)
        walk = Walk(j, descend("gd", j, (0.0, 0.0), rate, 60), "gd", rate, {}, 60)
        programs = regression_programs(walk, rows, setting)
        judge(programs)
        return [len(program.prints) for program in programs]

    assert of("absolute", 0.1) == [3, 3, 0]  # the line comes to the second point but for rounding
    assert of("absolute", 0.0917) == [3, 3, 3]
    assert of("huber", 0.1) == [3, 3, 3]
