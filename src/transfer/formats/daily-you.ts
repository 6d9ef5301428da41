import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { ImportItem } from "../../entries/import/draft.ts";
import { openSqlite } from "../../files/open-sqlite.ts";
import { isObject, itemsOf, textOf } from "../reading/json-value.ts";
import { atIsoTime, parseIsoTime } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import type { Format, ReadOptions } from "./format.ts";

const DATABASE = "daily_you.db";

/** Daily You: JSON of older versions, and the zip of today with a database in it. */
export const DAILY_YOU: Format = {
  name: "daily-you",
  title: "Daily You",
  zipEntry: DATABASE,
  detect: (content) =>
    (content.kind === "zip" && content.entry === DATABASE) ||
    (content.kind === "json" &&
      Array.isArray(content.value) &&
      content.value.some(
        (entry) => isObject(entry) && "text" in entry && "mood" in entry && "timeModified" in entry,
      )),
  read(content, options) {
    if (content.kind === "zip") return { items: items(entriesOfDatabase(content.bytes), options) };
    return { items: content.kind === "json" ? items(entriesOfList(content.value), options) : [] };
  },
};

interface Entry {
  item: number;
  text: unknown;
  mood: unknown;
  created: unknown;
  tags: readonly string[];
  images: number;
}

function* entriesOfList(list: unknown): Generator<Entry, void> {
  for (const [item, entry] of itemsOf(list)) {
    const { text, mood, timeCreated, images, imgPath } = entry ?? {};
    const count = Array.isArray(images) ? images.length : textOf(imgPath) === "" ? 0 : 1;
    yield { item, text, mood, created: timeCreated, tags: [], images: count };
  }
}

/** The rows by their number, read from memory. Nothing of the file's schema runs. */
function entriesOfDatabase(bytes: Buffer): Entry[] {
  const isLogged = bytes.length > 19 && bytes[18] === 2;
  // Its log lies beside it, and not in the zip: what is in the file is what it holds.
  if (isLogged) bytes.fill(1, 18, 20);
  try {
    const db = openSqlite(bytes);
    db.pragma("trusted_schema = OFF");
    db.pragma("query_only = ON");
    const entries = db.prepare("select id, text, mood, time_create from entries order by id").all() as Row[];
    const tags = db
      .prepare(
        `select entry_tags.entry_id, tags.name
         from entry_tags join tags on tags.id = entry_tags.tag_id
         where tags.tag_type = 0
         order by entry_tags.entry_id, tags.id`,
      )
      .all() as { entry_id: unknown; name: unknown }[];
    db.close();
    const tagsById = groupedNames(tags);
    return entries.map(({ id, text, mood, time_create }, index) => ({
      item: index + 1,
      text,
      mood,
      created: time_create,
      tags: tagsById.get(id) ?? [],
      images: 0,
    }));
  } catch (cause) {
    throw new MoodsyncError("invalid_input", "The database in the backup of Daily You cannot be read.", {
      hint: "Make a new backup there. Nothing was changed.",
      cause,
    });
  }
}

interface Row {
  id: unknown;
  text: unknown;
  mood: unknown;
  time_create: unknown;
}

function groupedNames(tags: readonly { entry_id: unknown; name: unknown }[]): Map<unknown, string[]> {
  const names = new Map<unknown, string[]>();
  for (const { entry_id, name } of tags) {
    const known = names.get(entry_id) ?? [];
    known.push(textOf(name));
    names.set(entry_id, known);
  }
  return names;
}

function* items(entries: Iterable<Entry>, { clock }: ReadOptions): Generator<ImportItem, void> {
  for (const { item, text, mood, created, tags, images } of entries) {
    const place = { item };
    const problem = (code: string, message: string): ImportItem => ({
      kind: "problem",
      place,
      code,
      message,
    });
    for (let image = 0; image < images; image++) yield { kind: "skipped", what: "images" };
    if (mood === null || mood === undefined) {
      yield { kind: "skipped", what: "entries without a mood" };
      continue;
    }
    const time = parseIsoTime(textOf(created));
    if (!time) {
      yield problem("no_such_time", "There is no such day or time.");
      continue;
    }
    if (!Number.isInteger(mood) || Math.abs(mood as number) > 2) {
      yield problem("invalid_mood", "The mood is none from -2 to 2.");
      continue;
    }
    yield {
      kind: "mood",
      place,
      at: yield* atIsoTime(clock, time, place),
      value: (mood as number) + 3,
      activities: tags,
      note: noteOf(textOf(text)),
      details: { mood: (mood as number) + 0 },
    };
  }
}
