import JSONSchemaValidator from "@asymmetrik/fhir-json-schema-validator";
import fhirpath from "fhirpath";
import r4 from "fhirpath/fhir-context/r4";
import type { Entries } from "../../../src/entries/entries.ts";
import type { EntityDraft } from "../../../src/local/versions/write.ts";
import { writeAs } from "../../../src/local/versions/write.ts";
import { FHIR_BUNDLE, type FhirOptions, fhirEntries } from "../../../src/transfer/fhir/bundle.ts";

const validator = new JSONSchemaValidator();

/** What HL7's JSON schema of FHIR R4 finds wrong. */
export function schemaErrors(resource: object): object[] {
  return validator.validate(resource, true);
}

/** Asks a bundle as systems that read FHIR do: a FHIRPath expression over the model of R4. */
export function ask(bundle: object, expression: string): unknown[] {
  return fhirpath.evaluate(bundle, expression, undefined, r4, { async: false });
}

/** The bundle of all entries, read back from its JSON. */
export function bundleOf({ db }: Entries, options: Partial<FhirOptions> = {}) {
  const entry = [...fhirEntries(db, { name: undefined, notes: false, ...options })].flatMap(
    ({ entries }) => entries,
  );
  return JSON.parse(JSON.stringify({ ...FHIR_BUNDLE, ...(entry.length > 0 ? { entry } : {}) })) as object;
}

/** Stores an assessment as it stands, as one comes from another device. */
export function storeAssessment({ db, nowMs }: Entries, draft: Partial<EntityDraft<"AssessmentEntry">>) {
  return writeAs(db, { name: "test", nowMs }, (writer) =>
    writer.put("AssessmentEntry", {
      id: crypto.randomUUID(),
      assessment_type: "PHQ-9",
      score: 4,
      severity: "",
      taken_at: "2026-11-22T09:30:00.000+01:00",
      ...draft,
    }),
  );
}
