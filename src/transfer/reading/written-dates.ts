const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Year, month and day of a date with an English month, in any order: "5th Mar 2024", "June 9 2018", "9-Dec-2017".
 *  Whether there is such a day is not checked. Null for what is written otherwise. */
export function englishDay(text: string): readonly [number, number, number] | null {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,.-]+/);
  if (words.length !== 3) return null;
  const month = words.map((word) => monthOf(word)).find((number) => number > 0);
  const numbers = words
    .filter((word) => monthOf(word) === 0)
    .map((word) => /^(\d+)(?:st|nd|rd|th)?$/.exec(word)?.[1]);
  const year = numbers.find((number) => number?.length === 4);
  const day = numbers.find((number) => number !== undefined && number.length <= 2);
  return month && year && day ? [Number(year), month, Number(day)] : null;
}

/** The same for "2024-03-05", also without zeros. */
export function isoDay(text: string): readonly [number, number, number] | null {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
  return day === undefined ? null : [Number(year), Number(month), Number(day)];
}

/** 1 to 12 for the name of a month or its first letters; 0 for another word. */
function monthOf(word: string): number {
  return /^[a-z]{3,9}$/.test(word) ? MONTHS.indexOf(word.slice(0, 3)) + 1 : 0;
}
