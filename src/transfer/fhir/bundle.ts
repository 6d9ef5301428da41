import type Database from "better-sqlite3";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import { unreadableFields } from "../../domain/entities/entity-problem.ts";
import type { MoodEntry } from "../../domain/entities/mood-entry.ts";
import { firstEntryId } from "../../local/queries/first-entry.ts";
import { eachRow } from "../../local/queries/list-rows.ts";
import { printableJson } from "../../output/terminal-text.ts";
import type { Piece } from "../piece.ts";
import { administrationOf } from "./administration.ts";
import { moodObservation } from "./mood.ts";
import type { BundleEntry } from "./parts.ts";
import { NOBODY, patientOf, type Subject } from "./patient.ts";
import { questionnaireResponse } from "./questionnaire-response.ts";
import { scoreObservation } from "./score-observation.ts";

export interface FhirOptions {
  /** The person's name, as a string of FHIR (`fhirText`). Without one nothing says of whom it is. */
  name: string | undefined;
  notes: boolean;
}

/** A FHIR R4 bundle, one line for each resource. A list without entries is not allowed in FHIR, so there is none then. */
export function* fhirExport(db: Database.Database, options: FhirOptions): Generator<Piece, void> {
  const start = printableJson(FHIR_BUNDLE).slice(0, -1);
  let isFirst = true;
  for (const { of, entries } of fhirEntries(db, options)) {
    const lines = entries.map((entry) => printableJson(entry)).join(",\n");
    yield { text: `${isFirst ? `${start},"entry":[` : ","}\n${lines}`, entries: of === "entry" ? 1 : 0 };
    isFirst = false;
  }
  yield { text: isFirst ? `${start}}\n` : "\n]}\n", entries: 0 };
}

/** A bundle without its entries: one of the type that only keeps things together. A transaction would tell the system
 *  that gets it what to write where, which is not ours to say. */
export const FHIR_BUNDLE = { resourceType: "Bundle", type: "collection" };

/** The entries of a FHIR R4 bundle: the person, where there is a name, in a list by itself; then one list for each live
 *  assessment and after them each live mood, oldest first, which holds its resources. Row by row: the database cannot be
 *  written meanwhile. The same data makes the same entries. */
export function* fhirEntries(
  db: Database.Database,
  { name, notes }: FhirOptions,
): Generator<{ of: "person" | "entry"; entries: BundleEntry[] }, void> {
  let subject: Subject = NOBODY;
  const first = name === undefined ? undefined : firstEntryId(db);
  if (name !== undefined && first !== undefined) {
    const person = patientOf(name, first);
    subject = person.subject;
    yield { of: "person", entries: [person.patient] };
  }
  for (const { content } of eachRow(db, "AssessmentEntry", { reverse: true })) {
    const entry = withoutUnreadable(content as AssessmentEntry);
    const administration = administrationOf(entry);
    const response = questionnaireResponse(entry, administration, subject);
    yield { of: "entry", entries: [response, scoreObservation(entry, administration, subject)] };
  }
  for (const { content } of eachRow(db, "MoodEntry", { reverse: true })) {
    yield { of: "entry", entries: [moodObservation(content as MoodEntry, { subject, notes })] };
  }
}

/** A version that did not know a field kept whatever stood in it. */
function withoutUnreadable(entry: AssessmentEntry): AssessmentEntry {
  const unreadable = unreadableFields("AssessmentEntry", entry);
  if (unreadable.length === 0) return entry;
  const kept = Object.entries(entry).filter(([name]) => !unreadable.includes(name));
  return Object.fromEntries(kept) as unknown as AssessmentEntry;
}
