import { Box } from "ink";
import { wrapWords } from "../../output/wrap-words.ts";
import type { Message } from "./message.ts";
import { Text } from "./text.tsx";

const SIGNS = { done: "✓", note: "·", problem: "!" } as const;
const COLOURS = { done: "green", note: "cyan", problem: "yellow" } as const;

/** Rows that a message line takes, whether it has something to say or not. */
export const MESSAGE_ROWS = 4;

/** The sentence that the last action brought, with its hint below as far as there is room. */
export function MessageLine({ message, width }: { message: Message | null; width: number }) {
  const lines = message ? wrapWords(message.text, width - 4) : [];
  const hints = message?.hint ? wrapWords(message.hint, width - 4) : [];
  return (
    <Box height={MESSAGE_ROWS} flexShrink={0} overflow="hidden">
      <Text bold {...(message ? { color: COLOURS[message.tone] } : {})}>
        {message ? ` ${SIGNS[message.tone]} ` : ""}
      </Text>
      <Text wrap="truncate">
        {lines.join("\n")}
        <Text dimColor>{hints.map((hint) => `\n${hint}`).join("")}</Text>
      </Text>
    </Box>
  );
}
