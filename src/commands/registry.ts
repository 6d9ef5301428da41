import type { Command } from "commander";
import type { Context } from "./context.ts";

/** A command as it is found by its words; its file is loaded only when it runs. */
export interface CommandEntry {
  /** What is typed after `moodsync`: "log mood". The path of its file is the same. */
  words: string;
  summary: string;
  load(): Promise<{ default: (context: Context) => Command }>;
}

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    words: "log mood",
    summary: "Log how you feel, 1 (awful) to 5 (great)",
    load: () => import("./log/mood.ts"),
  },
  { words: "sync", summary: "Exchange changes with the server", load: () => import("./sync.ts") },
  { words: "sync now", summary: "The same", load: () => import("./sync.ts") },
  {
    words: "sync enable",
    summary: "Connect this device with a server",
    load: () => import("./sync/enable.ts"),
  },
  { words: "sync disable", summary: "Stop syncing; all data stays", load: () => import("./sync/disable.ts") },
  {
    words: "sync status",
    summary: "Show whether and when sync worked",
    load: () => import("./sync/status.ts"),
  },
  {
    words: "sync conflicts",
    summary: "List versions that lost or were merged",
    load: () => import("./sync/conflicts.ts"),
  },
  {
    words: "sync verify",
    summary: "Compare this device with the server",
    load: () => import("./sync/verify.ts"),
  },
];

/** The command that these arguments name and what is left for it; null when they name none.
 *  The longest match wins: `sync enable` before `sync`. */
export function findCommand(args: readonly string[]): { entry: CommandEntry; rest: string[] } | null {
  for (let length = Math.min(args.length, 3); length > 0; length--) {
    const words = args.slice(0, length).join(" ");
    const entry = COMMANDS.find((candidate) => candidate.words === words);
    if (entry) return { entry, rest: args.slice(length) };
  }
  return null;
}
