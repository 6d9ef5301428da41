import type { Instrument } from "../instrument.ts";
import { LAST_2_WEEKS, PHQ_8_ITEMS, PHQ_LICENCE, phqQuestions } from "./phq-family.ts";

export const PHQ_9: Instrument = {
  id: "phq9",
  name: "PHQ-9",
  version: "1",
  score: { min: 0, max: 27 },
  higherIs: "more symptoms",
  questions: phqQuestions(
    [
      ...PHQ_8_ITEMS,
      {
        text: "Thoughts that you would be better off dead or of hurting yourself in some way",
        loinc: "44260-8",
        skip: {
          label: "Prefer not to answer",
          note: "the total is then that of the PHQ-8",
          keepsTotal: false,
        },
      },
    ],
    {
      asksDifficulty: true,
      duration: "about 2 minutes",
      beforehand: ["Question 9 asks about thoughts of being better off dead or of hurting yourself."],
    },
  ),
  bands: [
    { from: 0, to: 4, severity: "minimal" },
    { from: 5, to: 9, severity: "mild" },
    { from: 10, to: 14, severity: "moderate" },
    { from: 15, to: 19, severity: "moderately severe", short: "mod. severe" },
    { from: 20, to: 27, severity: "severe" },
  ],
  change: {
    reliable: { points: 6, source: "NHS Talking Therapies" },
    important: { points: 5, source: "Löwe et al. 2004, Med Care 42:1194" },
  },
  ...LAST_2_WEEKS,
  safetyItems: [9],
  loinc: { panel: "44249-1", total: "44261-6" },
  licence: PHQ_LICENCE,
  citation: "Kroenke, Spitzer, Williams 2001, J Gen Intern Med 16:606",
};
