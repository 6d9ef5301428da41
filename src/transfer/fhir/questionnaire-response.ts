import { DIFFICULTY_QUESTION } from "../../assessments/instruments/phq-family.ts";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import type { Administration, Answered } from "./administration.ts";
import { type BundleEntry, bundleEntry, dateTime, identifier, LOINC } from "./parts.ts";
import type { Subject } from "./patient.ts";

/** What was asked and answered, and the total last, as in the panels of LOINC: of a score that was obtained elsewhere
 *  there is nothing else. */
export function questionnaireResponse(
  entry: AssessmentEntry,
  { answers, total, panel }: Administration,
  subject: Subject,
): BundleEntry {
  return bundleEntry({
    resourceType: "QuestionnaireResponse",
    id: entry.id,
    identifier: identifier(entry.id),
    ...(panel ? { questionnaire: `${LOINC}/q/${panel}` } : {}),
    status: "completed",
    ...subject.ofResponse,
    authored: dateTime(entry.taken_at),
    item: [
      ...answers.map(answeredItem),
      ...(entry.difficulty === undefined ? [] : [difficultyItem(entry.difficulty)]),
      {
        linkId: linkId(total.loinc, "total"),
        text: total.text,
        answer: [{ valueInteger: entry.score }],
      },
    ],
  });
}

/** One without an option has its digit; one that was left without a value has no answer. */
function answeredItem({ number, item, value, option }: Answered): object {
  return {
    linkId: linkId(item?.loinc, String(number)),
    ...(item ? { text: item.text } : {}),
    ...(value === null ? {} : { answer: [option ? chosen(option) : { valueInteger: value }] }),
  };
}

function difficultyItem(value: number): object {
  const { text, loinc, options } = DIFFICULTY_QUESTION;
  const option = options.find((one) => one.value === value)!;
  return { linkId: linkId(loinc, "difficulty"), text, answer: [chosen(option)] };
}

function chosen({ label, loinc }: { label: string; loinc?: string }): object {
  return { valueCoding: { ...(loinc ? { system: LOINC, code: loinc } : {}), display: label } };
}

/** LOINC's own questionnaires number their items so. */
function linkId(loinc: string | undefined, otherwise: string): string {
  return loinc ? `/${loinc}` : otherwise;
}
