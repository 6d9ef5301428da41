import type Database from "better-sqlite3";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import type { EntityType } from "../../domain/entities/entity-type.ts";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { groupedNumber } from "../../domain/text/grouped-number.ts";
import { timestampToMs } from "../../domain/time/timestamp.ts";
import { isFiltered, listEntries } from "../../entries/list-entries.ts";
import { activitiesById } from "../../local/queries/activities.ts";
import { shortIds } from "../../local/queries/short-id.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { entityList } from "../../output/entity-list.ts";
import { entryList, type ListedEntry } from "../../output/entry-list.ts";
import { prose } from "../../output/prose.ts";
import type { Line } from "../../output/terminal-style.ts";
import type { Context } from "../context.ts";
import { nowHere, printNotice } from "../output-options.ts";
import { printPaged } from "../pager.ts";
import { calendarOf, settingsOf } from "../preferences.ts";
import { columnsOf, styleOf } from "../style.ts";
import { type AskedList, blocksOf } from "./asked-list.ts";

/** What is listed together, by time or by name, and how many of it are called. */
const SECTIONS: { heading: string; kind: string; entityTypes: readonly EntityType[] }[] = [
  { heading: "Entries", kind: "entries", entityTypes: ["MoodEntry", "AssessmentEntry"] },
  { heading: "Activities", kind: "activities", entityTypes: ["Activity"] },
  { heading: "Schedules", kind: "schedules", entityTypes: ["Schedule"] },
];

/** Entries, activities and schedules under a heading each, with what is not shown said below. */
export async function printForPeople(
  context: Context,
  db: Database.Database,
  given: AskedList & { empty: string },
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
    const text = `${limit} of ${groupedNumber(total)} ${kind}${order}; --limit 0 shows all.`;
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
