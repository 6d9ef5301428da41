import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiKeyStore } from "../../src/credentials/api-key-store.ts";
import { writeKeyFile } from "../../src/credentials/key-file.ts";
import { formatApiKey } from "../../src/domain/protocol/api-key.ts";

const USER = "11111111-2222-4333-8444-555555555555";
const KEY = formatApiKey({ userId: USER, secret: "ab".repeat(32) });
const TO_FILE = { deviceId: "d1", place: "file" } as const;
/** A session bus that is not there, so that no test finds the keychain of whoever runs it. */
const NO_BUS = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent/bus" };
let configDir: string;

beforeEach(() => {
  configDir = mkdtempSync(join(tmpdir(), "moodsync-key-"));
});
afterEach(() => rmSync(configDir, { recursive: true }));

test("a key is kept in a file for its owner alone, and forgotten when asked", async () => {
  const store = createApiKeyStore({ configDir, env: NO_BUS });
  expect(await store.read()).toBeNull();
  expect(store.place()).toBeNull();
  await store.write(KEY, TO_FILE);
  expect(statSync(join(configDir, "api-key")).mode & 0o777).toBe(0o600);
  expect(await store.read()).toEqual({ key: KEY, accountId: USER, place: "file" });
  expect(store.place()).toBe("file");
  await store.forget();
  expect(await store.read()).toBeNull();
});

test("the environment goes before the file", async () => {
  const other = formatApiKey({ userId: USER, secret: "cd".repeat(32) });
  const store = createApiKeyStore({ configDir, env: { ...NO_BUS, MOODSYNC_API_KEY: ` ${other}\n` } });
  await store.write(KEY, TO_FILE);
  expect(await store.read()).toMatchObject({ key: other, place: "environment" });
  expect(store.place()).toBe("environment");
});

test.each([0o640, 0o604, 0o666])("a key file of mode %o is refused", async (mode) => {
  const store = createApiKeyStore({ configDir, env: NO_BUS });
  await store.write(KEY, TO_FILE);
  chmodSync(join(configDir, "api-key"), mode);
  await expect(store.read()).rejects.toThrow("can be read by other users");
});

test("a text that is no key is refused without being repeated", async () => {
  writeKeyFile(join(configDir, "api-key"), "marker-text");
  const store = createApiKeyStore({ configDir, env: NO_BUS });
  const error = await store.read().catch((thrown: Error) => thrown);
  expect(String(error)).toContain("not a complete moodsync API key");
  expect(String(error)).not.toContain("marker-text");
});

test.runIf(process.platform === "linux")("without a secret service the key goes to the file", async () => {
  const store = createApiKeyStore({ configDir, env: NO_BUS });
  await store.write(KEY, { deviceId: "d1" });
  expect(store.place()).toBe("file");
});

test.runIf(process.platform === "linux")(
  "a key in a keychain that does not answer is not looked for elsewhere, and not moved",
  async () => {
    writeFileSync(join(configDir, "api-key-entry"), "d1\n");
    const store = createApiKeyStore({ configDir, env: NO_BUS });
    expect(store.place()).toBe("keychain");
    await expect(store.read()).rejects.toThrow("does not answer");
    await expect(store.write(KEY, { deviceId: "d1" })).rejects.toThrow("did not store the key");
    expect(store.place()).toBe("keychain");
    expect(await store.write(KEY, TO_FILE)).toEqual({ isLeftBehind: true });
    expect(await store.read()).toMatchObject({ key: KEY, place: "file" });
    expect(await store.write(KEY, TO_FILE)).toEqual({ isLeftBehind: false });
  },
);

test.runIf(process.platform === "linux")(
  "the environment says where a key is kept, unless that is asked for",
  async () => {
    const store = (MOODSYNC_KEY_PLACE: string) =>
      createApiKeyStore({ configDir, env: { ...NO_BUS, MOODSYNC_KEY_PLACE } });
    await expect(store("keychain").write(KEY, { deviceId: "d1" })).rejects.toThrow("did not store the key");
    await expect(store("pocket").write(KEY, { deviceId: "d1" })).rejects.toMatchObject({ code: "usage" });
    await store("keychain").write(KEY, TO_FILE);
    expect(store("").place()).toBe("file");
  },
);
