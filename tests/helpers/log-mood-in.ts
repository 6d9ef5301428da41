import { randomUUID } from "node:crypto";
import type Database from "better-sqlite3";
import { formatUtc } from "../../src/domain/time/timestamp.ts";
import { writeAs } from "../../src/local/versions/write.ts";

/** Stores one more mood, as the command would. */
export function logMoodIn(db: Database.Database, nowMs = Date.now()): void {
  writeAs(db, { name: "log mood", nowMs }, (writer) =>
    writer.put("MoodEntry", {
      id: randomUUID(),
      value: 3,
      activities: [],
      note: null,
      recorded_at: formatUtc(nowMs),
    }),
  );
}
