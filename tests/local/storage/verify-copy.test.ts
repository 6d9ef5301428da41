import { closeSync, copyFileSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite } from "../../../src/files/open-sqlite.ts";
import { backUp } from "../../../src/local/storage/backup.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { SCHEMA_HASHES } from "../../../src/local/storage/own-schema.ts";
import { readContents, requireIntact, requireSameContents } from "../../../src/local/storage/verify-copy.ts";
import { writeAs } from "../../../src/local/versions/write.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

let store: ReturnType<typeof openTemporaryStore>;
let copyFile: string;

beforeEach(() => {
  store = openTemporaryStore();
  writeAs(store.db, { name: "activity add", nowMs: 1 }, (writer) => {
    for (let n = 0; n < 200; n++) {
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
      writer.put("Activity", { id, label: `activity ${n}`, color_hex: null, icon: null });
    }
  });
  copyFile = join(store.directory, "copy.db");
  copyFileSync(backUp(store.db, databaseFile(store.home), "before-import"), copyFile);
});
afterEach(() => store.remove());

/** Changes the copy, then checks it against the database. */
function check(change: string): () => void {
  const copy = openSqlite(copyFile);
  copy.exec(change);
  return () => {
    try {
      requireIntact(copy);
      requireSameContents(copy, readContents(store.db));
    } finally {
      copy.close();
    }
  };
}

test("a copy as it was made is taken", () => {
  expect(check("")).not.toThrow();
  expect(readContents(store.db)).toMatchObject({ schemaVersion: SCHEMA_HASHES.length, rows: 200 });
});

test.each([
  ["a row is missing", "delete from activities where id like '%7'"],
  ["a row has another version", "update activities set content_hash = 'x' where id like '%7'"],
  [
    "a row of the history is too many",
    "insert into entity_history values ('Activity', 'x', 1, 'x', 0, null, 'replaced', null, null, null, null, 1)",
  ],
])("a copy in which %s is refused", (_name, change) => {
  expect(check(change)).toThrow("does not hold what the database holds");
});

test("a copy with a table of somebody else's making is refused", () => {
  expect(check("create trigger t after insert on activities begin select 1; end")).toThrow("did not make");
});

test("a copy with a damaged page is refused", () => {
  const descriptor = openSync(copyFile, "r+");
  const pages = statSync(copyFile).size / 4096;
  for (let page = 2; page < pages; page++) writeSync(descriptor, Buffer.alloc(64, 0xff), 0, 64, page * 4096);
  closeSync(descriptor);
  expect(check("")).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^SQLITE_(CORRUPT|NOTADB)/) }),
  );
});
