import { Box } from "ink";
import type { ReactNode } from "react";
import { fitLine, padParts } from "../../output/fit-line.ts";
import type { Part } from "../../output/terminal-style.ts";
import { useStyle } from "../app-root.tsx";
import { Lines } from "./lines.tsx";

/** Columns of the margin and the name before a row's value. */
export const ROW_INDENT = 20;

/** One thing that can be selected: a mark in the margin, its name, its value. `children`: a field in place of the value. */
export function Row(props: {
  isSelected: boolean;
  name: string;
  width: number;
  value?: readonly Part[];
  children?: ReactNode;
}) {
  const { isSelected, name, width, value = [] } = props;
  const style = useStyle();
  const mark = isSelected ? ` ${style.glyphs.selected}` : "  ";
  const title = padParts(ROW_INDENT - 2, [isSelected ? style.bold(name) : name], style);
  if (!props.children) return <Lines lines={[fitLine(width, [mark, ...title, ...value], style)]} />;
  return (
    <Box height={1} flexShrink={0}>
      <Box width={ROW_INDENT} flexShrink={0}>
        <Lines lines={[style.line(mark, ...title)]} />
      </Box>
      {props.children}
    </Box>
  );
}
