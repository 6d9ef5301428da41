import { useContext, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import type { Help, Key } from "./key.ts";
import { KeyListenersContext, type Layer } from "./keyboard.tsx";

/** Listens to keys while `isActive`. `onKey` returns whether the key was meant for it. `keys` are what a field or a
 *  dialog answers to: while it is open nothing below it hears any key, so it also says which there are. */
export function useKeys(
  layer: Layer,
  onKey: (key: Key) => boolean,
  { isActive = true, keys }: { isActive?: boolean; keys?: readonly Help[] } = {},
): void {
  const listeners = useContext(KeyListenersContext);
  const latest = useRef(onKey);
  useLayoutEffect(() => {
    latest.current = onKey;
  });
  useLayoutEffect(
    () => (isActive ? listeners?.add({ layer, keys, onKey: (key) => latest.current(key) }) : undefined),
    [listeners, layer, isActive, keys],
  );
}

const NOT_LISTENING = { subscribe: () => () => {}, openKeys: () => null };

/** The keys of the field or the dialog that is open; null: none is. */
export function useOpenKeys(): readonly Help[] | null {
  const { subscribe, openKeys } = useContext(KeyListenersContext) ?? NOT_LISTENING;
  return useSyncExternalStore(subscribe, openKeys);
}
