"""The error function and the normal distribution in doubles: rational approximations by the coefficients of fdlibm.

FreeBSD's msun, s_erf.c (Sun Microsystems, 1993): below 0.84375 erf x = x + x·R(x²), up to 1.25 a constant and a
quotient in |x| − 1, beyond that 1 − e^(−x² − 0.5625 + R(1/x²))/x; from 6 on it is 1 in doubles.
Φ(u) = (1 + erf(u/√2))/2 cancels where u is negative: there it is half of that last term, by itself.
"""

from __future__ import annotations

import numpy as np

from explorer.expression.operations import Array

__all__ = ["error_function", "normal_cdf", "normal_cdf_of"]

ROOT_HALF = 0.5**0.5
NEAR = 0.84375
LAST = -39.0  # from here on Φ is 0 in doubles
ERF_OF_ONE = 8.45062911510467529297e-01
# Numerator and denominator from the highest power down.
BELOW_0_84 = (
    (-2.37630166566501626084e-05, -5.77027029648944159157e-03, -2.84817495755985104766e-02,
     -3.25042107247001499370e-01, 1.28379167095512558561e-01),
    (-3.96022827877536812320e-06, 1.32494738004321644526e-04, 5.08130628187576562776e-03,
     6.50222499887672944485e-02, 3.97917223959155352819e-01, 1.0),
)  # fmt: skip
BELOW_1_25 = (
    (-2.16637559486879084300e-03, 3.54783043256182359371e-02, -1.10894694282396677476e-01,
     3.18346619901161753674e-01, -3.72207876035701323847e-01, 4.14856118683748331666e-01,
     -2.36211856075265944077e-03),
    (1.19844998467991074170e-02, 1.36370839120290507362e-02, 1.26171219808761642112e-01,
     7.18286544141962662868e-02, 5.40397917702171048937e-01, 1.06420880400844228286e-01, 1.0),
)  # fmt: skip
BELOW_2_86 = (
    (-9.81432934416914548592e00, -8.12874355063065934246e01, -1.84605092906711035994e02,
     -1.62396669462573470355e02, -6.23753324503260060396e01, -1.05586262253232909814e01,
     -6.93858572707181764372e-01, -9.86494403484714822705e-03),
    (-6.04244152148580987438e-02, 6.57024977031928170135e00, 1.08635005541779435134e02,
     4.29008140027567833386e02, 6.45387271733267880336e02, 4.34565877475229228821e02,
     1.37657754143519042600e02, 1.96512716674392571292e01, 1.0),
)  # fmt: skip
BELOW_6 = (
    (-4.83519191608651397019e02, -1.02509513161107724954e03, -6.37566443368389627722e02,
     -1.60636384855821916062e02, -1.77579549177547519889e01, -7.99283237680523006574e-01,
     -9.86494292470009928597e-03),
    (-2.24409524465858183362e01, 4.74528541206955367215e02, 2.55305040643316442583e03,
     3.19985821950859553908e03, 1.53672958608443695994e03, 3.25792512996573918826e02,
     3.03380607434824582924e01, 1.0),
)  # fmt: skip


def error_function(a: Array) -> Array:
    """Erf of an array, within an ulp or so."""
    size = np.minimum(np.abs(a), 6.0)
    near = size + size * _quotient(BELOW_0_84, size * size)
    middle = ERF_OF_ONE + _quotient(BELOW_1_25, size - 1)
    outer = np.maximum(size, 1.25)
    inverse = 1 / (outer * outer)
    exponent = np.where(outer < 1 / 0.35, _quotient(BELOW_2_86, inverse), _quotient(BELOW_6, inverse))
    far = 1 - np.exp(exponent - outer * outer - 0.5625) / outer
    return np.copysign(np.where(size < 0.84375, near, np.where(size < 1.25, middle, far)), a)


def normal_cdf(a: Array) -> Array:
    """Φ of an array, to full relative precision in the left tail too."""
    u = np.maximum(np.minimum(a, 0.0), LAST)
    size = np.maximum(-u * ROOT_HALF, NEAR)
    inverse = 1 / (size * size)
    exponent = np.where(size < 1 / 0.35, _quotient(BELOW_2_86, inverse), _quotient(BELOW_6, inverse))
    # The square of a number of half as many digits is exact, and what is missing is small.
    square = np.float64(np.float32(u))
    rest = (square - u) * (square + u) / 2
    far = np.exp(-square * square / 2 - 0.5625) * np.exp(rest + exponent) / size
    tail = np.where(size < 1.25, 1 - ERF_OF_ONE - _quotient(BELOW_1_25, size - 1), far)
    return np.where(-a * ROOT_HALF < NEAR, 1 + error_function(a * ROOT_HALF), tail) / 2


def normal_cdf_of(a: float) -> float:
    """Φ of one number."""
    return float(normal_cdf(np.asarray(a)))


def _quotient(polynomials: tuple[tuple[float, ...], tuple[float, ...]], at: Array) -> Array:
    top, bottom = (np.polyval(coefficients, at) for coefficients in polynomials)
    return np.asarray(top / bottom)
