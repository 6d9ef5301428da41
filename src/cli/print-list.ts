import type Database from "better-sqlite3";
import type { Entity } from "../domain/entities/entity.ts";
import type { EntityType } from "../domain/entities/entity-type.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import type { ListFilter } from "../entries/list-entries.ts";
import { isFiltered, listEntries } from "../entries/list-entries.ts";
import { type DayOptions, parsePeriod } from "../input/period.ts";
import type { Period } from "../input/period-words.ts";
import type { TimeBound } from "../input/time-bound.ts";
import { boundOf, parseTimeBound } from "../input/time-bound.ts";
import { parseWholeNumber } from "../input/whole-number.ts";
import { shownLabels } from "../local/queries/activities.ts";
import { shortIds } from "../local/queries/short-id.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { entityRow } from "../output/entity-row.ts";
import { formatTable } from "../output/table.ts";
import type { Context } from "./context.ts";
import type { OutputOptions } from "./output-options.ts";
import { entityJson, nowHere, printJson, printNotice } from "./output-options.ts";
import { calendarOf } from "./preferences.ts";
import { styleOf } from "./style.ts";

export interface ListOptions extends OutputOptions {
  on?: string;
  since?: string;
  until?: string;
  activity?: string;
  search?: string;
  limit?: string;
  deleted?: boolean;
  notes?: boolean;
}

const LISTS: Record<string, { entityTypes: EntityType[]; empty: string }> = {
  moods: {
    entityTypes: ["MoodEntry"],
    empty: "No moods. `moodsync log mood 4` logs how you feel.",
  },
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
  all: {
    entityTypes: ["MoodEntry", "AssessmentEntry", "Activity", "Schedule"],
    empty: "No entries. `moodsync log mood 4` logs how you feel.",
  },
};

const HEADINGS: Record<EntityType, string> = {
  MoodEntry: "Moods",
  AssessmentEntry: "Assessments",
  Activity: "Activities",
  Schedule: "Schedules",
};

/** Rows of each kind that people get when they name no limit. Scripts get all. */
export const DEFAULT_LIMIT = 20;

/** Prints the entries that fit the words and options. The words are one of the lists ("moods", "all" …), a period, or a
 *  list and a period; moods where no list is named. Throws `usage` for others. */
export async function printList(
  context: Context,
  words: readonly string[],
  options: ListOptions,
): Promise<void> {
  const named = LISTS[words[0]?.toLowerCase() ?? ""];
  const listed = named ?? LISTS.moods!;
  const period = words.slice(named ? 1 : 0).join(" ");
  const filter = await readFilter(context, options, period, listed.entityTypes);
  const db = await context.databaseToRead();
  const limit = readLimit(options);
  const groups = listed.entityTypes.map((entityType) => {
    const { rows, total } = listEntries(db, entityType, filter, { limit });
    return { entityType, rows: [...rows], total };
  });
  if (options.json) {
    const rows = groups.flatMap((group) => group.rows);
    return printJson(
      context,
      rows.map(({ entityType, content }) => entityJson(entityType, content!)),
    );
  }
  const found = groups.filter((group) => group.total > 0);
  if (found.length === 0) {
    return void context.stdout.write(`${isFiltered(filter) ? "Nothing matches." : listed.empty}\n`);
  }
  const style = styleOf(context);
  for (const [index, { entityType, rows }] of found.entries()) {
    if (groups.length > 1) {
      if (index > 0) context.stdout.write("\n");
      context.stdout.writeLines([style.line(style.bold(HEADINGS[entityType]))]);
    }
    context.stdout.write(toTable(context, db, rows, options));
  }
  for (const { entityType, total } of found.filter((group) => group.total > limit)) {
    const kind = HEADINGS[entityType].toLowerCase();
    printNotice(context, options, `${limit} of ${total} ${kind} shown; --limit 0 shows all.`);
  }
}

function toTable(
  context: Context,
  db: Database.Database,
  rows: readonly StoredRow[],
  options: ListOptions,
): string {
  const line = { now: nowHere(context), labels: shownLabels(db), notes: options.notes ?? false };
  const ids = shortIds(
    db,
    rows.map(({ id }) => id),
  );
  const cells = rows.map(({ entityType, id, content }) => [
    ids.get(id)!,
    ...entityRow(entityType, content as Entity, line),
  ]);
  return formatTable(cells, { width: context.stdout.columns });
}

async function readFilter(
  context: Context,
  options: ListOptions,
  typedPeriod: string,
  entityTypes: readonly EntityType[],
): Promise<ListFilter> {
  const { on, since, until, activity, search, deleted } = options;
  const hasMoment = entityTypes.includes("MoodEntry") || entityTypes.includes("AssessmentEntry");
  const isOfTime = typedPeriod !== "" || [on, since, until].some((when) => when !== undefined);
  if (isOfTime && !hasMoment) {
    throw new MoodsyncError("usage", "A period, --on, --since and --until are for moods and assessments.");
  }
  if (activity !== undefined && !entityTypes.includes("MoodEntry")) {
    throw new MoodsyncError("usage", "--activity is for moods.");
  }
  const days = { nowMs: context.nowMs(), ...calendarOf(context) };
  const periods = await Promise.all([
    typedPeriod === "" ? null : readTypedPeriod(typedPeriod, days),
    on === undefined ? null : parsePeriod(on, days),
  ]);
  const bounds = async (text: string | undefined, end: "since" | "until"): Promise<TimeBound[]> => [
    ...periods.flatMap((period) => (period && boundOf(period, end, days.dayStartMs)) ?? []),
    ...[(text === undefined ? null : await parseTimeBound(text, end, days)) ?? []].flat(),
  ];
  return {
    since: await bounds(since, "since"),
    until: await bounds(until, "until"),
    activities: activity === undefined ? [] : [activity],
    search,
    deleted,
  };
}

/** What was typed may as well have been meant as a list. */
async function readTypedPeriod(typed: string, days: DayOptions): Promise<Period> {
  try {
    return await parsePeriod(typed, days);
  } catch (error) {
    if (!(error instanceof MoodsyncError) || /[\d]/.test(typed)) throw error;
    throw new MoodsyncError("usage", `"${typed}" is neither a list nor a period.`, {
      hint: `Lists: ${Object.keys(LISTS).join(", ")}. ${error.hint ?? ""}`.trimEnd(),
    });
  }
}

function readLimit({ limit, json }: ListOptions): number {
  if (limit === undefined) return json ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT;
  const count = parseWholeNumber(limit, "The limit");
  if (count < 0) throw new MoodsyncError("invalid_input", "The limit must not be negative.");
  return count === 0 ? Number.POSITIVE_INFINITY : count;
}
