import { type FSWatcher, statSync, watch } from "node:fs";
import { basename, dirname } from "node:path";

/** Notices writes to the database without opening it: the kernel reports changes in its directory, and the sizes and times
 *  of its files show whether something was written. Reading leaves them as they are. */
export interface DatabaseWatch {
  /** Whether somebody wrote since the last `markSeen`. Watches the directory anew if it was replaced. */
  hasChanged(): boolean;
  /** From now on only later writes count. */
  markSeen(): void;
  close(): void;
}

export function watchDatabase(file: string, onEvent: () => void): DatabaseWatch {
  let seen = stampOf(file);
  let watcher: FSWatcher | null = null;
  let watchedDirectory = "";
  watchDirectory();

  /** Where the kernel cannot watch, the daemon's own rounds still find changes. */
  function watchDirectory(): void {
    const directory = inodeOf(dirname(file));
    if (directory === watchedDirectory) return;
    watcher?.close();
    watcher = null;
    watchedDirectory = directory;
    if (directory === "") return;
    try {
      watcher = watch(dirname(file), (_event, name) => {
        if (name === null || name.startsWith(basename(file))) onEvent();
      });
      watcher.on("error", () => {});
    } catch {}
  }

  return {
    hasChanged() {
      watchDirectory();
      return stampOf(file) !== seen;
    },
    markSeen() {
      seen = stampOf(file);
    },
    close() {
      watcher?.close();
    },
  };
}

function stampOf(file: string): string {
  return [file, `${file}-wal`].map(stampOfOne).join(" ");
}

/** An empty -wal comes and goes with every reader. */
function stampOfOne(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true });
  return stats && stats.size > 0n ? `${stats.ino}:${stats.size}:${stats.mtimeNs}` : "-";
}

function inodeOf(path: string): string {
  return String(statSync(path, { throwIfNoEntry: false })?.ino ?? "");
}
