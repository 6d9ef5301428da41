import { MoodsyncError } from "../domain/moodsync-error.ts";
import { parseMoodValue } from "../input/mood-value.ts";
import { counted } from "../output/number-words.ts";
import { singleLine } from "../output/terminal-text.ts";
import { type MoodNames, moodNames } from "../transfer/reading/mood-names.ts";
import type { Context } from "./context.ts";
import { type LineReader, openLineReader } from "./read-lines.ts";
import { sayLines } from "./say-lines.ts";

/** Asks for the level of each name on the terminal, the most frequent first; one that is left out stays without. What is
 *  known goes before. */
export async function askLevels(
  context: Context,
  unmapped: ReadonlyMap<string, number>,
  known: MoodNames,
): Promise<MoodNames> {
  const reader = openLineReader(context);
  const levels: [string, number][] = [];
  try {
    sayLines(context, [
      "The level of these moods is not known. 1 awful, 2 bad, 3 meh, 4 good, 5 great; Enter leaves one out.",
    ]);
    for (const [name, count] of [...unmapped].sort(([, a], [, b]) => b - a)) {
      const level = await askLevel(
        context,
        reader,
        `${singleLine(name)} (${counted(count, "entry", "entries")}): `,
      );
      if (level !== null) levels.push([name, level]);
    }
  } finally {
    reader.close();
  }
  const answered = moodNames(levels);
  return { levelOf: (name) => known.levelOf(name) ?? answered.levelOf(name) };
}

/** Asks until the answer is a level; null for none. */
async function askLevel(context: Context, reader: LineReader, question: string): Promise<number | null> {
  for (;;) {
    const typed = (await reader.ask(question)).trim();
    if (typed === "") return null;
    try {
      return parseMoodValue(typed);
    } catch (error) {
      if (!(error instanceof MoodsyncError)) throw error;
      sayLines(context, [`${error.message} Enter leaves this one out.`]);
    }
  }
}
