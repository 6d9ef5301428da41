import { MOOD_NAMES } from "../../domain/entities/mood-name.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import type { Scale } from "../formats/format.ts";
import { type MoodNames, moodNames } from "./mood-names.ts";
import { levelOnScale } from "./scale.ts";

/** A mood of a sheet as it stands there. */
export type SheetMood =
  | { kind: "number"; value: number; scale: Scale | null }
  | { kind: "word"; word: string }
  | { kind: "none" };

/** Reads "4", "7,5", "7/10", or a word. */
export function parseSheetMood(cell: string): SheetMood {
  const text = cell.replace(/[\u00a0\u202f]/g, " ").trim();
  if (/^(|n\/?a|nan|null|none|-+|\u2013|\u2014|\?)$/i.test(text)) return { kind: "none" };
  const match = /^([-\u2212+]?\d+(?:[.,]\d+)?)(?:\s*\/\s*(\d{1,4}))?$/.exec(text);
  if (!match) return { kind: "word", word: text };
  const value = Number(match[1]!.replace("\u2212", "-").replace(",", "."));
  return { kind: "number", value, scale: match[2] === undefined ? null : { min: 1, max: Number(match[2]) } };
}

/** The scale of a column that names none, by what stands in it. Throws `invalid_input` where that leaves it open. */
export function assumedScale(moods: Iterable<SheetMood>): Scale | null {
  let max = Number.NEGATIVE_INFINITY;
  let min = Number.POSITIVE_INFINITY;
  for (const mood of moods) {
    if (mood.kind !== "number" || mood.scale) continue;
    max = Math.max(max, mood.value);
    min = Math.min(min, mood.value);
  }
  if (max === Number.NEGATIVE_INFINITY) return null;
  if (min < 1 || max > 10) {
    throw new MoodsyncError("invalid_input", "The moods of the sheet may be of several scales.", {
      hint: "Say it with --scale, like 0-10: its lowest and its highest value. Nothing was changed.",
    });
  }
  return { min: 1, max: max <= 5 ? 5 : 10 };
}

const OWN_NAMES = moodNames(MOOD_NAMES.map((name, index) => [name, index + 1]));

/** The level of a mood; null for a number outside of its scale, undefined for a word that is not known. */
export function sheetLevel(
  mood: Exclude<SheetMood, { kind: "none" }>,
  { scale, moods }: { scale: Scale | null; moods: MoodNames },
): number | null | undefined {
  if (mood.kind === "word") return moods.levelOf(mood.word) ?? OWN_NAMES.levelOf(mood.word);
  const on = mood.scale ?? scale;
  return on && on.min < on.max ? levelOnScale(mood.value, on) : null;
}

/** How the tags of a column are separated: by what any of its cells has. */
export function tagSeparator(cells: Iterable<string>): "|" | ";" | "," {
  let hasSemicolon = false;
  for (const cell of cells) {
    if (cell.includes("|")) return "|";
    if (cell.includes(";")) hasSemicolon = true;
  }
  return hasSemicolon ? ";" : ",";
}

/** The tags of a cell; "#a #b" are two. */
export function sheetTags(cell: string, separator: string): string[] {
  const words = cell.trim().split(/\s+/);
  if (words.every((word) => /^#[^#]+$/.test(word)))
    return words.map((word) => word.slice(1).replace(/[,;|]$/, ""));
  return cell.split(separator);
}
