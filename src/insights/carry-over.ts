/** How much of a day's departure from its mean is left on the next day: the autocorrelation at one day, from pairs of
 *  days of which both have a value, with the bias of short series added back (Marriott and Pope 1954, Biometrika
 *  41:390). Kept within 0 and 0.9. 0 where fewer than ten pairs tell.
 *  `departures` holds one value a day of the calendar, NaN where there is none, with mean 0. */
export function carryOverOf(departures: Float64Array): number {
  let pairs = 0;
  let products = 0;
  let days = 0;
  let squares = 0;
  for (let at = 0; at < departures.length; at++) {
    const value = departures[at]!;
    if (Number.isNaN(value)) continue;
    days++;
    squares += value * value;
    const next = departures[at + 1];
    if (next === undefined || Number.isNaN(next)) continue;
    pairs++;
    products += value * next;
  }
  if (pairs < 10 || squares === 0) return 0;
  const raw = products / pairs / (squares / days);
  return Math.min(0.9, Math.max(0, raw + (1 + 3 * raw) / days));
}

/** A way to rid daily values of what the days before explain: each less what is left of the last one that has a value,
 *  in units that all have the same spread (Prais and Winsten 1954, with gaps). The same is done to whatever is compared
 *  with them, which makes generalised least squares of ordinary ones. The result has one number for each day with a
 *  value; `values` says which these are. */
export function createWhitening(
  values: Float64Array,
  carryOver: number,
): (series: ArrayLike<number>) => Float64Array {
  const present = Array.from(values.keys()).filter((at) => !Number.isNaN(values[at]!));
  const left = present.map((at, index) => (index === 0 ? 0 : carryOver ** (at - present[index - 1]!)));
  return (series) =>
    Float64Array.from(present, (at, index) => {
      const kept = left[index]!;
      const before = index === 0 ? 0 : series[present[index - 1]!]!;
      return (series[at]! - kept * before) / Math.sqrt(1 - kept * kept);
    });
}
