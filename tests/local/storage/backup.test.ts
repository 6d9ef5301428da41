import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backUp, backUpInSteps, listBackups } from "../../../src/local/storage/backup.ts";
import { openDatabase } from "../../../src/local/storage/database.ts";
import { databaseFile } from "../../../src/local/storage/home.ts";
import { openTemporaryStore } from "../../helpers/device/open-store.ts";

let store: ReturnType<typeof openTemporaryStore>;

beforeEach(() => {
  store = openTemporaryStore();
});
afterEach(() => store.remove());

test("a copy is a database of its own, and of each reason the five newest stay", async () => {
  const file = databaseFile(store.home);
  const copies: string[] = [];
  for (let i = 0; i < 7; i++) {
    copies.push(backUp(store.db, file, "before-resync"));
    await new Promise((resolve) => setTimeout(resolve, 2)); // their names go to the millisecond
  }
  const repair = backUp(store.db, file, "before-repair");
  const kept = readdirSync(join(store.directory, "backups")).map((name) =>
    join(store.directory, "backups", name),
  );
  expect(kept.sort()).toEqual([...copies.slice(2), repair].sort());
  expect(listBackups(file).map((backup) => [backup.file, backup.reason])).toEqual([
    [repair, "before-repair"],
    ...copies
      .slice(2)
      .reverse()
      .map((copy) => [copy, "before-resync"]),
  ]);
  openDatabase(repair).close();
});

test("a copy that ends at any of its steps leaves nothing", () => {
  const file = databaseFile(store.home);
  const ended = new Error("ended");
  for (let steps = 1; ; steps++) {
    const copy = backUpInSteps(store.db, file, "before-import");
    let isDone = false;
    for (let step = 0; step < steps && !isDone; step++) isDone = copy.next().done === true;
    if (isDone) return expect(steps).toBeGreaterThan(5);
    expect(() => copy.throw(ended)).toThrow(ended);
    expect(readdirSync(join(store.directory, "backups"))).toEqual([]);
  }
});
