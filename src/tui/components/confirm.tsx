import { Box } from "ink";
import { wrapWords } from "../../output/wrap-words.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import { MESSAGE_ROWS } from "./message-line.tsx";
import { Text } from "./text.tsx";

/** A question to be answered before anything else: y does it; n, Escape and Enter leave everything as it is. */
export interface Question {
  /** At most three lines of the narrowest terminal. */
  text: string;
  onYes(): void;
}

/** Stands where messages do. */
export function Confirm(props: { question: Question; width: number; onAnswered: () => void }) {
  const { question, width, onAnswered } = props;
  useKeys("dialog", (key) => {
    const letter = letterOf(key)?.toLowerCase();
    if (letter !== "y" && letter !== "n" && key.name !== "escape" && key.name !== "enter") return true;
    onAnswered();
    if (letter === "y") question.onYes();
    return true;
  });
  return (
    <Box height={MESSAGE_ROWS} flexShrink={0} overflow="hidden">
      <Text bold color="yellow">
        {" ? "}
      </Text>
      <Text wrap="truncate">
        {wrapWords(question.text, width - 4).join("\n")}
        <Text bold>{"\ny yes · n no"}</Text>
      </Text>
    </Box>
  );
}
