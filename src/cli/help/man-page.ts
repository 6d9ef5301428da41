import { wrapWords } from "../../output/wrap-words.ts";
import type { AnyCommand } from "../command.ts";
import { commandRows, usageOf } from "./command-page.ts";
import { EXAMPLES } from "./examples.ts";
import type { Definition } from "./page.ts";
import type { Topic } from "./topics/topic.ts";

const SOURCE_COLUMNS = 76;

/** A command with what it takes. */
export interface DescribedCommand {
  words: string;
  command: AnyCommand;
}

/** The sections of the manual that come from topics, by the names that manuals have for them. */
const SECTION_BY_TOPIC: Readonly<Record<string, string>> = {
  time: "TIMES",
  "exit-codes": "EXIT STATUS",
  privacy: "PRIVACY",
  environment: "ENVIRONMENT",
};

/** The manual page of moodsync(1), for man(7). `date`: YYYY-MM-DD. */
export function manPage({
  commands,
  topics,
  version,
  date,
}: {
  commands: readonly DescribedCommand[];
  topics: readonly Topic[];
  version: string;
  date: string;
}): string {
  const lines = [
    '.\\" Made from the commands by `moodsync help man`.',
    `.TH MOODSYNC 1 "${date}" "moodsync ${version}"`,
    ".SH NAME",
    "moodsync \\- how you are, day by day, on your own machine",
    ".SH SYNOPSIS",
    ".B moodsync",
    ".I command",
    "[options]",
    ".SH DESCRIPTION",
    ...paragraph(
      "A tracker for mental health: moods from 1 to 5 with activities and notes, clinical self-assessments such as PHQ-9 and GAD-7, and schedules that say when the next one is due. Everything is kept on this machine and works without a network; a server of your own can keep the same on several devices.",
    ),
    ".PP",
    ...paragraph("It is not a medical device. `moodsync help-now` lists support lines, at any time."),
    ".SH COMMANDS",
    ...commands.flatMap(commandLines),
    ...topics.flatMap(topicLines),
    ".SH SEE ALSO",
    ...paragraph("`moodsync help`, `moodsync help --all`, and `moodsync <command> --help`."),
  ];
  return `${lines.join("\n")}\n`;
}

function commandLines({ words, command }: DescribedCommand): string[] {
  const { arguments: args, options } = commandRows(command);
  return [
    `.SS "${escaped(usageOf(words, command))}"`,
    ...paragraph(command.description()),
    ...[...args, ...options].flatMap(definitionLines),
    ...(EXAMPLES[words] ?? []).flatMap(({ typed, does }) => [
      ".PP",
      ...paragraph(`${does.charAt(0).toUpperCase()}${does.slice(1)}:`),
      ".RS",
      `.B ${macroArgument(`moodsync ${typed}`)}`,
      ".RE",
    ]),
  ];
}

function topicLines({ name, summary, body }: Topic): string[] {
  const blocks = body.flatMap((block) =>
    typeof block === "string" ? [".PP", ...paragraph(block)] : block.flatMap(definitionLines),
  );
  // A section begins with a paragraph of its own.
  return [
    `.SH "${SECTION_BY_TOPIC[name] ?? summary.toUpperCase()}"`,
    ...(blocks[0] === ".PP" ? blocks.slice(1) : blocks),
  ];
}

function definitionLines([term, text]: Definition): string[] {
  return [".TP", `.B ${macroArgument(term)}`, ...paragraph(text)];
}

/** Sentences, each on lines of its own: so is roff written. A line that began with . or ' would be a request. */
function paragraph(text: string): string[] {
  return text
    .split(/(?<=[.:;]) (?=[A-Z`])/)
    .flatMap((sentence) => wrapWords(escaped(sentence), SOURCE_COLUMNS))
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line));
}

function macroArgument(text: string): string {
  return `"${escaped(text).replaceAll('"', '""')}"`;
}

/** Text without what roff takes for its own. Hyphens are minus signs, so that they can be copied. */
function escaped(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll("'", "\\(aq")
    .replaceAll("`", "\\(ga")
    .replaceAll("~", "\\(ti")
    .replaceAll("^", "\\(ha")
    .replace(
      /[^\n\x20-\x7e]/gu,
      (sign) => `\\[u${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}
