// The error function and the normal distribution: the twin of explorer/expression/functions/error_function.py, by the coefficients of fdlibm
// (FreeBSD's msun, s_erf.c), from the highest power down.

const ROOT_HALF = Math.SQRT1_2;
const ERF_OF_ONE = 8.45062911510467529297e-01;
const BELOW_0_84 = [
  [-2.37630166566501626084e-05, -5.77027029648944159157e-03, -2.84817495755985104766e-02,
   -3.25042107247001499370e-01, 1.28379167095512558561e-01],
  [-3.96022827877536812320e-06, 1.32494738004321644526e-04, 5.08130628187576562776e-03,
   6.50222499887672944485e-02, 3.97917223959155352819e-01, 1.0],
];
const BELOW_1_25 = [
  [-2.16637559486879084300e-03, 3.54783043256182359371e-02, -1.10894694282396677476e-01,
   3.18346619901161753674e-01, -3.72207876035701323847e-01, 4.14856118683748331666e-01,
   -2.36211856075265944077e-03],
  [1.19844998467991074170e-02, 1.36370839120290507362e-02, 1.26171219808761642112e-01,
   7.18286544141962662868e-02, 5.40397917702171048937e-01, 1.06420880400844228286e-01, 1.0],
];
const BELOW_2_86 = [
  [-9.81432934416914548592e00, -8.12874355063065934246e01, -1.84605092906711035994e02,
   -1.62396669462573470355e02, -6.23753324503260060396e01, -1.05586262253232909814e01,
   -6.93858572707181764372e-01, -9.86494403484714822705e-03],
  [-6.04244152148580987438e-02, 6.57024977031928170135e00, 1.08635005541779435134e02,
   4.29008140027567833386e02, 6.45387271733267880336e02, 4.34565877475229228821e02, 1.37657754143519042600e02,
   1.96512716674392571292e01, 1.0],
];
const BELOW_6 = [
  [-4.83519191608651397019e02, -1.02509513161107724954e03, -6.37566443368389627722e02,
   -1.60636384855821916062e02, -1.77579549177547519889e01, -7.99283237680523006574e-01,
   -9.86494292470009928597e-03],
  [-2.24409524465858183362e01, 4.74528541206955367215e02, 2.55305040643316442583e03, 3.19985821950859553908e03,
   1.53672958608443695994e03, 3.25792512996573918826e02, 3.03380607434824582924e01, 1.0],
];

/** The quotient of two polynomials. */
function quotient([top, bottom], at) {
  const value = (coefficients) => coefficients.reduce((sum, coefficient) => sum * at + coefficient, 0);
  return value(top) / value(bottom);
}

/** @param {number} a @returns {number} erf(a), within an ulp or so */
export function errorFunction(a) {
  const size = Math.abs(a);
  if (size < 0.84375) return a + a * quotient(BELOW_0_84, a * a);
  if (size < 1.25) return Math.sign(a) * (ERF_OF_ONE + quotient(BELOW_1_25, size - 1));
  if (size >= 6) return Math.sign(a);
  const exponent = quotient(size < 1 / 0.35 ? BELOW_2_86 : BELOW_6, 1 / (size * size));
  return Math.sign(a) * (1 - Math.exp(exponent - size * size - 0.5625) / size);
}

/** @param {number} a @returns {number} Φ(a), to full relative precision in the left tail too */
export function normalCdf(a) {
  const size = -a * ROOT_HALF;
  if (!(size >= 0.84375)) return (1 + errorFunction(a * ROOT_HALF)) / 2;
  if (size < 1.25) return (1 - ERF_OF_ONE - quotient(BELOW_1_25, size - 1)) / 2;
  if (a < -39) return 0;
  const exponent = quotient(size < 1 / 0.35 ? BELOW_2_86 : BELOW_6, 1 / (size * size));
  // The square of a number of half as many digits is exact, and what is missing is small.
  const square = Math.fround(a);
  const rest = ((square - a) * (square + a)) / 2;
  return (Math.exp((-square * square) / 2 - 0.5625) * Math.exp(rest + exponent)) / size / 2;
}
