import { fitLine, widthOf } from "../fit-line.ts";
import type { Line, Part, TerminalStyle } from "../terminal-style.ts";

/** A key and what it does, and the same where there is little room. */
export type KeyHelp = readonly [key: string, what: string, short?: string];

/** The last row of a screen: as many keys as there is room for, from the left; in fewer words or closer together where
 *  that lets them all stand. */
export function keysLine(keys: readonly KeyHelp[], columns: number, style: TerminalStyle): Line {
  const parts = (shown: readonly KeyHelp[], gap: string): Part[] =>
    shown.flatMap(([key, what], index) => [index === 0 ? " " : gap, style.bold(key), ` ${what}`]);
  const fits = (shown: readonly KeyHelp[], gap: string) => widthOf(parts(shown, gap), style) < columns;
  const inShort = keys.map(([key, what, short]): KeyHelp => [key, short ?? what]);
  const ways = [
    { shown: keys, gap: "   " },
    { shown: inShort, gap: "   " },
    { shown: inShort, gap: "  " },
  ];
  let { shown, gap } = ways.find((way) => fits(way.shown, way.gap)) ?? ways[2]!;
  while (shown.length > 1 && !fits(shown, gap)) shown = shown.slice(0, -1);
  return fitLine(columns - 1, parts(shown, gap), style);
}
