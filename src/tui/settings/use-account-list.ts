import { useCallback, useEffect, useState } from "react";
import type { Message } from "../components/message.ts";
import type { PageProps } from "./page-props.ts";

/** A list that only the server has. */
export interface AccountListState<T> {
  /** Null until the server has answered. */
  items: readonly T[] | null;
  reload(): void;
  /** Does something to the account, then asks for the list again. */
  change(name: string, work: (signal: AbortSignal) => Promise<Message>): void;
}

/** Asks for the list when the page opens, and again when it was changed. */
export function useAccountList<T>(
  { actions, snapshot }: Pick<PageProps, "actions" | "snapshot">,
  list: (signal: AbortSignal) => Promise<T[]>,
): AccountListState<T> {
  const [items, setItems] = useState<readonly T[] | null>(null);
  const { run } = actions;
  const { enabled } = snapshot.status;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `list` is made anew by every rendering
  const reload = useCallback(() => {
    run("Asking the server", async (signal) => {
      setItems(await list(signal));
      return null;
    });
  }, [run]);
  useEffect(() => {
    if (enabled) reload();
  }, [enabled, reload]);
  return {
    items,
    reload,
    change: (name, work) =>
      run(name, async (signal) => {
        const message = await work(signal);
        setItems(await list(signal));
        return message;
      }),
  };
}
