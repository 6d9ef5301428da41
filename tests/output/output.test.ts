import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createOutput } from "../../src/output/output.ts";
import { type Line, verbatim } from "../../src/output/terminal-style.ts";
import { styleWith } from "../helpers/golden/styles.ts";

function written(write: (output: ReturnType<typeof createOutput>) => void): string {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  write(createOutput(stream));
  return String(stream.read());
}

test("a painted line keeps its style, and a text that brings the same codes is shown written out", () => {
  const { line, bold } = styleWith();
  const text = "\u001b[1mmine\u001b[22m";
  expect(written((output) => output.writeLines([line("a ", bold(verbatim(text)))]))).toBe(
    "a \u001b[1m\\u001b[1mmine\\u001b[22m\u001b[22m\n",
  );
  expect(written((output) => output.write(text))).toBe("\\u001b[1mmine\\u001b[22m");
});

test("of a line that was not painted only the codes of a style would act", () => {
  const forged = "\u001b[2Ja\u001b]0;b\u0007\u001b[1;31mc" as Line;
  expect(written((output) => output.writeLines([forged]))).toBe(
    "\\u001b[2Ja\\u001b]0;b\\u0007\u001b[1;31mc\n",
  );
});

test("a line that is replaced cannot become two", () => {
  expect(written((output) => output.replaceLine("a\nb\u001b[2J"))).toBe("\r\u001b[Ka b\\u001b[2J");
});

test("the columns are those of a terminal, and a pipe has none", () => {
  expect(createOutput(Object.assign(new PassThrough(), { isTTY: true, columns: 70 })).columns).toBe(70);
  expect(createOutput(Object.assign(new PassThrough(), { columns: 70 })).columns).toBeUndefined();
});

test("nothing is printed past the one output, and no screen shows text past the one Lines", () => {
  const root = join(import.meta.dirname, "../..");
  const files = ["src", "server"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file)),
  );
  const thatHave = (pattern: RegExp) =>
    files.filter((file) => pattern.test(readFileSync(join(root, file), "utf8"))).sort();
  expect(thatHave(/process\.std(out|err)\b|console\./)).toEqual([
    "src/credentials/keychain.ts",
    "src/main.ts",
  ]);
  expect(thatHave(/\b(stdout|stderr)\.stream\b/)).toEqual([
    "src/cli/pager.ts",
    "src/cli/read-lines.ts",
    "src/cli/run.ts",
    "src/cli/screen.ts",
    "src/commands/export.ts",
  ]);
  expect(thatHave(/import \{[^}]*\bText\b[^}]*\} from "ink"/)).toEqual(["src/tui/components/lines.tsx"]);
});
