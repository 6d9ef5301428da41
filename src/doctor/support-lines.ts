import { RESOURCES_REVIEWED } from "../assessments/safety/resources.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import { type Finding, note, problem } from "./finding.ts";

const REVIEWED_DAYS = 365;

/** How old the list of support lines is. */
export function examineSupportLines(nowMs: number, moment: (ms: number) => string): Finding {
  const reviewedMs = Date.parse(RESOURCES_REVIEWED);
  const days = Math.floor((nowMs - reviewedMs) / DAY_MS);
  const text = `reviewed ${moment(reviewedMs)}, ${days === 1 ? "1 day" : `${days} days`} ago`;
  if (days <= REVIEWED_DAYS) return note("support lines", text);
  return problem("support lines", text, "Update moodsync: numbers change.");
}
