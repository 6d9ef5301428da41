import type { Instrument } from "../instrument.ts";
import { GAD_7_ITEMS, LAST_2_WEEKS, PHQ_8_ITEMS, PHQ_LICENCE, phqQuestions } from "./phq-family.ts";

/** The GAD-2 and then the PHQ-2, in this order, as its subscales are numbered: items 1 and 2 anxiety, 3 and 4
 *  depression. */
export const PHQ_4: Instrument = {
  id: "phq4",
  name: "PHQ-4",
  version: "1",
  score: { min: 0, max: 12 },
  higherIs: "more symptoms",
  questions: phqQuestions([...GAD_7_ITEMS.slice(0, 2), ...PHQ_8_ITEMS.slice(0, 2)], {
    asksDifficulty: false,
    duration: "about a minute",
  }),
  bands: [
    { from: 0, to: 2, severity: "normal" },
    { from: 3, to: 5, severity: "mild" },
    { from: 6, to: 8, severity: "moderate" },
    { from: 9, to: 12, severity: "severe" },
  ],
  change: { reliable: null, important: null },
  ...LAST_2_WEEKS,
  safetyItems: [],
  licence: PHQ_LICENCE,
  citation: "Kroenke et al. 2009, Psychosomatics 50:613",
};
