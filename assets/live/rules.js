// The optimisers' update rules: the twins of explorer/descent/rules.py, in the same order of operations, so that the
// same numbers come out. Each works on one coordinate: (memory, gradient, rate, settings) → step; the memory is updated.

/** Every first-order rule by name: what it remembers at first, its settings in order, the rule, and its bound c/λmax. */
export const UPDATE_RULES = {
  gd: {
    initial: [], settings: [], bound: () => 2,
    update: (memory, gradient, rate) => -rate * gradient,
  },
  momentum: {
    initial: [0], settings: ["momentum"], bound: ([beta]) => 2 * (1 + beta),
    update(memory, gradient, rate, [beta]) {
      memory[0] = beta * memory[0] + gradient;
      return -rate * memory[0];
    },
  },
  nesterov: {
    initial: [0], settings: ["momentum"], bound: ([beta]) => (2 * (1 + beta)) / (1 + 2 * beta),
    update(memory, gradient, rate, [beta]) {
      memory[0] = beta * memory[0] + gradient;
      return -rate * (gradient + beta * memory[0]);
    },
  },
  adagrad: {
    initial: [0], settings: ["epsilon"], bound: null,
    update(memory, gradient, rate, [epsilon]) {
      memory[0] += gradient * gradient;
      return (-rate * gradient) / (Math.sqrt(memory[0]) + epsilon);
    },
  },
  rmsprop: {
    initial: [0], settings: ["smoothing", "epsilon"], bound: null,
    update(memory, gradient, rate, [decay, epsilon]) {
      memory[0] = decay * memory[0] + (1 - decay) * (gradient * gradient);
      return (-rate * gradient) / (Math.sqrt(memory[0]) + epsilon);
    },
  },
  adam: {
    initial: [0, 0, 1, 1], settings: ["beta1", "beta2", "epsilon"], bound: null,
    update(memory, gradient, rate, [beta1, beta2, epsilon]) {
      memory[2] *= beta1;
      memory[3] *= beta2;
      memory[0] = beta1 * memory[0] + (1 - beta1) * gradient;
      memory[1] = beta2 * memory[1] + (1 - beta2) * (gradient * gradient);
      return (-rate * (memory[0] / (1 - memory[2]))) / (Math.sqrt(memory[1] / (1 - memory[3])) + epsilon);
    },
  },
  newton: { initial: [], settings: [], bound: null, update: null },
};

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
