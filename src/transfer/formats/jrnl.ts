import type { ImportItem, Place } from "../../entries/import/draft.ts";
import { isObject, itemsOf, textOf, textsOf } from "../reading/json-value.ts";
import { atWallTime, wallTime } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import { parseSheetDate } from "../reading/sheet-dates.ts";
import type { Format, ReadOptions } from "./format.ts";

/** `[2025-06-28 06:22:00 PM] Title`: a day and a time in brackets, in the form that the person has chosen. */
const HEAD = /^\[(\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[T, ]+\d{1,2}[:.]\d{2}[^\]]*)\](?: (.*))?$/;

/** jrnl, as JSON and as the journal itself. It knows no moods, so a tag like @mood4 is one. */
export const JRNL: Format = {
  name: "jrnl",
  title: "jrnl",
  detect: (content) =>
    content.kind === "text"
      ? HEAD.test(content.text.firstLine)
      : content.kind === "json" &&
        isObject(content.value) &&
        isObject(content.value.tags) &&
        Array.isArray(content.value.entries),
  read(content, options) {
    if (content.kind === "text") return { items: journalItems(content.text.pieces(), options) };
    const list = content.kind === "json" && isObject(content.value) ? content.value.entries : [];
    return { items: jsonItems(list, options) };
  },
};

interface Entry {
  place: Place;
  /** Null for a time that does not exist. */
  wallMs: number | null;
  title: string;
  body: string;
  tags: readonly string[];
  isStarred: boolean;
}

function* jsonItems(list: unknown, options: ReadOptions): Generator<ImportItem, void> {
  for (const [item, entry] of itemsOf(list)) {
    const { date, time, title, body, tags, starred } = entry ?? {};
    const text = `${textOf(date)} ${textOf(time)}`;
    const [titleText, bodyText] = [textOf(title), textOf(body)];
    yield* entryItems(
      {
        place: { item },
        wallMs: wallTimeOf(text, options),
        title: titleText,
        body: bodyText,
        tags: Array.isArray(tags) ? textsOf(tags) : tagsOf(`${titleText}\n${bodyText}`),
        isStarred: starred === true,
      },
      options,
    );
  }
}

function* journalItems(pieces: Iterable<string>, options: ReadOptions): Generator<ImportItem, void> {
  let head: { line: number; date: string; title: string } | null = null;
  let body: string[] = [];
  let line = 0;
  function* finished(): Generator<ImportItem, void> {
    if (!head) return;
    const text = body.join("\n").trim();
    yield* entryItems(
      {
        place: { line: head.line },
        wallMs: wallTimeOf(head.date, options),
        title: head.title.replace(/ \*$/, ""),
        body: text,
        tags: tagsOf(`${head.title}\n${text}`),
        isStarred: head.title.endsWith(" *"),
      },
      options,
    );
  }
  for (const text of linesOf(pieces)) {
    line += 1;
    const [match, date, title = ""] = HEAD.exec(text) ?? [];
    if (match === undefined) {
      body.push(text);
      continue;
    }
    yield* finished();
    head = { line, date: date!, title };
    body = [];
  }
  yield* finished();
}

function* linesOf(pieces: Iterable<string>): Generator<string, void> {
  let rest = "";
  for (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest.replace(/\r$/, "");
}

function wallTimeOf(text: string, { dateOrder }: ReadOptions): number | null {
  const date = parseSheetDate(text, dateOrder ?? "mdy");
  return date?.day && date.clock ? wallTime(date.day, date.clock) : null;
}

/** A tag begins a word, and has a sign before it. */
function tagsOf(text: string): string[] {
  return [...text.matchAll(/(?<=^|\s)[@#][-+*#/\w\p{L}]+/gu)].map(([tag]) => tag);
}

function* entryItems(
  { place, wallMs, title, body, tags, isStarred }: Entry,
  { clock, moodTag = "mood" }: ReadOptions,
): Generator<ImportItem, void> {
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const word = moodTag.replace(/^[@#]/, "").toLowerCase();
  const levels = new Set<string>();
  const others: string[] = [];
  for (const tag of tags) {
    const name = tag.slice(1);
    const level = name.toLowerCase().startsWith(word)
      ? /^[-/+*]?(\d+)$/.exec(name.slice(word.length))?.[1]
      : undefined;
    if (level === undefined) others.push(name);
    else levels.add(level);
  }
  if (levels.size === 0) return yield { kind: "skipped", what: "entries without a mood" };
  if (wallMs === null) return yield problem("no_such_time", "There is no such day or time.");
  if (levels.size > 1) return yield problem("several_moods", "The entry has several moods.");
  const [level] = levels;
  if (!/^[1-5]$/.test(level!)) return yield problem("invalid_mood", "The mood is none from 1 to 5.");
  yield {
    kind: "mood",
    place,
    at: yield* atWallTime(clock, wallMs, place),
    value: Number(level),
    activities: others,
    note: noteOf(title, body),
    details: isStarred ? { starred: true } : {},
  };
}
