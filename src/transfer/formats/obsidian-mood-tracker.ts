import type { ImportItem, Place } from "../../entries/import/draft.ts";
import { isObject, itemsOf, textOf, textsOf } from "../reading/json-value.ts";
import { atIsoTime, parseIsoTime } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import type { Format, ReadOptions } from "./format.ts";

/** The file of the plugin Mood Tracker of Obsidian. */
export const OBSIDIAN_MOOD_TRACKER: Format = {
  name: "obsidian-mood-tracker",
  title: "Obsidian, Mood Tracker",
  detect: (content) =>
    content.kind === "json" &&
    Array.isArray(content.value) &&
    content.value.some((entry) => isObject(entry) && "moodRating" in entry && "dateTime" in entry),
  read: (content, options) => ({ items: content.kind === "json" ? items(content.value, options) : [] }),
};

function* items(list: unknown, options: ReadOptions): Generator<ImportItem, void> {
  for (const [item, entry] of itemsOf(list)) yield* entryItems(entry ?? {}, { item }, options);
}

function* entryItems(
  { id, dateTime, moodRating, emotions, note }: Record<string, unknown>,
  place: Place,
  { clock }: ReadOptions,
): Generator<ImportItem, void> {
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const time = parseIsoTime(textOf(dateTime));
  if (!time) return yield problem("no_such_time", "There is no such day or time.");
  if (!/^[1-5]$/.test(String(moodRating).trim())) {
    return yield problem("invalid_mood", "The rating is no whole number from 1 to 5.");
  }
  yield {
    kind: "mood",
    place,
    at: yield* atIsoTime(clock, time, place),
    value: Number(moodRating),
    activities: [],
    note: noteOf(textOf(note)),
    feelings: textsOf(emotions),
    sourceId: typeof id === "string" ? `${id} ${textOf(dateTime)}` : undefined,
  };
}
