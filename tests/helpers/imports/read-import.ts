import { fileURLToPath } from "node:url";
import { formatTimestamp } from "../../../src/domain/time/timestamp.ts";
import type { ImportItem, Place } from "../../../src/entries/import/draft.ts";
import { checkDraft } from "../../../src/entries/import/staged-draft.ts";
import type { Reading, ReadOptions } from "../../../src/transfer/formats/format.ts";
import { openImport } from "../../../src/transfer/open-import.ts";
import {
  type ImportSource,
  openImportFile,
  readImportInput,
} from "../../../src/transfer/reading/import-source.ts";
import { readMoodMap } from "../../../src/transfer/reading/mood-map-file.ts";
import { NO_MOOD_NAMES } from "../../../src/transfer/reading/mood-names.ts";
import { zoneOf } from "../zone.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/imports/", import.meta.url));

/** A sample of what people bring: "daylio-csv/broken.csv". */
export function fixture(name: string): string {
  return `${FIXTURES}${name}`;
}

/** What a file comes to, in texts that can be compared. */
export interface ReadImport {
  format: string;
  /** "4 2024-06-08T12:00:00.000+02:00 market, cooking | the note" */
  moods: string[];
  /** "PHQ-9 7 mild 2025-01-05T12:00:00.000+01:00 [0,1,…]" */
  assessments: string[];
  /** Of moods and assessments, what stands beside the known fields. */
  extras: Record<string, unknown>[];
  /** "3 no_mood" */
  problems: string[];
  warnings: string[];
  skipped: Record<string, number>;
  unmapped: string[];
  items: ImportItem[];
  assumed: NonNullable<Reading["assumed"]>;
}

type Given = Partial<ReadOptions> & { zone?: string; moodMap?: string };

/** Reads a file in Berlin, where nothing else is said. */
export async function readImport(file: string, given: Given = {}): Promise<ReadImport> {
  return await readSource(openImportFile(file), given);
}

/** The same with what comes through a pipe. */
export async function readImportText(text: string | Buffer, given: Given = {}): Promise<ReadImport> {
  const { Readable } = await import("node:stream");
  return await readSource(await readImportInput(Readable.from([Buffer.from(text)])), given);
}

async function readSource(source: ImportSource, { zone, moodMap, ...options }: Given): Promise<ReadImport> {
  const moods = moodMap === undefined ? NO_MOOD_NAMES : readMoodMap(moodMap);
  const readOptions = { clock: { zone: zoneOf(zone ?? "Europe/Berlin") }, moods, ...options };
  const { content, format } = await openImport(source);
  const read: ReadImport = {
    format: format.name,
    moods: [],
    assessments: [],
    extras: [],
    problems: [],
    warnings: [],
    skipped: {},
    unmapped: [],
    items: [],
    assumed: {},
  };
  const reading = format.read(content, readOptions);
  read.assumed = reading.assumed ?? {};
  for (const item of reading.items) {
    read.items.push(item);
    addItem(read, item, format.name);
  }
  source.close();
  return read;
}

function addItem(read: ReadImport, item: ImportItem, source: string): void {
  if (item.kind === "problem") read.problems.push(`${placeText(item.place)} ${item.code}`);
  else if (item.kind === "warning") read.warnings.push(`${placeText(item.place)} ${item.code}`);
  else if (item.kind === "skipped") read.skipped[item.what] = (read.skipped[item.what] ?? 0) + 1;
  else if (item.kind === "unmapped") read.unmapped.push(item.name);
  else if (item.kind !== "next export") {
    const checked = checkDraft(item, source);
    if (checked.status === "invalid") {
      read.problems.push(`${placeText(item.place)} ${checked.code}`);
      return;
    }
    if (checked.draft.isPast) return;
    // biome-ignore lint/suspicious/noExplicitAny: whichever entity it is
    const { feelings, import: origin, ...entity } = checked.draft.entity as any;
    if (item.kind === "mood") {
      const note = entity.note === null ? "" : ` | ${entity.note}`;
      const labels = checked.draft.labels!.join(", ");
      read.moods.push(`${entity.value} ${formatTimestamp(item.at)} ${labels}${note}`);
    } else if (item.kind === "assessment") {
      const answers = entity.answers ? ` [${entity.answers.join()}]` : "";
      read.assessments.push(
        `${entity.assessment_type} ${entity.score} ${entity.severity} ${entity.taken_at}${answers}`,
      );
    }
    read.extras.push({ ...(feelings ? { feelings } : {}), ...(origin ? { import: origin } : {}) });
  }
}

function placeText(place: Place): string {
  return "line" in place ? String(place.line) : `item ${place.item}`;
}
