import { join } from "node:path";
import stringWidth from "string-width";
import { expect } from "vitest";
import type { TerminalStyle } from "../../../src/output/terminal-style.ts";
import { STYLES } from "./styles.ts";

const GOLDEN_WIDTHS = [40, 60, 80, 120] as const;

/** Signs that a screen reader reads out or leaves out, one by one. */
const SIGNS = /[\u2190-\u21ff\u2500-\u259f\u25a0-\u25ff\u2713\u2800-\u28ff]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of a style begin with one
const CODES = /\u001b\[[0-9;]+m/g;

/** What is drawn at every width and in every style, against `tests/output/golden/NAME.txt`; `npx vitest -u` writes it anew,
 *  to be looked at before it is committed. Whatever the data, no line is wider than asked for (plain words are not cut),
 *  nothing but the codes of a style is no printable text, and plain words hold no sign.
 *
 *  ```ts
 *  await expectGolden("week-strip", (width, style) => weekStrip(WEEK, width, style));
 *  ```
 */
export async function expectGolden(
  name: string,
  draw: (width: number, style: TerminalStyle) => readonly string[],
): Promise<void> {
  const sections: string[] = [];
  for (const [styleName, style] of STYLES) {
    let before = "";
    for (const width of GOLDEN_WIDTHS) {
      const lines = draw(style.isPlain ? Number.POSITIVE_INFINITY : width, style);
      expectDrawn(lines, width, style);
      const text = lines.map(visible).join("\n");
      const heading = `=== ${styleName}, ${width} columns`;
      sections.push(text === before ? `${heading}: as above\n` : `${heading}\n${text}\n`);
      before = text;
    }
  }
  await expect(sections.join("\n")).toMatchFileSnapshot(
    join(import.meta.dirname, `../../output/golden/${name}.txt`),
  );
}

/** What holds of all lines that are drawn. */
function expectDrawn(lines: readonly string[], width: number, style: TerminalStyle): void {
  for (const line of lines) {
    const text = withoutCodes(line);
    expect(text, "a line holds text and codes of styles").toMatch(/^\P{Cc}*$/u);
    if (style.isPlain) expect(text, "plain words hold no sign").not.toMatch(SIGNS);
    else expect(stringWidth(text), `width of ${JSON.stringify(text)}`).toBeLessThanOrEqual(width);
  }
}

export function withoutCodes(line: string): string {
  return line.replaceAll(CODES, "");
}

/** The codes as a person can read them. */
function visible(line: string): string {
  return line.replaceAll("\u001b", "\\e");
}
