import { MOOD_NAMES } from "../domain/entities/mood-name.ts";
import { MAX_NOTE_CHARACTERS } from "../domain/limits.ts";
import { MoodsyncError } from "../domain/moodsync-error.ts";
import { matchLabel, separatedLabels } from "../entries/activities.ts";
import type { Entries } from "../entries/entries.ts";
import { type OfferedActivity, offeredActivities } from "../entries/offered-activities.ts";
import { checkedLabel, checkedNote } from "../input/checked-text.ts";
import { parseMoodValue } from "../input/mood-value.ts";
import { padTo, truncate } from "../output/display-width.ts";
import { verbatim } from "../output/terminal-style.ts";
import type { Context } from "./context.ts";
import { type LineReader, openLineReader } from "./read-lines.ts";
import { sayLines } from "./say-lines.ts";
import { styleOf } from "./style.ts";

/** What somebody answered. A label of `labels` that is nearly another one is meant. */
export interface AskedMood {
  value: number;
  labels: readonly string[];
  note: string | null;
}

/** More are found by their labels. */
const OFFERED = 24;
/** Longest line of labels, in characters. */
const MAX_LABELS_CHARACTERS = 1_000;

/** Asks on the terminal for a mood, and for what of the rest was not given: a line for each, and nothing is repainted.
 *  Throws `interrupted` where it is left, and nothing is stored then. */
export async function askMood(
  context: Context,
  entries: Entries,
  given: { labels: readonly string[] | undefined; note: string | null | undefined },
): Promise<AskedMood> {
  const reader = openLineReader(context);
  try {
    const value = await askValue(context, reader);
    const labels = given.labels ?? (await askLabels(context, reader, entries));
    const note = given.note === undefined ? await askNote(context, reader) : given.note;
    return { value, labels, note };
  } finally {
    reader.close();
  }
}

async function askValue(context: Context, reader: LineReader): Promise<number> {
  sayLines(context, [`How are you?  ${MOOD_NAMES.map((name, index) => `${index + 1} ${name}`).join("  ")}`]);
  return untilRight(context, async () => {
    const typed = await reader.ask("1 to 5, q leaves: ");
    if (typed.toLowerCase() === "q") throw new MoodsyncError("interrupted", "Nothing was stored.");
    return parseMoodValue(typed);
  });
}

async function askLabels(context: Context, reader: LineReader, entries: Entries): Promise<string[]> {
  const offered = offeredActivities(entries).slice(0, OFFERED);
  sayOffered(context, offered);
  const question = offered.some(({ letter }) => letter !== null)
    ? "Letters, or labels with commas between; Enter for none: "
    : "What was part of it? Labels with commas between; Enter for none: ";
  return untilRight(context, async () => {
    const typed = await reader.ask(question, { longest: MAX_LABELS_CHARACTERS, takesPastes: true });
    const parts = separatedLabels(entries.db, typed).map((part) => part.trim());
    const meant: string[] = [];
    for (const part of parts.filter((one) => one !== "")) {
      const letters = await lettersMeant(context, reader, entries, { part, offered });
      meant.push(...(letters ?? [await meantLabel(context, reader, entries, checkedLabel(part))]));
    }
    return meant;
  });
}

/** The labels of the letters that a part of the answer is made of; null where it is a label itself. One that is there wins
 *  over letters, and where letters that stand together could be a new one, it asks. */
async function lettersMeant(
  context: Context,
  reader: LineReader,
  { db }: Entries,
  { part, offered }: { part: string; offered: readonly OfferedActivity[] },
): Promise<string[] | null> {
  const words = part.toLowerCase().split(/\s+/);
  const letters = [...words.join("")];
  const chosen = letters.flatMap((one) => offered.find(({ letter }) => letter === one)?.activity.label ?? []);
  if (chosen.length < letters.length || matchLabel(db, part).status === "known") return null;
  if (words.every((word) => word.length === 1)) return chosen;
  sayLines(context, [`"${part}" can be the letters of ${chosen.join(", ")}, or a label of its own.`]);
  const isLabel = (await reader.ask("Enter takes the letters, l the label: ")).toLowerCase() === "l";
  return isLabel ? null : chosen;
}

/** A label that is nearly another one may be mistyped. */
export async function meantLabel(
  context: Context,
  reader: LineReader,
  { db }: Entries,
  label: string,
): Promise<string> {
  const match = matchLabel(db, label);
  if (match.status !== "similar") return label;
  const [near] = match.labels;
  sayLines(context, [`There is no "${label}". Did you mean "${near}"?`]);
  return (await reader.ask("Enter takes that, n makes a new one: ")).toLowerCase() === "n" ? label : near!;
}

async function askNote(context: Context, reader: LineReader): Promise<string | null> {
  const longest = MAX_NOTE_CHARACTERS;
  return untilRight(context, async () =>
    checkedNote(await reader.ask("Note; Enter for none: ", { longest, takesPastes: true })),
  );
}

/** Asks again after what cannot be. */
export async function untilRight<T>(context: Context, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof MoodsyncError) || error.code !== "invalid_input") throw error;
      sayLines(context, [error.message]);
    }
  }
}

/** Columns of one activity in the picker, and of its label. */
const CELL_COLUMNS = 19;
const LABEL_COLUMNS = 13;

/** In columns, the letter that takes it before each; in plain words one a line. */
function sayOffered(context: Context, offered: readonly OfferedActivity[]): void {
  if (offered.length === 0) return;
  const { stderr } = context;
  const style = styleOf(context, stderr);
  if (style.isPlain) {
    const named = offered.map(({ letter, activity }) => [letter, activity.label].join(" ").trim());
    sayLines(context, ["What was part of it? The most used first.", ...named]);
    return;
  }
  const perLine = Math.max(1, Math.floor(((stderr.columns ?? 80) - 2) / CELL_COLUMNS));
  const cells = offered.map(({ letter, activity }) => [
    style.bold(letter ?? " "),
    "   ",
    verbatim(padTo(truncate(shown(activity), LABEL_COLUMNS), CELL_COLUMNS - 4)),
  ]);
  const lines = Array.from({ length: Math.ceil(cells.length / perLine) }, (_, at) =>
    style.line("  ", ...cells.slice(at * perLine, (at + 1) * perLine).flat()),
  );
  const title = style.line("What was part of it?  ", style.dim("most used first"));
  stderr.writeLines([style.line(""), title, style.line(""), ...lines, style.line("")]);
}

function shown({ icon, label }: OfferedActivity["activity"]): string {
  return icon ? `${icon} ${label}` : label;
}
