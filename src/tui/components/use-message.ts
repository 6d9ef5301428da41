import { useContext, useEffect, useState } from "react";
import { KeyListenersContext } from "../keyboard/keyboard.tsx";
import type { Message } from "./message.ts";

/** The message of a view. It goes with the next key that does something, which may bring another. */
export function useMessage(initial: () => Message | null = () => null) {
  const [message, say] = useState<Message | null>(initial);
  const listeners = useContext(KeyListenersContext);
  useEffect(() => listeners?.beforeKey(() => say(null)), [listeners]);
  return { message, say };
}
