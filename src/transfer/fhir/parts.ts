import { formatUtc, parseTimestamp } from "../../domain/time/timestamp.ts";

/** A FHIR R4 resource. Without a value a property is left out: R4 knows neither null nor empty lists. */
export interface Resource {
  resourceType: string;
  id: string;
  [property: string]: unknown;
}

/** The resource as the entry of a bundle, under an address that others of the bundle refer to. */
export interface BundleEntry {
  fullUrl: string;
  resource: Resource;
}

export function bundleEntry(resource: Resource): BundleEntry {
  return { fullUrl: uuidUrl(resource.id), resource };
}

export function reference(id: string): { reference: string } {
  return { reference: uuidUrl(id) };
}

/** The id of a resource once more, as an identifier: a system that gives it another id still finds it again. */
export function identifier(id: string): { system: string; value: string } {
  return { system: "urn:ietf:rfc:3986", value: uuidUrl(id) };
}

function uuidUrl(id: string): string {
  return `urn:uuid:${id}`;
}

/** What something is called, with its LOINC code where there is one. LOINC's own name of it is left to the reader's copy
 *  of LOINC. */
export function concept(text: string, loinc?: string): object {
  return { ...(loinc ? { coding: [{ system: LOINC, code: loinc }] } : {}), text };
}

export const LOINC = "http://loinc.org";

/** What somebody answered about themselves. */
export const SURVEY = [
  {
    coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "survey" }],
  },
];

/** Why there is no value, by the names of the code system. */
export function absent(code: "asked-declined" | "not-applicable" | "unknown"): object {
  return { coding: [{ system: "http://terminology.hl7.org/CodeSystem/data-absent-reason", code }] };
}

/** FHIR's offsets end at 14 hours. */
const MAX_OFFSET_MINUTES = 14 * 60;

/** A stored time as a dateTime, with its offset; in UTC where FHIR has no such offset. */
export function dateTime(stored: string): string {
  const { ms, offsetMinutes } = parseTimestamp(stored)!;
  return Math.abs(offsetMinutes) > MAX_OFFSET_MINUTES ? formatUtc(ms) : stored;
}

/** A text as a string of FHIR: no control characters but tab and newlines, no white space but blanks and those, and
 *  something else than white space. Undefined where nothing of it is left. */
export function fhirText(text: string): string | undefined {
  const clean = text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/(?![\n\t ])\s/gu, " ")
    .replace(/(?![\n\t])\p{Cc}/gu, "\ufffd");
  return clean.trim() === "" ? undefined : clean;
}
