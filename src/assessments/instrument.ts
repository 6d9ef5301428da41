/** A range of scores that a publication names. */
export interface Band {
  /** Lowest and highest score of the band, both included. */
  from: number;
  to: number;
  /** What is stored as the severity; '' where the publication names none. */
  severity: string;
}

/** One published self-assessment. The wording of the bands is that of the publications: screening ranges, never
 *  diagnoses. */
export interface Instrument {
  /** In lower case without hyphens: "phq9". */
  id: string;
  /** As it is stored in `assessment_type`: "PHQ-9". */
  name: string;
  /** Which form of the instrument the scores and bands belong to; stored as `instrument_version`. */
  version: string;
  /** Lowest and highest score, and the distance of possible scores where it is not 1. */
  score: { min: number; max: number; step?: number; note?: string };
  /** The scored items, where single answers can be recorded; the score is their sum. */
  items?: { count: number; min: number; max: number };
  /** From the best to the worst, so the last is the top band; empty where no cut-offs are published. */
  bands: readonly Band[];
  /** The time that the questions are about, in days. */
  recallDays: number;
  /** Numbers (from 1) of the items about harming oneself. */
  safetyItems: readonly number[];
  licence: string;
  citation: string;
}

/** The severity of a score within the instrument's range, '' where no band is published. */
export function severityOf({ bands }: Instrument, score: number): string {
  return bands.find(({ from, to }) => score >= from && score <= to)?.severity ?? "";
}

/** Whether a score lies in the band that the publication puts last. */
export function isTopBand({ bands }: Instrument, score: number): boolean {
  const top = bands.at(-1);
  return top !== undefined && score >= top.from && score <= top.to;
}
