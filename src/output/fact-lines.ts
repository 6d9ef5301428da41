import { fitLine } from "./fit-line.ts";
import { verbatimProse } from "./prose.ts";
import { type Line, type Part, type TerminalStyle, verbatim } from "./terminal-style.ts";

/** A name and what holds of it; further texts go below. */
export type Fact = readonly [name: string, ...texts: string[]];

/** Names and values below each other; what has no room goes on below itself. Values may be anybody's text. */
export function factLines(facts: readonly Fact[], columns: number, style: TerminalStyle): Line[] {
  if (style.isPlain) {
    return facts.map(([name, ...texts]) => style.line(`${name}: `, verbatim(texts.join("; ")), "."));
  }
  const width = Math.max(...facts.map(([name]) => name.length)) + 2;
  return facts.flatMap(([name, ...texts]) =>
    texts
      .flatMap((text) => verbatimProse(text, columns - width))
      .map((cell, index): Line => {
        const parts: Part[] = [(index === 0 ? name : "").padEnd(width), cell];
        return fitLine(columns, parts, style);
      }),
  );
}
