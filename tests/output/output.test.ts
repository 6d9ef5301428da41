import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createOutput } from "../../src/output/output.ts";

function written(write: (output: ReturnType<typeof createOutput>) => void): string {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  write(createOutput(stream));
  return String(stream.read());
}

test("bold text is bold, and a text that brings the same sequence is shown written out", () => {
  const text = "\u001b[1mmine\u001b[22m";
  expect(written((output) => output.write({ style: "bold", text }, "\n", text))).toBe(
    "\u001b[1m\\u001b[1mmine\\u001b[22m\u001b[22m\n\\u001b[1mmine\\u001b[22m",
  );
});

test("a line that is replaced cannot become two", () => {
  expect(written((output) => output.replaceLine("a\nb\u001b[2J"))).toBe("\r\u001b[Ka b\\u001b[2J");
});

test("the columns are those of a terminal, and a pipe has none", () => {
  expect(createOutput(Object.assign(new PassThrough(), { isTTY: true, columns: 70 })).columns).toBe(70);
  expect(createOutput(Object.assign(new PassThrough(), { columns: 70 })).columns).toBeUndefined();
});

test("nothing is printed past the one output, and no screen shows text past the one Text", () => {
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
  expect(thatHave(/\b(stdout|stderr)\.stream\b/)).toEqual(["src/cli/run.ts", "src/cli/screen.ts"]);
  expect(thatHave(/import \{[^}]*\bText\b[^}]*\} from "ink"/)).toEqual(["src/tui/components/text.tsx"]);
});
