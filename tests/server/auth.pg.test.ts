import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newApiKey } from "../../server/api-key-secret.ts";
import { type Authentication, createAuthentication } from "../../server/auth.ts";
import { insertApiKey, listApiKeys, revokeApiKey } from "../../server/db/api-keys.ts";
import { migrate } from "../../server/db/migrate.ts";
import { type Database, openDatabase } from "../../server/db/pool.ts";
import { insertUser } from "../../server/db/users.ts";
import { MINUTE_MS } from "../../src/domain/time/durations.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";

const PROXY = "10.0.0.1";
const FAILURES = 10;
const REQUESTS = 50;

let db: Database;
let lookups: number;
let now: number;
let auth: Authentication;
beforeEach(async () => {
  const url = await createTestDatabase();
  await migrate({ url });
  const pool = openDatabase({ url, prepare: true });
  lookups = 0;
  db = {
    run: (statement) => {
      lookups += 1;
      return pool.run(statement);
    },
    close: pool.close,
  };
  now = Date.now();
  auth = start();
});
afterEach(() => db.close());

const start = () =>
  createAuthentication({
    db,
    limits: { failuresPerMinute: FAILURES, requestsPerMinute: REQUESTS },
    nowMs: () => now,
  });

async function newAccount(): Promise<{ userId: string; key: string }> {
  const userId = randomUUID();
  await insertUser(db, userId);
  return { userId, key: await addKey(userId) };
}

async function addKey(userId: string): Promise<string> {
  const { text, secretHash } = newApiKey(userId);
  await insertApiKey(db, { userId, id: randomUUID(), secretHash, label: null });
  return text;
}

/** The status that a key gets. */
async function tried(key: string, address = PROXY): Promise<number> {
  try {
    await auth.authenticate({ authorization: `Bearer ${key}`, address });
    return 200;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

const wrongKey = (userId: string = randomUUID()) => newApiKey(userId).text;

async function exhaust(userId?: string): Promise<void> {
  for (let i = 0; i < FAILURES; i++) expect(await tried(wrongKey(userId))).toBe(401);
  expect(await tried(wrongKey(userId))).toBe(429);
}

describe("failed keys of an address that many share", () => {
  test("do not lock out a key that works, for hours", async () => {
    const { key, userId } = await newAccount();
    expect(await tried(key)).toBe(200);
    for (let minute = 0; minute < 130; minute++) {
      now += MINUTE_MS;
      // Some are of the account itself, whose id a lost device knows.
      for (let i = 0; i < FAILURES + 2; i++) await tried(wrongKey(i % 3 === 0 ? userId : undefined));
      expect(await tried(key)).toBe(200);
    }
  });

  test("do not lock out a new key of an account that is in use", async () => {
    const { key, userId } = await newAccount();
    await tried(key);
    await exhaust();
    expect(await tried(await addKey(userId))).toBe(200);
  });

  test("do not lock out the keys that worked with a server that was started anew", async () => {
    const { key } = await newAccount();
    await tried(key);
    auth = start();
    await auth.recallWorkingKeys();
    await exhaust();
    expect(await tried(key)).toBe(200);
  });

  test("stop keys that never worked, before the database is asked", async () => {
    const { key } = await newAccount();
    await exhaust();
    const before = lookups;
    expect(await tried(key)).toBe(429);
    expect(lookups).toBe(before);
    now += MINUTE_MS;
    expect(await tried(key)).toBe(200);
  });

  test("stop guesses at an account in use as well", async () => {
    const { key, userId } = await newAccount();
    await tried(key);
    await exhaust();
    const answers: number[] = [];
    for (let i = 0; i < 2 * FAILURES; i++) answers.push(await tried(wrongKey(userId)));
    expect(answers.filter((status) => status === 401)).toHaveLength(FAILURES);
  });
});

describe("failed keys", () => {
  test("are counted before they are looked up, however many come at once", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => tried(wrongKey())));
    expect(answers.filter((status) => status === 401)).toHaveLength(FAILURES);
    expect(lookups).toBe(FAILURES);
  });

  test("of one /64 are counted together, however its addresses are written", async () => {
    const answers: number[] = [];
    for (let i = 0; i < 2 * FAILURES; i++) {
      const address = [`2001:db8::${(4_096 + i).toString(16)}:1:1:1`, `2001:0db8:0:0:${i}::%eth0`][i % 2];
      answers.push(await tried(wrongKey(), address));
    }
    expect(answers.filter((status) => status === 401)).toHaveLength(FAILURES);
  });

  test("do not count keys that are right: they are taken back", async () => {
    for (let i = 0; i < FAILURES + 5; i++) expect(await tried((await newAccount()).key)).toBe(200);
  });

  test("count a key that was revoked, although it has worked", async () => {
    const { key, userId } = await newAccount();
    await tried(key);
    const [row] = await listApiKeys(db, userId);
    await revokeApiKey(db, { userId, id: row!.id, by: null });
    const answers: number[] = [];
    for (let i = 0; i < 2 * FAILURES; i++) answers.push(await tried(key));
    expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(FAILURES + 1);
  });
});

test("a key that was found lately is not looked up for work that checks it, until that finds it revoked", async () => {
  const { key } = await newAccount();
  const request = { authorization: `Bearer ${key}`, address: PROXY };
  const lookupsOf = async (isCheckedByWork: boolean) => {
    const before = lookups;
    await auth.authenticate({ ...request, isCheckedByWork });
    return lookups - before;
  };
  expect(await lookupsOf(true)).toBeGreaterThan(0);
  expect(await lookupsOf(true)).toBe(0);
  expect(await lookupsOf(false)).toBe(1);
  auth.forget(request);
  expect(await lookupsOf(true)).toBe(1);
  expect(await lookupsOf(true)).toBe(0);
  now += 10 * MINUTE_MS;
  expect(await lookupsOf(true)).toBe(1);
});

test("requests are counted by account, not by key", async () => {
  const { key, userId } = await newAccount();
  const keys = [key, await addKey(userId), await addKey(userId)];
  const answers: number[] = [];
  for (let i = 0; i < REQUESTS + 10; i++) answers.push(await tried(keys[i % 3]!));
  expect(answers.filter((status) => status === 200)).toHaveLength(REQUESTS);
  expect(answers.slice(REQUESTS)).toEqual(Array(10).fill(429));
  expect(await tried((await newAccount()).key)).toBe(200);
});
