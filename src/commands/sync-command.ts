import type { CommandEntry } from "./command-entry.ts";

/** `sync` alone is built into one file, because timers run it many times a day: to find and load 60 files takes a third
 *  of a sync that has nothing to do. */
export const SYNC_COMMAND: CommandEntry = {
  words: "sync",
  summary: "Exchange changes with the server",
  load: () => import("./sync.ts"),
};
