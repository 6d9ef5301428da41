import { renameSync, rmSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DatabaseWatch, watchDatabase } from "../../src/daemon/database-watch.ts";
import { openDatabase } from "../../src/local/storage/database.ts";
import { databaseFile } from "../../src/local/storage/home.ts";
import { logMoodIn } from "../helpers/device/log-mood-in.ts";
import { openTemporaryStore } from "../helpers/device/open-store.ts";
import { until } from "../helpers/until.ts";

let store: ReturnType<typeof openTemporaryStore>;
let watch: DatabaseWatch;
let events: number;

beforeEach(() => {
  store = openTemporaryStore();
  store.db.close();
  events = 0;
  watch = watchDatabase(databaseFile(store.home), () => events++);
});
afterEach(() => {
  watch.close();
  rmSync(store.directory, { recursive: true, force: true });
});

const open = () => openDatabase(databaseFile(store.home));

test("a write is noticed, whether the writer has closed or not, and told once", async () => {
  const db = open();
  logMoodIn(db);
  expect(watch.hasChanged()).toBe(true);
  await until(() => events > 0);
  watch.markSeen();
  expect(watch.hasChanged()).toBe(false);
  db.close();
  watch.markSeen();
  const another = open();
  logMoodIn(another);
  another.close();
  expect(watch.hasChanged()).toBe(true);
});

test("reading is no change", () => {
  const db = open();
  db.prepare("select count(*) from mood_entries").get();
  db.close();
  expect(watch.hasChanged()).toBe(false);
});

test("a database that is replaced, or its whole directory, is watched on", async () => {
  const file = databaseFile(store.home);
  renameSync(file, `${file}.old`);
  open().close();
  expect(watch.hasChanged()).toBe(true);
  watch.markSeen();
  rmSync(store.directory, { recursive: true });
  expect(watch.hasChanged()).toBe(true);
  open().close();
  watch.hasChanged();
  watch.markSeen();
  events = 0;
  const db = open();
  logMoodIn(db);
  db.close();
  await until(() => events > 0);
  expect(watch.hasChanged()).toBe(true);
});
