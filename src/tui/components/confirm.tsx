import { Box, Text } from "ink";
import { wrapWords } from "../../output/wrap-words.ts";
import { useKeys } from "../keyboard/use-keys.ts";

/** A question that has to be answered first: y does it, n, Escape and Enter leave everything as it is. */
export function Confirm(props: { question: string; width: number; onAnswer(isYes: boolean): void }) {
  useKeys("dialog", (key) => {
    const letter = key.name === "text" && !key.isPasted ? key.text.toLowerCase() : null;
    if (letter === "y") props.onAnswer(true);
    else if (letter === "n" || key.name === "escape" || key.name === "enter") props.onAnswer(false);
    return true;
  });
  return (
    <Box flexDirection="column" borderStyle="round" borderColor="yellow" paddingX={1} flexShrink={0}>
      {wrapWords(props.question, props.width - 4).map((line) => (
        <Text key={line} wrap="truncate">
          {line}
        </Text>
      ))}
      <Text bold>y yes · n no</Text>
    </Box>
  );
}
