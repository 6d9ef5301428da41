import type { Instrument } from "../instrument.ts";
import { PHQ_LICENCE } from "./phq-family.ts";

export const PHQ_15: Instrument = {
  id: "phq15",
  name: "PHQ-15",
  version: "1",
  score: { min: 0, max: 30 },
  higherIs: "more symptoms",
  questions: {
    stem: "During the past 4 weeks, how much have you been bothered by any of the following problems?",
    items: [
      { text: "Stomach pain" },
      { text: "Back pain" },
      { text: "Pain in your arms, legs, or joints (knees, hips, etc.)" },
      {
        text: "Menstrual cramps or other problems with your periods (women only)",
        skip: { label: "Does not apply", note: "it counts 0", keepsTotal: true },
      },
      { text: "Headaches" },
      { text: "Chest pain" },
      { text: "Dizziness" },
      { text: "Fainting spells" },
      { text: "Feeling your heart pound or race" },
      { text: "Shortness of breath" },
      { text: "Pain or problems during sexual intercourse" },
      { text: "Constipation, loose bowels, or diarrhea" },
      { text: "Nausea, gas, or indigestion" },
      { text: "Feeling tired or having low energy" },
      { text: "Trouble sleeping" },
    ],
    options: [
      { value: 0, label: "Not bothered at all" },
      { value: 1, label: "Bothered a little" },
      { value: 2, label: "Bothered a lot" },
    ],
    reversed: [],
    asksDifficulty: false,
    duration: "about 3 minutes",
    beforehand: [],
  },
  bands: [
    { from: 0, to: 4, severity: "minimal" },
    { from: 5, to: 9, severity: "low" },
    { from: 10, to: 14, severity: "medium" },
    { from: 15, to: 30, severity: "high" },
  ],
  change: { reliable: null, important: null },
  recallDays: 28,
  recallWords: "4 weeks",
  safetyItems: [],
  licence: PHQ_LICENCE,
  citation: "Kroenke, Spitzer, Williams 2002, Psychosom Med 64:258",
};
