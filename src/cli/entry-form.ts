import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import type { Schedule } from "../domain/entities/schedule.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { activitiesById } from "../local/queries/activities.ts";
import { listHistory } from "../local/versions/history.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import type { EditOptions } from "./edit-options.ts";

/** A field of the form: the option of `edit` that it stands for, and what it holds. */
type FormField = readonly [option: Exclude<keyof EditOptions, "json" | "quiet" | "create">, text: string];

/** Below this line all is the note, as it is. */
const NOTE_LINE = "note:";
const ADDED_SIGN = "+";
const REMOVED_SIGN = "-";

/** The line that says of what version a form was made, by its content hash. */
const VERSION_LINE = /^# Version ([0-9a-f]{16})\b.*$/m;
const versionLine = (hash: string) => `# Version ${hash}; leave this line as it is.`;

/** An entry as a small form for an editor: a field a line, its note at the end. */
export function entryForm(db: Database.Database, row: StoredRow, title: string): string {
  const fields = fieldsOf(db, row).map(([name, text]) => `${lineName(name)}: ${text}`);
  const isMood = row.entityType === "MoodEntry";
  const more = isMood ? ["# One activity a line; a new line adds one.", "activity:"] : [];
  const note = isMood ? ["", NOTE_LINE, (row.entity as MoodEntry).note ?? ""] : [];
  return [
    `# ${title}`,
    "# Change what is wrong, save and close. What stays as it is changes nothing; lines with # are left out.",
    versionLine(row.contentHash),
    "",
    ...fields,
    ...more,
    ...note,
    "",
  ].join("\n");
}

/** What a form changes, as the options of `edit` say it, and which of that somebody else has changed since the form was
 *  made: all of it where that version is no longer known. Throws `invalid_input` for a line that is no field. */
export function readEntryForm(
  db: Database.Database,
  row: StoredRow,
  form: string,
): { options: EditOptions; changedSince: string[] } {
  const madeFrom = VERSION_LINE.exec(form)?.[1];
  const past = [row, ...listHistory(db, row.entityType, row.id)].find(
    ({ contentHash, deleted }) => contentHash === madeFrom && !deleted,
  );
  const base = past && { ...row, entity: past.content };
  const options = changesOf(db, base ?? row, form);
  const [before, standing] = [base && textsOf(db, base), textsOf(db, row)];
  const changedSince = (Object.keys(options) as FormField[0][]).filter((name) => {
    // Activities are added and taken away one by one, so both may do that.
    if (!before || name === "activity") return !before;
    return standing.get(name) !== before.get(name) && standing.get(name) !== options[name];
  });
  return { options, changedSince: changedSince.map(lineName) };
}

/** What each field holds; of activities only the last. */
function textsOf(db: Database.Database, row: StoredRow): ReadonlyMap<string, string> {
  return new Map([...fieldsOf(db, row), ["note", noteOf(row)]]);
}

/** The note of a mood as it comes back from an editor. */
function noteOf({ entity }: StoredRow): string {
  return ((entity as MoodEntry).note ?? "").replaceAll("\r\n", "\n").trimEnd();
}

/** A form as if it had been made from the version that stands now. */
export function formOfVersion({ contentHash }: StoredRow, form: string): string {
  const line = versionLine(contentHash);
  return VERSION_LINE.test(form) ? form.replace(VERSION_LINE, line) : `${line}\n${form}`;
}

function changesOf(db: Database.Database, row: StoredRow, form: string): EditOptions {
  const isMood = row.entityType === "MoodEntry";
  const lines = form.split(/\r?\n/);
  const noteAt = isMood ? lines.findIndex((line) => line.trimEnd() === NOTE_LINE) : -1;
  const head = noteAt === -1 ? lines : lines.slice(0, noteAt);
  const before = fieldsOf(db, row);
  const names = new Set(before.map(([name]) => name));
  if (isMood) names.add("activity");
  const after = head
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => fieldIn(line, names));
  const options: EditOptions = {};
  for (const [name, text] of before) {
    if (name === "activity") continue;
    const typed = after.find(([other]) => other === name)?.[1];
    if (typed !== undefined && typed !== text) Object.assign(options, { [name]: typed });
  }
  const labels = (fields: readonly FormField[]) =>
    fields.filter(([name, text]) => name === "activity" && text !== "").map(([, text]) => text);
  const [had, has] = [labels(before), labels(after)];
  const activity = [
    ...has.filter((label) => !had.includes(label)).map((label) => ADDED_SIGN + label),
    ...had.filter((label) => !has.includes(label)).map((label) => REMOVED_SIGN + label),
  ];
  if (activity.length > 0) options.activity = activity;
  if (noteAt === -1) return options;
  const note = lines
    .slice(noteAt + 1)
    .join("\n")
    .trimEnd();
  if (note !== noteOf(row)) options.note = note;
  return options;
}

function fieldIn(line: string, names: ReadonlySet<FormField[0]>): FormField {
  const at = line.indexOf(":");
  const typed = line.slice(0, at).trim();
  const name = [...names].find((one) => lineName(one) === typed);
  if (at > 0 && name) return [name, line.slice(at + 1).trim()];
  throw new MoodsyncError("invalid_input", "A line of the form is no field of the entry.", {
    hint: `Its fields are ${[...names].map(lineName).join(", ")}; what follows "${NOTE_LINE}" is the note.`,
  });
}

function fieldsOf(db: Database.Database, row: StoredRow): FormField[] {
  const entityType: EntityType = row.entityType;
  switch (entityType) {
    case "MoodEntry": {
      const mood = row.entity as MoodEntry;
      const byId = activitiesById(db);
      const labels = mood.activities.flatMap((id) => {
        const activity = byId.get(id);
        return activity && activity.metadata.deleted_at === null ? [activity.label] : [];
      });
      const activities = [...new Set(labels)].map((label): FormField => ["activity", label]);
      return [["value", String(mood.value)], ["at", mood.recorded_at], ...activities];
    }
    case "AssessmentEntry": {
      const entry = row.entity as AssessmentEntry;
      const result: FormField = entry.answers
        ? ["answers", entry.answers.map((answer) => answer ?? "-").join(",")]
        : ["score", String(entry.score)];
      return [["at", entry.taken_at], result, ["difficulty", String(entry.difficulty ?? "")]];
    }
    case "Activity": {
      const { label, color_hex, icon } = row.entity as Activity;
      return [
        ["label", label],
        ["color", color_hex ?? ""],
        ["icon", icon ?? ""],
      ];
    }
    case "Schedule": {
      const { frequency, next_due_at, enabled } = row.entity as Schedule;
      return [
        ["frequency", frequency.toLowerCase()],
        ["nextDue", next_due_at ?? ""],
        ["enabled", enabled ? "yes" : "no"],
      ];
    }
  }
}

/** As the option is typed. */
function lineName(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
