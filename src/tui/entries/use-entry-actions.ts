import type { Message } from "../components/message.ts";
import { problemMessage } from "../components/message.ts";
import { useMessage } from "../components/use-message.ts";

/** The message of a view, and a way to do something that may fail: what it throws or returns becomes the message. */
export function useEntryActions(
  changed: () => void,
  initial?: () => Message | null,
): {
  message: Message | null;
  say(message: Message | null): void;
  attempt(work: () => Message | null): void;
} {
  const { message, say } = useMessage(initial);
  return {
    message,
    say,
    attempt(work) {
      try {
        say(work());
        changed();
      } catch (error) {
        say(problemMessage(error));
      }
    },
  };
}
