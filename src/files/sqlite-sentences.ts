const CHECK_DISK = "Check the disk, then try again.";
const FREE_SPACE = "Free some space and try again.";

/** What SQLite's result codes (https://sqlite.org/rescode.html) mean here, and what to do. Extended codes stand before
 *  the primary one that they begin with. `{file}` is the database's file, `{code}` the code. */
export const SQLITE_SENTENCES: readonly [prefix: string, message: string, hint?: string][] = [
  [
    "SQLITE_NOTADB",
    "The database file {file} is not a moodsync database.",
    "Move it out of the way, or put a backup in its place.",
  ],
  [
    "SQLITE_CORRUPT",
    "The database file {file} is damaged.",
    "Put a backup in its place; other devices and the server still have what was synced.",
  ],
  [
    "SQLITE_READONLY_DBMOVED",
    "The database file {file} was moved or replaced while it was in use; nothing was changed.",
    "Try again.",
  ],
  [
    "SQLITE_READONLY",
    "The database cannot be written, because the disk or the file is read-only.",
    "Make it writable and try again; nothing was changed.",
  ],
  ["SQLITE_FULL", "The disk is full; nothing was changed.", FREE_SPACE],
  [
    "SQLITE_CANTOPEN",
    "The database file {file} cannot be opened.",
    "Check that it is a file in a directory that is yours and writable.",
  ],
  [
    "SQLITE_BUSY",
    "Another moodsync command is using the database; nothing was changed.",
    "Try again in a moment.",
  ],
  [
    "SQLITE_LOCKED",
    "Another moodsync command is using the database; nothing was changed.",
    "Try again in a moment.",
  ],
  [
    "SQLITE_PROTOCOL",
    "Too many commands are using the database at once; nothing was changed.",
    "Try again in a moment.",
  ],
  [
    "SQLITE_PERM",
    "The database file {file} cannot be read: permission denied.",
    "Check that its directory and files are yours.",
  ],
  [
    "SQLITE_AUTH",
    "The database file {file} cannot be read: permission denied.",
    "Check that its directory and files are yours.",
  ],
  [
    "SQLITE_NOMEM",
    "This machine is out of memory; nothing was changed.",
    "Close other programs and try again.",
  ],
  [
    "SQLITE_IOERR_NOMEM",
    "This machine is out of memory; nothing was changed.",
    "Close other programs and try again.",
  ],
  // Where a full disk is met first: SQLite then cannot make the index of its log.
  ["SQLITE_IOERR_SHMSIZE", "The disk is full; nothing was changed.", FREE_SPACE],
  [
    "SQLITE_IOERR_SHM",
    "The file system of {file} cannot hold a database: it has no shared memory for processes ({code}).",
    "Set MOODSYNC_HOME to a directory on a local disk.",
  ],
  [
    "SQLITE_IOERR_LOCK",
    "The file system of {file} cannot hold a database: it has no file locks ({code}).",
    "Set MOODSYNC_HOME to a directory on a local disk.",
  ],
  // The change may have reached the log, from which the next open takes it.
  [
    "SQLITE_IOERR_FSYNC",
    "The disk did not confirm what was written, so the change may have been stored or not.",
    "Check the disk, and look at what is there before you try again.",
  ],
  ["SQLITE_IOERR_CORRUPTFS", "The file system of {file} is damaged; nothing was changed.", CHECK_DISK],
  [
    "SQLITE_IOERR",
    "The disk did not read or write the database file {file} ({code}); nothing was changed.",
    CHECK_DISK,
  ],
  [
    "SQLITE_NOLFS",
    "The file system of {file} cannot hold a file of that size; nothing was changed.",
    "Set MOODSYNC_HOME to a directory on another disk.",
  ],
  ["SQLITE_TOOBIG", "That is larger than a database can hold; nothing was changed."],
  ["SQLITE_INTERRUPT", "Work on the database was interrupted; nothing was changed.", "Try again."],
];
