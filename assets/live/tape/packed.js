// Many rows of two numbers in five bytes each, 20 bits a number. The twin of explorer/data/packed.py.
import { decodeArray } from "../document/adapter.js";

/** @param {{bytes: object, first: number[], per: number[]}} sent @returns {Float64Array[]} both columns */
export function unpacked({ bytes, first, per }) {
  const octets = decodeArray(bytes);
  const [x, y] = [0, 1].map(() => new Float64Array(octets.length / 5));
  for (let k = 0, at = 0; k < x.length; k += 1, at += 5) {
    const middle = octets[at + 2];
    x[k] = (first[0] + (octets[at] | octets[at + 1] << 8 | (middle & 15) << 16)) / per[0];
    y[k] = (first[1] + (middle >> 4 | octets[at + 3] << 4 | octets[at + 4] << 12)) / per[1];
  }
  return [x, y];
}
