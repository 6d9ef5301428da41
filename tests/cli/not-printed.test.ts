import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { runCommandLine } from "../../src/cli/run.ts";
import { COMMANDS } from "../../src/commands/registry.ts";
import { createDevice } from "../helpers/device/device.ts";

/** A stream on a full disk: each write fails, and the next one is tried again. */
function fullDisk(code = "ENOSPC") {
  const stream: Writable = new Writable({
    write(_chunk, _encoding, done) {
      stream.emit("error", Object.assign(new Error("a value of the user's"), { code }));
      done();
    },
  });
  return stream;
}

async function runOnFullDisk(home: ReturnType<typeof createDevice>, args: string[], code?: string) {
  let stderr = "";
  const exitCode = await runCommandLine(COMMANDS, args, {
    env: home.env,
    stdin: () => process.stdin,
    stdout: fullDisk(code),
    stderr: new Writable({
      write(chunk, _encoding, done) {
        stderr += chunk;
        done();
      },
    }),
    nowMs: () => home.nowMs,
    onStop: () => {},
    onReload: () => {},
    onSignal: () => {},
    onUncaught: () => {},
    endBySignal: () => {},
    program: [],
  });
  return { exitCode, stderr };
}

describe("a command whose answer cannot be printed", () => {
  const CHANGES = [
    ["log", "mood", "4"],
    ["log", "mood", "4", "--json"],
    ["log", "assessment", "GAD-7", "--score", "3"],
    ["edit", "@last", "--score", "4"],
    ["delete", "ENTRY", "--yes"],
    ["restore", "ENTRY"],
    ["undo"],
    ["activity", "add", "reading"],
    ["activity", "edit", "reading", "--label", "books"],
    ["schedule", "add", "PHQ-9", "weekly"],
    ["schedule", "disable", "PHQ-9"],
    ["schedule", "enable", "PHQ-9"],
    ["schedule", "edit", "PHQ-9", "--frequency", "monthly"],
    ["schedule", "delete", "PHQ-9", "--yes"],
    ["activity", "delete", "books", "--yes"],
    ["config", "set", "sync.interval", "20"],
    ["sync", "disable"],
  ];

  test("says that it is done where it changed something, and has an exit code of its own", async () => {
    const device = createDevice();
    let entry = "";
    for (const words of CHANGES) {
      if (words[0] === "delete") entry = (await device.json(["show", "@last"])).id;
      const args = words.map((word) => (word === "ENTRY" ? entry : word));
      const { exitCode, stderr } = await runOnFullDisk(device, args);
      expect([args.join(" "), exitCode]).toEqual([args.join(" "), 8]);
      expect(stderr).toMatch(
        /That worked, but the answer could not be printed \(there is no space left\)\.\n/,
      );
      expect(stderr).not.toContain("a value");
      device.nowMs += 1_000;
    }
    expect(await device.json(["list"])).toHaveLength(2);
  });

  test("fails where it only reads", async () => {
    const device = createDevice();
    await device.run(["log", "mood", "4"]);
    for (const args of [["list"], ["list", "--json"], ["today"], ["help"], ["--help"], ["export"], ["due"]]) {
      const { exitCode, stderr } = await runOnFullDisk(device, args);
      expect([args.join(" "), exitCode]).toEqual([args.join(" "), 1]);
      expect(stderr).toBe("The output could not be written (there is no space left).\n");
    }
  });

  test("keeps the exit code of what failed before it printed", async () => {
    const { exitCode } = await runOnFullDisk(createDevice(), ["show", "ffffffff", "--json"]);
    expect(exitCode).toBe(3);
  });

  test("is as good as any where its reader has left early", async () => {
    const device = createDevice();
    expect(await runOnFullDisk(device, ["log", "mood", "4"], "EPIPE")).toEqual({ exitCode: 0, stderr: "" });
    expect(await runOnFullDisk(device, ["list"], "EPIPE")).toEqual({ exitCode: 0, stderr: "" });
  });
});
