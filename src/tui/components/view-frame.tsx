import { Box } from "ink";
import { type ReactNode, useContext } from "react";
import type { Help } from "../keyboard/key.ts";
import { useOpenKeys } from "../keyboard/use-keys.ts";
import { QuestionContext } from "./ask.ts";
import { Confirm } from "./confirm.tsx";
import type { Message } from "./message.ts";
import { MESSAGE_ROWS, MessageLine } from "./message-line.tsx";
import { Text } from "./text.tsx";

const HELP_ROWS = 1;

/** Rows of a view that its messages and its help take. */
export const FRAME_ROWS = MESSAGE_ROWS + HELP_ROWS;

/** A view: what it shows, what the last action brought or what is asked, and the keys that do something. */
export function ViewFrame(props: {
  width: number;
  height: number;
  message: Message | null;
  /** Those of the view, which a field or a question that is open replaces by its own. */
  keys: readonly Help[];
  children: ReactNode;
}) {
  const { width, height } = props;
  const { question, ask } = useContext(QuestionContext);
  const keys = useOpenKeys() ?? props.keys;
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Box flexDirection="column" height={height - FRAME_ROWS} overflow="hidden">
        {props.children}
      </Box>
      {question ? (
        <Confirm {...{ question, width }} onAnswered={() => ask(null)} />
      ) : (
        <MessageLine message={props.message} width={width} />
      )}
      <HelpLine keys={keys} />
    </Box>
  );
}

/** Which keys do something here: `[["Enter", "show"], ["q", "quit"]]`. */
function HelpLine({ keys }: { keys: readonly Help[] }) {
  return (
    <Text wrap="truncate" dimColor>
      {" "}
      {keys.map(([key, what]) => `${key} ${what}`).join(" · ")}
    </Text>
  );
}
