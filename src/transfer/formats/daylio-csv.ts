import type { ImportItem } from "../../entries/import/draft.ts";
import { type AppRow, appRows, hasColumns, itemsOfRows, otherColumns } from "../reading/app-rows.ts";
import { htmlToText } from "../reading/html-note.ts";
import { atWallTime, parseClock, wallTime } from "../reading/local-clock.ts";
import { moodNames } from "../reading/mood-names.ts";
import { noteOf } from "../reading/note-of.ts";
import { englishDay, isoDay } from "../reading/written-dates.ts";
import type { Format, ReadOptions } from "./format.ts";

/** Daylio's own names, from 5 to 1, of the languages in which public sources show all five; "fugly" stood for "bad" until
 *  2018, "einfach scheiße" for "lausig". Italian, and the older German one: MoodTools.kt of
 *  https://github.com/Belluxx/DaylioTools; Italian as well https://github.com/tanadelgigante/daylio-api-server. */
const NAMES_BY_LANGUAGE = {
  en: ["rad", "good", "meh", "bad", "awful"],
  de: ["super", "gut", "ok", "schlecht", "lausig"],
  fr: ["super", "bien", "mouais", "mauvais", "horrible"],
  it: ["ottimo", "buono", "cos\u00ec cos\u00ec", "male", "terribile"],
  ja: ["\u6700\u9ad8", "\u826f\u3044", "\u666e\u901a", "\u60aa\u3044", "\u6700\u60aa"],
};

const DAYLIO_MOODS = moodNames([
  ["fugly", 2],
  ["einfach schei\u00dfe", 1],
  ...Object.values(NAMES_BY_LANGUAGE).flatMap((names) =>
    names.map((name, index): [string, number] => [name, 5 - index]),
  ),
]);

/** `full_date` is that of the calendar in every language; `date` and `weekday` are in the app's. */
const KNOWN = new Set([
  "full_date",
  "year",
  "date",
  "weekday",
  "time",
  "mood",
  "activities",
  "note_title",
  "note",
]);

const isHeading = (cells: readonly string[]) =>
  hasColumns(cells, ["mood", "time", "activities"]) &&
  (hasColumns(cells, ["full_date"]) || hasColumns(cells, ["year", "date"]));

/** The table that Daylio exports, in its forms of 7, 8 and 9 columns. */
export const DAYLIO_CSV: Format = {
  name: "daylio-csv",
  title: "Daylio, CSV",
  detect: (content) => content.kind === "text" && isHeading(content.text.table().heading),
  read(content, options) {
    if (content.kind !== "text") throw new TypeError("not a text");
    const table = content.text.table();
    return {
      items: itemsOfRows(appRows(table, { isHeading, known: KNOWN }), (row) => entry(row, options)),
      columnsLeft: otherColumns(table.heading, KNOWN),
    };
  },
};

function* entry({ line, cell, others }: AppRow, { clock, moods }: ReadOptions): Generator<ImportItem, void> {
  const place = { line };
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const day = dayOf(cell("full_date"), cell("year"), cell("date"));
  if (!day) return yield problem("no_such_day", "There is no such day in the years 1900 to 9999.");
  const time = parseClock(cell("time"));
  if (!time) return yield problem("no_such_time", "There is no such time of day.");
  const wallMs = wallTime(day, time);
  if (wallMs === null) return yield problem("no_such_day", "There is no such day in the years 1900 to 9999.");
  const name = cell("mood").trim();
  if (name === "") return yield problem("no_mood", "The row has no mood.");
  const value = moods.levelOf(name) ?? DAYLIO_MOODS.levelOf(name);
  if (value === undefined) {
    yield { kind: "unmapped", name };
    return yield problem("unknown_mood", "The name of the mood is not known; --mood-map says its level.");
  }
  const at = yield* atWallTime(clock, wallMs, place);
  yield {
    kind: "mood",
    place,
    at,
    value,
    activities: cell("activities").split("|"),
    note: noteOf(htmlToText(cell("note_title")), htmlToText(cell("note"))),
    details: { mood: name, ...others() },
  };
}

function dayOf(fullDate: string, year: string, date: string): readonly [number, number, number] | null {
  const iso = isoDay(fullDate);
  if (iso) return iso;
  // What a German Excel makes of it.
  const dots = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(fullDate.trim());
  if (dots) return [+dots[3]!, +dots[2]!, +dots[1]!];
  return fullDate.trim() === "" ? englishDay(`${date} ${year}`) : null;
}
