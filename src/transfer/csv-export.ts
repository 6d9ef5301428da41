import type Database from "better-sqlite3";
import { moodName } from "../domain/entities/mood-name.ts";
import { activityLabels } from "../local/queries/activities.ts";
import { csvRow } from "../output/csv.ts";
import { terminalText } from "../output/terminal-text.ts";
import { type ClockedEntry, entriesByClock } from "./entries-by-clock.ts";
import type { Piece } from "./piece.ts";

const HEADING = [
  "date",
  "time",
  "entry",
  "mood",
  "mood_name",
  "activities",
  "score",
  "severity",
  "note",
  "recorded_at",
  "id",
];

/** A table for spreadsheets (RFC 4180): the live moods and assessments, one a row, oldest first. Dates and times are those
 *  of the clock of the place where an entry was written; activities have their names. */
export function* csvExport(db: Database.Database): Generator<Piece, void> {
  const labels = activityLabels(db);
  yield { text: row(HEADING), entries: 0 };
  for (const entry of entriesByClock(db)) yield { text: row(cellsOf(entry, labels)), entries: 1 };
}

type Cell = string | number | null;

/** What could act on a terminal is written out, in the text as everywhere. */
function row(cells: readonly Cell[]): string {
  return `${terminalText(csvRow(cells).slice(0, -1))}\r\n`;
}

function cellsOf(entry: ClockedEntry, labels: ReadonlyMap<string, string>): Cell[] {
  const [date, clock] = [entry.time.slice(0, 10), entry.time.slice(11, 16)];
  if (entry.entityType === "AssessmentEntry") {
    const { assessment_type, score, severity, id } = entry.entity;
    return [date, clock, assessment_type, null, null, null, score, severity, null, entry.time, id];
  }
  const { value, activities, note, id } = entry.entity;
  const names = [...new Set(activities.map((activity) => labels.get(activity) ?? "unknown activity"))];
  return [date, clock, "mood", value, moodName(value), names.join("; "), null, null, note, entry.time, id];
}
