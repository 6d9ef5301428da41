import { Box, useApp } from "ink";
import { type ReactNode, useMemo, useState } from "react";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { useWindowSize } from "../terminal/use-window-size.ts";
import { type Question, QuestionContext } from "./ask.ts";
import { Text } from "./text.tsx";

/** The smallest terminal in which everything has room. */
const MIN_COLUMNS = 60;
const MIN_ROWS = 20;

/** The whole screen: a title, and the rest for the app. q ends it, after a question where something would be lost. */
export function AppShell(props: {
  title: ReactNode;
  /** Asks whether to leave all the same; null: nothing would be lost. */
  leaveQuestion: string | null;
  children: (size: { width: number; height: number }) => ReactNode;
}) {
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  const [question, setQuestion] = useState<Question | null>(null);
  useKeys("app", (key) => {
    if (letterOf(key) !== "q") return false;
    if (props.leaveQuestion === null) exit();
    else setQuestion({ text: props.leaveQuestion, onYes: exit });
    return true;
  });
  const asking = useMemo(() => ({ question, ask: setQuestion }), [question]);
  const isTooSmall = columns < MIN_COLUMNS || rows < MIN_ROWS;
  const width = Math.max(columns, MIN_COLUMNS);
  const height = Math.max(rows, MIN_ROWS);
  return (
    <QuestionContext value={asking}>
      {isTooSmall ? (
        <TooSmall columns={columns} rows={rows} onQuit={props.leaveQuestion === null ? exit : null} />
      ) : null}
      <Box display={isTooSmall ? "none" : "flex"} flexDirection="column" width={width} height={height}>
        <Box height={1} flexShrink={0}>
          {props.title}
        </Box>
        {props.children({ width, height: height - 1 })}
      </Box>
    </QuestionContext>
  );
}

/** In place of an app that has no room; what was typed there is kept. */
function TooSmall({ columns, rows, onQuit }: { columns: number; rows: number; onQuit: (() => void) | null }) {
  useKeys("cover", (key) => {
    if (letterOf(key) === "q") onQuit?.();
    return true;
  });
  return (
    <Text>
      {`moodsync needs ${MIN_COLUMNS} × ${MIN_ROWS} characters; this terminal has ${columns} × ${rows}. Make it larger, or press ${onQuit ? "q" : "Ctrl-C"} to leave.`}
    </Text>
  );
}
