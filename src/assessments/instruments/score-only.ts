import type { Instrument } from "../instrument.ts";

type Derived = "id" | "questions" | "safetyItems" | "higherIs" | "change";
type Given = Omit<Instrument, Derived> & Partial<Pick<Instrument, "safetyItems" | "higherIs" | "change">>;

/** Instruments of which a score obtained elsewhere is recorded, without their questions, which their licences do not
 *  let a program like this one show. Where publications name no bands, or one cut-off does not fit everybody (AUDIT-C,
 *  EPDS), no severity is derived. */
export const SCORE_ONLY: readonly Instrument[] = (
  [
    {
      name: "RSES",
      higherIs: "more self-esteem",
      version: "0-to-3 form",
      score: { min: 0, max: 30, note: "Subtract 10 from a score of the form that counts from 1." },
      bands: [],
      recallDays: 28,
      recallWords: "a month",
      licence: { text: "Free for education and research; recorded by its score only." },
      citation: "Rosenberg 1965, Society and the Adolescent Self-Image",
    },
    {
      name: "AUDIT-C",
      higherIs: "more drinking",
      version: "1",
      score: { min: 0, max: 12 },
      bands: [],
      recallDays: 28,
      recallWords: "a month",
      loinc: { panel: "72109-2", total: "75626-2" },
      licence: {
        text: "AUDIT: World Health Organization, free for non-commercial use; recorded by its score only.",
      },
      citation: "Bush et al. 1998, Arch Intern Med 158:1789",
    },
    {
      name: "WHO-5",
      higherIs: "more well-being",
      change: {
        reliable: null,
        important: { points: 10, source: "Topp et al. 2015, Psychother Psychosom 84:167" },
      },
      version: "percentage",
      score: { min: 0, max: 100, step: 4, note: "Multiply a raw score of 0 to 25 by 4." },
      bands: [
        { from: 51, to: 100, severity: "" },
        { from: 29, to: 50, severity: "low well-being" },
        { from: 0, to: 28, severity: "low well-being, depression screen" },
      ],
      recallDays: 14,
      recallWords: "2 weeks",
      licence: { text: "© World Health Organization 2024, CC BY-NC-SA 3.0 IGO; recorded by its score only." },
      citation: "Topp et al. 2015, Psychother Psychosom 84:167",
    },
    {
      name: "ISI",
      change: {
        reliable: null,
        important: { points: 6, source: "Yang et al. 2009, Curr Med Res Opin 25:2487" },
      },
      version: "1",
      score: { min: 0, max: 28 },
      bands: [
        { from: 0, to: 7, severity: "none" },
        { from: 8, to: 14, severity: "subthreshold" },
        { from: 15, to: 21, severity: "moderate" },
        { from: 22, to: 28, severity: "severe" },
      ],
      recallDays: 14,
      recallWords: "2 weeks",
      licence: {
        text: "© Charles M. Morin, distributed by Mapi Research Trust; recorded by its score only.",
      },
      citation: "Bastien, Vallières, Morin 2001, Sleep Med 2:297",
    },
    {
      name: "PSS-10",
      version: "1",
      score: { min: 0, max: 40 },
      bands: [],
      recallDays: 28,
      recallWords: "a month",
      licence: { text: "© Sheldon Cohen, distributed by Mapi Research Trust; recorded by its score only." },
      citation: "Cohen, Kamarck, Mermelstein 1983, J Health Soc Behav 24:385",
    },
    {
      name: "PSS-4",
      version: "1",
      score: { min: 0, max: 16 },
      bands: [],
      recallDays: 28,
      recallWords: "a month",
      licence: { text: "© Sheldon Cohen, distributed by Mapi Research Trust; recorded by its score only." },
      citation: "Cohen, Kamarck, Mermelstein 1983, J Health Soc Behav 24:385",
    },
    {
      name: "EPDS",
      version: "1",
      score: { min: 0, max: 30 },
      bands: [],
      recallDays: 7,
      recallWords: "a week",
      safetyItems: [10],
      licence: { text: "© Royal College of Psychiatrists; recorded by its score only." },
      citation: "Cox, Holden, Sagovsky 1987, Br J Psychiatry 150:782",
    },
  ] satisfies Given[]
).map((given) => ({
  higherIs: "more symptoms",
  change: { reliable: null, important: null },
  safetyItems: [],
  ...given,
  id: given.name.replaceAll("-", "").toLowerCase(),
  questions: null,
}));
