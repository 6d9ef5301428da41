import type Database from "better-sqlite3";
import type { Activity } from "../../domain/entities/activity.ts";
import { standingActivities } from "../../domain/entities/standing-activity.ts";
import { comparableText } from "../../domain/text/text.ts";
import { statement } from "../storage/statements.ts";
import { listRows } from "./list-rows.ts";

/** For the id of every activity that was ever here, the one that moods which name it count for: see
 *  `standingActivities`. It may be deleted (`metadata.deleted_at`). */
export function activitiesById(db: Database.Database): Map<string, Activity> {
  return standingActivities(
    listRows(db, "Activity", { deleted: true }).map(({ content }) => content as Activity),
  );
}

/** The label of the activity that each id counts for; that of a deleted one is marked. */
export function activityLabels(db: Database.Database): Map<string, string> {
  return mapValues(activitiesById(db), labelOf);
}

/** The same for people: with the icon before it. */
export function shownLabels(db: Database.Database): Map<string, string> {
  return mapValues(activitiesById(db), (activity) =>
    activity.icon ? `${activity.icon} ${labelOf(activity)}` : labelOf(activity),
  );
}

/** The activities that a mood can be given: neither deleted nor merged into another one; by label. */
export function currentActivities(db: Database.Database): Activity[] {
  const byId = activitiesById(db);
  return listRows(db, "Activity")
    .map(({ entity }) => entity as Activity)
    .filter(({ id }) => byId.get(id)?.id === id);
}

/** All ids whose moods count for an activity with this label, compared without case and blanks: of those that have it,
 *  of what was merged into them, and of what they were merged into. Deleted ones count, because moods still name them. */
export function activityIdsOf(db: Database.Database, label: string): Set<string> {
  const wanted = comparableText(label);
  const rows = listRows(db, "Activity", { deleted: true });
  const byId = activitiesById(db);
  const meant = new Set(
    rows
      .filter(({ content }) => comparableText((content as Activity).label) === wanted)
      .map(({ id }) => byId.get(id)!.id),
  );
  return new Set(rows.map(({ id }) => id).filter((id) => meant.has(byId.get(id)!.id)));
}

/** How many live moods name one of these activities. */
export function countMoodsOf(db: Database.Database, activityIds: ReadonlySet<string>): number {
  const sql = `select count(*) from mood_entries where deleted_at is null and exists (
    select 1 from json_each(mood_entries.activities) as named
    where named.value in (select value from json_each(?)))`;
  return statement(db, sql)
    .pluck()
    .get(JSON.stringify([...activityIds])) as number;
}

function labelOf({ label, metadata }: Activity): string {
  return metadata.deleted_at === null ? label : `${label} (deleted)`;
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, value: (of: A) => B): Map<string, B> {
  return new Map([...map].map(([key, of]) => [key, value(of)]));
}
