import type { ActivityComparison } from "../../insights/activities.ts";
import type { AssessmentSeries } from "../../insights/assessments.ts";
import type { Span } from "../../insights/day.ts";
import type { Trend } from "../chart-lines.ts";
import type { PaletteName } from "../palette.ts";
import type { Stats } from "../stats-lines.ts";

/** What a report shows. */
export interface Report {
  span: Span;
  /** The day it was made on. */
  madeOn: number;
  /** Null: a line to write it on by hand. */
  name: string | null;
  stats: Stats;
  trend: Trend;
  comparison: ActivityComparison;
  /** All results up to the end of the span; the assessment taken last comes first. */
  series: readonly AssessmentSeries[];
  /** What was asked for beside the first page. */
  more: {
    notes: readonly ReportNote[];
    /** Single answers of the assessments; null: left out. */
    answers: readonly AnswerSheet[] | null;
    /** Whether all activities and assessments are shown. */
    isWhole: boolean;
  };
  palette: PaletteName;
  weekStart: "monday" | "sunday";
  version: string;
}

export interface ReportNote {
  recordedAt: string;
  value: number;
  text: string;
}

/** The answers of one assessment, those of each time that has them, oldest first. */
export interface AnswerSheet {
  type: string;
  items: readonly string[];
  /** What the answers mean: "0 not at all". */
  options: readonly string[];
  times: readonly { day: number; score: number; answers: readonly (number | null)[] }[];
}

/** How many assessments the first page shows: those taken last. */
export const FIRST_PAGE_SERIES = 2;
/** How many activities it shows. */
export const FIRST_PAGE_ACTIVITIES = 5;
