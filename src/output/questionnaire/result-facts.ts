import type { Change } from "../../assessments/change.ts";
import { type AnswerableInstrument, type Band, directionOf } from "../../assessments/instrument.ts";
import { safetyNotice } from "../../assessments/safety/notice.ts";
import { highestScoreOf, isScoredAsPhq8, SCORED_AS_PHQ8 } from "../../assessments/score.ts";
import type { AssessmentEntry } from "../../domain/entities/assessment-entry.ts";
import type { Schedule } from "../../domain/entities/schedule.ts";
import { DAY_MS } from "../../domain/time/durations.ts";
import { parseTimestamp, type ZonedTime } from "../../domain/time/timestamp.ts";

/** Another result that asks about some of the same days. */
export interface Overlapping {
  daysApart: number;
  isAfterOther: boolean;
  recallDays: number;
}

/** A result as it is shown, with what it is compared with. */
export interface ShownResult {
  instrument: AnswerableInstrument;
  assessment: AssessmentEntry;
  schedules: readonly Schedule[];
  overlap: Overlapping | null;
  last: { entry: AssessmentEntry; change: Change } | null;
  first: { entry: AssessmentEntry; change: Change } | null;
}

export const NO_DIAGNOSIS =
  "A screening range, not a diagnosis. Someone who knows you can make more of it than a number can.";

/** The highest score of the form that was answered. */
export function highestScore({ instrument, assessment }: ShownResult): number {
  return highestScoreOf(instrument, assessment);
}

/** What is said of how it was scored, '' where it is nothing special. */
export function scoringNote({ assessment }: ShownResult): string {
  return isScoredAsPhq8(assessment) ? SCORED_AS_PHQ8 : "";
}

/** Where support is, for the results that the safety rule names: whatever was answered, and without reassuring. */
export function supportLine({ instrument, assessment: { score } }: ShownResult): string[] {
  const notice = safetyNotice(instrument, { score }, { region: undefined, contacts: [], short: true });
  return notice ? [notice.text] : [];
}

/** The results that it is compared with: the last, and the first where that is another one. */
export function comparedWith({ last, first }: ShownResult): { entry: AssessmentEntry; change: Change }[] {
  if (!last || !first) return [];
  return last.entry.id === first.entry.id ? [last] : [last, first];
}

/** What is said where two results ask about the same days. */
export function overlapSentence({ daysApart, isAfterOther, recallDays }: Overlapping): string {
  const days = daysApart === 0 ? "less than a day" : daysApart === 1 ? "a day" : `${daysApart} days`;
  return `Taken ${days} ${isAfterOther ? "after the last" : "before the next"}; the questions look back ${recallDays}.`;
}

/** When the questions look back on days that this result does not know. */
export function nextSensible({ instrument, assessment }: ShownResult): ZonedTime {
  const taken = parseTimestamp(assessment.taken_at)!;
  return { ...taken, ms: taken.ms + instrument.recallDays * DAY_MS };
}

/** What a change means, in words. */
export function changeWords(
  { instrument }: ShownResult,
  before: AssessmentEntry,
  now: AssessmentEntry,
  { points, verdict, reliablePoints }: Change,
): string {
  switch (verdict) {
    case "not comparable":
      return "not comparable: both need all answers to the same questions";
    case "no figure":
      return `no figure is published for a reliable change${bandsWords(instrument, before, now, "; ")}`;
    case "not reliable":
      return `no reliable change (that is ${reliablePoints} or more)`;
    case "reliable":
      return `reliable change: ${directionOf(instrument, points)}${bandsWords(instrument, before, now, ", ")}`;
  }
}

function bandsWords(
  { bands }: AnswerableInstrument,
  before: AssessmentEntry,
  now: AssessmentEntry,
  separator: string,
): string {
  const [from, to] = [before, now].map(({ score }) => bandOf(bands, score));
  return from && to && from !== to ? `${separator}from ${from.severity} to ${to.severity}` : "";
}

function bandOf(bands: readonly Band[], score: number): Band | undefined {
  return bands.find(({ from, to }) => score >= from && score <= to);
}
