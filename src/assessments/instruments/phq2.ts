import type { Instrument } from "../instrument.ts";
import { LAST_2_WEEKS, PHQ_8_ITEMS, PHQ_LICENCE, phqQuestions } from "./phq-family.ts";

/** The first two questions of the PHQ-9. */
export const PHQ_2: Instrument = {
  id: "phq2",
  name: "PHQ-2",
  version: "1",
  score: { min: 0, max: 6 },
  higherIs: "more symptoms",
  questions: phqQuestions(PHQ_8_ITEMS.slice(0, 2), { asksDifficulty: false, duration: "less than a minute" }),
  bands: [
    { from: 0, to: 2, severity: "below cut-off" },
    { from: 3, to: 6, severity: "at or above cut-off" },
  ],
  change: { reliable: null, important: null },
  ...LAST_2_WEEKS,
  safetyItems: [],
  loinc: { panel: "55757-9", total: "55758-7" },
  licence: PHQ_LICENCE,
  citation: "Kroenke, Spitzer, Williams 2003, Med Care 41:1284",
};
