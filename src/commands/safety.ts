import { findInstrument } from "../assessments/find-instrument.ts";
import type { SafetyNotice } from "../assessments/safety/notice.ts";
import { safetyNotice } from "../assessments/safety/notice.ts";
import { regionOf } from "../assessments/safety/region.ts";
import type { Context } from "./context.ts";

/** Shows the notice that a result calls for, and returns it for the JSON. Call it before the score is shown, and
 *  where it can be before the result is stored: a broken database must not keep it back. It ignores --quiet. */
export function showSafetyNotice(
  context: Context,
  entry: { assessment_type: string; score: number; answers?: readonly (number | null)[] },
): SafetyNotice | null {
  const notice = safetyNotice(findInstrument(entry.assessment_type), entry, regionOf(context.env));
  if (notice) context.stderr.write(`${notice.text}\n`);
  return notice;
}
