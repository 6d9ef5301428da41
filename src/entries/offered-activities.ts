import type { Activity } from "../domain/entities/activity.ts";
import { DAY_MS } from "../domain/time/durations.ts";
import { activitiesById, currentActivities } from "../local/queries/activities.ts";
import { countNamedActivities } from "../local/queries/named-activities.ts";
import type { Entries } from "./entries.ts";

/** An activity that is offered to somebody who logs a mood, and the letter that takes it; null: none is left. */
export interface OfferedActivity {
  activity: Activity;
  letter: string | null;
}

/** Use is counted over so many days, so that the letters change slowly and follow a life. */
const COUNTED_DAYS = 60;
/** What these do while activities are offered: new, note, undo, quit. */
const TAKEN_LETTERS = "nuq";

/** The activities in use, the most used of the last 60 days first. Each has the first free letter of its label, or where
 *  its own are taken another one. */
export function offeredActivities({ db, nowMs }: Entries): OfferedActivity[] {
  const byId = activitiesById(db);
  const uses = new Map<string, number>();
  for (const [id, count] of countNamedActivities(db, nowMs - COUNTED_DAYS * DAY_MS)) {
    const standing = byId.get(id)?.id ?? id;
    uses.set(standing, (uses.get(standing) ?? 0) + count);
  }
  const activities = currentActivities(db)
    .filter(({ archived }) => !archived)
    .sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0));
  const letters = withLetters(activities.map(({ label }) => label));
  return activities.map((activity, index) => ({ activity, letter: letters[index]!.letter }));
}

/** Offered before there is any activity; taking one makes it. */
const WORDS_TO_BEGIN_WITH = ["work", "friends", "family", "outside", "exercise", "reading", "rest", "alone"];

/** What is offered, by its label; where there is no activity yet, words to begin with. */
export function offeredLabels(entries: Entries): { label: string; letter: string | null }[] {
  const offered = offeredActivities(entries).map(({ activity, letter }) => ({
    label: activity.label,
    letter,
  }));
  return offered.length > 0 ? offered : withLetters(WORDS_TO_BEGIN_WITH);
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Each label with its first letter that is free; those without one share out what is left. */
function withLetters(labels: readonly string[]): { label: string; letter: string | null }[] {
  const free = new Set(LETTERS);
  for (const letter of TAKEN_LETTERS) free.delete(letter);
  function takeFirst(letters: Iterable<string>): string | null {
    const letter = [...letters].find((one) => free.has(one)) ?? null;
    if (letter !== null) free.delete(letter);
    return letter;
  }
  const own = labels.map((label) => takeFirst(label.toLowerCase()));
  return labels.map((label, index) => ({ label, letter: own[index] ?? takeFirst(LETTERS) }));
}
