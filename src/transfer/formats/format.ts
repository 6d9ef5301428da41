import type { ImportItem } from "../../entries/import/draft.ts";
import type { LocalClock } from "../reading/local-clock.ts";
import type { MoodNames } from "../reading/mood-names.ts";
import type { TextFile } from "../reading/text-file.ts";

/** What a file turned out to be when it was opened. */
export type Content =
  | { kind: "text"; text: TextFile }
  | { kind: "json"; value: unknown }
  /** The one entry of a zip that counts, by its name in there. */
  | { kind: "zip"; entry: string; bytes: Buffer }
  /** Our own export, which may be too large for one value. `bytes` can be read several times. */
  | { kind: "export"; bytes(): Iterable<Buffer> }
  /** The same with an entity a line. */
  | { kind: "export lines"; bytes(): Iterable<Buffer> };

/** A scale of numbers, both ends included. */
export interface Scale {
  min: number;
  max: number;
}

export type DateOrder = "dmy" | "mdy" | "ymd";

/** What a column of a sheet means. */
export type ColumnMeaning = "date" | "time" | "mood" | "tags" | "note";

/** What the person says about a file. */
export interface ReadOptions {
  clock: LocalClock;
  /** Levels by the name of a mood, before what a format knows itself. */
  moods: MoodNames;
  scale?: Scale | undefined;
  dateOrder?: DateOrder | undefined;
  /** Headings by what they mean, for a sheet with headings of its own. */
  columns?: Partial<Record<ColumnMeaning, string>> | undefined;
  /** The word that stands before the level in a tag: "mood". */
  moodTag?: string | undefined;
}

/** What comes of reading a file. */
export interface Reading {
  items: Iterable<ImportItem>;
  /** What the file does not say itself. */
  assumed?: { scale?: string | undefined; dateOrder?: DateOrder | undefined };
  /** Headings of columns that are kept only as they are, beside the entry. */
  columnsLeft?: readonly string[];
}

/** One kind of file of another program. No format knows of the database. */
export interface Format {
  /** "daylio-csv". Never changed: entries hold it, and their ids come from it. */
  name: string;
  /** The format whose entries those of this one are as well, where it is another one. */
  source?: string;
  /** As people call it. */
  title: string;
  /** The entry of a zip that counts, where it is one. */
  zipEntry?: string;
  /** Whether a file is of this kind, by what is in it. */
  detect(content: Content): boolean;
  /** Throws `invalid_input` for what concerns the file as a whole; everything else is an item. */
  read(content: Content, options: ReadOptions): Reading;
}
