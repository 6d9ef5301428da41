/** The q of each p: the smallest false discovery rate at which it is among the discoveries (Benjamini and Hochberg
 *  1995, J R Stat Soc B 57:289). In the order of the given. */
export function qValues(ps: readonly number[]): number[] {
  const order = ps.map((_, index) => index).sort((a, b) => ps[b]! - ps[a]!);
  const qs = new Array<number>(ps.length);
  let smallest = 1;
  order.forEach((index, place) => {
    smallest = Math.min(smallest, (ps[index]! * ps.length) / (ps.length - place));
    qs[index] = smallest;
  });
  return qs;
}
