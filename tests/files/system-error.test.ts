import { readdirSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { systemError, toMoodsyncError } from "../../src/files/system-error.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

const PRIVATE = "PRIVATE-e1";
const failing = (code: string, more = {}) =>
  Object.assign(new Error(`${PRIVATE} ${code}`), { code, ...more });
/** What the files of a person's disk can answer; the rest is of sockets, processes and arguments. */
const FILE_CODES =
  "EACCES EPERM EROFS ENOSPC EDQUOT EMFILE ENFILE EIO ENAMETOOLONG ELOOP ENOTDIR EISDIR EBUSY ETXTBSY ENOENT EEXIST ENOTEMPTY EFBIG ESTALE EXDEV ENOMEM EINVAL ENOSYS EOPNOTSUPP";

test.each(FILE_CODES.split(" "))("%s of a file is told with the file and the reason in words", (code) => {
  const { message } = toMoodsyncError(failing(code, { path: "/home/me/moodsync.db", syscall: "open" }));
  expect(message).not.toContain(PRIVATE);
  expect(message).not.toContain(code);
  expect(message).toMatch(/^(\/home\/me\/moodsync\.db cannot be opened: |The disk is full|Your disk quota)/);
});

test("every code of the operating system is a sentence, and one that is in no table is named", () => {
  for (const code of Object.keys(constants.errno)) {
    const { message } = toMoodsyncError(failing(code, { syscall: "write" }), "/home/me/x");
    expect(message).not.toContain(PRIVATE);
    expect(message).not.toContain("unforeseen");
    expect(message).toMatch(/^[A-Z/].*\.$/);
  }
  expect(toMoodsyncError(failing("EKEYREVOKED"), "/x").message).toContain("EKEYREVOKED");
  expect(toMoodsyncError(failing("EKEYREVOKED")).message).toContain("EKEYREVOKED");
});

test("every result code of SQLite is a sentence, and one that is in no table is named", () => {
  const source = readFileSync(
    new URL("../../node_modules/better-sqlite3/deps/sqlite3/sqlite3.c", import.meta.url),
    "latin1",
  );
  const codes = new Set(
    source.match(
      /^#define SQLITE_(IOERR|CANTOPEN|READONLY|BUSY|LOCKED|CORRUPT|CONSTRAINT|ERROR|ABORT|AUTH)(_\w+)?(?= )/gm,
    ),
  );
  expect(codes.size).toBeGreaterThan(60);
  for (const line of codes) {
    const code = line.slice("#define ".length);
    const { message } = toMoodsyncError(failing(code), "/home/me/moodsync.db");
    expect(message).not.toContain(PRIVATE);
    expect(message).not.toContain("unforeseen");
  }
  const damaged = toMoodsyncError(failing("SQLITE_CORRUPT_INDEX"), "/home/me/moodsync.db").message;
  expect(damaged).toBe("The database file /home/me/moodsync.db is damaged.");
  expect(toMoodsyncError(failing("SQLITE_MISMATCH"), "/x").message).toContain("SQLITE_MISMATCH");
});

describe("what is no failure of the system", () => {
  test.each([new Error(PRIVATE), failing("a note"), PRIVATE, null, undefined, { code: 5 }])(
    "is unforeseen, and its text stays away",
    (thrown) => {
      expect(systemError(thrown)).toBeNull();
      const { message, hint } = toMoodsyncError(thrown);
      expect(message).toBe("Something unexpected went wrong in moodsync.");
      expect(`${message}${hint}`).not.toContain(PRIVATE);
    },
  );
});

test("a draft is told under the name of the file that it was to become", () => {
  const error = failing("EACCES", { path: "/home/me/x.json.12.new", syscall: "open" });
  expect(toMoodsyncError(error, "/home/me/x.json").message).toBe(
    "/home/me/x.json cannot be opened: permission denied.",
  );
});

test("an error of the real file system names its path", () => {
  const missing = join(temporaryDirectory("errors"), "missing");
  let thrown: unknown;
  try {
    readdirSync(missing);
  } catch (error) {
    thrown = error;
  }
  expect(toMoodsyncError(thrown).message).toBe(`${missing} cannot be read: it is not there.`);
});
