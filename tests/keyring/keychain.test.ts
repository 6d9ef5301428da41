import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiKeyStore } from "../../src/credentials/api-key-store.ts";
import { formatApiKey } from "../../src/domain/protocol/api-key.ts";
import { type PrivateSession, startPrivateSession } from "./private-keyring.ts";

const USER = "11111111-2222-4333-8444-555555555555";
const KEY = formatApiKey({ userId: USER, secret: "ab".repeat(32) });
const OTHER_KEY = formatApiKey({ userId: USER, secret: "cd".repeat(32) });
let session: PrivateSession;
let configDir: string;

beforeEach(async () => {
  configDir = mkdtempSync(join(tmpdir(), "moodsync-key-"));
  session = await startPrivateSession({ withKeyring: true });
});
afterEach(async () => {
  await session?.stop();
  rmSync(configDir, { recursive: true });
});

const openStore = () => createApiKeyStore({ configDir, env: session.env });
/** What another program finds in the keychain under a device's id; "" for nothing. */
const lookUp = (deviceId: string) => {
  try {
    const args = ["lookup", "service", "moodsync", "username", deviceId];
    return execFileSync("secret-tool", args, { env: session.env, encoding: "utf8" });
  } catch {
    return "";
  }
};

test("the key goes to the keychain under the device's id, and to no file", async () => {
  await openStore().write(KEY, { deviceId: "device-1" });
  expect(openStore().place()).toBe("keychain");
  expect(await openStore().read()).toEqual({ key: KEY, accountId: USER, place: "keychain" });
  expect(lookUp("device-1")).toBe(KEY);
  for (const file of readdirSync(configDir))
    expect(readFileSync(join(configDir, file), "utf8")).not.toContain("msk_");
});

test("another key replaces it, and it is forgotten when asked", async () => {
  await openStore().write(KEY, { deviceId: "device-1" });
  await openStore().write(OTHER_KEY, { deviceId: "device-2" });
  expect(lookUp("device-1")).toBe("");
  expect(await openStore().read()).toMatchObject({ key: OTHER_KEY, place: "keychain" });
  await openStore().forget();
  expect(lookUp("device-2")).toBe("");
  expect(await openStore().read()).toBeNull();
  expect(readdirSync(configDir)).toEqual([]);
});

test("a key in the file stays there until it is asked to move, both ways", async () => {
  await openStore().write(KEY, { deviceId: "device-1", place: "file" });
  await openStore().write(OTHER_KEY, { deviceId: "device-1" });
  expect(openStore().place()).toBe("file");
  expect(lookUp("device-1")).toBe("");
  await openStore().write(OTHER_KEY, { deviceId: "device-1", place: "keychain" });
  expect(existsSync(join(configDir, "api-key"))).toBe(false);
  expect(lookUp("device-1")).toBe(OTHER_KEY);
  await openStore().write(OTHER_KEY, { deviceId: "device-1", place: "file" });
  expect(lookUp("device-1")).toBe("");
  expect(await openStore().read()).toMatchObject({ key: OTHER_KEY, place: "file" });
});

test("on a bus without a secret service the key goes to the file", async () => {
  const bare = await startPrivateSession({ withKeyring: false });
  try {
    const store = createApiKeyStore({ configDir, env: bare.env });
    await store.write(KEY, { deviceId: "device-1" });
    expect(store.place()).toBe("file");
  } finally {
    await bare.stop();
  }
});

test("when the keychain is gone the key is not found elsewhere, and nothing is moved", async () => {
  await openStore().write(KEY, { deviceId: "device-1" });
  await session.stop();
  await expect(openStore().read()).rejects.toThrow("does not answer");
  await expect(openStore().write(OTHER_KEY, { deviceId: "device-1" })).rejects.toThrow("did not store");
  expect(openStore().place()).toBe("keychain");
  session = await startPrivateSession({ withKeyring: true });
});

test("an entry that somebody deleted is no key", async () => {
  await openStore().write(KEY, { deviceId: "device-1" });
  execFileSync("secret-tool", ["clear", "service", "moodsync"], { env: session.env });
  expect(await openStore().read()).toBeNull();
});
