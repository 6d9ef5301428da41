import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import { findCommand } from "../../src/cli/command-entry.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { createDevice, type Device } from "../helpers/device.ts";
import { fencedBlocks, readDocument } from "../helpers/document.ts";
import { startTestServer, type TestServer } from "../helpers/http-server.ts";
import { idleContext } from "../helpers/idle-context.ts";
import { createTestDatabase } from "../helpers/postgres.ts";

let server: TestServer;
let device: Device;
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
    KEY: key.id,
    DEVICE: device_id,
    FILE: file,
    URL: server.url,
    KEYFILE: keyFile,
  };
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

const examples = () =>
  fencedBlocks(readDocument("docs/commands.md")).filter(({ marker }) => marker.startsWith("output: "));

const toArguments = (line: string) => line.split(" ").map((word) => known[word] ?? word);

it("every command prints the shape that docs/commands.md shows", async () => {
  const outputs = examples();
  expect(outputs.length).toBeGreaterThan(20);
  const endsSync = ({ marker }: { marker: string }) => Number(marker.includes("sync disable"));
  outputs.sort((a, b) => endsSync(a) - endsSync(b));
  for (const { marker, text } of outputs) {
    const line = marker.replace("output: ", "");
    const { stdout } = await device.run(toArguments(line));
    expectShape(JSON.parse(stdout), JSON.parse(text), line);
  }
});

/** What the page describes in words, or shows for other words. In the order in which they can be run. */
const WITHOUT_EXAMPLE = [
  "show MOOD",
  "edit MOOD --value 2",
  "delete MOOD --yes",
  "restore MOOD",
  "list",
  "activity list",
  "activity edit running --label jogging",
  "activity delete jogging --yes",
  "schedule list",
  "schedule edit PHQ-9 --frequency weekly",
  "schedule disable PHQ-9",
  "schedule enable PHQ-9",
  "schedule delete PHQ-9 --yes",
  "config set sync.interval 20",
  "sync enable URL --key-file KEYFILE",
  "sync now",
  "daemon status",
  "daemon logs",
  "daemon stop",
  "daemon install --print",
  "daemon uninstall --print",
];
/** They start a process, which tests/e2e/daemon.test.ts does. */
const STARTING = ["daemon start", "daemon restart"];
/** They print no data but what they print as JSON anyway, or are for a person in front of them. */
const WITHOUT_JSON = ["tui", "settings", "serve", "daemon run", "daemon look"];

it("every command that prints data does so as one JSON value, and fails as one", async () => {
  const typed = [...examples().map(({ marker }) => marker.replace("output: ", "")), ...WITHOUT_EXAMPLE];
  const tried = new Set(typed.flatMap((line) => findCommand(COMMANDS, line.split(" "))?.entry.words ?? []));
  for (const { words, load } of COMMANDS) {
    const command = (await load()).default(idleContext());
    const takesJson = command.options.some(({ long }) => long === "--json");
    expect([words, takesJson]).toEqual([words, !WITHOUT_JSON.includes(words)]);
    if (!takesJson) continue;
    expect([words, tried.has(words) || STARTING.includes(words)]).toEqual([words, true]);
    const { code, stdout, stderr } = await device.run([...words.split(" "), "--no-such-option", "--json"]);
    if (words === "help-now") continue; // takes whatever is typed
    expect([words, code, stderr]).toEqual([words, 2, ""]);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "usage", message: expect.any(String), hint: expect.any(String) },
    });
  }
  for (const line of WITHOUT_EXAMPLE) {
    const { code, stdout } = await device.run([...toArguments(line), "--json"]);
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
