"""What the Jacobian tab says: the matrix in numbers, what becomes of areas, and how the square lands."""

from __future__ import annotations

from explorer.conditions import Condition, is_above, is_at_most, is_below, is_unknown, is_unsure, is_within
from explorer.scene.live_text import with_paper
from explorer.scene.scene import Case, Readout

UPRIGHT: Condition = is_above("det", 0.0)
TURNED: Condition = is_below("det", 0.0)
POINT: Condition = is_at_most("size", 0.0)
BLURRED: Condition = is_unsure("det")
FLAT: tuple[tuple[Condition, ...], ...] = (
    (is_at_most("factor", 0.0),),
    (BLURRED, is_below("thin", 1e-9)),
)
"""The rank is below 2: det J is 0, or rounding hides whether it is, so small beside the square of the matrix's size."""
ENDINGS: dict[Condition, str] = {TURNED: " and turned over", UPRIGHT: ", not turned over"}

THIN = 1e-6
"""A parallelogram so thin is nearly a line."""
NEAR, ROUGH = (0.1, 1.2), (0.4, 2.0)
"""How far a true image may leave the parallelogram, in parts of the longer diagonal, and by what factor their areas
may differ, to be said to be nearly, or roughly, one."""


def readouts() -> tuple[Readout, ...]:
    """Determinant, matrix, the factor of areas, and where the corner lands."""
    missing = Case("none", (is_unknown("det"),))
    cells = "".join(
        "<mtr>"
        + "".join(f'<mtd><mtext data-held="{name}{variable}:g4">·</mtext></mtd>' for variable in "xy")
        + "</mtr>"
        for name in "uv"
    )
    matrix = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>J</mi><mo>=</mo>'
        f'<mtable class="live-matrix">{cells}</mtable></math>'
    )
    turn = (
        missing,
        Case("× 0: shrunk to a point", (POINT,)),
        *(Case("× 0: flattened", flat) for flat in FLAT),
        Case("× {factor:g4}", (BLURRED,)),
        Case("× {factor:g4}, turned over", (TURNED,)),
        Case("× {factor:g4}, not turned over"),
    )
    det = (missing, *(Case("0", flat) for flat in FLAT), Case("{det:g4}"))
    return (
        Readout(name="det", label="det J", text=det, size="huge", role="ink"),
        Readout(name="jacobian", label="J", label_mathml=matrix, text="", size="medium", role="ink"),
        Readout(name="area", label="areas", text=turn, size="small", role="ink"),
        Readout(name="image", label="lands at", text="({u:g4}, {v:g4})", size="small", role="ink"),
    )


def sentences(*, affine: bool) -> tuple[Case, ...]:
    """What becomes of the square; an `affine` map makes it a parallelogram exactly, others are measured."""
    no_value = "One of the components has no value here."
    back = "Here the way back may be lost."
    return (
        Case(no_value, (is_unknown("u"),)),
        Case(no_value, (is_unknown("v"),)),
        Case("There is a value here, but no Jacobian.", (is_unknown("det"),)),
        Case(f"J = 0: to first order the square shrinks to a single point. {back}", (POINT,)),
        *(
            Case(f"det J = 0: to first order the square is flattened onto a line. {back}", flat)
            for flat in FLAT
        ),
        Case("Doubles end here: after the subtractions in det J no digit of it is sure.", (BLURRED,)),
        *(_landed("exactly", ()) if affine else with_paper(*_measured())),
    )


def _within_reach(apart: float, ratio: float) -> tuple[Condition, ...]:
    return is_at_most("apart", apart), is_within("area", 1 / ratio, ratio)


def _measured() -> tuple[Case, ...]:
    """How nearly the true image is the parallelogram."""
    return (
        Case("A part of the square has no image: no value there.", (is_unknown("apart"),)),
        Case(
            "A jump of the map may cross the square: then its true image falls apart.⟨ Make it smaller.⟩",
            (is_above("leaps", 0.0),),
        ),
        Case(
            "The square lands nearly on a line: too thin for doubles to tell the area of its true image.",
            (is_unsure("area", 0.2), is_below("thin", THIN)),
        ),
        Case("Doubles do not tell the area of its true image.", (is_unsure("area", 0.2),)),
        *(
            Case(
                "The true image (dotted) folds over itself: det J changes its sign inside the square."
                "⟨ Make it smaller.⟩",
                (is_below(turned, 0.0),),
            )
            for turned in ("folds", "area")
        ),
        *_landed("nearly", _within_reach(*NEAR)),
        *_landed(
            "only roughly",
            _within_reach(*ROUGH),
            ": its true image (dotted) has {area:g2} times that area.⟨ Make it smaller.⟩",
        ),
        Case(
            "The square is too large to land as a parallelogram: its true image (dotted) leaves it by up to "
            "{apart:g2} of its diagonal and has {area:g2} times its area.⟨ Make it smaller.⟩"
        ),
    )


def _landed(how: str, when: tuple[Condition, ...], end: str = ".") -> tuple[Case, ...]:
    return tuple(
        Case(
            f"The square lands {how} as a parallelogram, {{factor:g4}} times as large{turned}{end}",
            (*when, way),
        )
        for way, turned in ENDINGS.items()
    )
