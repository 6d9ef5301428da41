import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../src/package-root.ts";

/** The text of a page of the documentation: `readDocument("docs/protocol.md")`. */
export function readDocument(path: string): string {
  return readFileSync(join(packageRoot(), path), "utf8");
}

/** One fenced block, and what the comment in the line before it says of it ("" where there is none). */
export interface FencedBlock {
  marker: string;
  language: string;
  text: string;
}

export function fencedBlocks(document: string): FencedBlock[] {
  const blocks = document.matchAll(/(?:<!-- ([^\n]*) -->\n)?^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, marker = "", language, text]) => ({ marker, language: language!, text: text! }));
}

/** The rows of the table whose head begins with these cells, each cell without its backticks. */
export function tableRows(document: string, ...head: string[]): string[][] {
  const cells = (line: string) =>
    line
      .slice(1, line.lastIndexOf("|"))
      .split(/(?<!\\)\|/)
      .map((cell) =>
        cell
          .trim()
          .replaceAll("\\|", "|")
          .replace(/^`(.*)`$/, "$1"),
      );
  const lines = document.split("\n");
  const start = lines.findIndex(
    (line) => line.startsWith("|") && head.every((name, index) => cells(line)[index] === name),
  );
  if (start < 0) throw new Error(`no table with the head ${head.join(", ")}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map(cells);
}
