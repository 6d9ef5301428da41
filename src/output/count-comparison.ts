import type { EntityType } from "../domain/entities/entity-type.ts";
import { groupedNumber } from "../domain/text/grouped-number.ts";
import { fitLine } from "./fit-line.ts";
import { KIND_WORDS } from "./kind-words.ts";
import type { Line, TerminalStyle } from "./terminal-style.ts";

/** How many of each kind are here and on the server, and how many of them wait to be uploaded. */
export type ShownCounts = Record<
  EntityType,
  { here: number; server: number; isEqual: boolean; waiting: number }
>;

/** What one logs comes first. */
const SHOWN_TYPES = Object.keys(KIND_WORDS) as EntityType[];
const NAME_COLUMNS = 12;
const NUMBER_COLUMNS = 10;
const NARROW_NUMBER_COLUMNS = 7;
/** Below this the numbers move together, so that what they mean has room. */
const LEAST_WIDE_COLUMNS = 48;

/** What is here beside what the server holds, a kind a line. */
export function countComparison(counts: ShownCounts, columns: number, style: TerminalStyle): Line[] {
  const kinds = SHOWN_TYPES.map((entityType) => ({
    name: KIND_WORDS[entityType][1],
    ...counts[entityType],
  }));
  const verdict = ({ isEqual, waiting }: ShownCounts[EntityType]) => {
    if (isEqual) return `${style.glyphs.done} equal`;
    if (waiting === 0) return "different";
    return `${style.isAscii ? "" : "↑ "}${groupedNumber(waiting)} ${waiting === 1 ? "waits" : "wait"}`;
  };
  if (style.isPlain) {
    return kinds.map(({ name, here, server, isEqual, waiting }) => {
      const state = isEqual ? "equal" : waiting > 0 ? `${groupedNumber(waiting)} waiting` : "different";
      return style.line(
        `${name}: ${groupedNumber(here)} here, ${groupedNumber(server)} on the server, ${state}.`,
      );
    });
  }
  const numberColumns = columns < LEAST_WIDE_COLUMNS ? NARROW_NUMBER_COLUMNS : NUMBER_COLUMNS;
  const row = (name: string, here: string, server: string) =>
    `${name.padEnd(NAME_COLUMNS)}${here.padStart(numberColumns)}${server.padStart(numberColumns)}`;
  return [
    fitLine(columns, [style.dim(row("", "here", "server"))], style),
    ...kinds.map((kind) =>
      fitLine(
        columns,
        [row(kind.name, groupedNumber(kind.here), groupedNumber(kind.server)), `   ${verdict(kind)}`],
        style,
      ),
    ),
  ];
}
