import { APPLE_STATE_OF_MIND } from "./apple-state-of-mind.ts";
import { BEARABLE } from "./bearable.ts";
import { DAILY_YOU } from "./daily-you.ts";
import { DAYLIO_BACKUP } from "./daylio-backup.ts";
import { DAYLIO_CSV } from "./daylio-csv.ts";
import type { Content, Format } from "./format.ts";
import { HOW_WE_FEEL } from "./how-we-feel.ts";
import { JRNL } from "./jrnl.ts";
import { MOODSYNC } from "./moodsync.ts";
import { NOMIE } from "./nomie.ts";
import { OBSIDIAN_MOOD_TRACKER } from "./obsidian-mood-tracker.ts";
import { PIXELS } from "./pixels.ts";
import { PIXY } from "./pixy.ts";
import { ASSESSMENTS, SPREADSHEET } from "./spreadsheet.ts";

/** Every kind of file that can be read. The first that knows a file reads it, so the most exact come first. */
export const FORMATS: readonly Format[] = [
  ...[MOODSYNC, DAYLIO_CSV, DAYLIO_BACKUP, APPLE_STATE_OF_MIND, BEARABLE, HOW_WE_FEEL, JRNL, DAILY_YOU],
  ...[OBSIDIAN_MOOD_TRACKER, PIXELS, PIXY, NOMIE, ASSESSMENTS, SPREADSHEET],
];

/** The format of a file, by what is in it; null where none knows it. */
export function recognise(content: Content): Format | null {
  return FORMATS.find((format) => format.detect(content)) ?? null;
}
