import type { AnswerableInstrument, Instrument } from "./instrument.ts";

/** A stored assessment as far as its version is concerned. */
interface VersionedEntry {
  instrument_version?: string;
  answers?: readonly (number | null)[];
}

/** Whether an assessment names another version than the one that is known here, whose bands and range may be others. One
 *  that names none may be of this. */
export function isOfOtherVersion(
  { version }: Instrument,
  { instrument_version }: Pick<VersionedEntry, "instrument_version">,
): boolean {
  return instrument_version !== undefined && instrument_version !== version;
}

/** Whether the answers of an assessment are to the questions of this definition: it names this version, and has an answer
 *  to each. Without a version it is not known what was asked. */
export function answersTheseQuestions(
  instrument: Instrument | undefined,
  { instrument_version, answers }: VersionedEntry,
): instrument is AnswerableInstrument {
  return (
    instrument?.questions != null &&
    instrument_version === instrument.version &&
    answers?.length === instrument.questions.items.length
  );
}
