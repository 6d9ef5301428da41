import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { showReminders } from "../../src/daemon/show-reminders.ts";
import { runHook } from "../../src/hooks/run-hook.ts";
import { createDevice, type Device } from "../helpers/device/device.ts";
import { temporaryDirectory } from "../helpers/temporary-directory.ts";

let configDir: string;

beforeEach(() => {
  configDir = temporaryDirectory("hooks");
});

function hook(text: string, { mode = 0o700, directory = configDir, name = "on-log" } = {}): void {
  writeFileSync(join(directory, name), `#!/bin/sh\ncd "${directory}"\n${text}\n`);
  chmodSync(join(directory, name), mode);
}

const run = (env: Record<string, string> = {}) =>
  runHook({ configDir, env: { PATH: process.env.PATH, ...env } }, "on-log", { entity: { value: 4 } });

test("there is none unless there is a file", async () => {
  expect(await run()).toEqual({ status: "none" });
});

test("it gets a line of JSON, and no secrets", async () => {
  hook("cat > got; env > seen");
  expect(await run({ MOODSYNC_API_KEY: "msk_secret", OTHER: "kept" })).toEqual({ status: "ok" });
  expect(readFileSync(join(configDir, "got"), "utf8")).toBe(
    '{"hook":"on-log","version":1,"entity":{"value":4}}\n',
  );
  expect(readFileSync(join(configDir, "seen"), "utf8")).toContain("OTHER=kept");
  expect(readFileSync(join(configDir, "seen"), "utf8")).not.toContain("msk_secret");
});

test("one that does not read its input does no harm", async () => {
  hook("exit 0");
  expect(await runHook({ configDir, env: {} }, "on-log", { note: "x".repeat(1_000_000) })).toEqual({
    status: "ok",
  });
});

test.each([
  ["others may write", () => hook("touch ran", { mode: 0o722 }), "was not run: "],
  ["is not executable", () => hook("touch ran", { mode: 0o600 }), "is not executable"],
  ["fails", () => hook("exit 3"), "ended with 3"],
  ["kills itself", () => hook("kill -9 $$"), "ended with SIGKILL"],
  ["is no program", () => hookOf("#!/no/such/program\n"), "could not be started"],
  ["leads to a directory", () => symlinkSync("/tmp", join(configDir, "on-log")), "was"],
])("one that %s is a failure in words", async (_name, make, reason) => {
  make();
  expect(await run()).toMatchObject({ status: "failed", reason: expect.stringContaining(reason.trim()) });
  expect(existsSync(join(configDir, "ran"))).toBe(false);
});

function hookOf(bytes: string): void {
  writeFileSync(join(configDir, "on-log"), bytes);
  chmodSync(join(configDir, "on-log"), 0o700);
}

test("one that hangs is ended after 5 seconds, with what it started", async () => {
  hook("sleep 60 & echo $! > child; wait");
  expect(await run()).toEqual({ status: "failed", reason: "took longer than 5 seconds and was ended" });
  await sleep(200);
  const child = readFileSync(join(configDir, "child"), "utf8").trim();
  const state = existsSync(`/proc/${child}/stat`)
    ? readFileSync(`/proc/${child}/stat`, "utf8").split(" ")[2]
    : "gone";
  expect(["gone", "Z"]).toContain(state);
}, 20_000);

const logs: [string, (device: Device) => Promise<unknown>, object][] = [
  [
    "log mood",
    (device) => device.json(["log", "mood", "4", "-n", "slept"]),
    { entity_type: "MoodEntry", note: "slept" },
  ],
  [
    "log assessment",
    (device) => device.json(["log", "assessment", "gad7", "--score", "6"]),
    { entity_type: "AssessmentEntry", score: 6 },
  ],
];

test.each(logs)("%s runs on-log with what it printed", async (_name, log, entity) => {
  const device = createDevice();
  device.env.PATH = process.env.PATH;
  hook("cat > got", { directory: device.home });
  const printed = await log(device);
  const got = JSON.parse(readFileSync(join(device.home, "got"), "utf8"));
  expect(got).toMatchObject({ hook: "on-log", entity });
  expect(printed).toMatchObject(got.entity);
});

test("answers on the terminal run on-log with the result that was stored, once", async () => {
  const device = createDevice();
  device.env.PATH = process.env.PATH;
  hook("cat >> got", { directory: device.home });
  const input = ["", "1", "0", "2", "1", "1", "0", "0", "2", ""].map((line) => `${line}\r`).join("");
  await device.run(["log", "assessment", "gad7", "--plain"], { input, terminal: true });
  expect(JSON.parse(readFileSync(join(device.home, "got"), "utf8"))).toMatchObject({
    hook: "on-log",
    entity: { entity_type: "AssessmentEntry", score: 5 },
  });
});

test("a hook that fails loses no entry and changes no exit code", async () => {
  const device = createDevice();
  hook("exit 1", { directory: device.home });
  const { code, stderr } = await device.run(["log", "mood", "4"]);
  expect([code, stderr]).toEqual([0, "The hook on-log ended with 1; what was done is stored.\n"]);
  expect(await device.json(["list"])).toHaveLength(1);
  expect((await device.run(["log", "mood", "4", "--quiet"])).stderr).toBe("");
});

test("a reminder that only the hook can show counts as shown", async () => {
  hook("cat > got", { name: "on-remind" });
  const outcome = await showReminders({
    stateDir: join(configDir, "state"),
    configDir,
    env: { PATH: process.env.PATH },
    snapshot: {
      due: [{ occurrence: "x", name: "PHQ-9" }],
      enabled: false,
      deviceId: null,
      lastUsedDeviceId: null,
    } as never,
    isUpToDate: true,
    children: { run: async () => ({ code: null, stdout: "", startError: "ENOENT" }), end() {} },
    nowMs: Date.now(),
  });
  expect(outcome).toMatchObject({ kind: "shown", count: 1 });
  expect(JSON.parse(readFileSync(join(configDir, "got"), "utf8"))).toMatchObject({
    hook: "on-remind",
    text: expect.stringContaining("PHQ-9"),
    names: ["PHQ-9"],
  });
});
