import { twelveMonthsTo } from "../../figures/mood-figures.ts";
import { shiftMonths } from "../../input/calendar.ts";
import type { Period } from "../../input/period-words.ts";

/** What a page of the insights looks at: one of the usual spans until today, or an earlier one of the same length. */
export interface ShownPeriod {
  kind: "30 days" | "90 days" | "1 year" | "all";
  /** How many spans before the one that ends today. */
  back: number;
}

const KINDS = ["30 days", "90 days", "1 year", "all"] as const;

/** The period after a key: longer ones to the left, and past the longest that ends, earlier ones; back again to the
 *  right. `first` is the first day with an entry. */
export function turned(period: ShownPeriod, step: -1 | 1, { first, today }: Days): ShownPeriod {
  const at = KINDS.indexOf(period.kind);
  if (step === 1) {
    if (period.back > 0) return { ...period, back: period.back - 1 };
    return { kind: KINDS[Math.max(0, at - 1)]!, back: 0 };
  }
  if (period.back === 0 && period.kind !== "all") return { kind: KINDS[at + 1]!, back: 0 };
  const earlier: ShownPeriod = {
    kind: period.kind === "all" ? "1 year" : period.kind,
    back: period.back + 1,
  };
  return daysOfPeriod(earlier, today).to! >= first ? earlier : period;
}

/** The twelve months after a key, as far back as there are entries. */
export function turnedYear(period: ShownPeriod, step: -1 | 1, { first, today }: Days): ShownPeriod {
  const next = { ...period, back: Math.max(0, period.back - step) };
  const { to } = twelveMonthsTo(daysOfPeriod(next, today).to!, today);
  return to >= first ? next : period;
}

interface Days {
  first: number;
  today: number;
}

/** Its days. */
export function daysOfPeriod({ kind, back }: ShownPeriod, today: number): Period {
  if (kind === "all") return { from: null, to: today };
  if (kind === "1 year") {
    return { from: shiftMonths(today, -12 * (back + 1)) + 1, to: shiftMonths(today, -12 * back) };
  }
  const length = kind === "30 days" ? 30 : 90;
  return { from: today - length * (back + 1) + 1, to: today - length * back };
}

/** Its name: "90 days", or its months where it does not end today. */
export function periodName(period: ShownPeriod, monthsOf: (days: Period) => string, today: number): string {
  return period.back === 0 ? period.kind : monthsOf(daysOfPeriod(period, today));
}
