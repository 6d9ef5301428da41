import type { Instrument, Item, Questions } from "../instrument.ts";

export const KESSLER_LICENCE: Instrument["licence"] = {
  text: "© World Health Organization 2003, available for unrestricted use.",
  url: "https://www.hcp.med.harvard.edu/ncs/k6_scales.php",
};

const OPTION_LABELS = [
  "None of the time",
  "A little of the time",
  "Some of the time",
  "Most of the time",
  "All of the time",
];

/** Codings of these run both ways in circulation, so what is stored is the value beside the label. */
export function kesslerQuestions(items: readonly Item[], firstValue: number, duration: string): Questions {
  return {
    stem: "During the past 30 days, about how often did you feel…",
    items,
    options: OPTION_LABELS.map((label, index) => ({ value: firstValue + index, label })),
    reversed: [],
    asksDifficulty: false,
    duration,
    beforehand: [],
  };
}

export const K10_ITEMS: readonly Item[] = [
  { text: "tired out for no good reason?" },
  { text: "nervous?" },
  { text: "so nervous that nothing could calm you down?" },
  { text: "hopeless?" },
  { text: "restless or fidgety?" },
  { text: "so restless that you could not sit still?" },
  { text: "depressed?" },
  { text: "so depressed that nothing could cheer you up?" },
  { text: "that everything was an effort?" },
  { text: "worthless?" },
];

export const K10: Instrument = {
  id: "k10",
  name: "K10",
  version: "1-to-5 form, bands of the Australian Bureau of Statistics",
  score: { min: 10, max: 50, note: "Add 10 to a score of the form that counts from 0." },
  higherIs: "more symptoms",
  questions: kesslerQuestions(K10_ITEMS, 1, "about 3 minutes"),
  bands: [
    { from: 10, to: 15, severity: "low" },
    { from: 16, to: 21, severity: "moderate" },
    { from: 22, to: 29, severity: "high" },
    { from: 30, to: 50, severity: "very high" },
  ],
  change: { reliable: null, important: null },
  recallDays: 28,
  recallWords: "30 days",
  safetyItems: [],
  licence: KESSLER_LICENCE,
  citation: "Kessler et al. 2002, Psychol Med 32:959",
};
