import type { Instrument } from "./instrument.ts";

type Given = Omit<Instrument, "id" | "safetyItems"> & { safetyItems?: number[] };

/** Instruments of which a score obtained elsewhere is recorded, without their questions: some licences forbid to
 *  show these. A higher score is worse, but for RSES and WHO-5. Where publications name no bands, or one cut-off
 *  does not fit everybody (PCL-5, AUDIT-C, EPDS), no severity is derived. */
export const SCORE_ONLY: readonly Instrument[] = (
  [
    {
      name: "PCL-5",
      version: "1",
      score: { min: 0, max: 80 },
      bands: [],
      recallDays: 28,
      licence: "A work of the US Government (VA National Center for PTSD), not copyrighted.",
      citation: "Weathers et al. 2013; Blevins et al. 2015",
    },
    {
      name: "K6",
      version: "1",
      score: { min: 0, max: 24 },
      bands: [
        { from: 0, to: 12, severity: "below cut-off" },
        { from: 13, to: 24, severity: "serious" },
      ],
      recallDays: 28,
      licence: "© World Health Organization 2003, available for unrestricted use.",
      citation: "Kessler et al. 2003, Arch Gen Psychiatry 60:184",
    },
    {
      name: "K10",
      version: "1-to-5 form, bands of the Australian Bureau of Statistics",
      score: { min: 10, max: 50, note: "Add 10 to a score of the form that counts from 0." },
      bands: [
        { from: 10, to: 15, severity: "low" },
        { from: 16, to: 21, severity: "moderate" },
        { from: 22, to: 29, severity: "high" },
        { from: 30, to: 50, severity: "very high" },
      ],
      recallDays: 28,
      licence: "© World Health Organization 2003, available for unrestricted use.",
      citation: "Kessler et al. 2002, Psychol Med 32:959",
    },
    {
      name: "CES-D",
      version: "1",
      score: { min: 0, max: 60 },
      bands: [
        { from: 0, to: 15, severity: "below cut-off" },
        { from: 16, to: 60, severity: "at or above cut-off" },
      ],
      recallDays: 7,
      licence: "Public domain (US National Institute of Mental Health).",
      citation: "Radloff 1977, Appl Psychol Meas 1:385",
    },
    {
      name: "PHQ-15",
      version: "1",
      score: { min: 0, max: 30 },
      bands: [
        { from: 0, to: 4, severity: "minimal" },
        { from: 5, to: 9, severity: "low" },
        { from: 10, to: 14, severity: "medium" },
        { from: 15, to: 30, severity: "high" },
      ],
      recallDays: 28,
      licence: "No permission required to reproduce, translate, display or distribute.",
      citation: "Kroenke, Spitzer, Williams 2002, Psychosom Med 64:258",
    },
    {
      name: "RSES",
      version: "0-to-3 form",
      score: { min: 0, max: 30, note: "Subtract 10 from a score of the form that counts from 1." },
      bands: [],
      recallDays: 28,
      licence: "Free for education and research; recorded by its score only.",
      citation: "Rosenberg 1965, Society and the Adolescent Self-Image",
    },
    {
      name: "AUDIT-C",
      version: "1",
      score: { min: 0, max: 12 },
      bands: [],
      recallDays: 28,
      licence: "AUDIT: World Health Organization, free for non-commercial use; recorded by its score only.",
      citation: "Bush et al. 1998, Arch Intern Med 158:1789",
    },
    {
      name: "WHO-5",
      version: "percentage",
      score: { min: 0, max: 100, step: 4, note: "Multiply a raw score of 0 to 25 by 4." },
      bands: [
        { from: 51, to: 100, severity: "" },
        { from: 29, to: 50, severity: "low well-being" },
        { from: 0, to: 28, severity: "low well-being, depression screen" },
      ],
      recallDays: 14,
      licence: "© World Health Organization 2024, CC BY-NC-SA 3.0 IGO; recorded by its score only.",
      citation: "Topp et al. 2015, Psychother Psychosom 84:167",
    },
    {
      name: "ISI",
      version: "1",
      score: { min: 0, max: 28 },
      bands: [
        { from: 0, to: 7, severity: "none" },
        { from: 8, to: 14, severity: "subthreshold" },
        { from: 15, to: 21, severity: "moderate" },
        { from: 22, to: 28, severity: "severe" },
      ],
      recallDays: 14,
      licence: "© Charles M. Morin, distributed by Mapi Research Trust; recorded by its score only.",
      citation: "Bastien, Vallières, Morin 2001, Sleep Med 2:297",
    },
    {
      name: "PSS-10",
      version: "1",
      score: { min: 0, max: 40 },
      bands: [],
      recallDays: 28,
      licence: "© Sheldon Cohen, distributed by Mapi Research Trust; recorded by its score only.",
      citation: "Cohen, Kamarck, Mermelstein 1983, J Health Soc Behav 24:385",
    },
    {
      name: "PSS-4",
      version: "1",
      score: { min: 0, max: 16 },
      bands: [],
      recallDays: 28,
      licence: "© Sheldon Cohen, distributed by Mapi Research Trust; recorded by its score only.",
      citation: "Cohen, Kamarck, Mermelstein 1983, J Health Soc Behav 24:385",
    },
    {
      name: "EPDS",
      version: "1",
      score: { min: 0, max: 30 },
      bands: [],
      recallDays: 7,
      safetyItems: [10],
      licence: "© Royal College of Psychiatrists; recorded by its score only.",
      citation: "Cox, Holden, Sagovsky 1987, Br J Psychiatry 150:782",
    },
  ] satisfies Given[]
).map((given) => ({ safetyItems: [], ...given, id: given.name.replaceAll("-", "").toLowerCase() }));
