import type { ImportItem } from "../../entries/import/draft.ts";
import { type AppRow, appRows, hasColumns, itemsOfRows, otherColumns } from "../reading/app-rows.ts";
import { atWallTime, parseClock, wallTime } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import { englishDay } from "../reading/written-dates.ts";
import type { Format, ReadOptions } from "./format.ts";

const TAGS = ["tags (people)", "tags (places)", "tags (events)"];
const KNOWN = new Set([
  "date",
  "mood",
  "mood key",
  "mood keys",
  ...TAGS,
  "notes",
  "reflections",
  "takeaways",
]);

const isHeading = (cells: readonly string[]) =>
  hasColumns(cells, ["date", "mood"]) &&
  (hasColumns(cells, ["mood key"]) || hasColumns(cells, ["mood keys"]));

/** How We Feel: some 140 words and no number, so the person says their levels by the keys, which no language changes. */
export const HOW_WE_FEEL: Format = {
  name: "how-we-feel",
  title: "How We Feel, CSV",
  detect: (content) => content.kind === "text" && isHeading(content.text.table().heading),
  read(content, options) {
    if (content.kind !== "text") return { items: [] };
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
  const wallMs = wallTimeOf(cell("date"));
  if (wallMs === null) return yield problem("no_such_time", "There is no such day or time.");
  const keys = listOf(cell("mood keys") || cell("mood key"));
  const [key] = keys;
  if (key === undefined) return yield problem("no_mood", "The row has no key of a mood.");
  const value = moods.levelOf(key);
  if (value === undefined) {
    yield { kind: "unmapped", name: key };
    return yield problem(
      "unknown_mood",
      "The level of the mood is not known; --mood-map says it by the key.",
    );
  }
  const at = yield* atWallTime(clock, wallMs, place);
  const written = [cell("notes"), cell("reflections"), cell("takeaways")];
  yield {
    kind: "mood",
    place,
    at,
    value,
    activities: TAGS.flatMap((column) => listOf(cell(column))),
    note: noteOf(...written.map((text) => (text.trim() === "[]" ? "" : text))),
    feelings: listOf(cell("mood")),
    details: { keys, ...others() },
  };
}

/** "2025 Wed Jul 23 08:15 AM"; the weekday says nothing. */
function wallTimeOf(text: string): number | null {
  const [, year, day, clock] =
    /^(\d{4})\s+\S+\s+(\S+\s+\d{1,2}),?\s+(.+)$/.exec(text.replace(/[\u00a0\u202f]/g, " ").trim()) ?? [];
  const time = parseClock(clock ?? "");
  const date = englishDay(`${day} ${year}`);
  return time && date ? wallTime(date, time) : null;
}

function listOf(cell: string): string[] {
  return cell
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
