import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";

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

/** `MOODSYNC_HOME` puts everything under one directory; else the platform's own places. */
export function locateHome(env: Environment, platform: NodeJS.Platform = process.platform): Home {
  const own = env.MOODSYNC_HOME;
  if (own) return oneDirectory(own);
  const user = env.HOME || accountHome();
  if (platform === "darwin") return oneDirectory(join(user, "Library", "Application Support", "moodsync"));
  if (platform === "win32") {
    return oneDirectory(join(env.LOCALAPPDATA || join(user, "AppData", "Local"), "moodsync"));
  }
  const xdg = (name: string, fallback: string) => {
    const set = env[name];
    return join(set && isAbsolute(set) ? set : join(user, fallback), "moodsync");
  };
  return {
    dataDir: xdg("XDG_DATA_HOME", ".local/share"),
    configDir: xdg("XDG_CONFIG_HOME", ".config"),
    stateDir: xdg("XDG_STATE_HOME", ".local/state"),
    cacheDir: xdg("XDG_CACHE_HOME", ".cache"),
  };
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

/** That of the account, which a service may run without. */
function accountHome(): string {
  try {
    return homedir();
  } catch (cause) {
    throw new MoodsyncError("failure", "There is no home directory to keep the data in.", {
      hint: "Set MOODSYNC_HOME to a directory.",
      cause,
    });
  }
}
