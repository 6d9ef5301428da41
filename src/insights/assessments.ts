import { type Change, changeBetween } from "../assessments/change.ts";
import { findInstrument } from "../assessments/find-instrument.ts";
import type { Instrument } from "../assessments/instrument.ts";
import { severityOf } from "../assessments/instrument.ts";
import { isOfOtherVersion } from "../assessments/known-version.ts";
import { highestScoreOf, isScoredAsPhq8 } from "../assessments/score.ts";
import type { AssessmentEntry } from "../domain/entities/assessment-entry.ts";
import { meanOf } from "./centre.ts";
import { type Day, daysWithin, moodOf } from "./day.ts";

/** One result, with the local day it was taken on. */
export interface TakenResult {
  entry: AssessmentEntry;
  day: number;
}

/** All results of one assessment. */
export interface AssessmentSeries {
  type: string;
  /** Undefined for a type of the person's own. */
  instrument: Instrument | undefined;
  /** Oldest first. */
  results: AssessmentResult[];
}

export interface AssessmentResult {
  id: string;
  day: number;
  takenAt: string;
  score: number;
  /** The highest score of the form that was answered; null for a type of the person's own and for another version. */
  highestScore: number | null;
  /** A PHQ-9 without its last item, whose score is one of the PHQ-8. */
  isScoredAsPhq8: boolean;
  /** The published band of the score, "" where none is published; of another version the one that was stored. */
  band: string;
  /** Null for the first. */
  sinceLast: Change | null;
  sinceFirst: Change | null;
  /** Whether the change since the last one is at least the published one that people notice; null where no figure is
   *  published or the two are not comparable. */
  isImportant: boolean | null;
  /** Mood of the `MOOD_DAYS` days that end with the day of the result: the mean, null under half of them. */
  moodBefore: { mean: number | null; days: number };
}

/** The time that the PHQ and GAD ask about. */
const MOOD_DAYS = 14;

/** The results by assessment, the one taken last first. `results` in any order. */
export function assessmentSeries(results: readonly TakenResult[], days: readonly Day[]): AssessmentSeries[] {
  const byType = new Map<string, TakenResult[]>();
  const inOrder = [...results].sort(byTime);
  for (const result of inOrder) {
    const type = result.entry.assessment_type;
    byType.set(type, [...(byType.get(type) ?? []), result]);
  }
  return [...byType]
    .map(([type, ofType]) => ({
      type,
      instrument: findInstrument(type),
      results: ofType.map((taken, index) => toResult(taken, ofType[index - 1], ofType[0]!, days)),
    }))
    .sort((a, b) => lastDay(b) - lastDay(a) || (a.type < b.type ? -1 : 1));
}

function toResult(
  { entry, day }: TakenResult,
  last: TakenResult | undefined,
  first: TakenResult,
  days: readonly Day[],
): AssessmentResult {
  const found = findInstrument(entry.assessment_type);
  const instrument = found && !isOfOtherVersion(found, entry) ? found : undefined;
  const sinceLast = last ? changeBetween(last.entry, entry) : null;
  const important = instrument?.change.important?.points ?? null;
  const before = daysWithin(days, { from: day - MOOD_DAYS + 1, to: day });
  return {
    id: entry.id,
    day,
    takenAt: entry.taken_at,
    score: entry.score,
    highestScore: instrument ? highestScoreOf(instrument, entry) : null,
    isScoredAsPhq8: isScoredAsPhq8(entry),
    band: instrument ? severityOf(instrument, entry.score) : entry.severity,
    sinceLast,
    sinceFirst: last ? changeBetween(first.entry, entry) : null,
    isImportant:
      sinceLast === null || important === null || sinceLast.verdict === "not comparable"
        ? null
        : Math.abs(sinceLast.points) >= important,
    moodBefore: {
      mean: before.length * 2 >= MOOD_DAYS ? meanOf(before.map(moodOf)) : null,
      days: before.length,
    },
  };
}

function byTime(a: TakenResult, b: TakenResult): number {
  const [timeA, timeB] = [Date.parse(a.entry.taken_at), Date.parse(b.entry.taken_at)];
  return timeA - timeB || (a.entry.id < b.entry.id ? -1 : 1);
}

function lastDay({ results }: AssessmentSeries): number {
  return results.at(-1)!.day;
}
