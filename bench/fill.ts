import { DAY_MS, HOUR_MS, MINUTE_MS } from "../src/domain/time/durations.ts";
import { logMoods } from "../src/entries/log-mood.ts";
import { openDatabase } from "../src/local/storage/database.ts";
import { databaseFile, locateHome } from "../src/local/storage/home.ts";

const WORDS =
  "slept ran walked worked rested talked cooked read rain sun river friends home late early calm".split(" ");

const ACTIVITIES = 30;

/** Logs `count` moods with notes of about 100 characters, one a minute until now, into the database of `home`. */
export function fillWithMoods(home: string, count: number): void {
  const db = openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  const nowMs = Date.now();
  const moods = Array.from({ length: count }, (_, i) => ({
    value: 1 + (i % 5),
    note: noteOf(i),
    recorded_at: new Date(nowMs - (count - i) * MINUTE_MS).toISOString(),
  }));
  logMoods({ db, nowMs, zone: () => 0 }, moods);
  db.close();
}

/** A note of about 100 characters; one after the other they differ. */
export function noteOf(i: number): string {
  return Array.from({ length: 17 }, (_, word) => WORDS[(i * 7 + word * word) % WORDS.length]).join(" ");
}

/** Logs `count` moods, `aDay` on each day until today; where that is one, with activities. */
export function fillWithDays(home: string, count: number, aDay: number): void {
  const db = openDatabase(databaseFile(locateHome({ MOODSYNC_HOME: home })));
  const nowMs = Date.now();
  const moods = Array.from({ length: count }, (_, at) => {
    const day = Math.floor(at / aDay);
    return {
      value: 1 + ((day * 7 + at) % 5),
      activities: { labels: aDay > 1 ? [] : labelsOf(day), createSimilar: true },
      recorded_at: new Date(nowMs - day * DAY_MS - (at % aDay) * HOUR_MS).toISOString(),
    };
  });
  logMoods({ db, nowMs, zone: () => 0 }, moods);
  db.close();
}

/** About a third of the activities. */
function labelsOf(day: number): string[] {
  return Array.from({ length: ACTIVITIES }, (_, at) => `activity ${at}`).filter(
    (_, at) => (day * 31 + at * 17 + day * at) % 3 === 0,
  );
}
