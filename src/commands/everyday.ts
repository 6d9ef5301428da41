import type { CommandEntry } from "./command-entry.ts";

/** The commands that are built into one file (scripts/build.js), because they are run many times a day. A few only: their
 *  start takes 3 ms longer for every 100 kB of that file. None may load a heavy package. */
export const EVERYDAY_COMMANDS: readonly CommandEntry[] = [
  {
    words: "log mood",
    summary: "Log how you feel, 1 (awful) to 5 (great)",
    load: () => import("./log/mood.ts"),
  },
  {
    words: "log assessment",
    summary: "Log a self-assessment (PHQ-9, GAD-7, …)",
    load: () => import("./log/assessment.ts"),
  },
  {
    words: "list",
    summary: "List entries, newest first",
    load: () => import("./list.ts"),
  },
  {
    words: "show",
    summary: "Show one entry with everything it holds",
    load: () => import("./show.ts"),
  },
  {
    words: "due",
    summary: "Show which assessments are due",
    load: () => import("./due.ts"),
  },
];
