import { Box } from "ink";
import { type ReactNode, useContext } from "react";
import { keysLine } from "../../output/screen/keys-line.ts";
import { messageLines } from "../../output/screen/message-lines.ts";
import { useStyle } from "../app-root.tsx";
import type { Help } from "../keyboard/key.ts";
import { letterOf } from "../keyboard/key.ts";
import { useKeys, useOpenKeys } from "../keyboard/use-keys.ts";
import { type Question, QuestionContext } from "./ask.ts";
import { Lines } from "./lines.tsx";
import type { Message } from "./message.ts";

/** Rows above the keys that are for messages; a longer one takes more, from the view. */
const MESSAGE_ROWS = 2;
const KEY_ROWS = 1;
/** What a view has not for itself, unless a message is longer. */
export const ROWS_BELOW = MESSAGE_ROWS + KEY_ROWS;

/** A view: what it shows in the rows that are left, what the last action brought or what is asked, and the keys that do
 *  something. */
export function ViewFrame(props: {
  width: number;
  height: number;
  message: Message | null;
  /** Those of the view, which a field or a question that is open replaces by its own. */
  keys: readonly Help[];
  /** In the rows that it is given. What it draws below them is seen while no message needs the place. */
  children: (height: number) => ReactNode;
}) {
  const { width, height } = props;
  const style = useStyle();
  const { question, ask } = useContext(QuestionContext);
  const open = useOpenKeys();
  // A question may be asked because of what went wrong.
  const said = question && props.message?.tone !== "problem" ? null : props.message;
  const asked = question && { tone: "question" as const, text: question.text };
  const message = [said, asked].flatMap((shown) => (shown ? messageLines(shown, width, style) : []));
  const messageRows = Math.max(MESSAGE_ROWS, message.length);
  const room = Math.max(0, height - messageRows - KEY_ROWS);
  const rowsAbove = Math.max(0, height - message.length - KEY_ROWS);
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Box flexDirection="column" height={rowsAbove} flexShrink={0} overflowY="hidden">
        {props.children(room)}
      </Box>
      <Lines lines={message} />
      {question ? <QuestionKeys question={question} onAnswered={() => ask(null)} /> : null}
      <Lines lines={[keysLine(open ?? props.keys, width, style)]} />
    </Box>
  );
}

const QUESTION_KEYS = [
  ["y", "yes"],
  ["n", "no"],
] as const;

/** Hears the answer to a question before anything else hears a key. */
function QuestionKeys({ question, onAnswered }: { question: Question; onAnswered: () => void }) {
  useKeys(
    "question",
    (key) => {
      const letter = letterOf(key)?.toLowerCase();
      if (letter !== "y" && letter !== "n" && key.name !== "escape" && key.name !== "enter") return true;
      onAnswered();
      if (letter === "y") question.onYes();
      return true;
    },
    { keys: QUESTION_KEYS },
  );
  return null;
}
