import { Box } from "ink";
import type { ReactNode } from "react";
import { Text } from "./text.tsx";

/** Columns of the mark and the name before a row's value. */
export const ROW_INDENT = 18;

/** One thing that can be selected: a mark, its name, its value. */
export function Row({
  isSelected,
  name,
  children,
}: {
  isSelected: boolean;
  name: string;
  children: ReactNode;
}) {
  return (
    <Box height={1} flexShrink={0}>
      <Box width={ROW_INDENT} flexShrink={0}>
        <Text wrap="truncate" bold={isSelected} {...(isSelected ? { color: "cyan" } : {})}>
          {isSelected ? "› " : "  "}
          {name}
        </Text>
      </Box>
      <Text wrap="truncate">{children}</Text>
    </Box>
  );
}

/** What is only read: its name, and its value in one line or several. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Box flexShrink={0}>
      <Box width={ROW_INDENT} flexShrink={0}>
        <Text dimColor>
          {"  "}
          {name}
        </Text>
      </Box>
      <Text>{children}</Text>
    </Box>
  );
}
