import { type MoodNames, moodNames } from "../transfer/reading/mood-names.ts";
import type { Context } from "./context.ts";
import { openLineReader } from "./read-lines.ts";

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
    context.stderr.write(
      "The level of these moods is not known. 1 awful, 2 bad, 3 meh, 4 good, 5 great; Enter leaves one out.\n",
    );
    for (const [name, count] of [...unmapped].sort(([, a], [, b]) => b - a)) {
      let typed = "?";
      while (!/^[1-5]?$/.test(typed)) {
        typed = await reader.ask(
          `${name} (${count.toLocaleString("en-US")} ${count === 1 ? "entry" : "entries"}): `,
        );
      }
      if (typed !== "") levels.push([name, Number(typed)]);
    }
  } finally {
    reader.close();
  }
  const answered = moodNames(levels);
  return { levelOf: (name) => known.levelOf(name) ?? answered.levelOf(name) };
}
