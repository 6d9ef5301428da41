import { useRoot } from "../app-root.tsx";
import { type Message, problemMessage } from "../components/message.ts";

/** A way to do something that may fail: what it throws or returns becomes the message. True where it did not fail.
 *  `keptIn`: the file in which what was typed lies all the same. */
export function useAttempt(): (work: () => Message | null, keptIn?: () => string | null) => boolean {
  const { changed, say } = useRoot();
  return (work, keptIn) => {
    try {
      say(work());
      changed({ isOwn: true });
      return true;
    } catch (error) {
      say(problemMessage(error, keptIn?.()));
      return false;
    }
  };
}
