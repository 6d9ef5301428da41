import { padTo } from "./display-width.ts";
import type { Line } from "./terminal-style.ts";

/** Two blocks of lines beside each other, the second from a column on, which the lines of the first do not reach. Only
 *  blanks come between lines that are painted already. */
export function beside(left: readonly Line[], right: readonly Line[], column: number): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const [before, after] = [left[at] ?? "", right[at] ?? ""];
    return (after === "" ? before : padTo(before, column) + after) as Line;
  });
}
