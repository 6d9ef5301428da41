import type { Instrument, Item, Questions } from "../instrument.ts";

/** What the questionnaires have in common that came out of the PRIME-MD: https://www.phqscreeners.com */
export const PHQ_LICENCE: Instrument["licence"] = {
  text: "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.",
  url: "https://www.phqscreeners.com",
};

export const LAST_2_WEEKS = { recallDays: 14, recallWords: "2 weeks" };

/** Of all that ask how often in the last 2 weeks. A widespread copy of the GAD-7 begins with "Not at all sure", which
 *  is an error (Zorowitz 2021, Lancet Psychiatry 8:180). */
const PHQ_QUESTIONS = {
  stem: "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
  options: [
    { value: 0, label: "Not at all" },
    { value: 1, label: "Several days" },
    { value: 2, label: "More than half the days" },
    { value: 3, label: "Nearly every day" },
  ],
  reversed: [],
} satisfies Partial<Questions>;

export function phqQuestions(
  items: readonly Item[],
  given: Pick<Questions, "asksDifficulty" | "duration"> & { beforehand?: readonly string[] },
): Questions {
  return { beforehand: [], ...PHQ_QUESTIONS, ...given, items };
}

/** The first eight items of the PHQ-9. */
export const PHQ_8_ITEMS: readonly Item[] = [
  { text: "Little interest or pleasure in doing things" },
  { text: "Feeling down, depressed, or hopeless" },
  { text: "Trouble falling or staying asleep, or sleeping too much" },
  { text: "Feeling tired or having little energy" },
  { text: "Poor appetite or overeating" },
  {
    text: "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
  },
  { text: "Trouble concentrating on things, such as reading the newspaper or watching television" },
  {
    text: "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual",
  },
];

export const GAD_7_ITEMS: readonly Item[] = [
  { text: "Feeling nervous, anxious or on edge" },
  { text: "Not being able to stop or control worrying" },
  { text: "Worrying too much about different things" },
  { text: "Trouble relaxing" },
  { text: "Being so restless that it is hard to sit still" },
  { text: "Becoming easily annoyed or irritable" },
  { text: "Feeling afraid as if something awful might happen" },
];

/** The unscored question after the PHQ-9, the PHQ-8 and the GAD-7. */
export const DIFFICULTY_QUESTION = {
  text: "If you checked off any problems, how difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?",
  options: [
    { value: 0, label: "Not difficult at all" },
    { value: 1, label: "Somewhat difficult" },
    { value: 2, label: "Very difficult" },
    { value: 3, label: "Extremely difficult" },
  ],
};
