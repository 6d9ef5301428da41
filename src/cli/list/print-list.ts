import type { EntityType } from "../../domain/entities/entity-type.ts";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { parseWholeNumber } from "../../input/whole-number.ts";
import type { Context } from "../context.ts";
import type { ListOptions } from "./asked-list.ts";
import { readFilter } from "./list-filter.ts";
import { printAsCsv, printAsJson } from "./print-data.ts";
import { printForPeople } from "./print-sections.ts";

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

/** Rows of each section that people get when they name no limit. Scripts get all. */
export const DEFAULT_LIMIT = 20;

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

function readLimit({ limit, json, jsonl, csv }: ListOptions): number {
  if (limit === undefined) return json || jsonl || csv ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT;
  const count = parseWholeNumber(limit, "The limit");
  if (count < 0) throw new MoodsyncError("invalid_input", "The limit must not be negative.");
  return count === 0 ? Number.POSITIVE_INFINITY : count;
}
