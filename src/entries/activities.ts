import type Database from "better-sqlite3";
import type { Activity } from "../domain/entities/activity.ts";
import { MAX_ACTIVITIES } from "../domain/limits.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { differsByOneLetter } from "../domain/text/similar-text.ts";
import { comparableText } from "../domain/text/text.ts";
import { checkedLabel } from "../input/checked-text.ts";
import { listRows } from "../local/queries/list-rows.ts";
import { freeActivityId } from "../local/versions/natural-id.ts";
import { type Writer, writeAs } from "../local/versions/write.ts";
import type { Entries } from "./entries.ts";

/** An activity before it is stored. */
export type NewActivity = Pick<Activity, "label"> & Partial<Omit<Activity, "id" | "metadata" | "label">>;

/** The activities of a mood: their ids, or labels as a person names them. A label that nothing has creates an activity;
 *  one that differs by a letter from an existing one is taken for a typing error unless `createSimilar` is set. */
export type ChosenActivities =
  | readonly string[]
  | { labels: readonly string[]; createSimilar?: boolean | undefined };

/** Adds an activity; a deleted one of that label is revived. Throws `invalid_input` where a live one has the label. */
export function addActivity({ db, nowMs }: Entries, given: NewActivity): Activity {
  const activity = { ...given, label: checkedLabel(given.label) };
  return writeAs(db, { name: "activity add", nowMs }, (writer) => {
    if (matchLabel(db, activity.label).status !== "known") return createActivity(db, writer, activity);
    throw new MoodsyncError("invalid_input", "There is already an activity with that label.", {
      hint: "`moodsync activity list` shows it; `moodsync activity edit` changes it.",
    });
  });
}

/** A label that differs by one letter from that of an existing activity. */
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
    if (match.status === "known") return match.activity.id;
    if (match.status === "similar" && !createSimilar) throw new SimilarLabel(match.labels);
    const activity = createActivity(db, writer, { label });
    created.push(activity);
    return activity.id;
  };
  const { labels, createSimilar } = isIds(chosen) ? { labels: [], createSimilar: false } : chosen;
  const ids = new Set(isIds(chosen) ? chosen : labels.map(checkedLabel).map(idOf));
  if (ids.size > MAX_ACTIVITIES) {
    throw new MoodsyncError("invalid_input", `A mood can have at most ${MAX_ACTIVITIES} activities.`);
  }
  return { ids: [...ids], created };
}

function isIds(chosen: ChosenActivities): chosen is readonly string[] {
  return Array.isArray(chosen);
}

/** Below this many letters two labels that differ by one are as likely meant as mistyped. */
const MIN_SUGGESTED_LETTERS = 5;

/** What a typed label means on this device. */
export type LabelMatch =
  | { status: "known"; activity: Activity }
  /** None has it, but these differ from it by one letter. */
  | { status: "similar"; labels: string[] }
  | { status: "new" };

/** Finds the live activity of a label, compared without case and blanks; of several the one with the smallest id. */
export function matchLabel(db: Database.Database, label: string): LabelMatch {
  const wanted = comparableText(label);
  const activities = listRows(db, "Activity").map((row) => row.entity as Activity);
  const same = activities.filter((activity) => comparableText(activity.label) === wanted);
  const [first] = same.sort((a, b) => (a.id < b.id ? -1 : 1));
  if (first) return { status: "known", activity: first };
  const similar = activities.filter((activity) => {
    const other = comparableText(activity.label);
    return [...other].length >= MIN_SUGGESTED_LETTERS && differsByOneLetter(wanted, other);
  });
  return similar.length > 0
    ? { status: "similar", labels: similar.map((activity) => activity.label) }
    : { status: "new" };
}

function createActivity(db: Database.Database, writer: Writer, activity: NewActivity): Activity {
  const id = freeActivityId(db, activity.label);
  return writer.put("Activity", { color_hex: null, icon: null, ...activity, id });
}
