import type Database from "better-sqlite3";
import type { Activity } from "../../domain/entities/activity.ts";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { listEntries } from "../../entries/list-entries.ts";
import { activitiesById } from "../../local/queries/activities.ts";
import type { StoredRow } from "../../local/versions/rows.ts";
import { entityCsv } from "../../output/entity-csv.ts";
import { printableJson } from "../../output/terminal-text.ts";
import type { Context } from "../context.ts";
import { entityJson } from "../output-options.ts";
import { drained } from "../pager.ts";
import { type AskedList, blocksOf } from "./asked-list.ts";

/** Entities with the labels of activities beside their ids. */
export async function printAsJson(context: Context, db: Database.Database, given: AskedList): Promise<void> {
  const labels = activitiesById(db);
  const { stdout } = context;
  const textOf = (row: StoredRow) => {
    const printed = entityJson(row.entityType, row.content!);
    if (row.entityType === "MoodEntry") Object.assign(printed, { activity_labels: labelsOf(row, labels) });
    return printableJson(printed);
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

/** One row an entity, below a heading. */
export async function printAsCsv(context: Context, db: Database.Database, given: AskedList): Promise<void> {
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
  { entityTypes, filter, limit, reverse }: AskedList,
): Generator<StoredRow> {
  for (const entityType of entityTypes) yield* listEntries(db, entityType, filter, { limit, reverse }).rows;
}

function labelsOf({ entityType, content }: StoredRow, labels: ReadonlyMap<string, Activity>): string[] {
  if (entityType !== "MoodEntry") return [];
  return (content as MoodEntry).activities.map((id) => labels.get(id)?.label ?? "");
}
