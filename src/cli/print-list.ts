import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import type { MoodEntry } from "../domain/entities/mood-entry.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { timestampToMs } from "../domain/time/timestamp.ts";
import type { ListFilter } from "../entries/list-entries.ts";
import { isFiltered, listEntries } from "../entries/list-entries.ts";
import type { TypedFilter } from "../entries/typed-filter.ts";
import { parseWholeNumber } from "../input/whole-number.ts";
import { activitiesById } from "../local/queries/activities.ts";
import { shortIds } from "../local/queries/short-id.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { entityCsv } from "../output/entity-csv.ts";
import { entityList } from "../output/entity-list.ts";
import { entryList, type ListedEntry } from "../output/entry-list.ts";
import { prose } from "../output/prose.ts";
import type { Line } from "../output/terminal-style.ts";
import { printableJson } from "../output/terminal-text.ts";
import type { Context } from "./context.ts";
import { readFilter } from "./list-filter.ts";
import type { OutputOptions } from "./output-options.ts";
import { entityJson, nowHere, printNotice } from "./output-options.ts";
import { drained, printPaged } from "./pager.ts";
import { calendarOf, settingsOf } from "./preferences.ts";
import { columnsOf, styleOf } from "./style.ts";

export interface ListOptions extends OutputOptions, TypedFilter {
  limit?: string;
  reverse?: boolean;
  notes?: boolean;
  jsonl?: boolean;
  csv?: boolean;
  pager?: boolean;
}

const NOTHING_YET = "Nothing yet. `moodsync log mood 4` begins.";
const LISTS: Record<string, { entityTypes: EntityType[]; empty: string }> = {
  moods: { entityTypes: ["MoodEntry"], empty: NOTHING_YET },
  assessments: {
    entityTypes: ["AssessmentEntry"],
    empty: "No assessments. `moodsync log assessment PHQ-9 --score 5` logs one.",
  },
  activities: {
    entityTypes: ["Activity"],
    empty: "No activities. `moodsync activity add run` adds one, and so does `log mood -a run`.",
  },
  schedules: {
    entityTypes: ["Schedule"],
    empty: "No schedules. `moodsync schedule add PHQ-9 biweekly` adds one.",
  },
  all: { entityTypes: ["MoodEntry", "AssessmentEntry", "Activity", "Schedule"], empty: NOTHING_YET },
};

/** What is listed together, by time or by name, and how many of it are called. */
const SECTIONS: { heading: string; kind: string; entityTypes: readonly EntityType[] }[] = [
  { heading: "Entries", kind: "entries", entityTypes: ["MoodEntry", "AssessmentEntry"] },
  { heading: "Activities", kind: "activities", entityTypes: ["Activity"] },
  { heading: "Schedules", kind: "schedules", entityTypes: ["Schedule"] },
];

/** Rows of each section that people get when they name no limit. Scripts get all. */
export const DEFAULT_LIMIT = 20;
/** Rows that are in memory at a time. */
const BLOCK = 100;

/** Prints the entries that fit the words and options. The words are one of the lists ("moods", "all" …), a period, or a
 *  list and a period; moods where no list is named, assessments where --type is. Throws `usage` for others. */
export async function printList(
  context: Context,
  words: readonly string[],
  options: ListOptions,
): Promise<void> {
  const named = LISTS[words[0]?.toLowerCase() ?? ""];
  const listed = named ?? (options.type === undefined ? LISTS.moods! : LISTS.assessments!);
  const period = words.slice(named ? 1 : 0).join(" ");
  const filter = await readFilter(context, options, period, listed.entityTypes);
  const given = { ...options, limit: readLimit(options), filter, entityTypes: listed.entityTypes };
  if ([options.json, options.jsonl, options.csv].filter(Boolean).length > 1) {
    throw new MoodsyncError("usage", "Only one of --json, --jsonl and --csv can be given.");
  }
  const db = await context.databaseToRead();
  if (options.json || options.jsonl) return await printAsJson(context, db, given);
  if (options.csv) return await printAsCsv(context, db, given);
  await printForPeople(context, db, { ...given, empty: listed.empty });
}

interface Given extends Omit<ListOptions, "limit"> {
  entityTypes: readonly EntityType[];
  filter: ListFilter;
  limit: number;
}

/** Entities with the labels of activities beside their ids. */
async function printAsJson(context: Context, db: Database.Database, given: Given): Promise<void> {
  const labels = activitiesById(db);
  const { stdout } = context;
  const textOf = (row: StoredRow) => {
    const { entityType } = row;
    const named = entityType === "MoodEntry" ? { activity_labels: labelsOf(row, labels) } : {};
    return printableJson({ ...entityJson(entityType, row.content!), ...named });
  };
  let before = given.json ? "[" : "";
  for (const block of blocksOf(eachOf(db, given))) {
    const texts = block.map(textOf);
    stdout.write(before, given.json ? texts.join(",") : texts.map((text) => `${text}\n`).join(""));
    before = given.json ? "," : "";
    if (!(await drained(stdout))) return;
  }
  if (given.json) stdout.write(before === "[" ? "[]\n" : "]\n");
}

async function printAsCsv(context: Context, db: Database.Database, given: Given): Promise<void> {
  const labels = activitiesById(db);
  const csv = entityCsv(given.entityTypes);
  context.stdout.write(csv.heading);
  for (const block of blocksOf(eachOf(db, given))) {
    const rows = block.map((row) => csv.row(row.entityType, row.content!, labelsOf(row, labels)));
    context.stdout.write(rows.join(""));
    if (!(await drained(context.stdout))) return;
  }
}

