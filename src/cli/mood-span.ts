import { MoodsyncError } from "../domain/moodsync-error.ts";
import { type MoodSpan, moodSpan } from "../figures/mood-span.ts";
import { parsePeriod, todayOf } from "../input/period.ts";
import type { Context } from "./context.ts";
import { calendarOf } from "./preferences.ts";

/** Reads a period as `parsePeriod` does; `fallback` holds where none was typed. Throws `invalid_input`, also for
 *  one that begins after today. */
export async function readMoodSpan(
  context: Context,
  typed: string | undefined,
  fallback: string,
): Promise<MoodSpan> {
  const calendar = calendarOf(context);
  const options = { ...calendar, nowMs: context.nowMs() };
  const period = await parsePeriod(typed ?? fallback, options);
  const today = todayOf(options);
  if (period.from !== null && period.from > today) {
    throw new MoodsyncError("invalid_input", "That period has not begun.", {
      hint: "`30d`, `month` and `2026-03..` are periods that end today.",
    });
  }
  return moodSpan(await context.databaseToRead(), period, { today, ...calendar });
}
