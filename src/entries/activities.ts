import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import { MAX_ACTIVITIES } from "../domain/limits.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { type LetterDifference, letterDifference } from "../domain/text/similar-text.ts";
import { comparableText } from "../domain/text/text.ts";
import { checkedLabel } from "../input/checked-text.ts";
import { activitiesById, activityIdsOf, currentActivities } from "../local/queries/activities.ts";
import { listRows } from "../local/queries/list-rows.ts";
import { freeActivityId } from "../local/versions/natural-id.ts";
import { type Writer, writeAs } from "../local/versions/write.ts";
import type { Entries } from "./entries.ts";

/** An activity before it is stored. */
export type NewActivity = Pick<Activity, "label"> & Partial<Omit<Activity, "id" | "metadata" | "label">>;

/** The activities of a mood: their ids, or labels as a person names them. A label that nothing has creates an activity;
 *  one that is nearly that of an existing one is taken for a typing error unless `createSimilar` is set. */
export type ChosenActivities = readonly string[] | TypedActivities;

/** Labels as they are typed: a comma separates two, unless an activity has all of it as its label. */
export interface TypedActivities {
  labels: readonly string[];
  createSimilar?: boolean | undefined;
}

/** Labels that come to those of a mood, and that leave them. */
export interface ChangedActivities {
  added: readonly string[];
  removed: readonly string[];
  createSimilar?: boolean | undefined;
}

/** Adds an activity; a deleted one of that label is revived. Throws `invalid_input` where a live one has the label. */
export function addActivity({ db, nowMs }: Entries, given: NewActivity): Activity {
  const activity = { ...given, label: checkedLabel(given.label) };
  return writeAs(db, { name: "activity add", nowMs }, (writer) => {
    const match = matchLabel(db, activity.label);
    if (match.status !== "known") return createActivity(db, writer, activity);
    if (match.activity.id === match.countsFor.id) {
      throw new MoodsyncError("invalid_input", "There is already an activity with that label.", {
        hint: "`moodsync activity list` shows it; `moodsync activity edit` changes it.",
      });
    }
    throw new MoodsyncError("invalid_input", "The activity with that label was merged into another one.", {
      hint: "Its label still means that one; `moodsync activity list` shows which.",
    });
  });
}

/** A label that is nearly that of an existing activity. */
export class SimilarLabel extends MoodsyncError {
  readonly #labels: readonly string[];

  constructor(labels: readonly string[]) {
    super("invalid_input", "An activity with nearly the same label exists already.", {
      hint: "Use its label, or add --create to make a new activity; nothing was stored.",
    });
    this.#labels = labels;
  }

  /** The existing labels, for the person who typed. No property, so that whatever prints an error leaves them out. */
  existingLabels(): readonly string[] {
    return this.#labels;
  }
}

/** The ids of the chosen activities, each once, and the activities that were created for it. For a write that has
 *  begun. Throws `SimilarLabel`, or `invalid_input` for what is no label and for too many. */
export function chooseActivities(
  db: Database.Database,
  writer: Writer,
  chosen: ChosenActivities,
): { ids: string[]; created: Activity[] } {
  const created: Activity[] = [];
  const idOf = (label: string): string => {
    const match = matchLabel(db, label);
    if (match.status === "known") return match.countsFor.id;
    if (match.status === "similar" && !createSimilar) throw new SimilarLabel(match.labels);
    const activity = createActivity(db, writer, { label });
    created.push(activity);
    return activity.id;
  };
  const { labels, createSimilar } = isIds(chosen) ? { labels: [], createSimilar: false } : chosen;
  const typed = labels.flatMap((label) => separatedLabels(db, label));
  const ids = new Set(isIds(chosen) ? chosen : typed.map(checkedLabel).map(idOf));
  if (ids.size > MAX_ACTIVITIES) {
    throw new MoodsyncError("invalid_input", `A mood can have at most ${MAX_ACTIVITIES} activities.`);
  }
  return { ids: [...ids], created };
}

/** The same for changes of the activities that a mood names. A label that leaves takes every id with it that counts for
 *  its activity. Throws `not_found` for one that no activity has. */
export function changeActivities(
  db: Database.Database,
  writer: Writer,
  { earlier, change }: { earlier: readonly string[]; change: ChangedActivities },
): { ids: string[]; created: Activity[] } {
  const leaving = change.removed.flatMap((label) => separatedLabels(db, label)).map(checkedLabel);
  const leavingIds = new Set(leaving.flatMap((label) => [...idsOfLabel(db, label)]));
  const added = chooseActivities(db, writer, { labels: change.added, createSimilar: change.createSimilar });
  const stay = earlier.filter((id) => !leavingIds.has(id));
  return { ids: chooseActivities(db, writer, [...stay, ...added.ids]).ids, created: added.created };
}