function* eachOf(
  db: Database.Database,
  { entityTypes, filter, limit, reverse }: Given,
): Generator<StoredRow> {
  for (const entityType of entityTypes) yield* listEntries(db, entityType, filter, { limit, reverse }).rows;
}

function labelsOf({ entityType, content }: StoredRow, labels: ReadonlyMap<string, Activity>): string[] {
  if (entityType !== "MoodEntry") return [];
  return (content as MoodEntry).activities.map((id) => labels.get(id)?.label ?? "");
}

async function printForPeople(
  context: Context,
  db: Database.Database,
  given: Given & { empty: string },
): Promise<void> {
  const { filter, limit, reverse, entityTypes } = given;
  const sections = SECTIONS.map((section) => {
    const types = section.entityTypes.filter((entityType) => entityTypes.includes(entityType));
    const lists = types.map((entityType) => listEntries(db, entityType, filter, { limit, reverse }));
    const total = lists.reduce((sum, list) => sum + list.total, 0);
    const rows = lists.map((list) => list.rows);
    return { ...section, total, rows: () => merged(rows, reverse) };
  }).filter(({ total }) => total > 0);
  if (sections.length === 0) {
    const { search } = filter;
    const nothing = search === undefined ? "Nothing matches." : `Nothing matches "${search.slice(0, 60)}".`;
    return void context.stdout.write(`${isFiltered(filter) ? nothing : given.empty}\n`);
  }
  const style = styleOf(context);
  const activities = activitiesById(db);
  await printPaged(context, given, function* () {
    for (const [index, { heading, rows }] of sections.entries()) {
      if (entityTypes.length > 1) {
        yield [...(index > 0 ? [style.line("")] : []), style.line(style.bold(heading))];
      }
      for (const block of blocksOf(rows(), limit)) yield linesOf(block);
    }
  });
  const cut = sections.filter((section) => section.total > limit);
  if (cut.length > 0 && context.stderr.isTTY && !style.isPlain) printNotice(context, given, "");
  for (const { total, kind } of cut) {
    const order = kind !== "entries" ? "" : reverse ? ", oldest first" : ", newest first";
    const text = `${limit} of ${total.toLocaleString("en-US")} ${kind}${order}; --limit 0 shows all.`;
    const columns = context.stderr.columns || Number.POSITIVE_INFINITY;
    for (const line of prose(text, columns, style)) printNotice(context, given, line.text);
  }

  function linesOf(rows: readonly StoredRow[]): Line[] {
    const columns = columnsOf(context, style);
    const notes = given.notes ?? settingsOf(context)["notes.lists"] === "shown";
    const now = nowHere(context);
    const wholeIds = rows.map(({ id }) => id);
    const ids = context.stdout.isTTY ? shortIds(db, wholeIds) : new Map(wholeIds.map((id) => [id, id]));
    if (rows[0]!.entityType === "MoodEntry" || rows[0]!.entityType === "AssessmentEntry") {
      const entries = rows.map(
        ({ entityType, content, id }) => ({ entityType, entity: content, id: ids.get(id)! }) as ListedEntry,
      );
      const { dayStartMs } = calendarOf(context);
      return entryList({ entries, now, dayStartMs, activities, notes }, columns, style);
    }
    const unnamed = rows.map(({ entityType, id, content }) => ({
      ...{ entityType, id: ids.get(id)!, entity: content! },
    }));
    return entityList({ rows: unnamed, now, activities }, columns, style);
  }
}

/** Moods and assessments in one order of time; anything else is of one kind. */
function* merged(lists: readonly Iterable<StoredRow>[], reverse = false): Generator<StoredRow> {
  if (lists.length === 1) return yield* lists[0]!;
  const rows = lists.map((list) => list[Symbol.iterator]());
  const next = rows.map((list) => list.next());
  try {
    for (;;) {
      let chosen = -1;
      for (const [at, { done, value }] of next.entries()) {
        if (done) continue;
        if (chosen < 0 || momentOf(value) > momentOf(next[chosen]!.value) !== reverse) chosen = at;
      }
      if (chosen < 0) return;
      yield next[chosen]!.value;
      next[chosen] = rows[chosen]!.next();
    }
  } finally {
    for (const list of rows) list.return?.(); // a query that is not read to its end keeps the database open
  }
}

function momentOf({ entityType, content }: StoredRow): number {
  if (entityType === "MoodEntry") return timestampToMs((content as MoodEntry).recorded_at);
  return entityType === "AssessmentEntry" ? timestampToMs((content as AssessmentEntry).taken_at) : 0;
}

function* blocksOf(rows: Iterable<StoredRow>, limit = Number.POSITIVE_INFINITY): Generator<StoredRow[]> {
  let block: StoredRow[] = [];
  let count = 0;
  for (const row of rows) {
    if (count++ === limit) break;
    block.push(row);
    if (block.length < BLOCK) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}

function readLimit({ limit, json, jsonl, csv }: ListOptions): number {
  if (limit === undefined) return json || jsonl || csv ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT;
  const count = parseWholeNumber(limit, "The limit");
  if (count < 0) throw new MoodsyncError("invalid_input", "The limit must not be negative.");
  return count === 0 ? Number.POSITIVE_INFINITY : count;
}
