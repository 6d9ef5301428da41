import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/files/open-sqlite.ts";
import { packageRoot } from "../../src/package-root.ts";

test("a database that was closed is never collected, which would end the process on Node 24", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  const closed = Array.from({ length: 20 }, () => {
    const db = openSqlite(":memory:");
    db.close();
    return new WeakRef(db);
  });
  const collectable = new WeakRef({});
  await new Promise((resolve) => setTimeout(resolve)); // until here a WeakRef holds what it names
  collectGarbage();
  expect(collectable.deref()).toBeUndefined();
  expect(closed.filter((db) => db.deref() === undefined)).toEqual([]);
});

test("no other file opens one", () => {
  const opening = ["src", "server"].flatMap((folder) =>
    readdirSync(join(packageRoot(), folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .filter((name) => /new Database\(/.test(readFileSync(join(packageRoot(), folder, name), "utf8")))
      .map((name) => join(folder, name)),
  );
  expect(opening).toEqual(["src/files/open-sqlite.ts"]);
});
