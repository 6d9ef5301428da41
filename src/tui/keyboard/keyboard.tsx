import type { ReactNode } from "react";
import { createContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Help, Key } from "./key.ts";
import { listenToKeys } from "./listen-to-keys.ts";

/** What listens is asked from the top: a dialog hears a key before the field below it, and so on. */
export const LAYERS = ["app", "view", "field", "dialog", "page", "question", "cover"] as const;
export type Layer = (typeof LAYERS)[number];

export interface KeyListener {
  layer: Layer;
  /** What a field or a dialog answers to. */
  keys?: readonly Help[] | undefined;
  /** True when the key was meant for it; else the next listener is asked. */
  onKey(key: Key): boolean;
}

export interface KeyListeners {
  add(listener: KeyListener): () => void;
  /** Calls back when a listener comes or goes. */
  subscribe(onChange: () => void): () => void;
  /** The keys of the topmost field or dialog; null: none is open. */
  openKeys(): readonly Help[] | null;
  /** Calls back before each key that does more than type. */
  beforeKey(callback: () => void): () => void;
  /** Forgets the keys that have come and were not answered yet. */
  dropTypedAhead(): void;
}

export const KeyListenersContext = createContext<KeyListeners | null>(null);

/** Hands every key to the topmost listener that wants it. Ctrl-C ends the app whatever is on the screen.
 *  It reads the terminal itself instead of with Ink's `useInput`. That takes "\u001b[" for the Escape key when the "A"
 *  of an arrow key arrives late, as over a slow connection, and takes the terminal's answer to a question about its
 *  colours for typed text. */
export function Keyboard(props: {
  input: NodeJS.ReadStream;
  /** Ends the app; an error that a listener threw is passed on. */
  onEnd(ending: "interrupted" | Error): void;
  children: ReactNode;
}) {
  const { input, onEnd } = props;
  const listeners = useMemo(() => new Set<KeyListener>(), []);
  const beforeKeys = useMemo(() => new Set<() => void>(), []);
  const waiting = useMemo<Key[]>(() => [], []);
  const value = useMemo<KeyListeners>(() => {
    const changes = new Set<() => void>();
    const tellChange = () => {
      for (const onChange of changes) onChange();
    };
    return {
      add(listener) {
        listeners.add(listener);
        tellChange();
        return () => {
          listeners.delete(listener);
          tellChange();
        };
      },
      subscribe: (onChange) => addTo(changes, onChange),
      openKeys: () => topmostFirst(listeners).find(({ keys }) => keys)?.keys ?? null,
      beforeKey: (callback) => addTo(beforeKeys, callback),
      dropTypedAhead: () => void waiting.splice(0),
    };
  }, [listeners, beforeKeys, waiting]);

  const nextRendering = useNextRendering();
  useEffect(() => {
    let isAnswering = false;
    async function answerAll(): Promise<void> {
      if (isAnswering) return;
      isAnswering = true;
      for (
        let key = takeKey(waiting, topLayer(listeners));
        key;
        key = takeKey(waiting, topLayer(listeners))
      ) {
        if (!isTyping(key, topLayer(listeners))) for (const callback of beforeKeys) callback();
        answer(listeners, key);
        await nextRendering();
      }
      isAnswering = false;
    }
    return listenToKeys(input, (keys) => {
      if (keys.some((key) => key.name === "control" && key.letter === "c")) onEnd("interrupted");
      else {
        waiting.push(...keys);
        answerAll().catch(onEnd);
      }
    });
  }, [input, onEnd, listeners, beforeKeys, waiting, nextRendering]);

  return <KeyListenersContext value={value}>{props.children}</KeyListenersContext>;
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
  topmostFirst(listeners).some((listener) => listener.onKey(key));
}

function topmostFirst(listeners: ReadonlySet<KeyListener>): KeyListener[] {
  return [...listeners].sort((a, b) => LAYERS.indexOf(b.layer) - LAYERS.indexOf(a.layer));
}

/** Whether a key only changes the text of a field. */
function isTyping({ name }: Key, layer: Layer | undefined): boolean {
  return layer === "field" && !["enter", "escape", "tab", "backTab", "up", "down"].includes(name);
}

function addTo<T>(set: Set<T>, one: T): () => void {
  set.add(one);
  return () => set.delete(one);
}

/** Keys that come in one piece (fast typing) are answered one after the other, each by what the one before it brought
 *  to the screen. A change of our own is on the screen together with all that were made before it, however long that
 *  takes. */
function useNextRendering(): () => Promise<void> {
  const [rendering, setRendering] = useState(0);
  const waiting = useRef<(() => void)[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is to run after each of these renderings
  useLayoutEffect(() => {
    for (const resolve of waiting.current.splice(0)) resolve();
  }, [rendering]);
  return useMemo(
    () => () =>
      new Promise((resolve) => {
        waiting.current.push(resolve);
        setRendering((before) => before + 1);
      }),
    [],
  );
}
