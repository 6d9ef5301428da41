import { accessSync, constants, existsSync, lstatSync, readdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readDaemonStatus } from "../daemon/daemon-status.ts";
import { acquireFileLock } from "../files/file-lock.ts";
import { toMoodsyncError } from "../files/system-error.ts";
import { requireTrustedPath } from "../files/trusted-path.ts";
import type { Home } from "../local/storage/home.ts";
import { type Finding, note, ok, problem } from "./finding.ts";

/** Looks at files and directories as they lie there, without opening or changing one. Before the database is opened, which
 *  closes its own files to others. */
export function examineFiles(home: Home): Finding[] {
  return [
    ...permissions(home),
    ...place(home.dataDir, fileSystemType(home.dataDir)),
    ...freeSpace(freeBytes(home.dataDir)),
    ...cache(home.cacheDir),
    ...locks(home.stateDir),
  ];
}

function permissions(home: Home): Finding[] {
  if (process.platform === "win32") return [note("permissions", "not looked at on this system")];
  const directories = [...new Set(Object.values(home) as string[])].filter((path) => existsSync(path));
  if (directories.length === 0) return [note("permissions", "there are no files yet")];
  const found: Finding[] = [];
  for (const path of directories.flatMap((directory) => [directory, ...filesIn(directory)])) {
    try {
      requireTrustedPath(path);
    } catch (error) {
      const { message, hint } = toMoodsyncError(error, path);
      found.push(problem("permissions", message, hint ?? "Make it yours."));
      continue;
    }
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & 0o077) === 0) continue;
    const octal = (mode & 0o777).toString(8).padStart(4, "0");
    found.push(problem("permissions", `other users can read ${path} (${octal})`, `chmod go= ${path}`));
  }
  return found.length > 0 ? found : [ok("permissions", "only you can read the files")];
}

/** What moodsync keeps in a directory; not what lies in directories below, which are closed. */
function filesIn(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(directory, entry.name));
  } catch {
    return [];
  }
}

/** Numbers of `statfs(2)` on Linux. SQLite's locks and its log need one machine. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number | null, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "SMB"],
  [0xfe534d42, "SMB"],
  [0x01021997, "9P"],
  [0x5346414f, "AFS"],
  [0x00c36400, "Ceph"],
]);

/** Parts of a path below which a program copies files to other machines, as they lie on the disk. */
const SYNCED_FOLDERS =
  /^(Dropbox.*|OneDrive.*|Google ?Drive|GoogleDrive.*|My Drive|Nextcloud|ownCloud|Seafile|pCloud ?Drive|MEGA|Mobile Documents|CloudStorage|iCloud ?Drive|Syncthing)$/i;

/** Where the database lies. `fileSystem` is its number, null where the system does not say. */
export function place(dataDir: string, fileSystem: number | null): Finding[] {
  const elsewhere = "MOODSYNC_HOME=/a/directory/on/this/machine";
  const network = NETWORK_FILE_SYSTEMS.get(fileSystem);
  if (network) {
    return [
      problem(
        "place",
        `the database lies on a network file system (${network}), where it can be damaged`,
        elsewhere,
      ),
    ];
  }
  const parts = dataDir.split(/[/\\]/);
  const isSynced = parts.some((part) => SYNCED_FOLDERS.test(part)) || isBelowMark(dataDir);
  if (!isSynced) return [];
  return [
    problem(
      "place",
      "the database lies in a folder that a program copies to other machines, which damages it; `moodsync sync` is the way",
      elsewhere,
    ),
  ];
}

/** Syncthing and Dropbox mark the folder that they copy. */
function isBelowMark(directory: string): boolean {
  if ([".stfolder", ".dropbox"].some((mark) => existsSync(join(directory, mark)))) return true;
  return dirname(directory) !== directory && isBelowMark(dirname(directory));
}

const LOW_BYTES = 100_000_000;

/** `bytes` that this user can still write; null where the system does not say. */
export function freeSpace(bytes: number | null): Finding[] {
  if (bytes === null || bytes >= LOW_BYTES) return [];
  const left = `${Math.floor(bytes / 1_000_000)} MB`;
  return [
    problem("disk", `${left} are free where the database lies; it may soon be full`, "Free some space."),
  ];
}

function fileSystemType(path: string): number | null {
  if (process.platform !== "linux") return null;
  return statfsOf(path)?.type ?? null;
}

function freeBytes(path: string): number | null {
  const found = statfsOf(path);
  return found && found.bavail * found.bsize;
}

/** Of the nearest directory that is there. */
function statfsOf(path: string): { type: number; bavail: number; bsize: number } | null {
  if (!existsSync(path)) return dirname(path) === path ? null : statfsOf(dirname(path));
  try {
    return statfsSync(path);
  } catch {
    return null;
  }
}

function cache(cacheDir: string): Finding[] {
  const stats = lstatSync(cacheDir, { throwIfNoEntry: false });
  if (!stats) return [];
  try {
    if (!stats.isDirectory()) throw new Error("not a directory");
    accessSync(cacheDir, constants.W_OK | constants.X_OK);
    return [];
  } catch {
    const text = `${cacheDir} cannot be written, so every command starts more slowly`;
    return [problem("cache", text, `rm -r ${cacheDir}`)];
  }
}

/** A lock ends with the process that holds it, so what can be stale is a file that is none, and what a daemon says of
 *  itself. */
function locks(stateDir: string): Finding[] {
  const found: Finding[] = [];
  let isDaemonRunning = false;
  for (const name of ["sync.lock", "daemon.lock"]) {
    const file = join(stateDir, name);
    if (!existsSync(file)) continue;
    try {
      const release = acquireFileLock(file, { waitMs: 0 });
      release?.();
      if (name === "daemon.lock") isDaemonRunning = release === null;
    } catch {
      found.push(problem("lock", `${file} is no lock that can be taken`, `rm ${file}`));
    }
  }
  const status = readDaemonStatus(stateDir);
  if (status && !isDaemonRunning) {
    found.push(
      problem(
        "daemon",
        "the daemon ended without saying so, so nothing syncs or reminds now",
        "moodsync daemon start",
      ),
    );
  }
  if (isDaemonRunning) found.push(ok("daemon", "running"));
  return found;
}
