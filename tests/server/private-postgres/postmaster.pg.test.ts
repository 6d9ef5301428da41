import { spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPostmaster } from "../../../server/private-postgres/postmaster.ts";
import { findSystemUser } from "../../../server/private-postgres/system-user.ts";

test("takes no process of another account for the PostgreSQL of some data", async () => {
  const base = mkdtempSync(join(tmpdir(), "moodsync-test-"));
  const data = join(base, "data");
  mkdirSync(data);
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", data]);
  await once(child, "spawn");
  writeFileSync(join(data, "postmaster.pid"), `${child.pid}\n${data}\n1\n5432\n${base}\n\n1 1\nready\n`);
  expect(readPostmaster(data)).toMatchObject({ pid: child.pid });
  const account = findSystemUser();
  if (account) {
    chownSync(data, account.uid, account.gid);
    expect(readPostmaster(data)).toBeUndefined();
  }
  child.kill();
  rmSync(base, { recursive: true });
});
