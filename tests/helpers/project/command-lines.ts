import { fencedBlocks, readDocument } from "./document.ts";

/** The command lines whose output docs/commands.md shows, with words in capitals for what differs. */
export function documentedLines(): { line: string; output: string }[] {
  const blocks = fencedBlocks(readDocument("docs/commands.md"));
  return blocks
    .filter(({ marker }) => marker.startsWith("output: "))
    .map(({ marker, text }) => ({ line: marker.replace("output: ", ""), output: text }));
}

/** What the page describes in words, or shows for other words. In the order in which they can be run. */
export const LINES_WITHOUT_OUTPUT = [
  "show MOOD",
  "edit MOOD --value 2",
  "delete MOOD --yes",
  "restore MOOD",
  "list",
  "undo",
  "redo",
  "chart",
  "calendar",
  "pixels",
  "stats",
  "insights",
  "spark",
  "report -o FILE --force",
  "import undo",
  "activity list",
  "activity edit running --label jogging",
  "activity add walking",
  "activity merge walking jogging",
  "activity archive jogging",
  "activity unarchive jogging",
  "activity delete jogging --yes",
  "schedule list",
  "schedule edit PHQ-9 --frequency weekly",
  "schedule disable PHQ-9",
  "schedule enable PHQ-9",
  "schedule delete PHQ-9 --yes",
  "config set sync.interval 20",
  "sync enable URL --key-file KEYFILE",
  "sync now",
  "daemon status",
  "daemon logs",
  "daemon stop",
  "daemon install --print",
  "daemon uninstall --print",
  "wipe --confirm everything",
];
/** Commands that start a process, which tests/e2e/daemon.test.ts does. */
export const STARTING_COMMANDS = ["daemon start", "daemon restart"];
/** Commands that print no data but what they print as JSON anyway, or are for a person in front of them. */
export const COMMANDS_WITHOUT_JSON = [
  ...["help", "completion", "tui", "settings", "serve", "daemon run", "daemon snapshot"],
  ...["sync seal", "sync unseal", "sync key show", "sync key export", "sync key enter"],
  "sync key forget",
];

/** The arguments of such a line; `known` is what stands for the words in capitals. */
export function argumentsOf(line: string, known: Record<string, string>): string[] {
  return line.split(" ").map((word) => known[word] ?? word);
}
