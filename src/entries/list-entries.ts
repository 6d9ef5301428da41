import type Database from "better-sqlite3";
import { findInstrument } from "../assessments/find-instrument.ts";
import { ENTITY_TABLE, type EntityType } from "../domain/entities/entity-type.ts";
import { comparableText } from "../domain/text/text.ts";
import { DAY_MS, MINUTE_MS } from "../domain/time/durations.ts";
import type { TimeBound } from "../input/time-bound.ts";
import { allOf, type Condition, isOneOf, NEVER, not } from "../local/queries/condition.ts";
import { countRows, eachRow } from "../local/queries/list-rows.ts";
import { namesActivity, searchCondition } from "../local/queries/search.ts";
import { MOMENT_FIELD } from "../local/storage/entity-tables.ts";
import { statement } from "../local/storage/statements.ts";
import type { StoredRow } from "../local/versions/rows.ts";
import { idsOfLabel } from "./activities.ts";

/** Which entries are listed; what is undefined, or without an item, does not restrict. */
export interface ListFilter {
  /** All of these must hold. */
  since?: readonly TimeBound[];
  until?: readonly TimeBound[];
  /** Values of moods, one of which it must have. */
  moods?: readonly number[] | undefined;
  /** Name of the instrument of an assessment or schedule, in any spelling. */
  type?: string | undefined;
  /** Labels of activities, all of which a mood must name. */
  activities?: readonly string[];
  /** Labels of activities, none of which a mood may name. */
  notActivities?: readonly string[];
  /** See `searchCondition`. */
  search?: string | undefined;
  deleted?: boolean | undefined;
}

/** The first `limit` rows of a type that fit, in the order of `listRows`, read one after the other, and how many fit in
 *  all; each is read when it is asked for. A type without a moment fits no span of time, only moods have values and name activities. Throws `not_found` for
 *  a label that no activity has. */
export function listEntries(
  db: Database.Database,
  entityType: EntityType,
  filter: ListFilter,
  { limit, reverse }: { limit: number; reverse?: boolean | undefined },
): { rows: Iterable<StoredRow>; total: number } {
  const { deleted } = filter;
  const where = conditionOf(db, entityType, filter);
  const wanted = { deleted, where, limit: Number.isFinite(limit) ? limit : -1, reverse };
  return {
    rows: { [Symbol.iterator]: () => eachRow(db, entityType, wanted) },
    get total() {
      return countRows(db, entityType, { deleted, where });
    },
  };
}

/** Whether anything but deletion restricts what is listed. */
export function isFiltered({ deleted: _, ...filter }: ListFilter): boolean {
  return Object.values(filter).some((part) => (Array.isArray(part) ? part.length > 0 : part !== undefined));
}

/** The same as a condition on the rows of a type. */
export function conditionOf(db: Database.Database, entityType: EntityType, filter: ListFilter): Condition {
  const {
    since = [],
    until = [],
    moods,
    type,
    activities = [],
    notActivities = [],
    search,
    deleted,
  } = filter;
  const isMood = entityType === "MoodEntry";
  const naming = (label: string) => (isMood ? namesActivity(db, idsOfLabel(db, label), { deleted }) : NEVER);
  return allOf([
    ...since.map((bound) => boundCondition(entityType, bound, "since")),
    ...until.map((bound) => boundCondition(entityType, bound, "until")),
    ...(moods ? [isMood ? isOneOf("value", moods) : NEVER] : []),
    ...(type === undefined ? [] : [typeCondition(db, entityType, type)]),
    ...activities.map(naming),
    ...notActivities.map((label) => (isMood ? not(naming(label)) : NEVER)),
    ...(search === undefined ? [] : [searchCondition(db, entityType, search, { deleted })]),
  ]);
}

/** An instant is compared as such. A time of the local clock is looked for by the instant first, for which there is an
 *  index: no place is a day away from UTC. */
function boundCondition(entityType: EntityType, { by, ms }: TimeBound, end: "since" | "until"): Condition {
  const moment = MOMENT_FIELD[entityType];
  if (!moment) return NEVER;
  const [sign, awayMs] = end === "since" ? [">=", -DAY_MS] : ["<=", DAY_MS];
  if (by === "instant") return { sql: `${moment} ${sign} ?`, values: [ms] };
  return {
    sql: `${moment} ${sign} ? and ${moment} + ${moment}_offset * ${MINUTE_MS} ${sign} ?`,
    values: [ms + awayMs, ms],
  };
}

function typeCondition(db: Database.Database, entityType: EntityType, typed: string): Condition {
  if (entityType !== "AssessmentEntry" && entityType !== "Schedule") return NEVER;
  const wanted = comparableText(findInstrument(typed)?.name ?? typed);
  const sql = `select distinct assessment_type from ${ENTITY_TABLE[entityType]} where assessment_type is not null`;
  const types = statement(db, sql).pluck().all() as string[];
  return isOneOf(
    "assessment_type",
    types.filter((type) => comparableText(type) === wanted),
  );
}
