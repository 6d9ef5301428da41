import type { Instrument, Item, Questions } from "../instrument.ts";

/** What the questionnaires have in common that came out of the PRIME-MD: https://www.phqscreeners.com */
export const PHQ_LICENCE: Instrument["licence"] = {
  text: "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.",
  url: "https://www.phqscreeners.com",
};

export const LAST_2_WEEKS = { recallDays: 14, recallWords: "2 weeks" };

/** Of all that ask how often in the last 2 weeks; the LOINC codes of the answers are those of the list LL358-3. A widespread copy of the GAD-7 begins with "Not at all sure", which
 *  is an error (Zorowitz 2021, Lancet Psychiatry 8:180). */
const PHQ_QUESTIONS = {
  stem: "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
  options: [
    { value: 0, label: "Not at all", loinc: "LA6568-5" },
    { value: 1, label: "Several days", loinc: "LA6569-3" },
    { value: 2, label: "More than half the days", loinc: "LA6570-1" },
    { value: 3, label: "Nearly every day", loinc: "LA6571-9" },
  ],
  reversed: [],
} satisfies Partial<Questions>;

export function phqQuestions(
  items: readonly Item[],
  given: Pick<Questions, "asksDifficulty" | "duration"> & { beforehand?: readonly string[] },
): Questions {
  return { beforehand: [], ...PHQ_QUESTIONS, ...given, items };
}

/** The first eight items of the PHQ-9, with their codes in LOINC's panel 44249-1. */
export const PHQ_8_ITEMS: readonly Item[] = [
  { text: "Little interest or pleasure in doing things", loinc: "44250-9" },
  { text: "Feeling down, depressed, or hopeless", loinc: "44255-8" },
  { text: "Trouble falling or staying asleep, or sleeping too much", loinc: "44259-0" },
  { text: "Feeling tired or having little energy", loinc: "44254-1" },
  { text: "Poor appetite or overeating", loinc: "44251-7" },
  {
    text: "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    loinc: "44258-2",
  },
  {
    text: "Trouble concentrating on things, such as reading the newspaper or watching television",
    loinc: "44252-5",
  },
  {
    text: "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual",
    loinc: "44253-3",
  },
];

/** With their codes in LOINC's panel 69729-2. The sixth is LOINC's own choice, too, although its long name says 4 weeks. */
export const GAD_7_ITEMS: readonly Item[] = [
  { text: "Feeling nervous, anxious or on edge", loinc: "69725-0" },
  { text: "Not being able to stop or control worrying", loinc: "68509-9" },
  { text: "Worrying too much about different things", loinc: "69733-4" },
  { text: "Trouble relaxing", loinc: "69734-2" },
  { text: "Being so restless that it is hard to sit still", loinc: "69735-9" },
  { text: "Becoming easily annoyed or irritable", loinc: "69689-8" },
  { text: "Feeling afraid as if something awful might happen", loinc: "69736-7" },
];

/** The unscored question after the PHQ-9, the PHQ-8 and the GAD-7; the LOINC codes of the answers are those of
 *  the list LL359-1. */
export const DIFFICULTY_QUESTION = {
  text: "If you checked off any problems, how difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?",
  loinc: "69722-7",
  options: [
    { value: 0, label: "Not difficult at all", loinc: "LA6572-7" },
    { value: 1, label: "Somewhat difficult", loinc: "LA6573-5" },
    { value: 2, label: "Very difficult", loinc: "LA6575-0" },
    { value: 3, label: "Extremely difficult", loinc: "LA6574-3" },
  ],
};
