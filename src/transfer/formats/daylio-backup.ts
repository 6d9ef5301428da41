import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { MINUTE_MS } from "../../domain/time/durations.ts";
import type { ImportItem } from "../../entries/import/draft.ts";
import { htmlToText } from "../reading/html-note.ts";
import { isObject, itemsOf, jsonValue, textOf } from "../reading/json-value.ts";
import { noteOf } from "../reading/note-of.ts";
import type { Content, Format } from "./format.ts";

const BACKUP = "backup.daylio";

/** What Daylio keeps of everything, of Android and iOS: a zip with base64 of JSON, or what somebody unpacked of it. The
 *  person's PIN lies in it as plain text, so only what is named here is read. */
export const DAYLIO_BACKUP: Format = {
  name: "daylio-backup",
  title: "Daylio, backup",
  zipEntry: BACKUP,
  detect: (content) =>
    (content.kind === "zip" && content.entry === BACKUP) ||
    (content.kind === "json" &&
      isObject(content.value) &&
      ("dayEntries" in content.value || "customMoods" in content.value)),
  read: (content) => ({ items: items(backupOf(content)) }),
};

interface Backup {
  entries: unknown[];
  /** Lists of what has no place here. */
  others: Record<string, unknown>;
  moods: ReadonlyMap<unknown, Mood>;
  labels: ReadonlyMap<unknown, string>;
  groups: ReadonlyMap<unknown, string>;
}

interface Mood {
  group: unknown;
  name: string;
}

function backupOf(content: Content): Backup {
  const value =
    content.kind === "zip" ? unpacked(content.bytes) : content.kind === "json" ? content.value : null;
  if (!isObject(value) || !Array.isArray(value.dayEntries) || !Array.isArray(value.customMoods)) {
    throw new MoodsyncError("invalid_input", "The backup of Daylio holds no entries or no moods.", {
      hint: "Make a new backup in Daylio. Nothing was changed.",
    });
  }
  const groups = new Map([...itemsOf(value.tag_groups)].map(([, group]) => [group?.id, textOf(group?.name)]));
  const tags = [...itemsOf(value.tags)];
  const { goals, reminders, writingTemplates, achievements } = value;
  return {
    entries: value.dayEntries,
    others: { goals, reminders, templates: writingTemplates, achievements },
    moods: new Map(
      [...itemsOf(value.customMoods)].map(([, mood]) => [
        mood?.id,
        { group: mood?.mood_group_id, name: moodName(mood) },
      ]),
    ),
    labels: new Map(tags.map(([, tag]) => [tag?.id, textOf(tag?.name)])),
    groups: new Map(tags.map(([, tag]) => [tag?.id, groups.get(tag?.id_tag_group) ?? ""])),
  };
}

function unpacked(bytes: Buffer): unknown {
  const text = bytes.toString("latin1");
  return jsonValue(/^\s*\{/.test(text) ? bytes : Buffer.from(text, "base64"));
}

/** Its own five have a number, and perhaps another name. */
function moodName(mood: Record<string, unknown> | null): string {
  const name = textOf(mood?.custom_name);
  return name === "" || name === "null" ? `mood ${String(mood?.predefined_name_id ?? "")}` : name;
}

function* items({ entries, others, moods, labels, groups }: Backup): Generator<ImportItem, void> {
  for (const [what, list] of Object.entries(others)) {
    for (const _ of itemsOf(list)) yield { kind: "skipped", what };
  }
  for (const [item, entry] of itemsOf(entries)) {
    const place = { item };
    const problem = (code: string, message: string): ImportItem => ({
      kind: "problem",
      place,
      code,
      message,
    });
    if (!entry) {
      yield problem("no_entry", "This is no entry.");
      continue;
    }
    const { datetime, timeZoneOffset = 0, month } = entry;
    if (!isWhole(month, 0, 11)) {
      yield problem("no_such_day", "The month is none of a year.");
      continue;
    }
    if (
      !isWhole(datetime, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ||
      !isWhole(timeZoneOffset, -MAX_OFFSET_MS, MAX_OFFSET_MS)
    ) {
      yield problem("no_such_time", "The entry has no time.");
      continue;
    }
    const mood = moods.get(entry.mood);
    if (!mood || !isWhole(mood.group, 1, 5)) {
      yield problem("unknown_mood", "The mood of the entry is not among those of the backup.");
      continue;
    }
    const tags = Array.isArray(entry.tags) ? entry.tags : [];
    for (const tag of tags) if (!labels.has(tag)) yield { kind: "skipped", what: "unknown activities" };
    for (const _ of Array.isArray(entry.assets) ? entry.assets : [])
      yield { kind: "skipped", what: "photos" };
    const named = [...new Set(tags.map((tag) => groups.get(tag) ?? ""))].filter((group) => group !== "");
    yield {
      kind: "mood",
      place,
      at: { ms: datetime as number, offsetMinutes: Math.round((timeZoneOffset as number) / MINUTE_MS) },
      value: 6 - (mood.group as number),
      activities: tags.map((tag) => labels.get(tag) ?? ""),
      note: noteOf(htmlToText(textOf(entry.note_title)), htmlToText(textOf(entry.note))),
      // Two phones both count from 1; an edited entry keeps its time.
      sourceId: `${String(entry.id)} ${String(datetime)}`,
      details: {
        mood: mood.name,
        ...(named.length > 0 ? { groups: named } : {}),
        ...(typeof entry.isFavorite === "boolean" ? { isFavorite: entry.isFavorite } : {}),
      },
    };
  }
}

const MAX_OFFSET_MS = 24 * 60 * MINUTE_MS - 1;

function isWhole(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
