/** A range of scores that a publication names. */
export interface Band {
  /** Lowest and highest score of the band, both included. */
  from: number;
  to: number;
  /** What is stored as the severity; '' where the publication names none. */
  severity: string;
  /** The same where there is little room. */
  short?: string;
}

/** One question, in the words of the publication. */
export interface Item {
  text: string;
  /** Its LOINC code, where loinc.org has one of this wording and this time that is asked about. */
  loinc?: string;
  /** Where it may be left without a value, which is stored as null and counts 0: as what that is offered, what
   *  becomes of the total, and whether the total is still one of this instrument. */
  skip?: { label: string; note: string; keepsTotal: boolean };
}

/** What can be chosen. The value is the digit that stands beside the label, which is what is stored. */
export interface Option {
  value: number;
  label: string;
  /** The code of LOINC's answer with this label, "LA6568-5". */
  loinc?: string;
}

/** The questions of an instrument whose licence lets them be shown. */
export interface Questions {
  stem: string;
  items: readonly Item[];
  /** From top to bottom. */
  options: readonly Option[];
  /** Numbers (from 1) of the items whose values count from the other end. */
  reversed: readonly number[];
  /** Whether the unscored question follows, how difficult the problems made life. */
  asksDifficulty: boolean;
  /** How long it takes, as it is shown: "about 2 minutes". */
  duration: string;
  /** What somebody may want to know before they begin, one sentence each. */
  beforehand: readonly string[];
}

/** A published number of points, and the publication. */
export interface PublishedChange {
  points: number;
  source: string;
}

/** One published self-assessment. The wording of the bands is that of the publications: screening ranges, never
 *  diagnoses. */
export interface Instrument {
  /** In lower case without hyphens: "phq9". */
  id: string;
  /** As it is stored in `assessment_type`: "PHQ-9". */
  name: string;
  /** Which form of the instrument the scores, bands and questions belong to; stored as `instrument_version`. A question,
   *  an option or a rule that changes makes a new version. */
  version: string;
  /** Lowest and highest score, and the distance of possible scores where it is not 1. */
  score: { min: number; max: number; step?: number; note?: string };
  /** What a higher score means. */
  higherIs: "more symptoms" | "more well-being" | "more self-esteem" | "more drinking";
  /** Null where only a score from elsewhere is recorded. */
  questions: Questions | null;
  /** From the best to the worst, so the last is the top band; empty where no cut-offs are published. */
  bands: readonly Band[];
  /** What is published of cut-offs where there are no bands. */
  cutOff?: string;
  /** From which difference on a change is more than the instrument's own unsteadiness, and from which on people notice
   *  it; null where no figure is published. */
  change: { reliable: PublishedChange | null; important: PublishedChange | null };
  /** The time that the questions are about, in days; taken more often, results overlap. */
  recallDays: number;
  /** The same in words: "2 weeks". */
  recallWords: string;
  /** Numbers (from 1) of the items about harming oneself. */
  safetyItems: readonly number[];
  /** LOINC codes of the questionnaire and of its total score. Only those that a page of loinc.org or HL7 shows; for the
   *  others there may be one. */
  loinc?: { panel?: string; total?: string };
  licence: { text: string; url?: string };
  citation: string;
}

/** One whose questions can be asked. */
export type AnswerableInstrument = Instrument & { questions: Questions };

/** The severity of a score within the instrument's range, '' where no band is published. */
export function severityOf({ bands }: Instrument, score: number): string {
  return bands.find(({ from, to }) => score >= from && score <= to)?.severity ?? "";
}

/** What a change of so many points is, none being 0: "fewer symptoms", "more well-being". */
export function directionOf({ higherIs }: Instrument, points: number): string {
  return points > 0 ? higherIs : higherIs.replace("more", higherIs === "more symptoms" ? "fewer" : "less");
}

/** Whether a score lies in the band that the publication puts last. */
export function isTopBand({ bands }: Instrument, score: number): boolean {
  const top = bands.at(-1);
  return top !== undefined && score >= top.from && score <= top.to;
}
