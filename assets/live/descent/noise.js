// Seeded noise on the gradient, the same numbers as explorer/descent/noise.py.

const INCREMENT = 0x6d2b79f5;

/** The k-th number of a seed's stream, in [0, 1): mulberry32, reached without those before it. */
export function uniformNoise(seed, k) {
  const state = (seed + Math.imul(k + 1, INCREMENT)) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1) >>> 0;
  mixed = (mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))) >>> 0;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

/** The k-th standard normal number of a seed's stream, by Box and Muller. */
export function normalNoise(seed, k) {
  return Math.sqrt(-2 * Math.log(1 - uniformNoise(seed, 2 * k))) * Math.cos(2 * Math.PI * uniformNoise(seed, 2 * k + 1));
}
