import { logAssessment } from "../../../src/entries/log-assessment.ts";
import { logMoods } from "../../../src/entries/log-mood.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../../../src/local/storage/home.ts";
import { INVENTED_YEAR } from "./invented-year.ts";

/** The evening of the last day of the invented year, in Berlin. */
export const EVENING_MS = Date.parse("2026-11-25T18:42:00+01:00");

const PHQ9: [string, number[]][] = [
  ["2026-03-12", [2, 2, 2, 1, 2, 2, 1, 1, 1]],
  ["2026-07-16", [1, 1, 1, 1, 1, 1, 0, 0, 0]],
  ["2026-10-08", [2, 1, 2, 1, 1, 1, 1, 1, 0]],
  ["2026-11-25", [1, 1, 1, 1, 1, 1, 0, 0, 0]],
];

/** Logs the invented year, with four PHQ-9, into the database of a home. */
export function logInventedYear(home: string): void {
  const db = openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  const entries = { db, nowMs: EVENING_MS, zone: () => 60 };
  const moods = INVENTED_YEAR.flatMap(({ day, counts, activities }) =>
    counts.flatMap((count, index) =>
      Array.from({ length: count }, () => ({
        value: index + 1,
        activities: { labels: activities, createSimilar: true },
        recorded_at: new Date(day * 86_400_000 + (17 * 60 + index) * 60_000).toISOString(),
      })),
    ),
  );
  logMoods(entries, moods);
  for (const [date, answers] of PHQ9) {
    logAssessment(entries, { assessment_type: "PHQ-9", answers, taken_at: `${date}T12:00:00+01:00` });
  }
  db.close();
}
