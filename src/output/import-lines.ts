import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { groupedNumber } from "../domain/text/grouped-number.ts";
import { localDay } from "../domain/time/local-day.ts";
import { parseTimestamp } from "../domain/time/timestamp.ts";
import { rangeWords } from "./day-words.ts";
import { entityLine, type LineContext } from "./entity-line.ts";
import { type Fact, factLines } from "./fact-lines.ts";
import { fitLine } from "./fit-line.ts";
import { counted } from "./number-words.ts";
import { prose } from "./prose.ts";
import { type Line, type TerminalStyle, verbatim } from "./terminal-style.ts";

interface Counts {
  new: number;
  duplicate: number;
  changed: number;
}

/** What is shown of a file before it is stored. */
export interface ImportPreview {
  title: string;
  counts: Readonly<Record<EntityType, Counts>>;
  range: { from: string; to: string } | null;
  examples: readonly { entityType: EntityType; entity: Entity; labels: readonly string[] }[];
  /** Versions that no longer stand. */
  pastVersions: number;
  problems: number;
  warnings: number;
  skipped: ReadonlyMap<string, number>;
  unmapped: ReadonlyMap<string, number>;
  columnsLeft: readonly string[];
  assumed: { scale: string | null; date_order: string | null; zone: string; encoding: string };
}

const WORDS: Record<EntityType, [one: string, many: string]> = {
  MoodEntry: ["mood", "moods"],
  AssessmentEntry: ["assessment", "assessments"],
  Activity: ["activity", "activities"],
  Schedule: ["schedule", "schedules"],
};

/** What a file holds, what of it is new, and what happens to the rest. */
export function importLines(
  preview: ImportPreview,
  { columns, style, line }: { columns: number; style: TerminalStyle; line: LineContext },
): Line[] {
  const { title, range, examples } = preview;
  const span = range ? rangeWords({ from: dayOf(range.from), to: dayOf(range.to) }) : "nothing with a date";
  return [
    fitLine(columns, [style.bold(title), style.separator, span], style),
    style.line(),
    ...factLines(facts(preview), columns, style),
    ...(examples.length > 0 ? [style.line(), ...exampleLines(examples, { columns, style, line })] : []),
  ];
}

function dayOf(timestamp: string): number {
  return localDay(parseTimestamp(timestamp)!, 0);
}

function facts({
  counts,
  skipped,
  unmapped,
  columnsLeft,
  assumed,
  pastVersions,
  problems,
  warnings,
}: ImportPreview): Fact[] {
  const found: (Fact | null)[] = [
    ["new", countWords(counts, "new") || "nothing"],
    optional("history", pastVersions > 0 ? counted(pastVersions, "earlier version") : ""),
    optional("known", countWords(counts, "duplicate"), "already here; nothing happens to them"),
    optional(
      "changed",
      countWords(counts, "changed"),
      "in the other program since; they stay as they are here",
    ),
    optional("left out", tallyWords(skipped)),
    optional("no level for", tallyWords(unmapped), "--mood-map says it"),
    optional("columns", columnsLeft.join(", "), "kept beside the entries as they are"),
    optional("assumed", assumedWords(assumed)),
    optional("problems", problems > 0 ? counted(problems, "place") : ""),
    optional("warnings", warnings > 0 ? counted(warnings, "place") : ""),
  ];
  return found.filter((fact) => fact !== null);
}

function optional(name: string, text: string, what = ""): Fact | null {
  if (text === "") return null;
  return [name, what === "" ? text : `${text}: ${what}`];
}

/** "1,204 moods, 3 assessments"; "" for none. */
export function countWords(counts: Readonly<Record<EntityType, Counts>>, status: keyof Counts): string {
  return (Object.keys(WORDS) as EntityType[])
    .filter((entityType) => counts[entityType][status] > 0)
    .map((entityType) => {
      const count = counts[entityType][status];
      const [one, many] = WORDS[entityType];
      return `${groupedNumber(count)} ${count === 1 ? one : many}`;
    })
    .join(", ");
}

function tallyWords(tally: ReadonlyMap<string, number>): string {
  const named = [...tally].sort(([, a], [, b]) => b - a).slice(0, MAX_NAMED);
  const more = tally.size - named.length;
  const words = named.map(([what, count]) => `${what} (${groupedNumber(count)})`);
  return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

const MAX_NAMED = 40;

function assumedWords({ scale, date_order: order, zone, encoding }: ImportPreview["assumed"]): string {
  return [
    ...(scale === null ? [] : [`moods on the scale ${scale}`]),
    ...(order === null ? [] : [ORDER_WORDS[order]]),
    `times of ${zone}`,
    ...(encoding === "utf-8" ? [] : [`text in ${encoding}`]),
  ].join(", ");
}

const ORDER_WORDS: Record<string, string> = {
  dmy: "day before month",
  mdy: "month before day",
  ymd: "year, month, day",
};

function exampleLines(
  examples: ImportPreview["examples"],
  { columns, style, line }: { columns: number; style: TerminalStyle; line: LineContext },
): Line[] {
  return examples.map(({ entityType, entity, labels }) => {
    const known = new Map(labels.map((label) => [label, label]));
    const shown = entityType === "MoodEntry" ? { ...(entity as MoodEntry), activities: [...labels] } : entity;
    const hasNote = entityType === "MoodEntry" && (entity as MoodEntry).note !== null;
    const words = entityLine(entityType, shown as Entity, {
      ...line,
      labels: new Map([...line.labels, ...known]),
    });
    return fitLine(columns, [verbatim(words), hasNote ? ` ${style.glyphs.hasNote}` : ""], style);
  });
}

/** Something about one place of a file. */
export interface ShownDiagnostic {
  place: { line: number } | { item: number; list?: string };
  message: string;
}

/** Most places that are shown; `--json` has them all. */
const MAX_REMARKS = 50;

/** Places with what is wrong there, a line each. */
export function diagnosticLines(
  { listed, count }: { listed: readonly ShownDiagnostic[]; count: number },
  { columns, style }: { columns: number; style: TerminalStyle },
): Line[] {
  const more = count - Math.min(listed.length, MAX_REMARKS);
  return [
    ...listed
      .slice(0, MAX_REMARKS)
      .flatMap(({ place, message }) =>
        prose(`${placeWords(place)}: ${message}`, columns, style).map((cell) => style.line(cell)),
      ),
    ...(more > 0 ? [style.line(`and ${groupedNumber(more)} more places`)] : []),
  ];
}

function placeWords(place: ShownDiagnostic["place"]): string {
  if ("line" in place) return `line ${place.line}`;
  return place.list === undefined ? `item ${place.item}` : `item ${place.item} of ${place.list}`;
}
