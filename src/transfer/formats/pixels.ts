import type { ImportItem } from "../../entries/import/draft.ts";
import { isObject, itemsOf, textOf, textsOf } from "../reading/json-value.ts";
import { atWallTime, parseIsoTime } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import type { Format, ReadOptions } from "./format.ts";

type Day = Record<string, unknown>;

/** Pixels, also called Year in Pixels: an object a day, in three shapes by age. */
export const PIXELS: Format = {
  name: "pixels",
  title: "Pixels",
  detect: (content) => content.kind === "json" && Array.isArray(content.value) && content.value.some(isDay),
  read: (content, options) => ({ items: content.kind === "json" ? items(content.value, options) : [] }),
};

function isDay(value: unknown): boolean {
  if (!isObject(value) || !("date" in value) || "dateTime" in value) return false;
  return "scores" in value || Array.isArray(value.entries) || ("mood" in value && !("text" in value));
}

function* items(days: unknown, options: ReadOptions): Generator<ImportItem, void> {
  for (const [item, day] of itemsOf(days)) {
    if (!day) yield { kind: "problem", place: { item }, code: "no_entry", message: "This is no day." };
    else if (!Array.isArray(day.entries))
      yield* dayItems(day, { item, dayText: day.date, first: 1, options });
    else if (day.entries.length === 0) yield noScore(item);
    else {
      let first = 1;
      for (const entry of day.entries) {
        const inner = isObject(entry) ? entry : {};
        yield* dayItems(inner, { item, dayText: day.date, first, options });
        first += scoresOf(inner).length;
      }
    }
  }
}

function noScore(item: number): ImportItem {
  return { kind: "problem", place: { item }, code: "no_mood", message: "The day has no score." };
}

function* dayItems(
  day: Day,
  given: { item: number; dayText: unknown; first: number; options: ReadOptions },
): Generator<ImportItem, void> {
  const { item, dayText, first, options } = given;
  const place = { item };
  if (day.type !== undefined && day.type !== "Mood") {
    return yield { kind: "skipped", what: textOf(day.type) || "entries of another type" };
  }
  const time = parseIsoTime(textOf(dayText).slice(0, 10));
  if (!time) {
    return yield { kind: "problem", place, code: "no_such_day", message: "There is no such day." };
  }
  const scores = scoresOf(day);
  if (scores.length === 0) return yield noScore(item);
  if (!scores.every((score) => Number.isInteger(score) && (score as number) >= 1 && (score as number) <= 5)) {
    return yield {
      kind: "problem",
      place,
      code: "invalid_mood",
      message: "A score is no whole number from 1 to 5.",
    };
  }
  const at = yield* atWallTime(options.clock, time.wallMs, place);
  const emotions = textsOf(day.emotions);
  const tags = [...itemsOf(day.tags)].flatMap(([, tag]) => textsOf(tag?.entries));
  for (const [index, score] of scores.entries()) {
    yield {
      kind: "mood",
      place,
      at,
      value: score as number,
      activities: [...tags, ...emotions],
      note: index === 0 ? noteOf(textOf(day.notes)) : null,
      sourceId: `${textOf(dayText)} ${first + index}`,
      details: typeof day.isHighlighted === "boolean" ? { isHighlighted: day.isHighlighted } : {},
    };
  }
}

function scoresOf(day: Day): readonly unknown[] {
  if (Array.isArray(day.scores)) return day.scores;
  return [day.value, day.mood].filter((score) => score !== undefined);
}
