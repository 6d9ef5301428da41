import { useContext, useLayoutEffect, useRef } from "react";
import type { Key } from "./key.ts";
import { KeyListenersContext, type Layer } from "./keyboard.tsx";

/** Listens to keys while `isActive`. `onKey` returns whether the key was meant for it. */
export function useKeys(layer: Layer, onKey: (key: Key) => boolean, isActive = true): void {
  const listeners = useContext(KeyListenersContext);
  const latest = useRef(onKey);
  useLayoutEffect(() => {
    latest.current = onKey;
  });
  useLayoutEffect(
    () => (isActive ? listeners?.add({ layer, onKey: (key) => latest.current(key) }) : undefined),
    [listeners, layer, isActive],
  );
}
