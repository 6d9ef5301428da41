import { Box } from "ink";
import { wrapWords } from "../../output/wrap-words.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys } from "../keyboard/use-keys.ts";
import type { Question } from "./ask.ts";
import { MESSAGE_ROWS } from "./message-line.tsx";
import { Text } from "./text.tsx";

const KEYS = [
  ["y", "yes"],
  ["n", "no"],
] as const;

/** Stands where messages do. */
export function Confirm(props: { question: Question; width: number; onAnswered: () => void }) {
  const { question, width, onAnswered } = props;
  useKeys(
    "dialog",
    (key) => {
      const letter = letterOf(key)?.toLowerCase();
      if (letter !== "y" && letter !== "n" && key.name !== "escape" && key.name !== "enter") return true;
      onAnswered();
      if (letter === "y") question.onYes();
      return true;
    },
    { keys: KEYS },
  );
  return (
    <Box height={MESSAGE_ROWS} flexShrink={0} overflow="hidden">
      <Text bold color="yellow">
        {" ? "}
      </Text>
      <Text wrap="truncate">{wrapWords(question.text, width - 4).join("\n")}</Text>
    </Box>
  );
}
