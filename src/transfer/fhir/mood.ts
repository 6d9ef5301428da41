import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { MOOD_NAMES, moodName } from "../../domain/entities/mood-name.ts";
import { type BundleEntry, bundleEntry, concept, dateTime, fhirText, identifier, SURVEY } from "./parts.ts";
import type { Subject } from "./patient.ts";

const SCALE = concept(`Mood, from 1 (${MOOD_NAMES[0]}) to ${MOOD_NAMES.length} (${MOOD_NAMES.at(-1)})`);

/** A mood as an Observation; there is no code for such a scale. Activities stay behind: they are words of the person's
 *  own, and may name people. */
export function moodObservation(
  mood: MoodEntry,
  { subject, notes }: { subject: Subject; notes: boolean },
): BundleEntry {
  const note = notes && mood.note !== null ? fhirText(mood.note) : undefined;
  return bundleEntry({
    resourceType: "Observation",
    id: mood.id,
    identifier: [identifier(mood.id)],
    status: "final",
    category: SURVEY,
    code: SCALE,
    ...subject.ofObservation,
    effectiveDateTime: dateTime(mood.recorded_at),
    valueInteger: mood.value,
    interpretation: [{ text: moodName(mood.value) }],
    ...(note === undefined ? {} : { note: [{ text: note }] }),
  });
}
