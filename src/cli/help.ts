import type { CommandEntry } from "./command-entry.ts";

/** The page that lists the commands whose words begin with `group` ("" for all of them). */
export function helpPage(commands: readonly CommandEntry[], group: string): string {
  const listed = commands.filter(
    ({ words }) => group === "" || words === group || words.startsWith(`${group} `),
  );
  const width = Math.max(...listed.map(({ words }) => words.length));
  const lines = listed.map(({ words, summary }) => `  ${words.padEnd(width)}  ${summary}`);
  const title =
    group === "" ? "moodsync: a private mood and assessment tracker for the terminal" : `moodsync ${group}`;
  return [
    title,
    "",
    `Usage: moodsync ${group ? `${group} ` : ""}<command> [options]`,
    "",
    ...lines,
    "",
    "`moodsync <command> --help` explains one command. `moodsync help-now` lists support lines.",
    "",
  ].join("\n");
}
