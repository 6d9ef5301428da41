import type Database from "better-sqlite3";
import { moodName } from "../domain/entities/mood-name.ts";
import { activityLabels } from "../local/queries/activities.ts";
import { monthName } from "../output/day-words.ts";
import { formatLongDate } from "../output/moment.ts";
import { terminalText } from "../output/terminal-text.ts";
import { type ClockedEntry, entriesByClock } from "./entries-by-clock.ts";
import type { Piece } from "./piece.ts";

/** A month of a diary as Markdown. */
export interface MonthPieces {
  /** "2026-11" */
  month: string;
  pieces: Iterable<Piece>;
}

/** The live moods and assessments as a diary, a month after the other, oldest first. The pieces of a month are read before
 *  those of the next. */
export function* markdownExport(db: Database.Database): Generator<MonthPieces, void> {
  const labels = activityLabels(db);
  const entries = entriesByClock(db);
  let next = entries.next();
  try {
    while (!next.done) {
      const month = monthOf(next.value);
      yield { month, pieces: monthPieces() };
    }
  } finally {
    entries.return();
  }

  function* monthPieces(): Generator<Piece, void> {
    const first = next.value as ClockedEntry;
    const [year, month] = monthOf(first).split("-").map(Number);
    yield { text: `# ${monthName(month! - 1, true)} ${year}\n`, entries: 0 };
    let day = "";
    while (!next.done && monthOf(next.value) === monthOf(first)) {
      const isNewDay = dayOf(next.value) !== day;
      day = dayOf(next.value);
      const heading = isNewDay ? `\n## ${formatLongDate({ ms: Date.parse(day), offsetMinutes: 0 })}\n` : "";
      yield { text: `${heading}${entryText(next.value, labels)}`, entries: 1 };
      next = entries.next();
    }
  }
}

/** Each entry counts for the day on its own clock. */
function dayOf({ time }: ClockedEntry): string {
  return time.slice(0, 10);
}

function monthOf({ time }: ClockedEntry): string {
  return time.slice(0, 7);
}

function entryText(entry: ClockedEntry, labels: ReadonlyMap<string, string>): string {
  const clock = entry.time.slice(11, 16);
  if (entry.entityType === "AssessmentEntry") {
    const { assessment_type, score, severity } = entry.entity;
    const result = severity === "" ? String(score) : `${score}, ${literal(severity)}`;
    return `\n**${clock}** ${literal(assessment_type)}: ${result}\n`;
  }
  const { value, activities, note } = entry.entity;
  const names = [...new Set(activities.map((id) => literal(labels.get(id) ?? "unknown activity")))];
  const line = `**${clock}** ${value} ${moodName(value)}${names.length > 0 ? ` (${names.join(", ")})` : ""}`;
  return `\n${line}\n${note === null ? "" : `\n${quoted(note)}\n`}`;
}

/** A text that means nothing in Markdown, nor in the HTML that is made of it. */
function literal(text: string): string {
  return terminalText(text.replaceAll(/\s+/g, " ")).replaceAll(/[\\`*_[\]<>&#~|!]/g, "\\$&");
}

/** A note as it was written, its lines kept, each as a line of a quotation. */
function quoted(note: string): string {
  const lines = note.split("\n").map(literal);
  return lines
    .map((line, index) => `> ${line}${index < lines.length - 1 && line !== "" ? "\\" : ""}`)
    .join("\n");
}
