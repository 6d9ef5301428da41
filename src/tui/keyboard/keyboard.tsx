import { useApp, useStdin } from "ink";
import type { ReactNode } from "react";
import { createContext, useEffect, useMemo } from "react";
import { createKeyReader, type Key } from "./key.ts";

/** What listens is asked from the top: a dialog hears a key before the field below it, and so on. */
export const LAYERS = ["app", "view", "field", "dialog"] as const;
export type Layer = (typeof LAYERS)[number];

export interface KeyListener {
  layer: Layer;
  /** True when the key was meant for it; else the next listener is asked. */
  onKey(key: Key): boolean;
}

export interface KeyListeners {
  add(listener: KeyListener): () => void;
}

export const KeyListenersContext = createContext<KeyListeners | null>(null);

/** Hands every key to the topmost listener that wants it. Ctrl-C ends the app whatever is on the screen. */
export function Keyboard({ children }: { children: ReactNode }) {
  const { exit } = useApp();
  const { setRawMode, internal_eventEmitter: chunks } = useStdin();
  const listeners = useMemo(() => new Set<KeyListener>(), []);
  const value = useMemo<KeyListeners>(
    () => ({
      add(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [listeners],
  );

  useEffect(() => {
    const readKeys = createKeyReader();
    const waiting: Key[] = [];
    let isAnswering = false;
    async function answerAll(): Promise<void> {
      if (isAnswering) return;
      isAnswering = true;
      for (
        let key = takeKey(waiting, topLayer(listeners));
        key;
        key = takeKey(waiting, topLayer(listeners))
      ) {
        answer(listeners, key);
        await nextRendering();
      }
      isAnswering = false;
    }
    const onChunk = (chunk: string) => {
      const keys = readKeys(chunk);
      if (keys.some((key) => key.name === "control" && key.letter === "c")) return exit("interrupted");
      waiting.push(...keys);
      answerAll().catch(exit);
    };
    setRawMode(true);
    chunks.on("input", onChunk);
    return () => {
      chunks.off("input", onChunk);
      setRawMode(false);
    };
  }, [chunks, exit, listeners, setRawMode]);

  return <KeyListenersContext value={value}>{children}</KeyListenersContext>;
}

/** The next key. A field gets all that was typed at once as one text. */
function takeKey(waiting: Key[], layer: Layer | undefined): Key | undefined {
  const key = waiting.shift();
  if (key?.name !== "text" || key.isPasted || layer !== "field") return key;
  let { text } = key;
  for (let next = waiting[0]; next?.name === "text" && !next.isPasted; next = waiting[0]) {
    text += next.text;
    waiting.shift();
  }
  return { ...key, text };
}

function topLayer(listeners: ReadonlySet<KeyListener>): Layer | undefined {
  return LAYERS.findLast((layer) => [...listeners].some((listener) => listener.layer === layer));
}

function answer(listeners: ReadonlySet<KeyListener>, key: Key): void {
  const fromTheTop = [...listeners].sort((a, b) => LAYERS.indexOf(b.layer) - LAYERS.indexOf(a.layer));
  fromTheTop.some((listener) => listener.onKey(key));
}

/** Keys that come in one piece (fast typing) are answered one after the other, each by what the one before it brought
 *  to the screen. React renders in a task that it plans after the first of these. */
async function nextRendering(): Promise<void> {
  for (let hop = 0; hop < 2; hop++) await new Promise((resolve) => setImmediate(resolve));
}
