/** A stream of random numbers that a seed determines: mulberry32, after Tommy Ettinger. Not for secrets. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  int(below: number): number;
}

export function createRandom(seed: number): Random {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return { next, int: (below) => Math.floor(next() * below) };
}

/** A seed that the data determines, so the same data gives the same figures on every run, machine and device:
 *  FNV-1a over the numbers, which count to a thousandth. */
export function seedOf(numbers: Iterable<number>): number {
  let hash = 0x811c9dc5;
  for (const number of numbers) {
    let rest = Math.round(number * 1000) | 0;
    for (let byte = 0; byte < 4; byte++) {
      hash = Math.imul(hash ^ (rest & 0xff), 0x01000193);
      rest >>>= 8;
    }
  }
  return hash >>> 0;
}
