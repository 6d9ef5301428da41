import type { Instrument } from "../instrument.ts";
import { GAD_7_ITEMS, LAST_2_WEEKS, PHQ_LICENCE, phqQuestions } from "./phq-family.ts";

/** The first two questions of the GAD-7. */
export const GAD_2: Instrument = {
  id: "gad2",
  name: "GAD-2",
  version: "1",
  score: { min: 0, max: 6 },
  higherIs: "more symptoms",
  questions: phqQuestions(GAD_7_ITEMS.slice(0, 2), { asksDifficulty: false, duration: "less than a minute" }),
  bands: [
    { from: 0, to: 2, severity: "below cut-off" },
    { from: 3, to: 6, severity: "at or above cut-off" },
  ],
  change: { reliable: null, important: null },
  ...LAST_2_WEEKS,
  safetyItems: [],
  licence: PHQ_LICENCE,
  citation: "Kroenke et al. 2007, Ann Intern Med 146:317",
};
