import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Time for all of it, in ms. What takes time in proportion to a text needs some seconds; what takes more than in
 *  proportion needs minutes for one shape alone. */
const BUDGET_MS = 120_000;
/** What a text is made of, over and over. */
const SHAPES = {
  blanks: " ",
  newlines: "\n ",
  tabs: "\t",
  escapes: "\u001b[",
  "marks in the wrong order": "\u0301\u0323",
  "zero width": "\u200b",
  tags: "\u{e0061}",
  flags: "\u{1f1e9}",
  families: "\u{1f469}\u200d",
  "wide letters": "\u65e5",
  words: "ab ",
  "one word": "a",
  "half pairs": "\ud800",
  digits: "1",
  commas: ",",
};

const PROGRAM = `
  import { letterDifference } from "./src/domain/text/similar-text.ts";
  import { parseAnswers } from "./src/input/answers.ts";
  import { parseColour } from "./src/input/colour.ts";
  import { parseMoodValue } from "./src/input/mood-value.ts";
  import { parseWhen } from "./src/input/when.ts";
  import { parseWholeNumber } from "./src/input/whole-number.ts";
  import { displayWidth, truncate } from "./src/output/display-width.ts";
  import { formatTable } from "./src/output/table.ts";
  import { printableJson, singleLine, terminalText } from "./src/output/terminal-text.ts";
  import { wrapWords } from "./src/output/wrap-words.ts";
  import { parseEndpoint } from "./src/sync/http/endpoint.ts";
  import { editText, lineOf } from "./src/tui/components/edit-text.ts";
  const refused = (work) => { try { return work(); } catch (error) { if (error.name !== "MoodsyncError") throw error; } };
  for (const unit of JSON.parse(process.argv[1])) {
  const text = unit.repeat(Math.ceil(1_000_000 / unit.length)) + "\u00e9";
  const note = text.slice(-10_000);
  for (const show of [terminalText, singleLine, printableJson]) show(text);
  truncate(text, 80);
  wrapWords(note, 60);
  lineOf(text.slice(-100_000));
  editText(lineOf(""), { name: "text", text: text.slice(-100_000), isPasted: true });
  displayWidth(note);
  formatTable([[note, "a"], ["b", note]], { width: 80 });
  for (const read of [parseAnswers, parseColour, parseWholeNumber, parseMoodValue]) refused(() => read(text, "It"));
  letterDifference(text, text + "x");
  refused(() => parseEndpoint("https://a/" + "/".repeat(100_000) + text.slice(-100), { allowInsecureHttp: false }));
  await parseWhen(text, { nowMs: 0 }).catch((error) => { if (error.name !== "MoodsyncError") throw error; });
  }
  process.stdout.write("done");
`;

test(
  "a megabyte of each hostile shape is read and cleaned in time, and the longest note is laid out",
  () => {
    const shapes = JSON.stringify(Object.values(SHAPES));
    const args = ["--import", "tsx", "--input-type=module", "-e", PROGRAM, shapes];
    const cwd = join(import.meta.dirname, "../..");
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd,
      timeout: BUDGET_MS,
      encoding: "utf8",
    });
    expect(`${stdout}${stderr}`).toBe("done");
  },
  2 * BUDGET_MS,
);
