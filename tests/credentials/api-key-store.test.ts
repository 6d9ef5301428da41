import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiKeyStore } from "../../src/credentials/api-key-store.ts";
import { writeKeyFile } from "../../src/credentials/key-file.ts";
import { formatApiKey } from "../../src/domain/api-key.ts";

const USER = "11111111-2222-4333-8444-555555555555";
const KEY = formatApiKey({ userId: USER, secret: "ab".repeat(32) });
let configDir: string;

beforeEach(() => {
  configDir = mkdtempSync(join(tmpdir(), "moodsync-key-"));
});
afterEach(() => rmSync(configDir, { recursive: true }));

test("a key is kept in a file for its owner alone, and forgotten when asked", () => {
  const store = createApiKeyStore({ configDir, env: {} });
  expect(store.read()).toBeNull();
  store.write(KEY);
  expect(statSync(join(configDir, "api-key")).mode & 0o777).toBe(0o600);
  expect(store.read()).toEqual({ key: KEY, accountId: USER, place: "file" });
  store.forget();
  expect(store.read()).toBeNull();
});

test("the environment goes before the file", () => {
  const other = formatApiKey({ userId: USER, secret: "cd".repeat(32) });
  const store = createApiKeyStore({ configDir, env: { MOODSYNC_API_KEY: ` ${other}\n` } });
  store.write(KEY);
  expect(store.read()).toMatchObject({ key: other, place: "environment" });
});

test.each([0o640, 0o604, 0o666])("a key file of mode %o is refused", (mode) => {
  const store = createApiKeyStore({ configDir, env: {} });
  store.write(KEY);
  chmodSync(join(configDir, "api-key"), mode);
  expect(() => store.read()).toThrow("can be read by other users");
});

test("a text that is no key is refused without being repeated", () => {
  writeKeyFile(join(configDir, "api-key"), "marker-text");
  const store = createApiKeyStore({ configDir, env: {} });
  expect(() => store.read()).toThrow("not a complete moodsync API key");
  expect(() => store.read()).not.toThrow("marker-text");
});
