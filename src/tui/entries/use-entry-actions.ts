import { useState } from "react";
import type { Message } from "../components/message.ts";
import { problemMessage } from "../components/message.ts";

/** The message of a view, and a way to do something that may fail: what it throws is said, and what it returns. */
export function useEntryActions(changed: () => void): {
  message: Message | null;
  say(message: Message | null): void;
  attempt(work: () => Message | null): void;
} {
  const [message, setMessage] = useState<Message | null>(null);
  return {
    message,
    say: setMessage,
    attempt(work) {
      try {
        setMessage(work());
        changed();
      } catch (error) {
        setMessage(problemMessage(error));
      }
    },
  };
}
