import type { Instrument } from "../instrument.ts";
import { LAST_2_WEEKS, PHQ_8_ITEMS, PHQ_LICENCE, phqQuestions } from "./phq-family.ts";

/** The PHQ-9 without its question about being better off dead. */
export const PHQ_8: Instrument = {
  id: "phq8",
  name: "PHQ-8",
  version: "1",
  score: { min: 0, max: 24 },
  higherIs: "more symptoms",
  questions: phqQuestions(PHQ_8_ITEMS, { asksDifficulty: true, duration: "about 2 minutes" }),
  bands: [
    { from: 0, to: 4, severity: "minimal" },
    { from: 5, to: 9, severity: "mild" },
    { from: 10, to: 14, severity: "moderate" },
    { from: 15, to: 19, severity: "moderately severe", short: "mod. severe" },
    { from: 20, to: 24, severity: "severe" },
  ],
  change: {
    reliable: null,
    important: { points: 5, source: "as of the PHQ-9: Löwe et al. 2004, Med Care 42:1194" },
  },
  ...LAST_2_WEEKS,
  safetyItems: [],
  licence: PHQ_LICENCE,
  citation: "Kroenke et al. 2009, J Affect Disord 114:163",
};
