import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addUser } from "../../server/accounts/accounts.ts";
import { insertApiKey, makeApiKey } from "../../server/db/api-keys.ts";
import { migrate } from "../../server/db/migrate.ts";
import { type Database, openDatabase } from "../../server/db/pool.ts";
import { parseApiKey } from "../../src/domain/protocol/api-key.ts";
import { createDevice } from "../helpers/device/device.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import { changedTexts, HOSTILE, hiddenInOutput, isShownIn } from "../helpers/terminal/hostile-text.ts";

let url: string;
let db: Database;
let userId: string;
const lost = randomUUID();

/** Labels as nobody of ours writes them, but whoever can write to the database. */
beforeAll(async () => {
  url = await createTestDatabase();
  await migrate({ url });
  db = openDatabase({ url, prepare: true });
  userId = parseApiKey((await addUser(db)).apiKey)!.userId;
  await insertApiKey(db, { userId, id: lost, secretHash: "lost", label: HOSTILE });
  const made = { userId, id: randomUUID(), secretHash: "made", label: HOSTILE, madeBy: lost, quota: 9 };
  await makeApiKey(db, made);
});
afterAll(() => db.close());

const run = (...args: string[]) => createDevice().run(["admin", ...args, "--db", url]);

test("a key's hostile label acts on no terminal and breaks no line of the list", async () => {
  const { code, stdout } = await run("key", "list", userId);
  expect(code).toBe(0);
  expect(hiddenInOutput(stdout)).toEqual([]);
  expect(isShownIn(stdout)).toBe(true);
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  for (const line of lines)
    expect(line).toMatch(/^[0-9a-f-]{36} {2}made .+ {2}valid {2}never used( {2}.*enemy.*)?$/);
});

test("as JSON the label is the one that is stored, and nothing of it is raw", async () => {
  const { code, stdout } = await run("key", "list", userId, "--json");
  expect(code).toBe(0);
  expect(hiddenInOutput(stdout)).toEqual([]);
  expect(changedTexts(JSON.parse(stdout))).toEqual([]);
  expect(JSON.parse(stdout).map(({ label }: { label: string | null }) => label)).toEqual([
    null,
    HOSTILE,
    HOSTILE,
  ]);
});

test("the list of accounts has a line for each, whatever their keys are called", async () => {
  const { code, stdout } = await run("user", "list");
  expect(code).toBe(0);
  expect(hiddenInOutput(stdout)).toEqual([]);
  expect(stdout).toMatch(new RegExp(`^${userId} {2,}made .* 3 keys .*\\n$`));
});

test("what falls with a revoked key is named without acting on the terminal", async () => {
  const { code, stdout, stderr } = await run("key", "revoke", userId, lost);
  expect(code).toBe(0);
  expect(isShownIn(stdout + stderr)).toBe(true);
  expect(hiddenInOutput(stdout + stderr)).toEqual([]);
});

test("an account is deleted for good by whoever runs the server, once they have said so", async () => {
  const { apiKey } = await addUser(db);
  const leaving = parseApiKey(apiKey)!.userId;
  const isThere = async () => (await run("user", "list")).stdout.includes(leaving);
  expect(await run("user", "delete", leaving)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--yes"),
  });
  const onTerminal = (input: string) =>
    createDevice().run(["admin", "user", "delete", leaving, "--db", url], { terminal: true, input });
  expect(await onTerminal("yes\r")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Nothing was deleted."),
  });
  expect(await isThere()).toBe(true);
  expect(await onTerminal("delete\r")).toMatchObject({ code: 0, stdout: expect.stringContaining("Deleted") });
  expect(await isThere()).toBe(false);
  expect(await run("user", "delete", leaving, "--yes")).toMatchObject({ code: 3 });
  expect((await run("user", "list")).stdout).toContain(userId);
});
