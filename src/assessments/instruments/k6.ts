import type { Instrument } from "../instrument.ts";
import { K10_ITEMS, KESSLER_LICENCE, kesslerQuestions } from "./k10.ts";

/** Which questions of the K10 it asks, from 1. */
const OF_K10 = [2, 4, 5, 8, 9, 10];

export const K6: Instrument = {
  id: "k6",
  name: "K6",
  version: "1",
  score: { min: 0, max: 24 },
  higherIs: "more symptoms",
  questions: kesslerQuestions(
    OF_K10.map((number) => K10_ITEMS[number - 1]!),
    0,
    "about 2 minutes",
  ),
  bands: [
    { from: 0, to: 12, severity: "below cut-off" },
    { from: 13, to: 24, severity: "serious" },
  ],
  change: { reliable: null, important: null },
  recallDays: 28,
  recallWords: "30 days",
  safetyItems: [],
  licence: KESSLER_LICENCE,
  citation: "Kessler et al. 2003, Arch Gen Psychiatry 60:184",
};
