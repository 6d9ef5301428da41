import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { systemError } from "../files/system-error.ts";
import { backupDirectory } from "../local/storage/backup.ts";
import { databaseFile, type Home } from "../local/storage/home.ts";

/** What `serve` keeps: the data of accounts, which may be other people's. */
const SERVER_DIRECTORY = "server";

/** Removes what moodsync keeps on this device, but not what `serve` keeps, nor anything of others beside it; the automatic
 *  backups only when asked to. The key is the caller's. Nobody may use the database any more. Returns what was removed.
 *  Throws a `failure` for what cannot be removed; what went before that stays gone. */
export function wipeDevice(home: Home, { withBackups }: { withBackups: boolean }): string[] {
  const database = databaseFile(home);
  const removed = [
    // The database last: until then the next try finds it.
    ...removeAll(home.cacheDir, () => true),
    ...removeAll(home.stateDir, (name) => name !== SERVER_DIRECTORY),
    ...(withBackups ? removeAll(backupDirectory(database), () => true) : []),
    ...removeAll(home.configDir, (name) => /^settings\.json(\..+)?$/.test(name)),
    ...removeAll(home.dataDir, (name) => name.startsWith(basename(database))),
  ];
  const directories = [home.cacheDir, home.stateDir, backupDirectory(database), home.configDir, home.dataDir];
  for (const directory of directories) removeIfEmpty(directory);
  return removed;
}

function removeAll(directory: string, isOwn: (name: string) => boolean): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter(isOwn)
    .map((name) => {
      const path = join(directory, name);
      try {
        rmSync(path, { recursive: true, force: true });
        return path;
      } catch (error) {
        throw systemError(error, path) ?? error;
      }
    });
}

/** What lies in it otherwise is not ours. */
function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {}
}
