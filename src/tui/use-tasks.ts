import { useSyncExternalStore } from "react";
import type { Tasks } from "./tasks.ts";

/** The name of what runs beside the screen; null: nothing. */
export function useRunningTask(tasks: Tasks): string | null {
  return useSyncExternalStore(tasks.subscribe, tasks.running);
}
