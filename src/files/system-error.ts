import { MoodsyncError } from "../domain/moodsync-error.ts";
import { SQLITE_SENTENCES } from "./sqlite-sentences.ts";

/** Why the system refused, by its code (errno(3)); read after "… cannot be written: ". */
const REASONS: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOENT: "it is not there",
  ENOTDIR: "a part of its path is a file, not a directory",
  EISDIR: "it is a directory",
  EEXIST: "something else lies in its place",
  ENOTEMPTY: "it is a directory that is not empty",
  ELOOP: "the links in its path lead in a circle",
  ENAMETOOLONG: "its name is too long",
  EBUSY: "something else is using it",
  ETXTBSY: "it is a program that is running",
  EAGAIN: "something else is using it",
  ENOLCK: "the file system gives no locks",
  EMFILE: "this process has too many files open",
  ENFILE: "this machine has too many files open",
  ENOMEM: "the memory of this machine is used up",
  EFBIG: "it would be larger than it may be",
  EIO: "the disk did not read or write it",
  EUCLEAN: "the file system is damaged",
  ENODEV: "its device is gone",
  ENXIO: "its device is gone",
  ENOTCONN: "its file system is not connected",
  ESTALE: "its file system on the network has changed",
  ETIMEDOUT: "its file system does not answer",
  EXDEV: "it lies on another file system",
  EMLINK: "it has too many links",
  EINVAL: "the file system cannot do that",
  ENOSYS: "the file system cannot do that",
  ENOTSUP: "the file system cannot do that",
  EOPNOTSUPP: "the file system cannot do that",
};

const HINTS: Record<string, string> = {
  EACCES: "Make it yours, or set MOODSYNC_HOME to another directory.",
  EPERM: "Make it yours, or set MOODSYNC_HOME to another directory.",
  EROFS: "Make it writable, or set MOODSYNC_HOME to another directory.",
  ENOTDIR: "Set MOODSYNC_HOME to a directory.",
  EEXIST: "Move that out of the way, or set MOODSYNC_HOME to another directory.",
  EIO: "Check the disk, then try again.",
  EMFILE: "Raise the limit (`ulimit -n`) and try again.",
  ENFILE: "Close other programs and try again.",
};

const DISK_FULL = {
  message: "The disk is full; nothing was changed.",
  hint: "Free some space and try again.",
};
const QUOTA_USED = {
  message: "Your disk quota is used up; nothing was changed.",
  hint: "Free some space and try again.",
};

/** A failure in words for every error that carries a code of the operating system, of SQLite or of Node's loader of
 *  compiled modules; a code that is in no table is named. `file` is what was worked on, where the error does not say so
 *  itself. Their own messages are left out, because they may quote data. Null for an error without such a code. */
export function systemError(error: unknown, file?: string): MoodsyncError | null {
  if (error instanceof MoodsyncError) return error;
  const code = codeOf(error);
  if (code === null) return null;
  const { message, hint } = isAddonError(error, code)
    ? ADDON_MISSING
    : code.startsWith("SQLITE_")
      ? sqliteSentence(code, file)
      : fileSentence(code, error as NodeJS.ErrnoException, file);
  return new MoodsyncError("failure", message, { ...(hint ? { hint } : {}), cause: error });
}

/** The same for any error at all: of what nobody foresaw it says no more than that it happened. */
export function toMoodsyncError(error: unknown, file?: string): MoodsyncError {
  return (
    systemError(error, file) ??
    new MoodsyncError("failure", "Something unexpected went wrong in moodsync.", {
      hint: "Run it again with MOODSYNC_DEBUG=1 to see where; please report it, without your data.",
      cause: error,
    })
  );
}

/** A code in capitals, as errno, SQLite and Node have them; everything else may be text. */
function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" &&
    /^(E[A-Z0-9]{2,15}|SQLITE_[A-Z_]{2,40}|ERR_DLOPEN_FAILED|MODULE_NOT_FOUND)$/.test(code)
    ? code
    : null;
}

function fileSentence(code: string, { path, syscall = "" }: NodeJS.ErrnoException, file: string | undefined) {
  if (code === "ENOSPC") return DISK_FULL;
  if (code === "EDQUOT") return QUOTA_USED;
  const isDraft = file !== undefined && path?.startsWith(file);
  const subject = isDraft ? file : path || file;
  if (subject === undefined && REASONS[code] === undefined) {
    return {
      message: `The system does not allow something that moodsync needs (${code}).`,
      hint: HINTS[code],
    };
  }
  const reason = REASONS[code] ?? `the system says ${code}`;
  return { message: `${subject ?? "A file"} cannot be ${verbOf(syscall)}: ${reason}.`, hint: HINTS[code] };
}

function verbOf(syscall: string): string {
  if (/^(read|scandir|opendir|l?stat|access|readlink|realpath)$/.test(syscall)) return "read";
  if (syscall === "open") return "opened";
  return syscall === "" ? "used" : "written";
}

/** Extended codes begin with their primary one, so the first row that fits is the most exact. */
function sqliteSentence(
  code: string,
  file = "of this device",
): { message: string; hint?: string | undefined } {
  const row = SQLITE_SENTENCES.find(([prefix]) => code.startsWith(prefix));
  if (!row)
    return {
      message: `SQLite could not do what it was asked with the database file ${file} (${code}); nothing was changed.`,
    };
  return { message: row[1].replaceAll("{file}", () => file).replaceAll("{code}", code), hint: row[2] };
}

function isAddonError(error: unknown, code: string): boolean {
  return (
    code === "ERR_DLOPEN_FAILED" || (code === "MODULE_NOT_FOUND" && /better.sqlite3/.test(String(error)))
  );
}

/** better-sqlite3 has a part that is compiled for one version of Node. */
const ADDON_MISSING = {
  message:
    "The compiled part of better-sqlite3, which reads the database, is missing or was made for another Node.",
  hint: `Run \`npm rebuild better-sqlite3\` with this Node (${process.version}) where moodsync is installed, or install moodsync again.`,
};
