"""JAX derives by itself what the rules derive: a spread of all pages, in one process."""

from explorer.code import JAX, slope_programs
from explorer.data.losses import LOSSES, SCALES, Setting
from explorer.expression import parse
from explorer.figures.regression.classes_loss import Cost
from explorer.presets import CLASS_SETS
from tests.code.running import agree, printed_by_jax
from tests.code.screens import SCREENS, classes_of, regression_of

APART = 12
"""Of the presets, which stand page by page, one in so many is tried."""

FORMULAS = {
    "erf(x) round(3x) + softplus(x) + mod(7x, 2)": 0.7,
    "cbrt(x) + x^(2/3) + x^(-1/3) + max(0, x, -x) - min(x, 2)": -1.3,
    "5": 1.0,
    "3^100 x": 2.0,
    "{x<0: ln(-x), x=0: 1, sin(x)/x}": 0.5,  # jnp.where would derive ln(-x) to NaN
    "{x<0: -x, x>2: x^2}": 2.5,
}


def test_a_spread_of_pages_and_what_jax_has_not():
    programs = [made()[2] for made in list(SCREENS.values())[::APART]]
    programs += [slope_programs(parse(formula), x0)[2] for formula, x0 in FORMULAS.items()]
    programs.append(regression_of("1,2;2,3;4,9", optimiser="adam", rate=0.05)[2])
    programs += [
        regression_of("1,2;2,3;4,9", Setting(*one), rate=0.05)[2] for one in zip(LOSSES, SCALES, strict=True)
    ]
    programs.append(classes_of(CLASS_SETS[0].text, Cost(True, 0.05))[2])
    programs.append(classes_of(CLASS_SETS[1].text, Cost())[2])
    assert all(program.library == JAX.name for program in programs)
    programs = [program for program in programs if program.text]
    assert len(programs) >= 16
    for program, found in zip(programs, printed_by_jax(programs), strict=True):
        assert program.prints
        agree(program, found)
