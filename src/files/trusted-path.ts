import { lstatSync, readFileSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { MoodsyncError } from "../domain/moodsync-error.ts";

/** As many links as Linux follows; then the call that uses the path says that they lead in a circle. */
const MAX_LINKS = 40;
const GROUP_WRITE = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/** Throws a `failure` for a path that somebody else than this user and root owns or may write, or could replace by
 *  way of a directory or a link above it; what is not there yet is fine. The rule of ssh's StrictModes, with two
 *  additions: a sticky directory (/tmp) may lie above, because only the owner of what is in it can replace that; and a
 *  group that has no other member is its user. */
export function requireTrustedPath(path: string): void {
  if (process.platform === "win32") return;
  const left = resolve(path).split("/").slice(1);
  let links = 0;
  let current = "/";
  while (left.length > 0) {
    const name = left.shift()!;
    if (name === "" || name === ".") continue;
    const next = name === ".." ? dirname(current) : join(current, name);
    const stats = lstatSync(next, { throwIfNoEntry: false });
    if (!stats) return;
    if (stats.isSymbolicLink()) {
      if (++links > MAX_LINKS) return;
      requireTrustedOwner(next, stats, path);
      const target = readlinkSync(next);
      left.unshift(...target.split("/"));
      if (target.startsWith("/")) current = "/";
      continue;
    }
    current = next;
    const isAbove = left.some((later) => later !== "" && later !== ".");
    if (isAbove && !stats.isDirectory()) return;
    requireTrustedOwner(current, stats, path);
    if (!(isAbove && (stats.mode & STICKY) !== 0)) requireClosedMode(current, stats, path);
  }
}

function requireTrustedOwner(path: string, { uid }: Stats, asked: string): void {
  if (uid === 0 || uid === process.geteuid?.() || isAboveOwnHome(path, asked)) return;
  throw new MoodsyncError("failure", `${path} belongs to another user, so moodsync does not use it.`, {
    hint:
      process.geteuid?.() === 0
        ? "Run moodsync as the user whose data it is, without sudo, or set MOODSYNC_HOME to a directory of root's."
        : "Set MOODSYNC_HOME to a directory of your own, or make this one yours.",
  });
}

function requireClosedMode(path: string, stats: Stats, asked: string): void {
  const openToGroup = (stats.mode & GROUP_WRITE) !== 0 && !isOwnGroup(stats.gid);
  if (!openToGroup && (stats.mode & OTHERS_WRITE) === 0) return;
  if (isAboveOwnHome(path, asked)) return;
  throw new MoodsyncError("failure", `${path} can be written by other users, so moodsync does not use it.`, {
    hint: "Check that everything in it is yours and run `chmod go-w` on it, or set MOODSYNC_HOME to another directory.",
  });
}

/** What lies above the account's home directory is the system's: on Android, say, it belongs to another user. */
function isAboveOwnHome(path: string, asked: string): boolean {
  try {
    const home = userInfo().homedir;
    const isBelowHome = [home, realpathSync(home)].some((it) => resolve(asked).startsWith(`${it}/`));
    return isBelowHome && realpathSync(home).startsWith(path === "/" ? path : `${path}/`);
  } catch {
    return false; // an account without a name, or without a home directory
  }
}

/** Whether a group is this user's primary one and, as far as the files of the system say, nobody else's. Many systems
 *  give each user such a group, and then a umask of 002. */
function isOwnGroup(gid: number): boolean {
  try {
    const user = userInfo();
    if (gid !== user.gid) return false;
    const lines = (file: string) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.split(":"));
    const group = lines("/etc/group").find(([, , id]) => id === String(gid));
    const members = group?.[3]?.split(",").filter((name) => name !== "" && name !== user.username);
    const others = lines("/etc/passwd").some(
      ([, , uid, id]) => id === String(gid) && uid !== String(user.uid),
    );
    return members?.length === 0 && !others;
  } catch {
    return false;
  }
}
