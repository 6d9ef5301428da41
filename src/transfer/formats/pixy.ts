import type { ImportItem, Place } from "../../entries/import/draft.ts";
import { isObject, itemsOf, textOf, textsOf } from "../reading/json-value.ts";
import { atIsoTime, parseIsoTime } from "../reading/local-clock.ts";
import { moodNames } from "../reading/mood-names.ts";
import { noteOf } from "../reading/note-of.ts";
import type { Format, ReadOptions } from "./format.ts";

/** Seven words, spread over five levels as 1 to 7 is. */
const RATINGS = moodNames([
  ["extremely_bad", 1],
  ["very_bad", 2],
  ["bad", 2],
  ["neutral", 3],
  ["good", 4],
  ["very_good", 4],
  ["extremely_good", 5],
]);

/** Pixy. Its settings hold a passcode, so of them only tags are read. */
export const PIXY: Format = {
  name: "pixy",
  title: "Pixy",
  detect: (content) =>
    content.kind === "json" &&
    isObject(content.value) &&
    "version" in content.value &&
    typeof content.value.items === "object" &&
    content.value.items !== null,
  read(content, options) {
    const value = content.kind === "json" && isObject(content.value) ? content.value : {};
    const list = Array.isArray(value.items) ? value.items : Object.values(value.items ?? {});
    const settings = isObject(value.settings) ? value.settings : {};
    const tags = [...itemsOf(value.tags ?? settings.tags)];
    const titles = new Map(tags.map(([, tag]) => [tag?.id, textOf(tag?.title)]));
    return { items: items(list, { titles, options }) };
  },
};

interface Given {
  titles: ReadonlyMap<unknown, string>;
  options: ReadOptions;
}

function* items(list: unknown[], given: Given): Generator<ImportItem, void> {
  for (const [item, entry] of itemsOf(list)) yield* entryItems(entry ?? {}, { item }, given);
}

function* entryItems(
  entry: Record<string, unknown>,
  place: Place,
  { titles, options }: Given,
): Generator<ImportItem, void> {
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const { id, date, dateTime, rating, sleep, message, emotions, tags } = entry;
  const time = parseIsoTime(textOf(dateTime) || textOf(date));
  if (!time) return yield problem("no_such_time", "There is no such day or time.");
  const value = RATINGS.levelOf(textOf(rating));
  if (value === undefined)
    return yield problem("invalid_mood", "The entry has no rating, or an unknown one.");
  const quality = isObject(sleep) && typeof sleep.quality === "string" ? { sleep: sleep.quality } : {};
  yield {
    kind: "mood",
    place,
    at: yield* atIsoTime(options.clock, time, place),
    value,
    activities: [...itemsOf(tags)].map(([, tag]) => titles.get(tag?.id) ?? ""),
    note: noteOf(textOf(message)),
    feelings: textsOf(emotions),
    sourceId: typeof id === "string" ? `${id} ${textOf(dateTime) || textOf(date)}` : undefined,
    details: { rating, ...quality },
  };
}
