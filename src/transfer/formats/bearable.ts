import type { ImportItem } from "../../entries/import/draft.ts";
import { type AppRow, appRows, hasColumns } from "../reading/app-rows.ts";
import { atWallTime, MIDDAY, parseClock, wallTime } from "../reading/local-clock.ts";
import { noteOf } from "../reading/note-of.ts";
import { levelOnScale } from "../reading/scale.ts";
import { englishDay, isoDay } from "../reading/written-dates.ts";
import type { Format, ReadOptions } from "./format.ts";

const isHeading = (cells: readonly string[]) => hasColumns(cells, ["category", "rating/amount"]);
const SCALE = { min: 1, max: 10 };

/** When a part of the day is, where a mood has no clock time. */
const HOUR_BY_PART: Record<string, number> = { pre: 6, am: 9, mid: 13, pm: 20, "all day": 12, "": 12 };

/** Bearable: a row a reading, of which only moods are entries. */
export const BEARABLE: Format = {
  name: "bearable",
  title: "Bearable, CSV",
  detect: (content) => content.kind === "text" && isHeading(content.text.table().heading),
  read: (content, options) => ({
    items: content.kind === "text" ? items(appRows(content.text.table(), { isHeading }), options) : [],
  }),
};

function* items(rows: Iterable<AppRow | ImportItem>, options: ReadOptions): Generator<ImportItem, void> {
  for (const row of rows) {
    if (row.kind !== "row") yield row;
    else if (row.cell("category").trim().toLowerCase() === "mood") yield* entry(row, options);
    else yield { kind: "skipped", what: row.cell("category").trim() || "rows without a category" };
  }
}

function* entry({ line, cell }: AppRow, { clock }: ReadOptions): Generator<ImportItem, void> {
  const place = { line };
  const problem = (code: string, message: string): ImportItem => ({ kind: "problem", place, code, message });
  const day = englishDay(cell("date")) ?? isoDay(cell("date"));
  const time = timeOf(cell("time of day"));
  const wallMs = day && time && wallTime(day, time);
  if (!day || (time && wallMs === null)) return yield problem("no_such_day", "There is no such day.");
  if (wallMs === null) return yield problem("no_such_time", "There is no such time of day.");
  const rating = cell("rating/amount").trim();
  if (rating === "") return yield problem("no_mood", "The mood has no rating.");
  const value = /^\d+([.,]\d+)?$/.test(rating) ? levelOnScale(Number(rating.replace(",", ".")), SCALE) : null;
  if (value === null) return yield problem("invalid_mood", "The rating is no number from 1 to 10.");
  const at = yield* atWallTime(clock, wallMs, place);
  yield {
    kind: "mood",
    place,
    at,
    value,
    activities: [],
    note: noteOf(cell("notes")),
    feelings: cell("detail")
      .split("|")
      .map((word) => word.trim())
      .filter((word) => word !== ""),
    details: { rating },
  };
}

function timeOf(text: string): readonly [number, number, number] | null {
  const hour = HOUR_BY_PART[text.trim().toLowerCase()];
  if (hour === 12) return MIDDAY;
  return hour === undefined ? parseClock(text) : [hour, 0, 0];
}
