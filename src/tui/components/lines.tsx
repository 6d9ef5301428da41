import { Text } from "ink";
import { memo } from "react";
import type { Line } from "../../output/terminal-style.ts";

/** Painted lines below each other. Only `style.line` makes one, so nothing that is stored, typed or received can bring
 *  colours or act on the terminal. */
export const Lines = memo(
  ({ lines }: { lines: readonly Line[] }) =>
    lines.length === 0 ? null : <Text wrap="truncate">{lines.map((line) => line || " ").join("\n")}</Text>,
  (before, after) =>
    before.lines.length === after.lines.length && before.lines.join("\n") === after.lines.join("\n"),
);
