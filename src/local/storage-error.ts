import { MoodsyncError } from "../domain/moodsync-error.ts";

const SENTENCES: [prefix: string, message: string, hint: string][] = [
  [
    "SQLITE_NOTADB",
    "The database file is not a moodsync database.",
    "Move it away, or put a backup in its place.",
  ],
  [
    "SQLITE_CORRUPT",
    "The database file is damaged.",
    "Put a backup in its place; other devices and the server still have what was synced.",
  ],
  [
    "SQLITE_READONLY",
    "The database cannot be written: the disk or the file is read-only.",
    "Make it writable and try again; nothing was changed.",
  ],
  ["SQLITE_FULL", "The disk is full; nothing was changed.", "Free some space and try again."],
  [
    "SQLITE_CANTOPEN",
    "The database cannot be opened.",
    "Check that its directory exists, is yours, and is writable.",
  ],
  [
    "SQLITE_BUSY",
    "Another moodsync command holds the database; nothing was changed.",
    "Try again in a moment.",
  ],
  [
    "SQLITE_PERM",
    "The database cannot be read: permission denied.",
    "Check that its directory and files are yours.",
  ],
  // Where a full disk is met first: SQLite then cannot make the index of its log.
  ["SQLITE_IOERR_SHMSIZE", "The disk is full; nothing was changed.", "Free some space and try again."],
  // The change may have reached the log, from which the next open takes it.
  [
    "SQLITE_IOERR_FSYNC",
    "The disk did not confirm what was written, so the change may have been stored or not.",
    "Check the disk, and look at what is there before you try again.",
  ],
  [
    "SQLITE_IOERR",
    "The disk did not read or write the database; nothing was changed.",
    "Check the disk, then try again.",
  ],
  ["ENOSPC", "The disk is full; nothing was changed.", "Free some space and try again."],
  [
    "EROFS",
    "The place for the database is read-only; nothing was changed.",
    "Make it writable, or set MOODSYNC_HOME to another directory.",
  ],
  [
    "EACCES",
    "The place for the database cannot be written: permission denied.",
    "Make it yours, or set MOODSYNC_HOME to another directory.",
  ],
  [
    "EPERM",
    "The place for the database cannot be written: permission denied.",
    "Make it yours, or set MOODSYNC_HOME to another directory.",
  ],
  [
    "ENOTDIR",
    "A part of the database's path is a file, not a directory.",
    "Set MOODSYNC_HOME to a directory.",
  ],
  [
    "EEXIST",
    "A file lies where moodsync needs a directory.",
    "Move it away, or set MOODSYNC_HOME to another directory.",
  ],
];

/** Turns what SQLite or the file system threw into one sentence; their own messages may quote data.
 *  Anything else comes back as it is. */
export function toStorageError(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (error instanceof MoodsyncError || typeof code !== "string") return error;
  const match = SENTENCES.find(([prefix]) => code.startsWith(prefix));
  if (match) return new MoodsyncError("failure", match[1], { hint: match[2], cause: error });
  return code.startsWith("SQLITE_")
    ? new MoodsyncError("failure", "The database refused the change; nothing was changed.", { cause: error })
    : error;
}
