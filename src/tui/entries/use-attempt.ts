import { useRoot } from "../app-root.tsx";
import { type Message, problemMessage } from "../components/message.ts";

/** A way to do something that may fail: what it throws or returns becomes the message. True where it did not fail. */
export function useAttempt(): (work: () => Message | null) => boolean {
  const { changed, say } = useRoot();
  return (work) => {
    try {
      say(work());
      changed({ isOwn: true });
      return true;
    } catch (error) {
      say(problemMessage(error));
      return false;
    }
  };
}
