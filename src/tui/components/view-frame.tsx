import { Box } from "ink";
import type { ReactNode } from "react";
import { type Help, HelpLine } from "./help-line.tsx";
import type { Message } from "./message.ts";
import { MESSAGE_ROWS, MessageLine } from "./message-line.tsx";

const HELP_ROWS = 1;

/** Rows of a view that its messages and its help take. */
export const FRAME_ROWS = MESSAGE_ROWS + HELP_ROWS;

/** A view: what it shows, what the last action brought, and the keys that do something. */
export function ViewFrame(props: {
  width: number;
  height: number;
  message: Message | null;
  /** Goes before the message. */
  question?: ReactNode;
  keys: readonly Help[];
  children: ReactNode;
}) {
  const { width, height } = props;
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Box flexDirection="column" height={height - FRAME_ROWS} overflow="hidden">
        {props.children}
      </Box>
      {props.question ?? <MessageLine message={props.message} width={width} />}
      <HelpLine keys={props.keys} />
    </Box>
  );
}
