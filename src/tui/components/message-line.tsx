import { Box, Text } from "ink";
import { wrapWords } from "../../output/wrap-words.ts";
import type { Message } from "./message.ts";

const SIGNS = { done: "✓", note: "·", problem: "!" } as const;
const COLOURS = { done: "green", note: "cyan", problem: "yellow" } as const;

/** Rows that a message line takes, whether it has something to say or not. */
export const MESSAGE_ROWS = 3;

/** The sentence that the last action brought, with its hint below as far as there is room. */
export function MessageLine({ message, width }: { message: Message | null; width: number }) {
  if (!message) return <Box height={MESSAGE_ROWS} />;
  const lines = [
    ...wrapWords(message.text, width - 3).map((text) => ({ text, isHint: false })),
    ...wrapWords(message.hint ?? "", width - 3).map((text) => ({ text, isHint: true })),
  ].slice(0, MESSAGE_ROWS);
  return (
    <Box height={MESSAGE_ROWS} flexDirection="column">
      {lines.map(({ text, isHint }, index) => (
        <Text key={text} wrap="truncate" dimColor={isHint}>
          <Text color={COLOURS[message.tone]} bold>
            {index === 0 ? ` ${SIGNS[message.tone]} ` : "   "}
          </Text>
          {text}
        </Text>
      ))}
    </Box>
  );
}
