import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findCommand } from "../../src/cli/command-entry.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { parseApiKey } from "../../src/domain/protocol/api-key.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { idleContext } from "../helpers/device/idle-context.ts";
import { fixture } from "../helpers/imports/read-import.ts";
import { createTestDatabase } from "../helpers/postgres/postgres.ts";
import {
  argumentsOf,
  COMMANDS_WITHOUT_JSON,
  documentedLines,
  LINES_WITHOUT_OUTPUT,
  STARTING_COMMANDS,
} from "../helpers/project/command-lines.ts";
import { startTestServer, type TestServer } from "../helpers/server/http-server.ts";
import { sealedDevice } from "../helpers/sync/sealed-devices.ts";

let server: TestServer;
let device: Device;
/** A device of an account of its own, which is sealed. */
let sealing: Device;
/** What stands for the words in capitals of the page. */
let known: Record<string, string>;

beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  server = await startTestServer(databaseUrl);
  device = createDevice();
  device.nowMs = Date.now();
  device.env.MOODSYNC_DB_URL = databaseUrl;
  const { userId, apiKey } = await server.newAccount();
  await device.json(["schedule", "add", "PHQ-9", "biweekly", "--next-due", "2026-01-02"]);
  const { id } = await device.json(["log", "mood", "3", "-a", "running", "--create"]);
  const keyFile = join(mkdtempSync(join(tmpdir(), "moodsync-docs-")), "key");
  writeFileSync(keyFile, apiKey, { mode: 0o600 });
  await device.json(["sync", "enable", server.url, "--key-file", keyFile]);
  await device.json(["sync"]);
  await loseTo({ keyFile, id });
  const key = await device.json(["account", "keys", "add"]);
  const { device_id } = await device.json(["sync", "status"]);
  const file = join(device.home, "export.json");
  known = {
    MOOD: id,
    ACCOUNT: userId,
    OTHER: parseApiKey((await server.newAccount()).apiKey)!.userId,
    KEY: key.id,
    DEVICE: device_id,
    FILE: file,
    BACKUP: `${file}.db`,
    URL: server.url,
    KEYFILE: keyFile,
    SAMPLE: fixture("daylio-csv/en-8-columns.csv"),
    NEWKEY: join(device.home, "new.key"),
  };
  sealing = (await sealedDevice({ url: server.url, apiKey: (await server.newAccount()).apiKey })).device;
});
afterAll(() => server.close());

/** Edits the mood here, and later on another device, which syncs first. */
async function loseTo({ keyFile, id }: { keyFile: string; id: string }): Promise<void> {
  const other = createDevice();
  other.nowMs = device.nowMs;
  await other.json(["sync", "enable", server.url, "--key-file", keyFile]);
  await other.json(["sync"]);
  device.nowMs += 1_000;
  await device.json(["edit", id, "--value", "1"]);
  other.nowMs = device.nowMs + 1_000;
  await other.json(["edit", id, "--value", "5"]);
  await other.json(["sync"]);
  await device.json(["sync"]);
}

/** The keys and types of a value. Null and an empty list stand for any. */
function expectShape(actual: unknown, documented: unknown, place: string): void {
  if (actual === null || documented === null) return;
  if (Array.isArray(documented)) {
    expect([place, Array.isArray(actual)]).toEqual([place, true]);
    const [first] = actual as unknown[];
    if (first !== undefined && documented.length > 0) expectShape(first, documented[0], `${place}[0]`);
    return;
  }
  expect([place, typeof actual]).toEqual([place, typeof documented]);
  if (typeof documented !== "object") return;
  const [a, b] = [actual, documented] as Record<string, unknown>[];
  // The page shows one entity type, as an example of all.
  if (!place.endsWith(".entity_types")) expect([place, Object.keys(a!)]).toEqual([place, Object.keys(b!)]);
  for (const [key, value] of Object.entries(b!)) expectShape(a![key], value, `${place}.${key}`);
}

test("every command prints the shape that docs/commands.md shows", async () => {
  const outputs = documentedLines();
  expect(outputs.length).toBeGreaterThan(20);
  const endsSync = ({ line }: { line: string }) => Number(line.includes("sync disable"));
  outputs.sort((a, b) => endsSync(a) - endsSync(b));
  for (const { line, output } of outputs) {
    const { stdout } = await (line.startsWith("sync key") ? sealing : device).run(argumentsOf(line, known));
    expectShape(JSON.parse(stdout), JSON.parse(output), line);
  }
});

test("every command that prints data does so as one JSON value, and fails as one", async () => {
  const typed = [...documentedLines().map(({ line }) => line), ...LINES_WITHOUT_OUTPUT];
  const tried = new Set(typed.flatMap((line) => findCommand(COMMANDS, line.split(" "))?.entry.words ?? []));
  for (const { words, load } of COMMANDS) {
    const command = (await load()).default(idleContext());
    const takesJson = command.options.some(({ long }) => long === "--json");
    expect([words, takesJson]).toEqual([words, !COMMANDS_WITHOUT_JSON.includes(words)]);
    if (!takesJson) continue;
    expect([words, tried.has(words) || STARTING_COMMANDS.includes(words)]).toEqual([words, true]);
    const { code, stdout, stderr } = await device.run([...words.split(" "), "--no-such-option", "--json"]);
    if (words === "help-now") continue; // takes whatever is typed
    expect([words, code, stderr]).toEqual([words, 2, ""]);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "usage", message: expect.any(String), hint: expect.any(String) },
    });
  }
  for (const line of LINES_WITHOUT_OUTPUT) {
    const { code, stdout } = await device.run([...argumentsOf(line, known), "--json"]);
    expect([line, code]).toEqual([line, 0]);
    expect(stdout).toMatch(/^[{[].*\n$/);
    JSON.parse(stdout);
  }
});

test.each(["config", "admin user", "daemon", "nothing"])(
  "`%s --json` names no command, in JSON",
  async (words) => {
    const { code, stdout } = await device.run([...words.split(" "), "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error.code).toBe("usage");
  },
);
