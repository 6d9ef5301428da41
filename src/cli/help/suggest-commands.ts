import { findInstrument } from "../../assessments/find-instrument.ts";
import { editDistance } from "../../domain/text/edit-distance.ts";
import { type CommandEntry, commandsBelow, findCommand } from "../command-entry.ts";
import { FAMILIAR_WORDS } from "./familiar-words.ts";

const MAX_SUGGESTIONS = 3;
/** Words that a command can have, and one more, because a blank can be one too many. */
const MAX_WORDS = 4;
/** The commands that were probably meant by arguments that name none, the likeliest first; [] where nothing is near.
 *  What was typed is compared in small letters and never part of the answer. */
export function suggestCommands(commands: readonly CommandEntry[], args: readonly string[]): string[] {
  const end = args.findIndex((arg) => arg.startsWith("-"));
  const words = args.slice(0, end < 0 ? MAX_WORDS : Math.min(end, MAX_WORDS)).map((arg) => arg.toLowerCase());
  if (words.length === 0) return [];
  for (const search of [assessment, familiar, similar, nested, below]) {
    const found = search(commands, words);
    if (found.length > 0) return found.slice(0, MAX_SUGGESTIONS);
  }
  return [];
}

/** What to write below a message, or undefined: "Did you mean `moodsync list` or `moodsync due`?" */
export function didYouMean(names: readonly string[]): string | undefined {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.pop();
  if (last === undefined) return undefined;
  return `Did you mean ${quoted.length > 0 ? `${quoted.join(", ")} or ` : ""}${last}?`;
}

function familiar(commands: readonly CommandEntry[], words: readonly string[]): string[] {
  const known = Object.hasOwn(FAMILIAR_WORDS, words[0]!) ? FAMILIAR_WORDS[words[0]!]! : [];
  return known.filter((name) => findCommand(commands, name.split(" "))?.entry.words === name);
}

/** `phq9` and `log phq9`. */
function assessment(_commands: readonly CommandEntry[], words: readonly string[]): string[] {
  const instrument = findInstrument(words[0] === "log" ? (words[1] ?? "") : words[0]!);
  return instrument ? [`log assessment ${instrument.id.toLowerCase()}`] : [];
}

/** Commands and groups that are spelt nearly so: `sync enalbe`, `hlep`, `logmood`. */
function similar(commands: readonly CommandEntry[], words: readonly string[]): string[] {
  const beginnings = words.map((_, index) => words.slice(0, index + 1).join(" "));
  const rated = [...new Set(commands.flatMap((entry) => [entry.words, ...groupsOf(entry.words)]))]
    .map((name) => ({ name, distance: Math.min(...beginnings.map((typed) => editDistance(typed, name))) }))
    .filter(({ name, distance }) => distance > 0 && distance <= tolerance(name));
  const least = Math.min(...rated.map(({ distance }) => distance));
  const nearest = rated.filter(({ distance }) => distance === least).map(({ name }) => name);
  // `snyc status` is as far from `sync` as from `sync status`.
  const most = Math.max(...nearest.map(wordCount));
  return nearest.filter((name) => wordCount(name) === most);
}

/** Commands whose last word was typed without the ones before it, or before them: `conflicts`, `mood log`. */
function nested(commands: readonly CommandEntry[], words: readonly string[]): string[] {
  const named = commands
    .map((entry) => entry.words)
    .filter((name) => {
      const parts = name.split(" ");
      return parts.length > 1 && editDistance(words[0]!, parts.at(-1)!) <= (words[0]!.length > 4 ? 1 : 0);
    });
  const withSecond = named.filter((name) => name.split(" ").includes(words[1] ?? ""));
  return withSecond.length > 0 ? withSecond : named;
}

/** What follows the group that was named, where that is little enough to read. */
function below(commands: readonly CommandEntry[], words: readonly string[]): string[] {
  const names = commandsBelow(commands, words.slice(0, 1)).map((entry) => entry.words);
  return names.length > MAX_SUGGESTIONS ? [] : names;
}

/** The words before the last: "admin" and "admin user" of "admin user add". */
function groupsOf(name: string): string[] {
  const parts = name.split(" ");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join(" "));
}

function wordCount(name: string): number {
  return name.split(" ").length;
}

/** Mistakes that are taken for mistakes: one in a short word, more in a long one. */
function tolerance(name: string): number {
  if (name.length <= 5) return 1;
  return name.length <= 10 ? 2 : 3;
}
