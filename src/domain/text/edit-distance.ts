/** Longest text that is compared, in UTF-16 units: the cost grows with the product of both lengths. */
const MAX_COMPARED_UNITS = 40;

/** How many letters must be exchanged, added, left out or swapped with their neighbour to make one text of the other
 *  (optimal string alignment). Infinity where one of them is longer than 40 characters. */
export function editDistance(one: string, other: string): number {
  if (Math.max(one.length, other.length) > MAX_COMPARED_UNITS) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped) cost = Math.min(cost, beforeLast[column - 2]! + 1);
      current.push(cost);
    }
    [beforeLast, last] = [last, current];
  }
  return last[other.length]!;
}
