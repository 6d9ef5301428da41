import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSealingKeyStore } from "../../src/credentials/sealing-key-store.ts";
import { formatSealingKey, newSealingKey } from "../../src/sealing/sealing-key.ts";
import { type PrivateSession, startPrivateSession } from "./private-keyring.ts";

/** Arguments and environment of every process that was started. */
const started = vi.hoisted(() => [] as string[]);
vi.mock(import("node:child_process"), async (original) => {
  const real = await original();
  const spawn = ((...call: Parameters<typeof real.spawn>) => {
    started.push(JSON.stringify(call.slice(1)));
    return real.spawn(...call);
  }) as typeof real.spawn;
  return { ...real, spawn };
});

let session: PrivateSession;
let configDir: string;
beforeEach(async () => {
  configDir = mkdtempSync(join(tmpdir(), "moodsync-key-"));
  session = await startPrivateSession({ withKeyring: true });
  started.length = 0;
});
afterEach(async () => {
  await session?.stop();
  rmSync(configDir, { recursive: true });
});

test("both sealing keys go to the keychain by pipes alone, and to no file", async () => {
  const [key, later] = [newSealingKey(), newSealingKey()];
  const texts = [key, later].map(formatSealingKey);
  const env = { ...session.env, MOODSYNC_API_KEY: "msk_secret" };
  const openStore = () => createSealingKeyStore({ configDir, env });
  await openStore().keep(key, { deviceId: "device-1" });
  await openStore().propose(later, { deviceId: "device-1" });
  expect(openStore().place()).toBe("keychain");
  expect((await openStore().readAll()).map(formatSealingKey)).toEqual(texts);
  await openStore().keep(later, { deviceId: "device-1" });
  expect((await openStore().readAll()).map(formatSealingKey)).toEqual([texts[1]]);
  const files = readdirSync(configDir).map((file) => readFileSync(join(configDir, file), "utf8"));
  expect(started.length).toBeGreaterThan(4);
  for (const secret of [...texts.map((text) => text.slice(6)), "msk_secret"])
    expect([...started, ...files].filter((text) => text.includes(secret))).toEqual([]);
  await openStore().forget();
  expect(await openStore().readAll()).toEqual([]);
});
