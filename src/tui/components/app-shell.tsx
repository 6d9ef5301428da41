import { Box, useApp } from "ink";
import type { ReactNode } from "react";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useWindowSize } from "../terminal/use-window-size.ts";
import { Text } from "./text.tsx";

/** The smallest terminal in which everything has room. */
const MIN_COLUMNS = 60;
const MIN_ROWS = 20;

/** The whole screen: a title, and the rest for the app. q ends it. */
export function AppShell(props: {
  title: ReactNode;
  children: (size: { width: number; height: number }) => ReactNode;
}) {
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  useKeys("app", (key) => {
    if (letterOf(key) !== "q") return false;
    exit();
    return true;
  });
  const isTooSmall = columns < MIN_COLUMNS || rows < MIN_ROWS;
  const width = Math.max(columns, MIN_COLUMNS);
  const height = Math.max(rows, MIN_ROWS);
  return (
    <>
      {isTooSmall ? <TooSmall columns={columns} rows={rows} onQuit={exit} /> : null}
      <Box display={isTooSmall ? "none" : "flex"} flexDirection="column" width={width} height={height}>
        <Box height={1} flexShrink={0}>
          {props.title}
        </Box>
        {props.children({ width, height: height - 1 })}
      </Box>
    </>
  );
}

/** In place of an app that has no room; what was typed there is kept. */
function TooSmall({ columns, rows, onQuit }: { columns: number; rows: number; onQuit: () => void }) {
  useKeys("dialog", (key) => {
    if (letterOf(key) === "q") onQuit();
    return true;
  });
  return (
    <Text>
      {`moodsync needs ${MIN_COLUMNS} × ${MIN_ROWS} characters; this terminal has ${columns} × ${rows}. Make it larger, or press q to leave.`}
    </Text>
  );
}
