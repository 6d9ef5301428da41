import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import { uuidToBytes, uuidv5 } from "../../domain/identifiers.ts";
import type { Administration, Answered } from "./administration.ts";
import {
  absent,
  type BundleEntry,
  bundleEntry,
  concept,
  dateTime,
  fhirText,
  identifier,
  reference,
  SURVEY,
} from "./parts.ts";
import type { Subject } from "./patient.ts";

/** The total of an assessment, its published band in words, and as components what each item adds to the total. */
export function scoreObservation(
  entry: AssessmentEntry,
  { answers, total }: Administration,
  subject: Subject,
): BundleEntry {
  const id = uuidv5("Observation:score", uuidToBytes(entry.id));
  const components = answers.flatMap(component);
  const band = fhirText(entry.severity);
  return bundleEntry({
    resourceType: "Observation",
    id,
    identifier: [identifier(id)],
    status: "final",
    category: SURVEY,
    code: concept(total.text, total.loinc),
    ...subject.ofObservation,
    effectiveDateTime: dateTime(entry.taken_at),
    valueQuantity: {
      value: entry.score,
      unit: "score",
      system: "http://unitsofmeasure.org",
      code: "{score}",
    },
    ...(band === undefined ? {} : { interpretation: [{ text: band }] }),
    derivedFrom: [reference(entry.id)],
    ...(components.length > 0 ? { component: components } : {}),
  });
}

function component({ item, value, points }: Answered): object[] {
  if (!item) return [];
  const code = concept(item.text, item.loinc);
  if (value !== null) return [{ code, valueInteger: points }];
  const why = item.skip ? (item.skip.keepsTotal ? "not-applicable" : "asked-declined") : "unknown";
  return [{ code, dataAbsentReason: absent(why) }];
}
