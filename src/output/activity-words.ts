import { counted } from "./number-words.ts";

/** "needs 2 more days", with them unless it says without. */
export function needsWords({ moreWith, moreWithout }: { moreWith: number; moreWithout: number }): string {
  const needs = moreWith > 0 ? [`needs ${counted(moreWith, "more day")}`] : [];
  const without = moreWithout > 0 ? [`needs ${counted(moreWithout, "more day")} without`] : [];
  return [...needs, ...without]
    .join(", ")
    .replace(", needs", " and")
    .replace(/^needs (\d+) more days? and/, "needs $1 more with and");
}
