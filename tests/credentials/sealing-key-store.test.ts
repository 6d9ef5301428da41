import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeKeyFile } from "../../src/credentials/key-file.ts";
import { createSealingKeyStore } from "../../src/credentials/sealing-key-store.ts";
import { formatApiKey } from "../../src/domain/protocol/api-key.ts";
import { formatSealingKey, newSealingKey } from "../../src/sealing/sealing-key.ts";

/** A session bus that is not there, so that no test finds the keychain of whoever runs it. */
const NO_BUS = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus" };
const TO_FILE = { deviceId: "d1", place: "file" } as const;
const key = newSealingKey();
const later = newSealingKey();
let configDir: string;

beforeEach(() => {
  configDir = mkdtempSync(join(tmpdir(), "moodsync-key-"));
});
afterEach(() => rmSync(configDir, { recursive: true }));

const openStore = (env = {}) => createSealingKeyStore({ configDir, env: { ...NO_BUS, ...env } });
const readTexts = async (env = {}) => (await openStore(env).readAll()).map(formatSealingKey);

test("a proposed key is there beside the one in use, until one of them is kept", async () => {
  await openStore().keep(key, TO_FILE);
  await openStore().propose(later, { deviceId: "d1" });
  expect(await readTexts()).toEqual([formatSealingKey(key), formatSealingKey(later)]);
  for (const name of readdirSync(configDir)) expect(statSync(join(configDir, name)).mode & 0o777).toBe(0o600);
  await openStore().keep(later, { deviceId: "d1" });
  expect(await readTexts()).toEqual([formatSealingKey(later)]);
  await openStore().propose(key, { deviceId: "d1" });
  await openStore().forget();
  expect(await readTexts()).toEqual([]);
  expect(readdirSync(configDir)).toEqual([]);
});

test("the one in the environment goes before the file, and is stored nowhere", async () => {
  await openStore().keep(later, TO_FILE);
  const given = { MOODSYNC_SEALING_KEY: ` ${formatSealingKey(key)}\n` };
  expect(openStore(given).place()).toBe("environment");
  expect((await readTexts(given))[0]).toBe(formatSealingKey(key));
  await openStore(given).keep(key, { deviceId: "d1" });
  expect(await readTexts()).toEqual([formatSealingKey(later)]);
  await expect(openStore(given).keep(later, { deviceId: "d1" })).rejects.toThrow(
    "MOODSYNC_SEALING_KEY holds another sealing key; nothing was changed.",
  );
});

test.each([
  ["a mistyped one", "SEAL1-marker-text"],
  ["an API key", formatApiKey({ userId: "11111111-2222-4333-8444-555555555555", secret: "ab".repeat(32) })],
])("%s is refused without being repeated", async (_, text) => {
  writeKeyFile(join(configDir, "sealing-key"), text);
  const error = await openStore().readAll().catch(String);
  expect(error).toContain("SEAL1");
  expect(error).not.toMatch(/marker|abab/);
});
