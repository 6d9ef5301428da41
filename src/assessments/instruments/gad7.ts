import type { Instrument } from "../instrument.ts";
import { GAD_7_ITEMS, LAST_2_WEEKS, PHQ_LICENCE, phqQuestions } from "./phq-family.ts";

export const GAD_7: Instrument = {
  id: "gad7",
  name: "GAD-7",
  version: "1",
  score: { min: 0, max: 21 },
  higherIs: "more symptoms",
  questions: phqQuestions(GAD_7_ITEMS, { asksDifficulty: true, duration: "about 2 minutes" }),
  bands: [
    { from: 0, to: 4, severity: "minimal" },
    { from: 5, to: 9, severity: "mild" },
    { from: 10, to: 14, severity: "moderate" },
    { from: 15, to: 21, severity: "severe" },
  ],
  change: {
    reliable: { points: 4, source: "NHS Talking Therapies" },
    important: { points: 4, source: "Toussaint et al. 2020, J Affect Disord 265:395" },
  },
  ...LAST_2_WEEKS,
  safetyItems: [],
  loinc: { panel: "69737-5", total: "70274-6" },
  licence: PHQ_LICENCE,
  citation: "Spitzer, Kroenke, Williams, Löwe 2006, Arch Intern Med 166:1092",
};
