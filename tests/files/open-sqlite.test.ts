import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { keepStatements, openSqlite } from "../../src/files/open-sqlite.ts";
import { packageRoot } from "../../src/package-root.ts";

/** Which of these are gone after the next garbage collection. What is made here is reachable from nowhere else. */
async function collected(make: () => object[]): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const references = make().map((made) => new WeakRef(made));
  const collectable = new WeakRef({});
  await new Promise((resolve) => setTimeout(resolve)); // until here a WeakRef holds what it names
  collectGarbage();
  expect(collectable.deref()).toBeUndefined();
  return references.filter((reference) => reference.deref() === undefined).length;
}

// Both would end the process on Node 24.

test("a database that was closed is never collected", async () => {
  const makeClosed = () => Array.from({ length: 20 }, () => openSqlite(":memory:").close());
  expect(await collected(makeClosed)).toBe(0);
});

test("a statement and an iterator of a database that keeps them are never collected", async () => {
  const makeStatements = () => {
    const db = openSqlite(":memory:");
    keepStatements(db);
    return Array.from({ length: 20 }, () => {
      db.pragma("user_version");
      const statement = db.prepare("select 1");
      const rows = statement.iterate();
      rows.return?.();
      return [statement, rows];
    }).flat();
  };
  expect(await collected(makeStatements)).toBe(0);
});

test("no other file opens one", () => {
  const opening = ["src", "server", "tests"].flatMap((folder) =>
    readdirSync(join(packageRoot(), folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .filter((name) => /new Database\(/.test(readFileSync(join(packageRoot(), folder, name), "utf8")))
      .map((name) => join(folder, name)),
  );
  expect(opening).toEqual(["src/files/open-sqlite.ts"]);
});
