import { statSync } from "node:fs";
import { join } from "node:path";
import { databaseFile, type Home } from "../local/storage/home.ts";
import { settingsFile } from "../settings/settings-file.ts";
import { daemonLockFile } from "./daemon-lock.ts";
import { watchDatabase } from "./database-watch.ts";

/** What happened around the daemon since it last asked. */
export interface Observation {
  /** The machine slept, or its clock was set. */
  clockJumped: boolean;
  databaseChanged: boolean;
  keyChanged: boolean;
  settingsChanged: boolean;
  /** The directory that this daemon works for was removed or replaced; another one may run there by now. */
  homeGone: boolean;
}

export interface ChangeWatch {
  observe(): Observation;
  /** From now on only later writes to the database count as a change. */
  markDatabaseSeen(): void;
  close(): void;
}

/** By how much the two clocks may come apart between two observations before the machine must have slept, in ms. */
const JUMP_MS = 30_000;

/** Watches the database, the key, the settings and the daemon's own directory without opening anything. The daemon holds
 *  its lock already. `onEvent` is called when the database may have changed; `wallMs` and `monotonicMs` are the two
 *  clocks. */
export function watchForChanges(given: {
  home: Home;
  onEvent(): void;
  wallMs(): number;
  monotonicMs(): number;
}): ChangeWatch {
  const { home, wallMs, monotonicMs } = given;
  const database = watchDatabase(databaseFile(home), given.onEvent);
  const keyFiles = ["api-key", "api-key-entry", "sealing-key", "sealing-key-entry"].map((name) =>
    join(home.configDir, name),
  );
  const lockFile = daemonLockFile(home.stateDir);
  const lock = stampOf([lockFile]);
  let key = stampOf(keyFiles, "ctimeNs");
  let settings = stampOf([settingsFile(home.configDir)]);
  let clockDifference = wallMs() - monotonicMs();

  return {
    observe() {
      const seen = {
        key: stampOf(keyFiles, "ctimeNs"),
        settings: stampOf([settingsFile(home.configDir)]),
        clockDifference: wallMs() - monotonicMs(),
      };
      const observation = {
        clockJumped: Math.abs(seen.clockDifference - clockDifference) > JUMP_MS,
        databaseChanged: database.hasChanged(),
        keyChanged: seen.key !== key,
        settingsChanged: seen.settings !== settings,
        homeGone: stampOf([lockFile]) !== lock,
      };
      ({ key, settings, clockDifference } = seen);
      return observation;
    },
    markDatabaseSeen: () => database.markSeen(),
    close: () => database.close(),
  };
}

/** Changes when one of the files is written, replaced or removed; by its ctime also when it may be read by others. */
function stampOf(files: readonly string[], time: "mtimeNs" | "ctimeNs" = "mtimeNs"): string {
  return files
    .map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }))
    .map((stats) => (stats ? `${stats.ino}:${stats[time]}` : "-"))
    .join(" ");
}
