import { MoodsyncError } from "../domain/moodsync-error.ts";
import { textLines } from "../output/terminal-text.ts";
import type { Context } from "./context.ts";

/** What to throw for words after a mood that belong to no option: most likely a note. The line that would be right goes
 *  to the person who typed it, and to nobody else: an error never carries a note. */
export function freeWords(
  { stderr }: Context,
  typed: { value: string; words: readonly string[]; note: string | undefined; others: readonly string[] },
): MoodsyncError {
  if (stderr.isTTY) {
    const note = [...(typed.note === undefined || typed.note === "-" ? [] : [typed.note]), ...typed.words];
    const line = ["moodsync log mood", typed.value, ...typed.others.map(shellWord)].join(" ");
    stderr.write(textLines([`That would be: ${line} -n ${quoted(note.join(" "))}`]));
  }
  return new MoodsyncError("usage", "There are words after the mood that belong to no option.", {
    hint: 'A note follows -n, in quotes: `moodsync log mood 4 -n "slept well"`.',
  });
}

/** A word as a shell takes it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return /["$`\\!\n]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
