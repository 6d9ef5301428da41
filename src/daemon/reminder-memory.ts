import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../files/private-file.ts";
import type { ReminderMemory } from "./decide-reminders.ts";

const memoryFile = (stateDir: string) => join(stateDir, "reminders.json");

/** What was reminded of; empty where there is no file, or none that can be read. */
export function readReminderMemory(stateDir: string): ReminderMemory {
  try {
    const memory = JSON.parse(readFileSync(memoryFile(stateDir), "utf8"));
    return Object.fromEntries(
      Object.entries(memory as ReminderMemory).filter(([, { firstSeenAtMs }]) =>
        Number.isFinite(firstSeenAtMs),
      ),
    );
  } catch {
    return {};
  }
}

export function writeReminderMemory(stateDir: string, memory: ReminderMemory): void {
  writePrivateFile(memoryFile(stateDir), `${JSON.stringify(memory)}\n`);
}
