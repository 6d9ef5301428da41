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

/** The activities in use, the most used of the last 60 days first. Each has the first free letter of its label. */
export function offeredActivities({ db, nowMs }: Entries): OfferedActivity[] {
  const byId = activitiesById(db);
  const uses = new Map<string, number>();
  for (const [id, count] of countNamedActivities(db, nowMs - COUNTED_DAYS * DAY_MS)) {
    const standing = byId.get(id)?.id ?? id;
    uses.set(standing, (uses.get(standing) ?? 0) + count);
  }
  const taken = new Set(TAKEN_LETTERS);
  return currentActivities(db)
    .filter(({ archived }) => !archived)
    .sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0))
    .map((activity) => {
      const letter = [...activity.label.toLowerCase()].find((one) => /^[a-z]$/.test(one) && !taken.has(one));
      if (letter) taken.add(letter);
      return { activity, letter: letter ?? null };
    });
}
