import { MoodsyncError } from "../domain/moodsync-error.ts";
import { namedZone } from "../input/named-zone.ts";
import { systemZone } from "../input/system-zone.ts";
import type { ColumnMeaning, DateOrder, ReadOptions } from "../transfer/formats/format.ts";
import { type MoodNames, NO_MOOD_NAMES } from "../transfer/reading/mood-names.ts";
import { parseScale } from "../transfer/reading/scale.ts";

/** What a person says about a file, as it is typed. */
export interface TypedReadOptions {
  tz?: string;
  moodMap?: string;
  scale?: string;
  dateOrder?: string;
  columns?: string;
  moodTag?: string;
}

/** The same as a format reads it. Throws `usage` for what cannot be meant, `invalid_input` as the mood map does. */
export async function readOptionsOf(typed: TypedReadOptions): Promise<ReadOptions> {
  const scale = typed.scale === undefined ? undefined : parseScale(typed.scale);
  if (scale === null) {
    throw new MoodsyncError("usage", "The scale is no range of numbers.", {
      hint: "Write its lowest and its highest value, like 1-10.",
    });
  }
  return {
    clock: { zone: typed.tz === undefined ? systemZone : namedZone(typed.tz) },
    moods: await moodNamesOf(typed.moodMap),
    scale,
    dateOrder: dateOrderOf(typed.dateOrder),
    columns: typed.columns === undefined ? undefined : columnMeanings(typed.columns),
    moodTag: typed.moodTag,
  };
}

async function moodNamesOf(file: string | undefined): Promise<MoodNames> {
  if (file === undefined) return NO_MOOD_NAMES;
  const { readMoodMap } = await import("../transfer/reading/mood-map-file.ts");
  return readMoodMap(file);
}

function dateOrderOf(typed: string | undefined): DateOrder | undefined {
  const order = typed?.trim().toLowerCase();
  if (order === undefined || order === "dmy" || order === "mdy" || order === "ymd") return order;
  throw new MoodsyncError("usage", "The order of a date is dmy, mdy or ymd.", {
    hint: "In 03/04/2025, dmy means 3 April and mdy means March 4.",
  });
}

const MEANINGS: readonly ColumnMeaning[] = ["date", "time", "mood", "tags", "note"];

/** Reads `date=Day,mood=How are you`. */
function columnMeanings(typed: string): Partial<Record<ColumnMeaning, string>> {
  const meanings = typed.split(",").map((part): [ColumnMeaning, string] => {
    const at = part.indexOf("=");
    const meaning = MEANINGS.find((one) => one === part.slice(0, at).trim().toLowerCase());
    const heading = part.slice(at + 1).trim();
    if (meaning && heading !== "") return [meaning, heading];
    throw new MoodsyncError("usage", "The columns are not named as they should be.", {
      hint: "Write a list like date=Day,mood=How; what can be named is date, time, mood, tags and note.",
    });
  });
  return Object.fromEntries(meanings);
}
