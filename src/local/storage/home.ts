import { readdirSync, realpathSync } from "node:fs";
import { userInfo } from "node:os";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { MoodsyncError } from "../../domain/moodsync-error.ts";
import { closeToOthers } from "../../files/private-directory.ts";
import { requireTrustedPath } from "../../files/trusted-path.ts";

/** Where moodsync keeps its files on this device. */
export interface Home {
  /** The database and its backups. */
  dataDir: string;
  /** Settings and the key file. */
  configDir: string;
  /** What belongs to this machine and not to the data: the device id, locks, the server's cluster. */
  stateDir: string;
  /** What can be made again: the program's compiled code. */
  cacheDir: string;
}

type Environment = Record<string, string | undefined>;

/** `MOODSYNC_HOME` puts everything under one directory; else the platform's own places. All paths are absolute: a
 *  diary must not depend on where a command is typed. Throws a `failure` for a variable that holds no such path. */
export function locateHome(env: Environment, platform: NodeJS.Platform = process.platform): Home {
  const own = env.MOODSYNC_HOME;
  if (own) return oneDirectory(checkedPath("MOODSYNC_HOME", own));
  if (platform === "darwin") {
    return oneDirectory(join(userDirectory(env), "Library", "Application Support", "moodsync"));
  }
  if (platform === "win32") {
    return oneDirectory(join(env.LOCALAPPDATA || join(userDirectory(env), "AppData", "Local"), "moodsync"));
  }
  // The specification of these directories asks for a relative path to be ignored.
  const xdg = (name: string, fallback: string) => {
    const set = env[name];
    const base = set && isAbsolute(set) ? checkedPath(name, set) : join(userDirectory(env), fallback);
    return join(base, "moodsync");
  };
  return {
    dataDir: xdg("XDG_DATA_HOME", ".local/share"),
    configDir: xdg("XDG_CONFIG_HOME", ".config"),
    stateDir: xdg("XDG_STATE_HOME", ".local/state"),
    cacheDir: xdg("XDG_CACHE_HOME", ".cache"),
  };
}

/** The user's own directory: `HOME`, or where it is empty, as in services and containers, that of the account.
 *  Throws a `failure` where there is none. */
export function userDirectory(env: Environment): string {
  return env.HOME ? checkedPath("HOME", env.HOME) : accountHome();
}

/** Throws a `failure` where other users own or may write one of the directories, one above them, or a file in them: it
 *  could be theirs, and what is written there would be, too. An empty directory of one's own is closed to them. */
export function requireTrustedHome(home: Home): void {
  for (const directory of new Set(Object.values(home) as string[])) {
    const entries = entriesOf(directory);
    if (entries?.length === 0) closeToOthers(directory, 0o700);
    requireTrustedPath(directory);
    for (const entry of entries ?? []) {
      const isForeign = entry.isDirectory() && !OWN_DIRECTORIES.has(entry.name);
      if (!isForeign) requireTrustedPath(join(directory, entry.name));
    }
  }
}

const OWN_DIRECTORIES: ReadonlySet<string> = new Set(["state", "backups", "server"]);

/** Whether a file is, or would be, one that moodsync keeps itself: all of the state, the backups and the cache, and
 *  beside what else lies there the database, the settings and the key with what is named after them. */
export function isOwnFile(home: Home, path: string): boolean {
  const file = join(realDirectory(dirname(path)), basename(path).toLowerCase());
  const isBelow = (directory: string) => file.startsWith(`${realDirectory(directory)}${sep}`);
  if ([home.stateDir, home.cacheDir, join(home.dataDir, "backups")].some(isBelow)) return true;
  const isBeside = [home.dataDir, home.configDir].some(
    (directory) => dirname(file) === realDirectory(directory),
  );
  return isBeside && /^(moodsync\.db|settings\.json|api-key)/.test(basename(file));
}

/** In lower case, because some file systems know no difference. */
function realDirectory(path: string): string {
  try {
    return realpathSync(path).toLowerCase();
  } catch {
    return resolve(path).toLowerCase();
  }
}

export function databaseFile(home: Home): string {
  return join(home.dataDir, "moodsync.db");
}

function oneDirectory(directory: string): Home {
  return {
    dataDir: directory,
    configDir: directory,
    stateDir: join(directory, "state"),
    cacheDir: join(directory, "cache"),
  };
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return null; // it is not there yet, or whoever opens it reports why it cannot be read
  }
}

function checkedPath(name: string, path: string): string {
  if (isAbsolute(path) && !path.includes("\ufffd")) return path;
  throw new MoodsyncError("failure", `${name} is not an absolute path in UTF-8.`, {
    hint: path.startsWith("~")
      ? "Write out your home directory: the shell does not expand a ~ in quotes."
      : "Set it to a path that begins with /, like /home/you/moodsync.",
  });
}

/** That of the account, which a service may run without. */
function accountHome(): string {
  try {
    const { homedir } = userInfo();
    if (isAbsolute(homedir)) return homedir;
  } catch {
    // The account has no name, as in many containers.
  }
  throw new MoodsyncError("failure", "There is no home directory to keep the data in.", {
    hint: "Set MOODSYNC_HOME to a directory.",
  });
}