/** What `activityIdsOf` finds. Throws `not_found` where no activity has the label. */
export function idsOfLabel(db: Database.Database, label: string): Set<string> {
  const ids = activityIdsOf(db, label);
  if (ids.size > 0) return ids;
  throw new MoodsyncError("not_found", "No activity has that label.", {
    hint: "`moodsync activity list` shows them.",
  });
}

function isIds(chosen: ChosenActivities): chosen is readonly string[] {
  return Array.isArray(chosen);
}

/** The labels of a text in which commas separate them. */
export function separatedLabels(db: Database.Database, typed: string): string[] {
  if (!typed.includes(",") || matchLabel(db, typed).status === "known") return [typed];
  return typed.split(",").filter((label) => label.trim() !== "");
}

/** What a typed label means on this device. */
export type LabelMatch =
  | ({ status: "known" } & KnownLabel)
  /** None has it, but these are so near that it is more likely mistyped than meant. */
  | { status: "similar"; labels: string[] }
  | { status: "new" };

/** Finds the live activity of a label, compared without case and blanks. */
export function matchLabel(db: Database.Database, label: string): LabelMatch {
  const known = activitiesByLabel(db).get(comparableText(label));
  if (known) return { status: "known", ...known };
  const labels = labelsNear(db, label, isProbablyMistyped);
  return labels.length > 0 ? { status: "similar", labels } : { status: "new" };
}

/** The activity that has a label, and the one that moods of it count for: the same, unless it was merged. */
interface KnownLabel {
  activity: Activity;
  countsFor: Activity;
}

/** By its label as `comparableText` has it: of several with one label the one that was not merged into another, and the
 *  one with the smallest id. One that was merged into what is deleted now has no say. */
function activitiesByLabel(db: Database.Database): Map<string, KnownLabel> {
  const byId = activitiesById(db);
  const known = listRows(db, "Activity")
    .map((row) => ({ activity: row.entity as Activity, countsFor: byId.get(row.id)! }))
    .filter(({ countsFor }) => !isDeleted(countsFor))
    .map((one) => ({ ...one, isMerged: one.countsFor.id !== one.activity.id }))
    .sort((a, b) => Number(a.isMerged) - Number(b.isMerged) || (a.activity.id < b.activity.id ? -1 : 1));
  const byLabel = new Map<string, KnownLabel>();
  for (const { activity, countsFor } of known) {
    const label = comparableText(activity.label);
    if (!byLabel.has(label)) byLabel.set(label, { activity, countsFor });
  }
  return byLabel;
}

/** Finds the activities of many labels in a write that has begun, and creates those that are not there, however like
 *  another one they are: what another program has kept is no typing error. */
export function openLabels(
  db: Database.Database,
  writer: Writer,
): { idOf(label: string): string; created: Activity[] } {
  const ids = new Map([...activitiesByLabel(db)].map(([label, { countsFor }]) => [label, countsFor.id]));
  const created: Activity[] = [];
  return {
    created,
    idOf(label) {
      const comparable = comparableText(label);
      const known = ids.get(comparable);
      if (known !== undefined) return known;
      const activity = createActivity(db, writer, { label: checkedLabel(label) });
      created.push(activity);
      ids.set(comparable, activity.id);
      return activity.id;
    },
  };
}

/** The labels that differ by one letter from that of an activity: worth a hint where it was just created. */
export function labelsBeside(db: Database.Database, activity: Activity): string[] {
  return labelsNear(db, activity.label, () => true);
}

/** Of the activities in use: nobody means one that is archived, or merged into another. */
function labelsNear(
  db: Database.Database,
  label: string,
  isNear: (difference: LetterDifference, letters: number) => boolean,
): string[] {
  const wanted = comparableText(label);
  return currentActivities(db)
    .filter(({ archived }) => !archived)
    .map((activity) => activity.label)
    .filter((other) => {
      const letters = [...comparableText(other)].length;
      const difference = letters < MIN_WORD_LETTERS ? null : letterDifference(wanted, comparableText(other));
      return difference !== null && isNear(difference, letters);
    });
}

/** Fewest letters of a label of which another one can be a misspelling. */
const MIN_WORD_LETTERS = 3;
/** Below this many letters two labels with one letter exchanged, or one more, are as likely both meant: walk, talk. */
const MIN_EXCHANGED_LETTERS = 5;

/** Fingers swap and double letters whatever the word: wrok, runn. */
function isProbablyMistyped(difference: LetterDifference, letters: number): boolean {
  return difference === "swapped" || difference === "doubled" || letters >= MIN_EXCHANGED_LETTERS;
}

function isDeleted({ metadata }: Activity): boolean {
  return metadata.deleted_at !== null;
}

function createActivity(db: Database.Database, writer: Writer, activity: NewActivity): Activity {
  const id = freeActivityId(db, activity.label);
  return writer.put("Activity", { color_hex: null, icon: null, ...activity, id });
}
