import { counted } from "./number-words.ts";

/** What it means that rows do not hold what their own hash says. */
export function damagedRowsNotice(count: number): string {
  return `${counted(count, "entry does", "entries do")} not hold what ${count === 1 ? "its" : "their"} own checksum says: the disk, or another program, changed ${count === 1 ? "it" : "them"}. \`moodsync doctor\` says more.`;
}
