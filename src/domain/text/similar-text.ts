/** How a text comes to equal another by one edit of one letter: one is exchanged for another, one is more or less, one is
 *  written twice or once, or two neighbours are swapped. */
export type LetterDifference = "exchanged" | "added" | "doubled" | "swapped";

/** The one edit of one letter in which two texts differ; null where they are equal or it takes more. */
export function letterDifference(one: string, other: string): LetterDifference | null {
  const [short, long] = [[...one], [...other]].sort((a, b) => a.length - b.length) as [string[], string[]];
  if (long.length - short.length > 1) return null;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = (letters: string[], from: number) => letters.slice(from).join("");
  if (short.length < long.length) {
    if (rest(short, at) !== rest(long, at + 1)) return null;
    return at > 0 && long[at] === long[at - 1] ? "doubled" : "added";
  }
  if (at === short.length) return null;
  const isSwapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && rest(short, at + 2) === rest(long, at + 2);
  if (isSwapped) return "swapped";
  return rest(short, at + 1) === rest(long, at + 1) ? "exchanged" : null;
}
