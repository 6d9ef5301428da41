import { uuidToBytes, uuidv5 } from "../../domain/identifiers.ts";
import { type BundleEntry, bundleEntry, reference } from "./parts.ts";

/** What a resource says about whom it is of: nothing where no name was given. */
export interface Subject {
  ofResponse: object;
  ofObservation: object;
}

export const NOBODY: Subject = { ofResponse: {}, ofObservation: {} };

/** The person of a bundle. The id comes from the name and from the id of the first entry: two people of one name are two
 *  patients. */
export function patientOf(name: string, firstEntryId: string): { patient: BundleEntry; subject: Subject } {
  const id = uuidv5(`Patient:${name}`, uuidToBytes(firstEntryId));
  const person = reference(id);
  return {
    patient: bundleEntry({ resourceType: "Patient", id, name: [{ text: name }] }),
    subject: {
      ofResponse: { subject: person, source: person },
      ofObservation: { subject: person, performer: [person] },
    },
  };
}
