import type Database from "better-sqlite3";
import { ENTITY_TABLE, type EntityType } from "../../domain/entities/entity-type.ts";
import { completeSearchIndex } from "../storage/search-index.ts";
import { statement } from "../storage/statements.ts";
import { activitiesById } from "./activities.ts";
import { allOf, type Condition, isOneOf, NEVER } from "./condition.ts";
import { searchWords, textsWithWords, wordQuery } from "./search-words.ts";

/** That an entry has every word of a text, or one that begins with it, in any order and without regard to case and
 *  diacritics: a mood in its note and the labels of its activities together, anything else in its name. A blank text is
 *  in everything, and one of signs alone in nothing. Any text is allowed. Without `deleted` it is for live rows alone. */
export function searchCondition(
  db: Database.Database,
  entityType: EntityType,
  text: string,
  { deleted = false }: { deleted?: boolean | undefined } = {},
): Condition {
  if (text.trim() === "") return allOf([]);
  const words = searchWords(text);
  if (!words || words.length === 0) return NEVER;
  switch (entityType) {
    case "MoodEntry":
      return moodsWith(db, words, deleted);
    case "AssessmentEntry":
    case "Schedule":
      return namesWith(db, entityType, "assessment_type", words);
    case "Activity":
      return namesWith(db, entityType, "label", words);
  }
}

/** That a mood names one of these activities; for live moods alone without `deleted`. */
export function namesActivity(
  db: Database.Database,
  activityIds: ReadonlySet<string>,
  { deleted = false }: { deleted?: boolean | undefined } = {},
): Condition {
  if (activityIds.size === 0) return NEVER;
  const read = {
    sql: `exists (select 1 from json_each(entity.activities) as named
      where named.value in (select value from json_each(?)))`,
    values: [JSON.stringify([...activityIds])],
  };
  if (deleted) return read;
  const end = completeSearchIndex(db);
  const indexed = { sql: `rowid in (${IN_INDEX})`, values: [activityQuery(activityIds)] };
  if (!hasMoodsBeyond(db, end)) return indexed;
  return {
    sql: `(${indexed.sql} or rowid > ? and ${read.sql})`,
    values: [...indexed.values, end, ...read.values],
  };
}

const IN_INDEX = "select rowid from mood_search where mood_search match ?";
/** Words of one query of the index. */
const WORDS_PER_QUERY = 64;

function moodsWith(db: Database.Database, words: readonly string[], deleted: boolean): Condition {
  const activities = activitiesWith(db, words);
  const queries: string[] = [];
  for (let from = 0; from < words.length; from += WORDS_PER_QUERY) {
    const part = words.slice(from, from + WORDS_PER_QUERY);
    queries.push(part.map((word, at) => wordOrActivity(word, activities[from + at]!)).join(" AND "));
  }
  const end = completeSearchIndex(db);
  const indexed = queries.map(() => `rowid in (${IN_INDEX})`).join(" and ");
  if (!deleted && !hasMoodsBeyond(db, end)) return { sql: indexed, values: queries };
  return {
    sql: `((${indexed}) or id in (select value from json_each(?)))`,
    values: [...queries, JSON.stringify(readMoodsWith(db, words, activities, { end, deleted }))],
  };
}

function hasMoodsBeyond(db: Database.Database, end: number): boolean {
  return statement(db, "select 1 from mood_entries where rowid > ? limit 1").get(end) !== undefined;
}

function wordOrActivity(word: string, activityIds: ReadonlySet<string>): string {
  const inNote = `note : ${wordQuery(word)}`;
  return activityIds.size === 0 ? inNote : `(${inNote} OR ${activityQuery(activityIds)})`;
}

function activityQuery(ids: ReadonlySet<string>): string {
  return `activities : (${[...ids].map((id) => `"${id.replaceAll("-", "")}"`).join(" OR ")})`;
}

/** For each word the activities whose label has it: the label of the activity that they count for. */
function activitiesWith(db: Database.Database, words: readonly string[]): Set<string>[] {
  const activities = [...activitiesById(db)];
  const labels = activities.map(([, { label }]) => label);
  return textsWithWords(labels, words).map(
    (positions) => new Set([...positions].map((at) => activities[at]![0])),
  );
}

/** Moods that are not in the index, deleted ones and those beyond its end, are searched one after the other. */
function readMoodsWith(
  db: Database.Database,
  words: readonly string[],
  activities: readonly ReadonlySet<string>[],
  { end, deleted }: { end: number; deleted: boolean },
): string[] {
  const unindexed = deleted ? "(deleted_at is not null or rowid > ?)" : "deleted_at is null and rowid > ?";
  const sql = `select id, coalesce(note, '') as note, activities from mood_entries
    where created_at is not null and ${unindexed}`;
  const moods = statement(db, sql).all(end) as { id: string; note: string; activities: string }[];
  const inNote = textsWithWords(
    moods.map(({ note }) => note),
    words,
  );
  const isFound = ({ activities: named }: { activities: string }, at: number) => {
    const ids = JSON.parse(named) as string[];
    return words.every((_, word) => inNote[word]!.has(at) || ids.some((id) => activities[word]!.has(id)));
  };
  return moods.filter(isFound).map(({ id }) => id);
}

function namesWith(
  db: Database.Database,
  entityType: EntityType,
  column: "assessment_type" | "label",
  words: readonly string[],
): Condition {
  const sql = `select distinct ${column} from ${ENTITY_TABLE[entityType]} where ${column} is not null`;
  const names = statement(db, sql).pluck().all() as string[];
  const found = textsWithWords(names, words);
  return isOneOf(
    column,
    names.filter((_, at) => found.every((positions) => positions.has(at))),
  );
}
