import type { Instrument } from "./instrument.ts";

const LICENCE =
  "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.";
const BELOW = "below cut-off";
const AT_OR_ABOVE = "at or above cut-off";

/** The questionnaires of one family that ask about the last two weeks, each item from 0 (not at all) to 3 (nearly
 *  every day); a higher score is worse. */
export const PHQ_FAMILY: readonly Instrument[] = [
  instrument("PHQ-9", {
    items: 9,
    bands: [
      { from: 0, to: 4, severity: "minimal" },
      { from: 5, to: 9, severity: "mild" },
      { from: 10, to: 14, severity: "moderate" },
      { from: 15, to: 19, severity: "moderately severe" },
      { from: 20, to: 27, severity: "severe" },
    ],
    safetyItems: [9],
    citation: "Kroenke, Spitzer, Williams 2001, J Gen Intern Med 16:606",
  }),
  instrument("PHQ-8", {
    items: 8,
    bands: [
      { from: 0, to: 4, severity: "minimal" },
      { from: 5, to: 9, severity: "mild" },
      { from: 10, to: 14, severity: "moderate" },
      { from: 15, to: 19, severity: "moderately severe" },
      { from: 20, to: 24, severity: "severe" },
    ],
    citation: "Kroenke et al. 2009, J Affect Disord 114:163",
  }),
  instrument("PHQ-2", {
    items: 2,
    bands: [
      { from: 0, to: 2, severity: BELOW },
      { from: 3, to: 6, severity: AT_OR_ABOVE },
    ],
    citation: "Kroenke, Spitzer, Williams 2003, Med Care 41:1284",
  }),
  instrument("GAD-7", {
    items: 7,
    bands: [
      { from: 0, to: 4, severity: "minimal" },
      { from: 5, to: 9, severity: "mild" },
      { from: 10, to: 14, severity: "moderate" },
      { from: 15, to: 21, severity: "severe" },
    ],
    citation: "Spitzer, Kroenke, Williams, Löwe 2006, Arch Intern Med 166:1092",
  }),
  instrument("GAD-2", {
    items: 2,
    bands: [
      { from: 0, to: 2, severity: BELOW },
      { from: 3, to: 6, severity: AT_OR_ABOVE },
    ],
    citation: "Kroenke et al. 2007, Ann Intern Med 146:317",
  }),
  instrument("PHQ-4", {
    items: 4,
    bands: [
      { from: 0, to: 2, severity: "normal" },
      { from: 3, to: 5, severity: "mild" },
      { from: 6, to: 8, severity: "moderate" },
      { from: 9, to: 12, severity: "severe" },
    ],
    citation: "Kroenke et al. 2009, Psychosomatics 50:613",
  }),
];

type Given = Pick<Instrument, "bands" | "citation"> & { items: number; safetyItems?: number[] };

function instrument(name: string, { items, bands, safetyItems = [], citation }: Given): Instrument {
  return {
    id: name.replace("-", "").toLowerCase(),
    name,
    version: "1",
    score: { min: 0, max: items * 3 },
    items: { count: items, min: 0, max: 3 },
    bands,
    recallDays: 14,
    safetyItems,
    licence: LICENCE,
    citation,
  };
}
