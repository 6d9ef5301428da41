import type { ImportItem, Place } from "../../entries/import/draft.ts";
import { isObject, itemsOf, textOf } from "../reading/json-value.ts";
import { atInstant } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import { levelOnScale } from "../reading/scale.ts";
import type { Format, ReadOptions, Scale } from "./format.ts";

/** Nomie 5 and 6: logs whose text names trackers, people and contexts. */
export const NOMIE: Format = {
  name: "nomie",
  title: "Nomie",
  detect: (content) =>
    content.kind === "json" &&
    isObject(content.value) &&
    ((isObject(content.value.nomie) && Array.isArray(content.value.events)) || isObject(content.value.files)),
  read(content, options) {
    const value = content.kind === "json" && isObject(content.value) ? content.value : {};
    const scale = options.scale ?? scaleOf(trackersOf(value)) ?? { min: 1, max: 10 };
    return { items: items(logsOf(value), { scale, options }) };
  },
};

/** Of 6 the books lie among the files, a few days each. */
function logsOf(value: Record<string, unknown>): unknown[] {
  if (Array.isArray(value.events)) return value.events;
  const files = isObject(value.files) ? Object.entries(value.files) : [];
  return files
    .filter(([path, logs]) => path.includes("/books/") && Array.isArray(logs))
    .flatMap(([, logs]) => logs as unknown[]);
}

function trackersOf(value: Record<string, unknown>): unknown {
  if (isObject(value.trackers)) return value.trackers;
  const files = isObject(value.files) ? Object.entries(value.files) : [];
  return files.find(([path]) => path.endsWith("trackers.json"))?.[1];
}

/** What the mood's own tracker says. */
function scaleOf(trackers: unknown): Scale | null {
  const mood = isObject(trackers) && isObject(trackers.mood) ? trackers.mood : {};
  const [min, max] = [Number(mood.min), Number(mood.max)];
  return mood.min !== undefined && mood.max !== undefined && min < max ? { min, max } : null;
}

function* items(logs: unknown[], given: { scale: Scale; options: ReadOptions }): Generator<ImportItem, void> {
  for (const [item, log] of itemsOf(logs)) yield* logItems(log ?? {}, { place: { item }, ...given });
}

function* logItems(
  log: Record<string, unknown>,
  { place, scale, options }: { place: Place; scale: Scale; options: ReadOptions },
): Generator<ImportItem, void> {
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const note = textOf(log.note) || textOf(log.notes);
  const rated = /(?:^|\s)#mood\(([^)]*)\)/i.exec(note);
  if (!rated) return yield { kind: "skipped", what: "logs without a mood" };
  const rating = /^\s*-?\d+(?:\.\d+)?\s*$/.test(rated[1]!) ? Number(rated[1]) : Number.NaN;
  const value = levelOnScale(rating, scale);
  if (value === null) return yield problem("invalid_mood", "The mood is no number of its tracker's scale.");
  const ms = log.end ?? log.start;
  if (!Number.isInteger(ms)) return yield problem("no_such_time", "The log has no time.");
  const { offset } = log;
  const isOffset = Number.isInteger(offset) && Math.abs(offset as number) < 24 * 60;
  yield {
    kind: "mood",
    place,
    // JavaScript's getTimezoneOffset: west of UTC is positive.
    at: isOffset
      ? { ms: ms as number, offsetMinutes: 0 - (offset as number) }
      : atInstant(options.clock, ms as number),
    value,
    activities: tagsOf(note),
    note: noteOf(note),
    sourceId: typeof log._id === "string" ? `${log._id} ${String(ms)}` : undefined,
    details: { mood: rating },
  };
}

function tagsOf(note: string): string[] {
  const tags = [...note.matchAll(/(?:^|\s)[#@+]([\p{L}\p{N}_-]+)/gu)].map(([, tag]) => tag!);
  return tags.filter((tag) => tag.toLowerCase() !== "mood");
}
